using System.Linq;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>What a further attempt adds to its actor's incident.</summary>
[TestClass]
public sealed class JoiningTests
{
    private const int No = -1;
    private const int Known = 0;
    private const int New = 1;

    private readonly Parts _parts = new();
    private readonly Joining _joining;

    public JoiningTests() => _joining = _parts.Tap.Part<Joining>();

    [TestMethod]
    public void WithoutAnIncidentItJoinsNone()
    {
        Assert.AreEqual(No, _joining.Join(-1, Parts.Attempt(), true));
        Assert.AreEqual(No, _joining.Join(_parts.Suspect(Parts.Attempt()), Parts.Attempt(), true));
    }

    [TestMethod]
    public void ANewHostOfASweepIsCountedAndAKnownOneIsNot()
    {
        (int at, int row) = Open(Kind.Sweep);
        Assert.AreEqual(New, _joining.Join(at, Parts.Attempt(70, 1500, outcome: Outcome.Refused), true));
        Assert.AreEqual((1, 1, 25), (_parts[row, Column.Size], _parts[row, Column.Frames], _parts[row, Column.DestinationLength]));
        Assert.AreEqual((0, 0, 1, 0), _parts.Outcomes(row));
        Assert.AreEqual((1500, Parts.NumberOf(70)), (_parts.CellOf(at, Suspicions.Last), _parts[row, Column.TargetLast]));
        Assert.AreEqual(Known, _joining.Join(at, Parts.Attempt(70, 1400, outcome: Outcome.Answered), true));
        Assert.AreEqual((1, 2), (_parts[row, Column.Size], _parts[row, Column.Frames]));
        Assert.AreEqual((0, 0, 1, 0), _parts.Outcomes(row), "of a sweep over one port a host has one outcome");
        Assert.AreEqual(1500, _parts.CellOf(at, Suspicions.Last), "what is judged late is not the newest");
    }

    [TestMethod]
    public void ANewPortOfAPortScanIsListed()
    {
        (int at, int row) = Open(Kind.PortScan);
        Assert.AreEqual(New, _joining.Join(at, Parts.Attempt(port: 443), false));
        Assert.AreEqual((1, 1, 443, 32), (_parts[row, Column.Size], _parts[row, Column.Ports], (int)_parts.Incidents.Ports[48],
            _parts[row, Column.DestinationLength]));
        Assert.AreEqual(Known, _joining.Join(at, Parts.Attempt(port: 443), false));
        Assert.AreEqual((1, 2), (_parts[row, Column.Size], _parts[row, Column.Frames]));
    }

    [TestMethod]
    [DataRow(Kind.Sweep, false)]
    [DataRow(Kind.PortScan, true)]
    public void WhatAnotherFormOfSuspicionBringsIsNoTarget(int kind, bool byPort)
    {
        (int at, int row) = Open(kind);
        Assert.AreEqual(Known, _joining.Join(at, Parts.Attempt(70, port: 443), byPort));
        Assert.AreEqual((0, 1), (_parts[row, Column.Size], _parts[row, Column.Frames]));
    }

    [TestMethod]
    [DataRow(Outcome.Answered, 1)]
    [DataRow(Outcome.Open, 1)]
    [DataRow(Outcome.Unknown, 0)]
    [DataRow(Outcome.Refused, 0)]
    public void OverSeveralPortsAKnownHostMayAnswerAtAnother(int outcome, int answered)
    {
        (int at, int row) = Open(Kind.Sweep);
        _joining.Join(at, Parts.Attempt(70), true);
        _joining.Join(at, Parts.Attempt(70, outcome: outcome), true);
        Assert.AreEqual((1, 0, 0, 0), _parts.Outcomes(row), "of one port");
        _parts[row, Column.Ports] = 1;
        _joining.Join(at, Parts.Attempt(70, outcome: outcome), true);
        Assert.AreEqual((1 - answered, 0, 0, answered), _parts.Outcomes(row));
    }

    [TestMethod]
    [DataRow(8, 199, Known)]
    [DataRow(8, 200, No)]
    [DataRow(9, 200, No)]
    [DataRow(6, 200, Known)]
    public void AWormIsToldByItself(int form, int contacts, int joined)
    {
        (int at, int row) = Open(Kind.Sweep);
        _parts.Incidents.AddNew(3, Parts.NumberOf(10));
        _parts[row, Column.Form] = form;
        Probe probe = Parts.Attempt();
        probe.Contacts = contacts;
        Assert.AreEqual(joined, _joining.Join(at, probe, true));
    }

