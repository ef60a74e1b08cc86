using System;

namespace Appliance.Bench.Frames;

/// <summary>The whole sensor, on frames of one kind.</summary>
/// <param name="name">What the frame is.</param>
/// <param name="limit">Host instructions that it may cost; 0: no limit is set.</param>
/// <param name="table">The signature table's file.</param>
/// <param name="run">Prepares and measures; says over how many frames the cost is spread.</param>
internal sealed class SensorClass(string name, int limit, byte[] table, Func<SensorRig, int> run) : FrameClass(name, limit)
{
    private SensorRig? _rig;

    public override void Prepare() => _rig = new SensorRig(table);

    public override int Run() => run(_rig ?? throw new InvalidOperationException($"{Name} was not prepared"));
}
