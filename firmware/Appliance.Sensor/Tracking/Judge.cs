using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Tracking;

/// <summary>
/// Decides what a judged try is evidence of: a sweep (one actor, one port), a port scan (one actor, one host), the polling of dark hosts, a
/// restricted service. A try joins its actor's incident, or a suspicion that may become one.
/// </summary>
public sealed class Judge
{
    private const int KeySweep = 1;
    private const int KeyPortScan = 2;
    private const int KeyRestricted = 3;
    private const int KeyNetwork = 5;
    private const int NetworkBits = 24;

    private readonly KeyedHash _hash;
    private readonly Connections _connections;
    private readonly Hosts _hosts;
    private readonly PendingTries _pending;
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
    public Judge(KeyedHash hash, Connections connections, Hosts hosts, PendingTries pending, Suspicions suspicions,
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
        PendingTries pending = _pending;
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
        int at = pending.First * PendingTries.Width;
        while (now - cells[at] >= Limits.AnswerWait)
        {
            int entry = cells[at + PendingTries.Entry] & 511;
            int marks = cells[at + PendingTries.Marks];
            int actor = cells[at + PendingTries.Actor];
            int state = keys[entry] != cells[at + PendingTries.EntryKey] ? -1 : states[entry];
            if ((marks & (PendingTries.Suspect | PendingTries.Restricted | PendingTries.IsSix)) != 0
                || ofActors[((actor * multiplier) >> Suspicions.SlotShift) & Suspicions.SlotMask] != 0)
            {
                Next();
            }
            else if ((state & (Connections.BothWays | Connections.Accepted)) == 0 && (state & Connections.Opening) != 0
                && (marks & Probe.Arp) == 0 && (cells[at + PendingTries.Facts] & 0xffff) == 0)
            {
                // Refused or silent, and nobody's signature: it waits for the second of its actor, unless it is that.
                if (newcomers.Take(cells, at, actor, cells[at], (state & Connections.WasRefused) != 0))
                {
                    states[entry] = state | Connections.Judged;
                    pending.First = (pending.First + 1) & (Limits.RememberedTries - 1);
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
                    cells[at + PendingTries.Marks] = marks | PendingTries.WasGood;
                }

                pending.First = (pending.First + 1) & (Limits.RememberedTries - 1);
                pending.Count--;
            }

            if (pending.Count == 0)
            {
                return;
            }

            at = pending.First * PendingTries.Width;
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

    /// <summary>A try that was judged as unanswered is answered or refused after all.</summary>
    /// <param name="probe">The answer.</param>
    /// <param name="outcome">What it came to: <see cref="Outcome.Answered"/> or <see cref="Outcome.Refused"/>.</param>
    public void AnswerLate(Probe probe, int outcome)
    {
        Probe late = _earlier;
        late.Now = probe.Now;
        late.Version = probe.Version;
        late.Protocol = probe.Protocol;
        late.Actor = probe.Target;
        late.Target = probe.Actor;
        late.Port = probe.SourcePort;
        late.Number = probe.Version == 6 ? _hash.NumberOfSix(probe.Addresses, probe.SourceAt) : probe.NumberOf(probe.Actor);
        probe = late;
        int at = _suspicions.Find(SweepKey(probe));
        if (at >= 0)
        {
            Correct(at, probe.Number, outcome);
        }

        at = _suspicions.Find(PortScanKey(probe));
        if (at >= 0)
        {
            Correct(at, probe.Port, outcome);
        }

        if (probe.Version == 4)
        {
            _newcomers.AnswerLate(probe, outcome == Outcome.Refused);
        }
    }

    private void Correct(int at, int number, int outcome)
    {
        int[] cells = _suspicions.Cells;
        int record = cells[at + Suspicions.Incident] - 1;
        if (record < 0)
        {
            if (outcome == Outcome.Answered && PlaceOf(at, number) >= 0 && (cells[at + Suspicions.Counts] & 255) > 0)
            {
                // One failure less, one answer more.
                cells[at + Suspicions.Counts] += 255;
            }

            return;
        }

        int[] incidents = _incidents.Cells;
        int row = record * Column.Count;
        int column = incidents[row + Column.Silent] > 0 ? row + Column.Silent : row + Column.Dark;
        if (incidents[row + Column.Kind] <= Kind.PortScan && incidents[column] > 0)
        {
            incidents[column]--;
            incidents[row + (outcome == Outcome.Answered ? Column.Answered : Column.Refused)]++;
            incidents[row + Column.MayBeWorse] = 1;
            _teller.Consider(record);
        }
    }

    /// <summary>
    /// Adds a try to its actor's open incident without waiting for the outcome: it counts as unanswered, and a late answer corrects that.
    /// </summary>
    /// <param name="probe">The try.</param>
    /// <returns>False when there is no such incident.</returns>
    public bool JoinAtOnce(Probe probe)
    {
        if (probe.IsRestricted)
        {
            return false;
        }

        int at = _suspicions.Find(SweepKey(probe));
        if (at < 0 || _suspicions.Cells[at + Suspicions.Incident] == 0
            || _incidents.Cells[((_suspicions.Cells[at + Suspicions.Incident] - 1) * Column.Count) + Column.Kind] != Kind.Sweep)
        {
            return false;
        }

        probe.Outcome = probe.LivingBit >= 0 && !_hosts.Lives(probe.LivingBit) ? Outcome.Dark : Outcome.Silent;
        Complete(probe);
        Join(at, probe, true);
        if (_joinedNew)
        {
            // Only what was counted is corrected by a late answer.
            _connections.Mark(probe.Connection, Connections.Judged);
        }

        _running.Remember(_suspicions.SlotOf(probe.Actor), probe, _suspicions.Cells[at + Suspicions.Incident] - 1);
        return true;
    }

    private void Next()
    {
        PendingTries pending = _pending;
        int[] cells = pending.Cells;
        int at = pending.First * PendingTries.Width;
        int actor = cells[at + PendingTries.Actor];
        int marks = cells[at + PendingTries.Marks];
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
        if ((marks & PendingTries.IsSix) == 0 && (isMarked || outcome < Outcome.Answered))
        {
            int newcomer = _newcomers.Find(actor, cells[at]);
            if (newcomer >= 0)
            {
                int before = _newcomers.Remove(newcomer, probe);
                int home = _table.HomeIndex(probe.Target);
                probe.LivingBit = home < 0 ? -1 : _hosts.BitOf(home);
                Weigh(probe, before);
            }
            else if (isUnsuspected && (marks & Probe.Arp) == 0 && (cells[at + PendingTries.Facts] & 0xffff) == 0)
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
            probe.Number = (probe.Target + ((probe.Target >> 16) * 0x9e37)) & 0xffff;
        }

        probe.Expected = _table.Expected == 0 ? -1
            : _table.ExpectedOfTry(probe.Version, probe.Actor, probe.Target, probe.Addresses, probe.SourceAt, probe.DestinationAt,
                probe.Protocol, probe.Port);
    }

    /// <summary>Decides on a judged try.</summary>
    /// <returns>False when it was of no interest.</returns>
    private bool Decide(Probe probe)
    {
        int outcome = probe.Outcome;
        // A suspect port with a conversation on it is a service; one that merely answers is what the prober hopes for.
        bool isGood = outcome == Outcome.Open || (outcome == Outcome.Answered && !probe.IsSuspect);
        int sweepKey = SweepKey(probe);
        int sweep = Live(_suspicions.Find(sweepKey), probe);
        if (probe.IsRestricted)
        {
            DecideRestricted(probe, sweep);
        }

        if (Join(sweep, probe, true))
        {
            return true;
        }

        int scanKey = 0;
        int scan = -1;
        bool countsPorts = probe.Port != 0 && (probe.Protocol != IpProtocol.Udp || probe.IsSuspect || !LooksLikeAnswer(probe));
        if (countsPorts)
        {
            scanKey = PortScanKey(probe);
            scan = Live(_suspicions.Find(scanKey), probe);
        }

        if (Join(scan, probe, false))
        {
            return true;
        }

        if (isGood && sweep < 0 && scan < 0)
        {
            return false;
        }

        int network = -1;
        bool isOfNetwork = probe.IsSuspect && !isGood && !probe.IsRestricted && probe.Version == 4;
        if (isOfNetwork)
        {
            network = Live(_suspicions.Find(NetworkKey(probe)), probe);
            if (network >= 0 && _suspicions.Cells[network + Suspicions.Incident] != 0)
            {
                JoinNetwork(network, probe);
                return true;
            }
        }

        bool beganSweep = !isGood && sweep < 0;
        if (beganSweep)
        {
            sweep = Begin(sweepKey, probe, true, scan);
        }

        bool beganScan = !isGood && scan < 0 && countsPorts;
        if (beganScan)
        {
            scan = Begin(scanKey, probe, false, sweep);
        }

        if (sweep >= 0)
        {
            if (!beganSweep)
            {
                Write(sweep, probe, probe.Number);
            }

            if (!probe.IsRestricted && _suspicions.Cells[sweep + Suspicions.Targets] > 1)
            {
                NoteOther(probe);
            }

            if (!isGood && Conclude(sweep, probe, true))
            {
                return true;
            }
        }

        if (scan >= 0)
        {
            if (!beganScan)
            {
                Write(scan, probe, probe.Port);
            }

            if (!isGood && Conclude(scan, probe, false))
            {
                return true;
            }
        }

        if (isOfNetwork && ConcludeNetwork(network, probe, sweep))
        {
            return true;
        }

        if (probe.IsSuspect && !isGood && probe.LivingBit >= 0)
        {
            _shared.Add(probe);
        }

        return true;
    }

    /// <summary>A datagram to a client's port, or from a server's: it answers a question that the tap did not see.</summary>
    private bool LooksLikeAnswer(Probe probe)
    {
        return probe.Port >= Limits.EphemeralPort || (probe.SourcePort < Limits.ServerPort && probe.Port >= Limits.ServerPort);
    }

    private int SweepKey(Probe probe)
    {
        return _hash.Of(probe.Actor, (probe.Port << 9) | probe.Protocol, (probe.Version << 4) | KeySweep);
    }

    private int NetworkKey(Probe probe)
    {
        return _hash.Of(probe.Actor & ~255, (probe.Port << 9) | probe.Protocol, (probe.Version << 4) | KeyNetwork);
    }

    /// <summary>
    /// Notes a suspect try for its source's /24 as well: one who takes another address for each host is one actor. Three sources at three hosts are
    /// an incident; a source that sweeps by itself has become one before.
    /// </summary>
    private bool ConcludeNetwork(int at, Probe probe, int keep)
    {
        int[] cells = _suspicions.Cells;
        if (at < 0)
        {
            at = _suspicions.Add(NetworkKey(probe), probe.Actor & ~255, probe.Now, keep);
            if (at < 0)
            {
                return false;
            }

            Start(at, probe);
        }

        int before = cells[at + Suspicions.Targets];
        Write(at, probe, probe.Number);
        int listed = cells[at + Suspicions.Targets];
        if (listed > before && listed <= Suspicions.ListedTargets)
        {
            // The order of ports or ids says nothing where each has its own source: the list holds the sources instead.
            int place = at + Suspicions.Target + before;
            cells[place] = (cells[place] & ~0xffff) | (probe.Actor & 255);
            cells[at + Suspicions.Facts] &= ~Suspicions.HoldsIds;
        }

        if (SourcesOf(at) < Limits.NetworkSources || !IsWalk(at, probe.Protocol))
        {
            return false;
        }

        Promote(at, probe, Kind.Sweep, true);
        return true;
    }

    /// <summary>How many sources the listed targets of a network's suspicion had.</summary>
    private int SourcesOf(int at)
    {
        int[] cells = _suspicions.Cells;
        int count = cells[at + Suspicions.Targets];
        count = count > Suspicions.ListedTargets ? Suspicions.ListedTargets : count;
        int sources = 0;
        int first = at + Suspicions.Target;
        for (int i = 0; i < count; i++)
        {
            int known = 0;
            while ((cells[first + known] & 255) != (cells[first + i] & 255))
            {
                known++;
            }

            sources += known == i ? 1 : 0;
        }

        return sources;
    }

    /// <summary>Adds a try to the sweep of its source's network.</summary>
    private void JoinNetwork(int at, Probe probe)
    {
        int record = _suspicions.Cells[at + Suspicions.Incident] - 1;
        _incidents.Absorb(record, probe);
        _incidents.CountSource(record, probe.Actor & 255);
        int more = _incidents.AddNew(record, probe.Number);
        if (more > 0)
        {
            _incidents.CoverDestination(record, probe);
            CountOutcome(record * Column.Count, probe, more);
        }

        _teller.Consider(record);
    }

    private int PortScanKey(Probe probe)
    {
        return _hash.Of(probe.Actor, probe.Target, (probe.Version << 4) | KeyPortScan);
    }

    /// <summary>A suspicion whose story is over is none.</summary>
    private int Live(int at, Probe probe)
    {
        if (at < 0)
        {
            return -1;
        }

        int[] cells = _suspicions.Cells;
        int gap = probe.Protocol == Probe.Arp ? Limits.ArpGap : Limits.StoryGap;
        if (cells[at + Suspicions.Incident] == 0 && probe.Now - cells[at + Suspicions.Last] > gap)
        {
            _suspicions.Remove(at);
            return -1;
        }

        return at;
    }

    /// <summary>Begins a suspicion with a try, and writes the try into it.</summary>
    private int Begin(int key, Probe probe, bool byPort, int keep)
    {
        int at = _suspicions.Add(key, probe.Actor, probe.Now, keep);
        if (at < 0)
        {
            return -1;
        }

        // The answered tries of the same walk belong to it: those before this failure, which begin it, and where the failure waited for
        // another (Newcomers) those since.
        Probe earlier = _earlier;
        int next = _pending.NextGood(0, probe, byPort, earlier);
        bool isFirst = next < 0 || earlier.Now - probe.Now > 0;
        if (!isFirst)
        {
            Complete(earlier);
            Start(at, earlier);
            _suspicions.Cells[at + Suspicions.First] = earlier.Now;
        }
        else
        {
            Start(at, probe);
        }

        bool isWritten = false;
        while (next >= 0)
        {
            if (!isWritten && earlier.Now - probe.Now > 0)
            {
                Write(at, probe, byPort ? probe.Number : probe.Port);
                isWritten = true;
            }

            Complete(earlier);
            Write(at, earlier, byPort ? earlier.Number : earlier.Port);
            next = _pending.NextGood(next, probe, byPort, earlier);
        }

        if (!isWritten)
        {
            Write(at, probe, byPort ? probe.Number : probe.Port);
        }

        return at;
    }

    private void Start(int at, Probe probe)
    {
        int[] cells = _suspicions.Cells;
        cells[at + Suspicions.FirstTarget] = probe.Version == 6 ? _hash.DigestOfSix(probe.Addresses, probe.DestinationAt) : probe.Target;
        cells[at + Suspicions.Cover] = (probe.Version == 6 ? 128 : 32) | (probe.Ttl << 8) | (probe.Ttl << 16);
        cells[at + Suspicions.Facts] = (probe.Signature + 1) | ((probe.Expected + 1) << 16)
            | (probe.Signature >= 0 || probe.IsSuspect ? Suspicions.IsNamed : 0);
        cells[at + Suspicions.FirstPort] = (probe.Identification << 16) | probe.SourcePort;
        cells[at + Suspicions.Flags] = (probe.Fine << 8) | probe.Flags;
    }

    private int PlaceOf(int at, int number)
    {
        int[] cells = _suspicions.Cells;
        int count = cells[at + Suspicions.Targets];
        count = count > Suspicions.ListedTargets ? Suspicions.ListedTargets : count;
        int first = at + Suspicions.Target;
        for (int i = 0; i < count; i++)
        {
            if (((cells[first + i] >> 16) & 0xffff) == number)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Writes a try into a suspicion.</summary>
    private void Write(int at, Probe probe, int number)
    {
        int[] cells = _suspicions.Cells;
        int facts = cells[at + Suspicions.Facts];
        int cover = cells[at + Suspicions.Cover];
        if (probe.Now - cells[at + Suspicions.Last] > 0)
        {
            cells[at + Suspicions.Last] = probe.Now;
        }

        cells[at + Suspicions.Tries]++;
        if ((facts & 0xffff) != probe.Signature + 1)
        {
            facts |= Suspicions.NameDiffers;
            if ((facts & 0xffff) == 0)
            {
                facts |= probe.Signature + 1;
            }
        }

        if (probe.Expected < 0)
        {
            facts &= ~0xff0000;
        }

        facts |= probe.Flags != (cells[at + Suspicions.Flags] & 255) ? Suspicions.FlagsDiffer : 0;
        bool samePort = probe.SourcePort == (cells[at + Suspicions.FirstPort] & 0xffff);
        facts |= samePort ? 0 : Suspicions.PortDiffers;
        if (probe.Ttl < ((cover >> 8) & 255))
        {
            cover = (cover & ~0xff00) | (probe.Ttl << 8);
        }
        else if (probe.Ttl > ((cover >> 16) & 255))
        {
            cover = (cover & ~0xff0000) | (probe.Ttl << 16);
        }

        int place = PlaceOf(at, number);
        if (place >= 0)
        {
            int each = cells[at + Suspicions.TriesEach];
            if (((each >> (place << 2)) & 15) != 15)
            {
                cells[at + Suspicions.TriesEach] = each + (1 << (place << 2));
            }
        }
        else
        {
            int count = cells[at + Suspicions.Targets];
            bool isNew = true;
            if (count < Suspicions.ListedTargets)
            {
                place = count;
                cells[at + Suspicions.TriesEach] |= 1 << (place << 2);
                facts |= count == 1 && samePort ? Suspicions.HoldsIds : 0;
                bool holdsIds = (facts & Suspicions.HoldsIds) != 0;
                cells[at + Suspicions.Target + place] = (number << 16) | (holdsIds ? probe.Identification : probe.SourcePort);
            }
            else
            {
                int bit = 1 << (number & 31);
                isNew = (cells[at + Suspicions.Beyond] & bit) == 0;
                cells[at + Suspicions.Beyond] |= bit;
            }

            if (isNew)
            {
                cells[at + Suspicions.Targets] = count + 1;
                Count(at, probe);
                cover = probe.Version == 6
                    ? (cover & ~0xff) | _hash.SharedSix(cells[at + Suspicions.FirstTarget], probe.Addresses, probe.DestinationAt, cover & 255)
                    : (cover & ~0xff) | _incidents.SharedLength(cells[at + Suspicions.FirstTarget], probe.Target, cover & 255);
            }
        }

        if (place >= 0 && place < Suspicions.ListedTargets && probe.Outcome == Outcome.Dark)
        {
            cover |= 1 << (24 + place);
        }

        cells[at + Suspicions.Cover] = cover;
        cells[at + Suspicions.Facts] = facts;
    }

    private void Count(int at, Probe probe)
    {
        int[] cells = _suspicions.Cells;
        int counts = cells[at + Suspicions.Counts];
        int outcome = probe.Outcome;
        int add = outcome == Outcome.Answered || outcome == Outcome.Open ? 1 << 8 : 1;
        if (probe.IsSuspect && outcome != Outcome.Open)
        {
            add |= 1 << 16;
        }

        if (outcome == Outcome.Refused)
        {
            add |= 1 << 24;
        }

        if (cells[at + Suspicions.Targets] < 100)
        {
            cells[at + Suspicions.Counts] = counts + add;
        }
    }

    /// <summary>ARP replies reach the tap, so that their absence means something.</summary>
    public void SeeArpReply()
    {
        _sawArpReply = true;
    }

    private bool IsWalk(int at, int protocol)
    {
        int counts = _suspicions.Cells[at + Suspicions.Counts];
        int targets = _suspicions.Cells[at + Suspicions.Targets];
        int least = protocol == Probe.Arp && !_sawArpReply ? Limits.ArpTargetsUnanswered : Limits.PlainTargets;
        return ((counts >> 16) & 255) >= Limits.SuspectTargets || (targets >= least && (counts & 255) * 2 >= targets);
    }

    private bool IsDarkPolling(int at, Probe probe)
    {
        if (probe.Protocol == Probe.Arp || !_hosts.CanTellDark(probe.Now))
        {
            return false;
        }

        return DarkPolled(at, probe, false) >= Limits.DarkHosts;
    }

    /// <summary>How many listed targets are still dark and were tried again; or how many tries went to those that are dark.</summary>
    private int DarkPolled(int at, Probe probe, bool tries)
    {
        int[] cells = _suspicions.Cells;
        int dark = (cells[at + Suspicions.Cover] >> 24) & 255;
        int each = cells[at + Suspicions.TriesEach];
        int count = 0;
        for (int i = 0; dark != 0; i++)
        {
            int times = (each >> (i << 2)) & 15;
            if ((dark & 1) != 0 && (tries || times >= 2) && IsStillDark((cells[at + Suspicions.Target + i] >> 16) & 0xffff, probe))
            {
                count += tries ? times : 1;
            }

            dark >>= 1;
        }

        return count;
    }

    private bool IsStillDark(int number, Probe probe)
    {
        if (probe.Version != 4)
        {
            return true;
        }

        int home = _table.HomeIndex(probe.AddressOf(number, probe.Target));
        return home < 0 || !_hosts.Lives(_hosts.BitOf(home));
    }

    private bool Conclude(int at, Probe probe, bool byPort)
    {
        if (IsWalk(at, probe.Protocol))
        {
            Promote(at, probe, byPort ? Kind.Sweep : Kind.PortScan, false);
            return true;
        }

        if (byPort && IsDarkPolling(at, probe))
        {
            Promote(at, probe, Kind.DarkHost, false);
            return true;
        }

        return false;
    }

    private void Promote(int at, Probe probe, int kind, bool isNetwork)
    {
        int[] cells = _suspicions.Cells;
        bool byPort = kind != Kind.PortScan;
        int record = kind == Kind.DarkHost || isNetwork ? -1 : Overlapping(at, probe, kind);
        bool isMerged = record >= 0;
        if (!isMerged)
        {
            record = _teller.Open(kind, probe);
        }

        cells[at + Suspicions.Incident] = record + 1;
        int[] incidents = _incidents.Cells;
        int row = record * Column.Count;
        int facts = cells[at + Suspicions.Facts];
        int cover = cells[at + Suspicions.Cover];
        if (isMerged)
        {
            Merge(row, at, probe, kind);
        }
        else
        {
            incidents[row + Column.First] = cells[at + Suspicions.First];
            incidents[row + Column.Fine] = (((cells[at + Suspicions.Flags] >> 8) & 1023) << 16) | probe.Fine;
            incidents[row + Column.Owner] = at;
            cells[at + Suspicions.Facts] = facts | Suspicions.IsOwner;
            incidents[row + Column.Port] = byPort ? probe.Port : 0;
            // One port's name does not name a scan of many.
            incidents[row + Column.Signature] = !byPort && (facts & Suspicions.NameDiffers) != 0 ? -1 : (facts & 0xffff) - 1;
            incidents[row + Column.Expected] = ((facts >> 16) & 255) - 1;
            incidents[row + Column.Flags] = (facts & Suspicions.FlagsDiffer) != 0 ? -1 : probe.Flags;
            incidents[row + Column.SourcePort] = (facts & Suspicions.PortDiffers) != 0 ? -1 : probe.SourcePort;
            incidents[row + Column.DestinationLength] = cover & 255;
            incidents[row + Column.Destinations] = 1;
            if (isNetwork)
            {
                incidents[row + Column.Actor] = probe.Actor & ~255;
                incidents[row + Column.Source] = probe.Actor & ~255;
                incidents[row + Column.SourceLength] = NetworkBits;
                incidents[row + Column.SourcePort] = -1;
                incidents[row + Column.Sources] = 0;
            }
        }

        _incidents.AbsorbTtl(row, (cover >> 8) & 255);
        _incidents.AbsorbTtl(row, (cover >> 16) & 255);
        // What an actor tried at one host is in its sweep already, but for the newest.
        bool isCounted = isMerged && kind == Kind.PortScan && incidents[row + Column.Kind] == Kind.Sweep;
        incidents[row + Column.Frames] += kind == Kind.DarkHost ? DarkPolled(at, probe, true) : isCounted ? 1 : cells[at + Suspicions.Tries];
        int sizeBefore = incidents[row + Column.Size];
        Replay(at, record, probe, kind, isMerged, isNetwork);
        isCounted |= isMerged && incidents[row + Column.Size] == sizeBefore;
        int walked = (cells[at + Suspicions.Counts] >> 8) & 255;
        int refused = (cells[at + Suspicions.Counts] >> 24) & 255;
        if (kind == Kind.DarkHost)
        {
            incidents[row + Column.Dark] = incidents[row + Column.Size];
            // The gap to the next try is one between tries at this host.
            incidents[row + Column.TargetLast] = probe.Number;
        }
        else if (isCounted)
        {
            // Another port at hosts that are counted: outcomes are counted a host.
            incidents[row + Column.MayBeWorse] = 1;
            _shared.Forget(probe.Actor);
        }
        else
        {
            int dark = _hosts.CanTellDark(probe.Now) ? BitsOf((cover >> 24) & 255) : 0;
            incidents[row + Column.Answered] += walked;
            incidents[row + Column.MayBeWorse] = 1;
            incidents[row + Column.Refused] += refused;
            incidents[row + Column.Dark] += byPort ? dark : 0;
            incidents[row + Column.Silent] += Positive((cells[at + Suspicions.Counts] & 255) - refused - (byPort ? dark : 0));
            _shared.Forget(probe.Actor);
        }

        _teller.Relate(record);
        FoldRestricted(record, probe, kind);
        _teller.Consider(record);
    }

    private int Positive(int value)
    {
        return value < 0 ? 0 : value;
    }

    private int BitsOf(int value)
    {
        int count = 0;
        while (value != 0)
        {
            value &= value - 1;
            count++;
        }

        return count;
    }

    private void Merge(int row, int at, Probe probe, int kind)
    {
        int[] incidents = _incidents.Cells;
        int record = row / Column.Count;
        if (incidents[row + Column.Kind] == Kind.Sweep && incidents[row + Column.Port] != 0)
        {
            _incidents.ListPort(record, incidents[row + Column.Port]);
            incidents[row + Column.Port] = 0;
            // One port's name does not name a sweep over several.
            incidents[row + Column.Signature] = -1;
        }

        if (incidents[row + Column.Protocol] != probe.Protocol)
        {
            incidents[row + Column.Protocol] = 0;
        }

        if (kind == Kind.PortScan && incidents[row + Column.Kind] == Kind.PortScan)
        {
            incidents[row + Column.Destinations]++;
        }

        if (probe.Now - incidents[row + Column.Last] > 0)
        {
            incidents[row + Column.Last] = probe.Now;
            _incidents.Wall[record] = probe.Wall;
        }

        _incidents.CoverDestination(record, probe);
    }

    /// <summary>Counts the targets that a suspicion lists into its incident.</summary>
    private void Replay(int at, int record, Probe probe, int kind, bool isMerged, bool isNetwork)
    {
        int[] cells = _suspicions.Cells;
        int row = record * Column.Count;
        bool byPort = kind != Kind.PortScan;
        int kept = _incidents.Cells[row + Column.Kind];
        int count = cells[at + Suspicions.Targets];
        int listed = count > Suspicions.ListedTargets ? Suspicions.ListedTargets : count;
        bool holdsIds = (cells[at + Suspicions.Facts] & Suspicions.HoldsIds) != 0;
        int firstPort = cells[at + Suspicions.FirstPort];
        for (int i = 0; i < listed; i++)
        {
            int target = cells[at + Suspicions.Target + i];
            int number = (target >> 16) & 0xffff;
            if (kind == Kind.DarkHost
                && (((cells[at + Suspicions.Cover] >> (24 + i)) & 1) == 0 || !IsStillDark(number, probe)))
            {
                continue;
            }

            if (!byPort)
            {
                if (kept == Kind.PortScan)
                {
                    _incidents.AddNew(record, number);
                }

                _incidents.ListPort(record, number);
                continue;
            }

            if (kept == Kind.PortScan)
            {
                continue;
            }

            if (isNetwork)
            {
                _incidents.CountSource(record, target & 255);
                _incidents.AddNew(record, number);
            }
            else if (_incidents.AddNew(record, number) > 0 && !isMerged)
            {
                int port = holdsIds ? firstPort & 0xffff : target & 0xffff;
                int id = !holdsIds ? -1 : i == 0 ? (firstPort >> 16) & 0xffff : target & 0xffff;
                _incidents.FollowOrder(record, number, port, id);
            }
        }

        if (byPort && isMerged)
        {
            _incidents.ListPort(record, probe.Port);
        }

        if (!isMerged && kind != Kind.DarkHost && count > listed)
        {
            _incidents.Cells[row + Column.Size] += count - listed;
        }
    }

    /// <summary>
    /// The record of a walk of the same actor that is still going on: a tool that tries several ports at many hosts at once is one incident.
    /// Walks one after the other are incidents of their own, until an actor has <see cref="Limits.SweepsOfOneActor"/>.
    /// </summary>
    private int Overlapping(int at, Probe probe, int kind)
    {
        int[] incidents = _incidents.Cells;
        int first = _suspicions.Cells[at + Suspicions.First];
        int count = 0;
        int newest = -1;
        for (int record = 0; record < Limits.Incidents; record++)
        {
            int row = record * Column.Count;
            if (incidents[row + Column.Id] == 0 || incidents[row + Column.Actor] != probe.Actor
                || incidents[row + Column.Kind] > Kind.PortScan || incidents[row + Column.Version] != probe.Version
                || (incidents[row + Column.Protocol] == Probe.Arp) != (probe.Protocol == Probe.Arp))
            {
                continue;
            }

            if (first - incidents[row + Column.Last] <= 0)
            {
                return record;
            }

            count++;
            if (newest < 0 || incidents[row + Column.Last] - incidents[(newest * Column.Count) + Column.Last] > 0)
            {
                newest = record;
            }
        }

        return count >= Limits.SweepsOfOneActor ? newest : -1;
    }

    /// <summary>Adds a try to the incident that its suspicion has become.</summary>
    private bool Join(int at, Probe probe, bool byPort)
    {
        if (at < 0)
        {
            return false;
        }

        int[] cells = _suspicions.Cells;
        int record = cells[at + Suspicions.Incident] - 1;
        if (record < 0)
        {
            return false;
        }

        int[] incidents = _incidents.Cells;
        int row = record * Column.Count;
        int kind = incidents[row + Column.Kind];
        if (kind == Kind.DarkHost)
        {
            JoinDark(at, record, probe);
            return true;
        }

        if (probe.Now - cells[at + Suspicions.Last] > 0)
        {
            cells[at + Suspicions.Last] = probe.Now;
        }

        _incidents.Absorb(record, probe);
        int number = byPort ? probe.Number : probe.Port;
        if (kind == Kind.PortScan && incidents[row + Column.Signature] != probe.Signature)
        {
            incidents[row + Column.Signature] = -1;
        }

        int more = byPort == (kind == Kind.Sweep) ? _incidents.AddNew(record, number) : 0;
        _joinedNew = more > 0;
        if (more > 0)
        {
            if (byPort)
            {
                _incidents.FollowOrder(record, number, probe.SourcePort, probe.Identification);
                _incidents.CoverDestination(record, probe);
            }
            else
            {
                _incidents.ListPort(record, number);
            }

            CountOutcome(row, probe, more);
        }

        _teller.Consider(record);
        return true;
    }

    private void CountOutcome(int row, Probe probe, int more)
    {
        int[] incidents = _incidents.Cells;
        int outcome = probe.Outcome;
        if (outcome == Outcome.Dark)
        {
            // Of a port scan's one host all ports are silent alike.
            bool isDark = incidents[row + Column.Kind] != Kind.PortScan && _hosts.CanTellDark(probe.Now);
            incidents[row + (isDark ? Column.Dark : Column.Silent)] += more;
        }
        else if (outcome == Outcome.Silent)
        {
            incidents[row + Column.Silent] += more;
        }
        else if (outcome == Outcome.Refused)
        {
            incidents[row + Column.Refused] += more;
        }
        else
        {
            incidents[row + Column.Answered] += more;
            incidents[row + Column.MayBeWorse] = 1;
        }
    }

    private void JoinDark(int at, int record, Probe probe)
    {
        int[] incidents = _incidents.Cells;
        int row = record * Column.Count;
        if (probe.Outcome == Outcome.Dark)
        {
            FollowRetries(row, probe);
            _incidents.Absorb(record, probe);
            if (_incidents.AddNew(record, probe.Number) > 0)
            {
                incidents[row + Column.Dark]++;
                _incidents.CoverDestination(record, probe);
                _incidents.FollowOrder(record, probe.Number, probe.SourcePort, probe.Identification);
            }

            incidents[row + Column.TargetLast] = probe.Number;
        }

        Write(at, probe, probe.Number);
        if (IsWalk(at, probe.Protocol))
        {
            // Many hosts, not a few: it was a sweep all along.
            incidents[row + Column.Kind] = Kind.Sweep;
            incidents[row + Column.Period] = 0;
            incidents[row + Column.Run] = 0;
            incidents[row + Column.List] = 0;
            _shared.Forget(probe.Actor);
            _teller.Relate(record);
        }

        _teller.Consider(record);
    }

    /// <summary>Follows the gap between tries at one host, and how many come in a run: a resolver's timer gives itself away.</summary>
    private void FollowRetries(int row, Probe probe)
    {
        int[] incidents = _incidents.Cells;
        int gap = probe.Now - incidents[row + Column.Last];
        bool sameHost = incidents[row + Column.TargetLast] == probe.Number;
        if (!sameHost || gap > Limits.Minute)
        {
            incidents[row + Column.List] = 1;
            return;
        }

        int period = incidents[row + Column.Period];
        if (period == 0)
        {
            incidents[row + Column.Period] = gap;
        }
        else if (period > 0 && (gap * 10 < period * 9 || gap * 10 > period * 11))
        {
            incidents[row + Column.Period] = -1;
        }

        // While polling goes on, the list column counts the present run.
        int run = ++incidents[row + Column.List];
        if (run > incidents[row + Column.Run])
        {
            incidents[row + Column.Run] = run;
        }
    }

    private void DecideRestricted(Probe probe, int sweep)
    {
        if (sweep >= 0 && _suspicions.Cells[sweep + Suspicions.Incident] != 0)
        {
            // A sweep over the same port tells of these hosts too.
            return;
        }

        int key = _hash.Of(probe.Actor, _table.Sid(probe.Signature), (probe.Version << 4) | KeyRestricted);
        int at = Live(_suspicions.Find(key), probe);
        if (at < 0)
        {
            at = _suspicions.Add(key, probe.Actor, probe.Now, sweep);
            if (at < 0)
            {
                return;
            }

            Start(at, probe);
        }

        int record = _suspicions.Cells[at + Suspicions.Incident] - 1;
        if (record < 0)
        {
            record = _teller.Open(Kind.RestrictedService, probe);
            _suspicions.Cells[at + Suspicions.Incident] = record + 1;
            _incidents.Cells[(record * Column.Count) + Column.Owner] = at;
            _suspicions.Cells[at + Suspicions.Facts] |= Suspicions.IsOwner;
            _incidents.Cells[(record * Column.Count) + Column.Port] = probe.Port;
            _incidents.Cells[(record * Column.Count) + Column.Form] = sweep >= 0 ? 1 : 0;
            _teller.Relate(record);
        }

        _suspicions.Cells[at + Suspicions.Last] = probe.Now;
        _incidents.Absorb(record, probe);
        if (_incidents.AddNew(record, probe.Number) > 0)
        {
            _incidents.CoverDestination(record, probe);
            CountOutcome(record * Column.Count, probe, 1);
        }

        if (probe.Outcome == Outcome.Open)
        {
            _incidents.Cells[(record * Column.Count) + Column.Run] = 1;
            _incidents.Cells[(record * Column.Count) + Column.MayBeWorse] = 1;
        }

        _teller.Consider(record);
    }

    /// <summary>The actor of a restricted service tries the same port elsewhere: these hosts and no others is no longer true.</summary>
    private void NoteOther(Probe probe)
    {
        int[] incidents = _incidents.Cells;
        for (int row = 0; row < incidents.Length; row += Column.Count)
        {
            if (incidents[row + Column.Id] != 0 && incidents[row + Column.Kind] == Kind.RestrictedService
                && incidents[row + Column.Actor] == probe.Actor && incidents[row + Column.Port] == probe.Port)
            {
                incidents[row + Column.Form] = 1;
            }
        }
    }

    /// <summary>A sweep over the port of a restricted service takes that actor's incident in.</summary>
    private void FoldRestricted(int into, Probe probe, int kind)
    {
        if (kind != Kind.Sweep)
        {
            return;
        }

        int[] incidents = _incidents.Cells;
        for (int record = 0; record < Limits.Incidents; record++)
        {
            int row = record * Column.Count;
            if (incidents[row + Column.Id] != 0 && incidents[row + Column.Kind] == Kind.RestrictedService
                && incidents[row + Column.Actor] == probe.Actor && incidents[row + Column.Port] == probe.Port)
            {
                _teller.Fold(record, into);
            }
        }
    }
}
