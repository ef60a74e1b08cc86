using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// When an attempt is judged, and what it came to: as soon as its outcome is known, or its place in the queue is needed.
/// </summary>
public sealed class Judge
{
    // Marks of an attempt that does not wait for its actor's second.
    private const int Marked = PendingAttempts.Suspect | PendingAttempts.Restricted;

    private readonly Connections _connections;
    private readonly PendingAttempts _pending;
    private readonly Newcomers _newcomers;
    private readonly Suspicions _suspicions;
    private readonly SiteView _site;
    private readonly Evidence _evidence;
    private readonly SuspectServices _suspect;
    private readonly FirstContacts _contacts;
    private readonly Probe _probe;

    /// <summary>Makes it of what it works on.</summary>
    public Judge(PendingAttempts pending, Newcomers newcomers, Suspicions suspicions, SiteView site, Evidence evidence,
        SuspectServices suspect, FirstContacts contacts)
    {
        _probe = suspect.Judged;
        _connections = pending.Connections;
        _contacts = contacts;
        _pending = pending;
        _newcomers = newcomers;
        _suspicions = suspicions;
        _site = site;
        _evidence = evidence;
        _suspect = suspect;
    }

    /// <summary>Queues an attempt until its outcome is known.</summary>
    /// <param name="probe">The attempt.</param>
    public void Await(Probe probe)
    {
        PendingAttempts pending = _pending;
        while (pending.Count == Limits.PendingAttempts
            || (pending.SixWaiting == Limits.PendingSixAttempts && probe.Version == 6))
        {
            MakeRoom();
        }

        pending.Add(probe);
    }

    /// <summary>Judges the attempts whose time has come.</summary>
    /// <param name="now">Centiseconds.</param>
    public void Ripen(int now)
    {
        Run(now, Limits.PendingAttempts);
    }

    /// <summary>Judges all that wait, as at the end of a replay.</summary>
    public void Flush()
    {
        Run(0, 0);
    }

    /// <summary>Judges the first attempt before its time, where another could not wait otherwise.</summary>
    public void MakeRoom()
    {
        PendingAttempts pending = _pending;
        pending.JudgedEarly++;
        Run(pending.Cells[pending.First * PendingAttempts.Width], pending.Count - 1);
    }

    /// <summary>Judges the first attempts, while more wait than may, or while their time has come.</summary>
    private void Run(int now, int most)
    {
        PendingAttempts pending = _pending;
        if (pending.Count == 0)
        {
            return;
        }

        int[] cells = pending.Cells;
        int at = pending.First * PendingAttempts.Width;
        int outcome;
        int[] keys = _connections.Keys;
        int[] states = _connections.States;
        byte[] ofActors = _suspicions.OfActors;
        Newcomers newcomers = _newcomers;
        int multiplier = _connections.Hash.First;
        while (now - cells[at] >= Limits.AnswerWait || pending.Count > most)
        {
            int entry = cells[at + PendingAttempts.Entry] & PendingAttempts.EntryMask;
            int marks = cells[at + PendingAttempts.Marks];
            int actor = cells[at + PendingAttempts.Actor];
            // What its connection says of it. One that was pushed out and made anew by a later segment says nothing.
            outcome = Outcome.Unknown;
            int state = keys[entry] == cells[at + PendingAttempts.EntryKey] ? states[entry] : 0;
            if ((state & (Connections.Opening | Connections.Accepted)) != 0)
            {
                states[entry] = state | Connections.Judged;
                outcome = (state & Connections.Accepted) != 0
                    ? (state & Connections.BothWays) != 0 ? Outcome.Open : Outcome.Answered
                    : (state & Connections.WasRefused) != 0 ? Outcome.Refused : Outcome.Silent;
            }

            if ((marks & Marked) != 0
                || ofActors[((actor * multiplier) >> Suspicions.SlotShift) & Suspicions.SlotMask] != 0)
            {
                JudgeFirst(actor, marks, outcome);
            }
            else if (outcome == Outcome.Unknown
                || (outcome >= Outcome.Answered && cells[at + PendingAttempts.Entry] >> PendingAttempts.LivingShift == 0))
            {
                // Forgotten, or answered from outside: of no suspicion, and nothing suspect about the attempt.
                pending.Pass(marks, outcome != Outcome.Unknown);
            }
            else if (outcome >= Outcome.Answered)
            {
                // The ordinary client, unless it suddenly knows half the network.
                int contacts = (marks & PendingAttempts.IsSix) != 0 ? MeetSix(outcome)
                    : _contacts.Meet(actor, cells[at + PendingAttempts.Target], (ushort)cells[at + PendingAttempts.Ports],
                        marks & PendingAttempts.ProtocolMask, outcome == Outcome.Open, cells[at]);
                if (contacts < OutcomeWalk.Top || contacts < _contacts.CrowdOf(actor, cells[at]))
                {
                    pending.Pass(contacts == 0 || (marks & PendingAttempts.IsSix) != 0 ? marks
                        : marks | PendingAttempts.WasFirst, true);
                }
                else
                {
                    Read(outcome);
                    _probe.Contacts = contacts;
                    pending.Drop(!_evidence.Take(_probe));
                }
            }
            else if (((marks & Probe.Arp) == 0 || (marks & PendingAttempts.IsSix) != 0)
                && (cells[at + PendingAttempts.Facts] & PendingAttempts.SignatureBits) == 0
                && newcomers.Take(pending, at, actor, cells[at], outcome == Outcome.Refused))
            {
                // Refused or silent, and nobody's signature: it waits for the second of its actor.
                pending.Pass(marks, false);
            }
            else
            {
                JudgeFirst(actor, marks, outcome);
            }

            if (pending.Count == 0)
            {
                return;
            }

            at = pending.First * PendingAttempts.Width;
        }
    }

