using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Appliance.SignatureTool;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>A table that is past its date is used, told daily and shown; which one a box runs its heartbeat tells.</summary>
[TestClass]
public sealed class TableAgeTests
{
    private const string New = "inbox\\new.sigtab";
    private const int Day = 86400;

    private static readonly KeyPair Key = new();

    [TestMethod]
    public void An_old_table_is_told_daily_and_shown_and_used()
    {
        // The box's clock begins at 2026-11-18T08:26:40 UTC.
        Box box = Started(Aged(1, new System.DateOnly(2026, 11, 18)));
        box.Run(8 * 3600);
        Assert.IsEmpty(Old(box));
        Assert.AreNotEqual(LightCode.TableOld, box.Program.Light.Shown);

        box.Run(3 * Day);
        Said[] old = Old(box);
        CollectionAssert.AreEqual(new[] { 1L, 2L, 3L }, old.Select(o => o.Number("days")).ToArray());
        Assert.IsTrue(old.All(o => o.Severity == 4 && o.Number("sequence") == 1));
        StringAssert.StartsWith(old[0].Time, "2026-11-19T00:00:0");
        Assert.AreEqual("the table is past its date: ask for a new one", old[0].Words);
        Assert.AreEqual(1u, box.Program.Store.Running.Sequence);
        Assert.AreEqual(LightCode.TableOld, box.Program.Light.Shown);
    }

    [TestMethod]
    public void A_new_table_ends_it()
    {
        Box box = Started(Aged(1, new System.DateOnly(2026, 11, 1)));
        box.Run(60);
        Assert.HasCount(1, Old(box));
        box.Storage.Files[New] = Aged(2, new System.DateOnly(2027, 11, 1));
        box.Run(3 * Day);
        Assert.HasCount(1, Old(box));
        Assert.AreEqual(LightCode.Well, box.Program.Light.Shown);
    }

    [TestMethod]
    public void Without_a_time_nothing_is_said_of_the_age()
    {
        var storage = new FakeStorage();
        var box = new Box(storage, [Key.Public]);
        box.Clock.Server = null;
        storage.Files[New] = Aged(1, new System.DateOnly(2001, 1, 1));
        box.Start().Run(2 * Day);
        Assert.AreEqual(1u, box.Program.Store.Running.Sequence);
        Assert.IsEmpty(Old(box));
    }

    [TestMethod]
    public void The_heartbeat_tells_the_beginning_of_the_hash_of_the_whole_file()
    {
        byte[] first = Aged(1, null);
        byte[] second = Aged(2, null);
        Box box = Started(first);
        box.Run(120);
        Assert.AreEqual(HashOf(first), box.All.Last(s => s.Kind == "heartbeat")["tableHash"]);
        box.Storage.Files[New] = second;
        box.Run(120);
        Assert.AreEqual(HashOf(second), box.All.Last(s => s.Kind == "heartbeat")["tableHash"]);
        Box again = new Box(box.Storage, [Key.Public]).Start().Run(61);
        Assert.AreEqual(HashOf(second), again.All.Last(s => s.Kind == "heartbeat")["tableHash"]);
    }

    [TestMethod]
    public void The_heartbeat_tells_a_tables_age_but_not_that_of_the_built_in_one_which_has_no_date()
    {
        Said[] beats = [.. Started(Aged(1, null)).Run(120).All.Where(s => s.Kind == "heartbeat")];
        Assert.AreEqual("1", beats[^1]["table"]);
        Assert.AreEqual(5000060L, beats[^1].Number("tableAge"));
        beats = [.. new Box(new FakeStorage(), [Key.Public]).Start().Run(120).All.Where(s => s.Kind == "heartbeat")];
        Assert.AreEqual("0", beats[^1]["table"]);
        Assert.AreEqual("", beats[^1]["tableAge"]);
        Assert.IsNotEmpty(beats[^1].Time);
    }

    private static string HashOf(byte[] table) =>
        System.Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(table))[..8];

    private static byte[] Aged(uint sequence, System.DateOnly? lastDay) =>
        Key.Sign(TestTables.Make(new CompileOptions { LastDay = lastDay }, sequence));

    private static Box Started(byte[] table)
    {
        var storage = new FakeStorage();
        storage.Files[New] = table;
        var box = new Box(storage, [Key.Public]);
        // Now and then a frame, so that nothing else is wrong.
        for (int i = 1; i < 12000; i++)
        {
            box.Port.Add(i * 30_000_000L, Frames.Syn(Frames.Actor, 1, 80, 1));
        }

        return box.Start();
    }

    private static Said[] Old(Box box) => [.. box.All.Where(s => s.Kind == "health" && s["part"] == "table")];
}
