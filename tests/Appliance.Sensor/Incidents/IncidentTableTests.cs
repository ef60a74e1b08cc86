using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Incidents;

/// <summary>The records of open incidents: which one gives way, what each counts. Times are centiseconds.</summary>
[TestClass]
public sealed class IncidentTableTests
{
    private readonly IncidentTable _table = new();

    [TestMethod]
    public void TwelveAreOpenAtATimeAndSixOfAKind()
    {
        for (int i = 0; i < 6; i++)
        {
            Open(Kind.Sweep);
        }

        Assert.AreEqual(-1, _table.FindFree(Kind.Sweep));
        for (int i = 0; i < 6; i++)
        {
            Open(Kind.DarkHost);
        }

        Assert.AreEqual(-1, _table.FindFree(Kind.PortScan));
        Assert.AreEqual(12, _table.OpenCount);
        Assert.AreEqual((6, 6, 0), (_table.Opened[Kind.Sweep], _table.Opened[Kind.DarkHost], _table.Opened[Kind.PortScan]));
        CollectionAssert.AreEquivalent(Enumerable.Range(1, 12).ToArray(), Enumerable.Range(0, 12).Select(i => At(i, Column.Id)).ToArray());
    }

    [TestMethod]
    public void TheLowestSeverityGivesWayFirst()
    {
        Fill(Kind.Sweep, Kind.PortScan);
        Set(3, severity: 2, size: 900, first: 0, last: 900_000);
        Assert.AreEqual(3, _table.FindLeast(1_000_000, Kind.DarkHost));
    }

    [TestMethod]
    public void ThenTheSmallestAndShortest()
    {
        Fill(Kind.Sweep, Kind.PortScan);
        Set(5, severity: 3, size: 9, first: 0, last: 100);
        Assert.AreEqual(5, _table.FindLeast(2000, Kind.DarkHost), "9 hosts and a second of 10 and one");
        Set(7, severity: 3, size: 3, first: 0, last: 600);
        Assert.AreEqual(7, _table.FindLeast(2000, Kind.DarkHost), "3 and six seconds are 9");
        Set(7, severity: 3, size: 3, first: 0, last: 800);
        Assert.AreEqual(5, _table.FindLeast(2000, Kind.DarkHost));
    }

    [TestMethod]
    public void ThenTheLongestSilent()
    {
        Fill(Kind.Sweep, Kind.PortScan);
        Set(8, severity: 3, size: 10, first: 350, last: 450);
        Assert.AreEqual(8, _table.FindLeast(2000, Kind.DarkHost));
    }

    [TestMethod]
    public void WhereAKindHasItsHalfOneOfItGivesWay()
    {
        Fill(Kind.Sweep, Kind.PortScan);
        Set(0, severity: 1, size: 1, first: 0, last: 0);
        int least = _table.FindLeast(2000, Kind.Sweep);
        Assert.AreEqual(Kind.Sweep, At(least, Column.Kind));
        least = _table.FindLeast(2000, Kind.PortScan);
        Assert.AreEqual(Kind.PortScan, At(least, Column.Kind));
    }

    [TestMethod]
    public void ARecordBeginsWithWhatItsProbeSays()
    {
        int record = _table.FindFree(Kind.Sweep);
        _table.Open(record, Kind.Sweep, new Probe
        {
            Version = 4,
            Actor = 7,
            Target = 9,
            Protocol = 6,
            Signature = 3,
            Expected = 2,
            IsSuspect = true,
            Now = 500,
            Fine = 77,
            Wall = 123456789,
            SourcePort = 4000,
            Flags = 2,
        }, 11);
        Assert.AreEqual((1, Kind.Sweep, -1, 3), (At(record, Column.Id), At(record, Column.Kind), At(record, Column.ToldKind),
            At(record, Column.Signature)));
        Assert.AreEqual((6, 4, 7, 1), (At(record, Column.Protocol), At(record, Column.Version), At(record, Column.Actor),
            At(record, Column.Sources)));
        Assert.AreEqual((500, 500, (77 << 16) | 77), (At(record, Column.First), At(record, Column.Last), At(record, Column.Fine)));
        Assert.AreEqual((-1, 2, 11, -1, 1), (At(record, Column.Group), At(record, Column.Expected), At(record, Column.LostBefore),
            At(record, Column.Owner), At(record, Column.IsSuspect)));
        Assert.AreEqual((4000, 2, 7, 9), (At(record, Column.SourcePort), At(record, Column.Flags), At(record, Column.Source),
            At(record, Column.Destination)));
        Assert.AreEqual((32, 32, 0, 0), (At(record, Column.SourceLength), At(record, Column.DestinationLength),
            At(record, Column.Frames), At(record, Column.Size)));
        Assert.AreEqual(123456789, _table.Wall[record]);
    }

