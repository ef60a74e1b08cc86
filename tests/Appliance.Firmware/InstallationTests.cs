using System.Linq;
using Appliance.Firmware.Tests.Fakes;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>For ten minutes behind its first table, and until all was found once, a box tells what it finds, and at their end
/// what is missing.</summary>
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
    public void A_box_that_has_passed_does_not_begin_again_until_it_moves()
    {
        Box box = Provisioned();
        Talk(box, 700);
        box.Start().Run(640);
        Assert.AreEqual("passed", Told(box)[^1]["state"]);
        Box again = Make();
        again.Start().Run(30);
        _storage.Files[New] = Key.Sign(TestTables.Make(9));
        again.Run(60);
        Assert.AreEqual(9u, again.Program.Store.Running.Sequence);
        Assert.IsEmpty(Told(again));
        _storage.Files[New] = Key.Sign(TestTables.Make(10, "elsewhere", rehome: true));
        again.Run(60);
        Assert.AreEqual("link", Told(again)[0]["found"], "another site's mirror is another one");
    }

    [TestMethod]
    public void A_box_that_was_provisioned_in_a_workshop_is_checked_where_it_hangs()
    {
        Box workshop = Provisioned();
        workshop.Port.HasLink = false;
        workshop.Start().Run(660);
        Assert.AreEqual("failed", Told(workshop)[^1]["state"]);

        Box there = Make();
        there.Port.HasLink = false;
        there.Start().Run(900);
        Assert.IsEmpty(Told(there), "without a mirror there is nothing to check");
        Talk(there, 700, from: 960);
        there.Run(60);
        there.Port.HasLink = true;
        there.Run(640);
        Assert.AreEqual("passed", Told(there)[^1]["state"], Told(there)[^1]["missing"]);
    }

    [TestMethod]
    public void A_mirror_that_comes_after_the_ten_minutes_is_checked_without_a_restart_and_once()
    {
        Box box = Provisioned();
        box.Port.HasLink = false;
        box.Start().Run(660);
        Assert.AreEqual("link", Told(box)[^1]["missing"].Split(' ')[0]);
        box.Port.HasLink = true;
        box.Run(640);
        Said[] told = Told(box);
        Assert.AreEqual(("failed", "frames mirror home directions single"), (told[^1]["state"], told[^1]["missing"]));
        box.Port.HasLink = false;
        box.Run(60);
        box.Port.HasLink = true;
        box.Run(640);
        Assert.HasCount(told.Length, Told(box), "a link that comes and goes is no installation");
    }

    private Box Make() => new(_storage, change: s => s.NeedsKeys = true);

    private Box Provisioned()
    {
        _storage.Files[Offers.Path] = Offers.Of("ward-3", Key.Public);
        _storage.Files[New] = Key.Sign(TestTables.Make(5));
        return Make();
    }

    // Two home hosts ask each other and are answered, twice a second.
    private static void Talk(Box box, int seconds, bool isHook = true, int from = 0)
    {
        box.Port.IsHook = isHook;
        var there = new Ip("128.231.212.10", "128.231.212.20") { DestinationMac = [2, 0, 0, 0, 1, 20] };
        var back = new Ip("128.231.212.20", "128.231.212.10") { DestinationMac = [2, 0, 0, 0, 1, 10] };
        for (int i = 0; i < 2 * seconds; i++)
        {
            long at = (from * Second) + (i * Second / 2) + (Second / 10);
            byte[] number = [(byte)(i >> 8), (byte)i];
            box.Port.Add(at, (there with { Identification = i & 0xffff }).Udp(40000 + (i & 0xfff), 40001, number));
            box.Port.Add(at + 9000, (back with { Identification = i & 0xffff }).Udp(40001, 40000 + (i & 0xfff), number));
        }
    }

    private static Said[] Told(Box box) => [.. box.All.Where(s => s.Kind == "health" && s["part"] == "installation")];
}