    [TestMethod]
    [DataRow(1, 0, 0)]
    [DataRow(1, 1, 1)]
    [DataRow(0, 0, 1)]
    public void TheDailyRoundIsNoStoryThatGoesOn(int byNumber, int contacts, int frames)
    {
        (int at, int row) = Open(Kind.Sweep);
        _parts[row, Column.ByNumber] = byNumber;
        Probe probe = Parts.Attempt(70);
        probe.Contacts = contacts;
        Assert.AreEqual(frames == 0 ? Known : New, _joining.Join(at, probe, true));
        Assert.AreEqual(frames, _parts[row, Column.Frames]);
    }

    [TestMethod]
    public void AnotherNameIsNoneOfAPortScan()
    {
        (int at, int row) = Open(Kind.PortScan);
        _parts[row, Column.Signature] = 1;
        Probe probe = Parts.Attempt(port: 443);
        probe.Signature = 1;
        _joining.Join(at, probe, false);
        Assert.AreEqual(1, _parts[row, Column.Signature]);
        probe.Signature = -1;
        _joining.Join(at, probe, false);
        Assert.AreEqual(-1, _parts[row, Column.Signature]);
    }

    [TestMethod]
    public void AGroupsServiceNamesNoSweepOverOthers()
    {
        var site = _parts.Tap.Part<SiteView>();
        int ofGroup = Enumerable.Range(0, 3).Single(site.IsOfGroup);
        int other = ofGroup == 0 ? 1 : 0;
        Assert.AreEqual(other, Named(other, -1, false), "a trojan's name stays");
        Assert.AreEqual(-1, Named(ofGroup, -1, false));
        Assert.AreEqual(ofGroup, Named(ofGroup, ofGroup, true));
        Assert.AreEqual(-1, Named(other, ofGroup, true));
        Assert.AreEqual(other, Named(-1, other, false), "what has no name takes one");
    }

    [TestMethod]
    public void PollingIsFollowed()
    {
        (int at, int row) = Open(Kind.DarkHost);
        Assert.AreEqual(Known, _joining.Join(at, Parts.Attempt(70, outcome: Outcome.Dark), true));
        Assert.AreEqual((1, 1), (_parts[row, Column.Size], _parts[row, Column.Dark]));
    }

    [TestMethod]
    public void AnArpQuestionIsWhatASweepBringsAlong()
    {
        _parts.Tap.Heard(1, 200, 201).Until(60);
        Probe question = Parts.Attempt(70, 6000, protocol: 256, outcome: Outcome.Dark);
        (int at, int row) = Open(Kind.Sweep, question);
        _parts[row, Column.Protocol] = 6;
        _parts[row, Column.Last] = 6000;
        Assert.AreEqual(Known, _joining.Join(at, question, true));
        Assert.AreEqual((1, 1, 0), (_parts[row, Column.Size], _parts[row, Column.Dark], _parts[row, Column.Silent]));
        _parts[row, Column.Protocol] = 256;
        Assert.AreEqual(New, _joining.Join(at, Parts.Attempt(71, 6000, protocol: 256, outcome: Outcome.Silent), true));
        Assert.AreEqual((2, 1, 1), (_parts[row, Column.Size], _parts[row, Column.Dark], _parts[row, Column.Silent]));
    }

    private int Named(int name, int signature, bool isRestricted)
    {
        var parts = new Parts();
        int row = parts.Open(3, Kind.Sweep);
        (parts[row, Column.Signature], parts[row, Column.ToldKind]) = (name, Kind.Sweep);
        int at = parts.Suspect(Parts.Attempt());
        parts.SetCellOf(at, Suspicions.Incident, 4);
        Probe probe = Parts.Attempt(70);
        (probe.Signature, probe.IsRestricted) = (signature, isRestricted);
        parts.Tap.Part<Joining>().Join(at, probe, true);
        return parts[row, Column.Signature];
    }

    private (int At, int Row) Open(int kind, Probe? probe = null)
    {
        int row = _parts.Open(3, kind, probe);
        (_parts[row, Column.ToldKind], _parts[row, Column.ToldSeverity]) = (kind, 5);
        int at = _parts.Suspect(probe ?? Parts.Attempt(), kind != Kind.PortScan);
        _parts.SetCellOf(at, Suspicions.Incident, 4);
        return (at, row);
    }
}