    [TestMethod]
    public void WhatDiffersIsNoFactOfTheIncident()
    {
        int record = Open(Kind.Sweep);
        _table.Absorb(record, Frame(200, flags: 2, sourcePort: 4000));
        Assert.AreEqual((2, 4000, 1), (At(record, Column.Flags), At(record, Column.SourcePort), At(record, Column.Frames)));
        _table.Absorb(record, Frame(300, flags: 18, sourcePort: 4001));
        Assert.AreEqual((-1, -1, 2), (At(record, Column.Flags), At(record, Column.SourcePort), At(record, Column.Frames)));
        Assert.AreEqual((100, 300), (At(record, Column.First), At(record, Column.Last)));
        Assert.AreEqual(3000, _table.Wall[record]);
        _table.Absorb(record, Frame(250, flags: 18, sourcePort: 4001));
        Assert.AreEqual(300, At(record, Column.Last), "an older one");
        Assert.AreEqual(3000, _table.Wall[record]);
        Probe held = Frame(300);
        held.Wall = 2999;
        _table.Absorb(record, held);
        Assert.AreEqual(3000, _table.Wall[record], "an older one of the same centisecond, held back for its answer");
        held.Wall = 3001;
        _table.Absorb(record, held);
        Assert.AreEqual(3001, _table.Wall[record]);
    }

    [TestMethod]
    public void ASignatureNamesWhatHadNoName()
    {
        int record = Open(Kind.DarkHost);
        Probe named = Frame(200);
        named.Signature = 5;
        _table.Absorb(record, named);
        Assert.AreEqual((5, 1), (At(record, Column.Signature), At(record, Column.MayBeWorse)));
        Probe other = Frame(300);
        other.Signature = 6;
        _table.Absorb(record, other);
        Assert.AreEqual(5, At(record, Column.Signature));
    }

    [TestMethod]
    public void OnePortsNameDoesNotNameASweepOverSeveral()
    {
        int record = Open(Kind.Sweep);
        _table.ListPort(record, 80);
        Probe named = Frame(200);
        named.Signature = 5;
        _table.Absorb(record, named);
        Assert.AreEqual(-1, At(record, Column.Signature));
    }

    [TestMethod]
    public void WhatIsExplainedIsSoWhileAllOfItIs()
    {
        int record = Open(Kind.Sweep);
        _table.Cells[(record * Column.Count) + Column.Expected] = 2;
        Probe explained = Frame(200);
        explained.Expected = 2;
        _table.Absorb(record, explained);
        Assert.AreEqual((2, 0), (At(record, Column.Expected), At(record, Column.MayBeWorse)));
        _table.Absorb(record, Frame(300));
        Assert.AreEqual((-1, 1), (At(record, Column.Expected), At(record, Column.MayBeWorse)));
    }

    [TestMethod]
    public void OneSuspectAttemptMakesItSuspect()
    {
        int record = Open(Kind.Sweep);
        _table.Absorb(record, Frame(200));
        Assert.AreEqual(0, At(record, Column.IsSuspect));
        Probe suspect = Frame(200);
        suspect.IsSuspect = true;
        _table.Absorb(record, suspect);
        Assert.AreEqual((1, 1), (At(record, Column.IsSuspect), At(record, Column.MayBeWorse)));
    }

