using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// When a /24 is one actor: who takes another address for each host. Three sources at three hosts are an incident; a source that
/// sweeps by itself has become one before.
/// </summary>
public sealed class NetworkSweeps
{
    // Networks whose newest source is remembered, each by its key: the upper bits of that, whether there were several, and the
    // source's last octet. A power of two.
    private const int Neighbours = 16;
    private const int Shared = 256;
    private const int SharedBits = 9;

    private readonly int[] _neighbours = new int[Neighbours];
    private readonly Suspicions _suspicions;
    private readonly SuspicionStart _start;
    private readonly WalkThreshold _threshold;
    private readonly IncidentTable _incidents;
    private readonly OutcomeCounts _counts;
    private readonly Teller _teller;

    /// <summary>Makes it of what it works on.</summary>
    public NetworkSweeps(Suspicions suspicions, SuspicionStart start, WalkThreshold threshold, IncidentTable incidents,
        OutcomeCounts counts, Teller teller)
    {
        _suspicions = suspicions;
        _start = start;
        _threshold = threshold;
        _incidents = incidents;
        _counts = counts;
        _teller = teller;
    }

    /// <summary>
    /// Whether an attempt comes from outside to a home host, and not only one source of its network failed there: inside, a
    /// network's clients are many.
    /// </summary>
    /// <param name="probe">An IPv4 attempt.</param>
    public bool IsOutside(Probe probe)
    {
        return probe.LivingBit >= 0 && probe.Protocol != Probe.Arp && _start.IsOutside(probe.Actor) && HasNeighbour(probe);
    }

    // Whether another source of the same network failed at the same port before: most networks have one client, whose failures
    // are his alone.
    private bool HasNeighbour(Probe probe)
    {
        int key = _suspicions.Keys.OfNetwork(probe);
        int place = key & (Neighbours - 1);
        int before = _neighbours[place];
        bool isShared = (before ^ key) >> SharedBits == 0
            && ((before & Shared) != 0 || (byte)before != (byte)probe.Actor);
        _neighbours[place] = (key & (-1 << SharedBits)) | (isShared ? Shared : 0) | (byte)probe.Actor;
        return isShared;
    }

    /// <summary>Adds an attempt to the sweep of its source's network, if there is one.</summary>
    /// <param name="probe">The attempt.</param>
    public bool Join(Probe probe)
    {
        int at = _start.Living(_suspicions.Keys.OfNetwork(probe), probe);
        if (at < 0 || _suspicions.Cells[at + Suspicions.Incident] == 0)
        {
            return false;
        }

        int record = _suspicions.Cells[at + Suspicions.Incident] - 1;
        _incidents.Absorb(record, probe);
        _incidents.CountSource(record, (byte)probe.Actor);
        _counts.CountNew(record, probe);
        _teller.Consider(record);
        return true;
    }

    /// <summary>Notes a suspect attempt for its source's /24 as well.</summary>
    /// <param name="probe">The attempt.</param>
    /// <param name="keep">Where another suspicion of the same attempt begins, which must stay; -1 for none.</param>
    /// <returns>Where the suspicion begins if it has become a sweep, else -1.</returns>
    public int Note(Probe probe, int keep)
    {
        // Looked up again: what began for this attempt since may have taken the place of a suspicion.
        int at = _start.GoOn(_suspicions.Keys.OfNetwork(probe), probe.Actor & ~255, probe, keep);
        if (at < 0)
        {
            return -1;
        }

        if (!_threshold.WriteSource(at, probe))
        {
            ListSource(at, (byte)probe.Actor);
        }

        return SourcesOf(at) >= Limits.NetworkSources && _threshold.IsWalk(at, probe) ? at : -1;
    }

    /// <summary>
    /// Lists a source that came with a target beyond the listed ones, in place of one that is listed twice: sources and targets
    /// are counted apart.
    /// </summary>
    private void ListSource(int at, int source)
    {
        int[] cells = _suspicions.Cells;
        int twice = -1;
        int first = at + Suspicions.Target;
        for (int i = 0; i < Suspicions.ListedTargets; i++)
        {
            if ((byte)cells[first + i] == source)
            {
                return;
            }

            for (int other = 0; other < i; other++)
            {
                twice = (byte)cells[first + other] == (byte)cells[first + i] ? i : twice;
            }
        }

        if (twice >= 0)
        {
            cells[first + twice] = (cells[first + twice] & ~0xffff) | source;
        }
    }

    /// <summary>How many sources the listed targets of a network's suspicion had.</summary>
    private int SourcesOf(int at)
    {
        int[] cells = _suspicions.Cells;
        int count = _suspicions.Notes.ListedOf(at);
        int sources = 0;
        int first = at + Suspicions.Target;
        for (int i = 0; i < count; i++)
        {
            int known = 0;
            while ((byte)cells[first + known] != (byte)cells[first + i])
            {
                known++;
            }

            sources += known == i ? 1 : 0;
        }

        return sources;
    }
}
