using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Road;

/// <summary>
/// A frame means the same on the fast road and on the slow one: random conversations go through the sensor plainly, which the
/// batch loop reads from its words, and again behind two VLAN tags, which must be decoded. Lines, counters and all that is
/// remembered agree.
/// </summary>
/// <remarks>SENSOR_ROAD_SEEDS asks for another number of seeds than 2,000, SENSOR_ROAD_FIRST for another first one.</remarks>
[TestClass]
public sealed class SameRoadTests
{
    private const string Rules = """
        alert tcp any any -> $HOME_NET 12345 ( msg:"NetBus"; flags:S,CE; priority:2; metadata:suspect yes; sid:1; )
        alert tcp $EXTERNAL_NET any -> $HOME_NET [27374,2000:2010] ( msg:"SubSeven"; flags:S,CE; metadata:suspect yes; sid:2; )
        alert tcp any any -> $SERVERS 5900 ( msg:"VNC"; flags:S,CE; flow:stateless; metadata:kind restricted-service; sid:3; )
        alert tcp !$SERVERS any -> $HOME_NET 7000 ( msg:"AFS"; ttl:<120; flags:S,CE; flow:stateless; sid:4; )
        alert udp any any -> any 1600 ( msg:"a datagram"; sid:5; )
        alert udp $EXTERNAL_NET any -> $HOME_NET 161 ( msg:"SNMP"; metadata:kind restricted-service; sid:6; )
        alert tcp any any -> any any ( msg:"SYN-FIN"; flags:+SF; flow:stateless; metadata:suspect yes; sid:7; )
        alert tcp any any -> any any ( msg:"NULL"; flags:0,CE; flow:stateless; metadata:suspect yes; sid:8; )
        """;

    private const string OtherRules = """
        alert tcp any [80,4242] -> any any ( msg:"from a port"; sid:1; )
        alert tcp any any -> any 445 ( msg:"any flags"; metadata:suspect yes; sid:2; )
        alert tcp any any <> any 104 ( msg:"both ways"; dsize:>20; sid:3; )
        alert icmp any any -> any any ( msg:"ping"; itype:8; sid:4; )
        alert ip any any -> any any ( msg:"short life"; ttl:<5; sid:5; )
        """;

    private const string SiteOfOne = """
        [site]
        name = "one"
        home = ["10.1.2.0/24", "2001:db8:1::/64"]
        [groups]
        SERVERS = ["10.1.2.4/30"]
        [[expected]]
        name = "a console"
        source = "203.0.113.5"
        destination = "10.1.2.0/24"
        proto = "tcp"
        port = 104
        """;

    // Three ranges, one of them too large for a bit an address.
    private const string SiteOfThree = """
        [site]
        name = "three"
        home = ["10.1.2.0/25", "10.1.2.192/26", "172.16.0.0/16", "2001:db8:1::/64"]
        [groups]
        SERVERS = ["10.1.2.4/30"]
        """;

    private static readonly Lazy<byte[][]> Tables = new(() =>
    [
        Compile(Rules, SiteOfOne),
        Compile(Rules, SiteOfThree),
        Compile(OtherRules, SiteOfOne),
        Compile("", SiteOfOne),
    ]);

    [TestMethod]
    public void BothRoadsSayTheSame()
    {
        int count = Asked("SENSOR_ROAD_SEEDS", 2000);
        int first = Asked("SENSOR_ROAD_FIRST", 1);
        byte[][] tables = Tables.Value;
        int told = 0;
        var differing = new List<(int Seed, string How)>();
        Parallel.For(first, first + count, seed =>
        {
            byte[] table = tables[seed % tables.Length];
            IReadOnlyList<TimedFrame> frames = Conversations.Of(seed);
            SensorRun plain = SensorRun.Of(table, frames, seed, frame => seed % 3 == 1 ? Change.Tagged(frame, (0x8100, 7))
                : frame);
            SensorRun tagged = SensorRun.Of(table, frames, seed, frame => Change.Tagged(frame, (0x88a8, 7), (0x8100, 9)));
            Interlocked.Add(ref told, plain.Lines.Count);
            string how = plain.DifferenceFrom(tagged);
            if (how.Length == 0 && seed % 4 == 1)
            {
                // Nor does it matter which way an attempt takes into a sweep that runs.
                how = plain.DifferenceFrom(SensorRun.Of(table, frames, seed, frame => frame, forgetsLanes: true));
            }

            if (how.Length > 0)
            {
                lock (differing)
                {
                    differing.Add((seed, how));
                }
            }
        });

        Console.WriteLine($"seeds {first} to {first + count - 1}: {told} lines");
        IEnumerable<string> first5 = differing.OrderBy(one => one.Seed).Take(5).Select(one => $"seed {one.Seed}: {one.How}");
        Assert.IsEmpty(differing, string.Join('\n', first5)
            + $"\n{differing.Count} of {count} seeds");
        Assert.IsGreaterThan(count, told, "the conversations make the sensor speak");
    }

    [TestMethod]
    public void WhoAnswersOnTheFastRoadIsHeard()
    {
        // Two printers answer a monitor of the same network every minute for an hour, and then an outsider asks them too.
        var lan = new Lan("10.1.2.0/24");
        var frames = new List<TimedFrame>();
        for (int minute = 0; minute < 60; minute++)
        {
            for (int printer = 20; printer < 22; printer++)
            {
                long time = (minute * Capture.Minute) + (printer * 1000);
                frames.Add(new TimedFrame(time, lan.Ip("10.1.2.9", $"10.1.2.{printer}").Udp(4000, 161, new byte[40])));
                frames.Add(new TimedFrame(time + 500, lan.Ip($"10.1.2.{printer}", "10.1.2.9").Udp(161, 4000, new byte[60])));
            }
        }

        for (int host = 30; host < 40; host++)
        {
            frames.Add(new TimedFrame((60 * Capture.Minute) + host, lan.WhoHas($"10.1.2.{host}", "10.1.2.1")));
        }

        for (int i = 0; i < 8; i++)
        {
            frames.Add(new TimedFrame((61 * Capture.Minute) + (i * Capture.Second), lan.Ip("203.0.113.9",
                $"10.1.2.{20 + (i & 1)}").Udp(5000, 161, new byte[40])));
        }

        SensorRun run = SensorRun.Of(Compile("", SiteOfOne), frames, 1, frame => frame);

        // The monitor, the two printers, and the ten that asked by ARP.
        Assert.AreEqual(13, run.LivingHosts);
        Assert.IsEmpty(run.Lines.Where(line => line.Contains("dark-host", StringComparison.Ordinal)), string.Join('\n',
            run.Lines));
    }

    [TestMethod]
    public void ASignOfLifeShowsLife()
    {
        // The tap comes in the middle of a long transfer; the server's segments are all that is ever seen of it.
        var lan = new Lan("10.1.2.0/24");
        byte[] segment = lan.Ip("10.1.2.7", "203.0.113.1").Tcp(104, 4000, "A", 5, 6, payload: new byte[100]);
        var frames = Enumerable.Range(0, 200).Select(i => new TimedFrame(i * Capture.Second, segment)).ToList();

        Assert.AreEqual(1, SensorRun.Of(Compile("", SiteOfOne), frames, 1, frame => frame).LivingHosts);
    }

    private static int Asked(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number : otherwise;

    private static byte[] Compile(string rules, string site)
    {
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", rules)], ("site.toml", site),
            new CompileOptions { AllowEmpty = true });
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        return compiled.Table;
    }
}
