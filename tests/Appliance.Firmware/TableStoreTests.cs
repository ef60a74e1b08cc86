using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Firmware.Tables;
using Appliance.Firmware.Tests.Fakes;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>Which tables the box takes, and what is left of them whatever fails.</summary>
[TestClass]
public sealed class TableStoreTests
{
    private const string New = "inbox\\new.sigtab";

    private static readonly KeyPair First = new();
    private static readonly KeyPair Second = new();
    private static readonly KeyPair Stranger = new();
    private static readonly TrustedKey[] Keys = [First.Public, Second.Public];

    private readonly FakeStorage _storage = new();

    public static IEnumerable<object[]> Refusals => new (string Name, Func<byte[]> Table, int Verdict)[]
    {
        ("a table that is none", () => [1, 2, 3], TableVerdict.Damaged),
        ("an empty file", () => [], TableVerdict.Damaged),
        ("a table cut short", () => First.Sign(TestTables.Make(9))[..^1], TableVerdict.Damaged),
        ("a padded table", () => [.. First.Sign(TestTables.Make(9)), 0], TableVerdict.Damaged),
        ("a table that is not signed", () => TestTables.Make(9), TableVerdict.NotSigned),
        ("a table with a stranger's key", () => Stranger.Sign(TestTables.Make(9)), TableVerdict.UnknownKey),
        ("a table with a wrong signature", () => Spoilt(First.Sign(TestTables.Make(9)), ^1), TableVerdict.BadSignature),
        ("a table with another's signature", () => Swapped(First.Sign(TestTables.Make(9)), Second.Sign(TestTables.Make(9))),
            TableVerdict.BadSignature),
        ("another site's table", () => First.Sign(TestTables.Make(9, "elsewhere")), TableVerdict.OtherSite),
        ("an older table", () => First.Sign(TestTables.Make(4)), TableVerdict.Older),
        ("the same number, other octets", () => First.Sign(TestTables.Make(5, rules: TestTables.Everything)),
            TableVerdict.SameSequence),
        ("an opening with ports that go backwards", () => WithOpening(0, 0xff), TableVerdict.Damaged),
        ("an opening that does not compare the first octet", () => WithOpening(9, 0xfe), TableVerdict.Damaged),
        ("an opening that compares octets that no payload has", () => WithOpening(8, 0x10), TableVerdict.Damaged),
        ("an opening of a length that the shortest payload lacks", () => WithOpening(8, 0x80), TableVerdict.Damaged),
        ("an opening longer than the longest", () => WithOpening(4, 0xff), TableVerdict.Damaged),
        ("a table that retires its own key", () => First.Sign(TestTables.Make(9, retired: First.Public)), TableVerdict.Damaged),
        ("another site's older table", () => First.Sign(TestTables.Make(4, "elsewhere")), TableVerdict.OtherSite),
        ("a table without signatures", () => First.Sign(TestTables.Make(9, rules: string.Empty)), TableVerdict.NoSignatures),
        ("a number at the top", () => First.Sign(TestTables.Make(uint.MaxValue)), TableVerdict.SequenceTooHigh),
        ("a number too far above", () => First.Sign(TestTables.Make(5 + TableStore.FarthestStep + 1)),
            TableVerdict.SequenceTooHigh),
        ("a first number at the top", () => Second.Sign(TestTables.Make(TableStore.HighestFirst + 1)),
            TableVerdict.SequenceTooHigh),
        ("a table that is too large", () => new byte[new TapSettings().LargestTable + 1], TableVerdict.TooLarge),
    }.Select(c => new object[] { c.Name, c.Table, c.Verdict });

    [TestMethod]
    public void The_first_table_takes_the_place_of_the_built_in_one()
    {
        TableStore store = Start();
        Assert.AreEqual(SlotFiles.BuiltIn, store.Slots.InUse);
        Assert.AreEqual(TableVerdict.Accepted, Take(store, First.Sign(TestTables.Make(5))));
        Assert.AreEqual(5u, store.Running.Sequence);
        Assert.IsFalse(_storage.Exists(New), "the inbox is emptied");
        Assert.AreEqual(5u, Start().Running.Sequence);
    }

