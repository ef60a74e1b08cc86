using System;
using System.Collections.Generic;
using System.Globalization;

namespace Appliance.Simulator.Faults;

/// <summary>
/// A switch that mirrors into a slower port (<c>--span</c>): frames wait in the port's buffer and leave it at the port's rate;
/// one that finds no room is dropped, and no counter of the box sees it. Frames keep the capture's times, which are up to a full
/// buffer's time early.
/// </summary>
/// <param name="rate">Bits a second, preamble and gap between frames included.</param>
internal sealed class MirrorSpan(double rate)
{
    /// <summary>Octets of a cell: a switch gives out its buffer in such, so that a short frame takes as much room as a longer
    /// one.</summary>
    private const int Cell = 256;

    /// <summary>Cells that a small switch lets one port have of its shared buffer: 100 KB.</summary>
    private const int Cells = 400;

    /// <summary>Preamble and start of a frame, frame check sequence, and the gap behind it, in octets (IEEE 802.3, 3.1.1,
    /// 4.4.2).</summary>
    private const int Overhead = 8 + 4 + 12;

    // Frames in the buffer, each with the microsecond in which its last octet has left.
    private readonly Queue<(double Gone, int Cells)> _waiting = new();
    private double _free;
    private int _used;

    /// <summary>Frames that the switch was to mirror.</summary>
    public long Offered { get; private set; }

    /// <summary>Of these, frames that found the buffer full.</summary>
    public long Dropped { get; private set; }

    /// <summary>Reads a rate such as 100M, 1G, 2500K or 10000000.</summary>
    /// <returns>False when it is none, or not above 0.</returns>
    public static bool TryParse(string text, out double rate)
    {
        double unit = text.Length == 0 ? 1 : char.ToUpperInvariant(text[^1]) switch { 'K' => 1e3, 'M' => 1e6, 'G' => 1e9, _ => 1 };
        bool isNumber = double.TryParse(unit == 1 ? text : text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out rate);
        rate *= unit;
        return isNumber && rate is >= 1e3 and <= 1e12;
    }

    /// <summary>Whether a frame gets into the buffer.</summary>
    /// <param name="stamp">Microseconds; not before the last frame's.</param>
    /// <param name="length">Octets on the wire, without the frame check sequence.</param>
    public bool Passes(long stamp, int length)
    {
        while (_waiting.TryPeek(out (double Gone, int Cells) first) && first.Gone <= stamp)
        {
            _used -= first.Cells;
            _waiting.Dequeue();
        }

        Offered++;
        int cells = (length + Cell - 1) / Cell;
        if (_used + cells > Cells)
        {
            Dropped++;
            return false;
        }

        _used += cells;
        _free = Math.Max(_free, stamp) + ((length + Overhead) * 8e6 / rate);
        _waiting.Enqueue((_free, cells));
        return true;
    }
}
