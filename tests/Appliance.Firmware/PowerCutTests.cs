using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Firmware.Tables;
using Appliance.Firmware.Tests.Fakes;
using Appliance.Sensor.Signatures;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>
/// Power fails at each step of taking a table, in turn, whatever the storage leaves of what was being written. After each there
/// is a valid table, no sequence number has gone back, and the new table comes into use in the end.
/// </summary>
[TestClass]
public sealed class PowerCutTests
{
    private const string New = "inbox\\new.sigtab";

    private static readonly KeyPair First = new();
    private static readonly KeyPair Second = new();
    private static readonly TrustedKey[] Keys = [First.Public, Second.Public];

    public static IEnumerable<object[]> TornWrites => Enum.GetValues<Torn>().Select(torn => new object[] { torn });

    [TestMethod]
    [DynamicData(nameof(TornWrites))]
    public void The_first_table(object torn) => CutEverywhere((Torn)torn, [], First.Sign(TestTables.Make(1)), 1, []);

    [TestMethod]
    [DynamicData(nameof(TornWrites))]
    public void The_second_table(object torn) =>
        CutEverywhere((Torn)torn, [First.Sign(TestTables.Make(1))], First.Sign(TestTables.Make(2)), 2,
            [First.Sign(TestTables.Make(1, rules: TestTables.Everything))]);

    [TestMethod]
    [DynamicData(nameof(TornWrites))]
    public void A_later_table_of_the_same_length_over_an_older_one(object torn) =>
        CutEverywhere(
            (Torn)torn,
            [First.Sign(TestTables.Make(1)), First.Sign(TestTables.Make(2))],
            First.Sign(TestTables.Make(3)),
            3,
            [First.Sign(TestTables.Make(1)), First.Sign(TestTables.Make(2, rules: TestTables.Everything))]);

    [TestMethod]
    [DynamicData(nameof(TornWrites))]
    public void A_table_that_changes_the_key(object torn) =>
        CutEverywhere(
            (Torn)torn,
            [First.Sign(TestTables.Make(70)), First.Sign(TestTables.Make(71))],
            Second.Sign(TestTables.Make(1, retired: First.Public)),
            1,
            [First.Sign(TestTables.Make(70)), First.Sign(TestTables.Make(69))]);

    [TestMethod]
    [DynamicData(nameof(TornWrites))]
    public void A_table_while_the_older_slot_is_rotten(object torn) =>
        CutEverywhere(
            (Torn)torn,
            [First.Sign(TestTables.Make(70)), Second.Sign(TestTables.Make(1, retired: First.Public)),
                Second.Sign(TestTables.Make(2))],
            Second.Sign(TestTables.Make(3)),
            3,
            [First.Sign(TestTables.Make(71)), Second.Sign(TestTables.Make(1)),
                Second.Sign(TestTables.Make(2, rules: TestTables.Everything))],
            storage => storage.Files["slot1.tap"][300] ^= 1);

    [TestMethod]
    [DynamicData(nameof(TornWrites))]
    public void A_table_while_the_newest_slot_is_rotten(object torn) =>
        CutEverywhere(
            (Torn)torn,
            [First.Sign(TestTables.Make(70)), Second.Sign(TestTables.Make(2)),
                Second.Sign(TestTables.Make(3, retired: First.Public))],
            Second.Sign(TestTables.Make(4)),
            4,
            [First.Sign(TestTables.Make(71)), Second.Sign(TestTables.Make(2, rules: TestTables.Everything)),
                Second.Sign(TestTables.Make(3, rules: TestTables.Everything))],
            storage => storage.Files["slot0.tap"][300] ^= 1);

    [TestMethod]
    [DynamicData(nameof(TornWrites))]
    public void A_write_that_fails_for_want_of_room(object torn)
    {
        byte[] table = First.Sign(TestTables.Make(3));
        int step = 0;
        bool wasCut = true;
        while (wasCut)
        {
            string where = $"{(Torn)torn}, step {step}";
            FakeStorage storage = Prepared([First.Sign(TestTables.Make(1)), First.Sign(TestTables.Make(2))], null);
            storage.Files[New] = table;
            storage.Room = storage.Files.Values.Sum(f => f.Length) + 10 - storage.Files["slot0.tap"].Length;
            storage.Torn = (Torn)torn;
            storage.CutAt = 200;
            storage.StepsLeft = step;
            wasCut = IsCut(() => Assert.AreEqual(TableVerdict.StorageFailed, Start(storage).Take(New), where));
            storage.StepsLeft = int.MaxValue;
            TableStore again = Start(storage);
            Assert.AreEqual(2u, again.Running.Sequence, where);
            Assert.IsTrue(storage.Files.ContainsKey(New), $"{where}: the technician's file is kept");
            storage.Room = int.MaxValue;
            Assert.AreEqual(TableVerdict.Older, Take(storage, again, First.Sign(TestTables.Make(1))), where);
            Assert.AreEqual(TableVerdict.Accepted, again.Take(New), where);
            step++;
        }

        Assert.IsGreaterThanOrEqualTo(3, step, "a write and a deletion");
    }

