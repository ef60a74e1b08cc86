using System.Linq;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Memories;

/// <summary>What a suspicion keeps of each attempt. It is not the first of its memory; times are centiseconds.</summary>
[TestClass]
public sealed class SuspicionNotesTests
{
    private readonly Suspicions _suspicions = new(new KeyedHash(5));
    private readonly SuspicionNotes _notes;
    private readonly int _at;

    public SuspicionNotesTests()
    {
        _notes = _suspicions.Notes;
        // Keys of one set: the second stands behind the first.
        _suspicions.Add(5, 7, 100, -1);
        _at = _suspicions.Add(13, 7, 100, -1);
    }

    [TestMethod]
    public void TheFirstAttemptIsWrittenDown()
    {
        Probe probe = Asked(0x0a010207);
        (probe.Signature, probe.Expected, probe.Fine) = (4, 2, 999);
        _notes.Start(_at, probe);
        Assert.AreEqual(0x0a010207, Cell(Suspicions.FirstTarget));
        Assert.AreEqual(0x333320, Cell(Suspicions.Cover), "a /32, and a TTL of 51 at least and at most");
        Assert.AreEqual(5 | (3 << 16) | (1 << 28), Cell(Suspicions.Facts), "named by a signature");
        Assert.AreEqual((0x1234 << 16) | 4000, Cell(Suspicions.FirstPort));
        Assert.AreEqual((999 << 8) | 2, Cell(Suspicions.Flags));
    }

    [TestMethod]
    [DataRow(-1, false, 0)]
    [DataRow(-1, true, 1 << 28)]
    [DataRow(0, false, 1 | (1 << 28))]
    public void WhatASignatureNamesOrIsSuspectIsNamed(int signature, bool isSuspect, int facts)
    {
        Probe probe = Asked(0x0a010207);
        (probe.Signature, probe.IsSuspect) = (signature, isSuspect);
        _notes.Start(_at, probe);
        Assert.AreEqual(facts, Cell(Suspicions.Facts));
    }

    [TestMethod]
    public void AnIPv6TargetIsKnownByItsDigest()
    {
        var octets = new byte[32];
        (octets[30], octets[31]) = (0xab, 0xcd);
        Probe probe = Asked(7);
        probe.Version = 6;
        probe.UseAddresses(octets, 0);
        _notes.Start(_at, probe);
        Assert.AreEqual(0xabcd, Cell(Suspicions.FirstTarget) & 0xffff);
        Assert.AreEqual(0x333380, Cell(Suspicions.Cover), "a /128");
    }

    [TestMethod]
    public void EightTargetsAreListedWithTheirAttempts()
    {
        _notes.Start(_at, Asked(0x0a010201));
        for (int host = 1; host <= 8; host++)
        {
            Assert.IsTrue(Write(host), $"host {host} is new");
            Assert.AreEqual(host - 1, _notes.PlaceOf(_at, host));
            for (int again = 0; again < host; again++)
            {
                Assert.IsFalse(Write(host), $"host {host} is known");
            }

            Assert.AreEqual(host, _notes.ListedOf(_at), "however often each is asked");
        }

        Assert.AreEqual(8, _notes.ListedOf(_at));
        Assert.AreEqual(-1, _notes.PlaceOf(_at, 9));
        Assert.AreEqual(unchecked((int)0x98765432), Cell(Suspicions.AttemptsEach));
        Assert.AreEqual(44, Cell(Suspicions.Attempts));
        Assert.IsTrue(Write(9));
        Assert.AreEqual(8, _notes.ListedOf(_at), "a ninth is counted and not listed");
        Assert.AreEqual(9, Cell(Suspicions.Targets));
        Assert.AreEqual(-1, _notes.PlaceOf(_at, 9));
        Assert.AreEqual(1 << 9, Cell(Suspicions.Beyond));
        Assert.AreEqual(0x33331c, Cell(Suspicions.Cover), "10.1.2.0/28");
    }

    [TestMethod]
    [DataRow(14, 14)]
    [DataRow(15, 15)]
    [DataRow(16, 15)]
    [DataRow(17, 15)]
    public void FifteenAttemptsAtATargetAreTheMost(int attempts, int kept)
    {
        _notes.Start(_at, Asked(0x0a010201));
        Write(3);
        for (int i = 0; i < attempts; i++)
        {
            Write(1);
        }

        Write(2);
        Assert.AreEqual(1 | (kept << 4) | (1 << 8), Cell(Suspicions.AttemptsEach), "its neighbours in the list keep theirs");
    }

