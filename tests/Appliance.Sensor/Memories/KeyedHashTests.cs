using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor.Memories;
using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Memories;

[TestClass]
public sealed class KeyedHashTests
{
    private const int Sets = Connections.SetMask + 1;

    private const int SuspicionMask = (Limits.Suspicions / Limits.SuspicionWays) - 1;

    [TestMethod]
    public void OneSeedGivesTheSameHashesOnEveryMachine()
    {
        // Reckoned apart from the sensor, with integers of any length.
        var hash = new KeyedHash(1);
        byte[] address = [0x20, 1, 0x0d, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0x12, 0x34];
        Assert.AreEqual((1820525435, 1535453047, 1089393937), (hash.First, hash.Second, hash.Third));
        Assert.AreEqual((1255155455, 1773685705, 837150095), (hash.Of(5, 6, 7), hash.Of(-5, 104, 1), hash.Finish(12345)));
        Assert.AreEqual((1168489354, 1800061930), (hash.OfAddress(address, 0, 16), hash.OfAddress(address, 0, 8)));
        Assert.AreEqual((17114, 816190004), (hash.NumberOfSix(address, 0), hash.DigestOfSix(address, 0)));
    }

    [TestMethod]
    public void ConnectionsThatMeetUnderOneSeedPartUnderOthers()
    {
        // What an attacker who knew one tap's seed would send.
        var one = new Connections(new KeyedHash(1));
        (int Source, int Port)[] meeting = [.. Pairs().Where(pair => SetOf(one, pair) == 0).Take(500)];
        Assert.HasCount(500, meeting);
        for (int seed = 2; seed < 60; seed++)
        {
            var other = new Connections(new KeyedHash(seed));
            int[] each = [.. meeting.GroupBy(pair => SetOf(other, pair)).Select(set => set.Count())];
            Assert.IsLessThan(40, each.Max(), $"in one set under seed {seed}");
        }
    }

    [TestMethod]
    public void SuspicionsThatMeetUnderOneSeedPartUnderOthers()
    {
        var one = new KeyedHash(1);
        int[] meeting = [.. Enumerable.Range(0, 10_000).Where(actor => (one.Of(actor, 104, 1) & SuspicionMask) == 0).Take(320)];
        for (int seed = 2; seed < 60; seed++)
        {
            var hash = new KeyedHash(seed);
            int[] each = [.. meeting.GroupBy(actor => hash.Of(actor, 104, 1) & SuspicionMask).Select(set => set.Count())];
            Assert.HasCount(SuspicionMask + 1, each);
            Assert.IsLessThan(2 * 320 / (SuspicionMask + 1), each.Max(), $"in one set under seed {seed}");
        }
    }

    [TestMethod]
    public void NeighboursSpreadOverAllSets()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var connections = new Connections(new KeyedHash(seed));
            int[] each = [.. Pairs().Take(Sets * 40).GroupBy(pair => SetOf(connections, pair)).Select(set => set.Count())];
            Assert.IsGreaterThan(Sets * 3 / 4, each.Length, $"sets in use under seed {seed}");
            Assert.IsLessThan(120, each.Max(), $"seed {seed}");
        }
    }

    [TestMethod]
    public void AHashIsNever0AndTheSameForTheSame()
    {
        Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Int).Sample(given =>
        {
            (int seed, int a, int b, int c) = given;
            var hash = new KeyedHash(seed);
            Assert.AreNotEqual(0, hash.Of(a, b, c));
            Assert.AreNotEqual(0, hash.Finish(a));
            Assert.AreEqual(hash.Of(a, b, c), new KeyedHash(seed).Of(a, b, c));
        });
        Assert.AreNotEqual(0, new KeyedHash(0).Finish(0));
    }

    [TestMethod]
    public void EveryOctetOfAnIpv6AddressCounts()
    {
        var hash = new KeyedHash(77);
        byte[] address = [.. Enumerable.Range(1, 17).Select(i => (byte)i)];
        var seen = new HashSet<int> { hash.OfAddress(address, 1, 16) };
        for (int i = 1; i < 17; i++)
        {
            byte[] other = [.. address];
            other[i] ^= 0x80;
            Assert.IsTrue(seen.Add(hash.OfAddress(other, 1, 16)), $"octet {i}");
            Assert.AreEqual(i > 14, hash.OfAddress(other, 1, 14) == hash.OfAddress(address, 1, 14), $"octet {i} of the first 14");
        }
    }

    [TestMethod]
    public void TheSharedPrefixOfTwoIpv6AddressesIsTold()
    {
        var hash = new KeyedHash(77);
        byte[] address = new byte[16];
        address[0] = 0xfd;
        int digest = hash.DigestOfSix(address, 0);
        Assert.AreEqual(128, hash.SharedSix(digest, address, 0, 128));
        for (int bit = 112; bit < 128; bit++)
        {
            byte[] other = [.. address];
            other[bit >> 3] ^= (byte)(0x80 >> (bit & 7));
            Assert.AreEqual(bit, hash.SharedSix(digest, other, 0, 128));
            Assert.AreEqual(112, hash.SharedSix(digest, other, 0, 112));
        }

        address[13]++;
        Assert.AreEqual(0, hash.SharedSix(digest, address, 0, 128));
    }

    private static IEnumerable<(int Source, int Port)> Pairs()
    {
        for (int source = 0x0a000001; ; source++)
        {
            for (int port = 1024; port < 1064; port++)
            {
                yield return (source, port);
            }
        }
    }

    private static int SetOf(Connections connections, (int Source, int Port) pair)
    {
        var probe = new Probe { Protocol = 6, Actor = pair.Source, SourcePort = pair.Port, Target = 0x0a090807, Port = 104 };
        connections.Seek(probe);
        return (probe.ConnectionKey >> Connections.SetShift) & Connections.SetMask;
    }
}
