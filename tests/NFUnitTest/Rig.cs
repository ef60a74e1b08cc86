using System;
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
        Put(frame);
        Sensor.Process(_batch);
    }

    // Fills the slot as the hook does: octets, words, lengths and shape.
    private void Put(byte[] frame)
    {
        byte[] bytes = _batch.Bytes;
        Array.Clear(bytes, 0, bytes.Length);
        Array.Copy(frame, 0, bytes, 0, frame.Length);
        int[] words = _batch.Words;
        words[0] = (bytes[0] << 8) | bytes[1];
        for (int i = 1; i < SlotBatch.SlotWords; i++)
        {
            int at = (i * 4) - SlotBatch.WordPadding;
            words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
        }

        _batch.Count = 1;
        _batch.Stamps[0] = _stamp;
        _batch.Lengths[0] = frame.Length | (frame.Length << SlotBatch.CapturedShift) | ShapeOf(frame);
    }

    // Of the frames that these tests make.
    private int ShapeOf(byte[] frame)
    {
        int tag = frame[12] == 0x81 ? 4 : 0;
        int protocol = frame[TestFrame.Link + 9 + tag];
        if (frame.Length < TestFrame.Link + 40 + tag || frame[12 + tag] != 8 || frame[13 + tag] != 0 || (protocol != 6 && protocol != 17))
        {
            return SlotBatch.ShapeOther;
        }

        bool isSegment = (frame[TestFrame.Link + 33 + tag] & 0x17) == TestFrame.Ack;
        return (tag == 0 ? 0 : SlotBatch.Tagged)
            | (protocol == 17 ? SlotBatch.ShapeUdp : isSegment ? SlotBatch.ShapeSegment : SlotBatch.ShapeTcp);
    }
}
