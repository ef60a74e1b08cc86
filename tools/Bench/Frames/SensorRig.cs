using System;
using Appliance.Bench.Cost;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;

namespace Appliance.Bench.Frames;

/// <summary>A sensor with a network around it: hosts that live, connections that stand, time that passes.</summary>
internal sealed class SensorRig : IAlertSink
{
    /// <summary>The hosts of the VLAN.</summary>
    public const uint Home = 0x0a010200;

    /// <summary>The archive.</summary>
    public const uint Pacs = Home + 10;

    /// <summary>The name server.</summary>
    public const uint Dns = Home + 53;

    /// <summary>The first modality; there are <see cref="Modalities"/>.</summary>
    public const uint Modality = Home + 100;

    /// <summary>How many modalities live.</summary>
    public const int Modalities = 40;

    // A port that no shipped rule names.
    private const int Service = 5000;

    private readonly SlotBatch _batch = new(64);
    private readonly TapSensor _sensor;
    private long _stamp;
    private int _sourcePort = 40000;

    /// <summary>Makes the sensor and lets its network live for twenty minutes.</summary>
    /// <param name="tableFile">A table file.</param>
    public SensorRig(byte[] tableFile)
    {
        var table = new SignatureTable();
        int problem = table.Load(tableFile, tableFile.Length);
        if (problem != 0)
        {
            throw new InvalidOperationException($"the sensor refuses the bench's table: problem {problem}");
        }

        _sensor = new TapSensor(table, this, 12345);
        _sensor.SetWallClock(1_700_000_000_000_000);
        for (uint i = 0; i < Modalities; i++)
        {
            Put(FrameBuilder.Arp(Modality + i, Pacs, 1));
            Put(FrameBuilder.Arp(Pacs, Modality + i, 2));
            Put(FrameBuilder.Udp(Modality + i, 50000, Dns, 53, 40));
            Put(FrameBuilder.Udp(Dns, 53, Modality + i, 50000, 120));
            Pass(30_000_000);
        }
    }

    /// <summary>Alert lines that the sensor wrote.</summary>
    public int Alerts { get; private set; }

    /// <summary>A source port that was not used yet.</summary>
    public int NextPort() => _sourcePort++;

    /// <summary>Puts a frame into the batch, a millisecond after the one before; a full batch is processed first.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="isSignOfLife">Kept only as a sign of life.</param>
    public void Put(byte[] frame, bool isSignOfLife = false)
    {
        if (_batch.Count == _batch.Stamps.Length)
        {
            Process();
        }

        _stamp += 1000;
        _batch.Put(frame, 0, frame.Length, frame.Length, isSignOfLife, _stamp);
    }

    /// <summary>Lets the sensor take what is in the batch.</summary>
    public void Process()
    {
        _sensor.Process(_batch);
        _batch.Count = 0;
    }

    /// <summary>Lets the sensor take what is in the batch, and counts it.</summary>
    public void ProcessCounted()
    {
        Meter.Resume();
        Process();
        Meter.Pause();
    }

    /// <summary>Lets time pass without frames.</summary>
    /// <param name="microseconds">How much.</param>
    public void Pass(long microseconds)
    {
        Process();
        _stamp += microseconds;
        _sensor.Tick(_stamp);
    }

    /// <summary>Lets time pass without frames, second by second, and counts what the sensor does in it.</summary>
    /// <param name="seconds">How much.</param>
    public void PassCounted(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            _stamp += 1_000_000;
            Meter.Resume();
            _sensor.Tick(_stamp);
            Meter.Pause();
        }
    }

    /// <summary>Opens connections from modalities to the archive, each with SYN, SYN-ACK and ACK.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The first source port; the others follow.</returns>
    public int Connect(int count)
    {
        int first = _sourcePort;
        for (int i = 0; i < count; i++)
        {
            int port = NextPort();
            Put(Syn(i, port));
            Put(SynAck(i, port));
            Put(Segment(i, port, Tcp.Ack, 0));
        }

        Process();
        return first;
    }

    /// <summary>The SYN of a modality's connection to the archive.</summary>
    /// <param name="modality">Which modality, from 0.</param>
    /// <param name="port">Its source port.</param>
    public static byte[] Syn(int modality, int port) =>
        FrameBuilder.Tcp(Modality + (uint)(modality % Modalities), port, Pacs, Service, Tcp.Syn, 1000, 0, 0);

    /// <summary>The archive's answer to <see cref="Syn"/>.</summary>
    /// <param name="modality">Which modality, from 0.</param>
    /// <param name="port">Its source port.</param>
    public static byte[] SynAck(int modality, int port) =>
        FrameBuilder.Tcp(Pacs, Service, Modality + (uint)(modality % Modalities), port, Tcp.Syn | Tcp.Ack, 5000, 1001, 0);

    /// <summary>A later segment of the same connection.</summary>
    /// <param name="modality">Which modality, from 0.</param>
    /// <param name="port">Its source port.</param>
    /// <param name="flags">TCP flags.</param>
    /// <param name="payload">Octets of payload.</param>
    public static byte[] Segment(int modality, int port, int flags, int payload) =>
        FrameBuilder.Tcp(Modality + (uint)(modality % Modalities), port, Pacs, Service, flags, 9001, 9001, payload);

    /// <inheritdoc/>
    public void Alert(byte[] line, int length, int severity)
    {
        Meter.Outside();
        Alerts++;
    }
}
