using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Faults;

/// <summary>A storage that is full, dead, or has rotted.</summary>
[TestClass]
public sealed class StorageFailureTests
{
    private const string New = "inbox\\new.sigtab";

    private static readonly KeyPair Key = new();

    [TestMethod]
    public void A_full_storage_is_told_and_the_running_table_stays()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        storage.Files[New] = Key.Sign(TestTables.Make(5));
        box.Run(60);
        Assert.AreEqual(5u, box.Program.Store.Running.Sequence);
        storage.Files[New] = Key.Sign(TestTables.Make(6));
        storage.Room = storage.Files.Values.Sum(f => f.Length) + 10;
        box.Run(60);
        Said refused = box.All.Last(s => s.Kind == "table");
        Assert.AreEqual("refused", refused["verdict"]);
        Assert.AreEqual("storage-failed", refused["reason"]);
        Assert.AreEqual(5u, box.Program.Store.Running.Sequence);
        Assert.IsTrue(box.All.Any(s => s["part"] == "storage" && s["state"] == "failing"));

        // The next start finds what it needs, counts as far as it can, and watches.
        storage.Room = 0;
        Box again = new Box(storage, [Key.Public]).Start().Run(5);
        Assert.AreEqual(5u, again.Program.Store.Running.Sequence);
        Assert.AreEqual("failing", again.All.First()["storage"]);
    }

    [TestMethod]
    public void A_table_rotten_in_both_slots_makes_way_for_the_built_in_one_and_that_is_said()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        for (uint sequence = 5; sequence <= 6; sequence++)
        {
            storage.Files[New] = Key.Sign(TestTables.Make(sequence));
            box.Run(60);
        }

        storage.Files["slot0.tap"][500] ^= 1;
        storage.Files["slot1.tap"][500] ^= 1;
        box = new Box(storage, [Key.Public]).Start().Run(5);
        Said told = box.All.Single(s => s.Kind == "table");
        Assert.AreEqual("built-in", told["source"]);
        Assert.AreEqual("2", told["damagedSlots"]);
        Assert.AreEqual(4, told.Severity);
        StringAssert.Contains(told.Words, "flash the newest again");
        Assert.AreEqual(Colour.Yellow, box.Light.Shown[^1].Colour);
    }

    [TestMethod]
    public void An_inbox_that_can_not_be_emptied_is_decided_about_once()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        storage.Files[New] = [1, 2, 3];
        storage.IsDead = true;
        box.Run(600);
        Assert.AreEqual(1, box.All.Count(s => s["verdict"] == "refused"));
    }

    [TestMethod]
    public void After_a_storage_failure_the_file_is_tried_again_and_told_once()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        storage.IsFull = true;
        storage.Files[New] = Key.Sign(TestTables.Make(1));
        box.Run(300);
        Assert.AreEqual("storage-failed", box.All.Single(s => s["verdict"] == "refused")["reason"]);
        Assert.IsTrue(storage.Exists(New));

        // Another file does not wait for it.
        storage.Files["inbox\\other.sigtab"] = [1, 2, 3];
        box.Run(10);
        Assert.AreEqual("damaged", box.All.Last(s => s["verdict"] == "refused")["reason"]);

        storage.IsFull = false;
        box.Run(700);
        Assert.AreEqual(1, box.All.Count(s => s["verdict"] == "accepted"));
        Assert.AreEqual(1u, box.Program.Store.Running.Sequence);
        Assert.IsFalse(storage.Exists(New));
        Assert.IsTrue(box.All.Any(s => s["part"] == "storage" && s["state"] != "failing"));
    }

    [TestMethod]
    public void Another_file_under_the_name_of_one_that_stays_is_told_too()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        storage.IsDead = true;
        storage.Files[New] = [1, 2, 3];
        box.Run(300);
        Assert.AreEqual(1, box.All.Count(s => s["verdict"] == "refused"));
        storage.Files[New] = [1, 2, 4];
        box.Run(300);
        Assert.AreEqual(2, box.All.Count(s => s["verdict"] == "refused"));
    }
}
