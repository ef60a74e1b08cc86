using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Appliance.Playback;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Signatures;
using Appliance.Sensor.Tests.Incidents;
using Appliance.Sensor.Tests.Road;
using Appliance.SignatureTool;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>A sensor on an imaging VLAN, 10.1.2.0/24, that is told of frames one by one and whose time goes on as a test
/// says.</summary>
internal sealed class Tapped : IAlertSink
{
    /// <summary>Somebody outside.</summary>
    public const string Actor = "203.0.113.66";

    private const string Rules = """
        alert tcp any any -> $HOME_NET 12345 ( msg:"NetBus"; flags:S,CE; priority:2; metadata:suspect yes; sid:1; )
        alert udp any any -> $HOME_NET 31337 ( msg:"BackOrifice"; priority:1; metadata:suspect yes; sid:2; )
        alert tcp any any -> $SERVERS 5900:5902 ( msg:"VNC"; flags:S,CE; flow:stateless; metadata:kind restricted-service; sid:3; )
        """;

    // The same sids in another order, and one less.
    private const string OtherRules = """
        alert udp any any -> $HOME_NET 31337 ( msg:"BackOrifice"; priority:1; metadata:suspect yes; sid:2; )
        alert tcp any any -> $HOME_NET 27374 ( msg:"SubSeven"; flags:S,CE; priority:2; metadata:suspect yes; sid:4; )
        alert tcp any any -> $HOME_NET 12345 ( msg:"NetBus"; flags:S,CE; priority:2; metadata:suspect yes; sid:1; )
        """;

    private const string Site = """
        [site]
        name = "ward"
        home = ["10.1.2.0/24"]
        [groups]
        SERVERS = ["10.1.2.4/30"]
        [[expected]]
        name = "a console"
        source = "203.0.113.5"
        destination = "10.1.2.0/24"
        """;

    // Compiled tables, by their rules and site profile.
    private static readonly Dictionary<(string Rules, string Site), byte[]> Tables = [];

    // Keys of the hashes with which a test is run again: where in its tables a thing lies changes nothing of what is said.
    private static readonly int[] Seeds = [2, 3, 5, 8];

    // What is the same in all lines stands outside of the groups.
    private static readonly Regex Parts = new("^<(?<priority>\\d+)>1 (1970-01-01T)?(?<time>[^ Z]+)Z? tap-000000 tap - (?<kind>\\S+) "
        + "\\[(incident|health)@32473 (?<rest>.*?)\\](\\[timeQuality isSynced=\"0\"\\])?"
        + "\\[meta sequenceId=\"(?<number>\\d+)\" sysUpTime=\"(?<uptime>\\d+)\"\\] (?<sentence>.*)$", RegexOptions.ExplicitCapture);

    private static readonly Regex Quoted = new("\"([^\" ]*)\"");

    private readonly TapSensor _sensor;
    private readonly string? _site;
    private readonly Func<byte[], byte[]> _dress;
    private readonly List<Action<Tapped>> _steps = [];
    private readonly SlotBatch _batch = new(1);
    private uint _sequence = 1000;

    /// <summary>A tap is plugged in.</summary>
    /// <param name="site">Another site profile than the ordinary one.</param>
    public Tapped(string? site = null)
        : this(site, 1, frame => frame)
    {
    }

    private Tapped(string? site, int seed, Func<byte[], byte[]> dress)
    {
        _site = site;
        _dress = dress;
        _sensor = new TapSensor(Load(site), this, seed);
        _sensor.SetWallClock(0);
    }

    public static Lan Lan { get; } = new("10.1.2.0/24");

    /// <summary>What was said.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>What was said last.</summary>
    public string Last => Lines.Count == 0 ? "nothing was said" : Lines[^1];

    /// <summary>The sensor takes the mirror for one of a single direction.</summary>
    public bool IsMirrorOneSided => _sensor.IsMirrorOneSided();

    /// <summary>
    /// All lines, each without what is the same in all and without the quotes that are not needed: priority, time of day, kind,
    /// parameters, sequence number, uptime in centiseconds, sentence.
    /// </summary>
    public string Said => string.Join('\n', Lines.Select(Short));

    /// <summary>A part of the sensor, to be asked by itself.</summary>
    public T Part<T>()
        where T : class => SensorRun.Find<T>(_sensor);

