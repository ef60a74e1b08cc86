using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Appliance.Playback;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>A sensor on an imaging VLAN, 10.1.2.0/24, that is told of frames one by one and whose time goes on as a test says.</summary>
internal sealed class Tapped : IAlertSink
{
    /// <summary>Somebody outside.</summary>
    public const string Actor = "203.0.113.66";

    private const string Rules = """
        alert tcp any any -> $HOME_NET 12345 ( msg:"NetBus"; flags:S,CE; priority:2; metadata:suspect yes; sid:1; )
        alert tcp any any -> $SERVERS 5900 ( msg:"VNC"; flags:S,CE; flow:stateless; metadata:kind restricted-service; sid:3; )
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

    private static readonly Lazy<byte[]> Table = new(() =>
    {
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", Rules)], ("site.toml", Site));
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        return compiled.Table;
    });

    private readonly TapSensor _sensor;
    private readonly SlotBatch _batch = new(1);
    private uint _sequence = 1000;

    public Tapped()
    {
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(Table.Value, Table.Value.Length));
        _sensor = new TapSensor(table, this, 1);
        _sensor.SetWallClock(0);
    }

    public static Lan Lan { get; } = new("10.1.2.0/24");

    /// <summary>What was said.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>What was said last.</summary>
    public string Last => Lines.Count == 0 ? "nothing was said" : Lines[^1];

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

    public void Alert(byte[] line, int length, int severity) => Lines.Add(Encoding.ASCII.GetString(line, 0, length));

    /// <summary>A frame comes.</summary>
    public Tapped At(double seconds, byte[] frame)
    {
        _batch.Count = 0;
        _batch.Put(frame, 0, frame.Length, frame.Length, false, (long)(seconds * 1_000_000));
        _sensor.Process(_batch);
        return this;
    }

    /// <summary>Time goes on without frames.</summary>
    public Tapped Until(double seconds)
    {
        _sensor.Tick((long)(seconds * 1_000_000));
        return this;
    }

    /// <summary>All ends, and open incidents are closed.</summary>
    public Tapped Finish()
    {
        _sensor.Finish();
        return this;
    }

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

    /// <summary>The target's answer to <see cref="Syn"/>.</summary>
    public Tapped Answer(double seconds, string source, string target, int port, string flags = "SA") =>
        At(seconds, Lan.Ip(target, source).Tcp(port, PortOf(target, port), flags, flags == "RA" ? 0 : 500, 1));

    /// <summary>A sweep of SYNs, so many a second.</summary>
    public Tapped Sweep(double start, int port, int first, int hosts, double gap = 0.1, string actor = Actor)
    {
        for (int i = 0; i < hosts; i++)
        {
            Syn(start + (i * gap), actor, Home(first + i), port);
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

    // Jumps about, so that no tool's order shows.
    private static int PortOf(string target, int port)
    {
        int host = int.Parse(target[(target.LastIndexOf('.') + 1)..], null);
        return 2000 + (((host * 7919) + (port * 104729)) % 20000);
    }
}
