using System;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;

namespace Appliance.Playback;

/// <summary>
/// What the native hook does with a frame before it gets a slot (hardware/mirror-port, core/FrameIntake.cpp): it is unwrapped and
/// judged by the interest mask, copies are dropped, and what the mirror itself says, or leaves out, is counted. The workstation
/// sees the frames that the device sees.
/// </summary>
public sealed class FrameIntake
{
    private const int FarthestAhead = 64;

    private readonly Unwrapping _unwrapping = new();
    private readonly MirrorLoad _load = new();
    private readonly LossSample _sample = new();
    private readonly Copies _copies = new();
    private readonly long[] _counters = new long[IntakeCounter.Count];
    private InterestMask? _mask;
    private Unwrapped _frame;
    private long _stamp;
    private bool _isSignOfLife;
    private int _unreadableAhead;

    /// <summary>Puts an interest mask into use; until then every frame is kept.</summary>
    /// <param name="octets">Where it is.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="ranges">Port ranges in it.</param>
    /// <param name="openingsAt">Where its openings begin.</param>
    /// <param name="openings">Openings in it.</param>
    public void UseInterest(byte[] octets, int at, int ranges, int openingsAt = 0, int openings = 0) =>
        _mask = new InterestMask(octets, at, ranges, openingsAt, openings, _mask);

    /// <summary>Puts the interest mask of a table into use.</summary>
    public void UseInterest(SignatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        UseInterest(table.Bytes, table.InterestAt, table.InterestRanges, table.OpeningsAt, table.Openings);
    }

    /// <summary>A counter since the start.</summary>
    /// <param name="which">A constant of <see cref="IntakeCounter"/>.</param>
    public long Counter(int which) => which switch
    {
        IntakeCounter.Sampled => (long)_sample.Seen + _sample.Unseen,
        IntakeCounter.Unseen => _sample.Unseen,
        IntakeCounter.Wholes => _sample.Wholes,
        IntakeCounter.Halves => _sample.Halves,
        IntakeCounter.Speed => MirrorLoad.Speed,
        _ => _counters[which],
    };

    /// <summary>Takes a frame.</summary>
    /// <param name="bytes">Where its octets are; they stay as they are.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="captured">Octets that are there.</param>
    /// <param name="wireLength">Octets that the wire carried, without the frame check sequence.</param>
    /// <param name="stamp">Microseconds; not before the last frame's.</param>
    /// <returns>What becomes of it. A kept one can be put into a batch until the next is taken.</returns>
    public Interest Take(byte[] bytes, int at, int captured, int wireLength, long stamp)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        _frame = new Unwrapped { Octets = bytes, At = at, Captured = captured, Wire = wireLength };
        _stamp = stamp;
        if (_load.Pass(wireLength))
        {
            _counters[IntakeCounter.FullSeconds] += _load.Close(stamp) ? 1 : 0;
            _sample.Age();
        }

        int segment = FindSegment(out int length);
        if (segment == 0)
        {
            // It may be a wrapped one.
            Note(_unwrapping.Unwrap(ref _frame));
            if (_frame.Wrapping != Wrapping.None)
            {
                _counters[IntakeCounter.Wrapped]++;
                _counters[IntakeCounter.WrappedAs] = (int)_frame.Wrapping;
                segment = FindSegment(out length);
            }
        }

        if (segment != 0)
        {
            _sample.See(_frame, segment, length);
        }

        Interest interest = _mask?.Decide(_frame.Octets, _frame.At, _frame.Captured, segment == 0 ? 0 : _frame.At + segment, length)
            ?? Interest.Keep;
        if (interest == Interest.Skip)
        {
            _counters[IntakeCounter.Unicast]++;
            return interest;
        }

        if (segment != 0)
        {
            _sample.Consider(_frame, segment, length, stamp);
        }

        if (_copies.IsCopy(_frame, stamp))
        {
            _counters[IntakeCounter.Copies]++;
            return Interest.Copy;
        }

        _isSignOfLife = interest == Interest.SignOfLife;
        _counters[IntakeCounter.Unicast] += captured > 0 && (_frame.Octet(0) & 1) == 0 ? 1 : 0;
        return interest;
    }

    /// <summary>The frame that was taken last, unwrapped; valid until the next is taken.</summary>
    public ReadOnlySpan<byte> Frame => _frame.Octets.AsSpan(_frame.At, _frame.Captured);

    /// <summary>Puts the frame that was taken last, and is kept, into a batch, as the hook puts it into a slot.</summary>
    /// <param name="batch">Has room.</param>
    public void Put(SlotBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        _copies.Remember(_frame, _stamp);
        batch.Put(_frame.Octets, _frame.At, _frame.Captured, _frame.Wire, _isSignOfLife, _stamp);
        batch.Lengths[batch.Count - 1] |= (int)_frame.Wrapping << SlotBatch.WrappingShift;
    }

    // Where the TCP header is, counted from the frame's first octet; 0 for nowhere.
    private int FindSegment(out int length)
    {
        int at = InterestMask.FindSegment(_frame.Octets, _frame.At, _frame.Captured, _frame.Wire, out length);
        return at == 0 ? 0 : at - _frame.At;
    }

    private void Note(UnwrapFinding finding)
    {
        _counters[IntakeCounter.Truncated] += finding.IsTruncated ? 1 : 0;
        _counters[IntakeCounter.LostBefore] += finding.Gap - (finding.IsLate ? 1 : 0);
        if (finding.Unreadable == 0)
        {
            return;
        }

        _counters[IntakeCounter.Unreadable]++;
        if (finding.Unreadable == _counters[IntakeCounter.UnreadableType])
        {
            _unreadableAhead = Math.Min(_unreadableAhead + 1, FarthestAhead);
        }
        else if (_unreadableAhead > 0)
        {
            _unreadableAhead--;
        }
        else
        {
            _counters[IntakeCounter.UnreadableType] = finding.Unreadable;
            _unreadableAhead = 1;
        }
    }
}
