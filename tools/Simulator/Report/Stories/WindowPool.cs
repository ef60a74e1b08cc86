using System;

namespace Appliance.Simulator.Report.Stories;

/// <summary>
/// Lends windows to the starts of boxes that are heard now: a box that starts anew every minute for a month, or a flood of forged
/// names, would take 6 KB for each start for ever.
/// </summary>
internal sealed class WindowPool
{
    /// <summary>Starts that are heard at one time: as many boxes as a large network of hospitals has. 12 MB.</summary>
    private const int MostLent = 2048;

    private readonly NumberWindow?[] _lent = new NumberWindow?[MostLent];
    private int _next;

    /// <summary>The window of a start; an empty one where it had none, or lost it to others that were heard since.</summary>
    /// <param name="window">The start's window, and where it is kept.</param>
    /// <param name="size">Numbers that it holds.</param>
    public NumberWindow Lend(ref NumberWindow? window, int size)
    {
        if (window is null || !ReferenceEquals(_lent[window.Place], window))
        {
            NumberWindow? old = _lent[_next];
            window = old is null ? new NumberWindow(new long[size], new int[size], _next) : old with { };
            Array.Clear(window.Numbers);
            _lent[_next] = window;
            _next = (_next + 1) % MostLent;
        }

        return window;
    }
}
