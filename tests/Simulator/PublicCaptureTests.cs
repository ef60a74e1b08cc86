using System;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using Appliance.Playback;
using Appliance.Playback.Alerts;
using Appliance.Playback.Captures;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Appliance.Simulator.Alerts;
using Appliance.Simulator.Outputs;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>
/// Hundreds of captures of other people's networks: none breaks the sensor or holds it up, and those of ordinary traffic raise
/// nothing that an analyst would be woken for.
/// </summary>
[TestClass]
[NeedsPublicCaptures]
public sealed class PublicCaptureTests
{
    /// <summary>Files below these folders show ordinary traffic.</summary>
    private static readonly string[] Ordinary = ["benign", "hospital"];

    // Of pcapng: the first block's type, and that of an interface; of pcap: where the link type stands.
    private const uint SectionHeader = 0x0a0d0d0a;
    private const uint InterfaceDescription = 1;
    private const int LinkTypeAt = 20;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Incidents of ordinary captures that are right all the same: file and kind, and what its frames show.</summary>
    private static readonly Dictionary<(string File, string Kind), string> Justified = new()
    {
        [("benign/malcolm__Syslog.pcap", "broadcast")] =
            "a generator's work: from outside, to the broadcast MAC address and one host's IP address, each second to the microsecond",
    };

    /// <summary>Captures that are damaged on purpose: where, and what a reader has to say.</summary>
    private static readonly Dictionary<string, string> Damaged = new()
    {
        ["evil/libpcap__pcapng-invalid-vers-1.pcapng"] = "the section at offset 0 has version 0",
        ["evil/libpcap__shb-option-too-long.pcapng"] = "is damaged at offset 0",
    };

    private static readonly string[] Rules = Directory.GetFiles(Repository.PathOf("firmware", "tables"), "*.rules");