    private static void CutEverywhere(Torn torn, byte[][] before, byte[] table, uint sequence, byte[][] older,
        Action<FakeStorage>? rot = null)
    {
        // Before and behind each edge of the record and the table, and in the middle.
        int length = SlotRecord.Length + table.Length;
        int[] cuts = torn is Torn.Old or Torn.Gone or Torn.Empty
            ? [0]
            : [0, 1, 3, 4, 8, 12, 16, 20, 27, 28, 44, 100, 123, 124, 127, 128, 131, 132, 133, 136, 164, 167, 168, 172, 268,
                length / 2, length - 65,
                length - 64, length - 9,
                length - 8, length - 1, length];
        FakeStorage prepared = Prepared(before, rot);
        uint running = Start(Copy(prepared)).Running.Sequence;
        foreach (int cut in cuts)
        {
            int step = 0;
            while (CutOnce(torn, cut, step, prepared, running, table, sequence, older))
            {
                step++;
            }

            Assert.IsGreaterThanOrEqualTo(4, step, "a table is written in several steps");
        }
    }

    // False when all was done before the power could fail.
    private static bool CutOnce(Torn torn, int cut, int step, FakeStorage prepared, uint running, byte[] table, uint sequence, byte[][] older)
    {
        string where = $"{torn}, step {step}, octet {cut}";
        FakeStorage storage = Copy(prepared);
        bool isBuiltIn = prepared.Files.Count == 0;
        storage.Files[New] = table;
        storage.Torn = torn;
        storage.CutAt = cut;
        storage.StepsLeft = step;
        bool wasCut = IsCut(() => Start(storage).Take(New));
        storage.StepsLeft = int.MaxValue;
        TableStore again = Start(storage);
        Assert.IsTrue(again.Running.Sequence == sequence || again.Running.Sequence == running,
            $"{where}: sequence {again.Running.Sequence}");
        Assert.IsTrue(again.Slots.InUse != SlotFiles.BuiltIn || isBuiltIn, $"{where}: the built-in table, though there was another");
        // The technician's file is still there, or was taken.
        bool isTaken = !storage.Files.ContainsKey(New);
        Assert.IsTrue(!isTaken || again.Running.Sequence == sequence, $"{where}: the file is gone and not in use");
        foreach (byte[] old in older)
        {
            int verdict = Take(storage, again, old);
            Assert.AreNotEqual(TableVerdict.Accepted, verdict, $"{where}: an older table was taken");
        }

        int last = isTaken ? TableVerdict.Same : again.Take(New);
        Assert.IsTrue(last is TableVerdict.Accepted or TableVerdict.Same, $"{where}: verdict {last}");
        TableStore whole = Start(storage);
        Assert.AreEqual(sequence, whole.Running.Sequence, where);
        Assert.IsFalse(storage.Files.ContainsKey(New), where);

        // What the cut left undone is made good by a start: when the newest slot rots later, that takes nothing back either.
        storage.Files[whole.Slots.InUse == 0 ? "slot0.tap" : "slot1.tap"][0] ^= 0xff;
        foreach (byte[] old in older)
        {
            Assert.AreNotEqual(TableVerdict.Accepted, Take(storage, Start(storage), old), $"{where}: an older table was taken after rot");
        }

        return wasCut;
    }

    private static FakeStorage Prepared(byte[][] before, Action<FakeStorage>? rot)
    {
        var storage = new FakeStorage();
        foreach (byte[] earlier in before)
        {
            Assert.AreEqual(TableVerdict.Accepted, Take(storage, Start(storage), earlier));
        }

        rot?.Invoke(storage);
        return storage;
    }

    private static FakeStorage Copy(FakeStorage storage) => new()
    {
        Files = storage.Files.ToDictionary(f => f.Key, f => f.Value.ToArray(), StringComparer.Ordinal),
    };

    private static bool IsCut(Action steps)
    {
        try
        {
            steps();
            return false;
        }
        catch (PowerCutException)
        {
            return true;
        }
    }

    private static TableStore Start(FakeStorage storage)
    {
        var settings = new TapSettings { BuiltIn = () => TestTables.BuiltIn, Keys = Keys };
        var store = new TableStore(storage, new DotNetKeyCheck(), settings);
        Assert.AreEqual(TableProblem.None, store.Start());
        return store;
    }

    private static int Take(FakeStorage storage, TableStore store, byte[] table)
    {
        storage.Files["inbox\\other.sigtab"] = table;
        return store.Take("inbox\\other.sigtab");
    }
}