    [TestMethod]
    [DataRow(64, 0)]
    [DataRow(51, 13)]
    [DataRow(65, 63)]
    [DataRow(128, 0)]
    [DataRow(117, 11)]
    [DataRow(129, 126)]
    [DataRow(255, 0)]
    [DataRow(244, 11)]
    [DataRow(1, 63)]
    public void ATtlSaysHowManyHopsItCame(int ttl, int hops)
    {
        int record = Open(Kind.DistributedProbe);
        _table.AbsorbTtl(record * Column.Count, ttl);
        Assert.AreEqual((ttl, ttl, hops, hops), Ttls(record));
    }

    [TestMethod]
    public void HopsThatDifferByOneAreAlike()
    {
        int record = Open(Kind.DistributedProbe);
        int row = record * Column.Count;
        foreach (int ttl in new[] { 0, 51, 116, 242 })
        {
            _table.AbsorbTtl(row, ttl);
        }

        Assert.AreEqual((51, 242, 12, 13), Ttls(record));
        Assert.IsTrue(_table.AreHopsAlike(row), "13, 12 and 13 hops");
        _table.AbsorbTtl(row, 50);
        Assert.AreEqual((50, 242, 12, 14), Ttls(record));
        Assert.IsFalse(_table.AreHopsAlike(row));
        _table.AbsorbTtl(row, 255);
        Assert.AreEqual((50, 255, 0, 14), Ttls(record));
        _table.AbsorbTtl(row, 0);
        Assert.AreEqual((50, 255, 0, 14), Ttls(record));
    }

    [TestMethod]
    public void TargetsAreCountedOnce()
    {
        int record = Open(Kind.Sweep);
        int[] numbers = [500, 501, 499, 500, 530, 501];
        CollectionAssert.AreEqual(new[] { 1, 1, 1, 0, 1, 0 }, numbers.Select(number => Add(record, number)).ToArray());
        Assert.AreEqual((4, 499, 31), (At(record, Column.Size), At(record, Column.TargetLow), At(record, Column.TargetSpan)));
        CollectionAssert.AreEqual(new[] { 500, 501, 499, 530 },
            Enumerable.Range(0, 4).Select(i => (int)_table.Listed[(record * 32) + i]).ToArray());
    }

    [TestMethod]
    public void NumbersCountOnFrom65535To0()
    {
        int record = Open(Kind.Sweep);
        foreach (int number in new[] { 65530, 3, 65535, 0, 65520 })
        {
            Assert.AreEqual(1, Add(record, number));
        }

        Assert.AreEqual((65520, 19), (At(record, Column.TargetLow), At(record, Column.TargetSpan)));
    }

    [TestMethod]
    public void AThousandNeighboursAreCountedExactly()
    {
        int record = Open(Kind.Sweep);
        for (int turn = 0; turn < 2; turn++)
        {
            for (int i = 0; i < 1024; i++)
            {
                Assert.AreEqual(turn == 0 ? 1 : 0, Add(record, 3000 + ((i * 7) & 1023)));
            }
        }

        Assert.AreEqual(1024, At(record, Column.Size));
        Assert.IsFalse(_table.IsAtLeast(record * Column.Count));
    }

    [TestMethod]
    public void PortsAnywhereAreCountedExactlyByTheIncidentThatIsFirst()
    {
        int record = Open(Kind.PortScan);
        for (int turn = 0; turn < 2; turn++)
        {
            for (int i = 0; i < 1000; i++)
            {
                Add(record, (i * 65) & 0xffff);
            }
        }

        Assert.AreEqual(1000, At(record, Column.Size));
    }

