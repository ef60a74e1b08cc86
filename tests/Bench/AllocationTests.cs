using System;
using System.Collections.Generic;
using Appliance.Bench.Frames;
using Appliance.Bench.Traffic;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Signatures;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Bench.Tests;

/// <summary>After its start the sensor takes no memory, whatever comes: the device's collector would stop it for longer than the
/// ring lasts.</summary>
[TestClass]
public sealed class AllocationTests
{
    private const int Million = 1_000_000;
    private const int Batch = 10_000;

    [ClassInitialize]
    public static void WarmUp(TestContext context)
    {
        // The constant tables of its classes, which .NET makes at their first use and the device at its start: the same frames
        // once before, so that every path has been taken. What is taken for each frame or alert shows the second time as well.
        Allocated(Scans(Million + Batch), new CountingSink(), out _);
        Allocated(OrdinaryFrames.Make(Million + Batch), new CountingSink(), out _);
    }

    [TestMethod]
    public void A_million_ordinary_frames_allocate_nothing()
    {
        var sink = new CountingSink();
        long allocated = Allocated(OrdinaryFrames.Make(Million + Batch), sink, out long frames);

        Assert.AreEqual(Million, frames);
        Assert.AreEqual(0, allocated, "octets");
    }

    [TestMethod]
    public void A_million_frames_of_scans_with_alerts_allocate_nothing()
    {
        var sink = new CountingSink();
        long allocated = Allocated(Scans(Million + Batch), sink, out long frames);

        Assert.AreEqual(Million, frames);
        Assert.IsGreaterThan(100, sink.Lines, "a scan without alerts proves nothing");
        Assert.AreEqual(0, allocated, "octets");
    }

    [TestMethod]
    public void The_measurement_sees_an_allocation()
    {
        Assert.IsGreaterThanOrEqualTo(Million, Allocated(OrdinaryFrames.Make(2 * Batch), new SilentSink(), out _, isWasteful: true));
    }

    // The first batch warms up: what .NET itself takes once is no concern of the sensor's.
    private static long Allocated(IEnumerable<(long Time, byte[] Frame)> frames, IAlertSink sink, out long measured, bool isWasteful = false)
    {
        byte[] file = BenchTable.Shipped();
        var table = new SignatureTable();
        Assert.AreEqual(0, table.Load(file, file.Length));
        var sensor = new TapSensor(table, sink, 4711);
        sensor.SetWallClock(PcapWriter.Start * Million);
        var batch = new SlotBatch(Batch);
        long allocated = 0;
        measured = 0;
        bool isWarm = false;
        foreach ((long time, byte[] frame) in frames)
        {
            batch.Put(frame, 0, frame.Length, frame.Length, false, time);
            if (batch.Count < Batch)
            {
                continue;
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            sensor.Process(batch);
            if (isWasteful)
            {
                sink.Alert(new byte[Million], 0, SyslogSeverity.Informational);
            }

            long taken = GC.GetAllocatedBytesForCurrentThread() - before;
            allocated += isWarm ? taken : 0;
            measured += isWarm ? batch.Count : 0;
            isWarm = true;
            batch.Count = 0;
        }

        return allocated;
    }

    // Sweeps, port scans, spoofed floods and odd flags, one after another, from many sources.
    private static IEnumerable<(long Time, byte[] Frame)> Scans(int count)
    {
        int[] flags = [Tcp.Syn, Tcp.Syn | Tcp.Fin, 0, Tcp.Rst | Tcp.Ack, Tcp.Syn | Tcp.Ack];
        int[] ports = [12345, 23, 110, 5556, 31337];
        for (int i = 0; i < count; i++)
        {
            int scan = i / 500;
            int step = i % 500;
            uint source = scan % 3 == 0 ? 0xc6336400 + (uint)(scan % 250) : scan % 3 == 1 ? SensorRig.Modality + (uint)(scan % 40) : 0xcb007100 + (uint)step;
            int port = scan % 4 == 0 ? 1 + step : ports[scan % ports.Length];
            uint target = SensorRig.Home + (scan % 4 == 0 ? 10 : (uint)(step % 250));
            byte[] frame = (i % 50) switch
            {
                7 => FrameBuilder.Arp(source, target, 1),
                8 => FrameBuilder.Echo(source, target, 8, scan & 0xffff, step),
                9 => FrameBuilder.Udp(source, 40000 + step, target, 137, 50),
                10 => FrameBuilder.TcpOverIpv6(source, 1024 + step, target, port, Tcp.Syn),
                11 => FrameBuilder.Udp(SensorRig.Modality, 1600, 0xffffffff, 1600, 46),
                12 => FrameBuilder.Tcp(source, 1024 + step, target, port, Tcp.Syn, (uint)i, 0, 0)[..40],
                _ => FrameBuilder.Tcp(source, 1024 + step, target, port, flags[scan % flags.Length], (uint)i, 0, 0),
            };
            yield return (i * 20_000L, frame);
        }
    }

    private sealed class CountingSink : IAlertSink
    {
        public int Lines { get; private set; }

        public void Alert(byte[] line, int length, int severity) => Lines++;
    }

    private sealed class SilentSink : IAlertSink
    {
        public void Alert(byte[] line, int length, int severity)
        {
            // Its argument is what was wasted.
        }
    }
}
