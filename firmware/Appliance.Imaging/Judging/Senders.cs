using System;
using Appliance.Imaging.Frames;
using Appliance.Imaging.Memories;
using Appliance.Imaging.Stories;

namespace Appliance.Imaging.Judging;

/// <summary>What HL7 messages tell: which application sends to whom, and from where. Of the message itself nothing is
/// read.</summary>
public sealed class Senders
{
    private readonly Hl7Header _header = new Hl7Header();
    private readonly Speakers _speakers;
    private readonly byte[] _names;
    private readonly Callers _callers;
    private readonly Site _site;
    private readonly StoryTable _stories;
    private readonly StoryTeller _teller;
    private readonly Figures _figures;
    private readonly Census _census;

    /// <summary>Makes a judge of senders.</summary>
    /// <param name="callers">Who called from where.</param>
    /// <param name="site">What the profile says.</param>
    /// <param name="stories">What is told.</param>
    /// <param name="teller">When.</param>
    /// <param name="figures">The day's counts.</param>
    /// <param name="census">Is told who serves and asks.</param>
    /// <param name="names">Room for two names.</param>
    /// <param name="speakers">Who opened which connection.</param>
    public Senders(Callers callers, Site site, StoryTable stories, StoryTeller teller, Figures figures,
        Census census, byte[] names, Speakers speakers)
    {
        _speakers = speakers;
        _census = census;
        _names = names;
        _callers = callers;
        _site = site;
        _stories = stories;
        _teller = teller;
        _figures = figures;
    }

    /// <summary>Looks at the data of a segment.</summary>
    /// <param name="bytes">Where they are.</param>
    /// <param name="conversation">Whose they are.</param>
    /// <returns>Whether a message begins there.</returns>
    public bool Take(byte[] bytes, Conversation conversation)
    {
        Hl7Header header = _header;
        if (!header.Read(bytes, conversation.At, conversation.Seen))
        {
            return false;
        }

        _figures.Messages++;
        bool isAnswer = _speakers.IsAnswer(conversation);
        if (conversation.Version == 4)
        {
            _census.NoteMessage(isAnswer ? conversation.Target : conversation.Source, isAnswer ? conversation.Source : conversation.Target);
        }

        // Applications of one name in two facilities are two senders; the receiver's stands beside in the line.
        int name = Title.Copy(bytes, header.At[0], header.Length[0], _names, isAnswer ? 0 : Title.Room);
        if (header.Length[0] == 0 && !isAnswer)
        {
            return true;
        }

        bool isCrossed = _site.IsCrossed(bytes, conversation);
        if (isAnswer)
        {
            // Whoever acknowledges calls nobody. Of a conversation of which nothing else was seen it is known all the same where
            // it goes.
            Title.Copy(bytes, header.At[2], header.Length[2], _names, Title.Room);
            if (_speakers.IsServersFirst && header.Length[2] != 0 && _site.IsTouched(bytes, conversation)
                && _site.LacksTarget(Site.Hl7, 0, bytes, conversation))
            {
                // The message came in pieces. Not everybody swaps both names in an acknowledgement: only a host that has no name
                // in the list says enough, and ports alone don't say who called.
                Tell(Reason.SenderUnlisted, bytes, conversation, true, 0);
            }

            if (isCrossed && _stories.Find(Reason.SenderBoundary, conversation.Target, conversation.Source) < 0)
            {
                Tell(Reason.SenderBoundary, bytes, conversation, true, 0);
            }

            return true;
        }

        int facility = Title.Copy(bytes, header.At[1], header.Length[1], _names, 0);
        Title.Copy(bytes, header.At[2], header.Length[2], _names, 0);
        int sender = (name * 0x01000193) ^ facility;
        if (_site.IsTouched(bytes, conversation) && _site.Lacks(Site.Hl7, name, bytes, conversation))
        {
            Tell(Reason.SenderUnlisted, bytes, conversation, false, 0);
        }

        if (isCrossed)
        {
            Tell(Reason.SenderBoundary, bytes, conversation, false, 0);
        }

        if (!_site.Has(Site.Hl7)
            && _callers.Hear(sender, conversation.Version, conversation.Source, (int)(conversation.Stamp / 10000)) == Callers.HasMoved)
        {
            Tell(Reason.SenderMoved, bytes, conversation, false, _callers.Before);
        }

        return true;
    }

    private void Tell(int reason, byte[] bytes, Conversation conversation, bool isAnswer, int before)
    {
        int client = isAnswer ? conversation.Target : conversation.Source;
        int server = isAnswer ? conversation.Source : conversation.Target;
        int row = _stories.Find(reason, client, server);
        if (row < 0)
        {
            row = _teller.Begin(reason, bytes, conversation, isAnswer);
        }

        _stories.Touch(row, conversation, isAnswer);
        _stories.Cells[row + Fact.Frames]++;
        _stories.Cells[row + Fact.Before] = before;
        Array.Copy(_names, 0, _stories.Octets, _stories.OctetsOf(row) + StoryTable.CalledAt, 2 * Title.Room);
        _teller.Tell(row, reason);
    }
}
