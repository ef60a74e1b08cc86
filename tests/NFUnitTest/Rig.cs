using Appliance.Sensor;
using Appliance.Sensor.Signatures;
using nanoFramework.TestFramework;

namespace NFUnitTest;

/// <summary>A sensor with the small table, fed frame by frame.</summary>
public sealed class Rig
{
    /// <summary>The moment of the first frame, microseconds since 1970: 2000-04-07 05:22:07 UTC.</summary>
    public const long Start = 955084927000000L;

    /// <summary>What was written.</summary>
    public readonly Lines Lines = new Lines();

    /// <summary>The sensor.</summary>
    public readonly TapSensor Sensor;

    private readonly SlotBatch _batch = new SlotBatch(1);
    private long _stamp = 1000000;

    /// <summary>Makes it.</summary>
    public Rig()
    {
        var table = new SignatureTable();
        byte[] octets = SmallTable.Octets();
        Assert.AreEqual(TableProblem.None, table.Load(octets, octets.Length));
        Sensor = new TapSensor(table, Lines, 1);
        Sensor.Origin.UseHost(new byte[] { (byte)'t', (byte)'a', (byte)'p' });
        Sensor.SetWallClock(Start - _stamp);
    }

    /// <summary>A frame comes, some microseconds after the last one.</summary>
    public void Take(byte[] frame, long after)
    {
        _stamp += after;
        _batch.Count = 0;
        _batch.Put(frame, 0, frame.Length, frame.Length, false, _stamp);
        Sensor.Process(_batch);
    }
}
