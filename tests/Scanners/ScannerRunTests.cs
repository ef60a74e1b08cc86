using System;
using System.Collections.Generic;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Scanners.Tests;

/// <summary>The scanners themselves make the committed captures anew; <see cref="LabFiles"/> says how many of them.</summary>
[TestClass]
[NeedsTool("ip")]
[NeedsTool("tcpdump")]
[NeedsTool("ethtool")]
[NeedsTool("nft")]
[NeedsTool("busybox")]
[NeedsTool("nmap")]
[NeedsTool("masscan")]
[NeedsTool("arp-scan")]
[NeedsTool("ping")]
[NeedsTool("hping3")]
[NeedsTool("fping")]
[NeedsTool("nbtscan")]
[NeedsTool("zmap")]
[NeedsTool("onesixtyone")]
[NeedsTool("ndisc6")]
[NeedsTool("atk6-alive6")]
public sealed class ScannerRunTests
{
    /// <summary>One in so many in an ordinary run, so that it takes half a minute.</summary>
    private const int Sample = 16;

    [TestMethod]
    public void TheToolsMakeThemAnew()
    {
        IReadOnlyList<string> complaints = LabFiles.MakeAnew("scanners", Sample, Essentials.Of, out string problem);
        if (problem.Length > 0)
        {
            Assert.Inconclusive(problem);
        }

        Assert.IsEmpty(complaints, string.Join(Environment.NewLine, complaints));
    }
}
