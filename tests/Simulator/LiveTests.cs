using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>
/// The whole way on real networks: hosts in a network namespace of their own send the ten detects and an nmap sweep through a
/// veth, the tap watches its other end, and a real rsyslogd gets the alerts.
/// </summary>
[TestClass]
public sealed class LiveTests
{
    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    public void AnInterfaceThatIsNotThereIsSaidWithThoseThatAre()
    {
        // A process reads the list of interfaces once.
        TapsimRun run = TapsimRun.OfProcess("live", "no-such-interface", "--for", "1");
        run.Expect(2);
        Assert.IsTrue(run.Errors.Contains("there is no network interface 'no-such-interface'", StringComparison.Ordinal)
            || run.Errors.Contains("libpcap", StringComparison.Ordinal), run.Errors);
    }

    [TestMethod]
    public void WithoutAnInterfaceThoseThatAreAreListed()
    {
        TapsimRun run = TapsimRun.OfProcess("live");
        if (run.Errors.Contains("libpcap", StringComparison.Ordinal))
        {
            run.Expect(2);
            return;
        }

        CollectionAssert.Contains(run.Expect(0).Lines, "lo");
        CollectionAssert.DoesNotContain(run.Lines, "any");
        Assert.AreEqual(string.Empty, run.Errors);
        Assert.AreEqual("tapsim: live: an INTERFACE is needed; 'tapsim live' lists them\nusage: tapsim live --help tells what can be given\n",
            TapsimRun.Run("live", "--for", "3").Expect(1).Errors);
        Assert.AreEqual("tapsim: --fr: is no option of 'tapsim live'; did you mean '--for'?\nusage: tapsim live --help tells what can be given\n",
            TapsimRun.Run("live", "lo", "--fr", "3").Expect(1).Errors);
    }

    [TestMethod]
    public void AllInterfacesAtOnceAreNoMirrorPort()
    {
        StringAssert.Contains(TapsimRun.OfProcess("live", "any", "--for", "1").Expect(2).Errors, "any: stands for all interfaces");
    }

    [TestMethod]
    [NeedsTool("ip")]
    public void AnInterfaceThatIsOffAtTheStartIsSaidWithItsRemedy()
    {
        using Veth network = MakeNetwork();
        ToolRun.Output("ip", "link", "set", network.Tap, "down");
        TapsimRun run = TapsimRun.OfProcess("live", network.Tap, "--for", "1").Expect(2);
        StringAssert.Contains(run.Errors, $"it is switched off: ip link set {network.Tap} up");
        Assert.IsFalse(run.Errors.Contains("root", StringComparison.Ordinal), run.Errors);
    }

