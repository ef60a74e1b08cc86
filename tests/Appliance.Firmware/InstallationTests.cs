using System.Linq;
using Appliance.Firmware.Tests.Fakes;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>For ten minutes behind its first table a box tells what it finds, and at their end what is missing.</summary>
[TestClass]
public sealed class InstallationTests
{
    private const string New = "inbox\\new.sigtab";
    private const long Second = 1_000_000;

    private static readonly KeyPair Key = new();

    private readonly FakeStorage _storage = new();

    [TestMethod]
    public void Each_step_is_told_once_it_is_found_and_then_that_all_is_there()
    {
        Box box = Provisioned();
        Talk(box, 700);
        box.Start().Run(640);
        Said[] told = Told(box);
        CollectionAssert.AreEqual(
            new[] { "link", "mirror", "clock", "collector", "frames", "home", "directions", "single", "capacity", "" },
            told.Select(s => s["found"]).ToArray());
        Assert.AreEqual("100", told[0]["speed"]);
        Assert.IsInRange(3, 4, told.Single(s => s["found"] == "frames").Number("rate"));
        Assert.AreEqual(2, told.Single(s => s["found"] == "home").Number("hosts"));
        Assert.AreEqual("0", told.Single(s => s["found"] == "single")["share"]);
        Said end = told[^1];
        Assert.AreEqual(("passed", 5, 2L), (end["state"], end.Severity, end.Number("hosts")));
        Assert.AreEqual("the installation is complete", end.Words);
        Assert.IsInRange(3, 4, end.Number("rate"));
        box.Run(700);
        Assert.HasCount(told.Length, Told(box), "it is over");
    }

    [TestMethod]
    public void What_is_not_found_is_named_after_ten_minutes()
    {
        Box box = Provisioned();
        box.Clock.Server = null;
        box.Start().Run(660);
        Said end = Told(box)[^1];
        Assert.AreEqual(("failed", 4), (end["state"], end.Severity));
        StringAssert.StartsWith(end["missing"], "frames mirror home directions single");
        Assert.AreEqual("the installation lacks something: look it up in LIGHT.md and SWITCHES.md", end.Words);
    }

    [TestMethod]
    public void A_second_that_was_full_is_missing_capacity()
    {
        Box box = Provisioned();
        Talk(box, 700, false);
        box.Port.IsHook = false;
        box.Start().Run(300);
        box.Port.Counters[PortCounter.FullSeconds] = 2;
        box.Run(340);
        Said end = Told(box)[^1];
        Assert.AreEqual("failed", end["state"]);
        StringAssert.EndsWith(end["missing"], "capacity");
        Assert.AreEqual(2, end.Number("mirrorFull"));
    }

    [TestMethod]
    public void A_box_that_has_its_table_does_not_begin_again()
    {
        Provisioned().Start().Run(40);
        Box again = Make();
        again.Start().Run(30);
        _storage.Files[New] = Key.Sign(TestTables.Make(9));
        again.Run(60);
        Assert.AreEqual(9u, again.Program.Store.Running.Sequence);
        Assert.IsEmpty(Told(again));
    }

    private Box Make() => new(_storage, change: s => s.NeedsKeys = true);

    private Box Provisioned()
    {
        _storage.Files[Offers.Path] = Offers.Of("ward-3", Key.Public);
        _storage.Files[New] = Key.Sign(TestTables.Make(5));
        return Make();
    }

    // Two home hosts ask each other and are answered, twice a second.
    private static void Talk(Box box, int seconds, bool isHook = true)
    {
        box.Port.IsHook = isHook;
        var there = new Ip("128.231.212.10", "128.231.212.20") { DestinationMac = [2, 0, 0, 0, 1, 20] };
        var back = new Ip("128.231.212.20", "128.231.212.10") { DestinationMac = [2, 0, 0, 0, 1, 10] };
        for (int i = 0; i < 2 * seconds; i++)
        {
            long at = (i * Second / 2) + (Second / 10);
            byte[] number = [(byte)(i >> 8), (byte)i];
            box.Port.Add(at, (there with { Identification = i & 0xffff }).Udp(40000 + (i & 0xfff), 40001, number));
            box.Port.Add(at + 9000, (back with { Identification = i & 0xffff }).Udp(40001, 40000 + (i & 0xfff), number));
        }
    }

    private static Said[] Told(Box box) => [.. box.All.Where(s => s.Kind == "health" && s["part"] == "installation")];
}
