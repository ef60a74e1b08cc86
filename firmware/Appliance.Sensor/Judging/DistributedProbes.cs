using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// When several actors at one host are one probe: three of them on suspect ports that it does not serve. A probe settles for a
/// minute, so that an actor who turns out to sweep many hosts is taken away again; each actor that settles later is named.
/// </summary>
public sealed class DistributedProbes
{
    private readonly SharedTargets _hosts;
    private readonly KeyedHash _hash;
    private readonly IncidentTable _incidents;
    private readonly Teller _teller;
    private readonly Probe _settled;
    // What is to be added to a probe's time: the clock under which the last one came, whatever it was set to since.
    private long _wallBase;
    private int _nextSettle;
    private bool _isWaiting;

    /// <summary>Makes it of what it works on.</summary>
    public DistributedProbes(SharedTargets hosts, KeyedHash hash, IncidentTable incidents, Teller teller)
    {
        _hosts = hosts;
        _hash = hash;
        _incidents = incidents;
        _teller = teller;
        _settled = teller.Retold;
    }

    /// <summary>Takes in a suspect attempt at a home host that does not serve its port.</summary>
    /// <param name="probe">The attempt.</param>
    public void Add(Probe probe)
    {
        SharedTargets hosts = _hosts;
        int[] cells = hosts.Cells;
        int at = hosts.Find(probe);
        if (at < 0)
        {
            at = hosts.Make(probe);
            if (at < 0)
            {
                return;
            }
        }
        else if (cells[at + SharedTargets.Incident] == 0 && probe.Now - cells[at + SharedTargets.Last] > Limits.StoryGap)
        {
            hosts.ForgetProbes(at);
        }

        cells[at + SharedTargets.Last] = probe.Now;
        int place = hosts.PlaceFor(at, probe);
        if (cells[place + SharedTargets.When] != 0)
        {
            if (hosts.IsAgain(place, probe))
            {
                cells[place + SharedTargets.Marks] += 1 << SharedTargets.TimesShift;
                return;
            }

            place = MakeRoom(at, place, probe);
        }

        _wallBase = probe.Wall - (probe.Now * 10000L) - (probe.Fine * 10);
        hosts.Write(place, probe);
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

    /// <summary>Looks for probes that have settled.</summary>
    /// <param name="now">Centiseconds.</param>
    /// <param name="isEnd">All count as settled, as at the end of a replay.</param>
    public void Settle(int now, bool isEnd)
    {
        if (isEnd)
        {
            LookAtAll(now, true);
        }

        // Step by step, since many minutes may have passed since the last look and a story may have ended meanwhile.
        while (_isWaiting && !isEnd && now - _nextSettle >= 0)
        {
            LookAtAll(_nextSettle, false);
        }
    }

    /// <summary>Frees the place of a host's oldest probe.</summary>
    /// <returns>A free place.</returns>
    private int MakeRoom(int at, int oldest, Probe probe)
    {
        SharedTargets hosts = _hosts;
        int[] cells = hosts.Cells;
        if (cells[at + SharedTargets.Incident] == 0 && hosts.ActorsOf(at, probe.Now + 1) >= Limits.DistributedActors)
        {
            // So many at once have no need to settle: a sweep's first probes come from one.
            Look(at, probe.Now, true, probe);
            if (cells[at + SharedTargets.Incident] != 0)
            {
                return at + SharedTargets.FirstProbe;
            }
        }

        if (cells[at + SharedTargets.Incident] != 0)
        {
            Read(at, oldest);
            Merge(cells[at + SharedTargets.Incident] - 1, _settled, hosts.TimesOf(oldest));
        }
        else
        {
            hosts.Evictions++;
        }

        hosts.ForgetProbe(oldest);
        return oldest;
    }

    private void LookAtAll(int then, bool isEnd)
    {
        _isWaiting = false;
        int[] cells = _hosts.Cells;
        for (int at = 0; at < cells.Length; at += SharedTargets.Width)
        {
            if (cells[at + SharedTargets.Version] == 4)
            {
                Look(at, then, isEnd, _settled);
            }
        }
    }

    /// <summary>Opens or feeds a host's incident with the probes that have settled, oldest first.</summary>
    private void Look(int at, int now, bool areAllSettled, Probe newest)
    {
        SharedTargets hosts = _hosts;
        int[] cells = hosts.Cells;
        int until = areAllSettled ? now : now - Limits.SettleTime;
        bool isOpen = cells[at + SharedTargets.Incident] != 0;
        if (!isOpen)
        {
            hosts.ForgetOld(at, now);
            if (hosts.ActorsOf(at, until) < Limits.DistributedActors)
            {
                WaitFor(at, until);
                return;
            }
        }

        int place = hosts.OldestOf(at, until);
        while (place >= 0)
        {
            // The sixteen octets of an IPv6 source are those of the newest probe, which is why earlier ones are not named.
            Probe settled = _settled;
            settled.UseAddresses(newest.Addresses, newest.SourceAt);
            Read(at, place);
            Tell(at, place, settled, isOpen);
            hosts.ForgetProbe(place);
            place = hosts.OldestOf(at, until);
        }

        if (!isOpen && cells[at + SharedTargets.Incident] != 0)
        {
            _teller.Relate(cells[at + SharedTargets.Incident] - 1);
            _teller.Consider(cells[at + SharedTargets.Incident] - 1);
        }

        WaitFor(at, until);
    }

    private void Tell(int at, int place, Probe settled, bool wasOpen)
    {
        int[] cells = _hosts.Cells;
        int record = cells[at + SharedTargets.Incident] - 1;
        int[] incidents = _incidents.Cells;
        if (record < 0)
        {
            record = _teller.Open(Kind.DistributedProbe, settled);
            cells[at + SharedTargets.Incident] = record + 1;
            int opened = record * Column.Count;
            incidents[opened + Column.Owner] = at;
            incidents[opened + Column.Port] = 0;
            incidents[opened + Column.First] = cells[place + SharedTargets.When];
            incidents[opened + Column.Destinations] = 1;
        }

        int row = record * Column.Count;
        bool isNewSource = Merge(record, settled, _hosts.TimesOf(place));
        if (cells[at + SharedTargets.Version] == 6 && incidents[row + Column.Sources] > 1)
        {
            incidents[row + Column.SourceLength] = 0;
        }

        if (wasOpen)
        {
            _teller.NameSource(record, settled, isNewSource);
        }
    }

    // When the next probe settles that came after a time.
    private void WaitFor(int at, int until)
    {
        int[] cells = _hosts.Cells;
        for (int place = at + SharedTargets.FirstProbe; place < at + SharedTargets.Width; place += SharedTargets.ProbeWidth)
        {
            int when = cells[place + SharedTargets.When];
            int due = when + Limits.SettleTime;
            if (when != 0 && when - until > 0 && (!_isWaiting || due - _nextSettle < 0))
            {
                _isWaiting = true;
                _nextSettle = due;
            }
        }
    }

    private void Read(int at, int place)
    {
        _hosts.Read(at, place, _settled);
        _settled.Wall = _wallBase + (_settled.Now * 10000L) + (_settled.Fine * 10);
    }

    /// <summary>Adds a probe to its host's incident.</summary>
    /// <returns>Whether its actor is a new one.</returns>
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
        if (_incidents.AddNew(record, (ushort)_hash.Finish(probe.Actor)) == 0)
        {
            return false;
        }

        if (probe.Version == 4)
        {
            _incidents.NameSource(record, incidents[row + Column.Size] - 1, probe.Actor);
        }

        incidents[row + Column.Sources] = incidents[row + Column.Size];
        _incidents.CoverSource(record, probe);
        if (probe.Outcome == Outcome.Answered)
        {
            incidents[row + Column.Answered]++;
            _incidents.Answerers.NameNumber(record, probe.Port);
        }

        incidents[row + Column.MayBeWorse] = 1;
        return true;
    }
}
