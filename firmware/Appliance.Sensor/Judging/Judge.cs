using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Judging;

/// <summary>
/// Judges tries when their outcome is known, and decides what they are evidence of: a sweep (one actor, one port), a port scan (one actor, one
/// host), the polling of dark hosts, a restricted service. A try joins its actor's incident, or a suspicion that may become one. This file says
/// when a try is judged; the others, one question each, what comes of it.
/// </summary>
public sealed partial class Judge
{
    private const int KeySweep = 1;
    private const int KeyPortScan = 2;
    private const int KeyRestricted = 3;
    private const int KeyNetwork = 5;
    private const int NetworkBits = 24;

    private readonly KeyedHash _hash;
    private readonly Connections _connections;
    private readonly Hosts _hosts;
    private readonly PendingAttempts _pending;
    private readonly Suspicions _suspicions;
    private readonly SharedTargets _shared;
    private readonly IncidentTable _incidents;
    private readonly Teller _teller;
    private readonly RunningSweeps _running;
    private readonly Newcomers _newcomers;
    private readonly Probe _probe = new Probe();
    private readonly Probe _earlier;
    private bool _sawArpReply;
    private bool _joinedNew;
    private long _wallClock;
    private SignatureTable _table;

    /// <summary>Ties the trackers together.</summary>
    public Judge(KeyedHash hash, Connections connections, Hosts hosts, PendingAttempts pending, Suspicions suspicions,
        SharedTargets shared, IncidentTable incidents, Teller teller, RunningSweeps running, Newcomers newcomers,
        SignatureTable table, Probe scratch)
    {
        _newcomers = newcomers;
        _running = running;
        _earlier = scratch;
        _hash = hash;
        _connections = connections;
        _hosts = hosts;
        _pending = pending;
        _suspicions = suspicions;
        _shared = shared;
        _incidents = incidents;
        _teller = teller;
        _table = table;
    }

    /// <summary>Takes another table: what waits is judged by the old one, suspicions keep the signature of the same sid.</summary>
    /// <param name="table">The table.</param>
    public void UseTable(SignatureTable table)
    {
        Flush();
        _running.Forget();
        int[] cells = _suspicions.Cells;
        for (int at = 0; at < cells.Length; at += Suspicions.Width)
        {
            int signature = (cells[at + Suspicions.Facts] & 0xffff) - 1;
            if (signature >= 0)
            {
                cells[at + Suspicions.Facts] = (cells[at + Suspicions.Facts] & ~0xffffff)
                    | (_teller.SameSignature(_table, signature, table) + 1);
            }
        }

        _table = table;
    }

    /// <summary>Sets what must be added to a stamp to get Unix time, in microseconds.</summary>
    /// <param name="offset">The difference.</param>
    public void SetWallClock(long offset)
    {
        _wallClock = offset;
    }

    /// <summary>Queues a try until its outcome is known.</summary>
    /// <param name="probe">The try.</param>
    public void Await(Probe probe)
    {
        if (_pending.IsFull())
        {
            MakeRoom();
        }

        _pending.Add(probe);
    }

    /// <summary>Judges the first tries before their time, so that another can wait.</summary>
    public void MakeRoom()
    {
        while (_pending.IsFull())
        {
            _pending.JudgedEarly++;
            Next();
        }
    }

    /// <summary>Judges the tries whose time has come. Those of ordinary clients, which are nearly all, are done with right here.</summary>
    /// <param name="now">Centiseconds.</param>
    public void Ripen(int now)
    {
        PendingAttempts pending = _pending;
        if (!pending.IsRipe(now))
        {
            return;
        }

        int[] cells = pending.Cells;
        int[] keys = _connections.Keys;
        int[] states = _connections.States;
        byte[] ofActors = _suspicions.OfActors;
        Newcomers newcomers = _newcomers;
        int multiplier = _hash.First;
        int at = pending.First * PendingAttempts.Width;
        while (now - cells[at] >= Limits.AnswerWait)
        {
            int entry = cells[at + PendingAttempts.Entry] & 511;
            int marks = cells[at + PendingAttempts.Marks];
            int actor = cells[at + PendingAttempts.Actor];
            int state = keys[entry] != cells[at + PendingAttempts.EntryKey] ? -1 : states[entry];
            if ((marks & (PendingAttempts.Suspect | PendingAttempts.Restricted | PendingAttempts.IsSix)) != 0
                || ofActors[((actor * multiplier) >> Suspicions.SlotShift) & Suspicions.SlotMask] != 0)
            {
                Next();
            }
            else if ((state & (Connections.BothWays | Connections.Accepted)) == 0 && (state & Connections.Opening) != 0
                && (marks & Probe.Arp) == 0 && (cells[at + PendingAttempts.Facts] & 0xffff) == 0)
            {
                // Refused or silent, and nobody's signature: it waits for the second of its actor, unless it is that.
                if (newcomers.Take(cells, at, actor, cells[at], (state & Connections.WasRefused) != 0))
                {
                    states[entry] = state | Connections.Judged;
                    pending.First = (pending.First + 1) & (Limits.RememberedAttempts - 1);
                    pending.Count--;
                }
                else
                {
                    Next();
                }
            }
            else if ((state & (Connections.BothWays | Connections.Accepted | Connections.Opening)) == Connections.Opening)
            {
                Next();
            }
            else
            {
                // Answered (or forgotten), of no suspicion, and nothing suspect about the try.
                if (state != -1 && (state & (Connections.BothWays | Connections.Accepted)) != 0)
                {
                    states[entry] = state | Connections.Judged;
                    cells[at + PendingAttempts.Marks] = marks | PendingAttempts.WasGood;
                }

                pending.First = (pending.First + 1) & (Limits.RememberedAttempts - 1);
                pending.Count--;
            }

            if (pending.Count == 0)
            {
                return;
            }

            at = pending.First * PendingAttempts.Width;
        }
    }

