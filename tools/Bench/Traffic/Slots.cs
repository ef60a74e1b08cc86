using System;
using System.Collections.Generic;
using Appliance.Sensor;

namespace Appliance.Bench.Traffic;

/// <summary>Puts frames into slots as the mirror port does.</summary>
internal static class Slots
{
    /// <summary>Adds a frame to a batch that has room.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="stamp">Microseconds.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="isSignOfLife">Kept only as a sign of life.</param>
    public static void Add(SlotBatch batch, long stamp, byte[] frame, bool isSignOfLife = false)
    {
        int slot = batch.Count++;
        int captured = Math.Min(frame.Length, SlotBatch.SlotLength);
        Array.Copy(frame, 0, batch.Bytes, slot * SlotBatch.SlotLength, captured);
        batch.Lengths[slot] = frame.Length | (captured << SlotBatch.CapturedShift) | (isSignOfLife ? SlotBatch.SignOfLife : 0);
        batch.Stamps[slot] = stamp;
    }

    /// <summary>All frames in one batch, all of them kept.</summary>
    /// <param name="frames">Microseconds since the start, and the frame.</param>
    /// <param name="count">How many frames there are.</param>
    public static SlotBatch Of(IEnumerable<(long Time, byte[] Frame)> frames, int count)
    {
        var batch = new SlotBatch(count);
        foreach ((long time, byte[] frame) in frames)
        {
            Add(batch, time, frame);
        }

        return batch;
    }
}
