using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.SignatureTool;
using Appliance.SignatureTool.Keys;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Fakes;

/// <summary>Tables as sigtab compiles them.</summary>
internal static class TestTables
{
    /// <summary>A rule that a NetBus probe matches and ordinary traffic does not.</summary>
    public const string Probe = """
        alert tcp $EXTERNAL_NET any -> $HOME_NET [12345,12346] ( msg:"NetBus probe"; flags:S,CE; flow:stateless; priority:2;
            metadata:suspect yes; sid:1900101; rev:1; )

        """;

    /// <summary>A rule that every TCP frame matches.</summary>
    public const string Everything = """
        alert tcp any any -> any any ( msg:"everything"; sid:1900102; rev:1; )

        """;

    private const string Home = "home = [\"128.231.212.0/23\"]";

    /// <summary>The built-in table of the tests' image: the shipped rules, for no site.</summary>
    public static byte[] BuiltIn { get; } = Compile(Shipped(), "*", "udp://192.0.2.10:514", new CompileOptions { IsBuiltIn = true });

    /// <summary>Compiles a table; with an empty collector one that names none.</summary>
    public static byte[] Make(uint sequence, string site = "imaging", string rules = Probe,
        string collector = "udp://192.0.2.10:514",
        bool rehome = false, bool force = false, params TrustedKey[] retired) =>
        Make(new CompileOptions { Rehome = rehome, ForceDryRun = force, Retired = [.. retired.Select(k => KeyId.Of(k.Point))] }, sequence, site,
            rules, collector);

    /// <summary>Compiles a table with what only some tables say.</summary>
    public static byte[] Make(CompileOptions options, uint sequence, string site = "imaging", string rules = Probe,
        string collector = "udp://192.0.2.10:514", string board = "") =>
        Compile(rules, site, collector, options with
        {
            Sequence = sequence,
            Built = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000),
            AllowEmpty = true,
        }, board);

    /// <summary>The built-in table for another home.</summary>
    /// <param name="network">Its only network.</param>
    public static byte[] OfHome(string network) => Compile(Shipped(), "*", "udp://192.0.2.10:514",
        new CompileOptions { IsBuiltIn = true }, home: $"home = [\"{network}\"]");

    private static byte[] Compile(string rules, string site, string collector, CompileOptions options, string board = "",
        string home = Home)
    {
        string named = collector.Length == 0 ? string.Empty : $"""
            [collector]
            address = "{collector}"
            """;
        string profile = $"""
            [site]
            name = "{site}"
            {(board.Length == 0 ? string.Empty : $"board = \"{board}\"")}
            {home}
            [groups]
            DNS_SERVERS = ["128.231.212.53"]
            {named}
            [clock]
            server = "192.0.2.1"
            """;
        CompiledTable compiled = TableCompiler.CompileText([("rules", rules)], ("site", profile), options);
        Assert.IsNotNull(compiled.Table, string.Join(Environment.NewLine, compiled.Diagnostics));
        return compiled.Table;
    }

    private static string Shipped()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "tables");
        IEnumerable<string> files = Directory.EnumerateFiles(folder, "*.rules").Order(StringComparer.Ordinal);
        return string.Join('\n', files.Select(File.ReadAllText));
    }
}
