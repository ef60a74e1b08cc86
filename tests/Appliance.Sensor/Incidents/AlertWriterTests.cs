using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;
using Appliance.Sensor.Tests.Lines;
using Appliance.SignatureTool;
using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Incidents;

/// <summary>Every line is an RFC 5424 message of at most 480 octets, whatever an incident has come to.</summary>
[TestClass]
public sealed class AlertWriterTests
{
    private const int LongAgo = 955_084_927;

    private static readonly string[] Always = ["id", "state", "severity", "sid", "proto", "src", "srcs", "dst", "dsts", "dport",
        "frames"];

    private static readonly string[] Optional =
    [
        "name", "answeredBy", "hosts", "dur", "ttl", "flags", "sport", "stride", "unseen", "answered", "refused", "silent", "dark",
        "related", "list", "period", "group", "expected", "lost", "dports", "tool",
    ];

    private static readonly string[] Kinds =
        ["sweep", "port-scan", "distributed-probe", "restricted-service", "inverse-map", "dark-host", "broadcast",
            "suspect-service", "scan"];

    private static readonly string[] States = ["open", "update", "folded", "closed"];

    private static readonly int[] Edges = [0, 1, 9, 10, 99, 100, 65535, int.MaxValue];

    private static readonly SignatureTable Table = Load();

    [TestMethod]
    public void EveryKindAtAllItsMaximaFits()
    {
        var incidents = new IncidentTable();
        var origin = new LineOrigin(int.MaxValue);
        origin.UseHost(LineBuffer.Word("a-hostname-of-24-octets."));
        origin.UseBoot(int.MaxValue);
        AlertWriter writer = Writer(incidents, origin);
        SetSequence(origin, int.MaxValue - 1);
        int checkedLines = 0;
        foreach (int version in new[] { 6, 4, 0 })
        {
            for (int kind = 0; kind < Kind.Count; kind++)
            {
                foreach (int order in new[] { 0, 1, 2 })
                {
                    FillWithMaxima(incidents, kind, version, order);
                    NameAll(incidents);
                    for (int state = 0; state < States.Length; state++)
                    {
                        foreach (bool isNamed in new[] { false, true })
                        {
                            foreach (bool hasClock in new[] { true, false })
                            {
                                writer.HasClock = hasClock;
                                int into = state == AlertWriter.StateFolded ? int.MaxValue : -1;
                                SyslogMessage message = CheckLine(incidents, writer, state, 5, into, int.MaxValue, int.MaxValue,
                                    isNamed ? Named(version) : null);
                                Assert.AreEqual("2147483647", message.ProcessId);
                                Assert.AreEqual("incident@2147483647", message.Elements[0].Id);
                                checkedLines++;
                            }
                        }
                    }
                }
            }
        }

        Assert.AreEqual(3 * Kinds.Length * 3 * 4 * 2 * 2, checkedLines);
    }

    [TestMethod]
    public void WhateverAnIncidentHoldsTheLineIsValid()
    {
        Gen<int> number = Gen.OneOf(Gen.Int[0, Edges.Length - 1].Select(i => Edges[i]), Gen.Int[0, int.MaxValue], Gen.Int[0,
            70000]);
        Gen.Select(Gen.Int[0, Kind.Count - 1], Gen.Int[0, 2].Select(i => i == 0 ? 0 : 2 + (2 * i)), number.Array[Column.Count],
            Gen.Int[0, 3], Gen.Int[0, 511], number)
            .Sample(
                given =>
                {
                    (int kind, int version, int[] numbers, int state, int bits, int more) = given;
                    var incidents = new IncidentTable();
                    AlertWriter writer = Writer(incidents);
                    writer.HasClock = (bits & 1) != 0;
                    Fill(incidents, kind, version, numbers, bits);
                    if ((bits & 256) != 0)
                    {
                        NameAll(incidents);
                    }

                    CheckLine(incidents, writer, state, 1 + (bits % 5), state == AlertWriter.StateFolded ? more | 1 : -1, more,
                        more);
                },
                iter: 10_000);
    }

