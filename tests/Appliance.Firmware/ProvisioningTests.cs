using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tables;
using Appliance.Firmware.Tests.Fakes;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using KeyId = Appliance.SignatureTool.Keys.KeyId;
using PublicKey = Appliance.SignatureTool.Keys.PublicKey;

namespace Appliance.Firmware.Tests;

/// <summary>One image for every box: a box without keys says so, takes them once with its first table, and then changes them by
/// signed tables alone.</summary>
[TestClass]
public sealed class ProvisioningTests
{
    private const string New = "inbox\\new.sigtab";

    private static readonly KeyPair First = new();
    private static readonly KeyPair Second = new();
    private static readonly KeyPair Third = new();
    private static readonly KeyPair Stranger = new();

    private readonly FakeStorage _storage = new();

    [TestMethod]
    public void A_box_without_keys_says_so_and_takes_no_table()
    {
        Box box = Keyless().Start().Run(2);
        Said selfTest = box.All.First();
        Assert.AreEqual("0", selfTest["keys"]);
        Assert.AreEqual(4, selfTest.Severity);
        Assert.AreEqual("the box has started, and has no keys: provision it", selfTest.Words);
        Assert.AreEqual(LightCode.NoKeys, box.Program.Light.Shown);

        _storage.Files[New] = First.Sign(TestTables.Make(5));
        Said refused = box.Run(3).All.Last();
        Assert.AreEqual("refused", refused["verdict"]);
        Assert.AreEqual("no-keys", refused["reason"]);
        Assert.IsFalse(_storage.Exists(New));
    }

    [TestMethod]
    public void Keys_and_first_table_are_taken_together_and_last()
    {
        _storage.Files[Offers.Path] = Offers.Of("ward-3", First.Public, Second.Public);
        _storage.Files[New] = First.Sign(TestTables.Make(5));
        Box box = Keyless().Start().Run(40);

        Said[] keys = [.. box.All.Where(s => s.Kind == "health" && s["part"] == "keys")];
        CollectionAssert.AreEqual(new[] { "offered", "taken" }, keys.Select(k => k["state"]).ToArray());
        Assert.AreEqual(2, keys[1].Number("keys"));
        Said table = box.All.Single(s => s.Kind == "table" && s["verdict"] == "accepted");
        Assert.AreEqual(5, table.Number("sequence"));
        Assert.AreEqual("tap-1f2e3d", table.Host, "it has its name from then on");
        Assert.AreEqual("ward-3", box.Run(30).All.Last(s => s.Kind == "heartbeat").Host);
        Assert.IsEmpty(_storage.Files.Keys.Where(f => f.StartsWith("inbox", StringComparison.Ordinal)));
        Assert.AreNotEqual(LightCode.NoKeys, box.Program.Light.Shown);

        Box again = Keyless().Start().Run(1);
        Said selfTest = again.All.First();
        Assert.AreEqual(2, selfTest.Number("keys"));
        Assert.AreEqual("ward-3", selfTest.Host);
        Assert.AreEqual("the box has started", selfTest.Words);
        Assert.AreEqual(5u, again.Program.Store.Running.Sequence);
        Assert.AreEqual(TableVerdict.Accepted, Take(again.Program.Store, Second.Sign(TestTables.Make(1))), "the second key is one too");
    }

    [TestMethod]
    public void Keys_alone_are_offered_told_once_and_gone_with_their_file()
    {
        _storage.Files[Offers.Path] = Offers.Of(string.Empty, First.Public);
        Box box = Keyless().Start().Run(600);
        Assert.AreEqual("offered", box.All.Single(s => s.Kind == "health" && s["part"] == "keys")["state"]);
        Assert.AreEqual(LightCode.NoKeys, box.Program.Light.Shown);
        _storage.Files.Remove(Offers.Path);
        _storage.Files[New] = First.Sign(TestTables.Make(5));
        Assert.AreEqual("no-keys", box.Run(3).All.Last(s => s.Kind == "table")["reason"]);
    }

    [TestMethod]
    public void A_table_of_another_key_takes_no_offered_keys()
    {
        _storage.Files[Offers.Path] = Offers.Of(string.Empty, First.Public, Second.Public);
        _storage.Files[New] = Stranger.Sign(TestTables.Make(5));
        Box box = Keyless().Start().Run(40);
        Assert.AreEqual("unknown-key", box.All.Last(s => s.Kind == "table")["reason"]);
        Assert.IsTrue(box.Program.Store.IsKeyless);
        _storage.Files[New] = First.Sign(TestTables.Make(5));
        box.Run(40);
        Assert.IsFalse(box.Program.Store.IsKeyless);
        Assert.AreEqual(5u, box.Program.Store.Running.Sequence);
    }

