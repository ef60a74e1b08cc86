using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Judging;

/// <summary>Tools that give themselves away, trojans in use, and scans that began as something else.</summary>
[TestClass]
public sealed class ToolsAndTalksTests
{
    [TestMethod]
    [DataRow(54321, "zmap")]
    [DataRow(54320, "")]
    public void AWalkOfOneToolNamesIt(int identification, string tool)
    {
        var tap = new Tapped();
        for (int i = 0; i < 10; i++)
        {
            tap.At(1 + i, (Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(10 + i)) with { Identification = identification })
                .Tcp(3000 + (i * 777), 80, "S", 1_000_000 + (i * 7_777_777)));
        }

        tap.Until(20).Finish();
        Tapped.Has(tap.Last, "sweep", $"dsts=10 tool={tool}");
    }

    [TestMethod]
    public void OneFrameWithoutTheMarkIsNoTools()
    {
        var tap = new Tapped();
        for (int i = 0; i < 10; i++)
        {
            tap.At(1 + i, (Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(10 + i)) with { Identification = i == 5 ? 7 : 54321 })
                .Tcp(3000 + (i * 777), 80, "S", 1_000_000 + (i * 7_777_777)));
        }

        tap.Until(20).Finish();
        Tapped.Has(tap.Last, "sweep", "dsts=10 tool=");
    }

    [TestMethod]
    public void FurtherTalksWithATrojanAreOneIncident()
    {
        var tap = new Tapped();
        for (int i = 0; i < 3; i++)
        {
            int port = 3000 + i;
            int host = i == 2 ? 11 : 10;
            double start = 1 + (i * 100);
            tap.Syn(start, Tapped.Actor, Tapped.Home(host), 12345, port);
            tap.At(start + 0.1, Tapped.Lan.Ip(Tapped.Home(host), Tapped.Actor).Tcp(12345, port, "SA", 500, 1));
            tap.At(start + 1, Tapped.Lan.Ip(Tapped.Home(host), Tapped.Actor).Tcp(12345, port, "FA", 900, 66_938 + (i * 65_537)))
                .Until(start + 9);
        }

        tap.Finish();
        Assert.AreEqual(1, tap.Lines.Count(line => Tapped.Value(line, "state") == "closed"), string.Join('\n', tap.Lines));
        Tapped.Has(tap.Last, "suspect-service", "id=1 dsts=2 frames=3 answered=2 dst=10.1.2.10/31");
    }

    [TestMethod]
    public void AfterThreePortScansTheFourthBecomesAScanOfAllHosts()
    {
        var tap = new Tapped();
        for (int host = 0; host < 12; host++)
        {
            for (int port = 0; port < 8; port++)
            {
                tap.Syn(1 + (host * 8) + port, Tapped.Actor, Tapped.Home(10 + host), 100 + port);
            }
        }

        tap.Until(150).Finish();
        Tapped.Has(tap.Last, "scan", "state=closed id=4 dsts=12 frames=96 dport=0 silent=12 dports=100,101,102,103,104,105,106,107");
    }

    [TestMethod]
    public void AJoinedHeaderIsAPlainFrame()
    {
        // A SYN in two pieces of which the first splits the header.
        byte[] whole = Tapped.Lan.Ip(Tapped.Actor, Tapped.Home(10)).Tcp(3000, 80, "S", 7);
        var tap = new Tapped();
        for (int host = 10; host < 13; host++)
        {
            byte[] first = [.. whole[..42]];
            byte[] second = [.. whole[..34], .. whole[42..54]];
            foreach ((byte[] piece, int length, int flags, double late) in new[] { (first, 28, 0x20, 0.0), (second, 32, 0, 0.01) })
            {
                piece[17] = (byte)length;
                piece[16] = 0;
                piece[19] = (byte)host;
                piece[20] = (byte)flags;
                piece[21] = (byte)(flags == 0 ? 1 : 0);
                piece[33] = (byte)host;
                tap.At(host + late, piece);
            }
        }

        tap.Until(30);
        Tapped.Has(tap.Last, "sweep", "state=open dsts=3 frames=3 dport=80 flags=S");
    }
}