    [TestMethod]
    public void SeverityIsSyslogsTurnedRoundInFacility10()
    {
        var incidents = new IncidentTable();
        AlertWriter writer = Writer(incidents);
        FillWithMaxima(incidents, Kind.Sweep, 4, 1);
        for (int severity = 1; severity <= 5; severity++)
        {
            SyslogMessage message = CheckLine(incidents, writer, AlertWriter.StateOpen, severity, -1, 0, 1);
            Assert.AreEqual((10 * 8) + 7 - severity, message.Priority);
            Assert.AreEqual($"{severity}", message.Elements[0].Parameters[2].Value);
        }
    }

    [TestMethod]
    [DataRow("1970-01-01T00:00:00.000Z")]
    [DataRow("2000-02-29T23:59:59.999Z")]
    [DataRow("2000-04-07T05:22:07.776Z")]
    [DataRow("2024-02-29T00:00:00.001Z")]
    [DataRow("2099-12-31T23:59:59.999Z")]
    public void TheTimeIsThatOfTheNewestFrame(string text)
    {
        var incidents = new IncidentTable();
        AlertWriter writer = Writer(incidents);
        FillWithMaxima(incidents, Kind.PortScan, 4, 0);
        incidents.Wall[0] = (DateTimeOffset.Parse(text, null).ToUnixTimeMilliseconds() * 1000) + 999;

        Assert.AreEqual(text, CheckLine(incidents, writer, AlertWriter.StateOpen, 1, -1, 0, 1).Timestamp);
    }

    [TestMethod]
    public void WithoutAClockTheLineHasNoTimeAndSaysSo()
    {
        var incidents = new IncidentTable();
        AlertWriter writer = Writer(incidents);
        writer.HasClock = false;
        FillWithMaxima(incidents, Kind.PortScan, 4, 0);
        SyslogMessage message = CheckLine(incidents, writer, AlertWriter.StateOpen, 1, -1, 0, 1);

        Assert.AreEqual("-", message.Timestamp);
        CollectionAssert.AreEqual(new[] { "incident@32473", "timeQuality", "meta" }, message.Elements.Select(e =>
            e.Id).ToArray());
    }

    [TestMethod]
    public void SequencesCountFrom1AndGoOnWith1BehindTheirMaximum()
    {
        var incidents = new IncidentTable();
        var origin = new LineOrigin(32473);
        AlertWriter writer = Writer(incidents, origin);
        FillWithMaxima(incidents, Kind.Sweep, 4, 0);
        Assert.AreEqual("1", Sequence());
        Assert.AreEqual("2", Sequence());
        SetSequence(origin, int.MaxValue - 1);
        Assert.AreEqual("2147483647", Sequence());
        Assert.AreEqual("1", Sequence());

        string Sequence() => CheckLine(incidents, writer, AlertWriter.StateOpen, 1, -1, 0, 1).Elements[^1].Parameters[0].Value;
    }

