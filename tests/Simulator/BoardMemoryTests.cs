using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Appliance.Firmware.Device;
using Appliance.Firmware.Tables;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>Each board closes with memory to spare, and TLS is refused where it does not fit.</summary>
[TestClass]
public sealed class BoardMemoryTests
{
    /// <summary>Of the native memory, beyond the most that was ever seen in use: the ring has the rest, for a burst of 300 kept
    /// frames.</summary>
    private const int Spare = 13 * 1024;

    /// <summary>Of the managed heap: what the trial of a new table of the shipped one's size takes beside it, 2 KB, and 4 KB for
    /// the loop.</summary>
    private const int ManagedSpare = 6_200;

    /// <summary>The parts of a board's statistics, in their order, and what the firmware's page calls them.</summary>
    private static readonly (string Part, string Words)[] Rows =
    [
        ("managedHeap", "**managed heap**"),
        ("runtime", "runtime: types, statics, stack"),
        ("adapters", "adapters to hook, light, clock, storage, uplink"),
        ("trackers", "trackers and incidents"),
        ("lines", "words and line of alerts"),
        ("tables", "two tables (shipped rules)"),
        ("program", "program"),
        ("imagingEyes", "imaging eyes"),
        ("batch", "batch of slots"),
        ("queue", "queue"),
        ("managedSpare", "**to spare**"),
        ("nativeHeap", "**native memory**"),
        ("ring", "ring"),
        ("interestMask", "interest mask, counters"),
        ("receiveBuffers", "receive buffers, task"),
        ("network", "lwIP, uplink driver"),
        ("nativeSpare", "**to spare**"),
        ("nativeSpareWithTls", "**with TLS**"),
    ];

    [TestMethod]
    public void Each_board_has_6_KB_of_the_managed_heap_and_13_KB_of_native_memory_to_spare()
    {
        using JsonDocument stats = Statistics();
        foreach (JsonProperty board in stats.RootElement.GetProperty("boards").EnumerateObject())
        {
            Assert.IsGreaterThanOrEqualTo(ManagedSpare, board.Value.GetProperty("managedSpare").GetInt32(), board.Name);
            Assert.IsGreaterThanOrEqualTo(Spare, board.Value.GetProperty("nativeSpare").GetInt32(), board.Name);
        }
    }

    [TestMethod]
    public void With_the_shipped_table_in_use_a_new_one_of_120_signatures_is_tried_and_4_KB_stay_free()
    {
        SignatureTable fresh = Loaded(Filled(120));
        Assert.AreEqual(120, fresh.Count);
        AssertFree(4_096, Loaded(Filled(0)), fresh);
    }

    [TestMethod]
    public void What_a_table_takes_is_what_its_objects_take()
    {
        foreach (int signatures in new[] { 0, 120, 200 })
        {
            SignatureTable table = Loaded(Filled(signatures));
            Assert.AreEqual(DeviceMemory.Beside([], table), TableMemory.OctetsOf(table));
        }
    }

    [TestMethod]
    public void The_page_of_the_firmware_has_what_the_statistics_say()
    {
        using JsonDocument stats = Statistics();
        JsonProperty[] boards = [.. stats.RootElement.GetProperty("boards").EnumerateObject()];
        var fresh = new List<string> { "| octets | " + string.Join(" | ", boards.Select(b => b.Name)) + " |" };
        foreach ((string part, string words) in Rows)
        {
            fresh.Add($"| {words} | " + string.Join(" | ", boards.Select(b =>
                b.Value.GetProperty(part).GetInt32().ToString("N0", CultureInfo.InvariantCulture))) + " |");
        }

        string[] parts = [.. boards[0].Value.EnumerateObject().Select(p => p.Name)];
        CollectionAssert.AreEqual(parts, Rows.Select(r => r.Part).ToArray(), "each part that is counted has a row");
        string[] page = File.ReadAllLines(Repository.PathOf("firmware", "Appliance.Firmware", "README.md"));
        int start = System.Array.IndexOf(page, fresh[0]);
        Assert.IsGreaterThanOrEqualTo(0, start, $"no row of boards on the page; it should be\n{fresh[0]}");
        fresh.Insert(1, page[start + 1]);
        CollectionAssert.AreEqual(fresh, page.Skip(start).Take(fresh.Count).ToList(),
            "the table should be\n" + string.Join('\n', fresh));
    }

