using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using Appliance.CaptureWriter;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>The ten detects in other clothes: addresses, order, pace, tags, options and fragments change nothing.</summary>
[TestClass]
public sealed class VariantTests
{
    private static readonly byte[] RecordRoute = [7, 39, 4, .. new byte[36], 0];
    private static readonly byte[] RouterAlert = [148, 4, 0, 0];

    /// <summary>What no change of addresses and wrappings touches.</summary>
    private static readonly string[] Alike =
        ["severity", "proto", "srcs", "dsts", "dport", "dports", "frames", "ttl", "flags", "sport", "stride", "unseen", "dark",
        "period", "group", "expected", "dur", "sid"];

    public static IEnumerable<object[]> TagStacks =>
    [
        [new (int, int)[] { (0x8100, 0x0064) }],
        [new (int, int)[] { (0x88a8, 0x0064), (0x8100, 0xe00a) }],
        [new (int, int)[] { (0x9100, 0x0064), (0x8100, 0x000a) }],
        [new (int, int)[] { (0x8100, 0x0001), (0x8100, 0x0002), (0x8100, 0x0003) }],
    ];

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void TinyFragmentsOfManyHostsAtOnceAreSeen(bool isComplete)
    {
        // All first fragments, of eight octets, then all second ones; or never.
        var probes = new Probes();
        Capture whole = probes.Sweep(Probes.Hosts(100, 20), 12345, Probes.Start, 10_000).Build();
        var cut = new Capture();
        foreach (TimedFrame frame in whole.Frames)
        {
            long later = 0;
            foreach (byte[] fragment in Change.Fragmented(frame.Bytes, 8))
            {
                if (later == 0 || isComplete)
                {
                    cut.Add(frame.Time + later, fragment);
                }

                later += Capture.Second;
            }
        }

        TenDetects.Has(Tap.Replay(Capture.Merge(cut), Probes.Profile()).The("sweep", ("src", Probes.Actor)), "sweep", "dsts=20 dport=12345 frames=20");
    }

    [TestMethod]
    [DynamicData(nameof(TagStacks))]
    public void VlanTagsChangeNothing((int Type, int Vlan)[] tags)
    {
        Capture tagged = DetectTests.AllTen().Select(frame => [Change.Tagged(frame, tags)]);
        TenDetects.CheckAll(Tap.Replay(tagged), isExpected: true);
    }

