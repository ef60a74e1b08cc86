using System.Linq;
using System.Text.RegularExpressions;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Appliance.SignatureTool;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>A signed table may ask for one incident that is none, so that an alert is seen to arrive at the collector.</summary>
[TestClass]
public sealed class TestAlertTests
{
    private const string New = "inbox\\new.sigtab";

    private static readonly KeyPair Key = new();

    private readonly FakeStorage _storage = new();

    [TestMethod]
    public void It_is_opened_and_closed_and_says_that_it_is_none()
    {
        Box box = Run(Asking(5));
        string[] told = Told(box);
        Assert.HasCount(2, told, string.Join('\n', told));
        const string Facts = "severity=\"1\" sid=\"0\" proto=\"ip\" src=\"24:6f:28:1f:2e:3d\" srcs=\"1\" dst=\"various\" dsts=\"0\" dport=\"0\" frames=\"0\" "
            + "name=\"test alert\" expected=\"test alert\" site=\"imaging\"]";
        StringAssert.Matches(told[0], new Regex(@"^<86>1 2026-11-\S+ ward-3 tap 1 test-alert \[incident@32473 id=""1"" state=""open"" " + Regex.Escape(Facts)
            + @"\[meta sequenceId=""\d+"" sysUpTime=""\d+""\] test alert: the table asked for it, and nothing has happened$"));
        StringAssert.Contains(told[1], "test-alert [incident@32473 id=\"1\" state=\"closed\" " + Facts);
        StringAssert.EndsWith(told[1], "test alert, closed: alerts of this box arrive");
        CollectionAssert.IsSubsetOf(told, box.Uplink.Received.ToArray());
        Assert.AreNotEqual(LightCode.Incident, box.Shown);
    }

    [TestMethod]
    public void It_is_told_once_a_table_however_often_the_box_starts()
    {
        Run(Asking(5));
        Box again = Make();
        again.Start().Run(60);
        Assert.IsEmpty(Told(again));
        _storage.Files[New] = Asking(6);
        again.Run(60);
        Assert.HasCount(2, Told(again), "another table asks");
        _storage.Files[New] = Key.Sign(TestTables.Make(7));
        again.Run(60);
        Assert.AreEqual(7u, again.Program.Store.Running.Sequence);
        Assert.HasCount(2, Told(again), "a table that does not ask");
    }

    [TestMethod]
    public void It_waits_for_a_collector_that_takes_it()
    {
        Offer(Asking(5));
        Box box = Make();
        box.Uplink.HasLink = false;
        box.Start().Run(120);
        Assert.AreEqual(5u, box.Program.Store.Running.Sequence);
        Assert.IsEmpty(Told(box), "in the workshop nobody listens");

        Box there = Make();
        there.Start().Run(60);
        Assert.HasCount(2, Told(there).Intersect(there.Uplink.Received).ToArray());
    }

    [TestMethod]
    public void A_table_that_does_not_ask_tells_none()
    {
        Assert.IsEmpty(Told(Run(Key.Sign(TestTables.Make(5)))));
    }

    [TestMethod]
    public void A_record_that_rots_tells_it_once_more()
    {
        Run(Asking(5));
        _storage.Files["tested.tap"][7] ^= 1;
        Box again = Make();
        again.Start().Run(60);
        Assert.HasCount(2, Told(again));
    }

    private static byte[] Asking(uint sequence) => Key.Sign(TestTables.Make(new CompileOptions { TestAlert = true }, sequence));

    private static string[] Told(Box box) => [.. box.Lines.Where(line => line.Contains(" test-alert "))];

    private Box Run(byte[] table)
    {
        Offer(table);
        return Make().Start().Run(60);
    }

    private void Offer(byte[] table)
    {
        _storage.Files[Offers.Path] = Offers.Of("ward-3", Key.Public);
        _storage.Files[New] = table;
    }

    private Box Make() => new(_storage, change: s => s.NeedsKeys = true);
}
