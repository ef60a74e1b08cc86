using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor.Memories;
using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Memories;

[TestClass]
public sealed class PendingAttemptsTests
{
    private static readonly Gen<Probe> Probes =
        Gen.Select(Gen.Int.Array[3], Gen.Int[0, 65535].Array[5], Gen.Bool.Array[3], Gen.Byte.Array[32]).Select(Make);

    [TestMethod]
    public void AttemptsComeBackInTheirOrderAndWhole()
    {
        Probes.Array[1, 200].Sample(attempts =>
        {
            var pending = new PendingAttempts(new Connections(new KeyedHash(2)));
            var waiting = new Queue<Probe>();
            foreach (Probe added in attempts)
            {
                while (pending.Count == Limits.PendingAttempts
                    || (added.Version == 6 && pending.SixWaiting == Limits.PendingSixAttempts))
                {
                    int six = waiting.Count(probe => probe.Version == 6);
                    Assert.IsTrue(waiting.Count == Limits.PendingAttempts
                        || (added.Version == 6 && six == Limits.PendingSixAttempts), $"{waiting.Count}, {six} of IPv6");
                    AssertFirst(pending, waiting.Dequeue());
                    pending.Drop(added.Port % 2 == 0);
                }

                pending.Add(added);
                waiting.Enqueue(added);
            }

            while (waiting.Count > 0)
            {
                Assert.HasCount(pending.Count, waiting);
                AssertFirst(pending, waiting.Dequeue());
                pending.Drop(false);
            }

            Assert.AreEqual(0, pending.Count);
        });
    }

    [TestMethod]
    public void AnsweredAttemptsOfTheSameWalkAreFoundAgain()
    {
        var pending = new PendingAttempts(new Connections(new KeyedHash(2)));
        for (int i = 0; i < 10; i++)
        {
            // Every other one is another actor's; the fourth was not answered.
            pending.Add(new Probe
            {
                Now = i,
                Actor = i % 2,
                Target = 100 + i,
                Port = 104,
                Protocol = 6,
                Signature = -1,
                LivingBit = -1
            });
            pending.Drop(i != 4);
        }

        var like = new Probe { Now = 50, Actor = 0, Target = 102, Port = 104, Protocol = 6 };
        CollectionAssert.AreEqual(new[] { 100, 102, 106, 108 }, Found(pending, like, true));
        CollectionAssert.AreEqual(new[] { 102 }, Found(pending, like, false));
        like.Port = 105;
        Assert.IsEmpty(Found(pending, like, true));
        like.Port = 104;
        like.Now = 7 + Limits.ConnectTimeout;
        CollectionAssert.AreEqual(new[] { 108 }, Found(pending, like, true));
    }

    private static int[] Found(PendingAttempts pending, Probe like, bool byPort)
    {
        var targets = new List<int>();
        var found = new Probe();
        int since = like.Now - Limits.ConnectTimeout + 1;
        for (int next = pending.Next(0, like, byPort, true, since, found); next >= 0;
            next = pending.Next(next, like, byPort, true, since, found))
        {
            targets.Add(found.Target);
        }

        return [.. targets];
    }

    private static void AssertFirst(PendingAttempts pending, Probe expected)
    {
        var read = new Probe();
        pending.Read(read);
        Assert.AreEqual(Said(expected), Said(read));
        Assert.AreEqual(expected.Actor, read.Actor);
        if (expected.Version == 6)
        {
            CollectionAssert.AreEqual(expected.Addresses.Take(16).ToArray(),
                read.Addresses.Skip(read.SourceAt).Take(16).ToArray());
            CollectionAssert.AreEqual(expected.Addresses.Skip(16).ToArray(),
                read.Addresses.Skip(read.DestinationAt).Take(16).ToArray());
        }
    }

    private static (int, int, int, int, int, int, int, int, int, int, int, bool, bool, int) Said(Probe probe) =>
        (probe.Now, probe.Fine, probe.Actor, probe.Target, probe.SourcePort, probe.Port, probe.Protocol, probe.Version,
            probe.Flags, probe.Ttl,
            probe.Signature, probe.IsSuspect, probe.IsRestricted, (probe.Identification << 16) | (probe.LivingBit + 1));

    private static Probe Make(int[] numbers, int[] shorts, bool[] facts, byte[] addresses) => new()
    {
        Now = numbers[0],
        Actor = numbers[1],
        Target = numbers[2],
        SourcePort = shorts[0],
        Port = shorts[1],
        Identification = facts[2] ? 0 : shorts[2],
        Protocol = shorts[3] % 257,
        Ttl = shorts[3] >> 8,
        Flags = shorts[4] & 255,
        Fine = shorts[4] % 1000,
        Signature = (shorts[3] % 4097) - 1,
        LivingBit = (shorts[2] % (Limits.LivingBits + Limits.LivingBitsV6 + 1)) - 1,
        IsSuspect = facts[0],
        IsRestricted = facts[1],
        Version = facts[2] ? 6 : 4,
        Addresses = addresses,
        DestinationAt = 16,
        Connection = shorts[0] % Limits.Connections,
        ConnectionKey = numbers[1],
    };
}
