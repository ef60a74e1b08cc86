using System;

namespace Appliance.Playback;

/// <summary>
/// Turns the times of captures into the sensor's stamps, which never go back, and keeps the difference to Unix time, which
/// alerts need.
/// </summary>
/// <remarks>
/// A frame that is a little older than the one before it was merely written late: it gets the same stamp. A step back of more
/// than an hour, or a next file that begins earlier, is another time and not a late frame: stamps go on by as much as the
/// captures lie apart, so that what happened in February stays apart from what happened in March whatever the files' order.
/// </remarks>
public sealed class Timeline
{
    /// <summary>A step back of so many microseconds within a file is no frame written late.</summary>
    public const long LateFrame = 3_600_000_000;

    /// <summary>
    /// No step is longer, in microseconds: the sensor remembers nothing for more than 30 days, so that 40 are as good as a year,
    /// and damaged times can't exhaust the stamps.
    /// </summary>
    public const long LongestStep = 40L * 24 * 3_600_000_000;

    /// <summary>
    /// Stamp of the first frame, in microseconds: a device has started before it sees one, and the trackers, who count
    /// centiseconds, take 0 for no time at all. With 0 an incident that began with the first frame lasted a second less than it
    /// did.
    /// </summary>
    public const long FirstStamp = 10_000;

    private bool _begun;
    private bool _newFile = true;

    /// <summary>The newest stamp, in microseconds since <see cref="FirstStamp"/> before the first frame.</summary>
    public long Stamp { get; private set; }

    /// <summary>Microseconds to add to a stamp to get Unix time.</summary>
    public long WallClock { get; private set; }

    /// <summary>The next frame is another file's first.</summary>
    public void BeginFile()
    {
        _newFile = true;
    }

    /// <summary>Gives a frame its stamp, if that needs no other <see cref="WallClock"/>.</summary>
    /// <param name="time">When it was captured: microseconds since 1970.</param>
    /// <returns>False when it does: hand over the frames before it, then call <see cref="Turn"/>.</returns>
    public bool Follow(long time)
    {
        long stamp = StampOf(time);
        if (stamp >= Stamp)
        {
            Stamp = stamp;
            return true;
        }

        stamp = time - WallClock;
        return !_newFile && stamp < Stamp && Stamp - stamp <= LateFrame;
    }

    /// <summary>The stamp that <see cref="Follow"/> would give a frame; below <see cref="Stamp"/> where it would give none, or
    /// the same.</summary>
    /// <param name="time">When it was captured: microseconds since 1970.</param>
    public long StampOf(long time)
    {
        long stamp = time - WallClock;
        return (ulong)(stamp - Stamp) <= LongestStep && !_newFile ? stamp : Stamp - 1;
    }

    /// <summary>Lets time pass without a frame.</summary>
    /// <param name="stamp">Microseconds since the first frame, not before <see cref="Stamp"/>.</param>
    public void Pass(long stamp)
    {
        Stamp = Math.Max(Stamp, stamp);
    }

    /// <summary>Gives a frame its stamp where <see cref="Follow"/> could not, with another <see cref="WallClock"/>.</summary>
    /// <param name="time">When it was captured: microseconds since 1970.</param>
    public void Turn(long time)
    {
        _newFile = false;
        if (!_begun)
        {
            _begun = true;
            Stamp = FirstStamp;
            WallClock = time - FirstStamp;
            return;
        }

        long step = time - WallClock - Stamp;
        step = step is > LongestStep or < -LongestStep ? LongestStep : Math.Abs(step);
        if (Stamp < long.MaxValue / 4)
        {
            Stamp += step;
        }

        WallClock = time - Stamp;
    }
}
