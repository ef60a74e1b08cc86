using System.Linq;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>How long a file in the inbox waits, and how often one that the storage refused is tried.</summary>
[TestClass]
public sealed class TableDeskTests
{
    private const string New = "inbox\\new.sigtab";

    private static readonly KeyPair Key = new();

    [TestMethod]
    public void AFileThatMayBeOnItsWayIsLookedAtForFiveSeconds()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start().Run(5);
        storage.Files[New] = [1, 2, 3];
        box.Run(4.9);
        Assert.IsFalse(box.All.Any(s => s["verdict"] == "refused"));
        box.Run(3);
        Assert.AreEqual("damaged", box.All.Single(s => s["verdict"] == "refused")["reason"]);
    }

    [TestMethod]
    public void EachChangeOfItBeginsThatAnew()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start().Run(5);
        for (byte i = 0; i < 5; i++)
        {
            storage.Files[New] = [1, 2, i];
            box.Run(4);
        }

        Assert.IsFalse(box.All.Any(s => s["verdict"] == "refused"));
        box.Run(5);
        Assert.AreEqual(1, box.All.Count(s => s["verdict"] == "refused"));
    }

    [TestMethod]
    public void ATrialWithoutFramesLastsHalfAMinute()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start().Run(5);
        storage.Files[New] = Key.Sign(TestTables.Make(1));
        box.Run(29);
        Assert.IsFalse(box.All.Any(s => s["verdict"] == "accepted"));
        box.Run(4);
        Assert.AreEqual("untried", box.All.Single(s => s["verdict"] == "accepted")["reason"]);
    }

    [TestMethod]
    public void AFileThatTheStorageRefusesIsTriedLaterEachTime()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start().Run(5);
        storage.IsFull = true;
        storage.Files[New] = Key.Sign(TestTables.Make(1));
        box.Run(60);
        Assert.AreEqual("storage-failed", box.All.Single(s => s["verdict"] == "refused")["reason"]);
        int before = box.Check.Checks;
        box.Run(1200);
        Assert.IsInRange(5, 14, box.Check.Checks - before, "every two minutes at the most");
        Assert.AreEqual(1, box.All.Count(s => s["verdict"] == "refused"), "told once");
        storage.IsFull = false;
        box.Run(200);
        Assert.AreEqual(1u, box.Program.Store.Running.Sequence);
    }

    [TestMethod]
    public void TheSameTableAgainIsUnchanged()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start().Run(5);
        byte[] table = Key.Sign(TestTables.Make(1));
        storage.Files[New] = table;
        box.Run(40);
        storage.Files[New] = table;
        box.Run(40);
        Assert.AreEqual("in-use-already", box.All.Single(s => s["verdict"] == "unchanged")["reason"]);
        Assert.IsFalse(storage.Exists(New));
    }
}
