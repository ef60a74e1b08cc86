using System.Diagnostics.CodeAnalysis;
using System.Linq;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Rooms;

/// <summary>
/// What must hold between constants that stand apart: masks and the tables that they index, shifts and the widths between them.
/// </summary>
[TestClass]
[SuppressMessage("Design", "MSTEST0032:Assertion condition is always true",
    Justification = "The compiler folds the constants; that it holds is the test.")]
public sealed class RelationTests
{
    [TestMethod]
    public void MasksAreThoseOfPowersOfTwo()
    {
        foreach (int size in new[]
        {
            Limits.Connections, Limits.ConnectionWays, Limits.RememberedAttempts, Limits.PendingSixAttempts, Limits.TargetBits,
                Limits.LivingBits,
            Limits.LivingBitsV6, Limits.Suspicions / Limits.SuspicionWays, Suspicions.SlotMask + 1, Connections.SetMask + 1,
            PendingAttempts.EntryMask + 1, PendingAttempts.FineMask + 1, PendingAttempts.LivingMask + 1, SlotBatch.SlotLength,
        })
        {
            Assert.AreEqual(0, size & (size - 1), $"{size} is no power of two");
        }

        Assert.AreEqual(0, Limits.Suspicions % Limits.SuspicionWays);
        Assert.AreEqual(0, Limits.Newcomers % 16, "sixteen sets");
    }

    [TestMethod]
    public void AWaitingAttemptHasRoomForWhatItKeeps()
    {
        Assert.AreEqual(Limits.Connections - 1, PendingAttempts.EntryMask, "its connection");
        Assert.AreEqual(PendingAttempts.EntryMask + 1, 1 << PendingAttempts.FineShift);
        Assert.IsGreaterThanOrEqualTo(999, PendingAttempts.FineMask, "hundredths of a centisecond");
        Assert.AreEqual((PendingAttempts.FineMask + 1) << PendingAttempts.FineShift, 1 << PendingAttempts.LivingShift);
        Assert.IsGreaterThanOrEqualTo(Limits.LivingBits + Limits.LivingBitsV6, PendingAttempts.LivingMask,
            "every living bit, and none");
        Assert.AreEqual(0L, (long)PendingAttempts.LivingMask << PendingAttempts.LivingShift >> 32);
        int[] marks = [PendingAttempts.Suspect, PendingAttempts.Restricted, PendingAttempts.WasGood];
        int version = 7 << PendingAttempts.VersionShift;
        Assert.IsTrue(marks.All(mark => mark > version && mark < 1 << PendingAttempts.FlagsShift),
            "marks lie between version and flags");
        Assert.AreEqual(PendingAttempts.IsSix, (4 ^ 6) << PendingAttempts.VersionShift, "what tells 6 from 4");
        Assert.IsLessThan(1 << PendingAttempts.VersionShift, Probe.Arp);
        Assert.AreEqual(PendingAttempts.FlagsShift + 8, PendingAttempts.TtlShift);
        Assert.IsGreaterThanOrEqualTo(16, Limits.RememberedAttempts - Limits.PendingAttempts, "judged ones that are remembered");
        Assert.IsLessThan(Limits.PendingAttempts, Limits.PendingSixAttempts);
    }

    [TestMethod]
    public void AConnectionsStampAndStateFillAWord()
    {
        int[] bits =
        [
            Connections.OpenedBySmaller, Connections.Opening, Connections.Accepted, Connections.WasRefused, Connections.BothWays,
            Connections.Ended, Connections.Judged, Connections.Noted,
        ];
        Assert.AreEqual(Connections.StateMask, bits.Aggregate(0, (all, bit) => all | bit));
        Assert.AreEqual(bits.Length, bits.Distinct().Count());
        Assert.AreEqual(Connections.StateMask + 1, 1 << Connections.StateBits);
        Assert.AreEqual(-1, (Connections.StampMask << Connections.StateBits) | Connections.StateMask);
        Assert.AreEqual(Limits.Connections, (Connections.SetMask + 1) * Limits.ConnectionWays);
        Assert.IsLessThanOrEqualTo(32, Connections.SetShift + 7 + 3, "the set's bits are the key's uppermost");
        Assert.IsGreaterThan(Limits.UptimeForReset, Connections.StampMask << Connections.StampShift >> 1,
            "no age that is asked for turns over");
        Assert.IsLessThan(Limits.AttemptGap, 1 << Connections.StampShift, "a stamp tells one attempt from the next");
    }