    private static SyslogMessage CheckLine(IncidentTable incidents, AlertWriter writer, int state, int severity, int into,
        int lost, int now, Probe? named = null)
    {
        // What is cut off the end stays behind it in the buffer: there a cut is seen to be at a space.
        Array.Clear(writer.Buffer);
        int length = writer.WriteIncident(0, state, severity, into, lost, now, named);
        SyslogMessage message = SyslogMessage.Read(writer.Buffer, length);
        // Where a parameter of little worth went after all was written, what stands behind is not what was cut.
        Assert.IsTrue(message.Timestamp == "-" || writer.Buffer[length] is 0 or (byte)' ' or (byte)',' or (byte)':',
            $"a word is halved: {message}");
        Assert.IsFalse(message.Message.EndsWith(' ') || message.ToString().EndsWith(' '), $"ends in a space: {message}");
        int[] cells = incidents.Cells;
        Assert.AreEqual(Kinds[incidents.KindOf(0)], message.MessageId);
        Assert.AreEqual("meta", message.Elements[^1].Id, message.ToString());
        CollectionAssert.AreEqual(new[] { "sequenceId", "sysUpTime" }, message.Elements[^1].Parameters.Select(p =>
            p.Name).ToArray());
        Assert.AreEqual($"{now}", message.Elements[^1].Parameters[1].Value);

        List<(string Name, string Value)> parameters = message.Elements[0].Parameters;
        CollectionAssert.AreEqual(Always, parameters.Take(Always.Length).Select(p => p.Name).ToArray(), message.ToString());
        Assert.AreEqual($"{cells[Column.Id]}", parameters[0].Value);
        Assert.AreEqual(States[state], parameters[1].Value);
        Assert.AreEqual($"{severity}", parameters[2].Value);
        Assert.AreEqual($"{cells[Column.Sources]}", parameters[6].Value);
        Assert.AreEqual($"{cells[Column.Frames]}", parameters[10].Value);

        Assert.AreEqual((10 * 8) + 7 - severity, message.Priority, message.ToString());
        List<(string Name, string Value)> more = [.. parameters.Skip(Always.Length)];
        if (state == AlertWriter.StateFolded)
        {
            Assert.AreEqual(("into", $"{into}"), more[^1], message.ToString());
            more.RemoveAt(more.Count - 1);
        }

        // Where it was is kept to the last.
        Assert.AreEqual(("site", "tag-of-12-oc"), more[^1], message.ToString());
        more.RemoveAt(more.Count - 1);
        string[] known = Known(incidents, lost);
        if (incidents.Answerers.CountOf(0) + incidents.Asked.CountOf(0) > 0)
        {
            // The name gives way to who answered and was asked; an address of 39 characters may find no room even then.
            known = [.. known.Where(name => name is not ("name" or "answeredBy" or "hosts") || more.Any(p => p.Name == name))];
        }

        if (message.Timestamp == "-")
        {
            // Words come first there.
            known = [.. known.Where(name => name is not ("dur" or "ttl" or "flags") || more.Any(p => p.Name == name))];
        }

        string[] names = [.. more.Select(p => p.Name)];
        CollectionAssert.AreEqual(known.Take(names.Length).ToArray(), names, $"not left out from the end: {message}");
        Assert.IsTrue(names.Length == known.Length || message.Message.Length == 0 || length > 480 - 150,
            $"left out for no need: {message}");
        foreach ((string name, string value) in more)
        {
            string whole = ValueOf(incidents, name, lost);
            Assert.IsTrue(value == whole || (name is "answeredBy" or "hosts"
                && whole.StartsWith(value.TrimEnd('+'), StringComparison.Ordinal)
                && value.EndsWith('+')) || (name == "dports" && whole.StartsWith(value + ",", StringComparison.Ordinal)),
                $"{name}: {value} is not {whole}: {message}");
        }

        return message;
    }

    /// <summary>The optional parameters that an incident has, were there room.</summary>
    private static string[] Known(IncidentTable incidents, int lost) =>
        [.. Optional.Where(name => ValueOf(incidents, name, lost) is not ("" or "0") || name == "dur" || IsFlags(name,
            incidents.Cells))];

    private static bool IsFlags(string name, int[] cells) => name == "flags" && cells[Column.Protocol] == 6
        && cells[Column.Flags] >= 0;

    private static string ValueOf(IncidentTable incidents, string name, int lost)
    {
        int[] cells = incidents.Cells;
        int kind = cells[Column.Kind];
        return name switch
        {
            "answeredBy" => cells[Column.Answered] <= 0 ? "" : Names(incidents, incidents.Answerers),
            "hosts" => kind is not (Kind.RestrictedService or Kind.DarkHost) || cells[Column.Size] <= 1
                || cells[Column.Answered] >= cells[Column.Size] ? "" : Names(incidents, incidents.Asked),
            "name" => cells[Column.Signature] < 0 ? "" : "a name of 24 octets - ab",
            "dur" => $"{(cells[Column.Last] - cells[Column.First]) / 100}",
            "ttl" => cells[Column.TtlLow] == cells[Column.TtlHigh] || cells[Column.TtlLow] == 0
                ? $"{cells[Column.TtlLow]}" : $"{cells[Column.TtlLow]}-{cells[Column.TtlHigh]}",
            "flags" => IsFlags(name, cells) ? Flags(cells[Column.Flags]) : "",
            "sport" => Positive(cells[Column.SourcePort]),
            "stride" => incidents.StrideOf(0) switch { 1 => "sport", 2 => "ipid", _ => "" },
            "unseen" => Positive(incidents.UnseenOf(0, incidents.StrideOf(0))),
            "answered" => Positive(cells[Column.Answered]),
            "refused" => Positive(cells[Column.Refused]),
            "silent" => Positive(cells[Column.Silent]),
            "dark" => Positive(cells[Column.Dark]),
            "related" => Positive(cells[Column.Related]),
            "list" => kind == Kind.Sweep ? Positive(cells[Column.List]) : "",
            "period" => Period(cells[Column.Period]),
            "group" => cells[Column.Group] < 0 ? "" : "GROUP_OF_24_OCTETS_ABCDE",
            "expected" => cells[Column.Expected] < 0 ? "" : "an expected name of 32 octets ab",
            "lost" => Positive(lost - cells[Column.LostBefore]),
            _ => kind == Kind.InverseMap || cells[Column.Ports] == 0 ? "" : Ports(incidents),
        };
    }

