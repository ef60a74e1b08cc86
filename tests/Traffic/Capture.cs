using System;
using System.Collections.Generic;
using System.Linq;

namespace Appliance.Traffic;

/// <summary>A frame and when it was on the wire.</summary>
/// <param name="Time">Microseconds since 1970-01-01 UTC.</param>
/// <param name="Bytes">The frame without its check sequence, or its first octets.</param>
public readonly record struct TimedFrame(long Time, byte[] Bytes)
{
    /// <summary>Octets that the whole frame had on the wire, where <see cref="Bytes"/> was cut; otherwise 0.</summary>
    public int Uncut { get; init; }

    /// <summary>Octets on the wire.</summary>
    public int WireLength => Uncut > Bytes.Length ? Uncut : Bytes.Length;
}

/// <summary>Frames in the order in which they were captured.</summary>
public sealed class Capture
{
    /// <summary>One second, in microseconds.</summary>
    public const long Second = 1_000_000;

    /// <summary>One minute, in microseconds.</summary>
    public const long Minute = 60 * Second;

    /// <summary>One hour, in microseconds.</summary>
    public const long Hour = 60 * Minute;

    /// <summary>One day, in microseconds.</summary>
    public const long Day = 24 * Hour;

    /// <summary>The frames.</summary>
    public List<TimedFrame> Frames { get; } = [];

    /// <summary>A moment in UTC.</summary>
    /// <param name="year">Year.</param>
    /// <param name="month">Month.</param>
    /// <param name="day">Day.</param>
    /// <param name="clock">Time of day as tcpdump prints it, <c>hh:mm:ss</c> with up to six digits behind a point.</param>
    /// <returns>Microseconds since 1970-01-01 UTC.</returns>
    public static long Utc(int year, int month, int day, string clock = "00:00:00")
    {
        TimeSpan time = TimeSpan.Parse(clock, System.Globalization.CultureInfo.InvariantCulture);
        return ((new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch) + time).Ticks
            / TimeSpan.TicksPerMicrosecond;
    }

    /// <summary>Adds a frame.</summary>
    /// <param name="time">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>This.</returns>
    public Capture Add(long time, byte[] frame)
    {
        Frames.Add(new TimedFrame(time, frame));
        return this;
    }

    /// <summary>Puts captures into one, in order of time; frames of one moment keep the order of the arguments.</summary>
    /// <param name="captures">The captures.</param>
    /// <returns>A new capture.</returns>
    public static Capture Merge(params IEnumerable<Capture> captures)
    {
        var merged = new Capture();
        merged.Frames.AddRange(captures.SelectMany(capture => capture.Frames).OrderBy(frame => frame.Time));
        return merged;
    }

    /// <summary>Applies the same change to each frame.</summary>
    /// <param name="change">Gives the frames that stand in a frame's place; none drops it.</param>
    /// <returns>A new capture.</returns>
    public Capture Select(Func<byte[], IEnumerable<byte[]>> change)
    {
        var changed = new Capture();
        foreach (TimedFrame frame in Frames)
        {
            foreach (byte[] bytes in change(frame.Bytes))
            {
                changed.Add(frame.Time, bytes);
            }
        }

        return changed;
    }

    /// <summary>Keeps the first octets of each frame, as a slot of the ring does.</summary>
    /// <param name="octets">How many.</param>
    /// <returns>A new capture.</returns>
    public Capture Cut(int octets)
    {
        var cut = new Capture();
        foreach (TimedFrame frame in Frames)
        {
            cut.Frames.Add(frame.Bytes.Length <= octets ? frame
                : frame with { Bytes = frame.Bytes[..octets], Uncut = frame.WireLength });
        }

        return cut;
    }

    /// <summary>Gives each frame another time.</summary>
    /// <param name="time">The new time from the frame's number, counted from 0, and its old time.</param>
    /// <returns>A new capture.</returns>
    public Capture Retimed(Func<int, long, long> time)
    {
        var changed = new Capture();
        for (int i = 0; i < Frames.Count; i++)
        {
            changed.Frames.Add(Frames[i] with { Time = time(i, Frames[i].Time) });
        }

        return changed;
    }
}
