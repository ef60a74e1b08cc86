using System;

namespace Appliance.Playback.Alerts;

/// <summary>
/// The place of a line among those of its incident, whatever the order in which they are read: datagrams overtake each other, and
/// a log may be read backwards.
/// </summary>
public sealed class LineOrder : IComparable<LineOrder>
{
    private readonly long _sequence;
    private readonly int _state;
    private readonly long _frames;
    private readonly long _time;
    private readonly ulong _tie;

    private LineOrder(long sequence, int state, long frames, long time, ulong tie)
    {
        _sequence = sequence;
        _state = state;
        _frames = frames;
        _time = time;
        _tie = tie;
    }

    /// <summary>The place of a line.</summary>
    /// <param name="line">What it says.</param>
    /// <param name="octets">The line itself.</param>
    public static LineOrder Of(AlertLine line, ReadOnlySpan<byte> octets)
    {
        int state = line["state"] switch
        {
            "update" => 1,
            "closed" or "folded" => 2,
            _ => 0,
        };
        return new LineOrder(line.Sequence, state, line.Number("frames"), line.Time?.UtcTicks ?? 0, HashOf(octets));
    }

    /// <summary>
    /// By sequenceId. A line that was cut before it has its state, and the count of its frames, which only grows; its time says
    /// least, since a clock may be set.
    /// </summary>
    /// <param name="other">Another place; any is behind none.</param>
    public int CompareTo(LineOrder? other)
    {
        if (other is null)
        {
            return 1;
        }

        int order = _sequence > 0 && other._sequence > 0 ? _sequence.CompareTo(other._sequence) : 0;
        order = order != 0 ? order : _state.CompareTo(other._state);
        order = order != 0 ? order : _frames.CompareTo(other._frames);
        order = order != 0 ? order : _time.CompareTo(other._time);
        return order != 0 ? order : _tie.CompareTo(other._tie);
    }

    // FNV-1a: the same in each run, so that two reports of the same lines are alike.
    private static ulong HashOf(ReadOnlySpan<byte> octets)
    {
        ulong hash = 14695981039346656037;
        foreach (byte octet in octets)
        {
            hash = (hash ^ octet) * 1099511628211;
        }

        return hash;
    }
}
