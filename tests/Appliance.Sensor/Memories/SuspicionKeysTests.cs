using System.Linq;
using Appliance.Sensor.Memories;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Memories;

/// <summary>What is one story has one key, and whatever differs in what tells stories apart has another.</summary>
[TestClass]
public sealed class SuspicionKeysTests
{
    private readonly SuspicionKeys _keys = new(new KeyedHash(1));

    [TestMethod]
    public void StoriesOfEachFormAreKeptApart()
    {
        Probe probe = Attempt();
        int[] keys =
        [
            _keys.OfSweep(probe), _keys.OfPortScan(probe), _keys.OfRestricted(probe, 80), _keys.OfSuspectService(probe),
            _keys.OfNetwork(probe),
            _keys.OfInverseMap(probe.Actor, 4), _keys.OfPair(probe.Actor, probe.Target),
        ];
        Assert.AreEqual(keys.Length, keys.Distinct().Count());
        Assert.IsFalse(keys.Contains(0));
    }

    [TestMethod]
    public void ASweepIsOfActorVersionProtocolAndPort()
    {
        Probe[] probes = Varied();
        Assert.AreEqual(5, probes.Select(probe => _keys.OfSweep(probe)).Distinct().Count(), "the target is none of it");
        Assert.AreEqual(5, probes.Select(_keys.OfSuspectService).Distinct().Count());
        Probe one = Attempt();
        Assert.AreEqual(_keys.OfSweep(one), _keys.OfSweep(4, one.Actor, 80, 6));
        Assert.AreEqual(_keys.OfSweep(one), _keys.OfSweep(one, 80));
        Assert.AreNotEqual(_keys.OfSweep(one), _keys.OfSweep(one, 81));
    }

    [TestMethod]
    public void APortScanIsOfActorVersionAndTarget()
    {
        Assert.AreEqual(4, Varied().Select(probe => _keys.OfPortScan(probe)).Distinct().Count());
        Assert.AreEqual(_keys.OfPortScan(Attempt()), _keys.OfPortScan(Attempt(), 0x0a010205));
    }

    [TestMethod]
    public void ARestrictedServiceIsOfActorVersionAndSid()
    {
        Assert.AreEqual(3, Varied().Select(probe => _keys.OfRestricted(probe, 3)).Distinct().Count());
        Assert.AreNotEqual(_keys.OfRestricted(Attempt(), 3), _keys.OfRestricted(Attempt(), 4));
    }

    [TestMethod]
    public void ANetworkIsOfTwentyFourBitsProtocolAndPort()
    {
        Probe probe = Attempt();
        int key = _keys.OfNetwork(probe);
        probe.Actor ^= 255;
        Assert.AreEqual(key, _keys.OfNetwork(probe));
        probe.Actor ^= 256;
        Assert.AreNotEqual(key, _keys.OfNetwork(probe));
        probe = Attempt();
        probe.Port = 81;
        Assert.AreNotEqual(key, _keys.OfNetwork(probe));
        probe = Attempt();
        probe.Protocol = 17;
        Assert.AreNotEqual(key, _keys.OfNetwork(probe));
    }

    [TestMethod]
    public void APairHasNoOrder()
    {
        Assert.AreEqual(_keys.OfPair(5, 6), _keys.OfPair(6, 5));
        Assert.AreNotEqual(_keys.OfPair(5, 6), _keys.OfPair(5, 7));
        Assert.AreNotEqual(_keys.OfInverseMap(5, 4), _keys.OfInverseMap(5, 6));
        Assert.AreNotEqual(_keys.OfInverseMap(5, 4), _keys.OfInverseMap(6, 4));
    }

    private static Probe Attempt() =>
        new() { Version = 4, Protocol = 6, Actor = unchecked((int)0xcb007142), Target = 0x0a010205, Port = 80 };

    // One of each difference.
    private static Probe[] Varied()
    {
        Probe[] probes = [.. Enumerable.Range(0, 6).Select(_ => Attempt())];
        probes[1].Actor++;
        probes[2].Version = 6;
        probes[3].Protocol = 17;
        probes[4].Port = 81;
        probes[5].Target++;
        return probes;
    }
}
