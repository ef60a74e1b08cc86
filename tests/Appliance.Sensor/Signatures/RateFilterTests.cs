using System.Linq;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Signatures;

/// <summary>The edge of <c>detection_filter</c>: more than so many within so many whole seconds.</summary>
[TestClass]
public sealed class RateFilterTests
{
    // By source, more than two within ten seconds.
    private static readonly byte[] BySource = [0, 0, 0, 0, 0, 2, 0, 0, 0, 10];
    private static readonly byte[] ByDestination = [0, 1, 0, 0, 0, 2, 0, 0, 0, 10];

    private readonly RateFilter _filter = new();

    [TestMethod]
    public void TheThirdWithinTenSecondsPasses() => CollectionAssert.AreEqual(new[] { false, false, true, true }, Run(0, 1, 9, 9));

    [TestMethod]
    public void ATenthSecondBeginsAnew() => CollectionAssert.AreEqual(new[] { false, false, false, false, true }, Run(0, 1, 10, 11, 12));

    [TestMethod]
    public void WholeSecondsCount()
    {
        CollectionAssert.AreEqual(new[] { false, false, true }, Run(0.01, 9, 9.99));
        CollectionAssert.AreEqual(new[] { false, false, false }, Run(100.99, 109, 110.01),
            "less than ten seconds apart, and yet another window");
    }

    [TestMethod]
    public void WhatPassedInTheWindowBeforePassesOn()
    {
        CollectionAssert.AreEqual(new[] { false, false, true, true, true }, Run(0, 1, 2, 3, 10));
    }

    [TestMethod]
    public void NotAfterASilenceOfMoreThanTheWindow()
    {
        CollectionAssert.AreEqual(new[] { false, false, true, true, true }, Run(0, 1, 2, 3, 13));
        CollectionAssert.AreEqual(new[] { false }, Run(24));
    }

    [TestMethod]
    public void AddressesAreCountedApart()
    {
        bool[] passed = [.. Enumerable.Range(0, 6).Select(i => Passes(BySource, 1, i, source: 1 + (i % 3)))];
        CollectionAssert.AreEqual(new bool[6], passed);
        Assert.IsTrue(Passes(BySource, 1, 6, source: 1));
        Assert.IsFalse(Passes(ByDestination, 2, 6, source: 1));
        Assert.IsFalse(Passes(ByDestination, 2, 6, source: 2));
        Assert.IsTrue(Passes(ByDestination, 2, 6, source: 3), "three sources, one destination");
    }

    [TestMethod]
    public void SignaturesAreCountedApart()
    {
        Assert.IsFalse(Passes(BySource, 1, 0));
        Assert.IsFalse(Passes(BySource, 2, 0));
        Assert.IsFalse(Passes(BySource, 1, 0));
        Assert.IsFalse(Passes(BySource, 2, 0));
        Assert.IsTrue(Passes(BySource, 1, 0));
    }

    private bool[] Run(params double[] seconds) => [.. seconds.Select(second => Passes(BySource, 1, second))];

    private bool Passes(byte[] condition, int signature, double seconds, int source = 1)
    {
        byte[] bytes = new Ip($"203.0.113.{source}", "10.0.0.1").Tcp(4000, 80, "S", 1);
        var frame = new Frame();
        frame.Decode(bytes, 0, bytes.Length, bytes.Length);
        return _filter.Passes(condition, 0, signature, frame, (long)(seconds * 1_000_000));
    }
}
