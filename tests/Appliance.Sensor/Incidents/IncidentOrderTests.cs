using System;
using System.Linq;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Incidents;

/// <summary>The order in which a sweep's targets came, and what it proves of the tool.</summary>
[TestClass]
public sealed class IncidentOrderTests
{
    private const int Port = 1;
    private const int Id = 2;

    private readonly IncidentTable _table = new();

    [TestMethod]
    public void SourcePortsThatCountWithTheTargetAreAnOrder() => Assert.AreEqual(Port, Stride(Walk(20, i => 4000 + i, i => i * 777)));

    [TestMethod]
    public void IdsThatCountWithTheTargetAreAnOrder() => Assert.AreEqual(Id, Stride(Walk(20, i => i * 997, i => 9000 + i)));

    [TestMethod]
    public void SoAreIdsOfSwappedOctets() =>
        Assert.AreEqual(Id, Stride(Walk(20, i => i * 997, i => (((1000 + i) << 8) | ((1000 + i) >> 8)) & 0xffff)));

    [TestMethod]
    public void NoneIsNone() => Assert.AreEqual(0, Stride(Walk(20, i => i * 997, i => i * 777)));

    [TestMethod]
    [DataRow(8, Port)]
    [DataRow(9, 0)]
    public void AnOrderSlipsByEightAtMost(int slip, int stride) =>
        Assert.AreEqual(stride, Stride(Walk(200, i => 4000 + i + (i > 100 ? slip : 0), i => i * 777)));

    [TestMethod]
    [DataRow(-8, Port)]
    [DataRow(-9, 0)]
    public void DownAsWell(int slip, int stride) =>
        Assert.AreEqual(stride, Stride(Walk(200, i => 4000 + i + (i > 100 ? slip : 0), i => i * 777)));

    [TestMethod]
    [DataRow(8, Id)]
    [DataRow(9, 0)]
    [DataRow(-8, Id)]
    [DataRow(-9, 0)]
    public void SoDoesThatOfIds(int slip, int stride) =>
        Assert.AreEqual(stride, Stride(Walk(200, i => i * 997, i => 9000 + i + (i > 100 ? slip : 0))));

    [TestMethod]
    [DataRow(8, Id)]
    [DataRow(9, 0)]
    [DataRow(-8, Id)]
    [DataRow(-9, 0)]
    public void AndOfIdsOfSwappedOctets(int slip, int stride) =>
        Assert.AreEqual(stride, Stride(Walk(200, i => i * 997, i => Swapped(9000 + i + (i > 100 ? slip : 0)))));

    [TestMethod]
    public void UnseenBySwappedIdsLikewise()
    {
        int record = Walk(40, i => i * 997, i => Swapped(9000 + i), i => i is not (5 or 6 or 9 or 30));
        Assert.AreEqual((Id, 4), (Stride(record), Unseen(record)));

        // Two that the tool left out: its count does not go on for them.
        record = Walk(40, i => i * 997, i => Swapped(9000 + i - (i > 20 ? 2 : 0)), i => i is not (5 or 19 or 20));
        Assert.AreEqual((Id, 1), (Stride(record), Unseen(record)));
    }

    [TestMethod]
    [DataRow(4, 24, 0, 3)]
    [DataRow(4, 17, 0, 3)]
    [DataRow(4, 16, 0, 3)]
    [DataRow(4, 15, 0, 0, DisplayName = "the numbers of several /16 are not in one row")]
    [DataRow(4, 16, 64_520, 3, DisplayName = "from 65520 to 65535 at most")]
    [DataRow(4, 16, 64_530, 0, DisplayName = "across the end of a /16")]
    [DataRow(4, 17, 64_530, 3, DisplayName = "half of one is spanned in one way")]
    [DataRow(6, 113, 0, 3)]
    [DataRow(6, 112, 0, 0)]
    public void UnseenIsSaidWhereTheNumbersShowIt(int version, int length, int shift, int unseen)
    {
        int record = Open();
        _table.Cells[(record * Column.Count) + Column.Version] = version;
        _table.Cells[(record * Column.Count) + Column.DestinationLength] = length;
        foreach (int i in Enumerable.Range(0, 16).Where(i => i is not (5 or 6 or 9)))
        {
            _table.Cells[(record * Column.Count) + Column.Frames]++;
            int number = (ushort)(1000 + shift + i);
            if (_table.AddNew(record, number) > 0)
            {
                _table.FollowOrder(record, number, (ushort)(4000 + i), i * 777);
            }
        }

        Assert.AreEqual((Port, unseen), (Stride(record), Unseen(record)));
    }