    [TestMethod]
    public void A_box_that_has_keys_takes_no_others_by_a_file()
    {
        Provision(First, Second);
        _storage.Files[Offers.Path] = Offers.Of("other", Stranger.Public);
        _storage.Files[New] = Stranger.Sign(TestTables.Make(90));
        Box box = Keyless().Start().Run(40);
        Said refused = box.All.Single(s => s.Kind == "health" && s["part"] == "keys");
        Assert.AreEqual("refused", refused["state"]);
        Assert.AreEqual("has-keys", refused["reason"]);
        Assert.AreEqual("unknown-key", box.All.Last(s => s.Kind == "table")["reason"]);
        Assert.AreEqual(1u, box.Program.Store.Running.Sequence);
        Assert.AreEqual(LightCode.TableRefused, box.Program.Light.Shown);
        Assert.IsFalse(_storage.Exists(Offers.Path));
    }

    [TestMethod]
    public void The_keys_that_it_has_are_no_news()
    {
        Provision(First, Second);
        _storage.Files[Offers.Path] = Offers.Of("ward-3", Second.Public, First.Public);
        Box box = Keyless().Start().Run(5);
        Said said = box.All.Single(s => s.Kind == "health" && s["part"] == "keys");
        Assert.AreEqual("unchanged", said["state"]);
        Assert.IsFalse(_storage.Exists(Offers.Path));
    }

    [TestMethod]
    [DataRow(2, 1)]
    [DataRow(1, 2)]
    public void Fewer_or_more_keys_than_it_has_are_refused_and_leave_no_mark(int had, int offered)
    {
        KeyPair[] keys = [First, Second];
        Provision(keys[..had]);
        _storage.Files[Offers.Path] = Offers.Of("ward-3", [.. keys[..offered].Select(k => k.Public)]);
        Box box = Keyless().Start().Run(5);
        Said said = box.All.Single(s => s.Kind == "health" && s["part"] == "keys");
        Assert.AreEqual("refused", said["state"]);
        Assert.AreEqual("has-keys", said["reason"]);
        Assert.AreEqual(had, box.Program.Store.KeyCount());
        Assert.IsFalse(_storage.Exists(Offers.Path));
        Assert.IsFalse(_storage.Exists(TableStore.KeyMark));
    }

    [TestMethod]
    [DataRow("renamed")]
    [DataRow("")]
    [DataRow("ward-33")]
    public void The_same_keys_with_another_name_are_refused_and_leave_no_mark(string name)
    {
        Provision(First, Second);
        _storage.Files[Offers.Path] = Offers.Of(name, First.Public, Second.Public);
        Box box = Keyless().Start().Run(5);
        Said said = box.All.Single(s => s.Kind == "health" && s["part"] == "keys");
        Assert.AreEqual("refused", said["state"]);
        Assert.AreEqual("has-name", said["reason"]);
        Assert.AreEqual("ward-3", said.Host);
        Assert.AreEqual("not taken: this box has these keys and another name; provision it with that name", said.Words);
        Assert.AreEqual(LightCode.TableRefused, box.Program.Light.Shown);
        Assert.IsFalse(_storage.Exists(Offers.Path));
        Assert.IsFalse(_storage.Exists(TableStore.KeyMark));
    }

    [TestMethod]
    public void A_table_waits_while_keys_may_be_on_their_way()
    {
        byte[] whole = Offers.Of("ward-3", First.Public, Second.Public);
        _storage.Files[Offers.Path] = whole[..70];
        _storage.Files[New] = First.Sign(TestTables.Make(5));
        Box box = Keyless().Start().Run(4);
        Assert.IsFalse(box.All.Any(s => s.Kind == "table" && s["verdict"] == "refused"));
        Assert.IsTrue(_storage.Exists(New));
        _storage.Files[Offers.Path] = whole;
        box.Run(40);
        Assert.IsFalse(box.Program.Store.IsKeyless);
        Assert.AreEqual(5u, box.Program.Store.Running.Sequence);
        Assert.AreEqual(0, box.All.Count(s => s["state"] == "refused" || s["verdict"] == "refused"));
    }