    private void Read(int outcome)
    {
        _pending.Read(_probe);
        _site.Complete(_probe);
        _probe.Outcome = outcome;
    }

    // How many first contacts an actor by IPv6 made lately, 0 when this is none.
    private int MeetSix(int outcome)
    {
        Read(outcome);
        _contacts.Take(_probe);
        return _probe.Contacts;
    }

    // The longer way, of an attempt that is suspect, or whose actor is suspected or failed before.
    private void JudgeFirst(int actor, int marks, int outcome)
    {
        PendingAttempts pending = _pending;
        Probe probe = _probe;
        if ((marks & Marked) != 0 || outcome < Outcome.Answered)
        {
            WeighNewcomer(actor, pending.Cells[pending.First * PendingAttempts.Width]);
        }

        pending.Read(probe);
        bool isOfInterest = Weigh(probe, outcome);
        if (probe.Outcome == Outcome.Dark)
        {
            // So that an answer that comes late is taken from the dark ones.
            pending.MarkFirst(Connections.WasDark);
        }

        pending.Drop(!isOfInterest);
    }

    // The first failure of an actor who failed again.
    private void WeighNewcomer(int actor, int now)
    {
        int newcomer = _newcomers.Find(actor, now);
        if (newcomer >= 0)
        {
            Probe probe = _probe;
            int outcome = _newcomers.Remove(newcomer, probe);
            probe.LivingBit = _site.LivingBitOf(probe);
            Weigh(probe, outcome);
        }
    }

    /// <summary>Takes in an attempt whose outcome alone was seen: a refusal of a segment that no connection has.</summary>
    /// <param name="refusal">The refusal.</param>
    /// <param name="flags">What the segment's flags were, as far as that is known.</param>
    public void TakeRefused(Probe refusal, int flags)
    {
        Probe probe = _probe;
        probe.TakeEnds(refusal, true);
        probe.Flags = flags;
        probe.Signature = -1;
        probe.IsSuspect = false;
        probe.IsRestricted = false;
        probe.Ttl = 0;
        probe.Identification = 0;
        probe.SizeAndWindow = 0;
        // Who answers lives.
        probe.LivingBit = 0;
        Weigh(probe, Outcome.Refused);
    }

    /// <summary>Weighs a judged attempt.</summary>
    /// <param name="probe">The attempt.</param>
    /// <param name="outcome">What its connection says of it.</param>
    /// <returns>False when it was answered and is of no interest.</returns>
    private bool Weigh(Probe probe, int outcome)
    {
        _site.Complete(probe);
        if (outcome == Outcome.Unknown && probe.IsSuspect)
        {
            outcome = Outcome.Silent;
        }

        if (outcome == Outcome.Silent && _site.IsDark(probe))
        {
            outcome = Outcome.Dark;
        }

        if (outcome == Outcome.Silent && probe.Protocol == Probe.Arp && probe.Port != Probe.Announcement)
        {
            // The host lives, as other frames of it show; its unicast reply was merely not mirrored. Of who asks in the target's
            // name no other frame is known.
            outcome = Outcome.Answered;
        }

        probe.Outcome = outcome;
        if (outcome != Outcome.Unknown)
        {
            _contacts.Take(probe);
        }

        _suspect.Decide(probe);
        return outcome == Outcome.Unknown || _evidence.Take(probe) || !_evidence.IsGood(probe);
    }
}
