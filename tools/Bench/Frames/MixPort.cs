using System;
using System.Collections.Generic;
using Appliance.Bench.Traffic;
using Appliance.Playback;
using Appliance.Sensor;

namespace Appliance.Bench.Frames;

/// <summary>
/// The mirror port under a mix: its frames come when they come, pass the interest mask, and wait in the ring until the loop has time for
/// them. The time is the device's: of a turn as long as its instructions take.
/// </summary>
/// <param name="frames">The mix.</param>
/// <param name="ring">Slots of the ring.</param>
internal sealed class MixPort(IEnumerable<MixFrame> frames, int ring)
{
    private readonly IEnumerator<MixFrame> _frames = frames.GetEnumerator();
    private readonly Queue<(byte[] Frame, bool IsSignOfLife, long Time)> _ring = new();
    private readonly FrameIntake _intake = new();
    private bool _hasNext;

    /// <summary>No more frames come, and none waits.</summary>
    public bool IsOver => !_hasNext && _ring.Count == 0 && Frames > 0;

    /// <summary>Frames that came.</summary>
    public long Frames { get; private set; }

    /// <summary>Octets of them.</summary>
    public long Octets { get; private set; }

    /// <summary>Segments of images among them.</summary>
    public long Bulk { get; private set; }

    /// <summary>Segments of images that were kept, though not as a sign of life.</summary>
    public long BulkKept { get; private set; }

    /// <summary>Frames that were kept.</summary>
    public long Kept { get; private set; }

    /// <summary>Frames that found the ring full.</summary>
    public long Lost { get; private set; }

    /// <summary>Most slots that waited.</summary>
    public int Fullest { get; private set; }

    /// <summary>Puts a mask into use.</summary>
    public void UseInterest(byte[] octets, int at, int ranges, int openingsAt, int openings) =>
        _intake.UseInterest(octets, at, ranges, openingsAt, openings);

    /// <summary>Fills a batch with what waits.</summary>
    /// <param name="batch">Takes it.</param>
    /// <param name="now">The device's time.</param>
    /// <param name="wait">How long it may wait for a frame.</param>
    /// <returns>The device's time then.</returns>
    public long Read(SlotBatch batch, long now, long wait)
    {
        _hasNext = Frames > 0 ? _hasNext : Move();
        while (_hasNext && (_frames.Current.Time <= now || (_ring.Count == 0 && _frames.Current.Time <= now + wait)))
        {
            MixFrame frame = _frames.Current;
            now = Math.Max(now, frame.Time);
            Take(frame);
            _hasNext = Move();
        }

        now += _ring.Count == 0 ? wait : 0;
        while (batch.Count < batch.Stamps.Length && _ring.TryDequeue(out (byte[] Frame, bool IsSignOfLife, long Time) slot))
        {
            batch.Put(slot.Frame, 0, Math.Min(slot.Frame.Length, SlotBatch.SlotLength), slot.Frame.Length, slot.IsSignOfLife, slot.Time);
        }

        return now;
    }

    private bool Move() => _frames.MoveNext();

    private void Take(MixFrame frame)
    {
        Frames++;
        Octets += frame.Bytes.Length;
        Bulk += frame.IsBulk ? 1 : 0;
        Interest interest = _intake.Take(frame.Bytes, 0, frame.Bytes.Length, frame.Bytes.Length, frame.Time);
        if (interest is Interest.Skip or Interest.Copy)
        {
            return;
        }

        BulkKept += frame.IsBulk && interest == Interest.Keep ? 1 : 0;
        if (_ring.Count == ring)
        {
            Lost++;
            return;
        }

        Kept++;
        _ring.Enqueue((frame.Bytes, interest == Interest.SignOfLife, frame.Time));
        Fullest = Math.Max(Fullest, _ring.Count);
    }
}