    [TestMethod]
    public void Damaged_keys_are_judged_before_their_table()
    {
        _storage.Files[Offers.Path] = Offers.Of("ward-3", First.Public)[..^1];
        _storage.Files[New] = First.Sign(TestTables.Make(5));
        Box box = Keyless().Start().Run(20);
        Said[] refused = [.. box.All.Where(s => s["state"] == "refused" || s["verdict"] == "refused")];
        CollectionAssert.AreEqual(new[] { "damaged", "no-keys" }, refused.Select(s => s["reason"]).ToArray());
        Assert.IsEmpty(_storage.Files.Keys.Where(f => f.StartsWith("inbox", StringComparison.Ordinal)));

        // A second try is no part of the first: it has its time, and is told.
        _storage.Files[Offers.Path] = Offers.Of("ward-3", Second.Public)[..^1];
        _storage.Files[New] = Second.Sign(TestTables.Make(5));
        box.Run(3);
        Assert.IsTrue(_storage.Exists(Offers.Path) && _storage.Exists(New));
        Assert.AreEqual(2, box.Run(20).All.Count(s => s.Kind == "health" && s["part"] == "keys" && s["reason"] == "damaged"));
    }

    [TestMethod]
    public void Keys_that_can_not_be_deleted_hold_no_table_for_ever()
    {
        _storage.Files[Offers.Path] = [1, 2, 3];
        _storage.Files[New] = First.Sign(TestTables.Make(5));
        _storage.IsDead = true;
        Box box = Keyless().Start().Run(30);
        Assert.AreEqual("damaged", box.All.Single(s => s.Kind == "health" && s["part"] == "keys")["reason"]);
        Assert.AreEqual("no-keys", box.All.Single(s => s.Kind == "table" && s["verdict"] == "refused")["reason"]);
    }

    public static IEnumerable<object[]> Damages
    {
        get
        {
            byte[] whole = Offers.Of("ward-3", First.Public, Second.Public);
            return new (string What, byte[] File)[]
            {
                ("empty", []),
                ("cut short", whole[..^1]),
                ("padded", [.. whole, 0]),
                ("an octet changed", [.. whole[..30], (byte)(whole[30] ^ 1), .. whole[31..]]),
                ("no file of keys", Offers.With(whole, 0, (byte)'X')),
                ("another version", Offers.With(whole, 4, 2)),
                ("no key", Offers.With(whole, 5, 0)),
                ("three keys", Offers.With(whole, 5, 3)),
                ("a reserved octet", Offers.With(whole, 7, 1)),
                ("a name that a line can't have", Offers.With(whole, 9, (byte)']')),
                ("a name with a hole", Offers.With(whole, 9, 0)),
                ("a name that begins with a hyphen", Offers.Of("-ward", First.Public)),
                ("a name that is a hyphen", Offers.Of("-", First.Public)),
            }.Select(d => new object[] { d.What, d.File });
        }
    }

    [TestMethod]
    [DynamicData(nameof(Damages))]
    public void A_damaged_file_of_keys_is_refused_when_it_changes_no_more(string what, byte[] file)
    {
        _storage.Files[Offers.Path] = file;
        Box box = Keyless().Start().Run(4);
        Assert.IsTrue(_storage.Exists(Offers.Path), $"{what}: it may be on its way still");
        box.Run(4);
        Assert.IsFalse(_storage.Exists(Offers.Path), what);
        Said refused = box.All.Single(s => s.Kind == "health" && s["part"] == "keys");
        Assert.AreEqual("refused", refused["state"], what);
        Assert.AreEqual("damaged", refused["reason"], what);
        Assert.IsTrue(box.Program.Store.IsKeyless, what);
        Assert.AreEqual(LightCode.TableRefused, box.Program.Light.Shown, what);
    }

    public static IEnumerable<object[]> BadKeys
    {
        get
        {
            byte[] whole = Offers.Of("ward-3", First.Public, Second.Public);
            return new (string What, byte[] File)[]
            {
                ("a second key of zeros", Offers.With(Offers.Of("ward-3", First.Public), 5, 2)),
                ("a first key of zeros", Offers.Of("ward-3", new TrustedKey(new byte[8], new byte[64]), First.Public)),
                ("a second key off the curve", Offers.With(whole, 18 + 64 + 63, (byte)(whole[18 + 64 + 63] ^ 1))),
                ("a key twice", Offers.Of("ward-3", First.Public, First.Public)),
                ("a key in a free place", Offers.With(whole, 5, 1)),
            }.Select(d => new object[] { d.What, d.File });
        }
    }

