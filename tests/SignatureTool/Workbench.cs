using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>Compiles rules for a small site and matches frames against them, as the device does: from a slot.</summary>
internal sealed class Workbench
{
    public const string Site = """
        [site]
        name = "ward-3"
        home = ["10.1.0.0/16", "2001:db8:1::/48"]
        [groups]
        DNS_SERVERS = ["10.1.0.53"]
        MODALITIES = ["10.1.7.0/24"]
        [collector]
        address = "udp://192.0.2.10:514"
        """;

    private readonly SignatureMatcher _matcher;
    private readonly Frame _frame = new();

    public Workbench(string rules, string site = Site)
    {
        Compiled = TableCompiler.CompileText([("t.rules", rules)], ("site.toml", site));
        Assert.IsNotNull(Compiled.Table, string.Join('\n', Compiled.Diagnostics));
        Assert.AreEqual(TableProblem.None, Table.Load(Compiled.Table, Compiled.Table.Length));
        _matcher = new SignatureMatcher(Table);
    }

    public CompiledTable Compiled { get; }

    public SignatureTable Table { get; } = new();

    /// <summary>The sids that a frame matches, ascending.</summary>
    public int[] Sids(byte[] frame, long stamp = 0)
    {
        byte[] slot = new byte[SlotBatch.SlotLength];
        int captured = Math.Min(frame.Length, slot.Length);
        frame.AsSpan(0, captured).CopyTo(slot);
        _frame.Decode(slot, 0, captured, frame.Length);
        int count = _matcher.Match(_frame, stamp);
        return [.. _matcher.Matches.Take(count).Select(s => Table.Sid(s)).Order()];
    }

    /// <summary>What is said about rules, one line each; no table has to come of them.</summary>
    public static IReadOnlyList<string> Complaints(string rules, string site = Site)
    {
        return [.. TableCompiler.CompileText([("t.rules", rules)], ("site.toml", site)).Diagnostics.Select(d => d.ToString())];
    }
}