    [TestMethod]
    [DataRow(4, 4, Port)]
    [DataRow(4, 5, 0)]
    public void BothWaysAreSummed(int up, int down, int stride) =>
        Assert.AreEqual(stride, Stride(Walk(200, i => 4000 + i + (i == 50 ? up : i == 150 ? -down : 0), i => i * 777)));

    [TestMethod]
    [DataRow(16, 2, 0)]
    [DataRow(17, 2, Port)]
    public void WhatSlipsIsLittleBesideTheSpan(int hosts, int slip, int stride) =>
        Assert.AreEqual(stride, Stride(Walk(hosts, i => 4000 + i + (i > 5 ? slip : 0), i => i * 777)));

    [TestMethod]
    [DataRow(2, 0)]
    [DataRow(3, Port)]
    public void TwoTargetsHaveNoOrder(int hosts, int stride) => Assert.AreEqual(stride, Stride(Walk(hosts, i => 4000 + i, i => i * 777)));

    [TestMethod]
    public void OneConstantSourcePortIsNone()
    {
        int record = Walk(20, _ => 4000, i => i * 777);
        _table.Cells[(record * Column.Count) + Column.SourcePort] = 4000;
        Assert.AreEqual(0, Stride(record));
    }

    [TestMethod]
    public void SeveralSourcesHaveNone()
    {
        int record = Walk(20, i => 4000 + i, i => i * 777);
        _table.Cells[(record * Column.Count) + Column.Sources] = 2;
        Assert.AreEqual(0, Stride(record));
    }

    [TestMethod]
    public void OnlyASweepHasOne()
    {
        int record = Walk(20, i => 4000 + i, i => i * 777);
        _table.Cells[(record * Column.Count) + Column.Kind] = Kind.PortScan;
        Assert.AreEqual(0, Stride(record));
    }

    [TestMethod]
    public void OneMissingIdMayBeTwoMayNot()
    {
        int record = Walk(20, i => i * 997, i => 9000 + i);
        _table.MissOrder(record);
        Assert.AreEqual(Id, Stride(record));
        _table.MissOrder(record);
        Assert.AreEqual(0, Stride(record));
    }

    [TestMethod]
    public void ATargetWithoutAnIdIsOneMissing()
    {
        int record = Walk(20, i => i * 997, i => i == 7 ? -1 : 9000 + i);
        Assert.AreEqual(Id, Stride(record));
        _table.MissOrder(record);
        Assert.AreEqual(0, Stride(record));
    }

    [TestMethod]
    public void AnotherWalkBetweenBreaksIt()
    {
        int record = Walk(20, i => 4000 + i, i => 9000 + i);
        Assert.AreEqual(Port, Stride(record));
        _table.BreakOrder(record);
        Assert.AreEqual(0, Stride(record));
    }

    [TestMethod]
    public void WhatTheToolCountedAndTheTapDidNotSeeIsUnseen()
    {
        // Every fifth probe was lost before the tap: both counts go on for it.
        int record = Walk(100, i => 4000 + i, i => i * 777, i => i % 5 != 2);
        Assert.AreEqual(Port, Stride(record));
        Assert.AreEqual(20, Unseen(record));
    }

