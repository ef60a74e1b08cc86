using Appliance.Imaging.Frames;
using Appliance.Imaging.Memories;
using Appliance.Imaging.Stories;
using Appliance.Sensor.Lines;

namespace Appliance.Imaging.Judging;

/// <summary>What the associations of DICOM tell: who asks whom by which titles, and what comes of it.</summary>
/// <remarks>
/// Who tries called titles until one fits guesses: three distinct ones of one source, each not recognized, or eight at one
/// server, each rejected for whatever reason. A modality that was set to a wrong title repeats that one, so distinct titles are
/// the test and not their number.
/// </remarks>
public sealed class Associations
{
    /// <summary>Distinct called titles, each rejected, that make a guess.</summary>
    private const int GuessedTitles = 3;

    /// <summary>Those that make one where a server rejects for another reason: whoever is not entered yet asks by all titles that
    /// he was set to, for images, lists and prints, and these are fewer.</summary>
    private const int RefusedTitles = 8;

    /// <summary>Rejections of each title that show that nobody guesses: somebody repeats what he was set to.</summary>
    private const int Repetitions = 3;

    // Calling titles that DCMTK, dcm4che and others come with: they say nothing of who calls.
    private static readonly string[] CommonTitles = { "ECHOSCU", "STORESCU", "FINDSCU", "MOVESCU", "GETSCU", "DCMSEND", "ANY-SCU" };

    private readonly Requests _requests = new Requests();
    private readonly int[] _common = new int[CommonTitles.Length];
    private readonly byte[] _titles;
    private readonly Callers _callers;
    private readonly Site _site;
    private readonly StoryTable _stories;
    private readonly StoryTeller _teller;
    private readonly Figures _figures;
    private readonly Census _census;

    /// <summary>Makes a judge of associations.</summary>
    /// <param name="callers">Who called from where.</param>
    /// <param name="site">What the profile says.</param>
    /// <param name="stories">What is told.</param>
    /// <param name="teller">When.</param>
    /// <param name="figures">The day's counts.</param>
    /// <param name="census">Is told who serves and asks.</param>
    /// <param name="names">Room for two names.</param>
    public Associations(Callers callers, Site site, StoryTable stories, StoryTeller teller, Figures figures,
        Census census, byte[] names)
    {
        _census = census;
        _titles = names;
        _callers = callers;
        _site = site;
        _stories = stories;
        _teller = teller;
        _figures = figures;
        for (int i = 0; i < _common.Length; i++)
        {
            byte[] title = LineBuffer.Word(CommonTitles[i]);
            _common[i] = Title.Copy(title, 0, title.Length, _titles, 0);
        }
    }

    /// <summary>Looks at the data of a segment.</summary>
    /// <param name="bytes">Where they are.</param>
    /// <param name="conversation">Whose they are.</param>
    /// <returns>Whether they begin with a PDU that concerns an association.</returns>
    public bool Take(byte[] bytes, Conversation conversation)
    {
        int type = DicomPdu.TypeOf(bytes, conversation.At, conversation.Seen, conversation.Length);
        if (type == 0 && bytes[conversation.At] == 0)
        {
            if (DicomPdu.IsBody(bytes, conversation.At, conversation.Seen, conversation.Length))
            {
                // An accept looks the same: it goes to who asked, or where nobody was seen asking, to a client's port.
                bool isAnswer = _requests.StateOf(BackOf(conversation)) != Requests.Unknown
                    || (conversation.SourcePort < Speakers.FirstOfClients && conversation.TargetPort >= Speakers.FirstOfClients);
                conversation.Prepend(DicomPdu.HeadLength);
                type = isAnswer ? DicomPdu.Accept : DicomPdu.Request;
            }
            else if (DicomPdu.IsRestOfTitle(bytes, conversation.At, conversation.Seen, conversation.Length))
            {
                return TakeReason(conversation);
            }
        }

        if (type == DicomPdu.Request)
        {
            Ask(bytes, conversation);
        }
        else if (type == DicomPdu.Accept)
        {
            Accept(bytes, conversation);
        }
        else if (type != 0)
        {
            Reject(bytes, conversation);
        }

        return type != 0;
    }

    // The connection of which a frame is the server's.
    private static int BackOf(Conversation conversation)
    {
        return Requests.FlowOf(conversation.Target, conversation.TargetPort, conversation.Source, conversation.SourcePort);
    }