    [TestMethod]
    public void BeyondTheListTargetsAreToldApartByFiveBits()
    {
        Begin(8);
        Assert.IsTrue(Write(40));
        Assert.IsFalse(Write(40));
        Assert.IsFalse(Write(72), "40 + 32 has its bit");
        Assert.IsTrue(Write(31));
        Assert.IsTrue(Write(32));
        Assert.AreEqual(11, Cell(Suspicions.Targets));
        Assert.AreEqual((1 << 8) | (1 << 31) | 1, Cell(Suspicions.Beyond));
        Assert.AreEqual(0x333319, Cell(Suspicions.Cover), "10.1.2.0/25: the prefix covers who was not counted too");
    }

    [TestMethod]
    public void TheNewestAttemptIsTheLatestAndNotTheLastToBeWritten()
    {
        _notes.Start(_at, Asked(0x0a010201));
        _suspicions.Cells[_at + Suspicions.First] = 50;
        _suspicions.Cells[_at + Suspicions.Last] = 100;
        Write(1, now: 60);
        Assert.AreEqual(100, Cell(Suspicions.Last));
        Write(1, now: 101);
        Assert.AreEqual(101, Cell(Suspicions.Last));
        Write(2, now: 100);
        Assert.AreEqual(101, Cell(Suspicions.Last));
        Write(2, now: 102);
        Assert.AreEqual(102, Cell(Suspicions.Last));
        Assert.AreEqual(4, Cell(Suspicions.Attempts));
    }

    [TestMethod]
    public void EachOutcomeIsCountedOnceATarget()
    {
        _notes.Start(_at, Asked(0x0a010201));
        Write(1, Outcome.Silent);
        Write(1, Outcome.Refused);
        Write(2, Outcome.Refused);
        Write(3, Outcome.Answered);
        Write(4, Outcome.Open);
        Write(5, Outcome.Dark);
        Write(6, Outcome.Unknown);
        Assert.AreEqual(0x01000204, Cell(Suspicions.Counts), "one refused, none suspect, two answered, four did not");
        Assert.AreEqual(0b001100, Cell(Suspicions.Answered));
        Assert.AreEqual(1, _notes.DarkOf(_at));
    }

    [TestMethod]
    public void OfSuspectAttemptsThoseWithoutAConversationCountAsSuch()
    {
        _notes.Start(_at, Asked(0x0a010201));
        Write(1, Outcome.Silent, suspect: true);
        Write(2, Outcome.Answered, suspect: true);
        Write(3, Outcome.Open, suspect: true);
        Assert.AreEqual(0x00020201, Cell(Suspicions.Counts));
    }

    [TestMethod]
    public void AHundredTargetsAreCounted()
    {
        Begin(8);
        _suspicions.Cells[_at + Suspicions.Targets] = 98;
        Write(40);
        Assert.AreEqual(9, Cell(Suspicions.Counts), "the 99th");
        Write(41);
        Assert.AreEqual(100, Cell(Suspicions.Targets));
        Assert.AreEqual(10, Cell(Suspicions.Counts), "the hundredth");
        Assert.IsTrue(Write(42), "it is new all the same");
        Assert.AreEqual(100, Cell(Suspicions.Targets));
        Assert.AreEqual(10, Cell(Suspicions.Counts));
    }

    [TestMethod]
    public void BeyondTheListAFirstContactIsNewAndAnyOtherByItsBit()
    {
        Begin(8);
        Assert.IsTrue(Write(40));
        Assert.IsFalse(Write(72), "32 further, it shares the bit");
        Assert.AreEqual(9, Cell(Suspicions.Targets));
        Assert.IsTrue(_notes.Write(_at, Asked(0x0a010248), 72, true));
        Assert.AreEqual(10, Cell(Suspicions.Targets));
        Assert.IsFalse(_notes.Write(_at, Asked(0x0a010203), 3, true), "it is listed");
        Assert.AreEqual(10, Cell(Suspicions.Targets));
    }

    [TestMethod]
    public void ADarkTargetHasItsMarkEachTimeItIsAsked()
    {
        Begin(3, Outcome.Dark);
        Assert.AreEqual(3, _notes.DarkOf(_at));
        Assert.AreEqual(0x0733331e, Cell(Suspicions.Cover), "the first three, and 10.1.2.0/30");
        Write(4);
        Write(4, Outcome.Dark);
        Assert.AreEqual(4, _notes.DarkOf(_at));
    }

    [TestMethod]
    public void ADarkOneThatComesAgainTakesThePlaceOfALivingOne()
    {
        Begin(8, Outcome.Silent);
        Write(2, Outcome.Dark);
        Write(3, Outcome.Silent);
        _suspicions.Cells[_at + Suspicions.Answered] = 0b1111;
        Write(40, Outcome.Dark);
        Assert.AreEqual(-1, _notes.PlaceOf(_at, 40), "once is not yet polling");
        Assert.IsFalse(Write(40, Outcome.Dark));
        Assert.AreEqual(2, _notes.PlaceOf(_at, 40), "the first that lives, but never the very first");
        Assert.AreEqual(-1, _notes.PlaceOf(_at, 3));
        Assert.AreEqual(0b1011, Cell(Suspicions.Answered), "what the other answered is not its");
        Assert.AreEqual(0x11111121, Cell(Suspicions.AttemptsEach));
        Assert.AreEqual((40 << 16) | 4000, Cell(Suspicions.Target + 2));
        Assert.AreEqual((1 << 8) | (1 << 3), Cell(Suspicions.Beyond), "who went is known beyond the list");
        Assert.IsFalse(Write(3));
        Assert.AreEqual(2, _notes.DarkOf(_at));
    }

