using System;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// The short way into a sweep or port scan that runs: its actor's next attempt joins it without waiting for an outcome, for
/// which a fast one would have to be remembered longer than there is room. It counts as unanswered, and a late answer corrects
/// that. A SYN that differs from the one before it in nothing but target (of a port scan: port), source port and IP id takes the
/// shortest way.
/// </summary>
/// <remarks>
/// The shortest way only saves work: a lane that is lost, by another actor's sweep or a new table, costs one longer way. Four of
/// them, so that sweeps side by side do not take turns in one.
/// </remarks>
public sealed class RunningSweeps
{
    private const int Lanes = 4;

    // Columns of a lane.
    private const int Actor = 0;
    // Those of the attempts; of a port scan without the port.
    private const int Facts = 1;
    private const int Signature = 2;
    private const int Record = 3;
    private const int Id = 4;
    private const int NextFrames = 5;
    private const int NextSize = 6;
    private const int Target = 7;
    private const int Width = 8;

    private readonly int[] _lanes = new int[Lanes * Width];
    private readonly Suspicions _suspicions;
    private readonly Connections _connections;
    private readonly IncidentTable _incidents;
    private readonly int[] _records;
    private readonly Joining _joining;
    private readonly SiteView _site;
    private readonly Teller _teller;

    /// <summary>Makes it of what it works on.</summary>
    public RunningSweeps(Suspicions suspicions, Connections connections, IncidentTable incidents, Joining joining, SiteView site,
        Teller teller)
    {
        _suspicions = suspicions;
        _connections = connections;
        _incidents = incidents;
        _records = incidents.Cells;
        _joining = joining;
        _site = site;
        _teller = teller;
    }

    /// <summary>Forgets all lanes: signatures have other numbers in another table.</summary>
    public void Forget()
    {
        Array.Clear(_lanes, 0, _lanes.Length);
    }

    /// <summary>Adds an attempt to the sweep or the TCP port scan that its actor has open.</summary>
    /// <param name="slot">The actor's slot; see <see cref="Suspicions.SlotOf"/>.</param>
    /// <param name="probe">The attempt.</param>
    /// <returns>False when there is no such sweep: the attempt waits for its outcome.</returns>
    public bool Join(int slot, Probe probe)
    {
        int lane = probe.IsSplit || !IsPlain(probe) ? -1
            : LaneOf(slot, probe.Actor, probe.Target, FactsOf(probe), probe.Signature);
        if (lane >= 0)
        {
            JoinLane(lane, probe.Target, probe.Ports(), probe.Identification, probe.LivingBit, probe.Now, probe.Fine,
                probe.Connection);
            return true;
        }

        return JoinBySuspicion((slot & (Lanes - 1)) * Width, probe);
    }

    /// <summary>The lane of a sweep that goes on as it did.</summary>
    /// <param name="slot">The actor's slot; see <see cref="Suspicions.SlotOf"/>.</param>
    /// <param name="actor">Its source address.</param>
    /// <param name="target">Its destination address.</param>
    /// <param name="facts">TTL (high 8 bits), TCP flags (8 bits) and port.</param>
    /// <param name="signature">The signature that names it, -1 for none.</param>
    /// <returns>-1 for none.</returns>
    public int LaneOf(int slot, int actor, int target, int facts, int signature)
    {
        int[] lanes = _lanes;
        int lane = (slot & (Lanes - 1)) * Width;
        return lanes[lane] == actor
            && (lanes[lane + Facts] == facts || (lanes[lane + Facts] == (facts & ~0xffff) && lanes[lane + Target] == target))
            && lanes[lane + Signature] == signature
            && _records[(lanes[lane + Record] * Column.Count) + Column.Id] == lanes[lane + Id] ? lane : -1;
    }

    /// <summary>Adds a SYN to the walk of a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="target">Its destination address.</param>
    /// <param name="ports">Its source port (high 16 bits) and destination port.</param>
    /// <param name="identification">Its IP id.</param>
    /// <param name="livingBit">The target's living bit, -1 when it is not at home.</param>
    /// <param name="now">Centiseconds.</param>
    /// <param name="fine">What the time has below a centisecond, in units of 10 µs.</param>
    /// <param name="entry">Its connection.</param>
    public void JoinLane(int lane, int target, int ports, int identification, int livingBit, int now, int fine, int entry)
    {
        // The device addresses the first four locals for less than the others.
        IncidentTable incidents = _incidents;
        int[] cells = incidents.Cells;
        int record = _lanes[lane + Record];
        int row = record * Column.Count;
        int[] lanes = _lanes;

        // What IncidentTable.Absorb does, of which only times and the source port can change. Frames come in order of time.
        int count = cells[row + Column.Frames] + 1;
        cells[row + Column.Frames] = count;
        cells[row + Column.Last] = now;
        cells[row + Column.Fine] = (cells[row + Column.Fine] & ~0xffff) | fine;
        incidents.Wall[record] = (now * 10000L) + (fine * 10) + _site.WallOffset;
        int sourcePort = (int)((uint)ports >> 16);
        int port = cells[row + Column.SourcePort];
        if (port >= 0 && port != sourcePort)
        {
            cells[row + Column.SourcePort] = -1;
        }

        if (lanes[lane + Target] != 0)
        {
            AddPort(record, (ushort)ports, entry);
        }
        else
        {
            // Probe.NumberOf, inline.
            int number = (ushort)(target + ((target >> 16) * Probe.NumberShift));
            int more = incidents.AddNew(record, number);
            if (more > 0)
            {
                incidents.FollowOrder(record, number, sourcePort, identification);
                // Nearly every target lies in the prefix already.
                int outside = 32 - cells[row + Column.DestinationLength];
                if (outside == 0 || (outside < 32 && (target ^ cells[row + Column.Destination]) >> outside != 0))
                {
                    incidents.CoverIpv4(row, target);
                }

                // Counted as unanswered until an answer comes (LateAnswers).
                bool isDark = livingBit >= 0 && _site.Hosts.IsDark(livingBit, now);
                cells[row + (isDark ? Column.Dark : Column.Silent)] += more;
                _connections.States[entry] |= isDark ? Connections.Judged | Connections.WasDark : Connections.Judged;
            }
        }

        if (count >= lanes[lane + NextFrames] || cells[row + Column.Size] >= lanes[lane + NextSize])
        {
            _teller.Consider(record);
            WaitForNext(lane, row);
        }
    }

