namespace Appliance.Playback;

/// <summary>
/// Whether the mirror is full: a window ends with the octets that 95 % of the line carries in ten milliseconds; one that took no
/// longer was full. The same as the hook's core/MirrorLoad.h, which says why.
/// </summary>
internal sealed class MirrorLoad
{
    private const int Overhead = 8 + 4 + 12;
    private const int FullPercent = 95;
    private const long WindowMicros = 10_000;
    private const long Second = 1_000_000;

    /// <summary>The line's speed, in megabits a second, as the box's port has it.</summary>
    public const int Speed = 100;

    private const int Window = (int)(Speed * (WindowMicros / 8) * FullPercent / 100);

    private int _left = Window;
    private long _begun = -Second;
    private long _second;
    private bool _hasSecond;

    /// <summary>A frame of so many octets, frame check sequence not among them.</summary>
    /// <returns>Whether the window is over: then <see cref="Close"/> has to be called.</returns>
    public bool Pass(int length)
    {
        _left -= length + Overhead;
        return _left <= 0;
    }

    /// <summary>Ends a window.</summary>
    /// <returns>Whether it was full and in a second that had no such window yet.</returns>
    public bool Close(long now)
    {
        bool isFull = now - _begun <= WindowMicros;
        _begun = now;
        _left = Window;
        if (!isFull || (_hasSecond && now - _second < Second))
        {
            return false;
        }

        _second = now;
        _hasSecond = true;
        return true;
    }
}