    [TestMethod]
    public void The_new_tables_that_the_page_promises_a_small_board_leave_trial_and_loop_their_memory()
    {
        string page = string.Join(' ', File.ReadAllLines(Repository.PathOf("firmware", "Appliance.Firmware", "README.md")));
        Match promise = Regex.Match(page, @"a new file of ([\d,]+) octets, (\d+) signatures, is taken beside the shipped one, "
            + @"and one of ([\d,]+), (\d+) signatures, beside one of 112");
        Assert.IsTrue(promise.Success, "the page names octets and signatures");
        foreach ((int group, int running) in new[] { (1, 0), (3, 112) })
        {
            SignatureTable fresh = Loaded(Filled(int.Parse(promise.Groups[group + 1].Value, CultureInfo.InvariantCulture)));
            Assert.AreEqual(int.Parse(promise.Groups[group].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture), fresh.Bytes.Length, 50);
            AssertFree(4_096, Loaded(Filled(running)), fresh);
        }
    }

    [TestMethod]
    public void A_board_that_says_TLS_fits_has_room_for_it_and_no_other()
    {
        using JsonDocument stats = Statistics();
        var targets = Directory.GetFiles(Repository.PathOf("hardware", "boards"), "board.toml", SearchOption.AllDirectories).Select(File.ReadAllText)
            .ToDictionary(profile => ValueOf(profile, "name"), profile => ValueOf(profile, "target"));
        JsonProperty[] boards = [.. stats.RootElement.GetProperty("boards").EnumerateObject()];
        Assert.HasCount(targets.Count, boards);
        foreach (JsonProperty board in boards)
        {
            Assert.AreEqual(board.Value.GetProperty("nativeSpareWithTls").GetInt32() >= Spare,
                Board.Of(targets[board.Name]).HasTls, board.Name);
        }
    }

    [TestMethod]
    [DataRow("wt32-eth01", false)]
    [DataRow("olimex-esp32-poe-iso", false)]
    [DataRow("olimex-esp32-poe-iso-wrover", true)]
    public void A_profile_that_asks_for_TLS_on_a_small_board_does_not_compile(string board, bool fits)
    {
        string profile = $"[site]\nname = \"x\"\nhome = [\"10.1.2.0/24\"]\nboard = \"{board}\"\n[collector]\naddress = \"tls://192.0.2.10:6514\"\nca = \"none.pem\"\n";
        CompiledTable compiled = TableCompiler.CompileText([("rules", string.Empty)], ("site", profile));
        Assert.AreEqual(!fits, compiled.Diagnostics.Any(d => d.ToString().Contains("TLS to the collector does not fit",
            System.StringComparison.Ordinal)),
            string.Join('\n', compiled.Diagnostics));
    }

    [TestMethod]
    [DataRow("", true)]
    [DataRow("[clock]\nserver = \"192.0.2.1\"\n", false)]
    public void A_profile_that_asks_for_TLS_without_a_time_server_does_not_compile(string clock, bool isMissing)
    {
        using var folder = new TemporaryFolder();
        using CollectorCertificate certificate = CollectorCertificate.For(IPAddress.Loopback);
        folder.Write("ca.pem", Encoding.ASCII.GetBytes(certificate.Authority.ExportCertificatePem()));
        string profile = "[site]\nname = \"x\"\nhome = [\"10.1.2.0/24\"]\n[collector]\naddress = \"tls://192.0.2.10:6514\"\n"
            + "ca = \"ca.pem\"\n" + clock;
        CompiledTable compiled = TableCompiler.CompileText([("rules", string.Empty)], (folder.File("site.toml"), profile));
        Assert.AreEqual(isMissing, compiled.Diagnostics.Any(d => d.ToString().Contains("[clock] is missing",
            System.StringComparison.Ordinal)), string.Join('\n', compiled.Diagnostics));
    }