    private void Ask(byte[] bytes, Conversation conversation)
    {
        int called = CopyTitles(bytes, conversation, out int calling);
        int flow = Requests.FlowOf(conversation.Source, conversation.SourcePort, conversation.Target, conversation.TargetPort);
        if (!_requests.Add(flow, called, calling, _titles, false))
        {
            return;
        }

        bool isNmap = conversation.Seen > DicomPdu.Reserved && bytes[conversation.At + DicomPdu.Reserved] == DicomPdu.NmapReserved;
        int row = _stories.Find(Reason.None, conversation.Source, conversation.Target);
        if (row < 0 && isNmap)
        {
            row = _teller.Begin(Reason.None, bytes, conversation, false);
        }

        if (row >= 0)
        {
            Count(row, conversation);
            KeepTitles(row, _stories.Cells[row + Fact.Accepted] == 0);
            _stories.Cells[row + Fact.IsNmap] |= isNmap ? 1 : 0;
            TellOf(row);
        }

        if (calling != 0 && _site.IsTouched(bytes, conversation) && _site.Lacks(Site.Dicom, calling, bytes, conversation))
        {
            Tell(Reason.Unlisted, bytes, conversation, false, 0);
        }
    }

    // An accept repeats both titles, so that it says enough where its request was not seen, or not as one. The server sends it:
    // who calls is its target.
    private void Accept(byte[] bytes, Conversation conversation)
    {
        int called = CopyTitles(bytes, conversation, out int calling);
        int flow = BackOf(conversation);
        int state = _requests.StateOf(flow);
        if (state == Requests.Unknown)
        {
            _requests.Add(flow, called, calling, _titles, true);
        }
        else if (state != Requests.Waits)
        {
            // A retransmission.
            return;
        }

        _requests.Answer(flow, Requests.Answered);
        bool isFirstNamed = state == Requests.Unknown || _requests.Calling == 0;
        _figures.Accepted++;
        if (conversation.Version == 4)
        {
            _census.NoteAssociation(conversation.Target, conversation.Source, _titles);
        }

        int row = _stories.Find(Reason.None, conversation.Target, conversation.Source);
        if (row >= 0)
        {
            _stories.Touch(row, conversation, true);
            KeepTitles(row, _stories.Cells[row + Fact.Accepted] == 0);
            _stories.Cells[row + Fact.Accepted]++;
            TellOf(row);
        }

        // Whoever asked so that his request could not be read is looked for now. Of a server that repeats no title his address
        // counts.
        if (isFirstNamed && calling != 0 && _site.IsTouched(bytes, conversation)
            && _site.LacksTarget(Site.Dicom, Title.LengthOf(_titles, Title.Room) == 0 ? 0 : calling, bytes, conversation))
        {
            Tell(Reason.Unlisted, bytes, conversation, true, 0);
        }

        if (_site.IsCrossed(bytes, conversation))
        {
            Tell(Reason.Boundary, bytes, conversation, true, 0);
        }

        if (calling != 0 && !_site.Has(Site.Dicom) && !IsCommon(calling)
            && _callers.Hear(calling, conversation.Version, conversation.Target, (int)(conversation.Stamp / 10000)) == Callers.HasMoved)
        {
            Tell(Reason.Moved, bytes, conversation, true, _callers.Before);
        }
    }

