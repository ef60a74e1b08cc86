using System;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Memories;

/// <summary>
/// Home hosts on whose unserved suspect ports several actors knock. A probe settles for a minute, so that an actor who turns out to sweep
/// many hosts is taken away again; three settled actors make a distributed probe, and each one that settles later is named.
/// </summary>
/// <remarks>
/// A new host takes the place of the one whose probes are of the fewest actors, then the longest silent; one with an incident stays. An
/// attacker who spoofs sources at one host makes that host's incident, which is what is to be seen.
/// </remarks>
public sealed class SharedTargets
{
    /// <summary>Hosts and probes pushed out before their story was over.</summary>
    public int Evictions;

    private const int Target = 0;
    private const int Version = 1;
    private const int Last = 2;
    private const int Incident = 3;
    private const int LivingBit = 4;
    private const int FirstProbe = 5;

    // Columns of a probe.
    private const int Actor = 0;
    private const int When = 1;
    private const int Facts = 2;
    private const int Marks = 3;
    private const int Fine = 4;
    private const int ProbeWidth = 5;
    private const int Width = FirstProbe + (Limits.SharedProbes * ProbeWidth);

    private readonly KeyedHash _hash;
    private readonly IncidentTable _incidents;
    private readonly Teller _teller;
    private readonly int[] _cells = new int[Limits.SharedTargets * Width];
    private readonly Probe _probe;
    private long _wallBase;
    private int _nextSettle;
    private bool _isWaiting;

    /// <summary>Makes an empty memory; the scratch probe is one that others use too, at other times.</summary>
    public SharedTargets(KeyedHash hash, IncidentTable incidents, Teller teller, Probe scratch)
    {
        _probe = scratch;
        _hash = hash;
        _incidents = incidents;
        _teller = teller;
    }

    /// <summary>Takes in a suspect try at a home host that does not serve its port.</summary>
    /// <param name="probe">The try.</param>
    public void Add(Probe probe)
    {
        int[] cells = _cells;
        int at = Find(probe);
        if (at < 0)
        {
            at = Make(probe.Now);
            if (at < 0)
            {
                return;
            }

            cells[at + Target] = probe.Target;
            cells[at + Version] = probe.Version;
            cells[at + LivingBit] = probe.LivingBit;
        }
        else if (cells[at + Incident] == 0 && probe.Now - cells[at + Last] > Limits.StoryGap)
        {
            Array.Clear(cells, at + FirstProbe, Limits.SharedProbes * ProbeWidth);
        }

        cells[at + Last] = probe.Now;
        int place = PlaceFor(at, probe);
        if (cells[place + Actor] == probe.Actor && cells[place + When] != 0 && ((cells[place + Facts] >> 16) & 0xffff) == probe.Port)
        {
            cells[place + Marks] += 1 << 24;
            return;
        }

        _wallBase = probe.Wall - (probe.Now * 10000L) - (probe.Fine * 10);
        cells[place + Actor] = probe.Actor;
        cells[place + When] = probe.Now == 0 ? 1 : probe.Now;
        cells[place + Facts] = (probe.Port << 16) | (probe.Ttl << 8) | probe.Flags;
        cells[place + Marks] = (probe.Signature + 1) | (probe.Protocol << 14) | (probe.Outcome == Outcome.Answered ? 1 << 23 : 0) | (1 << 24);
        cells[place + Fine] = probe.Fine;
        if (probe.Version == 6)
        {
            // The sixteen octets are only at hand now, so an IPv6 probe does not wait.
            Look(at, probe.Now, true, probe);
        }
        else if (!_isWaiting)
        {
            _isWaiting = true;
            _nextSettle = probe.Now + Limits.SettleTime;
        }
    }

    /// <summary>An actor has an incident of his own: what he did here is told there.</summary>
    /// <param name="actor">The actor.</param>
    public void Forget(int actor)
    {
        int[] cells = _cells;
        for (int at = 0; at < cells.Length; at += Width)
        {
            for (int place = at + FirstProbe; place < at + Width; place += ProbeWidth)
            {
                if (cells[place + Actor] == actor)
                {
                    Array.Clear(cells, place, ProbeWidth);
                }
            }
        }
    }

    /// <summary>Looks for probes that have settled.</summary>
    /// <param name="now">Centiseconds.</param>
    /// <param name="all">All count as settled, as at the end of a replay.</param>
    public void Settle(int now, bool all)
    {
        if (all)
        {
            LookAt(now, true);
        }

        // Step by step, since many minutes may have passed since the last look and a story may have ended meanwhile.
        while (_isWaiting && !all && now - _nextSettle >= 0)
        {
            LookAt(_nextSettle, false);
        }
    }

    /// <summary>Frees the host of a closed incident.</summary>
    /// <param name="record">The incident's record.</param>
    public void Release(int record)
    {
        int[] cells = _cells;
        for (int at = 0; at < cells.Length; at += Width)
        {
            if (cells[at + Incident] == record + 1)
            {
                Array.Clear(cells, at, Width);
            }
        }
    }