    [TestMethod]
    [DynamicData(nameof(BadKeys))]
    public void A_file_with_a_key_that_is_none_is_refused_at_once_with_the_reason(string what, byte[] file)
    {
        _storage.Files[Offers.Path] = file;
        Box box = Keyless().Start().Run(2);
        Assert.IsFalse(_storage.Exists(Offers.Path), what);
        Said refused = box.All.Single(s => s.Kind == "health" && s["part"] == "keys");
        Assert.AreEqual("refused", refused["state"], what);
        Assert.AreEqual("bad-key", refused["reason"], what);
        Assert.IsTrue(box.Program.Store.IsKeyless, what);
        Assert.AreEqual(LightCode.TableRefused, box.Program.Light.Shown, what);
    }

    [TestMethod]
    public void A_file_of_keys_that_can_not_be_deleted_is_told_once()
    {
        Provision(First, Second);
        Box box = Keyless().Start();
        _storage.Files[Offers.Path] = Offers.Of("other", Stranger.Public);
        _storage.IsDead = true;
        box.Run(120);
        Assert.AreEqual(1, box.All.Count(s => s.Kind == "health" && s["part"] == "keys"));
    }

    [TestMethod]
    public void A_signed_table_brings_a_key_in_the_place_of_one_that_it_retires()
    {
        Provision(First, Second);
        TableStore store = Start();
        byte[] full = First.Sign(TestTables.Make(Bringing(Third), 2));
        Assert.AreEqual(TableVerdict.NoKeyPlace, Take(store, full));
        byte[] changes = First.Sign(TestTables.Make(Bringing(Third) with { Retired = [KeyId.Of(Second.Public.Point)] }, 2));
        Assert.AreEqual(TableVerdict.Accepted, Take(store, changes));
        Assert.AreEqual(TableVerdict.UnknownKey, Take(store, Second.Sign(TestTables.Make(50))));
        foreach (TableStore each in new[] { store, Start() })
        {
            Assert.AreEqual(2, each.KeyCount());
            Assert.IsTrue(each.Trusts(OfferOf(First, Third)));
        }

        Assert.AreEqual(TableVerdict.NoKeyPlace, Take(store, First.Sign(TestTables.Make(Bringing(Second), 3))), "what was retired stays so");
        Assert.AreEqual(TableVerdict.Accepted, Take(Start(), Third.Sign(TestTables.Make(1))));
    }

    [TestMethod]
    public void A_box_with_one_key_has_a_place_for_another()
    {
        Provision(First);
        Assert.AreEqual(TableVerdict.Accepted, Take(Start(), First.Sign(TestTables.Make(Bringing(Second), 2))));
        Assert.AreEqual(TableVerdict.Accepted, Take(Start(), Second.Sign(TestTables.Make(1))));
    }

    [TestMethod]
    public void A_signed_table_that_brings_a_key_off_the_curve_is_refused()
    {
        Provision(First);
        byte[] point = [.. Second.Public.Point];
        point[^1] ^= 1;
        byte[] table = First.Sign(TestTables.Make(new CompileOptions { Trusted = [PublicKey.Of(point)] }, 2));
        TableStore store = Start();
        Assert.AreEqual(TableVerdict.NoKeyPlace, Take(store, table));
        Assert.AreEqual(1, store.KeyCount());
    }

    [TestMethod]
    public void Keys_outlast_a_slot_that_rots()
    {
        Provision(First, Second);
        _storage.Files["slot0.tap"][3] ^= 1;
        TableStore store = Start();
        Assert.AreEqual(2, store.KeyCount());
        Assert.IsFalse(store.IsKeyless);
        Assert.AreEqual(SlotFiles.BuiltIn, store.Slots.InUse);
        _storage.Files[Offers.Path] = Offers.Of(string.Empty, Stranger.Public);
        Assert.AreEqual(TableVerdict.UnknownKey, Take(store, Stranger.Sign(TestTables.Make(9))));
    }

