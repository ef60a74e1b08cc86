using System;
using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Faults;

/// <summary>A new table, its trial, and what is told of it.</summary>
[TestClass]
public sealed class TableTrialTests
{
    private const long Second = 1_000_000;
    private const string New = "inbox\\new.sigtab";

    private static readonly KeyPair Key = new();

    [TestMethod]
    public void A_new_table_comes_into_use_without_a_restart_and_what_is_tracked_stays()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        storage.Files["inbox\\old.sigtab"] = Key.Sign(TestTables.Make(1));
        box.Run(40);
        Assert.AreEqual(1u, box.Program.Store.Running.Sequence);
        Frames.Sweep(box.Port, box.Clock.Micros + Second, service: 12345, hosts: 30);
        box.Run(1.5);
        storage.Files[New] = Key.Sign(TestTables.Make(2, force: true));
        box.RunAll().Run(40);
        Assert.AreEqual(2u, box.Program.Store.Running.Sequence);
        Said accepted = box.All.Last(s => s["verdict"] == "accepted");
        Assert.AreEqual("2", accepted["sequence"]);
        Assert.IsTrue(box.Port.Interest == box.Program.Store.Running.Bytes, "the mask of the new table");
        Assert.AreEqual(LightCode.TableAccepted, box.Shown);

        // The sweep goes on under the new table, and is the same incident.
        for (int i = 0; i < 30; i++)
        {
            box.Port.Add(box.Clock.Micros + (i * Second / 10), Frames.Syn(Frames.Actor, 31 + i, 12345, 100 + i));
        }

        box.RunAll();
        box.Program.Finish();
        Said closed = box.All.Single(s => s["state"] == "closed" && s["id"].Length > 0);
        Assert.AreEqual("60", closed["dsts"]);
        Assert.AreEqual("1900101", closed["sid"]);
        Assert.AreEqual(2, box.All.Count(s => s["verdict"] == "accepted"));
        Assert.AreEqual(1, box.All.Count(s => s["part"] == "self-test"), "no restart");
    }

    [TestMethod]
    public void A_refused_table_is_told_with_its_reason_and_shown()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        using var stranger = new KeyPair();
        storage.Files[New] = stranger.Sign(TestTables.Make(1));
        box.Run(45);
        Said told = box.All.Last(s => s.Kind == "table");
        Assert.AreEqual("refused", told["verdict"]);
        Assert.AreEqual("unknown-key", told["reason"]);
        Assert.AreEqual(Convert.ToHexStringLower(stranger.Public.Id), told["key"]);
        Assert.AreEqual(LightCode.TableRefused, box.Shown);
        Assert.IsFalse(storage.Exists(New));
    }

    [TestMethod]
    public void A_trial_sees_what_only_the_new_table_asks_for()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]);
        box.Port.IsChoosy = true;
        for (int i = 0; i < 3000; i++)
        {
            box.Port.Add(i * Second / 50, new Ip("128.231.212.9", "128.231.212.8").Tcp(50000, 8080, i % 2 == 0 ? "A" : "AP", i));
        }

        box.Start().Run(5);
        byte[]? before = box.Port.Interest;
        storage.Files[New] = Key.Sign(TestTables.Make(1, rules: """
            alert tcp any any -> any any ( msg:"a"; flags:A; flow:stateless; sid:1900201; )
            alert tcp any any -> any any ( msg:"b"; flags:PA; flow:stateless; sid:1900202; )

            """));
        box.Run(15);
        Said told = box.All.Single(s => s["verdict"] == "refused");
        Assert.AreEqual("matches-too-much", told["reason"]);
        Assert.AreEqual("64", told["matched"]);
        Assert.AreSame(before, box.Port.Interest, "the mask of the table in use");
    }

    [TestMethod]
    public void A_trial_without_frames_ends_and_is_told_as_none()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        storage.Files[New] = Key.Sign(TestTables.Make(1));
        box.Run(40);
        Said told = box.All.Single(s => s["verdict"] == "accepted");
        Assert.AreEqual("untried", told["reason"]);
        Assert.AreEqual(string.Empty, told["of"]);
    }

    [TestMethod]
    public void On_a_busy_VLAN_a_table_is_in_use_within_three_seconds()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        for (int i = 0; i < 1000; i++)
        {
            box.Port.Add(i * Second / 100, Frames.Syn("128.231.212.7", 1, 80, i));
        }

        box.Run(2);
        storage.Files[New] = Key.Sign(TestTables.Make(1));
        box.Run(3);
        Said told = box.All.Single(s => s["verdict"] == "accepted");
        Assert.AreEqual("new", told["reason"]);
        Assert.AreEqual("64", told["of"]);
    }
}