    [TestMethod]
    public void WhatTheToolLeftOutIsNotUnseen()
    {
        // Three addresses were left out: ports fall behind by three.
        int left = 0;
        int record = Walk(100, i => 4000 + i - left, i => i * 777, i =>
        {
            bool isLeftOut = i is 20 or 50 or 70;
            left += isLeftOut ? 1 : 0;
            return !isLeftOut;
        });
        Assert.AreEqual(Port, Stride(record));
        Assert.AreEqual(0, Unseen(record));
    }

    [TestMethod]
    public void UnseenByIdsLikewise()
    {
        int left = 0;
        int record = Walk(100, i => i * 997, i => 9000 + i - left, i =>
        {
            left += i is 20 or 50 ? 1 : 0;
            return i is not (20 or 50 or 60 or 61 or 62 or 63);
        });
        Assert.AreEqual(Id, Stride(record));
        Assert.AreEqual(4, Unseen(record));
    }

    [TestMethod]
    public void DownTheNetworkTheCountIsAhead()
    {
        int sent = 0;
        int record = Open();
        for (int i = 99; i >= 0; i--)
        {
            if (i is not (30 or 60))
            {
                Take(record, i, 4000 - sent, i * 777);
                sent++;
            }
        }

        Assert.AreEqual(Port, Stride(record));
        Assert.AreEqual(0, Unseen(record));
    }

    [TestMethod]
    public void WithoutAnOrderNothingIsUnseen() =>
        Assert.AreEqual(0, Unseen(Walk(100, i => i * 997, i => i * 777, i => i % 2 == 0)));

    [TestMethod]
    [DataRow(10, 0, true)]
    [DataRow(8, 2, true)]
    [DataRow(7, 3, false)]
    [DataRow(3, 7, false)]
    [DataRow(2, 8, true)]
    public void FourOfFiveInOneDirectionAreAPlainOrder(int ascents, int descents, bool isPlain)
    {
        int record = Open();
        int number = 1000;
        Take(record, number, 1, 1);
        for (int i = 0; i < ascents; i++)
        {
            Take(record, number += 3, 1, 1);
        }

        for (int i = 0; i < descents; i++)
        {
            Take(record, number -= 8, 1, 1);
        }

        Assert.AreEqual(isPlain, _table.IsPlainOrder(record * Column.Count));
    }

    private static int Swapped(int number) => ((number << 8) | ((number >> 8) & 255)) & 0xffff;

    // A sweep up a network: the ith target, as far as it was seen, has these numbers.
    private int Walk(int hosts, Func<int, int> sourcePort, Func<int, int> identification, Func<int, bool>? isSeen = null)
    {
        int record = Open();
        foreach (int i in Enumerable.Range(0, hosts))
        {
            if (isSeen is null || isSeen(i))
            {
                int id = identification(i);
                Take(record, i, sourcePort(i) & 0xffff, id < 0 ? -1 : id & 0xffff);
            }
        }

        return record;
    }

    private void Take(int record, int host, int sourcePort, int identification)
    {
        _table.Cells[(record * Column.Count) + Column.Frames]++;
        if (_table.AddNew(record, 1000 + host) > 0)
        {
            _table.FollowOrder(record, 1000 + host, sourcePort, identification);
        }
    }

    private int Open()
    {
        int record = _table.FindFree(Kind.Sweep);
        _table.Open(record, Kind.Sweep, new Probe
        {
            Version = 4,
            Actor = 1,
            Target = 1000,
            Protocol = 6,
            Signature = -1,
            Expected = -1,
        }, 0);
        _table.Cells[(record * Column.Count) + Column.SourcePort] = -1;
        _table.Cells[(record * Column.Count) + Column.DestinationLength] = 24;
        return record;
    }

    private int Stride(int record) => _table.StrideOf(record * Column.Count);

    private int Unseen(int record) => _table.UnseenOf(record * Column.Count, Stride(record));
}
