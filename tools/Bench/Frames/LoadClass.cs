using System;
using Appliance.Bench.Cost;
using Appliance.Sensor.Signatures;

namespace Appliance.Bench.Frames;

/// <summary>Loading a table, its matcher included.</summary>
/// <param name="name">Its name.</param>
/// <param name="limit">What it may cost.</param>
/// <param name="file">The table file.</param>
internal sealed class LoadClass(string name, int limit, byte[] file) : FrameClass(name, limit)
{
    private readonly SignatureTable _table = new();

    public override void Prepare()
    {
        int problem = new SignatureTable().Load(file, file.Length);
        if (problem != 0)
        {
            throw new InvalidOperationException($"{Name}: the sensor refuses the table: problem {problem}");
        }
    }

    public override int Run()
    {
        Meter.Resume();
        _table.Load(file, file.Length);
        _ = new SignatureMatcher(_table);
        Meter.Pause();
        return 1;
    }
}
