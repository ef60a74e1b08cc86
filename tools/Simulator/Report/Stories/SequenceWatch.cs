using System;

namespace Appliance.Simulator.Report.Stories;

/// <summary>
/// Follows the sequenceId of one start of a box: which lines came twice, how many never came, and whether two boxes count under
/// one name.
/// </summary>
internal sealed class SequenceWatch
{
    /// <summary>
    /// How far a line may lie behind: a stream that breaks sends again what an eighth of the largest queue holds, some 130 lines.
    /// </summary>
    private const int Window = 512;

    private readonly WindowPool _pool;
    private NumberWindow? _window;
    private long _first;
    private long _last;
    private long _taken;

    /// <summary>Follows a start.</summary>
    /// <param name="pool">Lends the window.</param>
    public SequenceWatch(WindowPool pool)
    {
        _pool = pool;
    }

    /// <summary>A line came whose number another line had.</summary>
    public bool HasConflict { get; private set; }

    /// <summary>Numbers between the first and the last that no line had.</summary>
    public long Missing => HasConflict || _taken == 0 ? 0 : Math.Max(0, _last - _first + 1 - _taken);

    /// <summary>Takes a line.</summary>
    /// <param name="number">Its sequenceId; 0 for none.</param>
    /// <param name="octets">Its octets, without what a collector puts before it.</param>
    /// <returns>False when the very line came already.</returns>
    public bool Take(long number, ReadOnlySpan<byte> octets)
    {
        if (number <= 0)
        {
            return true;
        }

        var hash = default(HashCode);
        hash.AddBytes(octets);
        int slot = (int)(number % Window);
        NumberWindow window = _pool.Lend(ref _window, Window);
        if (window.Numbers[slot] == number)
        {
            if (window.Hashes[slot] == hash.ToHashCode())
            {
                return false;
            }

            HasConflict = true;
            return true;
        }

        // So far behind that nobody would send it again: another box counts here.
        HasConflict |= _taken > 0 && number < _last - Window;
        window.Numbers[slot] = number;
        window.Hashes[slot] = hash.ToHashCode();
        _first = _taken == 0 ? number : Math.Min(_first, number);
        _last = Math.Max(_last, number);
        _taken++;
        return true;
    }
}
