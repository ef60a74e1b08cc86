using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Appliance.Simulator.Tests;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Collector.Tests;

/// <summary>
/// mtail counts the boxes' lines, Prometheus wakes somebody: in the programs themselves, and over simulated time in promtool.
/// </summary>
[TestClass]
public sealed class PrometheusTests
{
    private static readonly string Folder = Repository.PathOf("tools", "Collector", "prometheus");

    [TestMethod]
    [NeedsTool("promtool")]
    public void ABoxThatFallsSilentWakesSomebodyAfterThreeMinutesAndNotBefore()
    {
        CheckRules("""
            - series: 'tap_heard_timestamp_seconds{host="a"}'
              values: '0+60x20'
            - series: 'tap_heard_timestamp_seconds{host="b"}'
              values: '0+60x5 300x15'
            """,
            ("TapSilent", "8m", []),
            ("TapSilent", "9m", ["host: b, severity: critical | b has sent no heartbeat for three minutes: its silence means nothing"]),
            ("TapUnheard", "19m", []));
    }

    /// <summary>b fell silent, then mtail began anew and knows a alone; in the last minutes it is away altogether.</summary>
    [TestMethod]
    [NeedsTool("promtool")]
    public void AStartOfMtailHidesNoSilence()
    {
        CheckRules("""
            - series: 'tap_heard_timestamp_seconds{host="a"}'
              values: '0+60x20 _x10'
            - series: 'tap_heard_timestamp_seconds{host="b"}'
              values: '0+60x5 stale _x24'
            """,
            ("TapSilent", "8m", []),
            ("TapSilent", "20m", ["host: b, severity: critical | b has sent no heartbeat for three minutes: its silence means nothing"]),
            ("TapUnheard", "20m", []),
            ("TapSilent", "30m", []),
            ("TapUnheard", "30m", ["severity: critical | no heartbeat of any box comes to Prometheus: look at mtail, the syslog daemon "
                + "and the "
                + "network"]));
    }

    [TestMethod]
    [NeedsTool("promtool")]
    public void ABoxWithAnotherTimeIsTold()
    {
        CheckRules("""
            - series: 'tap_heard_timestamp_seconds{host="a"}'
              values: '0+60x20'
            - series: 'tap_heartbeat_timestamp_seconds{host="a"}'
              values: '3600+60x20'
            - series: 'tap_heard_timestamp_seconds{host="b"}'
              values: '0+60x20'
            - series: 'tap_heartbeat_timestamp_seconds{host="b"}'
              values: '-100+60x20'
            """,
            ("TapLate", "4m", []),
            ("TapLate", "5m",
                ["host: a, severity: warning | a has another time than the collector: its clock is wrong, or its lines come late"]));
    }

    [TestMethod]
    [NeedsTool("promtool")]
    public void AnOldTableIsTold()
    {
        CheckRules("""
            - series: 'tap_table_age{host="a"}'
              values: '7775700+60x20'
            """,
            ("TapTableOld", "5m", []),
            ("TapTableOld", "6m", ["host: a, severity: warning | a has a signature table older than 90 days"]));
    }

    /// <summary>
    /// a loses some; b has lost before, is not seen for a while, and has lost no more; c lost while it was not seen; d begins
    /// with a loss; e starts again and has lost since; f starts again and has not.
    /// </summary>
    [TestMethod]
    [NeedsTool("promtool")]
    [DataRow("tap_lost", "TapLosesFrames", "lost frames in the last ten minutes")]
    [DataRow("tap_missed", "TapLosesFrames", "lost frames in the last ten minutes")]
    [DataRow("tap_dropped", "TapDropsMessages", "had to drop messages before a collector took them")]
    public void LossesAreToldAsTheyHappenWhateverMtailMissed(string metric, string alert, string says)
    {
        string Of(string host) => $"host: {host}, severity: warning | {host} {says}";
        CheckRules($$"""
            - series: '{{metric}}{host="a"}'
              values: '4x30 9x60'
            - series: '{{metric}}{host="b"}'
              values: '4x30 stale _x19 4x40'
            - series: '{{metric}}{host="c"}'
              values: '4x30 stale _x19 7x40'
            - series: '{{metric}}{host="d"}'
              values: '_x50 2x40'
            - series: '{{metric}}{host="e"}'
              values: '900x60 3x30'
            - series: '{{metric}}{host="f"}'
              values: '900x60 0x30'
            """,
            (alert, "29m", []), (alert, "32m", [Of("a")]), (alert, "49m", []), (alert, "52m", [Of("c"), Of("d")]), (alert, "63m",
                [Of("e")]),
            (alert, "80m", []));
    }