    // The open ones first.
    private static string Ports(IncidentTable incidents)
    {
        IEnumerable<int> open = incidents.IsOfPorts(0)
            ? Enumerable.Range(0, incidents.Answerers.CountOf(0)).Select(i => incidents.Answerers.NumberAt(0, i)) : [];
        return string.Join(',', open.Concat(incidents.Ports.Take(incidents.Cells[Column.Ports]).Select(port => (int)port))
            .Distinct().Take(16));
    }

    private static string Names(IncidentTable incidents, NamedTargets names)
    {
        bool isSix = incidents.Cells[Column.Version] == 6 && !incidents.IsOfPorts(0);
        return names.CountOf(0) == 0 ? "" : string.Join(',', Enumerable.Range(0, names.CountOf(0)).Select(i => isSix
            ? new System.Net.IPAddress(names.Octets.AsSpan(names.At(0, i), 16)).ToString()
            : incidents.IsOfPorts(0) ? $"{names.NumberAt(0, i)}"
            : new System.Net.IPAddress(BitConverter.GetBytes(System.Net.IPAddress.HostToNetworkOrder(names.NumberAt(0, i))))
                .ToString())) + "+";
    }

    // As many as there is room for, each as long as it can be; and each count says that there are more.
    private static void NameAll(IncidentTable incidents)
    {
        bool isSix = incidents.Cells[Column.Version] == 6 && !incidents.IsOfPorts(0);
        foreach (NamedTargets names in new[] { incidents.Answerers, incidents.Asked })
        {
            for (int i = 0; i < 20; i++)
            {
                if (isSix)
                {
                    names.NameIpv6(0, [.. Enumerable.Repeat((byte)(0xf0 + i), 16)], 0);
                }
                else
                {
                    names.NameNumber(0, incidents.IsOfPorts(0) ? 64535 - i : -1 - i);
                }
            }
        }

        bool hasHosts = incidents.Cells[Column.Kind] is Kind.RestrictedService or Kind.DarkHost;
        incidents.Cells[Column.Answered] = hasHosts ? 100 : Math.Max(incidents.Cells[Column.Answered], 100);
        incidents.Cells[Column.Size] = Math.Max(incidents.Cells[Column.Size], 200);
    }

    private static AlertWriter Writer(IncidentTable incidents, LineOrigin? origin = null) =>
        new(incidents, new Sensor.Incidents.Severity(incidents, Table), Table, origin ?? new LineOrigin(Table.Enterprise));

    private static string Positive(int number) => number > 0 ? $"{number}" : "";

    private static string Flags(int flags)
    {
        string letters = string.Concat("SFRPAUEC".Zip(new[] { 2, 1, 4, 8, 16, 32, 64, 128 }, (c, bit) => (flags & bit) != 0
            ? $"{c}" : ""));
        return letters.Length == 0 ? "0" : letters;
    }

    private static string Period(int centiseconds)
    {
        int tenths = (centiseconds + 5) / 10;
        return centiseconds <= 0 ? "" : tenths % 10 != 0 && tenths < 1000 ? $"{tenths / 10}.{tenths % 10}" : $"{tenths / 10}";
    }

    private static void FillWithMaxima(IncidentTable incidents, int kind, int version, int order)
    {
        int[] numbers = [.. Enumerable.Repeat(int.MaxValue, Column.Count)];
        Fill(incidents, kind, version, numbers, 511);
        int[] cells = incidents.Cells;
        cells[Column.Period] = Limits.StoryGap;
        cells[Column.TtlLow] = 106;
        cells[Column.TtlHigh] = 255;
        cells[Column.Flags] = 255;
        cells[Column.Protocol] = 6;
        cells[Column.SourcePort] = order == 1 ? -1 : 65535;
        if (order != 0)
        {
            cells[Column.Size] = 3;
            cells[Column.TargetLow] = 0;
            cells[Column.TargetSpan] = 65535;
            cells[Column.StrideSlip] = 0;
            cells[Column.IdOrders] = 3 << 8;
        }
    }

