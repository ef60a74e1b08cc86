using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Appliance.Collector.Formats;
using Appliance.Playback.Alerts;
using Appliance.Simulator.Tests;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Collector.Tests;

/// <summary>A line in the forms of others, field by field.</summary>
[TestClass]
public sealed class FormatTests
{
    [TestMethod]
    public void Cef()
    {
        Assert.AreEqual("CEF:0|Passive tap|tap|1|1000320|POP3 from outside (sweep)|8|rt=1775621148637 start=1775621088637 "
            + "end=1775621148637 dvchost=tap-1f2e3d "
            + "externalId=tap-1f2e3d/12/17 cat=sweep act=closed proto=tcp dpt=110 cnt=27 src=209.235.11.254 cs2Label=Destination "
                + "network cs2=128.231.212.0/23 "
            + "cn1Label=Hosts cn1=27 cn2Label=Sources cn2=1 cn3Label=Answered cn3=2 cs4Label=Answered by "
                + "cs4=128.231.212.8,128.231.212.12 cs5Label=Site cs5=ward-3 "
            + "cs6Label=Tool cs6=zmap flexString2Label=ATT&CK flexString2=T1595.001 msg=POP3 sweep: 27 hosts | a\\=b", Convert("cef",
                Sample.Incident));
    }

    [TestMethod]
    public void ConvertReadsPackedFiles()
    {
        using var folder = new TemporaryFolder();
        using (var packed = new GZipStream(File.Create(folder.File("tap.log.1.gz")), CompressionLevel.Fastest))
        {
            packed.Write(Encoding.ASCII.GetBytes(Sample.Incident + "\n"));
        }

        string program = Path.Combine(AppContext.BaseDirectory, "collector.dll");
        Assert.AreEqual(Convert("cef", Sample.Incident),
            ToolRun.Output("dotnet", program, "convert", "--to", "cef", folder.File("tap.log.1.gz")).TrimEnd());
    }

    [TestMethod]
    [DataRow("convrt", "convert")]
    [DataRow("wriet", "write")]
    public void ACommandThatIsMisspeltIsNamed(string word, string meant)
    {
        (int code, string output, string errors) = ToolRun.Ended("dotnet",
            Path.Combine(AppContext.BaseDirectory, "collector.dll"), word, "--to", "cef", "-");
        Assert.AreEqual(1, code);
        Assert.AreEqual(string.Empty, output);
        Assert.AreEqual(errors,
            $"collector: '{word}' is neither a command nor an option of collector; did you mean '{meant}'?\n"
            + "collector: see 'collector --help'\n");
    }