    [TestMethod]
    [NeedsTool("promtool")]
    public void WhatTheSwitchLosesIsToldWhereTheBoxItselfReckonsWithIt()
    {
        CheckRules("""
            - series: 'tap_unseen_low{host="a"}'
              values: '0x5 0.5x25'
            - series: 'tap_unseen_low{host="b"}'
              values: '0.4x30'
            """,
            ("TapSwitchLoses", "15m", []),
            ("TapSwitchLoses", "16m", ["host: a, severity: warning | of the frames for a at least 0.5 % are lost before it: the mirror "
                + "port is "
                + "too slow, or the switch drops"]));
    }

    [TestMethod]
    [NeedsTool("promtool")]
    public void AMirrorPortThatTransmitsIsTold()
    {
        CheckRules("""
            - series: 'tap_transmitted{host="b"}'
              values: '0x15 1x5'
            """,
            ("TapTransmitted", "14m", []),
            ("TapTransmitted", "17m", ["host: b, severity: critical | the mirror port of b has sent frames: unplug it"]));
    }

    /// <summary>Two faults of a mirror, of which one outlives a start of mtail; of b's one, nothing has been said for more than a
    /// day.</summary>
    [TestMethod]
    [NeedsTool("promtool")]
    public void AFaultIsToldUntilItEnds()
    {
        const string Doubled = "host: a, part: mirror, state: doubled, severity: critical | a does not see what it should: mirror doubled";
        CheckRules("""
            - series: 'tap_fault{host="a", part="mirror", state="silent"}'
              values: '0x4 1x4 0x10'
            - series: 'tap_fault{host="a", part="mirror", state="doubled"}'
              values: '0x8 1x10 stale _x60'
            - series: 'tap_fault{host="b", part="clock", state="unknown"}'
              values: '1x5 stale _x1600'
            - series: 'tap_fault{host="c", part="detector", state="blind"}'
              values: '_x20 1x3 0x1600'
            - series: 'tap_fault{host="d", part="table", state="old"}'
              values: '_x20 1x3 0x1600'
            """,
            ("TapBlind", "21m", [Doubled,
                "host: c, part: detector, state: blind, severity: critical | c does not see what it should: detector blind"]),
            ("TapFault", "21m", ["host: b, part: clock, state: unknown, severity: warning | b: clock unknown",
                "host: d, part: table, state: old, severity: warning | d: table old"]),
            ("TapBlind", "3m", []),
            ("TapBlind", "7m",
                ["host: a, part: mirror, state: silent, severity: critical | a does not see what it should: mirror silent"]),
            ("TapBlind", "12m", [Doubled]), ("TapBlind", "70m", [Doubled]),
            ("TapFault", "70m", ["host: b, part: clock, state: unknown, severity: warning | b: clock unknown"]), ("TapFault", "1510m", []));
    }

    /// <summary>The first table that a box refuses has no number before it to compare with.</summary>
    [TestMethod]
    [NeedsTool("promtool")]
    public void TheFirstRefusedTableIsToldForAnHour()
    {
        const string Refused = "host: a, reason: bad-signature, severity: warning | a refused a table: bad-signature";
        CheckRules("""
            - series: 'tap_table_refused_timestamp_seconds{host="a", reason="bad-signature"}'
              values: '_x5 300x30 stale _x60'
            """,
            ("TapTableRefused", "4m", []), ("TapTableRefused", "5m", [Refused]), ("TapTableRefused", "64m", [Refused]),
            ("TapTableRefused", "66m", []));
    }

    [TestMethod]
    [NeedsTool("promtool")]
    public void KeysThatWereRefusedAreToldForAnHour()
    {
        const string Refused = "host: a, reason: bad-key, severity: warning | a refused a file of keys: bad-key";
        CheckRules("""
            - series: 'tap_keys_refused_timestamp_seconds{host="a", reason="bad-key"}'
              values: '_x5 300x30 stale _x60'
            """,
            ("TapKeysRefused", "4m", []), ("TapKeysRefused", "5m", [Refused]), ("TapKeysRefused", "64m", [Refused]),
            ("TapKeysRefused", "66m", []));
    }

