using System;
using Appliance.Bench.Cost;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Sensor.Frames;

namespace Appliance.Bench.Frames;

/// <summary>The decoder alone, on one frame.</summary>
/// <param name="name">What the frame is.</param>
/// <param name="octets">The frame.</param>
/// <param name="problem">What the decoder must say of it: a constant of <see cref="Undecodable"/>.</param>
internal sealed class DecodeClass(string name, byte[] octets, int problem = Undecodable.None) : FrameClass("decode " + name, 0)
{
    private readonly Frame _frame = new();
    private readonly byte[] _slot = new byte[SlotBatch.SlotLength];
    private readonly int _captured = Math.Min(octets.Length, SlotBatch.SlotLength);

    public override void Prepare()
    {
        Array.Copy(octets, _slot, _captured);
        _frame.Decode(_slot, 0, _captured, octets.Length);
        if (_frame.Problem != problem)
        {
            throw new InvalidOperationException(
                $"{Name}: the decoder says {UndecodableWord.Of(_frame.Problem)}, not {UndecodableWord.Of(problem)}");
        }
    }

    public override int Run()
    {
        Meter.Resume();
        _frame.Decode(_slot, 0, _captured, octets.Length);
        Meter.Pause();
        return 1;
    }
}
