using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// How a suspicion begins: with the failure that raised it, and with what the same actor was answered to on the same walk.
/// </summary>
public sealed class SuspicionStart
{
    private readonly Suspicions _suspicions;
    private readonly EarlierAttempts _earlier;
    private readonly SiteView _site;
    private readonly WalkThreshold _threshold;

    /// <summary>Makes it of what it works on.</summary>
    public SuspicionStart(Suspicions suspicions, EarlierAttempts earlier, SiteView site, WalkThreshold threshold)
    {
        _suspicions = suspicions;
        _earlier = earlier;
        _site = site;
        _threshold = threshold;
    }

    /// <summary>Whether an IPv4 address is not at home.</summary>
    /// <param name="address">The address.</param>
    public bool IsOutside(int address)
    {
        return _site.LivingBitOf(address) < 0;
    }

    /// <summary>A suspicion whose story is over is none.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="probe">The attempt that may go on with it.</param>
    /// <returns>Where it begins, -1 for none.</returns>
    public int Living(int key, Probe probe)
    {
        int at = _suspicions.Find(key);
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

    /// <summary>Goes on with a living suspicion, or begins one with an attempt alone, which is not yet written into it.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="actor">Its actor.</param>
    /// <param name="probe">The attempt.</param>
    /// <param name="keep">Where another suspicion of the same attempt begins, which must stay; -1 for none.</param>
    /// <returns>Where it begins, -1 when there is no room.</returns>
    public int GoOn(int key, int actor, Probe probe, int keep)
    {
        int at = Living(key, probe);
        return at >= 0 ? at : BeginAlone(key, actor, probe, keep);
    }

    /// <summary>Begins a suspicion with an attempt alone, which is not yet written into it.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="actor">Its actor.</param>
    /// <param name="probe">The attempt.</param>
    /// <param name="keep">Where another suspicion of the same attempt begins, which must stay; -1 for none.</param>
    /// <returns>Where it begins, -1 when there is no room.</returns>
    public int BeginAlone(int key, int actor, Probe probe, int keep)
    {
        int at = _suspicions.Add(key, actor, probe.Now, keep);
        if (at >= 0)
        {
            _suspicions.Notes.Start(at, probe);
        }

        return at;
    }

    /// <summary>Begins a suspicion with a failed attempt, and writes it and the answered ones of the same walk into it.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="probe">The attempt.</param>
    /// <param name="byPort">It is of a port; else of a host.</param>
    /// <param name="keep">Where another suspicion of the same attempt begins, which must stay; -1 for none.</param>
    /// <returns>Where it begins, -1 when there is no room.</returns>
    public int Begin(int key, Probe probe, bool byPort, int keep)
    {
        int[] cells = _suspicions.Cells;
        SuspicionNotes notes = _suspicions.Notes;
        int at = _suspicions.Add(key, probe.Actor, probe.Now, keep);
        if (at < 0)
        {
            return -1;
        }

        // The answered attempts of the same walk belong to it: those before this failure, which begin it, and where the failure
        // waited for another (Newcomers) those since.
        Probe earlier = _earlier.Current;
        int next = _earlier.NextGood(0, probe, byPort);
        if (next >= 0 && earlier.Now - probe.Now <= 0)
        {
            _site.Complete(earlier);
            notes.Start(at, earlier);
            cells[at + Suspicions.First] = earlier.Now;
        }
        else
        {
            notes.Start(at, probe);
        }

        cells[at + Suspicions.Facts] |= byPort ? 0 : Suspicions.IsOfHost;
        bool isWritten = false;
        while (next >= 0)
        {
            if (!isWritten && earlier.Now - probe.Now > 0)
            {
                _threshold.Write(at, probe, byPort);
                isWritten = true;
            }

            _site.Complete(earlier);
            _threshold.Write(at, earlier, byPort);
            next = _earlier.NextGood(next, probe, byPort);
        }

        if (!isWritten)
        {
            _threshold.Write(at, probe, byPort);
        }

        notes.NoteBefore(at, byPort ? probe.Contacts - cells[at + Suspicions.Targets] : 0);
        return at;
    }
}