    /// <summary>Judges all that wait, as at the end of a replay.</summary>
    public void Flush()
    {
        while (_pending.Count > 0)
        {
            Next();
        }
    }

    private void Next()
    {
        PendingAttempts pending = _pending;
        int[] cells = pending.Cells;
        int at = pending.First * PendingAttempts.Width;
        int actor = cells[at + PendingAttempts.Actor];
        int marks = cells[at + PendingAttempts.Marks];
        int outcome = pending.Judge(_connections);
        bool isMarked = (outcome & Outcome.Marked) != 0;
        outcome &= ~Outcome.Marked;
        bool isUnsuspected = !isMarked && _suspicions.OfActors[_suspicions.SlotOf(actor)] == 0;
        if (isUnsuspected && outcome >= Outcome.Answered)
        {
            // The ordinary client, as in Ripen.
            pending.Drop(outcome != Outcome.Unknown);
            return;
        }

        Probe probe = _probe;
        if ((marks & PendingAttempts.IsSix) == 0 && (isMarked || outcome < Outcome.Answered))
        {
            int newcomer = _newcomers.Find(actor, cells[at]);
            if (newcomer >= 0)
            {
                int before = _newcomers.Remove(newcomer, probe);
                int home = _table.HomeIndex(probe.Target);
                probe.LivingBit = home < 0 ? -1 : _hosts.BitOf(home);
                Weigh(probe, before);
            }
            else if (isUnsuspected && (marks & Probe.Arp) == 0 && (cells[at + PendingAttempts.Facts] & 0xffff) == 0)
            {
                _newcomers.Take(cells, at, actor, cells[at], outcome == Outcome.Refused);
                pending.Drop(false);
                return;
            }
        }

        pending.Read(probe);
        pending.Drop(!Weigh(probe, outcome));
    }

    /// <summary>Weighs a judged try.</summary>
    /// <param name="probe">The try.</param>
    /// <param name="outcome">What its connection says of it.</param>
    /// <returns>False when it was answered and is of no interest.</returns>
    private bool Weigh(Probe probe, int outcome)
    {
        Complete(probe);
        if (outcome == Outcome.Unknown && probe.IsSuspect)
        {
            outcome = Outcome.Silent;
        }

        if (outcome == Outcome.Silent && probe.LivingBit >= 0 && !_hosts.Lives(probe.LivingBit))
        {
            outcome = Outcome.Dark;
        }

        if (outcome == Outcome.Silent && probe.Protocol == Probe.Arp)
        {
            // The host lives, as other frames of it show; its unicast reply was merely not mirrored.
            outcome = Outcome.Answered;
        }

        probe.Outcome = outcome;
        bool isGood = outcome == Outcome.Open || (outcome == Outcome.Answered && !probe.IsSuspect);
        return outcome == Outcome.Unknown || Decide(probe) || !isGood;
    }

    /// <summary>Adds to a try what was not worth keeping for every one.</summary>
    private void Complete(Probe probe)
    {
        probe.Wall = (probe.Now * 10000L) + (probe.Fine * 10) + _wallClock;
        if (probe.Version == 6)
        {
            probe.Number = _hash.NumberOfSix(probe.Addresses, probe.DestinationAt);
        }
        else
        {
            // Probe.NumberOf, inline.
            probe.Number = (probe.Target + ((probe.Target >> 16) * Probe.NumberShift)) & 0xffff;
        }

        probe.Expected = _table.Expected == 0 ? -1
            : _table.ExpectedOfTry(probe.Version, probe.Actor, probe.Target, probe.Addresses, probe.SourceAt, probe.DestinationAt,
                probe.Protocol, probe.Port);
    }

    /// <summary>The number of one end of a frame, by which trackers know it.</summary>
    /// <param name="probe">The frame.</param>
    /// <param name="address">Its address, or its hash.</param>
    /// <param name="addressAt">Where that stands if it is an IPv6 address.</param>
    public int NumberOf(Probe probe, int address, int addressAt)
    {
        return probe.Version == 6 ? _hash.NumberOfSix(probe.Addresses, addressAt) : probe.NumberOf(address);
    }

    /// <summary>ARP replies reach the tap, so that their absence means something.</summary>
    public void SeeArpReply()
    {
        _sawArpReply = true;
    }
}