    [TestMethod]
    [NeedsTool("ip")]
    [NeedsTool("tcpreplay")]
    [NeedsTool("nmap")]
    [NeedsTool("rsyslogd")]
    public async Task RealFramesBecomeIncidentsAtARealCollector()
    {
        using Veth network = MakeNetwork();
        int port = CollectorTests.FreePort(SocketType.Dgram);
        string received = _folder.File("received");
        string configuration = _folder.Write("rsyslog.conf", Encoding.UTF8.GetBytes($$"""
            global(workDirectory="{{_folder.Path}}" maxMessageSize="8k")
            module(load="imudp")
            template(name="line" type="string" string="%rawmsg%\n")
            ruleset(name="all") { action(type="omfile" file="{{received}}" template="line") }
            input(type="imudp" address="127.0.0.1" port="{{port}}" ruleset="all")
            """));
        using var daemon = new Daemon("rsyslogd", "-n", "-f", configuration, "-i", _folder.File("pid"));
        daemon.WaitUntil(() => RealSyslogTests.IsListening("udp", port), "to listen");

        string alerts = _folder.File("alerts");
        string report = _folder.File("report.html");
        string matches = _folder.File("matches");
        using Process tap = TapsimRun.Start("live", network.Tap, "--alerts", alerts, "--report", report, "--matches", matches, "--collector",
            $"udp://127.0.0.1:{port}");
        Task<string> errors = tap.StandardError.ReadToEndAsync();
        daemon.WaitUntil(() => Text(received).Contains("self-test", StringComparison.Ordinal), "to hear of the tap's start");

        // Standard speed would take days; the sensor's own time is that of the frames' arrival.
        foreach (int detect in Enumerable.Range(1, 10))
        {
            network.Run("tcpreplay", "-q", "-i", network.Source, "--topspeed", TapsimRun.Detect(detect));
        }

        network.Run("nmap", "-n", "-Pn", "-sS", "-p", "2323", "--max-retries", "0", "--host-timeout", "3s", "128.231.212.0/26");
        daemon.WaitUntil(() => Text(received).Contains("dport=\"2323\"", StringComparison.Ordinal), "to hear of the nmap sweep");
        await End(tap, errors);

        string[] said = File.ReadAllLines(alerts);
        daemon.WaitUntil(() => Text(received).Count(c => c == '\n') >= said.Length, "to write all");
        CollectionAssert.AreEqual(said, Text(received).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        string[] expected = ["dport=\"5556\"", "dport=\"12345\"", "src=\"194.112.42.193\"", "inverse-map [",
            "restricted-service [", "name=\"POP3"];
        foreach (string incident in expected)
        {
            Assert.IsTrue(said.Any(line => line.Contains("state=\"closed\"", StringComparison.Ordinal) && line.Contains(incident,
                StringComparison.Ordinal)),
                $"{incident} in:\n{string.Join('\n', said)}");
        }

        // A frame that the kernel sends by itself may stand between those of the captures, so that numbers are not theirs.
        Assert.AreEqual(40, File.ReadLines(matches).Count(line => line.EndsWith("\t1:1000901:1", StringComparison.Ordinal)),
            "each SYN of the BackOrifice sweep");
        string page = Text(report);
        Assert.Contains($"<dt>interface</dt><dd>{network.Tap}</dd>", page);
        Assert.Contains("BackOrifice 5556 sweep of 128.231.212.0/23 by 209.235.11.254: 40 hosts", page);
    }

    [TestMethod]
    [NeedsTool("ip")]
    [NeedsTool("tcpreplay")]
    public async Task ALiveInterfaceFailsAsAReplayDoes()
    {
        using Veth network = MakeNetwork();
        string alerts = _folder.File("alerts");
        string stats = _folder.File("stats");
        using Process tap = TapsimRun.Start("live", network.Tap, "--alerts", alerts, "--stats", stats, "--fault-ring", "stall@0", "--drop", "0.5");
        Task<string> errors = tap.StandardError.ReadToEndAsync();
        var patience = Stopwatch.StartNew();
        while (!Text(alerts).Contains("sweep [", StringComparison.Ordinal) && patience.Elapsed < TimeSpan.FromMinutes(1))
        {
            network.Run("tcpreplay", "-q", "-i", network.Source, "--topspeed", TapsimRun.Detect(9));
            Thread.Sleep(200);
        }

        await End(tap, errors);
        string said = Text(alerts);
        int reset = said.IndexOf("part=\"receiver\" state=\"reset\"", StringComparison.Ordinal);
        Assert.IsTrue(reset > 0 && reset < said.IndexOf("sweep [", StringComparison.Ordinal), "deaf until it is reset:\n" + said);
        using JsonDocument json = JsonDocument.Parse(Text(stats));
        Assert.IsGreaterThan(0, json.RootElement.GetProperty("lost").GetInt64(), "half of the frames are lost");
    }

    [TestMethod]
    [NeedsTool("ip")]
    [NeedsTool("tcpreplay")]
    public async Task AnInterfaceThatIsSwitchedOffHasNoLinkAndOneThatGoesAwayEndsTheRun()
    {
        using Veth network = MakeNetwork();
        string alerts = _folder.File("alerts");
        string stats = _folder.File("stats");
        string report = _folder.File("report.html");
        using Process tap = TapsimRun.Start("live", network.Tap, "--alerts", alerts, "--stats", stats, "--report", report);
        Task<string> errors = tap.StandardError.ReadToEndAsync();
        Wait(() => Text(alerts).Contains("self-test", StringComparison.Ordinal), "the start", alerts);
        network.Set("down");
        Wait(() => Text(alerts).Contains("part=\"mirror\" state=\"link-lost\"", StringComparison.Ordinal), "the lost link", alerts);
        network.Set("up");
        Wait(() => Text(alerts).Contains("part=\"mirror\" state=\"link-up\"", StringComparison.Ordinal), "the link's return", alerts);

        // What was opened again sees frames, and is closed and told though the interface is no more.
        network.Run("tcpreplay", "-q", "-i", network.Source, "--topspeed", TapsimRun.Detect(9));
        Wait(() => Text(alerts).Contains("sweep [", StringComparison.Ordinal), "the sweep", alerts);
        network.Remove();
        Assert.IsTrue(tap.WaitForExit(TimeSpan.FromSeconds(30)), "an interface that is gone ends it");
        Assert.AreEqual(2, tap.ExitCode);
        StringAssert.Contains(await errors, $"tapsim: {network.Tap}: the interface is gone");
        StringAssert.Contains(Text(alerts), "state=\"closed\"");
        StringAssert.Contains(Text(report), "BackOrifice 5556 sweep");
        using JsonDocument json = JsonDocument.Parse(Text(stats));
        Assert.IsGreaterThanOrEqualTo(40, json.RootElement.GetProperty("frames").GetInt64());
    }

    [TestMethod]
    [NeedsTool("ip")]
    [NeedsTool("tcpreplay")]
    public async Task WhoseHomeCountsIsSaidAndThatNoFrameIsOfIt()
    {
        const string guess = "tapsim: no --site: the home network is what is private (RFC 1918, RFC 4193), and the shipped example's, "
            + "128.231.212.0/23 and 24.3.21.0/24\n";
        using Veth network = MakeNetwork();
        (string[] Site, string Incident, string Errors)[] runs =
        [
            ([], "src=\"209.235.11.254\"", guess),
            (["--site", _folder.Write("ward.toml", "[site]\nname = \"ward\"\nhome = [\"192.0.2.0/24\"]\n"u8.ToArray())],
                string.Empty,
                "tapsim: none of 40 IP and ARP frames is of the site's home network, 192.0.2.0-192.0.2.255: another network's interface, or "
                    + "another site's profile\n"),
        ];
        foreach ((string[] site, string incident, string errors) in runs)
        {
            string alerts = _folder.File("alerts");
            File.Delete(alerts);
            using Process tap = TapsimRun.Start(["live", network.Tap, "--alerts", alerts, "--for", "3", .. site]);
            Task<string> said = tap.StandardError.ReadToEndAsync();
            Wait(() => Text(alerts).Contains("self-test", StringComparison.Ordinal), "the start", alerts);
            network.Run("tcpreplay", "-q", "-i", network.Source, "--topspeed", TapsimRun.Detect(9));
            Assert.IsTrue(tap.WaitForExit(TimeSpan.FromSeconds(30)), "three seconds end it");
            StringAssert.Contains(Text(alerts), incident);
            Assert.AreEqual(incident.Length > 0, Text(alerts).Contains("sweep [", StringComparison.Ordinal));
            StringAssert.Contains(await said, errors);
        }
    }

    [TestMethod]
    [NeedsTool("ip")]
    [NeedsTool("tcpreplay")]
    public async Task WhatTheKernelDroppedIsLost()
    {
        using Veth network = MakeNetwork();
        string alerts = _folder.File("alerts");
        string stats = _folder.File("stats");
        using Process tap = TapsimRun.Start("live", network.Tap, "--alerts", alerts, "--stats", stats);
        Task<string> errors = tap.StandardError.ReadToEndAsync();
        Wait(() => Text(alerts).Contains("self-test", StringComparison.Ordinal), "the start", alerts);
        Signal(tap, "STOP");
        network.Run("tcpreplay", "-q", "-i", network.Source, "--topspeed", "--loop=2500", TapsimRun.Detect(9));
        Signal(tap, "CONT");
        Wait(() => Text(alerts).Contains("part=\"ring\" state=\"losing\"", StringComparison.Ordinal), "the loss", alerts);
        await End(tap, errors);
        using JsonDocument json = JsonDocument.Parse(Text(stats));
        Assert.IsGreaterThan(10_000, json.RootElement.GetProperty("lost").GetInt64());
        Assert.IsGreaterThanOrEqualTo(100_000, json.RootElement.GetProperty("frames").GetInt64(), "each of 2,500 times 40 is counted");
    }

    private static Veth MakeNetwork()
    {
        Veth? network = Veth.Make();
        if (network is null)
        {
            Assert.Inconclusive("needs root and network namespaces: " + Veth.Problem);
        }

        return network;
    }

    private static void Signal(Process tap, string signal) =>
        ToolRun.Output("kill", "-" + signal, tap.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    // Not by SIGINT: a shell that runs tests in the background has its children ignore that.
    private static async Task End(Process tap, Task<string> errors)
    {
        Signal(tap, "TERM");
        Assert.IsTrue(tap.WaitForExit(TimeSpan.FromSeconds(30)), "SIGTERM ends it");
        Assert.AreEqual(0, tap.ExitCode, await errors);
    }

    private static void Wait(Func<bool> isSo, string what, string alerts)
    {
        var patience = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.IsLessThan(TimeSpan.FromMinutes(1), patience.Elapsed, $"{what} is not told:\n{Text(alerts)}");
            Thread.Sleep(100);
        }
    }

    private static string Text(string path)
    {
        if (!File.Exists(path))
        {
            return string.Empty;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(stream).ReadToEnd();
    }

    /// <summary>Two ends of a cable, one of them in a network namespace of its own.</summary>
    private sealed class Veth : IDisposable
    {
        private static int _made;
        private readonly string _namespace;

        private Veth(string name)
        {
            _namespace = "taptest" + name;
            Tap = "tap" + name;
            Source = "src" + name;
        }

        /// <summary>Why there is none.</summary>
        public static string Problem { get; private set; } = string.Empty;

        /// <summary>The end that is watched.</summary>
        public string Tap { get; }

        /// <summary>The end that sends.</summary>
        public string Source { get; }

        /// <summary>Makes one; null where that is not allowed.</summary>
        public static Veth? Make()
        {
            var veth = new Veth($"{Environment.ProcessId % 10000}x{Interlocked.Increment(ref _made)}");
            string[] commands =
            [
                $"netns add {veth._namespace}",
                $"link add {veth.Tap} type veth peer name {veth.Source}",
                $"link set {veth.Source} netns {veth._namespace}",
                $"link set {veth.Tap} up",
                $"netns exec {veth._namespace} ip link set {veth.Source} up",
                $"netns exec {veth._namespace} ip addr add 10.99.0.1/24 dev {veth.Source}",
                $"netns exec {veth._namespace} ip route add 128.231.212.0/23 via 10.99.0.2",
                $"netns exec {veth._namespace} ip neigh add 10.99.0.2 lladdr 02:00:00:00:00:02 dev {veth.Source}",
            ];
            foreach (string command in commands)
            {
                if (Ip(command) is { } problem)
                {
                    Problem = $"ip {command}: {problem}";
                    veth.Dispose();
                    return null;
                }
            }

            return veth;
        }

        /// <summary>Runs a tool in the namespace.</summary>
        public void Run(string tool, params string[] arguments) =>
            ToolRun.Output("ip", ["netns", "exec", _namespace, NeedsToolAttribute.Find(tool)!, .. arguments]);

        /// <summary>Switches the watched end on or off.</summary>
        public void Set(string state) => Assert.IsNull(Ip($"link set {Tap} {state}"));

        /// <summary>Takes the cable away.</summary>
        public void Remove() => Assert.IsNull(Ip($"link del {Tap}"));

        public void Dispose()
        {
            Ip($"link del {Tap}");
            Ip($"netns del {_namespace}");
        }

        private static string? Ip(string arguments)
        {
            var start = new ProcessStartInfo(NeedsToolAttribute.Find("ip")!, arguments)
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true
            };
            using Process process = Process.Start(start)!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : errors.Trim();
        }
    }
}
