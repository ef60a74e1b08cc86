using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Faults;

/// <summary>A collector that is away, and a table that names none.</summary>
[TestClass]
public sealed class CollectorAwayTests
{
    private const long Second = 1_000_000;
    private const string New = "inbox\\new.sigtab";

    private static readonly KeyPair Key = new();

    [TestMethod]
    [DataRow("udp://192.0.2.10:514")]
    [DataRow("tcp://192.0.2.10:601")]
    public void A_collector_that_is_down_for_an_hour_of_sweeps_costs_what_is_told_and_nothing_else(string collector)
    {
        const int Hour = 3600;
        const int Sweeps = Hour / 5;
        Box box = new Box(change: s => s.Collector = System.Text.Encoding.ASCII.GetBytes(collector)).Start().Run(5);
        int before = box.Uplink.Received.Count;
        box.Uplink.IsUp = false;
        long start = box.Clock.Micros;
        long end = start;
        for (int sweep = 0; sweep < Sweeps + (Sweeps / 4); sweep++)
        {
            end = Frames.Sweep(box.Port, end + Second, $"203.0.{sweep / 250}.{1 + (sweep % 250)}", 1000 + sweep);
        }

        Assert.AreEqual(start + (Hour * 5 / 4 * Second), end);
        box.Run(Hour);
        Assert.IsGreaterThan(75, box.Lines.Count, "a sweep every five seconds fills the incidents; the others join the largest story");
        Assert.AreEqual(LightCode.NoCollector, box.Shown);
        Assert.HasCount(before, box.Uplink.Received);

        // It is back, and alerts go on: it is found, and in the first minute that is told.
        box.Uplink.IsUp = true;
        for (int i = 0; i < 100 && box.Uplink.Received.Count == before; i++)
        {
            box.Run(1);
        }

        Assert.IsGreaterThan(before, box.Uplink.Received.Count, "found");
        box.Run(59);
        Assert.IsTrue(box.Received.Any(s => s["part"] == "collector" && s["state"] == "reached"), "told while alerts flow");
        Assert.AreNotEqual(LightCode.NoCollector, box.Shown);
        Assert.IsGreaterThan(1000, box.Port.Waiting, "alerts flow all the time");
        box.RunAll().Run(150);

        // Told and true: what is missing at the collector is what was counted.
        string[] arrived = [.. box.Uplink.Received.Distinct()];
        int missing = box.Lines.Count - arrived.Length;
        Assert.IsGreaterThan(20, missing);
        Assert.AreEqual(box.Program.Sender.Queue.Dropped, missing);
        Assert.AreEqual(missing, box.Received.Where(s => s.Kind == "health" && s["part"] == "collector"
            && s["dropped"].Length > 0).DistinctBy(s => s.SequenceId)
            .Sum(s => s.Number("dropped")));
        Assert.AreEqual(1, box.All.Count(s => s["part"] == "collector" && s["state"] == "unreachable"));
        CollectionAssert.IsSubsetOf(arrived, box.Lines);
    }

    [TestMethod]
    public void A_table_without_a_collector_does_not_reach_the_one_that_was_away()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start().Run(5);
        box.Uplink.IsUp = false;
        box.Run(300);
        CollectionAssert.AreEqual(new[] { "unreachable" }, box.States("collector"));
        storage.Files[New] = Key.Sign(TestTables.Make(1, collector: string.Empty));
        box.Run(60);
        CollectionAssert.AreEqual(new[] { "unreachable", "none" }, box.States("collector"));
        box.Uplink.IsUp = true;
        storage.Files[New] = Key.Sign(TestTables.Make(2));
        box.Run(150);
        Assert.AreEqual(2u, box.Program.Store.Running.Sequence);
        Assert.IsFalse(box.States("collector")[2..].Contains("unreachable"));
    }
}
