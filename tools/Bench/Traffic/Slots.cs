using System.Collections.Generic;
using Appliance.Playback;
using Appliance.Sensor;

namespace Appliance.Bench.Traffic;

/// <summary>Puts frames into slots as the mirror port does.</summary>
internal static class Slots
{
    /// <summary>All frames in one batch, all of them kept.</summary>
    /// <param name="frames">Microseconds since the start, and the frame.</param>
    /// <param name="count">How many frames there are.</param>
    public static SlotBatch Of(IEnumerable<(long Time, byte[] Frame)> frames, int count)
    {
        var batch = new SlotBatch(count);
        foreach ((long time, byte[] frame) in frames)
        {
            batch.Put(frame, 0, frame.Length, frame.Length, false, time);
        }

        return batch;
    }
}