    [TestMethod]
    public void A_table_for_other_boards_is_refused_with_the_reason()
    {
        Box box = new(_storage, [First.Public], change: s => s.Board = BoardClass.Small);
        box.Start();
        _storage.Files[New] = First.Sign(TestTables.Make(new CompileOptions(), 5, board: "olimex-esp32-poe-iso-wrover"));
        Assert.AreEqual("other-board", box.Run(3).All.Last(s => s.Kind == "table")["reason"]);
        _storage.Files[New] = First.Sign(TestTables.Make(new CompileOptions(), 5, board: "wt32-eth01"));
        Assert.AreEqual("accepted", box.Run(40).All.Last(s => s.Kind == "table")["verdict"]);
        _storage.Files[New] = First.Sign(TestTables.Make(6));
        Assert.AreEqual("accepted", box.Run(40).All.Last(s => s.Kind == "table")["verdict"], "a table for all boards");
    }

    public static IEnumerable<object[]> TornWrites => Enum.GetValues<Torn>().Select(torn => new object[] { torn });

    [TestMethod]
    [DynamicData(nameof(TornWrites))]
    public void Power_may_fail_at_each_step_of_it(object torn)
    {
        byte[] table = First.Sign(TestTables.Make(7));
        int length = SlotRecord.Length + table.Length;
        int[] cuts = (Torn)torn is Torn.Old or Torn.Gone or Torn.Empty ? [0]
            : [0, 4, 12, 28, 127, 128, 192, 256, 266, 270, length / 2, length - 1, length];
        foreach (int cut in cuts)
        {
            for (int step = 0; CutOnce((Torn)torn, cut, step, table); step++)
            {
                Assert.IsLessThan(100, step, "it ends");
            }
        }
    }

    // False when all was done before the power could fail.
    private static bool CutOnce(Torn torn, int cut, int step, byte[] table)
    {
        string where = $"{torn}, step {step}, octet {cut}";
        var storage = new FakeStorage { Torn = torn, CutAt = cut, StepsLeft = step };
        storage.Files[Offers.Path] = Offers.Of("ward-3", First.Public, Second.Public);
        storage.Files[New] = table;
        bool wasCut = false;
        try
        {
            new Box(storage, change: s => s.NeedsKeys = true).Start().Run(40);
        }
        catch (PowerCutException)
        {
            wasCut = true;
        }

        storage.StepsLeft = int.MaxValue;
        Box again = new(storage, change: s => s.NeedsKeys = true);
        Assert.IsTrue(again.Program.Store.IsKeyless ? storage.Exists(New) && storage.Exists(Offers.Path) : again.Program.Store.KeyCount() == 2,
            $"{where}: it has keys, or what it needs to take them");
        again.Start().Run(40);
        Assert.AreEqual(7u, again.Program.Store.Running.Sequence, where);
        Assert.AreEqual(2, again.Program.Store.KeyCount(), where);
        Assert.IsEmpty(storage.Files.Keys.Where(f => f.StartsWith("inbox", StringComparison.Ordinal)), where);

        storage.Files[Offers.Path] = Offers.Of(string.Empty, Stranger.Public);
        storage.Files[New] = Stranger.Sign(TestTables.Make(99));
        Box last = new Box(storage, change: s => s.NeedsKeys = true).Start().Run(40);
        Assert.AreEqual(7u, last.Program.Store.Running.Sequence, $"{where}: a stranger's keys were taken");
        return wasCut;
    }

    private static CompileOptions Bringing(KeyPair key) => new() { Trusted = [PublicKey.Of(key.Public.Point)] };

    private static KeyOffer OfferOf(params KeyPair[] keys) => new() { Keys = [.. keys.Select(k => k.Public)] };

    private void Provision(params KeyPair[] keys)
    {
        _storage.Files[Offers.Path] = Offers.Of("ward-3", [.. keys.Select(k => k.Public)]);
        Assert.AreEqual(TableVerdict.Accepted, Take(Start(), keys[0].Sign(TestTables.Make(1))));
        _storage.Files.Remove(Offers.Path);
    }

    private Box Keyless() => new(_storage, change: s => s.NeedsKeys = true);

    private TableStore Start()
    {
        var store = new TableStore(_storage, new DotNetKeyCheck(), new TapSettings { BuiltIn = () => TestTables.BuiltIn });
        Assert.AreEqual(TableProblem.None, store.Start());
        return store;
    }

    private int Take(TableStore store, byte[] table)
    {
        _storage.Files[New] = table;
        return store.Take(New);
    }
}
