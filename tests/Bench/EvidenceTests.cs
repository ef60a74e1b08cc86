using Appliance.Bench.Evidence;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Bench.Tests;

/// <summary>The stated error of the sequential tests, on a sample of what tools/Bench simulates.</summary>
[TestClass]
public sealed class EvidenceTests
{
    [TestMethod]
    public void OneClientInTenThousandIsBlamedAtMost()
    {
        EvidenceFigures.Clients clients = EvidenceFigures.OfClients(ClientModel.Stated, 300_000);
        // Of a million 38 are; 30 of 300,000 is the limit.
        Assert.IsInRange(3, 30, clients.Blamed);
        Assert.IsInRange(3_100_000L, 3_200_000L, clients.Contacts);
    }

    [TestMethod]
    public void TheScannersOfTheModelAreFoundAfterADozenContacts()
    {
        EvidenceFigures.Scans scans = EvidenceFigures.OfModelScanners(100_000);
        Assert.AreEqual(100_000, scans.Seen);
        Assert.AreEqual(13.32, scans.Mean, 0.1);
    }

    [TestMethod]
    [DataRow(0.1, 0.0, 60, 9.9)]
    [DataRow(0.3, 0.0, 60, 18.4)]
    [DataRow(0.5, 0.0, 60, 35.6)]
    [DataRow(0.7, 0.0, 60, 39.8)]
    [DataRow(0.95, 0.0, 60, 40.0)]
    [DataRow(0.5, 0.2, 59, 27.8)]
    [DataRow(0.95, 0.2, 59, 40.0)]
    public void ASweepOfSixtyHostsIsSeenWhateverAnswers(double living, double lost, int seenOfSixty, double contacts)
    {
        EvidenceFigures.Scans scans = EvidenceFigures.OfSweeps(new ScanModel(living, 0, lost, false), 3_000);
        Assert.IsGreaterThanOrEqualTo(seenOfSixty * 50, scans.Seen);
        Assert.AreEqual(contacts, scans.Mean, 0.5);
    }

    [TestMethod]
    public void AnHourlySweepIsSeenWhereAllAnswersAndADailyOneWhereLittleDoes()
    {
        Assert.AreEqual(1_000, EvidenceFigures.OfSweeps(new ScanModel(0.95, 360_000, 0, false), 1_000).Seen);
        Assert.AreEqual(1_000, EvidenceFigures.OfSweeps(new ScanModel(0.1, 8_640_000, 0, false), 1_000).Seen);
        Assert.AreEqual(0, EvidenceFigures.OfSweeps(new ScanModel(0.95, 8_640_000, 0, false), 1_000).Seen, "a scan of two months, of which all answers");
    }
}
