using System;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;

namespace Appliance.Playback;

/// <summary>
/// What the native hook does with a frame before it gets a slot (hardware/mirror-port, core/FrameIntake.cpp): it is unwrapped and judged by
/// the interest mask, and what the mirror itself says is counted. The workstation sees the frames that the device sees.
/// </summary>
public sealed class FrameIntake
{
    private const int FarthestAhead = 64;

    private readonly Unwrapping _unwrapping = new();
    private readonly long[] _counters = new long[IntakeCounter.Count];
    private InterestMask? _mask;
    private Unwrapped _frame;
    private bool _isSignOfLife;
    private int _unreadableAhead;

    /// <summary>Puts an interest mask into use; until then every frame is kept.</summary>
    /// <param name="octets">Where it is.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="ranges">Port ranges in it.</param>
    public void UseInterest(byte[] octets, int at, int ranges) => _mask = new InterestMask(octets, at, ranges, _mask);

    /// <summary>Puts the interest mask of a table into use.</summary>
    public void UseInterest(SignatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        UseInterest(table.Bytes, table.InterestAt, table.InterestRanges);
    }

    /// <summary>A counter since the start.</summary>
    /// <param name="which">A constant of <see cref="IntakeCounter"/>.</param>
    public long Counter(int which) => _counters[which];

    /// <summary>Takes a frame.</summary>
    /// <param name="bytes">Where its octets are; they stay as they are.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="captured">Octets that are there.</param>
    /// <param name="wireLength">Octets that the wire carried, without the frame check sequence.</param>
    /// <returns>What becomes of it. A kept one can be put into a batch until the next is taken.</returns>
    public Interest Take(byte[] bytes, int at, int captured, int wireLength)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        _frame = new Unwrapped { Octets = bytes, At = at, Captured = captured, Wire = wireLength };
        if (!InterestMask.HasSegment(bytes, at, captured, wireLength))
        {
            // A frame without a TCP segment that can be read: it may be a wrapped one.
            Note(_unwrapping.Unwrap(ref _frame));
            if (_frame.Wrapping != Wrapping.None)
            {
                _counters[IntakeCounter.Wrapped]++;
                _counters[IntakeCounter.WrappedAs] = (int)_frame.Wrapping;
            }
        }

        Interest interest = _mask?.Decide(_frame.Octets, _frame.At, _frame.Captured, _frame.Wire) ?? Interest.Keep;
        _isSignOfLife = interest == Interest.SignOfLife;
        if (interest == Interest.Skip || (_frame.Captured > 0 && (_frame.Octets[_frame.At] & 1) == 0))
        {
            _counters[IntakeCounter.Unicast]++;
        }

        return interest;
    }

    /// <summary>The frame that was taken last, unwrapped; valid until the next is taken.</summary>
    public ReadOnlySpan<byte> Frame => _frame.Octets.AsSpan(_frame.At, _frame.Captured);

    /// <summary>Puts the frame that was taken last into a batch, as the hook puts it into a slot.</summary>
    /// <param name="batch">Has room.</param>
    /// <param name="stamp">Microseconds; not before the last frame's.</param>
    public void Put(SlotBatch batch, long stamp)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch.Put(_frame.Octets, _frame.At, _frame.Captured, _frame.Wire, _isSignOfLife, stamp);
        batch.Lengths[batch.Count - 1] |= (int)_frame.Wrapping << SlotBatch.WrappingShift;
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
