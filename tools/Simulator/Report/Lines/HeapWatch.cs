using System;

namespace Appliance.Simulator.Report.Lines;

/// <summary>
/// Keeps the memory of a long reading near what it needs: each line leaves some garbage, and with tens of thousands of boxes or
/// incidents alive the collector would let twice as much of it lie.
/// </summary>
internal sealed class HeapWatch
{
    /// <summary>Octets of lines between two looks: some twenty thousand lines, and a look costs next to nothing.</summary>
    private const long LookEvery = 4 << 20;

    /// <summary>Octets below which nothing is collected: an ordinary month of thirty boxes never gets there.</summary>
    private const long Least = 80 << 20;

    private long _lookAt = LookEvery;
    private long _collectAt = Least;

    /// <summary>Another file begins.</summary>
    public void Begin() => _lookAt = LookEvery;

    /// <summary>Looks from time to time, and collects what is garbage when there is a quarter as much of it as of what
    /// lives.</summary>
    /// <param name="read">Octets of this file that were read so far.</param>
    public void Look(long read)
    {
        if (read < _lookAt)
        {
            return;
        }

        _lookAt = read + LookEvery;
        Look();
    }

    /// <summary>Looks now: one part of the work is done, and what it left behind is garbage.</summary>
    public void Look()
    {
        if (GC.GetTotalMemory(false) > _collectAt)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, true, true);
            _collectAt = Math.Max(Least, GC.GetTotalMemory(false) * 5 / 4);
        }
    }
}