    [TestMethod]
    public void WhereAllThatAreListedAreDarkItFindsNoPlace()
    {
        Begin(8, Outcome.Dark);
        Write(40, Outcome.Dark);
        Write(40, Outcome.Dark);
        Assert.AreEqual(-1, _notes.PlaceOf(_at, 40));
        Assert.AreEqual(8, _notes.DarkOf(_at));
    }

    [TestMethod]
    public void TheLastOfTheListGivesWayToo()
    {
        Begin(7, Outcome.Dark);
        Write(8);
        Write(40, Outcome.Dark);
        Write(40, Outcome.Dark);
        Assert.AreEqual(7, _notes.PlaceOf(_at, 40));
    }

    [TestMethod]
    public void SourcePortsAreKeptOrIdsWhereThePortIsOne()
    {
        _notes.Start(_at, Asked(0x0a010201));
        Write(1, port: 4000, id: 0x1234);
        Write(2, port: 4001, id: 0x1235);
        Write(3, port: 4000, id: 0x1236);
        CollectionAssert.AreEqual(new[] { 0x10000 | 4000, 0x20000 | 4001, 0x30000 | 4000 }, Listed(3));
        Assert.AreEqual(0, Cell(Suspicions.Facts) & Suspicions.HoldsIds);

        int other = _suspicions.Add(21, 7, 100, -1);
        _notes.Start(other, Asked(0x0a010201));
        foreach (int host in new[] { 1, 2, 3 })
        {
            _notes.Write(other, Asked(0x0a010200 + host, port: host == 3 ? 4001 : 4000, id: 0x1233 + host), host, false);
        }

        CollectionAssert.AreEqual(new[] { 0x10000 | 4000, 0x21235, 0x31236 },
            _suspicions.Cells.Skip(other + Suspicions.Target).Take(3).ToArray(), "from the second on, whatever ports follow");
        Assert.AreEqual(Suspicions.HoldsIds | Suspicions.PortDiffers,
            _suspicions.Cells[other + Suspicions.Facts] & (Suspicions.HoldsIds | Suspicions.PortDiffers));
    }

    [TestMethod]
    public void WhatDiffersIsSaid()
    {
        _notes.Start(_at, Asked(0x0a010201));
        Write(1);
        Assert.AreEqual(0, Cell(Suspicions.Facts));
        Write(2, flags: 18);
        Assert.AreEqual(Suspicions.FlagsDiffer, Cell(Suspicions.Facts) & ~Suspicions.HoldsIds);
        Write(3, port: 4001);
        Assert.AreEqual(Suspicions.FlagsDiffer | Suspicions.PortDiffers, Cell(Suspicions.Facts) & ~Suspicions.HoldsIds);
    }

    [TestMethod]
    public void TheFirstNameStaysAndAnotherIsSaidToDiffer()
    {
        _notes.Start(_at, Asked(0x0a010201));
        Write(1);
        Write(2, signature: 6);
        Assert.AreEqual(7 | Suspicions.NameDiffers, Cell(Suspicions.Facts) & (0xffff | Suspicions.NameDiffers));
        Write(3, signature: 8);
        Assert.AreEqual(7 | Suspicions.NameDiffers, Cell(Suspicions.Facts) & (0xffff | Suspicions.NameDiffers));
    }

    [TestMethod]
    public void OneNameForAllDiffersFromNone()
    {
        Probe first = Asked(0x0a010201);
        first.Signature = 6;
        _notes.Start(_at, first);
        Write(1, signature: 6);
        Assert.AreEqual(7, Cell(Suspicions.Facts) & (0xffff | Suspicions.NameDiffers));
        Write(2);
        Assert.AreEqual(7 | Suspicions.NameDiffers, Cell(Suspicions.Facts) & (0xffff | Suspicions.NameDiffers));
    }

    [TestMethod]
    public void OneThatNobodyExplainsEndsTheExplanation()
    {
        Probe first = Asked(0x0a010201);
        first.Expected = 0;
        _notes.Start(_at, first);
        _notes.Write(_at, first, 1, false);
        Assert.AreEqual(1 << 16, Cell(Suspicions.Facts));
        Write(2);
        Assert.AreEqual(0, Cell(Suspicions.Facts) & 0xff0000);
    }

