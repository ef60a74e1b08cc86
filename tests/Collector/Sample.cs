using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Appliance.Playback.Alerts;
using Appliance.Simulator.Tests;

namespace Appliance.Collector.Tests;

/// <summary>Lines of a box: the ten detects with all that the box says of itself meanwhile, and an outsider's.</summary>
internal static class Sample
{
    private static readonly Lazy<IReadOnlyList<string>> Replayed = new(() =>
        TapsimRun.Run(["replay", .. new[] { 2, 3, 5, 9, 10 }.Select(TapsimRun.Detect), "--messages", "all", "--alerts", "-"])
            .Expect(0).Lines);

    /// <summary>One line of each sort that says everything.</summary>
    public const string Incident = "<84>1 2026-04-08T04:05:48.637Z tap-1f2e3d tap 12 sweep [incident@32473 id=\"17\" "
        + "state=\"closed\" severity=\"4\" sid=\"1000320\" proto=\"tcp\" "
        + "src=\"209.235.11.254\" srcs=\"1\" dst=\"128.231.212.0/23\" dsts=\"27\" dport=\"110\" frames=\"27\" name=\"POP3 from "
            + "outside\" answeredBy=\"128.231.212.8,128.231.212.12\" "
        + "dur=\"60\" ttl=\"53\" flags=\"S\" stride=\"sport\" unseen=\"279\" answered=\"2\" period=\"1.5\" tool=\"zmap\" "
            + "site=\"ward-3\"][meta sequenceId=\"5\" sysUpTime=\"8123\"] "
        + "POP3 sweep: 27 hosts | a=b";

    /// <summary>A heartbeat.</summary>
    public const string Heartbeat = "<86>1 2026-04-08T04:06:48.000Z tap-1f2e3d tap 12 heartbeat [heartbeat@32473 boots=\"12\" "
        + "frames=\"5000000000\" kept=\"100\" lost=\"3\" missed=\"0\" "
        + "evictions=\"0\" table=\"7\" tableAge=\"86400\" transmitted=\"0\" dropped=\"0\" repeated=\"0\"][meta sequenceId=\"6\" "
            + "sysUpTime=\"14123\"] watching";

    /// <summary>A mirror that shows nothing.</summary>
    public const string Health = "<84>1 2026-04-08T04:07:48.000Z tap-1f2e3d tap 12 health [health@32473 part=\"mirror\" "
        + "state=\"silent\"][meta sequenceId=\"7\" sysUpTime=\"20123\"] silent";

    /// <summary>A table that was refused.</summary>
    public const string Table = "<84>1 2026-04-08T04:08:48.000Z tap-1f2e3d tap 12 table [table@32473 verdict=\"refused\" "
        + "reason=\"bad-signature\" sequence=\"8\"][meta sequenceId=\"8\" sysUpTime=\"26123\"] refused";

    /// <summary>What was seen of the imaging network in a day.</summary>
    public const string Inventory = "<86>1 2026-04-08T04:09:00.000Z tap-1f2e3d tap 12 inventory [inventory@32473 part=\"imaging\" "
        + "associations=\"210\" rejected=\"3\" tls=\"0\" messages=\"88\" untold=\"1\" site=\"ward-3\"][meta sequenceId=\"10\" "
            + "sysUpTime=\"27323\"] DICOM associations in the clear: 210";

    /// <summary>One of each.</summary>
    public static IReadOnlyList<string> OneOfEach => [Incident, Heartbeat, Health, Table, Inventory];

    /// <summary>What a replay of five detects says, its own health included.</summary>
    public static IReadOnlyList<string> Detects => Replayed.Value;

    /// <summary>A line, read.</summary>
    public static AlertLine Read(string line) => LogForm.Read(Encoding.UTF8.GetBytes(line), out _)
        ?? throw new InvalidOperationException($"no line of a box: {line}");
}