    // Adds a port to a scan of one host, whose ports are silent alike whether it lives or not.
    private void AddPort(int record, int port, int entry)
    {
        int row = record * Column.Count;
        int more = _incidents.AddNew(record, port);
        if (more == 0)
        {
            return;
        }

        if (_records[row + Column.DistinctPorts] <= Limits.ListedPorts)
        {
            _incidents.ListPort(record, port);
        }

        _records[row + Column.Silent] += more;
        _connections.States[entry] |= Connections.Judged;
    }

    private int FactsOf(Probe probe)
    {
        return (probe.Ttl << 24) | (probe.Flags << 16) | probe.Port;
    }

    private bool IsPlain(Probe probe)
    {
        return probe.Version == 4 && probe.Protocol == IpProtocol.Tcp;
    }

    private bool JoinBySuspicion(int lane, Probe probe)
    {
        if (probe.IsRestricted)
        {
            return false;
        }

        int[] suspicions = _suspicions.Cells;
        int at = _suspicions.Find(_suspicions.Keys.OfSweep(probe));
        bool byPort = at >= 0 && suspicions[at + Suspicions.Incident] != 0;
        if (!byPort)
        {
            at = probe.Protocol == IpProtocol.Tcp ? _suspicions.Find(_suspicions.Keys.OfPortScan(probe)) : -1;
            if (at < 0 || suspicions[at + Suspicions.Incident] == 0)
            {
                return false;
            }
        }

        int record = suspicions[at + Suspicions.Incident] - 1;
        int row = record * Column.Count;
        // Over several ports a known host may still answer at the next one: that is worth the wait.
        // Where nearly all answer, what does not yet is no failure.
        if (_records[row + Column.Kind] != (byPort ? Kind.Sweep : Kind.PortScan)
            || (byPort && _records[row + Column.Ports] != 0) || _records[row + Column.ByNumber] != 0
            || _records[row + Column.Form] != 0
            || (probe.Protocol == Probe.Arp && _records[row + Column.Protocol] != Probe.Arp))
        {
            return false;
        }

        probe.Outcome = _site.IsDark(probe) ? Outcome.Dark : Outcome.Silent;
        _site.Complete(probe);
        if (_joining.Join(at, probe, byPort) == Joining.New)
        {
            // Only what was counted is corrected by a late answer.
            _connections.Mark(probe.Connection, byPort && probe.Outcome == Outcome.Dark && _site.CanTellDark(probe.Now)
                ? Connections.Judged | Connections.WasDark : Connections.Judged);
        }

        Remember(lane, probe, record);
        return true;
    }

    /// <summary>
    /// Remembers what a SYN that joined a sweep looked like, unless the incident still has more to learn from the next one.
    /// </summary>
    private void Remember(int lane, Probe probe, int record)
    {
        int[] cells = _records;
        int row = record * Column.Count;
        bool isOfPorts = cells[row + Column.Kind] == Kind.PortScan;
        if (!IsPlain(probe) || (isOfPorts && probe.Signature >= 0)
            || cells[row + Column.Expected] >= 0 || cells[row + Column.Size] == 0)
        {
            return;
        }

        int[] lanes = _lanes;
        lanes[lane + Actor] = probe.Actor;
        lanes[lane + Facts] = isOfPorts ? FactsOf(probe) & ~0xffff : FactsOf(probe);
        lanes[lane + Target] = isOfPorts ? probe.Target : 0;
        lanes[lane + Signature] = probe.Signature;
        lanes[lane + Record] = record;
        lanes[lane + Id] = cells[row + Column.Id];
        WaitForNext(lane, row);
    }

    /// <summary>
    /// Sets when the incident must be considered next: at twice what was told, or will be told as soon as it is due.
    /// </summary>
    private void WaitForNext(int lane, int row)
    {
        int[] cells = _records;
        bool isDue = cells[row + Column.IsDue] != 0;
        _lanes[lane + NextFrames] = 2 * cells[row + (isDue ? Column.Frames : Column.ToldFrames)];
        _lanes[lane + NextSize] = 2 * cells[row + (isDue ? Column.Size : Column.ToldSize)];
    }
}
