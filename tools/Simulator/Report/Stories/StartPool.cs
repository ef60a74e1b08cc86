namespace Appliance.Simulator.Report.Stories;

/// <summary>
/// Lends what a start of a box takes: forged names and boot counts, a new one a line, must not take all memory.
/// </summary>
internal sealed class StartPool
{
    /// <summary>Starts that are followed, over all boxes: a thousand boxes that start anew each day of a month, in some 100 MB at
    /// most.</summary>
    private const int MostStarts = 40_000;

    private readonly PagePool _pages = new();
    private int _lent;

    /// <summary>Follows a start; null where there are too many.</summary>
    /// <param name="boot">Its number; below 0 where that is not known.</param>
    public BoxStart? Lend(long boot)
    {
        _lent++;
        return _lent > MostStarts ? null : new BoxStart(boot, _pages);
    }
}
