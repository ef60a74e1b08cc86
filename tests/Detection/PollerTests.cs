using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Detection.Tests;

/// <summary>
/// Devices that send for ever to one who never answers: after the first time that says nothing, and takes no room.
/// </summary>
[TestClass]
public sealed class PollerTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void DevicesThatNobodyAnswersDoNotHideASlowScan(bool isUdp)
    {
        // Thirty devices, once a minute each, for six hours; amid them a host every ten minutes.
        Probes probes = new();
        for (int device = 0; device < 30; device++)
        {
            for (int minute = 0; minute < 360; minute++)
            {
                long time = Probes.Start + (minute * Capture.Minute) + (device * 1_900_000L);
                Ip ip = probes.Talk.Between(Probes.Hosts(30 + device, 1).Single(), Probes.Net + "240");
                probes.Capture.Add(time, isUdp ? ip.Udp(50_000 + device, 514, new byte[40])
                    : ip.Tcp(1_024 + (minute * 31) + device, 104, "S", probes.Talk.NextSequence()));
            }
        }

        probes.Sweep(Probes.Hosts(100, 30), 443, Probes.Start + Capture.Hour, 10 * Capture.Minute);
        Findings findings = Tap.Replay(probes.Build(), Probes.Profile(), allMessages: true);
        TenDetects.Has(findings.The("sweep", ("src", Probes.Actor)), "sweep", "dsts=30 dport=443 frames=30 severity=3");
        Assert.IsEmpty(findings.Lines.Where(line => line["part"] == "detector").Select(line => line.Text).ToArray(), findings.Told);
    }
}
