using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor.Memories;
using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Memories;

[TestClass]
public sealed class NewcomersTests
{
    [TestMethod]
    public void ALoneFailureComesBackWhole()
    {
        Gen.Select(Gen.Int, Gen.Int[0, 65535].Array[3], Gen.Byte.Array[2], Gen.Int[0, 999], Gen.Bool).Sample(given =>
        {
            (int address, int[] words, byte[] octets, int fine, bool isRefused) = given;
            var newcomers = new Newcomers(new KeyedHash(address));
            Assert.IsTrue(Take(newcomers, address, 7_000, isRefused, words[0], words[1], words[2], octets[0], octets[1], fine));
            var probe = new Probe { IsSuspect = true, IsRestricted = true, Signature = 3, Version = 6 };
            int outcome = newcomers.Remove(newcomers.Find(address, 7_001), probe);
            Assert.AreEqual(isRefused ? Outcome.Refused : Outcome.Silent, outcome);
            Assert.AreEqual((7_000, fine, address, 4, 6, words[0], words[1], words[2]),
                (probe.Now, probe.Fine, probe.Actor, probe.Version, probe.Protocol, probe.SourcePort, probe.Port, probe.Identification));
            Assert.AreEqual((octets[0], octets[1], -1, false, false),
                ((byte)probe.Flags, (byte)probe.Ttl, probe.Signature, probe.IsSuspect, probe.IsRestricted));
            Assert.AreEqual(-1, newcomers.Find(address, 7_001), "read once");
        });
    }

    [TestMethod]
    public void OfAnIpv6FailureTheAddressesComeBackToo()
    {
        var newcomers = new Newcomers(new KeyedHash(4));
        var pending = new PendingAttempts(new Connections(new KeyedHash(2)));
        byte[] addresses = [.. Enumerable.Range(100, 32).Select(i => (byte)i)];
        for (int actor = 1; actor <= 3; actor++)
        {
            addresses[15] = (byte)actor;
            pending.Add(new Probe
            {
                Version = 6,
                Actor = actor,
                Target = 77,
                Protocol = 6,
                Port = 104,
                Ttl = 60,
                Flags = 2,
                Signature = -1,
                LivingBit = -1,
                Identification = 9,
                Addresses = addresses,
                SourceAt = 0,
                DestinationAt = 16,
            });
            Assert.IsTrue(newcomers.Take(pending, pending.First * PendingAttempts.Width, actor, 500, false));
            pending.Drop(false);
        }

        for (int actor = 1; actor <= 3; actor++)
        {
            var probe = new Probe { Version = 4 };
            Assert.AreEqual(Outcome.Silent, newcomers.Remove(newcomers.Find(actor, 501), probe));
            Assert.AreEqual((6, actor, 77, 104, 0), (probe.Version, probe.Actor, probe.Target, probe.Port, probe.Identification));
            Assert.AreEqual((actor, 116), (probe.Addresses[probe.SourceAt + 15], probe.Addresses[probe.DestinationAt]));
        }
    }

    [TestMethod]
    public void TheSecondFailureIsNotTakenUntilTheStoryOfTheFirstIsOver()
    {
        var newcomers = new Newcomers(new KeyedHash(1));
        Assert.IsTrue(Take(newcomers, 99, 1_000));
        Assert.IsFalse(Take(newcomers, 99, 1_000 + Limits.StoryGap));
        Assert.IsTrue(Take(newcomers, 99, 1_001 + Limits.StoryGap));
    }

    [TestMethod]
    public void AFloodPushesOutNewcomersAndIsCounted()
    {
        var newcomers = new Newcomers(new KeyedHash(5));
        for (int actor = 1; actor <= 1_000; actor++)
        {
            Assert.IsTrue(Take(newcomers, actor * 7_919, actor));
        }

        int held = Enumerable.Range(1, 1_000).Count(actor => newcomers.Find(actor * 7_919, 1_000) >= 0);
        Assert.AreEqual(Limits.Newcomers, held);
        Assert.AreEqual(1_000 - Limits.Newcomers, newcomers.Evictions);
    }

    [TestMethod]
    public void SweepsInStepAreAllNoticed()
    {
        // Each actor fails once a round; who is still there in the next round is a suspicion from then on.
        for (int seed = 0; seed < 60; seed++)
        {
            var newcomers = new Newcomers(new KeyedHash(seed));
            List<int> unnoticed = [.. Enumerable.Range(0, 40).Select(i => unchecked((int)0xc6120001) + (i << 8))];
            for (int round = 0; round < 16; round++)
            {
                unnoticed = [.. unnoticed.Where(actor =>
                {
                    if (Take(newcomers, actor, round))
                    {
                        return true;
                    }

                    newcomers.Remove(newcomers.Find(actor, round), new Probe());
                    return false;
                })];
            }

            Assert.IsEmpty(unnoticed, $"seed {seed}");
        }
    }

    [TestMethod]
    public void ALateAnswerEndsIt()
    {
        var newcomers = new Newcomers(new KeyedHash(1));
        Take(newcomers, 99, 1_000, false, 1024, 104);
        newcomers.AnswerLate(new Probe { Actor = 99, Target = 0x0a000001, Port = 105, Protocol = 6, Now = 1_200 }, false);
        Assert.IsGreaterThanOrEqualTo(0, newcomers.Find(99, 1_200), "another port's answer");
        newcomers.AnswerLate(new Probe { Actor = 99, Target = 0x0a000001, Port = 104, Protocol = 6, Now = 1_200 }, true);
        Assert.AreEqual(Outcome.Refused, newcomers.Remove(newcomers.Find(99, 1_200), new Probe()));
        Take(newcomers, 99, 1_000, false, 1024, 104);
        newcomers.AnswerLate(new Probe { Actor = 99, Target = 0x0a000001, Port = 104, Protocol = 6, Now = 1_200 }, false);
        Assert.AreEqual(-1, newcomers.Find(99, 1_200));
    }

    private static bool Take(Newcomers newcomers, int actor, int now, bool isRefused = false, int sourcePort = 1024, int port = 104,
        int identification = 0, int flags = 2, int ttl = 64, int fine = 0)
    {
        var pending = new PendingAttempts(new Connections(new KeyedHash(2)));
        pending.Add(new Probe
        {
            Now = now,
            Fine = fine,
            Actor = actor,
            Target = 0x0a000001,
            SourcePort = sourcePort,
            Port = port,
            Protocol = 6,
            Version = 4,
            Flags = flags,
            Ttl = ttl,
            Identification = identification,
            Signature = -1,
            LivingBit = -1,
        });
        return newcomers.Take(pending, 0, actor, now, isRefused);
    }
}