    [TestMethod]
    public void TtlsAreARange()
    {
        _notes.Start(_at, Asked(0x0a010201));
        Write(1, ttl: 49);
        Assert.AreEqual(0x3331, Cell(Suspicions.Cover) >> 8);
        Write(1, ttl: 64);
        Assert.AreEqual(0x4031, Cell(Suspicions.Cover) >> 8);
        Write(1, ttl: 50);
        Assert.AreEqual(0x4031, Cell(Suspicions.Cover) >> 8);
    }

    [TestMethod]
    [DataRow(-1, 0)]
    [DataRow(0, 0)]
    [DataRow(1, 1)]
    [DataRow(62, 62)]
    [DataRow(63, 63)]
    [DataRow(64, 63)]
    [DataRow(200, 63)]
    public void WhomItsActorAskedBefore(int count, int kept)
    {
        _notes.Start(_at, Asked(0x0a010201));
        _suspicions.Cells[_at + Suspicions.Flags] |= (5 << 24) | (63 << 18) | (3 << 8);
        _notes.NoteBefore(_at, count);
        Assert.AreEqual(kept, _notes.BeforeOf(_at));
        Assert.AreEqual((5 << 24) | (3 << 8) | 2, Cell(Suspicions.Flags) & ~(63 << 18), "what stands beside it stays");
    }

    [TestMethod]
    [DataRow(0, 0, 0)]
    [DataRow(3, 3, 3)]
    [DataRow(4, 4, 4)]
    [DataRow(3, 0, 0)]
    [DataRow(0, 3, 0)]
    [DataRow(3, 4, 0)]
    public void AToolHasItsMarkOnAllAttempts(int first, int second, int tool)
    {
        _notes.Start(_at, Asked(0x0a010201));
        Assert.AreEqual(0, _notes.ToolOf(_at));
        _suspicions.Cells[_at + Suspicions.Answered] = 0xff;
        _notes.NoteTool(_at, first);
        Assert.AreEqual(first, _notes.ToolOf(_at));
        _notes.NoteTool(_at, second);
        Assert.AreEqual(tool, _notes.ToolOf(_at));
        _notes.NoteTool(_at, second);
        Assert.AreEqual(tool, _notes.ToolOf(_at), "whose mark was lost once has none any more");
        Assert.AreEqual(0xff, Cell(Suspicions.Answered) & 0xff, "who answered stands beside it");
    }

    [TestMethod]
    public void OfManySourcesTheLastOctetsAreKept()
    {
        _notes.Start(_at, Asked(0x0a010201));
        for (int host = 1; host <= 9; host++)
        {
            Assert.IsTrue(_notes.WriteSource(_at, Asked(0x0a010200 + host), 100 + host));
            Assert.IsFalse(_notes.WriteSource(_at, Asked(0x0a010200 + host), 200), "a host that is known");
        }

        CollectionAssert.AreEqual(
            new[] { 0x10065, 0x20066, 0x30067, 0x40068, 0x50069, 0x6006a, 0x7006b, 0x8006c }, Listed(8));
        Assert.AreEqual(9, Cell(Suspicions.Targets));
        Assert.AreEqual(0, Cell(Suspicions.Width), "what stands behind the list is another's");
        Assert.AreEqual(0, Cell(Suspicions.Facts) & Suspicions.HoldsIds, "no order is made of them");
    }

    private static Probe Asked(int target, int outcome = Outcome.Silent, int now = 100, int port = 4000, int id = 0x1234) => new()
    {
        Version = 4,
        Protocol = 6,
        Actor = 7,
        Target = target,
        Number = target & 255,
        SourcePort = port,
        Port = 104,
        Ttl = 51,
        Flags = 2,
        Identification = id,
        Signature = -1,
        Expected = -1,
        Outcome = outcome,
        Now = now,
    };

    // Asks so many hosts, from 10.1.2.1 on, from source ports that differ.
    private void Begin(int hosts, int outcome = Outcome.Silent)
    {
        _notes.Start(_at, Asked(0x0a010201, port: 3999));
        for (int host = 1; host <= hosts; host++)
        {
            Write(host, outcome);
        }
    }

    private bool Write(int host, int outcome = Outcome.Silent, int now = 100, int port = 4000, int id = 0x1234, int ttl = 51,
        int flags = 2, int signature = -1, bool suspect = false)
    {
        Probe probe = Asked(0x0a010200 + host, outcome, now, port, id);
        (probe.Ttl, probe.Flags, probe.Signature, probe.IsSuspect) = (ttl, flags, signature, suspect);
        return _notes.Write(_at, probe, host, false);
    }

    private int Cell(int column) => _suspicions.Cells[_at + column];

    private int[] Listed(int count) => [.. _suspicions.Cells.Skip(_at + Suspicions.Target).Take(count)];
}
