using System;
using System.Text;
using Appliance.Bench.Cost;
using Appliance.Imaging;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;

namespace Appliance.Bench.Frames;

/// <summary>The imaging eyes, on frames of one kind.</summary>
/// <param name="name">What the frame is.</param>
/// <param name="limit">Host instructions that it may cost; 0: no limit is set.</param>
/// <param name="file">The signature table's file.</param>
/// <param name="frame">Makes the frame of a number.</param>
/// <param name="isSignOfLife">The mirror port kept it as one.</param>
/// <param name="isKnown">The same was seen before: of the inventory an hour knows each once.</param>
internal sealed class EyesClass(string name, int limit, byte[] file, Func<int, byte[]> frame, bool isSignOfLife, bool isKnown = true)
    : FrameClass(name, limit), IAlertSink
{
    private const int Batch = 64;

    private readonly SlotBatch _batch = new(Batch);
    private ImagingEyes? _eyes;

    public override void Prepare()
    {
        var table = new SignatureTable();
        int problem = table.Load(file, file.Length);
        if (problem != 0)
        {
            throw new InvalidOperationException($"{Name}: the sensor refuses the table: problem {problem}");
        }

        _eyes = new ImagingEyes(new TapSensor(table, this, 1), table, this);
        for (int i = 0; i < Batch; i++)
        {
            byte[] octets = frame(i);
            _batch.Put(octets, 0, Math.Min(octets.Length, SlotBatch.SlotLength), octets.Length, isSignOfLife, 1_000_000 + i);
        }

        if (isKnown)
        {
            _eyes.Process(_batch);
        }
    }

    public override int Run()
    {
        ImagingEyes eyes = _eyes ?? throw new InvalidOperationException($"{Name} was not prepared");
        Meter.Resume();
        eyes.Process(_batch);
        Meter.Pause();
        return Batch;
    }

    public void Alert(byte[] line, int length, int severity)
    {
    }

    /// <summary>An A-ASSOCIATE-RQ.</summary>
    public static byte[] Request(int port) => WithData(port, "\u0001\0\0\0\0\u00c8\0\u0001\0\0PACS            CT1             ");

    /// <summary>An HL7 message.</summary>
    public static byte[] Message(int port) => WithData(port, "\u000bMSH|^~\\&|LAB|CLINIC|RIS|CLINIC|20261102||ORU^R01|");

    private static byte[] WithData(int port, string data)
    {
        byte[] frame = SensorRig.Segment(0, port, Tcp.Ack | Tcp.Psh, 200);
        Encoding.Latin1.GetBytes(data).CopyTo(frame, frame.Length - 200);
        return frame;
    }
}