    [TestMethod]
    public void TagsThatComeAndGoChangeNothing()
    {
        // A mirror of both a trunk and an access port shows some frames tagged and others not.
        int turn = 0;
        Capture mixed = DetectTests.AllTen().Select(frame => [turn++ % 2 == 0 ? frame : Change.Tagged(frame, (0x8100, 100))]);
        TenDetects.CheckAll(Tap.Replay(mixed), isExpected: true);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void IpOptionsChangeNothing(bool isLong)
    {
        Capture changed = DetectTests.AllTen().Select(frame => [Change.WithOptions(frame, isLong ? RecordRoute : RouterAlert)]);
        TenDetects.CheckAll(Tap.Replay(changed), isExpected: true);
    }

    [TestMethod]
    public void LongIpOptionsBehindTwoTagsChangeNothing()
    {
        Capture changed = DetectTests.AllTen()
            .Select(frame => [Change.Tagged(Change.WithOptions(frame, RecordRoute), (0x88a8, 7), (0x8100, 9))]);
        TenDetects.CheckAll(Tap.Replay(changed), isExpected: true);
    }

    [TestMethod]
    [DataRow(1, 8, false)]
    [DataRow(1, 8, true)]
    [DataRow(2, 8, false)]
    [DataRow(2, 8, true)]
    [DataRow(2, 16, false)]
    [DataRow(3, 8, false)]
    [DataRow(4, 8, false)]
    [DataRow(4, 8, true)]
    [DataRow(5, 8, false)]
    [DataRow(5, 8, true)]
    [DataRow(5, 24, false)]
    [DataRow(6, 8, false)]
    [DataRow(6, 8, true)]
    [DataRow(7, 8, false)]
    [DataRow(7, 8, true)]
    [DataRow(8, 16, false)]
    [DataRow(8, 16, true)]
    [DataRow(9, 8, false)]
    [DataRow(9, 8, true)]
    [DataRow(10, 8, false)]
    [DataRow(10, 16, true)]
    public void FragmentsAreSeenThrough(int number, int size, bool isReversed)
    {
        Capture cut = Detects.Build(number).Select(frame =>
            IsOfHome(frame) && number != 8 ? [frame] : Change.Fragmented(frame, size, isReversed));
        Findings findings = Tap.Replay(cut, Site.Home(Site.PracticalHome, TenDetects.Groups));
        AlertLine whole = Tap.ReplayDetect(number, Site.Home(Site.PracticalHome, TenDetects.Groups)).Incidents.Single();
        AlertLine incident = findings.Single(whole.Kind);
        foreach (string name in new[] { "src", "srcs", "dst", "dsts", "dport", "dports", "frames", "proto", "ttl" })
        {
            Assert.AreEqual(whole[name], incident[name], $"{name} in: {incident}");
        }

        // A header that is split on purpose makes it worse, if anything.
        Assert.IsGreaterThanOrEqualTo(whole.Number("severity"), incident.Number("severity"), incident.Text);
    }

    [TestMethod]
    [DataRow("10.20.30.0/23")]
    [DataRow("192.168.4.0/23")]
    [DataRow("172.31.254.0/23")]
    [DataRow("203.0.112.0/23")]
    public void OtherHomesChangeNothing(string home)
    {
        Func<IPAddress, IPAddress> map = Change.Move("128.231.212.0/23", home);
        string network = home.Split('/')[0];
        for (int number = 1; number <= Detects.Count; number++)
        {
            if (number is 1 or 3 or 4)
            {
                continue;
            }

            Capture moved = Detects.Build(number).Select(frame => [Change.Readdressed(frame, map)]);
            AlertLine there = Tap.ReplayDetect(number, Site.Home()).Incidents.Single();
            AlertLine here = Tap.Replay(moved, Site.Home(home)).Single(there.Kind);
            foreach (string name in new[] { "severity", "proto", "srcs", "dsts", "dport", "frames", "ttl", "flags", "sport",
                "stride", "unseen", "dark", "period" })
            {
                Assert.AreEqual(there[name], here[name], $"{name} of detect {number} in: {here}");
            }

            Assert.StartsWith(network[..network.LastIndexOf('.')][..^1], here["dst"], here.Text);
        }
    }

    [TestMethod]
    [DataRow("10.1.2.3")]
    [DataRow("192.168.100.200")]
    public void OtherTargetsOfManyActorsChangeNothing(string host)
    {
        Func<IPAddress, IPAddress> map = Change.Move("24.3.21.199/32", host + "/32");
        foreach (int number in new[] { 1, 4 })
        {
            Capture moved = Detects.Build(number).Select(frame => [Change.Readdressed(frame, map)]);
            AlertLine incident = Tap.Replay(moved, Site.Home(host)).Single("distributed-probe");
            TenDetects.Has(incident, "distributed-probe",
                $"dst={host} srcs={(number == 1 ? 7 : 4)} frames={(number == 1 ? 8 : 4)} severity=2");
        }
    }

    [TestMethod]
    public void AnyClothesChangeNothing()
    {
        // All at once, at random: the home's addresses, the days, tags and IP options.
        var random = new Random(2000);
        string profile = Site.Home(Site.PracticalHome, TenDetects.Groups);
        for (int turn = 0; turn < 60; turn++)
        {
            // A /23 anywhere in 10/8.
            int number = 1 + (turn % Detects.Count);
            string home = FormattableString.Invariant($"10.{random.Next(256)}.{random.Next(128) * 2}.0/23");
            Func<IPAddress, IPAddress> map = Change.Move("128.231.212.0/23", home);
            long shift = random.NextInt64(20_000 * Capture.Day);
            byte[] options = [.. Enumerable.Repeat((byte)1, 4 * random.Next(11))];
            (int, int)[] tags = [.. Enumerable.Repeat((0x8100, 0x2064), random.Next(4))];
            Capture dressed = Detects.Build(number).Retimed((_, time) => time + shift)
                .Select(frame => [Change.Tagged(Change.WithOptions(Change.Readdressed(frame, map), options), tags)]);
            string groups = TenDetects.Groups;
            foreach (string address in new[] { "128.231.212.53", "128.231.213.53", "128.231.213.4", "128.231.212.0" })
            {
                groups = groups.Replace('"' + address + '"', '"' + map(IPAddress.Parse(address)).ToString() + '"',
                    StringComparison.Ordinal);
            }

            AlertLine there = Tap.ReplayDetect(number, profile).Incidents.Single();
            AlertLine here = Tap.Replay(dressed, Site.Home(home + " 24.3.21.199", groups)).Single(there.Kind);
            foreach (string name in Alike)
            {
                Assert.AreEqual(there[name], here[name],
                    $"{name} of detect {number} at {home}, {tags.Length} tags, {options.Length} octets of options in: {here}");
            }
        }
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(5)]
    [DataRow(9)]
    [DataRow(10)]
    public void SomeTargetsRefuseAndOthersAreSilent(int number)
    {
        // What is refused is known at once, what is silent only after seconds: the order of the probes is still theirs.
        var lan = new Lan("128.231.212.0/23");
        var capture = new Capture();
        int turn = 0;
        foreach (TimedFrame frame in Detects.Build(number).Frames)
        {
            capture.Add(frame.Time, frame.Bytes);
            if (turn++ % 3 == 1)
            {
                string target = string.Join('.', frame.Bytes[30..34]);
                string source = string.Join('.', frame.Bytes[26..30]);
                uint sequence = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(frame.Bytes.AsSpan(38));
                capture.Add(frame.Time + 250, lan.Ip(target, source)
                    .Tcp((frame.Bytes[36] << 8) | frame.Bytes[37], (frame.Bytes[34] << 8) | frame.Bytes[35], "RA", 0,
                    sequence + 1, window: 0));
            }
        }

        AlertLine there = Tap.ReplayDetect(number, Site.Home()).Incidents.Single();
        AlertLine here = Tap.Replay(Capture.Merge(capture), Site.Home()).Single("sweep");
        foreach (string name in Alike)
        {
            Assert.AreEqual(there[name], here[name], $"{name} in: {here}");
        }

        Assert.AreEqual((there.Number("dsts") + 1) / 3, here.Number("refused"), here.Text);
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(9)]
    [DataRow(10)]
    public void AnotherOrderOfTargetsIsStillASweep(int number)
    {
        // Times and source ports stay, the targets are shuffled: a tool with a random list.
        Capture original = Detects.Build(number);
        int[] order = [.. Enumerable.Range(0, original.Frames.Count)];
        new Random(5).Shuffle(order);
        var shuffled = new Capture();
        for (int i = 0; i < order.Length; i++)
        {
            var target = new IPAddress(original.Frames[order[i]].Bytes.AsSpan(30, 4));
            var own = new IPAddress(original.Frames[i].Bytes.AsSpan(30, 4));
            shuffled.Add(original.Frames[i].Time,
                Change.Readdressed(original.Frames[i].Bytes, address => address.Equals(own) ? target : address));
        }

        AlertLine there = Tap.ReplayDetect(number, Site.Home()).Incidents.Single();
        AlertLine here = Tap.Replay(shuffled, Site.Home()).Single("sweep");
        foreach (string name in new[] { "severity", "src", "dst", "dsts", "dport", "frames", "flags" })
        {
            Assert.AreEqual(there[name], here[name], $"{name} in: {here}");
        }

        Assert.AreEqual(string.Empty, here["stride"], here.Text);
        Assert.AreEqual(string.Empty, here["unseen"], "without a stride nobody knows what was not seen: " + here);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    public void ManyActorsInAHurryAreCountedAsWell(int number)
    {
        // A botnet that is told to: all sources within seconds.
        AlertLine there = Tap.ReplayDetect(number, Site.Home()).Incidents.Single();
        AlertLine here = Tap.Replay(Slowed(Detects.Build(number), Capture.Second), Site.Home()).Single("distributed-probe");
        foreach (string name in new[] { "severity", "src", "srcs", "dst", "dports", "frames", "ttl" })
        {
            Assert.AreEqual(there[name], here[name], $"{name} in: {here}");
        }
    }

    [TestMethod]
    [DataRow(1, 24 * 60)]
    [DataRow(1, 7)]
    [DataRow(2, 60)]
    [DataRow(2, 5)]
    [DataRow(4, 24 * 60)]
    [DataRow(5, 60)]
    [DataRow(5, 24 * 60)]
    [DataRow(6, 60)]
    [DataRow(7, 12 * 60)]
    [DataRow(7, 1)]
    [DataRow(9, 60)]
    [DataRow(9, 4)]
    [DataRow(10, 60)]
    [DataRow(10, 3)]
    public void APatientActorIsStillSeen(int number, int minutes)
    {
        // Probe by probe so many minutes apart, an answer right after its probe; hosts that are merely heard keep their times.
        Capture slow = Slowed(Detects.Build(number), minutes * Capture.Minute);
        AlertLine there = Tap.ReplayDetect(number, Site.Home()).Incidents.Single();
        AlertLine here = Tap.Replay(slow, Site.Home()).Single(there.Kind);
        foreach (string name in new[] { "severity", "src", "srcs", "dst", "dsts", "dport", "dports", "frames", "ttl", "stride",
            "unseen" })
        {
            Assert.AreEqual(there[name], here[name], $"{name} in: {here}");
        }
    }

    [TestMethod]
    [DataRow(9)]
    [DataRow(10)]
    [DataRow(1)]
    [DataRow(7)]
    public void APatientActorIsSeenAmidOrdinaryTraffic(int number)
    {
        Capture slow = Slowed(Detects.Build(number), Capture.Hour);
        var hospital = new Hospital("128.231.212.", "128.231.212.0/23");
        var parts = new List<Capture> { slow };
        for (long hour = slow.Frames[0].Time - Capture.Hour; hour <= slow.Frames[^1].Time; hour += Capture.Hour)
        {
            parts.Add(new OrdinaryTraffic(hospital, (int)(hour / Capture.Hour)).Hour(hour).Build());
        }

        AlertLine there = Tap.ReplayDetect(number, Site.Home()).Incidents.Single();
        AlertLine here = Tap.Replay(Capture.Merge(parts), Site.Home()).Single(there.Kind);
        foreach (string name in new[] { "severity", "src", "srcs", "dst", "dsts", "dport", "dports", "frames" })
        {
            Assert.AreEqual(there[name], here[name], $"{name} in: {here}");
        }
    }

    private static Capture Slowed(Capture capture, long gap)
    {
        var slow = new Capture();
        long probe = capture.Frames[0].Time - gap;
        foreach (TimedFrame frame in capture.Frames)
        {
            if (IsOrdinary(frame.Bytes))
            {
                slow.Add(frame.Time, frame.Bytes);
            }
            else if (IsOfHome(frame.Bytes))
            {
                slow.Add(probe + 200, frame.Bytes);
            }
            else
            {
                probe += gap;
                slow.Add(probe, frame.Bytes);
            }
        }

        return Capture.Merge(slow);
    }

    /// <summary>NTP and DNS, which detect 6 has besides its queries.</summary>
    private static bool IsOrdinary(byte[] frame)
    {
        int[] ports = [(frame[34] << 8) | frame[35], (frame[36] << 8) | frame[37]];
        return frame[23] == 17 && ports.Any(port => port is 123 or 53);
    }

    private static bool IsOfHome(byte[] frame) =>
        string.Join('.', frame[26..30]) is var source
        && (source.StartsWith("128.231.", StringComparison.Ordinal) || source == "24.3.21.199");
}
