using System;
using System.Linq;
using Appliance.Firmware.Tests.Fakes;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>After its start the whole program takes no memory, whatever comes and however long.</summary>
[TestClass]
public sealed class MemoryTests
{
    private const string Actor = "203.0.113.66";

    [TestMethod]
    public void A_million_frames_of_scans_and_ordinary_traffic_allocate_nothing_in_the_whole_program()
    {
        Capture capture = Capture.Merge(Ordinary(1), Scans());
        (long allocated, int alerts, long frames) = Allocated(capture, Capture.Hour, turns =>
            turns * capture.Frames.Count < 1_000_000, "udp://192.0.2.10:514");

        Assert.IsGreaterThanOrEqualTo(1_000_000, frames);
        Assert.IsGreaterThan(1000, alerts, "a scan without alerts proves nothing");
        Assert.AreEqual(0, allocated, "octets");
    }

    [TestMethod]
    public void A_stream_and_its_framing_allocate_nothing()
    {
        Capture capture = Capture.Merge(Ordinary(1), Scans());
        (long allocated, int alerts, _) = Allocated(capture, Capture.Hour, turns => turns < 5, "tcp://192.0.2.10:601");

        Assert.IsGreaterThan(100, alerts);
        Assert.AreEqual(0, allocated, "octets");
    }

    [TestMethod]
    public void A_month_of_ordinary_traffic_ends_with_the_memory_that_it_began_with()
    {
        Capture day = Capture.Merge(Enumerable.Range(0, 4).Select(hour => Ordinary(hour, hour * Capture.Hour)));
        (long allocated, _, long frames) = Allocated(day, 4 * Capture.Hour, turns => turns < 30 * 6, "udp://192.0.2.10:514");

        Assert.IsGreaterThan(1_000_000, frames);
        Assert.AreEqual(0, allocated, "octets");
    }

    // On nanoFramework's interpreter a look into the inbox took 89 objects and 2,380 octets, one at the uplink's interfaces 336
    // (every five minutes, by another thread); on an emulated ESP32 some 12,400 octets of the heap were not in use half a minute
    // after the start.
    [TestMethod]
    [DataRow(false, 0)]
    [DataRow(true, 2)]
    public void An_idle_box_collects_garbage_at_most_once_in_ten_minutes(bool isFreeUnknown, int looks)
    {
        const int InboxLook = 2380;
        const int UplinkLooks = 2 * 336;
        const int Unused = 12_400;
        var box = new Box(new FakeStorage { FreeIsUnknown = isFreeUnknown });
        box.Start().Run(30);
        int before = box.Storage.Lists;
        box.Run(600);
        Assert.AreEqual(looks, box.Storage.Lists - before);
        Assert.IsLessThan(Unused, (looks * InboxLook) + UplinkLooks);
    }

    [TestMethod]
    public void A_file_is_found_within_two_seconds_though_the_inbox_is_not_looked_into_meanwhile()
    {
        Box box = new Box().Start().Run(600);
        int before = box.Storage.Lists;
        box.Storage.Files["inbox\\any.sigtab"] = [1, 2, 3];
        box.Run(2);
        Assert.IsGreaterThan(before, box.Storage.Lists);
        box.Run(8);
        Assert.AreEqual("damaged", box.All.Last(s => s.Kind == "table")["reason"]);
        int after = box.Storage.Lists;
        box.Run(60);
        Assert.IsLessThanOrEqualTo(after + 1, box.Storage.Lists, "and then no more");
    }

    [TestMethod]
    public void A_bell_is_noticed_and_gone()
    {
        Box box = new Box().Start().Run(60);
        box.Storage.Files["inbox\\new.bell"] = new byte[1024];
        box.Run(3);
        Assert.IsFalse(box.Storage.Exists("inbox\\new.bell"));
    }

    private static (long Allocated, int Alerts, long Frames) Allocated(Capture capture, long period, Func<long, bool> isShort,
        string collector)
    {
        var clock = new FakeClock { Server = Box.Today };
        var port = new LoopPort(clock, capture, period);
        var uplink = new FakeUplink { IsDeaf = true };
        var settings = new TapSettings
        {
            BuiltIn = () => TestTables.BuiltIn,
            Collector = System.Text.Encoding.ASCII.GetBytes(collector),
        };
        var program = new TapProgram(settings, port, new QuietStorage(), uplink, clock, new NoLight(), new DotNetKeyCheck());
        program.Start();

        // One turn warms up: what .NET itself takes at the first use is no concern of the program's.
        while (port.Turns < 1)
        {
            program.Turn();
        }

        long sent = program.Sender.Sent;
        long frames = port.Counter(PortCounter.Received);
        long before = GC.GetAllocatedBytesForCurrentThread();
        while (isShort(port.Turns - 1))
        {
            program.Turn();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before, (int)(program.Sender.Sent - sent),
            port.Counter(PortCounter.Received) - frames);
    }

    private static Capture Ordinary(int seed, long start = 0) => new OrdinaryTraffic(new Hospital(), seed).Hour(start).Build();

    // Sweeps of ten ports over a hundred hosts, in the hour.
    private static Capture Scans()
    {
        var capture = new Capture();
        int[] ports = [12345, 23, 110, 5556, 31337, 80, 445, 139, 104, 2575];
        for (int i = 0; i < 1000; i++)
        {
            capture.Add(i * 3 * Capture.Second, new Ip(Actor, $"128.231.212.{1 + (i % 100)}").Tcp(1024 + i, ports[i / 100], "S",
                i));
        }

        return capture;
    }

    private sealed class NoLight : ILight
    {
        public bool Show(int colour) => true;
    }

    private sealed class QuietStorage : IStorage
    {
        private static readonly string[] None = [];

        public bool Exists(string path) => false;

        public long LengthOf(string path) => -1;

        public int Read(string path, int from, byte[] into) => -1;

        public bool Write(string path, byte[] head, byte[] body) => true;

        public bool Delete(string path) => true;

        public bool Move(string from, string to) => false;

        public long Free() => 0;

        public string[] List(string folder) => None;
    }
}
