using System;
using System.Linq;
using Appliance.Firmware.Tables;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Faults;

/// <summary>A file over which the box may have hung.</summary>
[TestClass]
public sealed class HungTableTests
{
    private const string New = "inbox\\new.sigtab";

    private static readonly KeyPair Key = new();

    [TestMethod]
    [DataRow(RestartReason.Watchdog, true)]
    [DataRow(RestartReason.Panic, true)]
    [DataRow(RestartReason.PowerOn, false)]
    [DataRow(RestartReason.Software, false)]
    public void What_the_box_may_have_hung_over_is_not_looked_at_again(int reason, bool isDiscarded)
    {
        var storage = new FakeStorage();
        storage.Files[New] = Key.Sign(TestTables.Make(1));
        storage.Files["inbox\\second.sigtab"] = [1, 2, 3];
        int reads = 0;
        storage.Rot = (path, _) => reads += path == New ? 1 : 0;
        var box = new Box(storage, [Key.Public]);
        box.Port.Reason = reason;
        box.Start().Run(45);
        Said[] told = [.. box.All.Where(s => s.Kind == "table" && s["verdict"] != "in-use")];
        Assert.AreEqual(isDiscarded, reads == 0);
        Assert.AreEqual(isDiscarded ? 0u : 1u, box.Program.Store.Slots.InUse == SlotFiles.BuiltIn ? 0 : box.Program.Store.Running.Sequence);
        CollectionAssert.AreEqual(isDiscarded ? new[] { "failed", "failed" } : ["untried", "damaged"], told.Select(s => s["reason"]).ToArray());
        Assert.IsFalse(storage.Files.Keys.Any(path => path.StartsWith("inbox", StringComparison.Ordinal)));
        if (isDiscarded)
        {
            StringAssert.Contains(told[0].Words, "flash it once more", StringComparison.Ordinal);
            storage.Files[New] = Key.Sign(TestTables.Make(1));
            box.Run(45);
            Assert.AreEqual(1u, box.Program.Store.Running.Sequence, "the next file is dealt with as ever");
        }
    }
}
