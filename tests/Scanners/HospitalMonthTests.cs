using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Appliance.Detection.Tests;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Scanners.Tests;

/// <summary>
/// Three networks on which nothing is wrong: at most one incident of severity 2 or more a month. On the first day nobody is
/// known, and who asks many may be told as low. Every run lives four days of each; a month with <c>TAP_MONTH=all</c>, other
/// days with <c>TAP_MONTH_SEED</c>, which is added to each network's seed.
/// </summary>
[TestClass]
public sealed class HospitalMonthTests
{
    private const int Sample = 4;
    private const int Month = 30;
    private const int Allowed = 1;

    /// <summary>The tap is put in when people work, and hears by day who will be off by night.</summary>
    private const long Installed = 10 * Capture.Hour;

    /// <summary>A Monday.</summary>
    private static readonly long First = Capture.Utc(2026, 3, 2);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("clinic", "10.20.30.", 16, 8, 11)]
    [DataRow("radiology", "192.168.7.", 40, 16, 22)]
    [DataRow("university", "172.16.9.", 90, 40, 33)]
    public void AMonthHasAtMostOneFalseIncident(string name, string net, int modalities, int stations, int seed)
    {
        int days = Environment.GetEnvironmentVariable("TAP_MONTH") == "all" ? Month : Sample;
        seed += int.Parse(Environment.GetEnvironmentVariable("TAP_MONTH_SEED") ?? "0", CultureInfo.InvariantCulture);
        var hospital = new HospitalDays(net, modalities, stations, seed);
        using var folder = new TemporaryFolder();
        var paths = new List<string>();
        long frames = 0;
        for (int day = 0; day < days; day++)
        {
            Capture capture = hospital.Day(First, day).Cut(128);
            capture.Frames.RemoveAll(frame => frame.Time < First + Installed);
            frames += capture.Frames.Count;
            paths.Add(folder.Write(string.Create(CultureInfo.InvariantCulture, $"day{day:00}.pcap"), capture));
        }

        Findings findings = Tap.ReplayFiles(paths, Site.Home(net + "0/24"));
        AlertLine[] told = [.. findings.Incidents.Where(incident =>
            incident.Number("severity") >= (IsOfFirstDay(findings, incident) ? 3 : 2))];
        string said = string.Join(Environment.NewLine, told.Select(incident => incident.Text));
        TestContext.WriteLine($"{name}, seed {seed}: {days} days, {frames} frames, {told.Length} incidents of severity 2 or "
            + $"more, {findings.Incidents.Count} in all, those of the first day among them:{Environment.NewLine}"
            + string.Join(Environment.NewLine, findings.Incidents.Select(incident => incident.Text)));
        if (Environment.GetEnvironmentVariable("TAP_LAB_SAID") is { Length: > 0 } path)
        {
            File.AppendAllText(path, $"## {name} {days} {frames} {told.Length}{Environment.NewLine}{said}{Environment.NewLine}");
        }

        Assert.IsLessThanOrEqualTo(Allowed, told.Length,
            $"{told.Length} false incidents in {days} days:{Environment.NewLine}{said}");
    }

    [TestMethod]
    [DataRow("radiology", "192.168.7.", 40, 16, 22)]
    public void AScanAmidSuchDaysIsTold(string name, string net, int modalities, int stations, int seed)
    {
        // Forty hosts, living and not, by an outsider on the third afternoon.
        var scan = new Capture();
        var talk = new Talk(new Lan(net + "0/24"), scan) { DistantTtl = 51 };
        for (int i = 0; i < 40; i++)
        {
            string host = string.Create(CultureInfo.InvariantCulture, $"{net}{40 + i}");
            long time = First + (2 * Capture.Day) + (15 * Capture.Hour) + (i * Capture.Second);
            _ = i < 20 ? talk.Refused(time, "203.0.113.66", 41_000 + (i * 7), host, 4242)
                : talk.Unanswered(time, "203.0.113.66", 41_000 + (i * 7), host, 4242, 0);
        }

        var hospital = new HospitalDays(net, modalities, stations, seed);
        IEnumerable<Capture> days = Enumerable.Range(0, Sample).Select(day => hospital.Day(First, day));
        Capture all = Capture.Merge([.. days, scan]).Cut(128);
        all.Frames.RemoveAll(frame => frame.Time < First + Installed);
        Findings findings = Tap.Replay(all, Site.Home(net + "0/24"));
        AlertLine told = findings.The("sweep", ("src", "203.0.113.66"));
        Assert.AreEqual("40", told["dsts"], $"{name}: {told}");
        Assert.AreEqual("4242", told["dport"], told.Text);
        Assert.AreEqual("20", told["refused"], told.Text);
    }

    private static bool IsOfFirstDay(Findings findings, AlertLine incident) =>
        findings.Lines.First(line => line.IsIncident && line.Id == incident.Id).Time.StartsWith("2026-03-02",
            StringComparison.Ordinal);
}