    private void Reject(byte[] bytes, Conversation conversation)
    {
        int flow = BackOf(conversation);
        int state = _requests.StateOf(flow);
        if (state != Requests.Waits && (state != Requests.Unknown || bytes[conversation.At] == DicomPdu.Abort))
        {
            // An abort in the midst of an association, or of who asked; or a retransmission.
            return;
        }

        if (state == Requests.Unknown)
        {
            // Its request was not seen, or not as one: it is rejected all the same, and under which title nobody knows.
            System.Array.Clear(_titles, 0, 2 * Title.Room);
            _requests.Add(flow, 0, 0, _titles, true);
        }

        bool isWhole = conversation.Length == DicomPdu.ShortLength;
        _requests.Answer(flow, isWhole ? Requests.Answered : Requests.HalfAnswered);
        _figures.Rejected++;
        int row = _stories.Find(Reason.None, conversation.Target, conversation.Source);
        if (row < 0)
        {
            row = _teller.Begin(Reason.None, bytes, conversation, true);
        }

        // Many may be asked before the first is answered. A title that was accepted stays.
        int[] cells = _stories.Cells;
        _stories.Touch(row, conversation, true);
        cells[row + Fact.Rejected]++;
        cells[row + Fact.Frames] = cells[row + Fact.Frames] < cells[row + Fact.Rejected] ? cells[row + Fact.Rejected]
            : cells[row + Fact.Frames];
        if (_requests.Called != 0 && cells[row + Fact.Accepted] == 0)
        {
            System.Array.Copy(_requests.Titles, _requests.TitlesAt, _stories.Octets, _stories.OctetsOf(row) + StoryTable.CalledAt,
                2 * Title.Room);
        }

        // Where the reason is still to come, any may be.
        CountTitle(row, isWhole && DicomPdu.IsOfTitle(bytes, conversation.At) ? StoryTable.NotRecognized : StoryTable.Refused);
        TellOf(row);
    }

    // Why an association was rejected, behind the head that said so.
    private bool TakeReason(Conversation conversation)
    {
        int flow = BackOf(conversation);
        if (_requests.StateOf(flow) != Requests.HalfAnswered)
        {
            return false;
        }

        _requests.Answer(flow, Requests.Answered);
        int row = _stories.Find(Reason.None, conversation.Target, conversation.Source);
        if (row >= 0)
        {
            CountTitle(row, StoryTable.NotRecognized);
            TellOf(row);
        }

        return true;
    }

    private void CountTitle(int row, int kind)
    {
        if (_requests.Called == 0)
        {
            return;
        }

        _stories.CountTitle(row, _requests.Called, kind);

        // Who tries a title or two at each server guesses as well.
        int all = _stories.TitlesOf(row);
        int tried = _stories.TriedOf(row);
        all = tried >= RefusedTitles && tried > all ? tried : all;
        int[] cells = _stories.Cells;
        cells[row + Fact.AllTitles] = all > cells[row + Fact.AllTitles] ? all : cells[row + Fact.AllTitles];
    }

    // What a source and a server come to, by what was rejected until now.
    private void TellOf(int row)
    {
        int[] cells = _stories.Cells;
        int titles = cells[row + Fact.Titles];
        if (cells[row + Fact.AllTitles] >= GuessedTitles || cells[row + Fact.Reason] == Reason.Guess)
        {
            _teller.Tell(row, Reason.Guess);
        }
        else if (cells[row + Fact.IsNmap] != 0)
        {
            _teller.Tell(row, Reason.Tool);
        }
        else if (cells[row + Fact.Accepted] == 0 && cells[row + Fact.Rejected] >= Repetitions * (titles == 0 ? 1 : titles))
        {
            _teller.Tell(row, Reason.WrongTitle);
        }
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
        KeepTitles(row, true);
        _teller.Tell(row, reason);
    }

    private void Count(int row, Conversation conversation)
    {
        _stories.Touch(row, conversation, false);
        _stories.Cells[row + Fact.Frames]++;
    }

    // Both titles, made safe; of one that the slot cuts short there is no hash, since it may be another's beginning.
    private int CopyTitles(byte[] bytes, Conversation conversation, out int calling)
    {
        int at = conversation.At;
        int called = Title.Copy(bytes, at + DicomPdu.Called, DicomPdu.TitleLength, _titles, 0);
        int seen = conversation.Seen - DicomPdu.Calling;
        bool isWhole = seen >= DicomPdu.TitleLength;
        calling = Title.Copy(bytes, at + DicomPdu.Calling, isWhole ? DicomPdu.TitleLength : seen, _titles, Title.Room);
        calling = isWhole ? calling : 0;
        return called;
    }

    private void KeepTitles(int row, bool isAlsoCalled)
    {
        int to = _stories.OctetsOf(row) + StoryTable.CalledAt;
        int from = isAlsoCalled ? 0 : Title.Room;
        System.Array.Copy(_titles, from, _stories.Octets, to + from, 2 * Title.Room - from);
    }

    private bool IsCommon(int title)
    {
        for (int i = 0; i < _common.Length; i++)
        {
            if (_common[i] == title)
            {
                return true;
            }
        }

        return false;
    }
}