    /// <summary>
    /// The first grave incident of a box, a second one, one behind a start of mtail; two of a kind with two severities at once;
    /// one of severity 3.
    /// </summary>
    [TestMethod]
    [NeedsTool("promtool")]
    public void EachGraveIncidentWakesSomebody()
    {
        static string Of(int severity) =>
            $"host: a, kind: sweep, incident_severity: {severity}, severity: critical | a: sweep of severity {severity}";
        CheckRules("""
            - series: 'tap_incident_timestamp_seconds{host="a", kind="sweep", incident_severity="4"}'
              values: '_x10 600x9 1200x19 stale _x9 3000x20'
            - series: 'tap_incident_timestamp_seconds{host="a", kind="sweep", incident_severity="5"}'
              values: '_x51 3060x20'
            - series: 'tap_incident_timestamp_seconds{host="a", kind="sweep", incident_severity="3"}'
              values: '_x10 600x60'
            """,
            ("TapIncident", "9m", []), ("TapIncident", "10m", [Of(4)]), ("TapIncident", "16m", []), ("TapIncident", "20m", [Of(4)]),
            ("TapIncident", "26m", []), ("TapIncident", "50m", [Of(4)]), ("TapIncident", "51m", [Of(4), Of(5)]), ("TapIncident", "60m",
                []));
    }

    /// <summary>Every rule is held by a test of this class, and stands on the page with what it says.</summary>
    [TestMethod]
    public void EveryAlertIsTriedHereAndStandsOnThePage()
    {
        string rules = File.ReadAllText(Path.Combine(Folder, "tap-rules.yml"));
        string page = File.ReadAllText(Repository.PathOf("tools", "Collector", "README.md"));
        string tests = File.ReadAllText(Repository.PathOf("tests", "Collector", "PrometheusTests.cs"));
        List<string> alerts = [.. Regex.Matches(rules, "alert: (\\w+)").Select(m => m.Groups[1].Value)];
        Assert.HasCount(13, alerts);
        foreach (string alert in alerts)
        {
            StringAssert.Contains(tests, $"\"{alert}\"", $"{alert} is tried over no simulated time");
            StringAssert.Contains(page, $"| `{alert}` |");
        }
    }