    // What is wrong, what was meant and where more stands, and no more.
    [TestMethod]
    [DataRow("write --ot x", 1, "--ot: is no option of 'collector write'; did you mean '--out'?|see 'collector write --help'")]
    [DataRow("convert --too ecs f", 1, "--too: is no option of 'collector convert'; did you mean '--to'?|see 'collector convert --help'")]
    [DataRow("convert f", 1, "Option '--to' is required.|see 'collector convert --help'")]
    [DataRow("convert --to ecs EMPTY", 2, "no line of a box in EMPTY")]
    public void WhatIsWrongIsSaidInALineOrTwo(string line, int code, string said)
    {
        using var folder = new TemporaryFolder();
        string empty = folder.File("empty.pcap");
        File.WriteAllBytes(empty, []);
        (int ended, string output, string errors) = ToolRun.Ended("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "collector.dll"),
                .. line.Replace("EMPTY", empty, StringComparison.Ordinal).Split(' ')]);
        Assert.AreEqual(code, ended, errors);
        Assert.AreEqual(string.Empty, output);
        Assert.AreEqual(string.Concat(said.Replace("EMPTY", empty, StringComparison.Ordinal).Split('|').Select(s =>
            $"collector: {s}\n")), errors);
    }

    [TestMethod]
    public void ConvertsHelpHasAnExampleAndTheExitCodes()
    {
        string help = ToolRun.Output("dotnet", Path.Combine(AppContext.BaseDirectory, "collector.dll"), "convert", "--help");
        StringAssert.Contains(help, "collector convert --to ecs /var/log/tap.log > tap.ndjson");
        StringAssert.Contains(help, "Exit codes: 0 done, 1 wrong usage, 2 a file can't be read or has no line of a box.");
    }

    [TestMethod]
    public void CefNamesTheHostsThatTheLineNames()
    {
        StringAssert.Contains(Convert("cef", Sample.Incident.Replace(" dur=", " hosts=\"128.231.212.8,128.231.212.12+\" dur=",
            StringComparison.Ordinal)),
            " flexString1Label=Hosts named flexString1=128.231.212.8,128.231.212.12+ ");
    }

    [TestMethod]
    public void Leef()
    {
        string[] fields = Convert("leef", Sample.Incident)!.Split('\t');
        Assert.AreEqual("LEEF:2.0|Passive tap|tap|1|1000320|x09|devTime=2026-04-08T04:05:48.637Z", fields[0]);
        foreach (string field in new[] { "sev=8", "src=209.235.11.254", "dstNetwork=128.231.212.0/23", "dstPort=110",
            "totalPackets=27", "stride=sport", "site=ward-3", "attack=T1595.001",
            "incident=tap-1f2e3d/12/17", "msg=POP3 sweep: 27 hosts | a=b" })
        {
            CollectionAssert.Contains(fields, field);
        }
    }

    /// <summary>A SIEM hears of a box that is blind, of a port that transmitted and of a table that was refused; of what ends a
    /// fault less loudly.</summary>
    [TestMethod]
    public void WhatABoxSaysOfItselfInCefAndLeef()
    {
        string Other(string part, string state, int priority) => Sample.Health.Replace("part=\"mirror\" state=\"silent\"",
            $"part=\"{part}\" state=\"{state}\" which=\"losses\"", StringComparison.Ordinal)
                .Replace("<84>", $"<{priority}>", StringComparison.Ordinal);
        Assert.AreEqual("CEF:0|Passive tap|tap|1|mirror-silent|mirror silent|8|rt=1775621268000 dvchost=tap-1f2e3d cat=health "
            + "act=silent msg=silent",
            Convert("cef", Sample.Health));
        Assert.AreEqual("CEF:0|Passive tap|tap|1|table-refused|table refused|6|rt=1775621328000 dvchost=tap-1f2e3d cat=table act=refused "
            + "reason=bad-signature cs6Label=Parameters cs6=sequence\\=8 msg=refused", Convert("cef", Sample.Table));
        Assert.AreEqual("LEEF:2.0|Passive "
            + "tap|tap|1|table-refused|x09|devTime=2026-04-08T04:08:48.000Z\tdevTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSX\t"
            + "cat=table\tsev=6\tidentHostName=tap-1f2e3d\tverdict=refused\treason=bad-signature\tsequence=8\tmsg=refused",
            Convert("leef", Sample.Table));
        foreach ((string part, string state, int priority, int severity) in new[]
        {
            ("transmitter", "sent", 83, 10), ("detector", "blind", 84, 8), ("mirror", "swapped", 84, 8), ("clock", "unknown", 84, 6),
            ("keys", "refused", 84, 6), ("uplink", "link-up", 84, 3), ("self-test", "passed", 85, 3), ("self-test", "passed", 86, 1),
        })
        {
            StringAssert.StartsWith(Convert("cef", Other(part, state, priority)),
                $"CEF:0|Passive tap|tap|1|{part}-{state}|{(part + " " + state).Replace('-', ' ')}|{severity}|rt=1775621268000 ", part);
            string[] fields = Convert("leef", Other(part, state, priority))!.Split('\t');
            Assert.AreEqual($"LEEF:2.0|Passive tap|tap|1|{part}-{state}|x09|devTime=2026-04-08T04:07:48.000Z", fields[0]);
            CollectionAssert.IsSubsetOf(new[] { $"sev={severity}", $"part={part}", $"state={state}", "which=losses",
                "msg=silent" }, fields);
        }

        Assert.AreEqual("", string.Join(' ', new[] { "cef", "leef" }.Select(f =>
            Convert(f, Sample.Heartbeat) ?? Convert(f, Sample.Inventory))).Trim());
    }

    [TestMethod]
    [DataRow("ecs", 7, "collector: 1 lines: of a box without a clock, without a time\n")]
    [DataRow("cef", 5, "collector: 1 lines: heartbeat, which cef has no place for\ncollector: 1 lines: inventory, which cef has "
        + "no place for\n"
        + "collector: 1 lines: of a box without a clock, without a time\n")]
    [DataRow("ocsf", 3, "collector: 1 lines: health, which ocsf has no place for\ncollector: 1 lines: heartbeat, which ocsf has "
        + "no place for\n"
        + "collector: 1 lines: inventory, which ocsf has no place for\ncollector: 1 lines: table, which ocsf has no place for\n"
        + "collector: 1 lines: of a box without a clock, without a time\n")]
    [DataRow("dicom-audit", 2, "collector: 1 lines: health, which dicom-audit has no place for\n"
        + "collector: 1 lines: heartbeat, which dicom-audit has no place for\n"
        + "collector: 1 lines: incidents that the site profile explains, which dicom-audit has no place for\n"
        + "collector: 1 lines: inventory, which dicom-audit has no place for\ncollector: 1 lines: table, which dicom-audit has "
        + "no place for\n"
        + "collector: 1 lines: of a box without a clock, with the time of conversion\n")]
    public void ConvertTellsWhatItLeavesOut(string form, int converted, string told)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("tap.log", Encoding.UTF8.GetBytes(string.Join('\n', Sample.OneOfEach
            .Append(Sample.Incident.Replace("2026-04-08T04:05:48.637Z", "-", StringComparison.Ordinal))
            .Append(Sample.Incident.Replace("period=", "expected=\"console\" period=", StringComparison.Ordinal))) + "\n"));
        (int code, string output, string errors) = ToolRun.Ended("dotnet", Path.Combine(AppContext.BaseDirectory, "collector.dll"),
            "convert", "--to", form, file);
        Assert.AreEqual((0, converted, told), (code, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length,
            errors.ReplaceLineEndings("\n")));
    }

    /// <summary>DICOM's message has to have a time: a box without a clock is no reason to lose what it saw.</summary>
    [TestMethod]
    public void DicomAuditMessageOfABoxWithoutAClockHasTheTimeOfConversion()
    {
        var format = new DicomAuditFormat(AlertFormat.Read(), new StoppedClock());
        string line = format.Convert(Sample.Read(Sample.Incident.Replace("2026-04-08T04:05:48.637Z", "-", StringComparison.Ordinal)))!;
        StringAssert.StartsWith(line, "<85>1 2027-01-02T03:04:05.000Z tap-1f2e3d tap 12 DICOM+RFC3881 - \ufeff<?xml");
        XElement message = XElement.Parse(line[line.IndexOf("<AuditMessage", StringComparison.Ordinal)..]);
        Assert.AreEqual("2027-01-02T03:04:05.000Z", message.Element("EventIdentification")!.Attribute("EventDateTime")!.Value);
        Assert.AreEqual("of conversion: the box had no clock", Encoding.UTF8.GetString(System.Convert.FromBase64String(message
            .Descendants("ParticipantObjectDetail").Single(d => d.Attribute("type")!.Value == "Time").Attribute("value")!.Value)));
        Assert.IsFalse(XElement.Parse(Convert("dicom-audit", Sample.Incident)!.Split("?>")[1]).Descendants("ParticipantObjectDetail")
            .Any(d => d.Attribute("type")!.Value == "Time"));
    }

    [TestMethod]
    public void Ecs()
    {
        JsonElement root = JsonDocument.Parse(Convert("ecs", Sample.Incident)!).RootElement;
        Assert.AreEqual("2026-04-08T04:05:48.637Z", root.GetProperty("@timestamp").GetString());
        Assert.AreEqual(("alert", 4, 60_000_000_000L), (Text(root, "event.kind"), At(root, "event.severity").GetInt32(),
            At(root, "event.duration").GetInt64()));
        Assert.AreEqual(("209.235.11.254", "209.235.11.254", "128.231.212.0/23", 110),
            (Text(root, "source.address"), Text(root, "source.ip"),
            Text(root, "destination.address"), At(root, "destination.port").GetInt32()));
        Assert.IsFalse(At(root, "destination").TryGetProperty("ip", out _), "a prefix is no ip");
        Assert.AreEqual(("1000320", "POP3 from outside", "zmap", "ward-3"),
            (Text(root, "rule.id"), Text(root, "rule.name"), Text(root, "threat.software.name"),
                Text(root, "organization.name")));
        Assert.AreEqual((279L, 1.5m), (At(root, "tap.incident.unseen").GetInt64(), At(root, "tap.incident.period").GetDecimal()));
        Assert.AreEqual("""{"id":["T1595"],"name":["Active Scanning"],"subtechnique":{"id":["T1595.001"],"name":["Scanning IP Blocks"]}}""",
            At(root, "threat.technique").GetRawText());
        Assert.AreEqual("MITRE ATT&CK", Text(root, "threat.framework"));
        Assert.AreEqual("""["209.235.11.254","128.231.212.8","128.231.212.12"]""", At(root, "related.ip").GetRawText());
        Assert.AreEqual("""["128.231.212.8","128.231.212.12"]""", At(root, "tap.incident.answeredBy").GetRawText());
        JsonElement heartbeat = JsonDocument.Parse(Convert("ecs", Sample.Heartbeat)!).RootElement;
        Assert.AreEqual(("metric", 5_000_000_000L),
            (Text(heartbeat, "event.kind"), At(heartbeat, "tap.heartbeat.frames").GetInt64()));
    }

    /// <summary>A list with a mark that there is more; an actor within, a MAC address, and one whom the profile
    /// explains.</summary>
    [TestMethod]
    public void ListsAndPlacesInEcsAndOcsf()
    {
        string scan = Sample.Incident.Replace(" sweep [", " port-scan [", StringComparison.Ordinal)
            .Replace("209.235.11.254", "10.1.7.9", StringComparison.Ordinal).Replace("128.231.212.0/23", "10.1.2.3",
                StringComparison.Ordinal)
            .Replace("answeredBy=\"128.231.212.8,128.231.212.12\"", "answeredBy=\"22,80,443,3389+\" hosts=\"10.1.2.3\"",
                StringComparison.Ordinal);
        JsonElement ecs = JsonDocument.Parse(Convert("ecs", scan)!).RootElement;
        Assert.AreEqual("""["10.1.7.9","10.1.2.3"] ["22","80","443","3389"] ["answeredBy"] ["10.1.2.3"] ["T1046"]""", string.Join(' ',
            new[] { "related.ip", "tap.incident.answeredBy", "tap.incident.more", "tap.incident.hosts", "threat.technique.id" }
                .Select(p => At(ecs, p).GetRawText())));
        JsonElement ocsf = JsonDocument.Parse(Convert("ocsf", scan)!).RootElement;
        Assert.AreEqual("""["22","80","443","3389"] ["answeredBy"] [{"technique":{"uid":"T1046","name":"Network Service Discovery"}}]""",
            string.Join(' ', new[] { "unmapped.answeredBy", "unmapped.more", "finding_info.attacks" }.Select(p => At(ocsf, p)
                .GetRawText())));
        JsonElement station = JsonDocument.Parse(Convert("ecs",
            Sample.Incident.Replace("209.235.11.254", "08:00:69:02:11:3a", StringComparison.Ordinal))!).RootElement;
        Assert.AreEqual("""["T1018","T1046"] ["128.231.212.8","128.231.212.12"]""",
            At(station, "threat.technique.id").GetRawText() + " " + At(station, "related.ip").GetRawText());
        string explained = Sample.Incident.Replace("period=", "expected=\"console\" period=", StringComparison.Ordinal);
        Assert.IsFalse(JsonDocument.Parse(Convert("ecs", explained)!).RootElement.TryGetProperty("threat", out JsonElement threat)
            && threat.TryGetProperty("technique", out _));
        Assert.IsFalse(Convert("ocsf", explained)!.Contains("attacks", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Ocsf()
    {
        JsonElement root = JsonDocument.Parse(Convert("ocsf", Sample.Incident)!).RootElement;
        Assert.AreEqual((2004, 2, 3, 200403, 4),
            (Number(root, "class_uid"), Number(root, "category_uid"), Number(root, "activity_id"), Number(root, "type_uid"),
                Number(root, "severity_id")));
        Assert.AreEqual(1775621148637, root.GetProperty("time").GetInt64());
        Assert.AreEqual(("tap-1f2e3d/12/17", "POP3 from outside (sweep)", "1000320"),
            (Text(root, "finding_info.uid"), Text(root, "finding_info.title"), Text(root, "finding_info.analytic.uid")));
        Assert.AreEqual(1775621088637, At(root, "finding_info.first_seen_time").GetInt64());
        JsonElement evidence = root.GetProperty("evidences")[0];
        Assert.AreEqual(("209.235.11.254", "128.231.212.0/23", 110),
            (Text(evidence, "src_endpoint.ip"), Text(evidence, "dst_endpoint.name"), Number(evidence, "dst_endpoint.port")));
        Assert.AreEqual("""
            [{"technique":{"uid":"T1595","name":"Active Scanning"},"sub_technique":{"uid":"T1595.001","name":"Scanning IP Blocks"}}]
            """, At(root, "finding_info.attacks").GetRawText());
        Assert.AreEqual("""["128.231.212.8","128.231.212.12"]""", At(root, "unmapped.answeredBy").GetRawText());
        Assert.AreEqual((JsonValueKind.String, JsonValueKind.Number, 1.5m),
            (At(root, "unmapped.ttl").ValueKind, At(root, "unmapped.unseen").ValueKind, At(root, "unmapped.period").GetDecimal()));

        // What the class requires of every event (schema 1.3.0).
        foreach (string required in new[] { "activity_id", "category_uid", "class_uid", "finding_info", "metadata", "severity_id",
            "time", "type_uid" })
        {
            Assert.IsTrue(root.TryGetProperty(required, out _), required);
        }
    }

    [TestMethod]
    public void DicomAuditMessage()
    {
        string line = Convert("dicom-audit", Sample.Incident)!;
        StringAssert.StartsWith(line, "<85>1 2026-04-08T04:05:48.637Z tap-1f2e3d tap 12 DICOM+RFC3881 - \ufeff<?xml");
        XElement message = XElement.Parse(line[line.IndexOf("<AuditMessage", StringComparison.Ordinal)..]);
        XElement happened = message.Element("EventIdentification")!;
        Assert.AreEqual(("E", "8", "110113"),
            (happened.Attribute("EventActionCode")!.Value, happened.Attribute("EventOutcomeIndicator")!.Value,
                happened.Element("EventID")!.Attribute("csd-code")!.Value));
        Assert.AreEqual(("tap-1f2e3d", "true", "209.235.11.254", "false"),
            (User(message, 0, "UserID"), User(message, 0, "UserIsRequestor"), User(message, 1, "UserID"),
                User(message, 1, "UserIsRequestor")));
        Assert.AreEqual("ward-3", message.Element("AuditSourceIdentification")!.Attribute("AuditEnterpriseSiteID")!.Value);
        XElement alert = message.Element("ParticipantObjectIdentification")!;
        Assert.AreEqual("128.231.212.0/23", alert.Attribute("ParticipantObjectID")!.Value);
        string described = alert.Elements("ParticipantObjectDetail")
            .Single(d => d.Attribute("type")!.Value == "Alert Description").Attribute("value")!.Value;
        Assert.AreEqual("POP3 sweep: 27 hosts | a=b", Encoding.UTF8.GetString(System.Convert.FromBase64String(described)));
        string restricted = Convert("dicom-audit",
            Sample.Incident.Replace(" sweep [", " restricted-service [", StringComparison.Ordinal))!;
        StringAssert.Contains(restricted, "<EventTypeCode csd-code=\"110132\" codeSystemName=\"DCM\"");
        Assert.IsNull(Convert("dicom-audit", Sample.Heartbeat));
        Assert.IsNull(Convert("dicom-audit", Sample.Incident.Replace("period=", "expected=\"console\" period=",
            StringComparison.Ordinal)));
    }

    [TestMethod]
    public void WazuhsDecodersFindEveryParameter()
    {
        XElement decoders = XElement.Parse("<all>"
            + File.ReadAllText(Repository.PathOf("tools", "Collector", "wazuh", "decoders.xml")) + "</all>");
        string prematch = decoders.Elements("decoder").First().Element("prematch")!.Value;
        foreach (string line in Sample.OneOfEach)
        {
            StringAssert.Matches(line, new Regex(prematch));
            var found = decoders.Elements("decoder").Skip(1)
                .Select(d => (Order: d.Element("order")!.Value, Match: Regex.Match(line, d.Element("regex")!.Value)))
                .Where(d => d.Match.Success).ToDictionary(d => d.Order, d => d.Match.Groups[1].Value);
            foreach ((string name, string value) in Sample.Read(line).Parameters)
            {
                string field = name switch
                {
                    "src" => "srcip",
                    "dst" => "dstip",
                    "dport" => "dstport",
                    "sport" => "srcport",
                    "proto" => "protocol",
                    _ => "tap." + name
                };
                Assert.AreEqual(value, found[field], field);
            }
        }

        Assert.IsFalse(Regex.IsMatch("Nov 29 13:28:55 web1 sshd[311]: Failed", prematch));
    }

    [TestMethod]
    public void SplunksTransformsFindEveryParameter()
    {
        string transforms = File.ReadAllText(Repository.PathOf("tools", "Collector", "splunk", "transforms.conf"));
        string[] patterns = [.. Regex.Matches(transforms, "^REGEX = (.*)$", RegexOptions.Multiline)
            .Select(m => m.Groups[1].Value)];
        Match header = Regex.Match(Sample.Incident, patterns[0]);
        Assert.AreEqual(("tap-1f2e3d", "12", "sweep", "incident"),
            (header.Groups["host_name"].Value, header.Groups["boot"].Value, header.Groups["kind"].Value,
                header.Groups["element"].Value));
        var found = Regex.Matches(Sample.Incident, patterns[1]).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        foreach ((string name, string value) in Sample.Read(Sample.Incident).Parameters)
        {
            Assert.AreEqual(value, found[name]);
        }
    }

    [TestMethod]
    public void TheElasticPipelineMovesWhatTheSchemaHasFieldsFor()
    {
        JsonElement pipeline =
            JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tools", "Collector", "elasticsearch", "ingest-pipeline.json")))
                .RootElement;
        var moved = pipeline.GetProperty("processors").EnumerateArray().Where(p => p.TryGetProperty("rename", out _))
            .Select(p => p.GetProperty("rename"))
            .ToDictionary(r => r.GetProperty("field").GetString()!, r => r.GetProperty("target_field").GetString());
        Assert.AreEqual("source.address", moved["src"]);
        Assert.AreEqual("destination.port", moved["dport"]);
        Assert.IsFalse(moved.ContainsKey("hosts"), "a list is taken apart");
        JsonElement techniques = pipeline.GetProperty("processors").EnumerateArray().Where(p => p.TryGetProperty("script", out _))
            .Select(p => p.GetProperty("script")).Single(s => s.TryGetProperty("params", out _)).GetProperty("params");
        foreach (string kind in KindTechniques.Kinds)
        {
            // What the pipeline puts there is what convert puts there.
            foreach ((string place, string source) in new[] { ("inside", "10.1.7.9"), ("outside", "209.235.11.254") })
            {
                string line = Sample.Incident.Replace(" sweep [", $" {kind} [", StringComparison.Ordinal)
                    .Replace("209.235.11.254", source, StringComparison.Ordinal);
                Assert.AreEqual(At(JsonDocument.Parse(Convert("ecs", line)!).RootElement, "threat.technique").GetRawText(),
                    techniques.GetProperty(kind).GetProperty(place).GetRawText(), kind);
            }
        }

        JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tools", "Collector", "elasticsearch", "index-template.json")))
            .Dispose();
    }

    /// <summary>Page, rules and tags of others name the techniques of the one table.</summary>
    [TestMethod]
    public void EveryConfigurationNamesTheSameTechniques()
    {
        string Of(params string[] path) => File.ReadAllText(Repository.PathOf(["tools", "Collector", .. path]));
        string sigma = Of("sigma", "tap.yml");
        string splunk = Of("splunk", "props.conf");
        XElement wazuh = XElement.Parse("<all>" + Of("wazuh", "rules.xml") + "</all>");
        foreach (string kind in KindTechniques.Kinds)
        {
            string[] both = [.. KindTechniques.Of(kind)];
            string[] cells = [.. Of("ALERTS.md").Split('\n').Single(l => l.StartsWith($"| `{kind}` | incident |",
                StringComparison.Ordinal)).Split('|')
                .Select(c => c.Trim())];
            Assert.AreEqual((string.Join(", ", KindTechniques.Of(kind, true)), string.Join(", ", KindTechniques.Of(kind, false))),
                (cells[^3], cells[^2]));
            string rule = sigma.Split("---\n").Single(r => r.Contains($"kind: {kind}\n", StringComparison.Ordinal));
            CollectionAssert.AreEqual(both, Regex.Matches(rule, @"- attack\.(t[\d.]+)")
                .Select(m => m.Groups[1].Value.ToUpperInvariant()).ToArray());
            StringAssert.Contains(splunk, $"kind=\"{kind}\",split(\"{string.Join(',', both)}\",\",\")");
            XElement[] rules = [.. wazuh.Descendants("rule").Where(r => r.Elements("field").Any(f => f.Value == $"^{kind}$"))];
            CollectionAssert.AreEqual(new[] { "4", "6", "10", "13" }, rules.Select(r => r.Attribute("level")!.Value).ToArray(), kind);
            foreach (XElement one in rules)
            {
                CollectionAssert.AreEqual(both, one.Element("mitre")!.Elements("id").Select(i => i.Value).ToArray());
            }
        }

        CollectionAssert.AllItemsAreUnique(wazuh.Descendants("rule").Select(r => r.Attribute("id")!.Value).ToList());
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2027, 1, 2, 3, 4, 5, TimeSpan.Zero);
    }

    private static string? Convert(string form, string line) => LineFormats.Of(form, AlertFormat.Read())(Sample.Read(line));

    private static JsonElement At(JsonElement root, string path) => path.Split('.')
        .Aggregate(root, (at, name) => at.GetProperty(name));

    private static string Text(JsonElement root, string path) => At(root, path).GetString()!;

    private static int Number(JsonElement root, string path) => At(root, path).GetInt32();

    private static string User(XElement message, int number, string attribute) => message.Elements("ActiveParticipant")
        .ElementAt(number).Attribute(attribute)!.Value;
}
