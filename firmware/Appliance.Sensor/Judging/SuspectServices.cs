using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Judging;

/// <summary>
/// Ports that nobody serves in good faith, answered and talked with: data both ways, or datagrams both ways. One conversation is
/// enough, from outside or inside, since that is a trojan in use; hosts that serve such a port for good are named in the site
/// profile.
/// </summary>
public sealed class SuspectServices
{
    /// <summary>An attempt that is judged, or that is answered late: neither happens while the other does.</summary>
    public readonly Probe Judged = new Probe();

    private readonly Suspicions _suspicions;
    private readonly SuspicionStart _start;
    private readonly PendingAttempts _pending;
    private readonly IncidentTable _incidents;
    private readonly OutcomeCounts _counts;
    private readonly SiteView _site;
    private readonly Teller _teller;
    private readonly Probe _talk;

    /// <summary>Makes it of what it works on.</summary>
    public SuspectServices(Suspicions suspicions, SuspicionStart start, PendingAttempts pending, IncidentTable incidents,
        OutcomeCounts counts,
        SiteView site, Teller teller)
    {
        _suspicions = suspicions;
        _start = start;
        _pending = pending;
        _incidents = incidents;
        _counts = counts;
        _site = site;
        _teller = teller;
        _talk = teller.Retold;
    }

    /// <summary>Decides on a judged attempt at a suspect port, the first in the queue.</summary>
    /// <param name="probe">The attempt; its outcome is known.</param>
    public void Decide(Probe probe)
    {
        if (!probe.IsSuspect || !IsSuspectTalk(probe))
        {
            return;
        }

        if (probe.Outcome == Outcome.Open)
        {
            Tell(probe);
        }
        else if (probe.Outcome == Outcome.Answered)
        {
            _pending.MarkFirst(Connections.Watched);
        }
    }

    /// <summary>A suspect port answered after its attempt was judged.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="sweep">Where its actor's suspicion of the port begins, -1 for none.</param>
    /// <returns>Whether a conversation on the connection that now stands is to be told.</returns>
    public bool AnswerLate(Probe attempt, Probe answer, int sweep)
    {
        if (sweep < 0 || (byte)(_suspicions.Cells[sweep + Suspicions.Counts] >> 16) == 0)
        {
            return false;
        }

        if (attempt.Protocol == IpProtocol.Tcp)
        {
            return true;
        }

        // A datagram's answer is a conversation already.
        Read(answer, false);
        _talk.Signature = (ushort)_suspicions.Cells[sweep + Suspicions.Facts] - 1;
        if (IsSuspectTalk(_talk))
        {
            Tell(_talk);
        }

        return false;
    }

    /// <summary>A conversation was seen on a watched connection whose attempt was judged before.</summary>
    /// <param name="frame">A frame of it.</param>
    /// <param name="fromOpener">It comes from the end that opened it.</param>
    public void Converse(Probe frame, bool fromOpener)
    {
        Read(frame, fromOpener);
        int sweep = _suspicions.Find(_suspicions.Keys.OfSweep(_talk));
        _talk.Signature = sweep < 0 ? -1 : (ushort)_suspicions.Cells[sweep + Suspicions.Facts] - 1;
        if (_talk.Signature < 0 || IsSuspectTalk(_talk))
        {
            Tell(_talk);
        }
    }

    /// <summary>
    /// A datagram that answers: where both ends use the one port that is suspect, it does not matter who spoke first. A client's
    /// port that merely equals a trojan's is another thing.
    /// </summary>
    /// <param name="answer">The answer; its signature is known.</param>
    public void AnswerAtOnce(Probe answer)
    {
        if (answer.Signature >= 0 && answer.SourcePort == answer.Port && IsSuspectTalk(answer)
            && ((_site.Table.Traits(answer.Signature) & Traits.Suspect) != 0 || !(answer.FromHome && answer.ToHome)))
        {
            _site.Complete(answer);
            answer.IsSuspect = true;
            answer.IsRestricted = false;
            answer.Outcome = Outcome.Open;
            Tell(answer);
        }
    }

    private bool IsSuspectTalk(Probe probe)
    {
        int traits = probe.Signature < 0 ? 0 : _site.Table.Traits(probe.Signature);
        if ((traits & (Traits.Suspect | Traits.TalkIsSuspect)) == 0 || (traits & Traits.TalkIsService) != 0)
        {
            return false;
        }

        if (probe.Protocol == IpProtocol.Tcp)
        {
            // Impossible flags are another kind of evil: what they reach may be any service.
            return (probe.Flags & (Tcp.Syn | Tcp.Fin | Tcp.Rst)) == Tcp.Syn;
        }

        // A server's datagram to a client's port may answer a question from before the tap was plugged in.
        return probe.SourcePort >= Limits.ServerPort || _site.UptimeAt(probe.Now) >= Limits.ConnectTimeout;
    }

    // The attempt behind a frame of a conversation, as far as the frame tells of it.
    private void Read(Probe frame, bool fromOpener)
    {
        Probe talk = _talk;
        talk.TakeEnds(frame, !fromOpener);
        talk.Ttl = 0;
        talk.Identification = 0;
        talk.LivingBit = 0;
        talk.Sequence = 0;
        talk.Flags = frame.Protocol == IpProtocol.Tcp ? Tcp.Syn : 0;
        talk.IsSuspect = true;
        talk.IsRestricted = false;
        talk.Outcome = Outcome.Open;
        _site.Complete(talk);
    }

    private void Tell(Probe probe)
    {
        int[] cells = _suspicions.Cells;
        int key = _suspicions.Keys.OfSuspectService(probe);
        int at = _start.GoOn(key, probe.Actor, probe, -1);
        if (at < 0)
        {
            return;
        }

        int record = cells[at + Suspicions.Incident] - 1;
        if (record < 0)
        {
            record = _teller.OpenOf(at, Kind.SuspectService, probe);
            _incidents.Cells[(record * Column.Count) + Column.Port] = probe.Port;
            _teller.Relate(record);
        }

        cells[at + Suspicions.Last] = probe.Now;
        _incidents.Absorb(record, probe);
        _counts.CountNew(record, probe);
        _teller.Consider(record);
    }
}