    [TestMethod]
    [NeedsTool("mtail")]
    [NeedsTool("prometheus")]
    public void MtailAndPrometheusToldByTheBoxesOwnLines()
    {
        using var folder = new TemporaryFolder();
        string log = folder.Write("tap.log", []);
        int port = Network.FreePort();
        Directory.CreateDirectory(folder.File("progs"));
        File.Copy(Path.Combine(Folder, "tap.mtail"), folder.File("progs/tap.mtail"));
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var mtail = new Daemon("mtail", "--progs", folder.File("progs"), "--logs", log, "--address", "127.0.0.1", "--port",
            port.ToString(CultureInfo.InvariantCulture), "--logtostderr");
        mtail.WaitUntil(() => Get(http, "/metrics").Contains("tap", StringComparison.Ordinal) || Get(http, "/metrics").Length > 0,
            "to listen");
        DateTimeOffset now = DateTimeOffset.UtcNow;

        // As a collector in Berlin keeps it: whole, with its own zone behind it.
        string Stamped(string line, string host, int secondsAgo) => Regex.Replace(line, "^(<\\d+>1) \\S+ \\S+ tap \\S+",
            $"$1 {now.AddSeconds(-secondsAgo).ToOffset(TimeSpan.FromHours(2)):yyyy-MM-ddTHH:mm:ss.fffzzz} {host} tap 1");
        string Beat(string with) => Sample.Heartbeat.Replace("repeated=\"0\"", "repeated=\"0\" " + with, StringComparison.Ordinal);
        string Mirror(string state) => Sample.Health.Replace("silent", state, StringComparison.Ordinal);
        string Told(int id, string kind, string state, int severity) => Sample.Incident.Replace("id=\"17\" state=\"closed\" severity=\"4\"",
            $"id=\"{id}\" state=\"{state}\" severity=\"{severity}\"", StringComparison.Ordinal).Replace(" sweep [", $" {kind} [",
            StringComparison.Ordinal);
        string Table(string says) => Sample.Table.Replace("verdict=\"refused\" reason=\"bad-signature\" sequence=\"8\"", says,
            StringComparison.Ordinal);
        string open = Sample.Incident.Replace("closed", "open", StringComparison.Ordinal);
        List<string> lines =
        [
            Stamped(Beat("unseen=\"0.7-2.6\" of=\"900\" flaps=\"3\""), "tap-live", 60),
            Stamped(Beat("unseen=\"0.4-1.6\" of=\"900\"").Replace("transmitted=\"0\"", "transmitted=\"4\"", StringComparison.Ordinal)
                .Replace("tableAge=\"86400\"", "tableAge=\"8640000\"", StringComparison.Ordinal), "tap-gone", 600),
            Stamped(Mirror("silent"), "tap-live", 8), Stamped(Mirror("foreign"), "tap-live", 7), Stamped(Mirror("doubled"), "tap-live", 6),
            Stamped(Mirror("home"), "tap-live", 4),
            Stamped(Sample.Health.Replace("mirror", "storage", StringComparison.Ordinal).Replace("silent", "failing",
                StringComparison.Ordinal),
                "tap-live", 4),
            Stamped(Beat("tableHash=\"12345678\" unseen=\"unknown\" of=\"9\""), "tap-live", 3),
            Stamped(open.Replace("severity=\"4\"", "severity=\"3\"", StringComparison.Ordinal), "tap-live", 3),
            Stamped(Sample.Incident.Replace("closed", "update", StringComparison.Ordinal), "tap-live", 2),
            Stamped(Sample.Incident.Replace("severity=\"4\"", "severity=\"3\"", StringComparison.Ordinal), "tap-live", 2),

            // Of the first of these the end alone came, and twice; of the other two less than all, the gravest last.
            Stamped(Told(18, "port-scan", "closed", 5), "tap-live", 2), Stamped(Told(18, "port-scan", "closed", 5), "tap-live", 2),
            Stamped(Told(19, "dark-host", "update", 2), "tap-live", 2), Stamped(Told(19, "dark-host", "closed", 4), "tap-live", 2),
            Stamped(Told(20, "broadcast", "open", 4), "tap-live", 2).Replace(" tap 1 ", " tap - ", StringComparison.Ordinal),
            Stamped(Told(20, "broadcast", "open", 4), "tap-live", 2),
            Stamped(Sample.Health.Replace("part=\"mirror\" state=\"silent\"", "part=\"table\" state=\"old\" sequence=\"7\" days=\"3\"",
                StringComparison.Ordinal), "tap-live", 2),
            Stamped(Sample.Health.Replace("part=\"mirror\" state=\"silent\"", "part=\"table\" state=\"old\" sequence=\"7\" days=\"3\"",
                StringComparison.Ordinal), "tap-new", 2),
            Stamped(Table("verdict=\"in-use\" source=\"slot\" damagedSlots=\"1\""), "tap-live", 2),
            Stamped(Table("verdict=\"in-use\" source=\"slot\" damagedSlots=\"1\""), "tap-new", 2),
            Stamped(Table("verdict=\"accepted\" reason=\"new\" sequence=\"8\""), "tap-new", 2),
            Stamped(Sample.Health.Replace("part=\"mirror\" state=\"silent\"", "part=\"keys\" state=\"refused\" reason=\"bad-key\"",
                StringComparison.Ordinal), "tap-live", 2),
            Stamped(Sample.Table, "tap-live", 2),
        ];
        File.AppendAllText(log, string.Join('\n', lines) + "\n");
        mtail.WaitUntil(() => Get(http, "/metrics").Contains("tap_table_refused_total{host=\"tap-live\"",
            StringComparison.Ordinal), "to read the lines");
        string metrics = Get(http, "/metrics");
        double Value(string name, string labels)
        {
            Match value = Regex.Match(metrics, $"^{name}\\{{{Regex.Escape(labels)}\\}} (.*)$", RegexOptions.Multiline);
            return value.Success ? double.Parse(value.Groups[1].Value, CultureInfo.InvariantCulture) : double.NaN;
        }

        const string Live = "host=\"tap-live\",prog=\"tap.mtail\"";
        const string Gone = "host=\"tap-gone\",prog=\"tap.mtail\"";
        Assert.AreEqual((5e9, 3, 0), (Value("tap_frames", Live), Value("tap_lost", Live), Value("tap_flaps", Live)), "it flaps no more");
        Assert.AreEqual((double.NaN, double.NaN, 0.4, 1.6), (Value("tap_unseen_low", Live), Value("tap_unseen_high", Live),
            Value("tap_unseen_low", Gone), Value("tap_unseen_high", Gone)), "what is unknown now");
        double read = Value("tap_heard_timestamp_seconds", Gone);
        Assert.IsLessThan(30, Math.Abs(read - now.ToUnixTimeSeconds()), "when it was read");
        Assert.AreEqual(now.ToUnixTimeSeconds() - 600, Value("tap_heartbeat_timestamp_seconds", Gone), 1,
            "the box's own time, in any zone");
        foreach ((string severity, bool isOpened, bool isFresh) in new[] { ("3", true, true), ("4", false, true), ("5", false, false) })
        {
            Assert.AreEqual(isOpened ? 1 : double.NaN, Value("tap_incidents_total",
                $"host=\"tap-live\",kind=\"sweep\",prog=\"tap.mtail\",severity=\"{severity}\""), severity);
            Assert.AreEqual(isFresh, Math.Abs(Value("tap_incident_timestamp_seconds",
                $"host=\"tap-live\",incident_severity=\"{severity}\",kind=\"sweep\",prog=\"tap.mtail\"") - now.ToUnixTimeSeconds()) < 30,
                severity);
        }

        foreach ((string kind, string counted, double count, string gravest) in new[]
        {
            ("port-scan", "5", 1d, "5"), ("dark-host", "2", 1, "4"), ("broadcast", "4", 2, "4"),
        })
        {
            Assert.AreEqual(count, Value("tap_incidents_total", $"host=\"tap-live\",kind=\"{kind}\",prog=\"tap.mtail\",severity=\"{counted}\""), kind);
            Assert.AreEqual(now.ToUnixTimeSeconds(), Value("tap_incident_timestamp_seconds",
                $"host=\"tap-live\",incident_severity=\"{gravest}\",kind=\"{kind}\",prog=\"tap.mtail\""), 30, kind);
        }

        Assert.DoesNotContain("kind=\"dark-host\",prog=\"tap.mtail\",severity=\"4\"", metrics);
        Assert.DoesNotContain("tap_told", metrics);
        Assert.AreEqual(now.ToUnixTimeSeconds(), Value("tap_keys_refused_timestamp_seconds",
            "host=\"tap-live\",prog=\"tap.mtail\",reason=\"bad-key\""), 30);
        foreach (string state in new[] { "old", "damaged" })
        {
            Assert.AreEqual((1d, 0d), (Value("tap_fault", $"host=\"tap-live\",part=\"table\",prog=\"tap.mtail\",state=\"{state}\""),
                Value("tap_fault", $"host=\"tap-new\",part=\"table\",prog=\"tap.mtail\",state=\"{state}\"")), state);
        }

        foreach ((string state, double value) in new[] { ("silent", 1d), ("foreign", 0), ("doubled", 1) })
        {
            Assert.AreEqual(value, Value("tap_fault", $"host=\"tap-live\",part=\"mirror\",prog=\"tap.mtail\",state=\"{state}\""), state);
        }

        CheckAlerts(folder, port);
    }