    [TestMethod]
    public void ASuspicionHasRoomForWhatItLists()
    {
        Assert.AreEqual(8, Suspicions.ListedTargets, "four bits each of a word for attempts, one each of an octet for the dark");
        Assert.AreEqual(Suspicions.Target + Suspicions.ListedTargets, Suspicions.Width);
        Assert.IsGreaterThanOrEqualTo(Limits.PlainTargets, Suspicions.ListedTargets, "as many as any threshold needs");
        Assert.IsGreaterThanOrEqualTo(Limits.InverseHosts, Suspicions.ListedTargets);
        Assert.IsGreaterThanOrEqualTo(Limits.NetworkSources, Suspicions.ListedTargets);
        int[] facts =
        [
            Suspicions.FlagsDiffer, Suspicions.PortDiffers, Suspicions.HoldsIds, Suspicions.NameDiffers, Suspicions.IsNamed,
                Suspicions.IsOwner,
            Suspicions.HasAnswered,
        ];
        Assert.AreEqual(0x7f000000, facts.Aggregate(0, (all, bit) => all | bit), "above signature and explanation");
        Assert.AreEqual(facts.Length, facts.Distinct().Count());
        Assert.IsLessThan(16, Outcome.Unknown, "an outcome is a part of a listed target");
        Assert.AreEqual(7, 32 - Suspicions.SlotShift - 5, "the slot's bits are among a product's upper ones");
    }

    [TestMethod]
    public void ASharedTargetsProbeHasRoomForItsSignature()
    {
        // Where protocol numbers begin, and behind them what came of it and how often it came.
        Assert.AreEqual(0x3fff, SharedTargets.SignatureMask);
        Assert.AreEqual(1 << 23, SharedTargets.WasAnswered, "behind nine bits of protocol");
        Assert.AreEqual(24, SharedTargets.TimesShift);
        Assert.AreEqual(SharedTargets.FirstProbe + (Limits.SharedProbes * SharedTargets.ProbeWidth), SharedTargets.Width);
        Assert.IsGreaterThanOrEqualTo(Limits.DistributedActors, Limits.SharedProbes,
            "a host lists as many as make it an incident");
    }

    [TestMethod]
    public void EveryColumnOfAnIncidentHasAPlaceOfItsOwn()
    {
        int[] columns =
        [
            .. typeof(Column).GetFields().Where(field => field.Name != nameof(Column.Count))
                .Select(field => (int)field.GetValue(null)!),
        ];
        CollectionAssert.AreEqual(Enumerable.Range(0, Column.Count).ToArray(), columns.Order().ToArray());
        Assert.AreEqual(Column.SourceLength, Column.Source + 1, "a prefix is its address and behind it the length");
        Assert.AreEqual(Column.DestinationLength, Column.Destination + 1);
        Assert.IsLessThanOrEqualTo(1, Kind.PortScan, "walks over hosts and ports are the first kinds");
        Assert.AreEqual(2 * Limits.IncidentsOfKind, Limits.Incidents);
        Assert.AreEqual(0, Limits.TargetBits % 32);
    }

    [TestMethod]
    public void ASlotsWordsReachToTheEndOfAHeaderBehindTwoTags()
    {
        Assert.AreEqual(SlotBatch.SlotWords, 1 << SlotBatch.WordShift);
        Assert.IsGreaterThanOrEqualTo(Ethernet.HeaderLength + (2 * Ethernet.TagLength) + Ipv4.HeaderLength + Tcp.HeaderLength,
            (SlotBatch.SlotWords * 4) - SlotBatch.WordPadding);
        Assert.AreEqual(Ethernet.HeaderLength + SlotBatch.WordPadding, SlotBatch.IpWord * 4, "the IP header begins a word");
        Assert.AreEqual(4, Ethernet.TagLength, "and does behind a tag");
        int[] shapes = [SlotBatch.ShapeOther, SlotBatch.ShapeSegment, SlotBatch.ShapeTcp, SlotBatch.ShapeUdp];
        Assert.AreEqual(SlotBatch.ShapeMask, shapes.Aggregate(0, (all, shape) => all | shape));
        Assert.AreEqual(4, shapes.Distinct().Count());
        Assert.AreEqual(0, SlotBatch.ShapeMask & (SlotBatch.SignOfLife | SlotBatch.Tagged));
        Assert.AreEqual(1 << SlotBatch.CapturedShift, SlotBatch.WireLengthMask + 1);
        Assert.IsLessThanOrEqualTo(SlotBatch.CapturedMask, SlotBatch.SlotLength);
        Assert.AreEqual(1 << (SlotBatch.CapturedShift + 8), SlotBatch.SignOfLife);
    }
}
