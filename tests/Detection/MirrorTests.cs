using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>What the mirror port does to frames: one direction only, losses.</summary>
[TestClass]
public sealed class MirrorTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void AOneSidedMirrorIsSaidWithinAMinuteAndConcludesNothing(bool showsInbound)
    {
        // The switch mirrors one direction of the router's port: what comes in, or what goes out.
        Probes probes = new();
        for (int i = 0; i < 240; i++)
        {
            long time = Probes.Start + (i * 2 * Capture.Second);
            string client = Probes.Net + Text($"{160 + (i % 20)}");
            string server = Text($"203.0.{113 + (i % 3)}.{10 + (i % 40)}");
            _ = i % 5 == 0
                ? probes.Talk.Refused(time, client, 2000 + i, server, 80)
                : probes.Talk.Connection(time, client, 2000 + i, server, 80, 2, 300, 3_000, isReset: i % 7 == 0);
        }

        Capture half = probes.Build().Select(frame =>
            probes.Lan.IsHome(string.Join('.', frame[26..30])) == showsInbound ? [] : [frame]);
        Findings findings = Tap.Replay(half, Probes.Profile());
        AlertLine? health = findings.Lines.FirstOrDefault(line => line.Kind == "health");
        Assert.IsNotNull(health, "a one-sided mirror is to be said:" + Environment.NewLine + findings.Told);
        DateTime said = DateTime.Parse(health.Time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        Assert.IsLessThanOrEqualTo(Probes.Start + Capture.Minute + Capture.Second,
            (long)(said - DateTime.UnixEpoch).TotalMicroseconds, health.Text);
        Assert.IsEmpty(findings.Incidents.Where(line => line.Kind == "inverse-map"), findings.Told);
    }

    [TestMethod]
    public void AOneSidedMirrorIsNoticedThoughThereIsOneServerOnly()
    {
        // All stations send to the one archive, outside of the VLAN; its side alone is mirrored.
        Probes probes = new();
        for (int i = 0; i < 60; i++)
        {
            probes.Talk.Connection(Probes.Start + (i * 5 * Capture.Second), Probes.Net + Text($"{160 + (i % 20)}"), 2000 + i, "198.51.100.1", 104, 2,
                300, 900);
        }

        Capture half = probes.Build().Select(frame => probes.Lan.IsHome(string.Join('.', frame[26..30])) ? [] : [frame]);
        Findings findings = Tap.Replay(half, Probes.Profile());
        Assert.IsTrue(findings.Lines.Any(line => line.Kind == "health"), findings.Told);
        Assert.IsEmpty(findings.Incidents.Where(line => line.Kind == "inverse-map"), findings.Told);
    }

    [TestMethod]
    public void AMirrorOfBothDirectionsIsNotCalledOneSided()
    {
        Findings findings = Tap.Replay(new Probes().Sweep(Probes.Hosts(10, 3), 8090, Probes.Start, Capture.Hour)
            .Build(isAmidOrdinaryTraffic: true), Probes.Profile());
        Assert.IsFalse(findings.Lines.Any(line => line.Kind == "health"
            && line.Message.Contains("one-sided", StringComparison.Ordinal)), findings.Told);
    }

    [TestMethod]
    [DataRow(0.3)]
    [DataRow(0.05)]
    public void WhileFramesAreLostNothingIsUnsolicited(double drop)
    {
        // Refusals and answers of one farm: a third of the questions is lost on the way to the sensor.
        Probes probes = new();
        for (int i = 0; i < 400; i++)
        {
            string client = Probes.Net + Text($"{160 + (i % 20)}");
            string server = Text($"212.108.4.{150 + (i % 6)}");
            long time = Probes.Start + (i * 3 * Capture.Second);
            _ = i % 2 == 0
                ? probes.Talk.Refused(time, client, 2000 + i, server, 80)
                : probes.Talk.Connection(time, client, 2000 + i, server, 80);
        }

        Findings findings = Tap.Replay(probes.Build(), Probes.Profile(), drop);
        Assert.IsEmpty(findings.Incidents.Where(line => line.Kind == "inverse-map"), findings.Told);
    }

    [TestMethod]
    public void FramesThatAreMirroredTwiceCountOnce()
    {
        // A switch that mirrors both a port and its uplink shows every frame twice, some microseconds apart.
        Probes probes = new();
        probes.Sweep(Probes.Hosts(100, 20), 5556, Probes.Start, Capture.Second);
        var twice = new Capture();
        foreach (TimedFrame frame in probes.Build(isAmidOrdinaryTraffic: true).Frames)
        {
            twice.Add(frame.Time, frame.Bytes).Add(frame.Time + 7, frame.Bytes);
        }

        TenDetects.Has(Tap.Replay(Capture.Merge(twice), Probes.Profile()).Single("sweep"), "sweep", "dsts=20 frames=20");
    }

    [TestMethod]
    public void AnswersThatOvertakeTheirQuestionsAreSilent()
    {
        // Two queues of a switch: now and then the reset is mirrored some microseconds before the SYN that it answers.
        Probes probes = new();
        for (int i = 0; i < 30; i++)
        {
            string client = Probes.Net + Text($"{160 + (i % 20)}");
            string server = Text($"212.108.4.{150 + (i % 6)}");
            uint sequence = probes.Talk.NextSequence();
            long time = Probes.Start + (i * 30 * Capture.Second);
            bool isEarly = i % 5 == 0;
            probes.Capture.Add(time, probes.Talk.Syn(client, 2000 + i, server, 80, sequence));
            probes.Capture.Add(isEarly ? time - 15 : time + 300,
                probes.Talk.Between(server, client).Tcp(80, 2000 + i, "RA", 0, sequence + 1, window: 0));
        }

        Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile()).AreNone();
    }

    [TestMethod]
    [DataRow(0.05)]
    [DataRow(0.2)]
    public void LossesHideNoDetectThatIsLargeEnough(double drop)
    {
        // What is lost is lost, but the kinds that rest on many frames are still told, and say how much was lost.
        Probes probes = new();
        probes.Sweep(Probes.Hosts(100, 60), 5556, Probes.Start, Capture.Second);
        AlertLine incident = Tap.Replay(probes.Build(isAmidOrdinaryTraffic: true), Probes.Profile(), drop)
            .The("sweep", ("src", Probes.Actor));
        Assert.IsGreaterThanOrEqualTo((int)(60 * (1 - (2 * drop))), incident.Number("dsts"), incident.Text);
        Assert.IsGreaterThan(0, incident.Number("lost"), incident.Text);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
