using System;
using System.Globalization;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>How an incident is told while it grows: when, how often, under which number.</summary>
[TestClass]
public sealed class LifeCycleTests
{
    [TestMethod]
    public void ASteadySweepIsToldAtDoublingCounts()
    {
        AlertLine[] lines = [.. Tap.Replay(new Probes().Sweep(Probes.Hosts(10, 200), 5556, Probes.Start, 15 * Capture.Second)
            .Build(), Probes.Profile())
            .Lines.Where(line => line.IsIncident)];
        Assert.AreEqual("3", lines[0]["dsts"], "it is told as soon as it is one: " + lines[0]);
        Assert.AreEqual("200", lines[^1]["dsts"], lines[^1].Text);
        for (int i = 1; i < lines.Length - 1; i++)
        {
            Assert.IsGreaterThanOrEqualTo(2 * lines[i - 1].Number("frames"), lines[i].Number("frames"),
                "not doubled yet: " + lines[i]);
        }

        // 3, 6, 12, 24, 48, 96, 192, and the end.
        Assert.IsInRange(6, 8, lines.Length, string.Join(Environment.NewLine, lines.Select(line => line.Text)));
    }

    [TestMethod]
    public void AFastSweepIsToldAtMostOnceInTenSeconds()
    {
        AlertLine[] lines = [.. Tap.Replay(new Probes().Sweep(Probes.Hosts(10, 200), 5556, Probes.Start, 50_000).Build(),
            Probes.Profile())
            .Lines.Where(line => line.IsIncident)];
        Assert.IsLessThanOrEqualTo(3, lines.Length, string.Join(Environment.NewLine, lines.Select(line => line.Text)));
        Assert.AreEqual("open", lines[0].State);
    }

    [TestMethod]
    public void ARisingSeverityIsToldAtOnce()
    {
        // The ninth of twelve silent hosts answers on the trojan's port.
        Probes probes = new();
        probes.Sweep(Probes.Hosts(10, 8), 5556, Probes.Start, Capture.Second);
        probes.Talk.HalfOpen(Probes.Start + (8 * Capture.Second), Probes.Actor, 44_444, Probes.Net + "18", 5556);
        probes.Sweep(Probes.Hosts(19, 3), 5556, Probes.Start + (9 * Capture.Second), Capture.Second);
        Findings findings = Tap.Replay(probes.Build(), Probes.Profile());
        AlertLine closing = findings.Single("sweep");
        TenDetects.Has(closing, "sweep", "severity=3 answered=1 dsts=12");
        AlertLine risen = findings.Lines.First(line => line["severity"] == "3");
        Assert.AreEqual("update", risen.State, findings.Told);
        Assert.IsLessThanOrEqualTo(Seconds(findings.Lines[0]) + 10, Seconds(risen), findings.Told);
    }

    [TestMethod]
    public void PollsOfDarkHostsThatBecomeASweepAreOneIncident()
    {
        // First two dark hosts are polled, by and by twelve more are asked once each.
        Probes probes = new();
        for (int turn = 0; turn < 4; turn++)
        {
            foreach (string host in Probes.Hosts(20, 2))
            {
                probes.Talk.Datagrams(Probes.Start + (turn * 10 * Capture.Minute), Probes.Actor, 40_001, host, 9_999,
                    new byte[20], null);
            }
        }

        int next = 0;
        foreach (string host in Probes.Hosts(40, 12))
        {
            probes.Talk.Datagrams(Probes.Start + Capture.Hour + (next++ * Capture.Minute), Probes.Actor, 40_001, host, 9_999,
                new byte[20], null);
        }

        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).Single("sweep");
        TenDetects.Has(incident, "sweep", "dsts=14 dport=9999 frames=20");
    }

    [TestMethod]
    public void NumbersGoUpFromOne()
    {
        Findings findings = Tap.Replay(DetectTests.AllTen());
        int[] opened = [.. findings.Lines.Where(line => line.State == "open").Select(line => line.Id)];
        CollectionAssert.AreEqual(Enumerable.Range(1, opened.Length).ToArray(), opened, findings.Told);
    }

    [TestMethod]
    public void TheSameReplayTwiceSaysTheSame()
    {
        string[][] told = [.. Enumerable.Range(0, 2).Select(_ =>
            Tap.Replay(DetectTests.AllTen()).Lines.Select(line => line.Text).ToArray())];
        CollectionAssert.AreEqual(told[0], told[1]);
    }

    private static double Seconds(AlertLine line) =>
        (DateTime.Parse(line.Time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal) - DateTime.UnixEpoch)
        .TotalSeconds;
}