    /// <summary>A home host's address.</summary>
    public static string Home(int host) => FormattableString.Invariant($"10.1.2.{host}");

    /// <summary>A value of a line's incident; empty where it has none.</summary>
    public static string Value(string line, string name)
    {
        int at = line.IndexOf(name + "=\"", StringComparison.Ordinal);
        if (at < 0)
        {
            return string.Empty;
        }

        at += name.Length + 2;
        return line[at..line.IndexOf('"', at)];
    }

    /// <summary>A tap that has seen both directions of a flow, so that it is known to see both.</summary>
    public static Tapped Warm() => new Tapped()
        .At(1, Lan.Ip(Home(200), Home(201)).Udp(4000, 161, new byte[20]))
        .At(1.1, Lan.Ip(Home(201), Home(200)).Udp(161, 4000, new byte[20]));

    public void Alert(byte[] line, int length, int severity) => Lines.Add(Encoding.ASCII.GetString(line, 0, length));

    /// <summary>A frame comes.</summary>
    public Tapped At(double seconds, byte[] frame) => Do(tap =>
    {
        byte[] dressed = tap._dress(frame);
        tap._batch.Count = 0;
        tap._batch.Put(dressed, 0, dressed.Length, dressed.Length, false, (long)(seconds * 1_000_000));
        tap._sensor.Process(tap._batch);
    });

    /// <summary>Time goes on without frames.</summary>
    public Tapped Until(double seconds) => Do(tap => tap._sensor.Tick((long)(seconds * 1_000_000)));

    /// <summary>All ends, and open incidents are closed.</summary>
    public Tapped Finish() => Do(tap => tap._sensor.Finish());

    /// <summary>Nobody knows what time it is.</summary>
    public Tapped LoseClock() => Do(tap => tap._sensor.LoseWallClock());

    /// <summary>Frames are lost.</summary>
    public Tapped Lose(int frames) => Do(tap => tap._sensor.NoteLost(frames));

    /// <summary>Another table comes, of the same home.</summary>
    /// <param name="site">Its site profile; null for the ordinary one.</param>
    public Tapped UseTable(string? site = null) => Do(tap => tap._sensor.UseTable(Load(site), true));

    /// <summary>A table comes that has the same sids in another order, without that of the restricted service.</summary>
    public Tapped UseOtherRules() => Do(tap => tap._sensor.UseTable(Load(null, OtherRules), true));

    /// <summary>
    /// Asserts all that was said, a line each as <see cref="Said"/> has it (an indented line goes on with the one before), and
    /// that the same is said whatever keys the hashes, behind two VLAN tags, which is the longer road, and in the last free
    /// record.
    /// </summary>
    public void Tells(string lines)
    {
        string expected = Unfolded(lines);
        Assert.AreEqual(expected, Said);
        foreach (int seed in Seeds)
        {
            Assert.AreEqual(expected, Again(seed, frame => frame).Said, $"seed {seed}");
        }

        Assert.AreEqual(expected, Again(1, frame => Change.Tagged(frame, (0x88a8, 7), (0x8100, 9))).Said, "behind two tags");
        Assert.AreEqual(expected, Again(1, frame => frame, isFull: true).Said, "in the last free record");
    }

    /// <summary>The same with these keys alone, where they decide what is forgotten first: which of two share a place.</summary>
    public void TellsByItsKeys(string lines) => Assert.AreEqual(Unfolded(lines), Said);

    /// <summary>Hosts of the VLAN speak, so that it is known who lives.</summary>
    public Tapped Heard(double seconds, params int[] hosts)
    {
        foreach (int host in hosts)
        {
            At(seconds, Lan.WhoHas(Home(host), Home(1)));
        }

        return this;
    }

    public Tapped Syn(double seconds, string source, string target, int port, int sourcePort = 0, int ttl = 51, string flags = "S")
    {
        _sequence += 0x10001;
        return At(seconds, (Lan.Ip(source, target) with { TimeToLive = ttl, Identification = (int)(_sequence >> 3) & 0xffff })
            .Tcp(sourcePort == 0 ? PortOf(target, port) : sourcePort, port, flags, _sequence));
    }

