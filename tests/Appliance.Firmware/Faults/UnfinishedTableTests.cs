using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Faults;

/// <summary>A table that is still on its way.</summary>
[TestClass]
public sealed class UnfinishedTableTests
{
    private const string New = "inbox\\new.sigtab";

    private static readonly KeyPair Key = new();

    [TestMethod]
    public void A_table_that_comes_in_pieces_is_decided_about_when_it_is_whole()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        byte[] table = Key.Sign(TestTables.Make(1));
        for (int length = 100; length < table.Length; length += 100)
        {
            storage.Files[New] = table[..length];
            box.Run(1.3);
        }

        storage.Files[New] = table;
        box.Run(40);
        Assert.AreEqual(1u, box.Program.Store.Running.Sequence);
        Assert.IsFalse(box.All.Any(s => s["verdict"] == "refused"));
    }

    [TestMethod]
    public void A_table_that_is_written_over_a_longer_leftover_is_decided_about_when_it_is_whole()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        byte[] table = Key.Sign(TestTables.Make(1));
        byte[] leftover = new byte[table.Length];
        for (int length = 0; length < table.Length; length += 200)
        {
            storage.Files[New] = [.. table[..length], .. leftover[length..]];
            box.Run(1.3);
        }

        storage.Files[New] = [.. table[..^64], .. leftover[^64..]];
        box.Run(2);
        storage.Files[New] = table;
        box.Run(40);
        Assert.AreEqual(1u, box.Program.Store.Running.Sequence);
        Assert.IsFalse(box.All.Any(s => s["verdict"] == "refused"));
    }

    [TestMethod]
    public void A_piece_that_nothing_follows_is_a_damaged_table()
    {
        var storage = new FakeStorage();
        Box box = new Box(storage, [Key.Public]).Start();
        storage.Files[New] = Key.Sign(TestTables.Make(1))[..200];
        box.Run(3);
        Assert.IsTrue(storage.Exists(New));
        Assert.AreEqual(LightCode.Working, box.Shown);
        box.Run(7);
        Assert.IsFalse(storage.Exists(New));
        Assert.AreEqual("damaged", box.All.Single(s => s["verdict"] == "refused")["reason"]);
        Assert.AreEqual(LightCode.TableRefused, box.Shown);
    }
}