    [TestMethod]
    public void A_board_that_there_is_not_is_said_with_those_that_there_are()
    {
        CompiledTable compiled = TableCompiler.CompileText([("rules", string.Empty)], ("site",
            "[site]\nhome = [\"10.1.2.0/24\"]\nboard = \"wt32\"\n"));
        Assert.IsTrue(compiled.Diagnostics.Any(d => d.ToString().Contains("wt32-eth01", System.StringComparison.Ordinal)),
            string.Join('\n', compiled.Diagnostics));
    }

    [TestMethod]
    public void The_boards_that_a_profile_may_name_are_those_of_the_hardware_room()
    {
        CompiledTable compiled = TableCompiler.CompileText([("rules", string.Empty)], ("site",
            "[site]\nhome = [\"10.1.2.0/24\"]\nboard = \"?\"\n"));
        string message = string.Join('\n', compiled.Diagnostics);
        foreach (string folder in Directory.GetDirectories(Repository.PathOf("hardware", "boards")).Select(f =>
            Path.GetFileName(f)))
        {
            StringAssert.Contains(message, folder);
        }
    }

    /// <summary>The shipped rules that are active at the example site, filled up with probes of trojans' ports.</summary>
    private static byte[] Filled(int signatures)
    {
        string folder = Repository.PathOf("firmware", "tables");
        string rules = string.Join('\n', Directory.GetFiles(folder, "*.rules").Order(System.StringComparer.Ordinal).Select(File.ReadAllText));
        // Of a small board, whose tables ask for nothing that there are no eyes for.
        string site = File.ReadAllText(Path.Combine(folder, "example-site.toml"))
            .Replace("[site]\n", "[site]\nboard = \"wt32-eth01\"\n", System.StringComparison.Ordinal);
        SignatureTable shipped = Loaded(TableCompiler.CompileText([("shipped.rules", rules)], ("site.toml", site)).Table!);
        IEnumerable<string> more = Enumerable.Range(0, System.Math.Max(0, signatures - shipped.Count)).Select(i =>
            $"alert tcp $EXTERNAL_NET any -> $HOME_NET {30000 + i} ( msg:\"Trojan {i} probe\"; flags:S,CE; flow:stateless; "
            + $"priority:2; metadata:suspect yes; sid:{1900000 + i}; rev:1; )");
        return TableCompiler.CompileText([("filled.rules", rules + "\n" + string.Join('\n', more))], ("site.toml", site)).Table!;
    }

    // Of a key of a board's profile that stands before its tables.
    private static string ValueOf(string profile, string key) => Regex.Match(profile, $"^{key} = \"(.*)\"", RegexOptions.Multiline).Groups[1].Value;

    private static SignatureTable Loaded(byte[] file)
    {
        var table = new SignatureTable();
        Assert.AreEqual(TableProblem.None, table.Load(file, file.Length));
        return table;
    }

    // While a new table is tried beside the one in use.
    private static void AssertFree(int octets, SignatureTable running, SignatureTable fresh)
    {
        int used = DeviceMemory.Beside([], running, new SignatureMatcher(running), new PlainMatcher(running))
            + DeviceMemory.Beside([running], fresh, new TableTrial(fresh, running));
        using JsonDocument stats = Statistics();
        foreach (JsonProperty board in stats.RootElement.GetProperty("boards").EnumerateObject())
        {
            int tables = board.Value.GetProperty("managedSpare").GetInt32() + board.Value.GetProperty("tables").GetInt32();
            System.Console.WriteLine($"{board.Name}: {tables - used} free, {running.Count} {fresh.Count}");
            Assert.IsGreaterThanOrEqualTo(octets, tables - used, board.Name);
        }
    }

    private static JsonDocument Statistics() => JsonDocument.Parse(Replayed.Value);

    // A board's memory is the same whatever was replayed.
    private static readonly System.Lazy<string> Replayed = new(() =>
    {
        using var folder = new TemporaryFolder();
        string stats = folder.File("stats");
        TapsimRun.Run("replay", TapsimRun.Detect(9), "--alerts", folder.File("alerts"), "--stats", stats).Expect(0);
        return File.ReadAllText(stats);
    });
}
