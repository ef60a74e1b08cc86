using System;
using Appliance.Playback.Captures;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Playback.Tests;

/// <summary>The tools find the packet behind tags of every type that the mirror port reads.</summary>
[TestClass]
public sealed class LinkHeaderTests
{
    private static readonly byte[] Frame = new Ip("10.1.2.3", "10.1.2.4").Udp(1, 2, [3]);

    [TestMethod]
    [DataRow(0x8100)]
    [DataRow(0x88a8)]
    [DataRow(0x9100)]
    [DataRow(0x9200)]
    public void The_type_stands_behind_all_tags(int tag)
    {
        Assert.AreEqual(12, LinkHeader.TypeAt(Frame));
        Assert.AreEqual(16, LinkHeader.TypeAt(Change.Tagged(Frame, (tag, 7))));
        Assert.AreEqual(20, LinkHeader.TypeAt(Change.Tagged(Frame, (tag, 7), (0x8100, 8))));
        Assert.AreEqual(-1, LinkHeader.TypeAt(Frame.AsSpan(0, 13)));
    }
}
