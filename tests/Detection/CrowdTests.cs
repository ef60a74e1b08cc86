using System;
using System.Globalization;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>Many who scan at once, each by itself.</summary>
[TestClass]
public sealed class CrowdTests
{
    private const string Net6 = "2001:db8:30::";

    [TestMethod]
    [DataRow(8, false)]
    [DataRow(16, false)]
    [DataRow(16, true)]
    [DataRow(24, false)]
    public void ThoseWhoSweepInStepByIpv6AreAllTold(int count, bool isOnePort)
    {
        // Of each only one failure waits for its actor's next.
        Probes probes = new(new Hospital(Probes.Net, Probes.Net + "0/24", Net6 + "/64"));
        for (int actor = 0; actor < count; actor++)
        {
            for (int host = 0; host < 40; host++)
            {
                probes.Talk.Unanswered(Probes.Start + (actor * 7_000L) + (host * 100_000L), Actor(actor), 20_000 + (host * 31), Host(actor + host),
                    isOnePort ? 445 : 8_000 + actor, retransmissions: 0);
            }
        }

        Findings findings = Tap.Replay(probes.Build(), Site.Home(Net6 + "/64"));
        for (int actor = 0; actor < count; actor++)
        {
            Assert.IsTrue(findings.Lines.Any(line => line.Kind is "sweep" or "scan" && line["src"] == Actor(actor)),
                $"{Actor(actor)} was never told: {findings.Told}");
        }

        Assert.AreEqual(count, findings.Incidents.Sum(incident => incident.Number("srcs")), findings.Told);
        Assert.IsLessThanOrEqualTo(30, findings.Lines.Count(line => line.IsIncident), findings.Told);
    }

    private static string Actor(int number) => Net6 + (512 + number).ToString("x", CultureInfo.InvariantCulture);

    private static string Host(int number) => Net6 + (16 + number).ToString("x", CultureInfo.InvariantCulture);
}