    [TestMethod]
    public void Tables_go_into_the_slots_in_turn_and_the_newest_wins()
    {
        TableStore store = Start();
        for (uint sequence = 1; sequence <= 5; sequence++)
        {
            Assert.AreEqual(TableVerdict.Accepted, Take(store, First.Sign(TestTables.Make(sequence))));
            Assert.AreEqual((int)((sequence + 1) & 1), store.Slots.InUse);
            Assert.AreEqual(sequence, Start().Running.Sequence);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Refusals))]
    public void It_is_refused_with_its_own_reason_and_the_running_table_stays(string name, Func<byte[]> table, int verdict)
    {
        TableStore store = Start();
        Assert.AreEqual(TableVerdict.Accepted, Take(store, First.Sign(TestTables.Make(5))));
        Dictionary<string, byte[]> before = new(_storage.Files);
        SignatureTable running = store.Running;

        Assert.AreEqual(verdict, Take(store, table()), name);

        Assert.AreSame(running, store.Running);
        CollectionAssert.AreEquivalent(before.Keys.ToArray(), _storage.Files.Keys.ToArray());
        Assert.AreEqual(5u, Start().Running.Sequence);
    }

    [TestMethod]
    public void Any_single_changed_octet_is_refused()
    {
        TableStore store = Start();
        Assert.AreEqual(TableVerdict.Accepted, Take(store, First.Sign(TestTables.Make(5))));
        byte[] good = First.Sign(TestTables.Make(6));
        for (int at = 0; at < good.Length; at++)
        {
            int verdict = Take(store, Spoilt(good, at));
            Assert.IsTrue(verdict is TableVerdict.Damaged or TableVerdict.BadSignature, $"octet {at}: verdict {verdict}");
        }

        Assert.AreEqual(TableVerdict.Accepted, Take(store, good));
    }

    [TestMethod]
    public void The_same_octets_again_are_no_news()
    {
        TableStore store = Start();
        byte[] table = First.Sign(TestTables.Make(5));
        Take(store, table);
        int steps = _storage.Steps;
        Assert.AreEqual(TableVerdict.Same, Take(store, table));
        Assert.AreEqual(5, _storage.Steps - steps, "a mark for the tool at the cable, and the inbox is emptied");
    }

    [TestMethod]
    public void The_rehome_bit_moves_a_box()
    {
        TableStore store = Start();
        Take(store, First.Sign(TestTables.Make(5)));
        Assert.AreEqual(TableVerdict.Accepted, Take(store, First.Sign(TestTables.Make(6, "elsewhere", rehome: true))));
        Assert.AreEqual(TableVerdict.OtherSite, Take(store, First.Sign(TestTables.Make(7))));
        Assert.AreEqual(TableVerdict.Accepted, Take(store, First.Sign(TestTables.Make(7, "elsewhere"))));
    }

    [TestMethod]
    public void One_key_retires_the_other_and_numbers_are_remembered_for_each()
    {
        TableStore store = Start();
        Assert.AreEqual(TableVerdict.Accepted, Take(store, First.Sign(TestTables.Make(50))));
        Assert.AreEqual(TableVerdict.Accepted, Take(store, Second.Sign(TestTables.Make(1))), "each key has its own numbers");
        Assert.AreEqual(TableVerdict.Older, Take(Start(), First.Sign(TestTables.Make(49))),
            "remembered across the other's table and a restart");
        Assert.AreEqual(TableVerdict.Accepted, Take(store, Second.Sign(TestTables.Make(2, retired: First.Public))));
        Assert.AreEqual(TableVerdict.RetiredKey, Take(store, First.Sign(TestTables.Make(51))));
        Assert.AreEqual(TableVerdict.Accepted, Take(store, Second.Sign(TestTables.Make(3))));
        Assert.AreEqual(TableVerdict.RetiredKey, Take(Start(), First.Sign(TestTables.Make(52))), "for good");
    }

    [TestMethod]
    public void A_table_that_matches_more_than_a_quarter_of_the_newest_frames_is_refused_unless_that_is_meant()
    {
        TableStore store = Start();
        SlotBatch history = Frames(64);
        Assert.AreEqual(TableVerdict.MatchesTooMuch, Take(store, First.Sign(TestTables.Make(5, rules: TestTables.Everything)),
            history));
        Assert.AreEqual(64, store.Matched);
        Assert.AreEqual(64, store.MatchedOf);
        Assert.AreEqual(TableVerdict.Accepted, Take(store, First.Sign(TestTables.Make(5)), history));
        Assert.AreEqual(TableVerdict.Accepted, Take(store, First.Sign(TestTables.Make(6, rules: TestTables.Everything,
            force: true)), history));
    }

    [TestMethod]
    public void What_the_table_in_use_matches_too_is_no_news()
    {
        TableStore store = Start();
        SlotBatch history = Frames(64);
        Assert.AreEqual(TableVerdict.Accepted, Take(store, First.Sign(TestTables.Make(5, rules: TestTables.Everything,
            force: true)), history));
        Assert.AreEqual(TableVerdict.Accepted, Take(store, First.Sign(TestTables.Make(6, rules: TestTables.Everything)),
            history));
        string other = TestTables.Everything.Replace("sid:1900102", "sid:1900103", StringComparison.Ordinal);
        Assert.AreEqual(TableVerdict.MatchesTooMuch, Take(store, First.Sign(TestTables.Make(7, rules: other)), history));
    }

    [TestMethod]
    [DataRow(16, TableVerdict.Accepted)]
    [DataRow(17, TableVerdict.MatchesTooMuch)]
    public void A_quarter_is_16_of_64(int probes, int verdict)
    {
        var batch = new SlotBatch(64);
        for (int i = 0; i < 64; i++)
        {
            byte[] frame = Syn(i < probes ? 12345 : 80);
            batch.Put(frame, 0, frame.Length, frame.Length, false, i);
        }

        Assert.AreEqual(verdict, Take(Start(), First.Sign(TestTables.Make(5)), batch));
    }

    [TestMethod]
    public void A_trial_counts_the_next_64_frames_whatever_the_batches()
    {
        var batch = new SlotBatch(100);
        var table = new SignatureTable();
        byte[] file = TestTables.Make(1);
        Assert.AreEqual(0, table.Load(file, file.Length));
        var running = new SignatureTable();
        Assert.AreEqual(0, running.Load(TestTables.BuiltIn, TestTables.BuiltIn.Length));
        var random = new Random(3);
        for (int turn = 0; turn < 50; turn++)
        {
            // What was let through by another mask does not count.
            var trial = new TableTrial(table, running) { From = 10 };
            int probes = 0;
            int frames = 0;
            for (int stamp = 0; stamp < 40; stamp++)
            {
                batch.Count = 0;
                for (int i = random.Next(10); i > 0; i--)
                {
                    bool isProbe = random.Next(3) == 0;
                    byte[] frame = Syn(isProbe ? 12345 : 80);
                    batch.Put(frame, 0, frame.Length, frame.Length, false, stamp);
                    bool isCounted = stamp >= 10 && frames < 64;
                    frames += isCounted ? 1 : 0;
                    probes += isCounted && isProbe ? 1 : 0;
                }

                trial.See(batch);
                Assert.AreEqual((frames, probes), (trial.Count, trial.Matched));
            }
        }
    }

    [TestMethod]
    public void A_rotten_slot_is_passed_over_for_the_other()
    {
        TableStore store = Start();
        Take(store, First.Sign(TestTables.Make(5)));
        Take(store, First.Sign(TestTables.Make(6)));
        byte[] newest = _storage.Files["slot1.tap"];
        for (int at = 0; at < newest.Length; at++)
        {
            _storage.Files["slot1.tap"] = Spoilt(newest, at);
            TableStore again = Start();
            Assert.AreEqual(5u, again.Running.Sequence, $"octet {at}");
            Assert.AreEqual(1, again.Slots.Damaged);
        }
    }

    [TestMethod]
    public void With_both_slots_rotten_the_built_in_table_is_used_and_the_newest_taken_again()
    {
        TableStore store = Start();
        Take(store, First.Sign(TestTables.Make(5)));
        byte[] newest = First.Sign(TestTables.Make(6));
        Take(store, newest);
        _storage.Files["slot0.tap"] = Spoilt(_storage.Files["slot0.tap"], 300);
        _storage.Files["slot1.tap"] = [];
        store = Start();
        Assert.AreEqual(SlotFiles.BuiltIn, store.Slots.InUse);
        Assert.AreEqual(2, store.Slots.Damaged);
        Assert.AreEqual(TableVerdict.Older, Take(store, First.Sign(TestTables.Make(5))));
        Assert.AreEqual(TableVerdict.SameSequence, Take(store, First.Sign(TestTables.Make(6, rules: TestTables.Everything))));
        Assert.AreEqual(TableVerdict.Accepted, Take(store, newest));
        Assert.AreEqual(6u, Start().Running.Sequence);
    }

    [TestMethod]
    [DataRow("slot1.tap", 300, DisplayName = "an octet of the table")]
    [DataRow("slot1.tap", 30, DisplayName = "an octet of the record")]
    [DataRow("slot0.tap", 300, DisplayName = "an octet of the older table")]
    [DataRow("keys.tap", 30, DisplayName = "an octet of the copy")]
    public void Rot_takes_no_number_and_no_retirement_back(string path, int at)
    {
        TableStore store = Start();
        Take(store, First.Sign(TestTables.Make(50)));
        Assert.AreEqual(TableVerdict.Accepted, Take(store, Second.Sign(TestTables.Make(7, retired: First.Public))));
        _storage.Files[path] = Spoilt(_storage.Files[path], at);
        Assert.AreEqual(TableVerdict.RetiredKey, Take(Start(), First.Sign(TestTables.Make(51))));
        Assert.AreEqual(TableVerdict.Older, Take(Start(), Second.Sign(TestTables.Make(6))));

        // Nor does the next table, which is written over the rotten one.
        Assert.AreEqual(TableVerdict.Accepted, Take(Start(), Second.Sign(TestTables.Make(8))));
        Assert.AreEqual(TableVerdict.RetiredKey, Take(Start(), First.Sign(TestTables.Make(51))));
    }

    [TestMethod]
    public void A_copy_that_rots_is_mended_at_the_next_start()
    {
        TableStore store = Start();
        Take(store, First.Sign(TestTables.Make(50)));
        Take(store, Second.Sign(TestTables.Make(7, retired: First.Public)));
        byte[] copy = _storage.Files["keys.tap"];
        _storage.Files["keys.tap"] = Spoilt(copy, 30);
        Start();
        CollectionAssert.AreEqual(copy, _storage.Files["keys.tap"]);
        int steps = _storage.Steps;
        Start();
        Assert.AreEqual(steps, _storage.Steps, "what is right is not written again");
        _storage.Files["slot1.tap"] = Spoilt(_storage.Files["slot1.tap"], 0);
        Assert.AreEqual(TableVerdict.RetiredKey, Take(Start(), First.Sign(TestTables.Make(51))));
    }

    [TestMethod]
    public void Rot_does_not_move_the_box_to_another_site()
    {
        TableStore store = Start();
        Take(store, First.Sign(TestTables.Make(5)));
        Take(store, First.Sign(TestTables.Make(6)));
        _storage.Files["slot0.tap"] = Spoilt(_storage.Files["slot0.tap"], 300);
        _storage.Files["slot1.tap"] = Spoilt(_storage.Files["slot1.tap"], 300);
        Assert.AreEqual(SlotFiles.BuiltIn, Start().Slots.InUse);
        Assert.AreEqual(TableVerdict.OtherSite, Take(Start(), First.Sign(TestTables.Make(7, "elsewhere"))));
        Assert.AreEqual(TableVerdict.Accepted, Take(Start(), First.Sign(TestTables.Make(7))));
        Assert.AreEqual(TableVerdict.Accepted, Take(Start(), First.Sign(TestTables.Make(8, "elsewhere", rehome: true))));
        _storage.Files["slot0.tap"] = [];
        _storage.Files["slot1.tap"] = [];
        Assert.AreEqual(TableVerdict.OtherSite, Take(Start(), First.Sign(TestTables.Make(9))), "the copy knows the new site");
        Assert.AreEqual(TableVerdict.Accepted, Take(Start(), First.Sign(TestTables.Make(9, "elsewhere"))));
    }

    [TestMethod]
    public void Nothing_that_a_stranger_wrote_is_followed()
    {
        TableStore store = Start();
        byte[] file = Stranger.Sign(TestTables.Make(9));
        Assert.AreEqual(TableVerdict.UnknownKey, Take(store, file));
        Assert.AreEqual((0, 0, 0), (store.Tried!.SignaturesAt, store.Tried.SiteNameAt, store.Tried.Count), "neither site nor signatures were read");
        byte[] forged = Spoilt(First.Sign(TestTables.Make(9)), ^1);
        Assert.AreEqual(TableVerdict.BadSignature, Take(store, forged));
        Assert.AreEqual(0, store.Tried!.SiteNameAt);
    }

    [TestMethod]
    public void Padded_slots_take_no_number_back()
    {
        TableStore store = Start();
        Take(store, First.Sign(TestTables.Make(5)));
        Take(store, First.Sign(TestTables.Make(6)));
        _storage.Files.Remove("keys.tap");
        _storage.Files["slot0.tap"] = [.. _storage.Files["slot0.tap"], 0];
        _storage.Files["slot1.tap"] = [.. _storage.Files["slot1.tap"], 0];
        store = Start();
        Assert.AreEqual(SlotFiles.BuiltIn, store.Slots.InUse);
        Assert.AreEqual(TableVerdict.Older, Take(store, First.Sign(TestTables.Make(5))));
    }

    [TestMethod]
    public void What_an_image_knew_of_other_keys_is_remembered_when_a_later_one_trusts_them_again()
    {
        TableStore store = Start();
        Take(store, First.Sign(TestTables.Make(5)));
        Take(store, First.Sign(TestTables.Make(6)));
        store = Start(Stranger.Public);
        Assert.AreEqual(SlotFiles.BuiltIn, store.Slots.InUse);
        Assert.AreEqual(TableVerdict.Accepted, Take(store, Stranger.Sign(TestTables.Make(1, retired: Second.Public))));
        store = Start(First.Public, Stranger.Public);
        Assert.AreEqual(TrustedKeyOf(store), Convert.ToHexString(Stranger.Public.Id), "the newest table wins");
        Assert.AreEqual(TableVerdict.Older, Take(store, First.Sign(TestTables.Make(5))));
        Assert.AreEqual(TableVerdict.RetiredKey, Take(Start(), Second.Sign(TestTables.Make(9))), "retired before it was known");
    }

    [TestMethod]
    public void More_keys_than_there_is_room_for_never_push_out_one_that_is_trusted()
    {
        TableStore store = Start();
        Take(store, First.Sign(TestTables.Make(70)));
        KeyPair[] others = [.. Enumerable.Range(0, 8).Select(_ => new KeyPair())];
        foreach (KeyPair other in others)
        {
            Assert.AreEqual(TableVerdict.Accepted, Take(Start(First.Public, other.Public), other.Sign(TestTables.Make(1))));
            other.Dispose();
        }

        Assert.AreEqual(TableVerdict.Older, Take(Start(First.Public), First.Sign(TestTables.Make(69))));
    }

    [TestMethod]
    public void A_table_that_another_keys_table_followed_is_refused_as_that()
    {
        TableStore store = Start();
        byte[] before = First.Sign(TestTables.Make(5));
        Take(store, before);
        Take(store, Second.Sign(TestTables.Make(1)));
        Assert.AreEqual(TableVerdict.UsedBefore, Take(store, before));
        Assert.AreEqual(TableVerdict.SameSequence, Take(store, First.Sign(TestTables.Make(5, rules: TestTables.Everything))));
    }

    [TestMethod]
    public void A_table_without_signatures_is_taken_when_that_is_meant()
    {
        Assert.AreEqual(TableVerdict.Accepted, Take(Start(), First.Sign(TestTables.Make(5, rules: string.Empty, force: true))));
    }

    [TestMethod]
    public void The_farthest_step_is_taken()
    {
        TableStore store = Start();
        Assert.AreEqual(TableVerdict.Accepted, Take(store, First.Sign(TestTables.Make(TableStore.HighestFirst))));
        Assert.AreEqual(TableVerdict.Accepted, Take(store,
            First.Sign(TestTables.Make(TableStore.HighestFirst + TableStore.FarthestStep))));
    }

    [TestMethod]
    public void Few_frames_that_match_are_refused_too()
    {
        Assert.AreEqual(TableVerdict.MatchesTooMuch, Take(Start(), First.Sign(TestTables.Make(5, rules: TestTables.Everything)),
            Frames(4)));
    }

    [TestMethod]
    public void A_table_that_takes_more_memory_than_there_is_is_refused()
    {
        var table = new SignatureTable();
        byte[] file = First.Sign(TestTables.Make(5));
        Assert.AreEqual(TableProblem.None, table.Load(file, file.Length));
        Assert.AreEqual(TableVerdict.TooLarge, Take(StartWith(s => s.LargestTableMemory = TableMemory.OctetsOf(table) - 1), file));
        Assert.AreEqual(TableVerdict.Accepted, Take(StartWith(s => s.LargestTableMemory = TableMemory.OctetsOf(table)), file));
    }

    [TestMethod]
    [DataRow(New, TableVerdict.Failed)]
    [DataRow("slot1.tap", TableVerdict.Failed)]
    public void What_nobody_foresaw_is_a_verdict_and_the_file_goes(string path, int verdict)
    {
        TableStore store = Start();
        Take(store, First.Sign(TestTables.Make(5)));
        _storage.Rot = (read, _) =>
        {
            if (read == path)
            {
                throw new InvalidOperationException("nobody foresaw it");
            }
        };
        Assert.AreEqual(verdict, Take(store, First.Sign(TestTables.Make(6))));
        Assert.IsFalse(_storage.Exists(New), "the next start would do it again");
        Assert.AreEqual(5u, store.Running.Sequence);
        Assert.IsNotNull(Start(), "a slot that can't be dealt with is a damaged one");
    }

    [TestMethod]
    public void A_write_that_fails_keeps_the_file_and_the_older_slot()
    {
        TableStore store = Start();
        Take(store, First.Sign(TestTables.Make(5)));
        Take(store, First.Sign(TestTables.Make(6)));
        byte[] older = _storage.Files["slot0.tap"];
        _storage.IsFull = true;
        Assert.AreEqual(TableVerdict.StorageFailed, Take(store, First.Sign(TestTables.Make(7))));
        Assert.IsTrue(store.IsKept);
        Assert.IsTrue(_storage.Exists(New));
        CollectionAssert.AreEqual(older, _storage.Files["slot0.tap"]);
        _storage.IsFull = false;
        Assert.AreEqual(TableVerdict.Accepted, store.Take(New));
        Assert.IsFalse(_storage.Exists(New));
    }

    [TestMethod]
    public void A_slot_that_somebody_wrote_by_hand_is_no_table()
    {
        byte[] table = Stranger.Sign(TestTables.Make(5));
        var loaded = new SignatureTable();
        Assert.AreEqual(TableProblem.None, loaded.Load(table, table.Length));
        var record = new SlotRecord { Install = 1 };
        record.Describe(loaded);
        _storage.Files["slot0.tap"] = [.. record.Octets(), .. table];
        Assert.AreEqual(SlotFiles.BuiltIn, Start().Slots.InUse);
    }

    [TestMethod]
    public void A_full_storage_keeps_the_running_table()
    {
        TableStore store = Start();
        Take(store, First.Sign(TestTables.Make(5)));
        byte[] next = First.Sign(TestTables.Make(6));
        int used = _storage.Files.Values.Sum(f => f.Length);
        for (int room = used + next.Length; room < used + (2 * next.Length) + SlotRecord.Length; room += 97)
        {
            _storage.Room = room;
            Assert.AreEqual(TableVerdict.StorageFailed, Take(store, next), $"room {room}");
            Assert.IsTrue(store.IsStorageBad);
            Assert.AreEqual(5u, store.Running.Sequence);
            Assert.AreEqual(5u, Start().Running.Sequence);
        }

        _storage.Room = int.MaxValue;
        Assert.AreEqual(TableVerdict.Accepted, Take(store, next));
        Assert.IsFalse(store.IsStorageBad);
    }

    [TestMethod]
    public void What_reads_back_otherwise_than_it_was_written_is_not_used()
    {
        TableStore store = Start();
        Take(store, First.Sign(TestTables.Make(5)));
        _storage.Rot = (path, octets) =>
        {
            if (path == "slot1.tap")
            {
                octets[200] ^= 1;
            }
        };
        Assert.AreEqual(TableVerdict.StorageFailed, Take(store, First.Sign(TestTables.Make(6))));
        _storage.Rot = null;
        Assert.AreEqual(5u, Start().Running.Sequence);
    }

    [TestMethod]
    public void Move_refuses_to_replace()
    {
        _storage.Files["a"] = [1];
        _storage.Files["b"] = [2];
        Assert.IsFalse(_storage.Move("a", "b"));
        CollectionAssert.AreEqual(new byte[] { 2 }, _storage.Files["b"]);
    }

    // A table of which the opening for VNC (ports 5900 to 5999, two octets) has another octet, and which is signed as it is.
    private static byte[] WithOpening(int at, byte octet)
    {
        byte[] table = TestTables.Make(9);
        var loaded = new SignatureTable();
        Assert.AreEqual(TableProblem.None, loaded.Load(table, table.Length));
        int opening = Enumerable.Range(0, loaded.Openings).Select(i => loaded.OpeningsAt + (i * TableFormat.OpeningRecord))
            .First(o => table[o] == 5900 >> 8 && table[o + 1] == (5900 & 0xff));
        table[opening + at] = octet;
        byte[] signed = First.Sign(table);
        var again = new SignatureTable();
        Assert.AreEqual(TableProblem.None, again.Load(signed, signed.Length), "the sensor itself does not look");
        Assert.AreEqual(TableProblem.Openings, OpeningCheck.Of(again));
        return signed;
    }

    private static byte[] Spoilt(byte[] file, Index at)
    {
        byte[] changed = [.. file];
        changed[at] ^= 0x10;
        return changed;
    }

    private static byte[] Swapped(byte[] table, byte[] other)
    {
        other.AsSpan(other.Length - 64).CopyTo(table.AsSpan(table.Length - 64));
        return table;
    }

    private static byte[] Syn(int port) => new Ip("203.0.113.66", "128.231.212.10").Tcp(40000, port, "S", 1);

    private static SlotBatch Frames(int count)
    {
        var batch = new SlotBatch(count);
        for (int i = 0; i < count; i++)
        {
            byte[] frame = Syn(80);
            batch.Put(frame, 0, frame.Length, frame.Length, false, i);
        }

        return batch;
    }

    private static string TrustedKeyOf(TableStore store) =>
        Convert.ToHexString(store.Running.Bytes, store.Running.KeyIdAt, TrustedKey.IdLength);

    private TableStore Start(params TrustedKey[] keys) => StartWith(s => s.Keys = keys.Length == 0 ? Keys : keys);

    private TableStore StartWith(Action<TapSettings> change)
    {
        var settings = new TapSettings { BuiltIn = () => TestTables.BuiltIn, Keys = Keys };
        change(settings);
        var store = new TableStore(_storage, new DotNetKeyCheck(), settings);
        Assert.AreEqual(TableProblem.None, store.Start());
        return store;
    }

    private int Take(TableStore store, byte[] table, SlotBatch? frames = null)
    {
        _storage.Files[New] = table;
        string? path = store.FindNew(null);
        Assert.AreEqual(New, path);
        return store.Take(path!, frames);
    }
}
