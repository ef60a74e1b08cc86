using System;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
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

    /// <summary>
    /// What of an imaging network's kinds is told of these captures with severity 2 or more, and is so: a server agrees to SMB 1
    /// or to TLS 1.0, an agent answers to "public", a login goes by telnet, a system of before 2011 talks with the internet.
    /// </summary>
    private static readonly string[] WeakIndeed =
    [
        "arkime__pcap__socks-https-example.pcap: weak-service TLS 1.0 10.180.156.185 10.180.156.249",
        "malcolm__DNS.pcap: weak-service Windows 2000 or XP 192.168.0.114 208.113.140.24",
        "malcolm__KRB5.pcap: weak-service SMB 1 10.24.64.228 10.24.8.44",
        "malcolm__SSL.pcap: weak-service Windows Vista or 7 10.0.2.15 104.154.89.105",
        "nDPI__pop3.pcap: weak-service Windows Vista or 7 192.168.0.4 212.227.15.166",
        "nDPI__smbv1.pcap: weak-service SMB 1 172.16.156.130 10.128.0.243",
        "nDPI__snmp.pcap: weak-service SNMP default community 10.99.8.88 10.100.253.146",
        "nDPI__telnet.pcap: weak-service telnet 192.168.0.2 192.168.0.1",
        "pcpp__IgmpPackets.pcap: weak-service Windows Vista or 7 169.254.255.66 169.254.100.98",
        "pcpp__one_http_stream_fin2.pcap: weak-service Linux before 2.6.39 172.16.133.132 98.139.134.187",
        "snmp-poll.pcap: weak-service SNMP default community 10.20.30.99 10.20.30.110",
        "snmp-poll.pcap: weak-service SNMP default community 10.20.30.99 10.20.30.111",
        "snmp-poll.pcap: weak-service SNMP default community 10.20.30.99 10.20.30.112",
        "snmp-poll.pcap: weak-service SNMP default community 10.20.30.99 10.20.30.113",
        "snmp-poll.pcap: weak-service SNMP default community 10.20.30.99 10.20.30.118",
        "snmp-poll.pcap: weak-service SNMP default community 10.20.30.99 10.20.30.119",
        "snmp-poll.pcap: weak-service SNMP default community 10.20.30.99 10.20.30.120",
        "zeek__communityid__tcp.pcap: weak-service Linux before 2.6.39 128.232.110.120 66.35.250.204",
        "zeek__http__206_example_a.pcap: weak-service Windows 2000 or XP 10.101.84.70 129.174.93.161",
        "zeek__smtp.pcap: weak-service Windows 2000 or XP 10.10.1.4 74.53.140.153",
        "zeek__snmp__snmpv1_get.pcap: weak-service SNMP default community 172.31.19.54 172.31.19.73",
        "zeek__snmp__snmpv1_get_short.pcap: weak-service SNMP default community 203.143.168.235 129.94.135.39",
        "zeek__wikipedia.pcap: weak-service Linux before 2.6.39 141.142.220.118 208.80.152.118",
    ];

    private static readonly string[] ImagingKinds = ["dicom-guess", "dicom-caller", "weak-service", "new-host"];

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

    [TestMethod]
    public void OfImagingKindsNothingIsToldThatIsNotSo()
    {
        string[] files = [.. new[] { "benign", "hospital", "chatter", "service" }.SelectMany(NeedsPublicCapturesAttribute.In),
            .. new[] { "ordinary", "scanners" }.SelectMany(name =>
                Directory.GetFiles(Repository.PathOf("tests", "captures", name), "*.pcap")),
            .. Directory.GetFiles(Repository.PathOf("tests", "captures"), "*.pcap")];
        var told = new ConcurrentBag<string>();
        Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, file =>
        {
            var incidents = new SortedDictionary<long, Incident>();
            try
            {
                Replay(file, SiteOf(file), new Lines(incidents));
            }
            catch (CaptureException)
            {
                // Of another link type; what the damaged ones have to say EachIsReplayed asks.
                return;
            }

            foreach (Incident incident in incidents.Values.Where(i => i.Severity >= 2 && ImagingKinds.Contains(i.Kind)))
            {
                AlertLine line = incident.Newest;
                told.Add($"{Path.GetFileName(file)}: {line.Kind} {line["name"]} {line["src"]} {line["dst"]}");
            }
        });
        string[] lines = [.. told.Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(WeakIndeed, lines, string.Join('\n', lines));
    }

    [TestMethod]
    public void NothingOfAPatientInAMessageOfHl7IsInALine()
    {
        int messages = 0;
        foreach (string file in Directory.GetFiles(NeedsPublicCapturesAttribute.Folder!, "*.pcap*", SearchOption.AllDirectories))
        {
            string octets = Encoding.Latin1.GetString(File.ReadAllBytes(file));
            if (!octets.Contains("MSH|^~\\&|", StringComparison.Ordinal))
            {
                continue;
            }

            // Every word of every segment behind the header's: who it is, next of kin, allergies, findings.
            string[] words = [.. Regex.Matches(octets, @"\r(?:PID|NK1|PV1|AL1|OBX|OBR|ORC|EVN)\|[^\r\u001c]*").SelectMany(segment =>
                Regex.Matches(segment.Value, "[A-Za-z0-9]{4,}").Select(word => word.Value)).Distinct()];
            var sink = new Lines([]);
            Replay(file, SiteOf(file), sink);
            messages += words.Length > 0 ? 1 : 0;
            Assert.Contains(line => line.Contains(" inventory [", StringComparison.Ordinal), sink.All, file);
            foreach (string line in sink.All)
            {
                string[] shown = [.. words.Where(word => line.Contains(word, StringComparison.Ordinal))];
                Assert.IsEmpty(shown, $"{string.Join(", ", shown)} in {line}");
            }
        }

        Assert.IsGreaterThan(0, messages, "none of the public captures has a message of HL7 with a patient");
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
        public List<string> All { get; } = [];

        public List<string> Malformed { get; } = [];

        public void Alert(byte[] line, int length, int severity)
        {
            var octets = line.AsSpan(0, length);
            All.Add(Encoding.Latin1.GetString(octets));
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
