using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Which failures outwards are the one story of a closed firewall.</summary>
[TestClass]
public sealed class OutwardFailuresTests
{
    private readonly Parts _parts = new();
    private readonly OutwardFailures _failures;

    public OutwardFailuresTests() => _failures = _parts.Tap.Part<OutwardFailures>();

    [TestMethod]
    [DataRow(-1, 199, 2, true)]
    [DataRow(0, 199, 2, false)]
    [DataRow(-1, 200, 2, false)]
    [DataRow(-1, 199, 3, false)]
    [DataRow(-1, 1, 0, true)]
    public void ThoseOfFewerThanTwoHundredAndNotOfATrojansPort(int livingBit, int contacts, int suspects, bool are)
    {
        Probe probe = Parts.Attempt();
        (probe.LivingBit, probe.Contacts) = (livingBit, contacts);
        int at = _parts.Suspect(probe);
        _parts.SetCellOf(at, Suspicions.Counts, 0x0500ffff | (suspects << 16));
        Assert.AreEqual(are, _failures.Are(at, probe));
    }

    [TestMethod]
    public void SilenceAndRefusalAreTwoStories()
    {
        Probe silent = Parts.Attempt();
        Probe refused = Parts.Attempt(outcome: Outcome.Refused);
        Assert.AreEqual((-1, -1), (_failures.RecordOf(silent), _failures.RecordOf(refused)));
        int record = _failures.Open(silent);
        Assert.AreEqual((8, Kind.Sweep), (_parts[record * Column.Count, Column.Form], _parts[record * Column.Count, Column.Kind]));
        Assert.AreEqual((record, -1), (_failures.RecordOf(silent), _failures.RecordOf(refused)));
        int other = _failures.Open(refused);
        Assert.AreEqual(9, _parts[other * Column.Count, Column.Form]);
        Assert.AreEqual((record, other), (_failures.RecordOf(silent), _failures.RecordOf(refused)));
    }

    [TestMethod]
    public void OfWhateverHostInside()
    {
        int record = _failures.Open(Parts.Attempt(actor: Parts.Home + 7));
        Assert.AreEqual(record, _failures.RecordOf(Parts.Attempt(actor: Parts.Home + 8)));
        Probe six = Parts.Attempt();
        six.Version = 6;
        Assert.AreEqual(-1, _failures.RecordOf(six), "by IPv6 the cause may be another");
    }
}
