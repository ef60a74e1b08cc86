using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using Appliance.Playback;
using Appliance.Playback.Alerts;
using Appliance.Playback.Captures;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.DryRun;
using Appliance.SignatureTool.Learning;
using Appliance.SignatureTool.Rules;

namespace Appliance.SignatureTool.Commands;

/// <summary><c>sigtab learn</c></summary>
internal static class LearnCommand
{
    private const string DefaultName = "proposed-site";

    public static Command Make()
    {
        Argument<string[]> inputs = new("CAPTURE|LINES")
        {
            Description = "Captures (pcap, pcapng) of a quiet day or more, or a collector's lines; not both.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> name = new("--name") { Description = "The site's name.", HelpName = "NAME" };
        Option<string[]> home = new("--home")
        {
            Description = "The home networks, where the captures' own ARP should not decide.",
            HelpName = "NETWORK",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("learn",
            """
            Proposes a site profile from what captures, or a collector's lines, show: home networks, groups by what is served and asked, and
            [[expected]] entries for what is told and ordinary; each with its reason in a comment. It is a proposal: read it before
            you sign it.

            Nothing that a signature calls suspect is explained, and nobody from outside.

            Examples:
              sigtab learn monday.pcap tuesday.pcap > ward.toml
              sigtab learn /var/log/tap.log --home 10.1.2.0/24
            """)
        {
            inputs, name, home,
        };
        command.SetAction(result =>
        {
            string[] paths = result.GetRequiredValue(inputs);
            string site = result.GetValue(name) ?? DefaultName;
            string[] networks = result.GetValue(home) ?? [];
            if (!RuleName.IsClean(site) || site is "" or "*")
            {
                Console.Error.WriteLine("error: --name: has printable ASCII characters and no '\"', '\\' or ']'");
                return ExitCode.WrongUsage;
            }

            foreach (string network in networks)
            {
                if (AddressListParser.ReadRange(network, out _) is not { Version: 4 })
                {
                    Console.Error.WriteLine($"error: --home: '{network}' is no IPv4 network; write 10.1.2.0/24");
                    return ExitCode.WrongUsage;
                }
            }

            try
            {
                bool[] areCaptures = [.. paths.Select(IsCapture)];
                if (areCaptures.Distinct().Count() > 1)
                {
                    Console.Error.WriteLine($"error: {paths[Array.IndexOf(areCaptures, true)]} is a capture and "
                        + $"{paths[Array.IndexOf(areCaptures, false)]} is not; "
                        + "give captures or lines");
                    return ExitCode.WrongUsage;
                }

                return areCaptures[0] ? FromCaptures(paths, site, networks) : FromLines(paths, site, networks);
            }
            catch (Exception e) when (e is CaptureException or LogException)
            {
                Console.Error.WriteLine($"error: {e.Message}");
                return ExitCode.Unusable;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                return Files.Complain("learn", e.Message);
            }
        });
        return command;
    }

    /// <summary>The signatures that nobody satisfies in good faith, of the shipped rules.</summary>
    public static IReadOnlySet<long> SuspectSids()
    {
        CompiledTable compiled = TableCompiler.CompileText(ShippedRules.All(), ("any", Minimal("0.0.0.0/0")));
        return compiled.Catalogue.Entries.Where(e => e.Suspect).Select(e => (long)e.Sid).ToHashSet();
    }

    /// <summary>Whether a file is a capture, by its first octets.</summary>
    public static bool IsCapture(string path)
    {
        if (path == "-")
        {
            throw new LogException("standard input can be read once only, and learn reads twice; give a file", new NotSupportedException());
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] head = new byte[4];
            int length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (length >= 2 && head[0] == 0x1f && head[1] == 0x8b)
            {
                file.Position = 0;
                using var unpacked = new GZipStream(file, CompressionMode.Decompress);
                length = unpacked.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            }

            uint magic = length < head.Length ? 0 : BitConverter.ToUInt32(head);
            return magic is 0xa1b2c3d4 or 0xd4c3b2a1 or 0xa1b23c4d or 0x4d3cb2a1 or 0x0a0d0d0a;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException
            or InvalidDataException)
        {
            throw new LogException($"can't read {Problem.Describe(path, e)}", e);
        }
    }

    private static int FromCaptures(string[] paths, string site, string[] networks)
    {
        var census = new Census();
        EachFrame(paths, _ => { }, census.Take);
        bool isByArp = false;
        List<HomeNetwork> home = networks.Length > 0 ? [.. networks.Select(Given)] : HomeFinder.Find(census, out isByArp);
        if (home.Count == 0)
        {
            Console.Error.WriteLine("error: no host of a home network was seen (no ARP, and no private address that sends); name it "
                + "with --home");
            return ExitCode.Unusable;
        }

        // The groups decide what is restricted; who is told of then speaks for no group.
        var groups = new GroupFinder(census, home, new HashSet<uint>()).Find();
        string homes = string.Join("\", \"", home);
        IReadOnlyList<Told> told = Told.Of(Run(paths, Minimal(homes) + Groups(groups)).Select(i => i.Newest));
        var finder = new EntryFinder(a => home.Find(h => h.Has(a))?.ToString(), SuspectSids(), census);
        List<Decision> decisions = [.. told.Select(finder.Decide)];
        HashSet<uint> suspects = [.. decisions.Where(d => d.Entry is null).Select(d => d.Told.Source).OfType<uint>()];
        // An archive that looks for what is off at night is no intruder; one whom nobody answers is, whoever asks him for names.
        HashSet<uint> failed = [.. decisions.Where(d => d.Entry is null && finder.HasFailed(d.Told)).Select(d => d.Told.Source)
            .OfType<uint>()];
        var relied = new GroupFinder(census, home, suspects);
        suspects.ExceptWith([.. groups.Where(g => g.Name is "DNS_SERVERS" or "PACS").SelectMany(g => g.Members).Select(m => m.Host)
            .Where(h => !failed.Contains(h) && relied.IsRelied(h))]);
        groups = new GroupFinder(census, home, suspects).Find();
        List<(string, string)> homeWords = [.. home.Select(h => (h.ToString(), networks.Length > 0 ? "as --home says"
            : isByArp ? $"{h.Hosts} of its addresses speak ARP here"
                : $"{h.Hosts} private addresses of it send; there is no ARP"))];
        List<string> head =
        [
            $"Proposed by sigtab learn from {Words.Count(paths.Length, "capture")}: "
                + $"{census.Frames.ToString("N0", CultureInfo.InvariantCulture)} frames of "
                + $"{Words.Count(census.Days.Count, "day")}. Read each entry before you sign it.",
        ];
        if (census.Days.Count < 2)
        {
            head.Add("The captures are of one day: what is done again every day can't be told from what was done once, so no habit is "
                + "proposed.");
        }

        if (census.FramesOfSix > 0)
        {
            head.Add($"{census.FramesOfSix.ToString("N0", CultureInfo.InvariantCulture)} frames are IPv6, which is left out here: add "
                + "its networks yourself.");
        }

        string text = ProposalText.Profile(site, head, homeWords, groups, decisions, finder.Untold(decisions));
        Console.Out.Write(text);
        TellWhatItDoes(paths, text, told.Count);
        return ExitCode.Done;
    }

    // The proposal over the same captures: what is still told, and what is told as expected.
    private static void TellWhatItDoes(string[] paths, string text, int before)
    {
        IReadOnlyList<Incident> after = Run(paths, text);
        int expected = after.Count(i => i.Newest["expected"].Length > 0);
        Console.Error.WriteLine($"sigtab: without entries these captures give {Words.Count(before, "incident")}; with the proposal "
            + $"{after.Count}, of which "
            + $"{expected} {(expected == 1 ? "is" : "are")} told as expected");
    }

    private static int FromLines(string[] paths, string site, string[] networks)
    {
        var log = new LineLog();
        foreach (string path in paths)
        {
            log.Take(path);
        }

        if (log.Read == 0)
        {
            Console.Error.WriteLine($"error: no line of a box was found in {string.Join(", ", paths)}, and no capture");
            return ExitCode.Unusable;
        }

        if (log.Unread > 0)
        {
            Console.Error.WriteLine($"sigtab: {Words.Count(log.Unread, "line")} of other programs, or that can't be read, passed over");
        }

        List<HomeNetwork> given = [.. networks.Select(Given)];
        bool IsHome(uint address) => given.Count > 0 ? given.Exists(h => h.Has(address)) : Census.IsPrivate(address);
        List<Told> told = Told.Of(log.Newest);
        var inventory = new InventoryFinder(log.Hosts);
        var finder = new EntryFinder(a => IsHome(a) ? "" : null, SuspectSids(), null);
        List<Decision> decisions = [.. told.Select(finder.Decide)];
        List<string> head =
        [
            $"Proposed by sigtab learn from {Words.Count(log.Read, "line")} with {Words.Count(told.Count, "incident")}. Read each "
                + $"entry before you sign it.",
            log.Hosts.Count == 0 ? "These lines don't say who serves what, so that no group is proposed; a capture does, and a box with an inventory."
                : $"Groups are by the boxes' inventory of {Words.Count(log.Hosts.Count, "host")}. Who called by DICOM may be an intruder: read the titles.",
        ];
        List<(string, string)> home = given.Count > 0 ? [.. given.Select(h => (h.ToString(), "as --home says"))]
            : [.. Privates(told, inventory).Select(n => (n, "hosts of it stand in lines; check how large the network is"))];
        if (home.Count == 0)
        {
            Console.Error.WriteLine("error: the lines name no private address, so that nobody knows what is at home; name it with --home");
            return ExitCode.Unusable;
        }

        Console.Out.Write(ProposalText.Profile(site, head, home, inventory.Groups(), decisions, [], inventory.Callers()));
        return ExitCode.Done;
    }

    private static IEnumerable<string> Privates(List<Told> told, InventoryFinder inventory) =>
        told.SelectMany(t => new[] { t.Line["src"], t.Line["dst"] }).Select(a => Words.NumberOf(a.Split('/')[0])).OfType<uint>().Concat(inventory.Addresses)
        .Where(Census.IsPrivate).Select(a => a & ~255u).Distinct().Order()
        .Select(n => Words.Address(n) + "/24");

    private static HomeNetwork Given(string network)
    {
        AddressRange range = AddressListParser.ReadRange(network, out _)!.Value;
        int bits = 32 - (int)UInt128.Log2(range.High - range.Low + 1);
        return new HomeNetwork((uint)range.Low, bits, 0);
    }

    private static IReadOnlyList<Incident> Run(string[] paths, string profile)
    {
        CompiledTable compiled = TableCompiler.CompileText(ShippedRules.All(), ("proposal", profile));
        var table = new SignatureTable();
        if (compiled.Table is null || table.Load(compiled.Table, compiled.Table.Length) != TableProblem.None)
        {
            throw new CaptureException("the proposal does not compile: "
                + string.Join("; ", compiled.Diagnostics.Where(d => d.Severity == Severity.Error)));
        }

        var run = new SensorRun(table);
        EachFrame(paths, _ => run.BeginFile(), run.Take);
        run.Finish();
        return run.Incidents;
    }

    private static void EachFrame(string[] paths, Action<string> begin, Action<CaptureReader> take)
    {
        foreach (string path in paths)
        {
            using CaptureReader reader = CaptureReader.Open(path);
            begin(path);
            while (reader.Read())
            {
                take(reader);
            }
        }
    }

    private static string Minimal(string home) => $"[site]\nname = \"{DefaultName}\"\nhome = [\"{home}\"]\n";

    private static string Groups(IEnumerable<(string Name, IReadOnlyList<Member> Members)> groups) =>
        "[groups]\n" + string.Concat(groups.Select(g => $"{g.Name} = {Words.Toml(g.Members.Select(m => m.Host))}\n"));
}