    /// <summary>What mtail counts wakes somebody, or is shown, or the page says that it is for one's own questions; and nothing
    /// else is asked for.</summary>
    [TestMethod]
    public void EachMetricIsAskedForAndNoOther()
    {
        static IEnumerable<string> Metrics(string text) => Regex.Matches(text, "\\btap_\\w+").Select(m => m.Value);
        List<string> counted = [.. Regex.Matches(File.ReadAllText(Path.Combine(Folder, "tap.mtail")), "^(?:gauge|counter) (tap_\\w+)",
            RegexOptions.Multiline).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal)];
        using JsonDocument dashboard =
            JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tools", "Collector", "grafana", "tap-dashboard.json")));
        string shown = string.Join('\n', dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(p => p.GetProperty("targets").EnumerateArray()).Select(t => t.GetProperty("expr").GetString()));
        string page = File.ReadAllText(Repository.PathOf("tools", "Collector", "README.md"));
        string own = Regex.Match(page, "For your own questions:[^\n]*").Value;
        List<string> asked = [.. Metrics(File.ReadAllText(Path.Combine(Folder, "tap-rules.yml")))
            .Concat(Metrics(shown)).Concat(Metrics(own)).Distinct().Order(StringComparer.Ordinal)];
        Assert.IsGreaterThan(25, counted.Count);
        CollectionAssert.AreEqual(counted, asked);
        CollectionAssert.IsSubsetOf(new[] { "tap_unseen_low", "tap_unseen_high" }, Metrics(shown).ToList());
        Assert.IsEmpty(Metrics(own).Intersect(Metrics(shown)), "is shown already");
        CollectionAssert.AllItemsAreUnique(dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .Select(p => p.GetProperty("id").GetInt32()).ToList());
    }

    /// <summary>Series, one value a minute, and which alerts there are at which time: labels, a bar, the summary.</summary>
    private static void CheckRules(string series, params (string Alert, string At, string[] Expected)[] times)
    {
        using var folder = new TemporaryFolder();
        var test = new StringBuilder($"""
            rule_files: [ {Path.Combine(Folder, "tap-rules.yml")} ]
            evaluation_interval: 1m
            tests:
            - interval: 1m
              input_series:
              {series.ReplaceLineEndings("\n  ")}
              alert_rule_test:

            """);
        foreach ((string alert, string at, string[] expected) in times)
        {
            test.Append(CultureInfo.InvariantCulture, $"  - {{ eval_time: {at}, alertname: {alert}, exp_alerts: [ ");
            test.AppendJoin(", ", expected.Select(e => e.Split(" | "))
                .Select(e => $"{{ exp_labels: {{ {e[0]} }}, exp_annotations: {{ summary: \"{e[1]}\" }} }}"));
            test.Append(" ] }\n");
        }

        folder.Write("test.yml", Encoding.UTF8.GetBytes(test.ToString()));
        StringAssert.Contains(ToolRun.Output("promtool", "test", "rules", folder.File("test.yml")), "SUCCESS");
    }

    /// <summary>
    /// A real Prometheus scrapes the real mtail: what is wrong with each box is told, its first grave incident among it, and no
    /// more.
    /// </summary>
    private static void CheckAlerts(TemporaryFolder folder, int scraped)
    {
        int port = Network.FreePort();
        string configuration = folder.Write("p.yml", Encoding.UTF8.GetBytes($$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [ {{Path.Combine(Folder, "tap-rules.yml")}} ]
            scrape_configs: [ { job_name: mtail, static_configs: [ { targets: [ "127.0.0.1:{{scraped}}" ] } ] } ]
            """));
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var prometheus = new Daemon("prometheus", $"--config.file={configuration}",
            $"--storage.tsdb.path={folder.File("data")}", $"--web.listen-address=127.0.0.1:{port}", "--log.level=warn");
        string[] expected =
        [
            "TapBlind tap-live", "TapFault tap-live", "TapIncident tap-live", "TapKeysRefused tap-live", "TapLosesFrames tap-gone", "TapLosesFrames tap-live",
                "TapTableOld tap-gone",
            "TapTableRefused tap-live", "TapTransmitted tap-gone",
        ];
        HashSet<string> firing = [];
        prometheus.WaitUntil(() => (firing = Firing(http)).Count >= expected.Length, "to fire " + string.Join(", ", expected));
        CollectionAssert.AreEqual(expected, firing.Order(StringComparer.Ordinal).ToArray());
    }

    private static HashSet<string> Firing(HttpClient http)
    {
        string answer = Get(http, "/api/v1/alerts");
        if (answer.Length == 0)
        {
            return [];
        }

        using JsonDocument alerts = JsonDocument.Parse(answer);
        return [.. alerts.RootElement.GetProperty("data").GetProperty("alerts").EnumerateArray()
            .Where(a => a.GetProperty("state").GetString() == "firing")
            .Select(a => a.GetProperty("labels")).Select(l => $"{l.GetProperty("alertname").GetString()} "
                + $"{l.GetProperty("host").GetString()}")];
    }

    private static string Get(HttpClient http, string path)
    {
        try
        {
            return http.GetStringAsync(path).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return "";
        }
    }
}