    [TestMethod]
    public void OfAnotherTheCountIsAnEstimate()
    {
        int first = Open(Kind.PortScan);
        Add(first, 1);
        Add(first, 60000);
        int second = Open(Kind.PortScan);
        for (int turn = 0; turn < 2; turn++)
        {
            for (int i = 0; i < 1000; i++)
            {
                Add(second, (i * 65) & 0xffff);
            }
        }

        Assert.IsInRange(930, 1070, At(second, Column.Size));
        _table.Release(first);
        Assert.AreEqual(2, At(first, Column.Size));
    }

    // Numbers anywhere, most of them once: how many differ, and what 1,024 bits say.
    [TestMethod]
    [DataRow(100, 100, 97, false)]
    [DataRow(600, 597, 588, false)]
    [DataRow(1_500, 1_483, 1_361, false)]
    [DataRow(3_000, 2_937, 3_026, false)]
    [DataRow(3_600, 3_502, 3_476, false)]
    [DataRow(6_000, 5_769, 3_567, true)]
    public void BeyondItsBitsACountIsLinear(int numbers, int differ, int counted, bool isAtLeast)
    {
        int first = Open(Kind.PortScan);
        Add(first, 1);
        Add(first, 60000);
        int second = Open(Kind.PortScan);
        Add(second, 0);
        Add(second, 65_535);
        var seen = new HashSet<int> { 0, 65_535 };
        uint random = 7;
        for (int i = 2; i < numbers; i++)
        {
            random = (random * 1_664_525) + 1_013_904_223;
            seen.Add((int)(random >> 16));
            Add(second, (int)(random >> 16));
            // A retry, so that there are more attempts than targets.
            Add(second, 0);
        }

        Assert.HasCount(differ, seen);
        Assert.AreEqual((counted, isAtLeast), (At(second, Column.Size), _table.IsAtLeast(second * Column.Count)));
    }

    [TestMethod]
    public void ThereAreNeverMoreTargetsThanAttempts()
    {
        int first = Open(Kind.PortScan);
        Add(first, 1);
        Add(first, 60000);
        int second = Open(Kind.PortScan);
        for (int i = 0; i < 5000; i++)
        {
            Add(second, (i * 13) & 0xffff);
            Assert.IsLessThanOrEqualTo(i + 1, At(second, Column.Size));
        }

        Assert.IsGreaterThan(3000, At(second, Column.Size));
        for (int i = 0; i < 5000; i++)
        {
            Add(second, (i * 13) & 0xffff);
        }

        Assert.IsTrue(_table.IsAtLeast(second * Column.Count));
    }

    [TestMethod]
    public void SixteenPortsAreListedInOrder()
    {
        int record = Open(Kind.PortScan);
        foreach (int port in new[] { 443, 22, 80, 22, 65535, 0, 7 })
        {
            _table.ListPort(record, port);
        }

        CollectionAssert.AreEqual(new[] { 7, 22, 80, 443, 65535 }, PortsOf(record));
        for (int port = 100; port < 120; port++)
        {
            _table.ListPort(record, port);
        }

        CollectionAssert.AreEqual(new[] { 7, 22, 80, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 443, 65535 }, PortsOf(record));
    }

    [TestMethod]
    public void FourSourcesAreNamed()
    {
        int record = Open(Kind.DistributedProbe);
        for (int i = 0; i < 6; i++)
        {
            _table.NameSource(record, i, 0x0a0b0c00 + i);
        }

        byte[] expected = [10, 11, 12, 0, 10, 11, 12, 1, 10, 11, 12, 2, 10, 11, 12, 3, 0, 0, 0, 0];
        CollectionAssert.AreEqual(expected, _table.Addresses[(record * 32)..((record * 32) + 20)]);
    }

    [TestMethod]
    public void SourcesOfANetworkAreCountedByTheirLastOctet()
    {
        int record = Open(Kind.InverseMap);
        foreach (int octet in new[] { 0, 31, 32, 255, 0, 255 })
        {
            _table.CountSource(record, octet);
        }

        Assert.AreEqual(5, At(record, Column.Sources), "one is counted when it opens");
    }