    [TestMethod]
    [DataRow("benign")]
    [DataRow("chatter")]
    [DataRow("evil")]
    [DataRow("hospital")]
    [DataRow("scan")]
    [DataRow("service")]
    public void EachIsReplayed(string folder)
    {
        IReadOnlyList<string> files = NeedsPublicCapturesAttribute.In(folder);
        Assert.IsTrue(files.Count > 0, "no captures");
        var problems = new ConcurrentBag<string>();
        Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, file =>
        {
            string name = $"{folder}/{Path.GetFileName(file)}";
            try
            {
                foreach (string problem in ProblemsOf(name, file))
                {
                    problems.Add($"{name}: {problem}");
                }
            }
            catch (Exception e)
            {
                problems.Add($"{name}: {e}");
            }
        });
        Assert.AreEqual(0, problems.Count, string.Join('\n', problems.Order(StringComparer.Ordinal)));
    }

    private static IEnumerable<string> ProblemsOf(string name, string file)
    {
        string site = "";
        string? relabelled = null;
        try
        {
            site = SiteOf(file);
        }
        catch (CaptureException e) when (e.Message.Contains("the tap sees Ethernet", StringComparison.Ordinal))
        {
            // Of another link type, and refused with its name; its octets are frames that nobody makes.
            relabelled = Path.GetTempFileName();
            Relabel(file, relabelled);
        }
        catch (CaptureException e) when (Damaged.TryGetValue(name, out string? damage) && e.Message.Contains(damage,
            StringComparison.Ordinal))
        {
            yield break;
        }

        if (relabelled is not null)
        {
            foreach (string problem in ProblemsOfOctets(relabelled))
            {
                yield return problem;
            }

            yield break;
        }

        long started = Stopwatch.GetTimestamp();
        var incidents = new SortedDictionary<long, Incident>();
        var sink = new Lines(incidents);
        Replay(file, site, sink);
        if (Stopwatch.GetElapsedTime(started) > Limit)
        {
            yield return $"took {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s";
        }

        foreach (string malformed in sink.Malformed)
        {
            yield return malformed;
        }

        foreach (Incident open in incidents.Values.Where(i => i.Newest["state"] is not ("closed" or "folded")))
        {
            yield return $"incident {open.Id} was left {open.Newest["state"]}";
        }

        if (!Ordinary.Contains(name.Split('/')[0]))
        {
            yield break;
        }

        foreach (Incident loud in incidents.Values.Where(i => i.Severity >= 3 && !i.IsFolded && !Justified.ContainsKey((name,
            i.Kind))))
        {
            yield return $"severity {loud.Severity}: {loud.Newest.Kind} {loud.Actor} -> {loud.Target} {loud.Service}: {loud.Newest.Message}";
        }
    }

    private static IEnumerable<string> ProblemsOfOctets(string file)
    {
        try
        {
            string site;
            try
            {
                site = SiteOf(file);
            }
            catch (CaptureException)
            {
                // Damaged besides.
                yield break;
            }

            var sink = new Lines([]);
            Replay(file, site, sink);
            foreach (string malformed in sink.Malformed)
            {
                yield return malformed;
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A copy of a capture that calls all its interfaces Ethernet.</summary>
    private static void Relabel(string file, string copy)
    {
        byte[] octets = File.ReadAllBytes(file);
        if (BinaryPrimitives.ReadUInt32LittleEndian(octets) != SectionHeader)
        {
            bool isLittle = octets[0] is 0xd4 or 0x4d or 0x34;
            octets.AsSpan(LinkTypeAt, 4).Clear();
            octets[isLittle ? LinkTypeAt : LinkTypeAt + 3] = 1;
        }
        else
        {
            bool isLittle = octets[8] == 0x4d;
            for (int at = 0; at + 12 <= octets.Length;)
            {
                uint type = BinaryPrimitives.ReadUInt32BigEndian(octets.AsSpan(at));
                uint length = BinaryPrimitives.ReadUInt32BigEndian(octets.AsSpan(at + 4));
                type = isLittle ? BinaryPrimitives.ReverseEndianness(type) : type;
                length = isLittle ? BinaryPrimitives.ReverseEndianness(length) : length;
                if (type == InterfaceDescription)
                {
                    octets[at + 8] = (byte)(isLittle ? 1 : 0);
                    octets[at + 9] = (byte)(isLittle ? 0 : 1);
                }

                if (length < 12 || length > octets.Length - at)
                {
                    break;
                }

                at += (int)length;
            }
        }

        File.WriteAllBytes(copy, octets);
    }

    /// <summary>The same steps as the command's, without its files.</summary>
    private static void Replay(string file, string site, Lines sink)
    {
        CompiledTable compiled = TableCompiler.CompileText(Rules.Select(rules => (rules, File.ReadAllText(rules))), ("site.toml",
            site));
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(compiled.Table, compiled.Table.Length));
        var options = new ReplayOptions { Captures = [file] };
        using var replayer = new Replayer(Tables.Of(table), new AlertOutputs { Further = sink }, null, options);
        using CaptureReader reader = CaptureReader.Open(file);
        replayer.Run(reader);
        replayer.Finish();
        Assert.AreEqual(reader.Number - reader.Skipped, replayer.Frames);
    }

    /// <summary>
    /// A profile whose home is what a network of private addresses would name, and the /24 and the /64 that most frames of the
    /// capture touch; with an empty home nothing would be tested.
    /// </summary>
    private static string SiteOf(string file)
    {
        var networks = new Dictionary<string, int>();
        var frame = new Frame();
        using CaptureReader reader = CaptureReader.Open(file);
        while (reader.Read())
        {
            frame.Decode(reader.Buffer, reader.At, Math.Min(reader.Captured, SlotBatch.SlotLength), reader.WireLength);
            foreach (int at in new[] { frame.SourceAt, frame.DestinationAt })
            {
                if (at != 0 && frame.IpVersion is 4 or 6 && frame.Problem == 0)
                {
                    Count(networks, frame.IpVersion == 4
                        ? $"{new IPAddress([.. frame.Bytes.AsSpan(at, 3), 0])}/24"
                        : $"{new IPAddress([.. frame.Bytes.AsSpan(at, 8), .. new byte[8]])}/64");
                }
            }
        }

        string[] own = [.. new[] { "/24", "/64" }.Select(size => networks.Where(n => n.Key.EndsWith(size,
            StringComparison.Ordinal))
            .OrderByDescending(n => n.Value).ThenBy(n => n.Key, StringComparer.Ordinal).FirstOrDefault().Key).OfType<string>()];
        string[] home = [.. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7",
            "fe80::/10" }.Concat(own).Distinct()];
        return $"[site]\nname = \"capture\"\nhome = [{string.Join(", ", home.Select(network => $"\"{network}\""))}]\n";
    }

    private static void Count(Dictionary<string, int> networks, string network)
    {
        networks[network] = networks.GetValueOrDefault(network) + 1;
    }

    private sealed class Lines(SortedDictionary<long, Incident> incidents) : IAlertSink
    {
        public List<string> Malformed { get; } = [];

        public void Alert(byte[] line, int length, int severity)
        {
            var octets = line.AsSpan(0, length);
            if (length > 480 || !AlertLine.TryParse(octets, out AlertLine? parsed, out _))
            {
                Malformed.Add($"no proper line: {Encoding.Latin1.GetString(octets)}");
            }
            else if (parsed.IsIncident)
            {
                Incident.Follow(incidents, parsed, out _);
            }
        }
    }
}