    /// <summary>Takes another table: probes keep the signature of the same sid.</summary>
    /// <param name="from">The table so far.</param>
    /// <param name="to">The table from now on.</param>
    public void UseTable(SignatureTable from, SignatureTable to)
    {
        int[] cells = _cells;
        for (int at = 0; at < cells.Length; at += Width)
        {
            for (int place = at + FirstProbe; place < at + Width; place += ProbeWidth)
            {
                int signature = (cells[place + Marks] & 0x3fff) - 1;
                if (signature >= 0)
                {
                    cells[place + Marks] = (cells[place + Marks] & ~0x3fff) | (_teller.SameSignature(from, signature, to) + 1);
                }
            }
        }
    }

    private void LookAt(int then, bool all)
    {
        _isWaiting = false;
        int[] cells = _cells;
        for (int at = 0; at < cells.Length; at += Width)
        {
            if (cells[at + Version] == 4)
            {
                Look(at, then, all, _probe);
            }
        }
    }

    private int Find(Probe probe)
    {
        int[] cells = _cells;
        int target = probe.Target;
        for (int at = 0; at < cells.Length; at += Width)
        {
            if (cells[at] == target && cells[at + Version] == probe.Version)
            {
                return at;
            }
        }

        return -1;
    }

    private int Make(int now)
    {
        int[] cells = _cells;
        int victim = -1;
        int weakest = int.MaxValue;
        int oldest = -1;
        for (int at = 0; at < cells.Length; at += Width)
        {
            if (cells[at + Version] == 0)
            {
                return at;
            }

            if (cells[at + Incident] != 0)
            {
                continue;
            }

            int age = now - cells[at + Last];
            int actors = age > Limits.StoryGap ? 0 : ActorsOf(at);
            if (actors < weakest || (actors == weakest && age > oldest))
            {
                victim = at;
                weakest = actors;
                oldest = age;
            }
        }

        Evictions += weakest > 0 ? 1 : 0;
        if (victim >= 0)
        {
            Array.Clear(cells, victim, Width);
        }

        return victim;
    }

    /// <summary>The place of a probe by the same actor at the same port, a free one, or the oldest.</summary>
    private int PlaceFor(int at, Probe probe)
    {
        int[] cells = _cells;
        int free = -1;
        int oldest = -1;
        for (int place = at + FirstProbe; place < at + Width; place += ProbeWidth)
        {
            if (cells[place + When] == 0)
            {
                free = place;
            }
            else if (cells[place + Actor] == probe.Actor && ((cells[place + Facts] >> 16) & 0xffff) == probe.Port)
            {
                return place;
            }
            else if (oldest < 0 || cells[place + When] - cells[oldest + When] < 0)
            {
                oldest = place;
            }
        }

        if (free >= 0)
        {
            return free;
        }

        if (cells[at + Incident] == 0 && ActorsOf(at) >= Limits.DistributedActors)
        {
            // So many at once have no need to settle: a sweep's first probes come from one.
            Look(at, probe.Now, true, probe);
            if (cells[at + Incident] != 0)
            {
                return at + FirstProbe;
            }
        }

        if (cells[at + Incident] != 0)
        {
            Take(at, oldest, _probe);
            Merge(cells[at + Incident] - 1, _probe, (cells[oldest + Marks] >> 24) & 255);
        }
        else
        {
            Evictions++;
        }

        Array.Clear(cells, oldest, ProbeWidth);
        return oldest;
    }

    private int ActorsOf(int at)
    {
        int[] cells = _cells;
        int count = 0;
        for (int place = at + FirstProbe; place < at + Width; place += ProbeWidth)
        {
            bool isNew = cells[place + When] != 0;
            for (int other = at + FirstProbe; other < place; other += ProbeWidth)
            {
                isNew &= cells[other + When] == 0 || cells[other + Actor] != cells[place + Actor];
            }

            count += isNew ? 1 : 0;
        }

        return count;
    }

    private int SettledActorsOf(int at, int now)
    {
        int[] cells = _cells;
        int count = 0;
        for (int place = at + FirstProbe; place < at + Width; place += ProbeWidth)
        {
            if (cells[place + When] == 0 || now - cells[place + When] < Limits.SettleTime)
            {
                continue;
            }

            bool isNew = true;
            for (int other = at + FirstProbe; other < place; other += ProbeWidth)
            {
                isNew &= cells[other + When] == 0 || cells[other + Actor] != cells[place + Actor]
                    || now - cells[other + When] < Limits.SettleTime;
            }

            count += isNew ? 1 : 0;
        }

        return count;
    }