    [TestMethod]
    public void APrefixCoversAllTargets()
    {
        int record = Open(Kind.Sweep);
        int[] targets = [0x0a141e01, 0x0a141e05, 0x0a141e02, 0x0a141f00, 0x0a800000, unchecked((int)0xc0000000)];
        int[] lengths = [32, 29, 29, 23, 8, 0];
        _table.Cells[(record * Column.Count) + Column.Destination] = targets[0];
        for (int i = 0; i < targets.Length; i++)
        {
            _table.CoverDestination(record, new Probe { Version = 4, Target = targets[i] });
            Assert.AreEqual(lengths[i], At(record, Column.DestinationLength));
        }
    }

    [TestMethod]
    public void SoDoesOneOfIPv6()
    {
        int record = _table.FindFree(Kind.Sweep);
        byte[] addresses = [.. Enumerable.Repeat((byte)0x20, 32)];
        _table.Open(record, Kind.Sweep, new Probe { Version = 6, Addresses = addresses, SourceAt = 0, DestinationAt = 16 }, 0);
        Assert.AreEqual(128, At(record, Column.DestinationLength));
        addresses[31] ^= 3;
        _table.CoverDestination(record, new Probe { Version = 6, Addresses = addresses, DestinationAt = 16 });
        Assert.AreEqual(126, At(record, Column.DestinationLength));
        addresses[24] ^= 0x80;
        _table.CoverDestination(record, new Probe { Version = 6, Addresses = addresses, DestinationAt = 16 });
        Assert.AreEqual(64, At(record, Column.DestinationLength));
        _table.CoverSource(record, new Probe { Version = 6, Addresses = addresses, SourceAt = 0 });
        Assert.AreEqual(128, At(record, Column.SourceLength));
    }

    [TestMethod]
    public void ASweepOverSeveralPortsIsToldAsAScan()
    {
        int row = Open(Kind.Sweep) * Column.Count;
        _table.Cells[row + Column.Port] = 0;
        _table.Cells[row + Column.Ports] = 1;
        Assert.AreEqual(Kind.Sweep, _table.KindOf(row));
        _table.Cells[row + Column.Ports] = 2;
        Assert.AreEqual(Kind.Scan, _table.KindOf(row));
        _table.Cells[row + Column.Port] = 80;
        Assert.AreEqual(Kind.Sweep, _table.KindOf(row));
    }

    // Ten hosts and a second each; the seventh and later are of the second kind.
    private void Fill(int kind, int other)
    {
        for (int i = 0; i < 12; i++)
        {
            int record = Open(i < 6 ? kind : other);
            Set(record, severity: 3, size: 10, first: 400, last: 500);
        }
    }

    private void Set(int record, int severity, int size, int first, int last)
    {
        int row = record * Column.Count;
        _table.Cells[row + Column.ToldSeverity] = severity;
        _table.Cells[row + Column.Size] = size;
        _table.Cells[row + Column.First] = first;
        _table.Cells[row + Column.Last] = last;
    }

    private int Open(int kind)
    {
        int record = _table.FindFree(kind);
        _table.Open(record, kind, Frame(100), 0);
        return record;
    }

    private int Add(int record, int number)
    {
        _table.Cells[(record * Column.Count) + Column.Frames]++;
        return _table.AddNew(record, number);
    }

    private int At(int record, int column) => _table.Cells[(record * Column.Count) + column];

    private int[] PortsOf(int record) =>
        [.. Enumerable.Range(0, At(record, Column.Ports)).Select(i => (int)_table.Ports[(record * 16) + i])];

    private (int Low, int High, int LeastHops, int MostHops) Ttls(int record) =>
        (At(record, Column.TtlLow), At(record, Column.TtlHigh), At(record, Column.HopsLow), At(record, Column.HopsHigh));

    private static Probe Frame(int now, int flags = 2, int sourcePort = 4000) => new()
    {
        Version = 4,
        Actor = 7,
        Protocol = 6,
        Signature = -1,
        Expected = -1,
        Now = now,
        Wall = now * 10,
        Flags = flags,
        SourcePort = sourcePort,
    };
}
