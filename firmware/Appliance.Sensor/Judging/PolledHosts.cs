using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>Which of the hosts that a suspicion lists never spoke until now, and how often each was asked.</summary>
public sealed class PolledHosts
{
    private readonly Suspicions _suspicions;
    private readonly SiteView _site;

    /// <summary>Makes it of what it works on.</summary>
    public PolledHosts(Suspicions suspicions, SiteView site)
    {
        _suspicions = suspicions;
        _site = site;
    }

    /// <summary>How many listed targets are still dark and were attempted again.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="probe">A probe of it.</param>
    /// <param name="least">How often, at the least.</param>
    public int CountOf(int at, Probe probe, int least)
    {
        return Sum(at, probe, false, least);
    }

    /// <summary>Whether enough other hosts were heard to call a silent one dark.</summary>
    /// <param name="now">Centiseconds.</param>
    public bool CanTellDark(int now)
    {
        return _site.CanTellDark(now);
    }

    /// <summary>How many attempts went to listed targets that are still dark.</summary>
    /// <param name="at">Where the suspicion begins.</param>
    /// <param name="probe">A probe of it.</param>
    public int AttemptsOf(int at, Probe probe)
    {
        return Sum(at, probe, true, 0);
    }

    private int Sum(int at, Probe probe, bool attempts, int least)
    {
        int[] cells = _suspicions.Cells;
        int dark = (int)((uint)cells[at + Suspicions.Cover] >> 24);
        int each = cells[at + Suspicions.AttemptsEach];
        int count = 0;
        for (int i = 0; dark != 0; i++)
        {
            int times = (each >> (i << 2)) & 15;
            if ((dark & 1) != 0 && (attempts || times >= least)
                && _site.IsStillDark((int)((uint)cells[at + Suspicions.Target + i] >> 16), probe))
            {
                count += attempts ? times : 1;
            }

            dark >>= 1;
        }

        return count;
    }
}
