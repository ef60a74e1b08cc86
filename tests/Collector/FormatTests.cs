using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Appliance.Collector.Formats;
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
            + "cs6Label=Tool cs6=zmap msg=POP3 sweep: 27 hosts | a\\=b", Convert("cef", Sample.Incident));
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
            "totalPackets=27", "stride=sport", "site=ward-3",
            "incident=tap-1f2e3d/12/17", "msg=POP3 sweep: 27 hosts | a=b" })
        {
            CollectionAssert.Contains(fields, field);
        }
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
        JsonElement heartbeat = JsonDocument.Parse(Convert("ecs", Sample.Heartbeat)!).RootElement;
        Assert.AreEqual(("metric", 5_000_000_000L),
            (Text(heartbeat, "event.kind"), At(heartbeat, "tap.heartbeat.frames").GetInt64()));
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
        Assert.AreEqual("T1046", root.GetProperty("finding_info").GetProperty("attacks")[0].GetProperty("technique")
            .GetProperty("uid").GetString());

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
        JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tools", "Collector", "elasticsearch", "index-template.json")))
            .Dispose();
    }

    private static string? Convert(string form, string line) => LineFormats.Of(form, AlertFormat.Read())(Sample.Read(line));

    private static JsonElement At(JsonElement root, string path) => path.Split('.')
        .Aggregate(root, (at, name) => at.GetProperty(name));

    private static string Text(JsonElement root, string path) => At(root, path).GetString()!;

    private static int Number(JsonElement root, string path) => At(root, path).GetInt32();

    private static string User(XElement message, int number, string attribute) => message.Elements("ActiveParticipant")
        .ElementAt(number).Attribute(attribute)!.Value;
}
