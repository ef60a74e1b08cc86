using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Incidents;

/// <summary>How bad an incident is where no signature says better: criticality and lethality less countermeasures.</summary>
[TestClass]
public sealed class SeverityTests
{
    private readonly IncidentTable _incidents = new();
    private readonly SignatureTable _table = new() { HomeCriticality = 2, Countermeasures = 2 };
    private readonly Severity _severity;
    private readonly int _row;

    public SeverityTests()
    {
        _severity = new Severity(_incidents, _table);
        int record = _incidents.FindFree(Kind.Sweep);
        _row = record * Column.Count;
        _incidents.Open(record, Kind.Sweep, new Probe { Version = 4, Protocol = 6, Signature = -1, Expected = -1 }, 0);
        Set(Column.Port, 80);
        Set(Column.Size, 10);
    }

    [TestMethod]
    [DataRow(Kind.Sweep, 3)]
    [DataRow(Kind.PortScan, 3)]
    [DataRow(Kind.DistributedProbe, 2)]
    [DataRow(Kind.RestrictedService, 2)]
    [DataRow(Kind.InverseMap, 3)]
    [DataRow(Kind.DarkHost, 2)]
    [DataRow(Kind.Broadcast, 3)]
    [DataRow(Kind.SuspectService, 4)]
    public void EachKindHasItsLethality(int kind, int severity)
    {
        Set(Column.Kind, kind);
        Assert.AreEqual(severity, _severity.Of(_row));
    }

    [TestMethod]
    public void ATrojanThatIsSearchedForIsNotYetThere()
    {
        Set(Column.IsSuspect, 1);
        Assert.AreEqual(2, _severity.Of(_row));
        Set(Column.Kind, Kind.PortScan);
        Assert.AreEqual(3, _severity.Of(_row), "of a port scan one port says nothing");
    }

    [TestMethod]
    [DataRow(1, 5, 1)]
    [DataRow(1, 2, 2)]
    [DataRow(2, 2, 3)]
    [DataRow(5, 2, 5)]
    [DataRow(5, 5, 3)]
    public void ItIsASumFromOneToFive(int criticality, int countermeasures, int severity)
    {
        _table.HomeCriticality = criticality;
        _table.Countermeasures = countermeasures;
        Assert.AreEqual(severity, _severity.Of(_row));
    }

    [TestMethod]
    public void WhatIsExplainedIsOne()
    {
        Set(Column.Expected, 0);
        Assert.AreEqual(1, _severity.Of(_row));
    }

    [TestMethod]
    public void ASweptServiceThatAnsweredIsWorse()
    {
        Set(Column.Answered, 1);
        Assert.AreEqual((4, 1), (_severity.Of(_row), _severity.RaiseOf(_row)));
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(58)]
    [DataRow(256)]
    public void HostsThatMerelyLiveAreNot(int protocol)
    {
        Set(Column.Answered, 9);
        Set(Column.Protocol, protocol);
        Assert.AreEqual(3, _severity.Of(_row));
    }

    [TestMethod]
    public void ASuspectPortOfAScannedHostThatAnsweredIsWorse()
    {
        Set(Column.Kind, Kind.PortScan);
        Set(Column.Answered, 1);
        Assert.AreEqual(3, _severity.Of(_row));
        Set(Column.IsSuspect, 1);
        Assert.AreEqual(4, _severity.Of(_row));
    }

    [TestMethod]
    public void OfARestrictedServiceOnlyAConversationIsWorse()
    {
        Set(Column.Kind, Kind.RestrictedService);
        Set(Column.Answered, 3);
        Assert.AreEqual(2, _severity.Of(_row));
        Set(Column.Conversed, 1);
        Assert.AreEqual(3, _severity.Of(_row));
    }

    [TestMethod]
    [DataRow(1, 5, 4, 4)]
    [DataRow(2, 2, 4, 0)]
    [DataRow(3, 2, 5, 0)]
    [DataRow(1, 2, 4, 1)]
    public void AConversationWithATrojanIsHighWhateverTheHost(int criticality, int countermeasures, int severity, int raise)
    {
        Set(Column.Kind, Kind.SuspectService);
        _table.HomeCriticality = criticality;
        _table.Countermeasures = countermeasures;
        Assert.AreEqual((severity, raise), (_severity.Of(_row), _severity.RaiseOf(_row)));
    }

    [TestMethod]
    [DataRow(0, 0, 0, 1, DisplayName = "all answer")]
    [DataRow(0, 1, 0, 2, DisplayName = "one of ten fails, as a client's")]
    [DataRow(1, 0, 0, 2)]
    [DataRow(0, 0, 1, 2)]
    [DataRow(0, 2, 0, 3, DisplayName = "one of five fails")]
    [DataRow(1, 0, 1, 3)]
    public void TheNumberOfFirstContactsAloneIsLow(int refused, int silent, int dark, int severity)
    {
        Set(Column.ByNumber, 1);
        Set(Column.Refused, refused);
        Set(Column.Silent, silent);
        Set(Column.Dark, dark);
        Assert.AreEqual(severity, _severity.Of(_row));
    }

    private void Set(int column, int value) => _incidents.Cells[_row + column] = value;
}