    /// <summary>A connection that is accepted, data both ways, and its end, whose numbers tell of the data.</summary>
    public Tapped Talk(double seconds, string source, string target, int port, int sourcePort = 0)
    {
        int from = sourcePort == 0 ? PortOf(target, port) : sourcePort;
        Syn(seconds, source, target, port, from);
        return At(seconds + 0.01, Lan.Ip(target, source).Tcp(port, from, "SA", 500, _sequence + 1))
            .At(seconds + 0.02, Lan.Ip(source, target).Tcp(from, port, "PA", _sequence + 1, 501, payload: new byte[9]))
            .At(seconds + 0.03, Lan.Ip(target, source).Tcp(port, from, "PA", 501, _sequence + 10, payload: new byte[9]))
            .At(seconds + 0.04, Lan.Ip(target, source).Tcp(port, from, "FA", 510, _sequence + 10));
    }

    /// <summary>A SYN by IPv6.</summary>
    public Tapped SynSix(double seconds, string source, string target, int port, int sourcePort, int hopLimit)
    {
        _sequence += 0x10001;
        return At(seconds, (Lan.Ip(source, target) with { TimeToLive = hopLimit }).Tcp(sourcePort, port, "S", _sequence));
    }

    /// <summary>The target's answer to <see cref="Syn"/>.</summary>
    public Tapped Answer(double seconds, string source, string target, int port, string flags = "SA") =>
        At(seconds, Lan.Ip(target, source).Tcp(port, PortOf(target, port), flags, flags == "RA" ? 0 : 500, 1));

    /// <summary>A sweep of SYNs, so many a second.</summary>
    public Tapped Sweep(double start, int port, int first, int hosts, double gap = 0.1, string actor = Actor, int ttl = 51)
    {
        for (int i = 0; i < hosts; i++)
        {
            Syn(start + (i * gap), actor, Home(first + i), port, ttl: ttl);
        }

        return this;
    }

    /// <summary>Asserts values of a line, written as <c>name=value</c>.</summary>
    public static void Has(string line, string kind, string values)
    {
        StringAssert.Contains(line, $" {kind} [incident", StringComparison.Ordinal);
        foreach (string[] pair in values.Split(' ').Select(value => value.Split('=')))
        {
            Assert.AreEqual(pair[1], Value(line, pair[0]), $"{pair[0]} in {line}");
        }
    }

    private static string Unfolded(string lines) => lines.ReplaceLineEndings("\n").Replace("\n    ", " ", StringComparison.Ordinal);

    private Tapped Do(Action<Tapped> step)
    {
        _steps.Add(step);
        step(this);
        return this;
    }

    // The same once more on a new sensor.
    private Tapped Again(int seed, Func<byte[], byte[]> dress, bool isFull = false)
    {
        var tap = new Tapped(_site, seed, dress);
        if (isFull)
        {
            SensorRun.Find<IncidentTable>(tap._sensor).FillAllButTheFirst();
        }

        foreach (Action<Tapped> step in _steps)
        {
            step(tap);
        }

        return tap;
    }

    private static SignatureTable Load(string? site, string rules = Rules)
    {
        byte[]? octets;
        lock (Tables)
        {
            if (!Tables.TryGetValue((rules, site ?? Site), out octets))
            {
                CompiledTable compiled = TableCompiler.CompileText([("t.rules", rules)], ("site.toml", site ?? Site));
                Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
                Tables[(rules, site ?? Site)] = octets = compiled.Table;
            }
        }

        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(octets, octets.Length));
        return table;
    }

    private static string Short(string line)
    {
        Match parts = Parts.Match(line);
        Assert.IsTrue(parts.Success, line);
        string rest = Quoted.Replace(parts.Groups["rest"].Value, "$1");
        return $"{parts.Groups["priority"]} {parts.Groups["time"]} {parts.Groups["kind"]} {rest} #{parts.Groups["number"]} "
            + $"{parts.Groups["uptime"]}: {parts.Groups["sentence"]}";
    }

    // Jumps about, so that no tool's order shows.
    private static int PortOf(string target, int port)
    {
        int host = int.Parse(target[(target.LastIndexOf('.') + 1)..], null);
        return 2000 + (((host * 7919) + (port * 104729)) % 20000);
    }
}
