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
        using var folder = new TemporaryFolder();
        folder.Write("test.yml", Encoding.UTF8.GetBytes($$"""
            rule_files: [ {{Path.Combine(Folder, "tap-rules.yml")}} ]
            evaluation_interval: 1m
            tests:
              - interval: 1m
                input_series:
                  - series: 'tap_heartbeat_timestamp_seconds{host="a"}'
                    values: '0+60x20'
                  - series: 'tap_heartbeat_timestamp_seconds{host="b"}'
                    values: '0+60x5 300x15'
                  - series: 'tap_table_age{host="a"}'
                    values: '7775700+60x20'
                  - series: 'tap_lost{host="a"}'
                    values: '4x10 9x10'
                  - series: 'tap_transmitted{host="b"}'
                    values: '0x15 1x5'
                  - series: 'tap_fault{host="a", part="mirror", state="silent"}'
                    values: '0x4 1x4 0x10'
                  - series: 'tap_fault{host="a", part="mirror", state="doubled"}'
                    values: '0x8 1x10'
                alert_rule_test:
                  - { eval_time: 8m, alertname: TapSilent }
                  - eval_time: 9m
                    alertname: TapSilent
                    exp_alerts: [ { exp_labels: { host: b, severity: critical },
                        exp_annotations: { summary: "b has sent no heartbeat for three minutes: its silence means nothing" } } ]
                  - { eval_time: 3m, alertname: TapTableOld }
                  - eval_time: 6m
                    alertname: TapTableOld
                    exp_alerts: [ { exp_labels: { host: a, severity: warning },
                        exp_annotations: { summary: "a has a signature table older than 90 days" } } ]
                  - { eval_time: 9m, alertname: TapLosesFrames }
                  - eval_time: 12m
                    alertname: TapLosesFrames
                    exp_alerts: [ { exp_labels: { host: a, severity: warning },
                        exp_annotations: { summary: "a lost frames in the last ten minutes" } } ]
                  - { eval_time: 14m, alertname: TapTransmitted }
                  - eval_time: 17m
                    alertname: TapTransmitted
                    exp_alerts: [ { exp_labels: { host: b, severity: critical },
                        exp_annotations: { summary: "the mirror port of b has sent frames: unplug it" } } ]
                  - eval_time: 7m
                    alertname: TapBlind
                    exp_alerts: [ { exp_labels: { host: a, part: mirror, state: silent, severity: critical },
                        exp_annotations: { summary: "a does not see: mirror silent" } } ]
                  - eval_time: 12m
                    alertname: TapBlind
                    exp_alerts: [ { exp_labels: { host: a, part: mirror, state: doubled, severity: critical },
                        exp_annotations: { summary: "a does not see: mirror doubled" } } ]
            """));
        StringAssert.Contains(ToolRun.Output("promtool", "test", "rules", folder.File("test.yml")), "SUCCESS");
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
        string Stamped(string line, string host, int secondsAgo, string boot) =>
            Regex.Replace(line, "^(<\\d+>1) \\S+ \\S+ tap \\S+",
            $"$1 {now.AddSeconds(-secondsAgo).UtcDateTime:yyyy-MM-ddTHH:mm:ss.fff}Z {host} tap {boot}");
        List<string> lines =
        [
            Stamped(Sample.Heartbeat, "tap-live", 5, "1"),
                Stamped(Sample.Heartbeat.Replace("transmitted=\"0\"", "transmitted=\"4\"", StringComparison.Ordinal)
                .Replace("tableAge=\"86400\"", "tableAge=\"8640000\"", StringComparison.Ordinal), "tap-gone", 600, "1"),
            Stamped(Sample.Health, "tap-live", 8, "1"),
            Stamped(Sample.Health.Replace("silent", "foreign", StringComparison.Ordinal), "tap-live", 7, "1"),
            Stamped(Sample.Health.Replace("silent", "doubled", StringComparison.Ordinal), "tap-live", 6, "1"),
            Stamped(Sample.Health.Replace("\"silent\"", "\"home\"", StringComparison.Ordinal), "tap-live", 4, "1"),
            Stamped(Sample.Heartbeat.Replace("repeated=\"0\"", "repeated=\"0\" tableHash=\"12345678\" unseen=\"0.4-1.6\" of=\"900\"",
                StringComparison.Ordinal), "tap-live", 3, "1"),
                Stamped(Sample.Incident.Replace("closed", "open", StringComparison.Ordinal), "tap-live", 3, "1"),
                    Stamped(Sample.Table, "tap-live", 2, "1"),
        ];
        File.AppendAllText(log, string.Join('\n', lines) + "\n");
        mtail.WaitUntil(() => Get(http, "/metrics").Contains("tap_table_refused_total{host=\"tap-live\"",
            StringComparison.Ordinal), "to read the lines");
        string metrics = Get(http, "/metrics");
        StringAssert.Matches(metrics, new Regex("tap_frames\\{host=\"tap-live\",prog=\"tap.mtail\"\\} 5e\\+09"));
        StringAssert.Matches(metrics,
            new Regex("tap_incidents_total\\{host=\"tap-live\",kind=\"sweep\",prog=\"tap.mtail\",severity=\"4\"\\} 1"));
        StringAssert.Matches(metrics, new Regex("tap_lost\\{host=\"tap-live\",prog=\"tap.mtail\"\\} 3"));
        StringAssert.Matches(metrics, new Regex("tap_unseen_low\\{host=\"tap-live\",prog=\"tap.mtail\"\\} 0.4"));
        StringAssert.Matches(metrics, new Regex("tap_unseen_high\\{host=\"tap-live\",prog=\"tap.mtail\"\\} 1.6"));
        foreach ((string state, string value) in new[] { ("silent", "1"), ("foreign", "0"), ("doubled", "1") })
        {
            StringAssert.Matches(metrics,
                new Regex($"tap_fault\\{{host=\"tap-live\",part=\"mirror\",prog=\"tap.mtail\",state=\"{state}\"\\}} {value}"));
        }

        CheckAlerts(folder, port);
    }

    [TestMethod]
    public void TheDashboardShowsOnlyWhatMtailCounts()
    {
        string program = File.ReadAllText(Path.Combine(Folder, "tap.mtail"));
        HashSet<string> counted = [.. Regex.Matches(program, "^(?:gauge|counter) (tap_\\w+)", RegexOptions.Multiline)
            .Select(m => m.Groups[1].Value)];
        using JsonDocument dashboard =
            JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tools", "Collector", "grafana", "tap-dashboard.json")));
        List<string> shown = [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(p => p.GetProperty("targets").EnumerateArray())
            .SelectMany(t => Regex.Matches(t.GetProperty("expr").GetString()!, "tap_\\w+").Select(m => m.Value))];
        Assert.IsGreaterThan(10, shown.Count);
        CollectionAssert.IsSubsetOf(shown.Distinct().ToList(), counted.ToList());
        CollectionAssert.AllItemsAreUnique(dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .Select(p => p.GetProperty("id").GetInt32()).ToList());
    }

    /// <summary>
    /// A real Prometheus scrapes the real mtail: the box that is silent for ten minutes is told, the other is not.
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
        HashSet<string> expected = ["TapSilent tap-gone", "TapTransmitted tap-gone", "TapTableOld tap-gone", "TapBlind tap-live"];
        prometheus.WaitUntil(() => expected.IsSubsetOf(Firing(http)), "to fire " + string.Join(", ", expected));
        HashSet<string> firing = Firing(http);
        Assert.IsFalse(firing.Contains("TapSilent tap-live") || firing.Contains("TapTransmitted tap-live")
            || firing.Contains("TapTableOld tap-live"), string.Join(", ", firing));
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