    /// <summary>An incident whose columns are what the trackers may write into them.</summary>
    private static void Fill(IncidentTable incidents, int kind, int version, int[] numbers, int bits)
    {
        byte[] addresses = new byte[32];
        for (int i = 0; i < addresses.Length; i++)
        {
            addresses[i] = (byte)(0xff - (i & 1));
        }

        var probe = new Probe
        {
            Version = version,
            Actor = -1,
            Target = -2,
            Protocol = version == 0 ? -1 : 6,
            Addresses = addresses,
            DestinationAt = 16,
            Signature = -1,
            Expected = -1,
            Wall = LongAgo * 1_000_000L,
        };
        incidents.Open(0, kind, probe, 0);
        int[] cells = incidents.Cells;
        int[] counts =
        [
            Column.Id, Column.Sources, Column.Destinations, Column.Frames, Column.Size, Column.Answered, Column.Refused,
            Column.Silent,
            Column.Dark, Column.Related, Column.List, Column.Run, Column.Last,
        ];
        foreach (int column in counts)
        {
            cells[column] = numbers[column];
        }

        cells[Column.Id] |= 1;
        cells[Column.First] = 0;
        cells[Column.Port] = numbers[Column.Port] & 0xffff;
        cells[Column.TtlLow] = numbers[Column.TtlLow] & 255;
        cells[Column.TtlHigh] = Math.Max(cells[Column.TtlLow], numbers[Column.TtlHigh] & 255);
        cells[Column.HopsHigh] = numbers[Column.HopsHigh] & 127;
        cells[Column.Flags] = (numbers[Column.Flags] & 511) - 1 is int flags && flags < 256 ? flags : -1;
        cells[Column.SourcePort] = (numbers[Column.SourcePort] & 0x1ffff) - 1 is int port && port < 65536 ? port : -1;
        cells[Column.TargetLow] = numbers[Column.TargetLow] & 0x7fff;
        cells[Column.TargetSpan] = numbers[Column.TargetSpan] & 0xffff;
        int period = numbers[Column.Period] % Limits.StoryGap;
        cells[Column.Period] = period < Limits.AttemptGap ? 0 : period;
        cells[Column.Signature] = (bits & 2) != 0 ? 0 : -1;
        cells[Column.Group] = (bits & 4) != 0 ? 0 : -1;
        cells[Column.Expected] = (bits & 8) != 0 ? 0 : -1;
        cells[Column.Form] = (bits & 16) != 0 ? Broadcasts.NetworkAddress : 0;
        int whole = version == 6 ? 128 : 32;
        cells[Column.SourceLength] = (bits & 32) != 0 ? whole : numbers[Column.SourceLength] % whole;
        cells[Column.DestinationLength] = (bits & 64) != 0 ? whole - 1 : numbers[Column.DestinationLength] % whole;
        int ports = (bits & 128) != 0 ? Limits.ListedPorts : numbers[Column.Ports] % Limits.ListedPorts;
        for (int i = 0; i < ports; i++)
        {
            incidents.ListPort(0, 65535 - i);
        }
    }

    private static Probe Named(int version) => new()
    {
        Version = version == 6 ? 6 : 4,
        Actor = -1,
        Addresses = [.. Enumerable.Repeat((byte)0xff, 32)],
        DestinationAt = 16,
        Wall = LongAgo * 1_000_000L,
    };

    // Two billion lines take too long to write.
    private static void SetSequence(LineOrigin origin, int value) =>
        typeof(LineOrigin).GetField("_sequence",
            System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!
            .SetValue(origin, value);

    private static SignatureTable Load()
    {
        const string Rules =
            "alert tcp any any -> $GROUP_OF_24_OCTETS_ABCDE any ( msg:\"a name of 24 octets - ab\"; flags:S; sid:2147483647; )";
        const string Site = """
            [site]
            tag = "tag-of-12-oc"
            home = ["10.0.0.0/8"]
            [groups]
            GROUP_OF_24_OCTETS_ABCDE = ["10.0.0.1"]
            [[expected]]
            name = "an expected name of 32 octets ab"
            source = "10.0.0.2"
            """;
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", Rules)], ("site.toml", Site));
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(compiled.Table, compiled.Table.Length));
        return table;
    }
}
