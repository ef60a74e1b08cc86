using System;
using System.Collections.Generic;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Scanners.Tests;

/// <summary>
/// Ordinary servers and their clients make the committed captures anew; <see cref="LabFiles"/> says how many of them.
/// </summary>
[TestClass]
[NeedsTool("ip")]
[NeedsTool("tcpdump")]
[NeedsTool("ethtool")]
[NeedsTool("nft")]
[NeedsTool("busybox")]
[NeedsTool("dhcpd")]
[NeedsTool("avahi-daemon")]
[NeedsTool("nmbd")]
[NeedsTool("nmblookup")]
[NeedsTool("snmpd")]
[NeedsTool("snmpget")]
[NeedsTool("etherwake")]
[NeedsTool("storescu")]
[NeedsTool("curl")]
[NeedsTool("haproxy")]
public sealed class OrdinaryRunTests
{
    /// <summary>One in so many in an ordinary run, so that it takes half a minute.</summary>
    private const int Sample = 6;

    [TestMethod]
    public void TheProgramsMakeThemAnew()
    {
        IReadOnlyList<string> complaints = LabFiles.MakeAnew("ordinary", Sample, Essentials.OfAll, out string problem);
        if (problem.Length > 0)
        {
            Assert.Inconclusive(problem);
        }

        Assert.IsEmpty(complaints, string.Join(Environment.NewLine, complaints));
    }
}
