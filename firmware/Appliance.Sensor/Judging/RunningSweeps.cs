using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// The short way into a sweep that runs: a SYN that differs from the one before it in nothing but target, source port and IP id needs no
/// judging, it is one more target of an incident that is known. What else a probe may say (another TTL, flags, a signature, an explanation)
/// goes through <see cref="Judge.JoinAtOnce"/>, which remembers here what the next one will look like.
/// </summary>
/// <remarks>
/// It only saves work: a lane that is lost, by another actor's sweep or a new table, costs one longer way. Four of them, so that sweeps side by
/// side do not take turns in one.
/// </remarks>
public sealed class RunningSweeps
{
    /// <summary><see cref="Join"/>: the target is new and dark.</summary>
    public const int NewDark = 2;

    private const int Lanes = 4;

    // Columns of a lane.
    private const int Actor = 0;
    private const int Port = 1;
    private const int Facts = 2;
    private const int Signature = 3;
    private const int Record = 4;
    private const int Id = 5;
    private const int NextFrames = 6;
    private const int NextSize = 7;
    private const int Width = 8;

    private readonly int[] _lanes = new int[Lanes * Width];
    private readonly IncidentTable _incidents;
    private readonly Teller _teller;
    private readonly Hosts _hosts;

    /// <summary>Makes it of what it works on.</summary>
    public RunningSweeps(IncidentTable incidents, Teller teller, Hosts hosts)
    {
        _incidents = incidents;
        _teller = teller;
        _hosts = hosts;
    }

    /// <summary>Forgets all lanes: signatures have other numbers in another table.</summary>
    public void Forget()
    {
        for (int i = 0; i < _lanes.Length; i++)
        {
            _lanes[i] = 0;
        }
    }

    /// <summary>Remembers what a SYN that joined a sweep looked like, unless the incident still has more to learn from the next one.</summary>
    /// <param name="slot">The actor's slot; see <see cref="Suspicions.SlotOf"/>.</param>
    /// <param name="probe">The SYN.</param>
    /// <param name="record">The incident's record.</param>
    public void Remember(int slot, Probe probe, int record)
    {
        int[] cells = _incidents.Cells;
        int row = record * Column.Count;
        if (probe.Version != 4 || probe.Protocol != IpProtocol.Tcp || cells[row + Column.Kind] != Kind.Sweep
            || cells[row + Column.Expected] >= 0 || cells[row + Column.Size] == 0)
        {
            return;
        }

        int at = (slot & (Lanes - 1)) * Width;
        int[] lanes = _lanes;
        lanes[at + Actor] = probe.Actor;
        lanes[at + Port] = probe.Port;
        lanes[at + Facts] = (probe.Ttl << 24) | probe.Flags;
        lanes[at + Signature] = probe.Signature;
        lanes[at + Record] = record;
        lanes[at + Id] = cells[row + Column.Id];
        WaitForNext(at, row);
    }

    /// <summary>Adds a SYN to the sweep that its actor has open, if it is like the one before.</summary>
    /// <param name="slot">The actor's slot; see <see cref="Suspicions.SlotOf"/>.</param>
    /// <param name="actor">Its source address.</param>
    /// <param name="target">Its destination address.</param>
    /// <param name="ports">Source port (high 16 bits) and destination port.</param>
    /// <param name="facts">TTL (high 8 bits) and TCP flags (low 8 bits).</param>
    /// <param name="signature">The signature that names it, -1 for none.</param>
    /// <param name="identification">IP id in the high 16 bits; the low ones do not count.</param>
    /// <param name="livingBit">The target's living bit, -1 when it is not at home.</param>
    /// <param name="now">Centiseconds.</param>
    /// <param name="fine">What the time has below a centisecond, in units of 10 µs.</param>
    /// <param name="wall">Microseconds since 1970.</param>
    /// <returns>1 when its target is new, <see cref="NewDark"/> when that never spoke, 0 when it was known, -1 when it must take the longer way.</returns>
    public int Join(int slot, int actor, int target, int ports, int facts, int signature, int identification, int livingBit, int now,
        int fine, long wall)
    {
        int[] lanes = _lanes;
        int lane = (slot & (Lanes - 1)) * Width;
        if (lanes[lane + Actor] != actor || lanes[lane + Port] != (ports & 0xffff) || lanes[lane + Facts] != facts
            || lanes[lane + Signature] != signature)
        {
            return -1;
        }

        IncidentTable incidents = _incidents;
        int[] cells = incidents.Cells;
        int record = lanes[lane + Record];
        int row = record * Column.Count;
        if (cells[row + Column.Id] != lanes[lane + Id])
        {
            return -1;
        }

        // What IncidentTable.Absorb does, of which only times and the source port can change. Frames come in order of time.
        int count = cells[row + Column.Frames] + 1;
        cells[row + Column.Frames] = count;
        cells[row + Column.Last] = now;
        cells[row + Column.Fine] = (cells[row + Column.Fine] & ~0xffff) | fine;
        incidents.Wall[record] = wall;
        ports = (ports >> 16) & 0xffff;
        if (cells[row + Column.SourcePort] != ports)
        {
            cells[row + Column.SourcePort] = -1;
        }

        // Probe.NumberOf, inline.
        int number = (target + ((target >> 16) * Probe.NumberShift)) & 0xffff;
        int more = incidents.AddNew(record, number);
        if (more > 0)
        {
            incidents.FollowOrder(record, number, ports, (identification >> 16) & 0xffff);
            // Nearly every target lies in the prefix already.
            int outside = 32 - cells[row + Column.DestinationLength];
            if (outside == 0 || (outside < 32 && (target ^ cells[row + Column.Destination]) >> outside != 0))
            {
                incidents.CoverIpv4(row, target);
            }

            // Counted as unanswered until an answer comes (Judge.AnswerLate).
            bool isDark = livingBit >= 0 && !_hosts.Lives(livingBit) && _hosts.CanTellDark(now);
            cells[row + (isDark ? Column.Dark : Column.Silent)] += more;
            more = isDark ? NewDark : 1;
        }

        if (count >= lanes[lane + NextFrames] || cells[row + Column.Size] >= lanes[lane + NextSize])
        {
            _teller.Consider(record);
            WaitForNext(lane, row);
        }

        return more;
    }

    /// <summary>Sets when the incident must be considered next: at twice what was told, or will be told as soon as it is due.</summary>
    private void WaitForNext(int lane, int row)
    {
        int[] cells = _incidents.Cells;
        bool isDue = cells[row + Column.IsDue] != 0;
        _lanes[lane + NextFrames] = 2 * cells[row + (isDue ? Column.Frames : Column.ToldFrames)];
        _lanes[lane + NextSize] = 2 * cells[row + (isDue ? Column.Size : Column.ToldSize)];
    }
}