    /// <summary>Opens or feeds a host's incident with the probes that have settled, oldest first.</summary>
    private void Look(int at, int now, bool all, Probe probe)
    {
        int[] cells = _cells;
        int late = all ? now + Limits.SettleTime : now;
        bool isOpen = cells[at + Incident] != 0;
        if (!isOpen)
        {
            ForgetOld(at, now);
            if (SettledActorsOf(at, late) < Limits.DistributedActors)
            {
                WaitFor(at, late);
                return;
            }
        }

        bool isSix = cells[at + Version] == 6;
        int place = OldestSettled(at, late);
        while (place >= 0)
        {
            // The sixteen octets of an IPv6 source are those of the newest probe, which is why earlier ones are not named.
            Probe settled = _probe;
            settled.Addresses = probe.Addresses;
            settled.SourceAt = probe.SourceAt;
            settled.DestinationAt = probe.DestinationAt;
            Take(at, place, settled);
            int times = (cells[place + Marks] >> 24) & 255;
            if (cells[at + Incident] == 0)
            {
                int record = _teller.Open(Kind.DistributedProbe, settled);
                cells[at + Incident] = record + 1;
                int row = record * Column.Count;
                _incidents.Cells[row + Column.Owner] = at;
                _incidents.Cells[row + Column.Port] = 0;
                _incidents.Cells[row + Column.First] = cells[place + When];
                _incidents.Cells[row + Column.Destinations] = 1;
            }

            bool isNewSource = Merge(cells[at + Incident] - 1, settled, times);
            if (isSix && _incidents.Cells[((cells[at + Incident] - 1) * Column.Count) + Column.Sources] > 1)
            {
                _incidents.Cells[((cells[at + Incident] - 1) * Column.Count) + Column.SourceLength] = 0;
            }

            if (isOpen)
            {
                _teller.NameSource(cells[at + Incident] - 1, settled, isNewSource);
            }

            Array.Clear(cells, place, ProbeWidth);
            place = OldestSettled(at, late);
        }

        if (!isOpen && cells[at + Incident] != 0)
        {
            _teller.Relate(cells[at + Incident] - 1);
            _teller.Consider(cells[at + Incident] - 1);
        }

        WaitFor(at, late);
    }

    private void ForgetOld(int at, int now)
    {
        int[] cells = _cells;
        for (int place = at + FirstProbe; place < at + Width; place += ProbeWidth)
        {
            if (cells[place + When] != 0 && now - cells[place + When] > Limits.StoryGap && now - cells[at + Last] > Limits.StoryGap)
            {
                Array.Clear(cells, place, ProbeWidth);
            }
        }
    }

    private void WaitFor(int at, int now)
    {
        int[] cells = _cells;
        for (int place = at + FirstProbe; place < at + Width; place += ProbeWidth)
        {
            int due = cells[place + When] + Limits.SettleTime;
            if (cells[place + When] != 0 && due - now > 0 && (!_isWaiting || due - _nextSettle < 0))
            {
                _isWaiting = true;
                _nextSettle = due;
            }
        }
    }

    private int OldestSettled(int at, int now)
    {
        int[] cells = _cells;
        int oldest = -1;
        for (int place = at + FirstProbe; place < at + Width; place += ProbeWidth)
        {
            if (cells[place + When] != 0 && now - cells[place + When] >= Limits.SettleTime
                && (oldest < 0 || cells[place + When] - cells[oldest + When] < 0))
            {
                oldest = place;
            }
        }

        return oldest;
    }

    private void Take(int at, int place, Probe probe)
    {
        int[] cells = _cells;
        int facts = cells[place + Facts];
        int marks = cells[place + Marks];
        probe.Now = cells[place + When];
        probe.Fine = cells[place + Fine];
        probe.Wall = _wallBase + (probe.Now * 10000L) + (probe.Fine * 10);
        probe.Version = cells[at + Version];
        probe.Actor = cells[place + Actor];
        probe.Target = cells[at + Target];
        probe.Number = probe.NumberOf(probe.Target);
        probe.Protocol = (marks >> 14) & 511;
        probe.SourcePort = 0;
        probe.Port = (facts >> 16) & 0xffff;
        probe.Ttl = (facts >> 8) & 255;
        probe.Flags = facts & 255;
        probe.Identification = 0;
        probe.Signature = (marks & 0x3fff) - 1;
        probe.IsSuspect = true;
        probe.IsRestricted = false;
        probe.Expected = -1;
        probe.LivingBit = cells[at + LivingBit];
        probe.Outcome = (marks & (1 << 23)) != 0 ? Outcome.Answered : Outcome.Silent;
    }

    private bool Merge(int record, Probe probe, int times)
    {
        int[] incidents = _incidents.Cells;
        int row = record * Column.Count;
        _incidents.Absorb(record, probe);
        incidents[row + Column.Frames] += times - 1;
        if (incidents[row + Column.Protocol] != probe.Protocol)
        {
            incidents[row + Column.Protocol] = 0;
        }

        _incidents.ListPort(record, probe.Port);
        if (_incidents.AddNew(record, _hash.Finish(probe.Actor) & 0xffff) > 0)
        {
            if (probe.Version == 4)
            {
                _incidents.NameSource(record, incidents[row + Column.Size] - 1, probe.Actor);
            }

            incidents[row + Column.Sources] = incidents[row + Column.Size];
            _incidents.CoverSource(record, probe);
            incidents[row + Column.Answered] += probe.Outcome == Outcome.Answered ? 1 : 0;
            incidents[row + Column.MayBeWorse] = 1;
            return true;
        }

        return false;
    }
}
