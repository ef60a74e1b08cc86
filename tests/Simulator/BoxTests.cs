using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Tasks;
using Appliance.SignatureTool;
using Appliance.SignatureTool.Keys;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>The simulated box: its tables, its storage, and its faults, each by the option that asks for it.</summary>
[TestClass]
public sealed class BoxTests
{
    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    public void A_table_is_flashed_taken_used_and_used_again_after_a_restart()
    {
        string key = MakeKey(out ECDsa secret);
        using (secret)
        {
            Flash(MakeTable(secret, 5));
            string[] first = Replay("--key", key);
            Assert.IsTrue(first.Any(l => l.Contains("verdict=\"accepted\"", StringComparison.Ordinal)
                && l.Contains("sequence=\"5\"", StringComparison.Ordinal)),
                string.Join('\n', first));
            Assert.IsEmpty(Directory.GetFiles(Path.Combine(Box, "inbox")));
            Assert.IsTrue(File.Exists(Path.Combine(Box, "slot0.tap")));

            string[] second = Replay("--key", key);
            Assert.IsTrue(second.Any(l => l.Contains("source=\"slot0\"", StringComparison.Ordinal)), string.Join('\n', second));
            Assert.IsTrue(second[0].Contains("boots=\"2\"", StringComparison.Ordinal), second[0]);

            Flash(MakeTable(secret, 4));
            Assert.IsTrue(Replay("--key", key).Any(l => l.Contains("reason=\"older-sequence\"", StringComparison.Ordinal)));
        }
    }

    [TestMethod]
    public void A_table_of_a_stranger_is_refused_by_the_box_and_on_the_command_line()
    {
        string key = MakeKey(out ECDsa secret);
        secret.Dispose();
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] table = MakeTable(stranger, 5);
        Flash(table);
        Assert.IsTrue(Replay("--key", key).Any(l => l.Contains("reason=\"unknown-key\"", StringComparison.Ordinal)));
        string file = _folder.Write("t.sigtab", table);
        TapsimRun run = TapsimRun.Run("replay", TapsimRun.Detect(9), "--table", file, "--key", key).Expect(2);
        StringAssert.Contains(run.Errors, "unknown key");
    }

    [TestMethod]
    public void A_compiled_table_finds_what_its_rules_find()
    {
        using var secret = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string file = _folder.Write("t.sigtab", MakeTable(secret, 5));
        TapsimRun run = TapsimRun.Run("replay", TapsimRun.Detect(9), "--table", file, "--alerts", "-").Expect(0);
        StringAssert.Contains(run.Errors, "its signature is not checked");
        CollectionAssert.AreEqual(TapsimRun.Run("replay", TapsimRun.Detect(9), "--alerts", "-").Expect(0).Lines, run.Lines);
    }

    [TestMethod]
    public void A_damaged_table_is_said_with_what_is_wrong()
    {
        string file = _folder.Write("t.sigtab", [1, 2, 3]);
        TapsimRun run = TapsimRun.Run("replay", TapsimRun.Detect(9), "--table", file).Expect(2);
        StringAssert.Contains(run.Errors, "t.sigtab: the box refuses it");
    }

    [TestMethod]
    [DataRow("cut")]
    [DataRow("torn")]
    public void Power_that_fails_at_any_change_leaves_a_box_that_takes_the_table_in_the_end(string kind)
    {
        string key = MakeKey(out ECDsa secret);
        using (secret)
        {
            byte[] table = MakeTable(secret, 5);
            for (int change = 1; change <= 4; change++)
            {
                if (Directory.Exists(Box))
                {
                    Directory.Delete(Box, recursive: true);
                }

                Flash(table);
                TapsimRun run = Run("--key", key, "--fault-storage", $"{kind}:{change}").Expect(0);
                Assert.IsTrue(change == 4 || run.Errors.Contains("the box starts again", StringComparison.Ordinal), run.Errors);
                string[] again = Replay("--key", key);
                Assert.IsTrue(again.Any(l => l.Contains("source=\"slot", StringComparison.Ordinal)
                    || l.Contains("verdict=\"accepted\"", StringComparison.Ordinal)),
                    $"{kind}:{change}\n{string.Join('\n', again)}");
            }
        }
    }

    [TestMethod]
    public void A_collector_that_is_down_is_counted_in_the_statistics()
    {
        string stats = _folder.File("stats");
        string[] lines = Replay("--fault-collector", "down", "--stats", stats);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(stats));
        JsonElement sender = json.RootElement.GetProperty("sender");
        Assert.AreEqual(lines.Length, sender.GetProperty("waiting").GetInt32() + sender.GetProperty("dropped").GetInt32());
        Assert.AreEqual(0, sender.GetProperty("sent").GetInt32());
    }

    [TestMethod]
    public void Faults_of_clock_and_link_are_told()
    {
        string[] lines = TapsimRun.Run("replay", TapsimRun.Detect(1), "--alerts", "-", "--fault-clock", "step:+315360000@100",
            "--fault-link", "down@200-90000")
            .Expect(0).Lines;
        Assert.IsTrue(lines.Any(l => l.Contains("state=\"stepped\" step=\"315360000\"", StringComparison.Ordinal)),
            string.Join('\n', lines));
        Assert.IsTrue(lines.Any(l => l.Contains("part=\"mirror\" state=\"link-lost\"", StringComparison.Ordinal)),
            string.Join('\n', lines));
    }

    [TestMethod]
    [DataRow("--fault-storage", "torn:999999", "changes of files that the box began: 1")]
    [DataRow("--fault-link", "down@999999", "the box ran for")]
    [DataRow("--fault-clock", "silent@0.1-0.15", "nothing met it in")]
    public void A_fault_that_never_came_to_pass_is_said(string option, string value, string why)
    {
        TapsimRun run = Run(option, value).Expect(0);
        Assert.Contains($"tapsim: {option} {value} never came to pass: {why}", run.Errors);
    }

    [TestMethod]
    [DataRow("--fault-collector", "down")]
    [DataRow("--fault-uplink", "down")]
    public void What_the_faults_kept_from_the_collector_is_said(string option, string value)
    {
        TapsimRun run = Run(option, value).Expect(0);
        Assert.Contains($"tapsim: {run.Lines.Length} of {run.Lines.Length} messages were not delivered, as the faults ask: "
            + $"{run.Lines.Length} still wait, 0 were dropped", run.Errors);
        Assert.DoesNotContain("never came to pass", run.Errors);
    }

    [TestMethod]
    public void A_fault_before_a_real_collector_is_its_reason_and_the_exit_code_is_that_of_undelivered_alerts()
    {
        TapsimRun run = Run("--fault-collector", "down", "--collector", "tcp://127.0.0.1:9").Expect(2);
        Assert.Contains("collector tcp://127.0.0.1:9: away, as the faults ask; ", run.Errors);
    }

    [TestMethod]
    public void A_receiver_that_stalls_is_neither_a_ring_that_loses_nor_a_switch_that_mirrors_nothing()
    {
        string[] lines = TapsimRun.Run("replay", TapsimRun.Detect(1), "--alerts", "-", "--fault-ring", "stall@3000").Expect(0).Lines;
        string[] health = [.. lines.Where(l => l.Contains(" health [", StringComparison.Ordinal))];
        Assert.AreEqual(1, health.Count(l => l.Contains("part=\"receiver\" state=\"reset\"", StringComparison.Ordinal)),
            string.Join('\n', health));
        Assert.IsFalse(health.Any(l => l.Contains("part=\"ring\"", StringComparison.Ordinal)), string.Join('\n', health));
    }

    [TestMethod]
    public void Without_a_link_the_port_sees_nothing_and_loses_nothing()
    {
        string stats = _folder.File("stats");
        // The first detect takes a day, so that the lost link is told.
        string[] lines = TapsimRun.Run("replay", TapsimRun.Detect(1), "--alerts", "-", "--fault-link", "down", "--stats", stats)
            .Expect(0).Lines;
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(stats));
        Assert.AreEqual(0, json.RootElement.GetProperty("frames").GetInt64());
        Assert.IsTrue(lines.Any(l => l.Contains("state=\"link-lost\"", StringComparison.Ordinal)), string.Join('\n', lines));
        Assert.IsFalse(lines.Any(l => l.Contains("part=\"ring\"", StringComparison.Ordinal)), string.Join('\n', lines));
        Assert.IsFalse(lines.Any(l => l.Contains("missed=\"", StringComparison.Ordinal)
            && !l.Contains("missed=\"0\"", StringComparison.Ordinal)), string.Join('\n', lines));
    }

    [TestMethod]
    public void A_plain_replay_sends_alerts_alone_and_all_messages_when_asked()
    {
        string[] plain = TapsimRun.Run("replay", TapsimRun.Detect(9), "--alerts", "-").Expect(0).Lines;
        string[] all = TapsimRun.Run("replay", TapsimRun.Detect(9), "--alerts", "-", "--messages", "all").Expect(0).Lines;
        Assert.IsTrue(plain.All(l => l.Contains("incident@32473", StringComparison.Ordinal)));
        Assert.HasCount(plain.Length + 2, all);
        StringAssert.Contains(all[0], "self-test");
    }

    [TestMethod]
    public void The_box_lives_through_what_is_quiet_in_a_capture()
    {
        // Two tries in four hours: a heartbeat a minute, a table that no frame tries is taken after half a minute.
        string key = MakeKey(out ECDsa secret);
        using (secret)
        {
            Flash(MakeTable(secret, 5));
        }

        string[] lines = TapsimRun.Run("replay", TwoTries(4 * 3600), "--alerts", "-", "--storage", Box, "--key", key).Expect(0).Lines;
        DateTimeOffset first = TimeOf(lines[0]);
        int minutes = (int)(TimeOf(lines[^1]) - first).TotalMinutes;
        Assert.IsGreaterThanOrEqualTo(4 * 60, minutes);
        Assert.AreEqual(minutes, lines.Count(l => l.Contains(" heartbeat ", StringComparison.Ordinal)), 2);
        string accepted = lines.Single(l => l.Contains("verdict=\"accepted\"", StringComparison.Ordinal));
        Assert.IsLessThan(60, (TimeOf(accepted) - first).TotalSeconds, accepted);
    }

    [TestMethod]
    [DataRow(8, "--fault-link", "down@130-230", "part=\"mirror\" state=\"link-lost\"", "part=\"mirror\" state=\"link-up\"")]
    [DataRow(6, "--fault-uplink", "down@1200-1260", "part=\"uplink\" state=\"link-lost\"", "part=\"uplink\" state=\"link-up\"")]
    public void A_fault_between_two_frames_comes_to_pass_in_its_time(int detect, string option, string value, string lost, string back)
    {
        TapsimRun run = TapsimRun.Run("replay", TapsimRun.Detect(detect), "--alerts", "-", option, value).Expect(0);
        DateTimeOffset first = TimeOf(run.Lines[0]);
        string[] times = value[5..].Split('-');
        foreach ((string state, string at) in new[] { (lost, times[0]), (back, times[1]) })
        {
            string[] told = [.. run.Lines.Where(l => l.Contains(state, StringComparison.Ordinal))];
            Assert.HasCount(1, told, run.Output);
            double late = (TimeOf(told[0]) - first).TotalSeconds - int.Parse(at, CultureInfo.InvariantCulture);
            Assert.IsTrue(late is >= 0 and <= 15, told[0]);
        }

        Assert.DoesNotContain("never came to pass", run.Errors);
    }

    [TestMethod]
    [DataRow("max")]
    [DataRow("3600")]
    [DataRow("100000")]
    public void Ten_quiet_minutes_have_ten_heartbeats_at_any_speed(string speed)
    {
        string[] lines = TapsimRun.Run("replay", TwoTries(605), "--speed", speed, "--alerts", "-", "--fault-link", "down@100-105")
            .Expect(0).Lines;
        Assert.AreEqual(10, lines.Count(l => l.Contains(" heartbeat ", StringComparison.Ordinal)), string.Join('\n', lines));
        Assert.AreEqual(1, lines.Count(l => l.Contains("state=\"link-lost\"", StringComparison.Ordinal)), string.Join('\n', lines));
    }

    [TestMethod]
    public void The_table_in_the_program_has_no_time_of_its_making_so_that_two_runs_tell_one_hash()
    {
        Assert.AreEqual(0, Tables.Load([], null).Table.BuildTime);
        string beat = TapsimRun.Run("replay", TwoTries(65), "--alerts", "-", "--messages", "all").Expect(0).Lines
            .First(l => l.Contains(" heartbeat ", StringComparison.Ordinal));
        StringAssert.Contains(beat, "evictions=\"0\" table=\"0\" unseen=");
        StringAssert.Matches(beat, new System.Text.RegularExpressions.Regex(" tableHash=\"[0-9a-f]{8}\""));
    }

    [TestMethod]
    public void A_capture_without_frames_sets_no_time()
    {
        string empty = _folder.Write("empty.pcap", File.ReadAllBytes(TapsimRun.Detect(9))[..24]);
        string[] lines = TapsimRun.Run("replay", empty, TapsimRun.Detect(9), "--alerts", "-", "--messages", "all").Expect(0).Lines;
        StringAssert.Contains(lines[0], " 2000-04-07T");
        StringAssert.Contains(lines[0], "self-test");
        string[] alone = TapsimRun.Run("replay", empty, "--alerts", "-", "--messages", "all").Expect(0).Lines;
        StringAssert.Contains(alone[0], "self-test");
    }

    [TestMethod]
    [DataRow("cut")]
    [DataRow("torn")]
    public void Power_may_fail_before_the_program_has_started(string kind)
    {
        string key = MakeKey(out ECDsa secret);
        using (secret)
        {
            Flash(MakeTable(secret, 5));
        }

        Replay("--key", key);
        File.Delete(Path.Combine(Box, "keys.tap"));
        TapsimRun run = TapsimRun.Run("replay", TapsimRun.Detect(9), "--alerts", "-", "--storage", Box, "--key", key, "--fault-storage", kind + ":1")
            .Expect(0);
        StringAssert.Contains(run.Errors, "the box starts again");
        Assert.IsTrue(run.Lines.Any(l => l.Contains("source=\"slot0\"", StringComparison.Ordinal)), run.Output);
    }

    [TestMethod]
    public async Task At_a_given_speed_the_box_lives_by_the_clock()
    {
        // The clock's message is due a second after the start, and not when the next frame has come.
        using Process process = TapsimRun.Start("replay", TwoTries(3), "--speed", "1", "--alerts", "-", "--messages", "all");
        var between = new Stopwatch();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("self-test", StringComparison.Ordinal))
            {
                between.Start();
            }
            else if (line.Contains("part=\"clock\"", StringComparison.Ordinal))
            {
                between.Stop();
            }
        }

        await process.WaitForExitAsync();
        Assert.IsFalse(between.IsRunning, "the time server was never heard");
        Assert.IsTrue(between.Elapsed.TotalSeconds is > 0.5 and < 2.5, between.Elapsed.ToString());
    }

    // A capture of two tries, and nothing for so many seconds between them.
    [TestMethod]
    public void A_box_may_begin_without_a_time_and_has_one_when_the_server_answers()
    {
        string[] lines = TapsimRun.Run("replay", TwoTries(300), "--alerts", "-", "--fault-clock", "unset", "--fault-clock", "silent@0-100")
            .Expect(0).Lines;
        Assert.AreEqual("-", lines[0].Split(' ')[1], lines[0]);
        StringAssert.Contains(lines[0], "[timeQuality isSynced=\"0\"]");
        Assert.IsTrue(lines.Any(l => l.Contains("part=\"clock\" state=\"unknown\"", StringComparison.Ordinal)), string.Join('\n', lines));
        Assert.IsTrue(lines[^1].Contains(" 2026-03-02T", StringComparison.Ordinal), lines[^1]);
        Assert.IsTrue(lines.Any(l => l.Contains("part=\"clock\" state=\"synchronized\"", StringComparison.Ordinal)), string.Join('\n', lines));
    }

    [TestMethod]
    public void An_incident_that_begins_with_the_first_frame_lasts_as_long_as_it_did()
    {
        var capture = new Capture();
        long start = Capture.Utc(2026, 11, 24);
        for (int i = 0; i <= 6; i++)
        {
            capture.Add(start + (i * 10 * Capture.Second), new Ip($"203.0.113.{66 + i}", "128.231.212.21").Tcp(40000, 12345, "S", i));
        }

        using var stream = new MemoryStream();
        PcapFile.Write(stream, capture);
        string[] lines = TapsimRun.RunWith(stream.ToArray(), "replay", "-", "--alerts", "-").Expect(0).Lines;
        string closed = lines.Last(l => l.Contains("state=\"closed\"", StringComparison.Ordinal));
        StringAssert.Contains(closed, " dur=\"60\"");
    }

    [TestMethod]
    public void A_table_for_other_boards_is_refused()
    {
        string key = MakeKey(out ECDsa secret);
        using (secret)
        {
            Flash(TableSigner.Sign(MakeUnsigned("[site]\nboard = \"olimex-esp32-poe-iso-wrover\"\n"), secret, 5));
            Assert.IsTrue(Replay("--key", key, "--board", "wt32-eth01").Any(l => l.Contains("reason=\"other-board\"", StringComparison.Ordinal)));
        }

        string table = _folder.Write("t.sigtab", MakeUnsigned("[site]\nboard = \"olimex-esp32-poe-iso-wrover\"\n"));
        TapsimRun run = TapsimRun.Run("replay", TapsimRun.Detect(1), "--table", table, "--board", "wt32-eth01");
        Assert.AreEqual(2, run.ExitCode);
        StringAssert.Contains(run.Errors, "the box refuses it: it was compiled for boards with external memory");
        Assert.AreEqual(1, TapsimRun.Run("replay", TapsimRun.Detect(1), "--board", "arduino").ExitCode);
    }

    [TestMethod]
    public void A_board_without_external_memory_has_no_imaging_eyes()
    {
        const string note = "tapsim: this board has no memory for the imaging eyes";
        string capture = Repository.PathOf("tests", "captures", "imaging", "dicom-brute.pcap");
        string small = _folder.Write("small.sigtab", MakeUnsigned("[site]\nboard = \"wt32-eth01\"\n"));
        string large = _folder.Write("large.sigtab", MakeUnsigned("[site]\nboard = \"olimex-esp32-poe-iso-wrover\"\n"));
        (string[] Options, bool HasEyes)[] boxes =
        [
            (["--board", "wt32-eth01"], false),
            (["--board", "olimex-esp32-poe-iso"], false),
            (["--board", "wt32-eth01", "--table", small], false),
            (["--table", small], false),
            (["--board", "olimex-esp32-poe-iso-wrover"], true),
            (["--table", large], true),
            ([], true),
        ];
        foreach ((string[] options, bool hasEyes) in boxes)
        {
            TapsimRun run = TapsimRun.Run(["replay", capture, "--alerts", "-", "--messages", "all", .. options]);
            string said = string.Join(' ', options);
            Assert.AreEqual(hasEyes, run.Lines.Any(l => l.Contains(" dicom-guess [", StringComparison.Ordinal)), said);
            Assert.AreEqual(!hasEyes, run.Lines.Any(l => l.Contains(" eyes=\"none\"", StringComparison.Ordinal)), said);
            Assert.AreEqual(!hasEyes, run.Errors.Contains(note, StringComparison.Ordinal), said);
        }
    }

    private string TwoTries(int seconds)
    {
        var capture = new Capture();
        var talk = new Talk(new Hospital().Lan, capture);
        long start = Capture.Utc(2026, 3, 2);
        talk.Unanswered(start, "128.231.212.160", 40001, "128.231.212.35", 104, 0);
        talk.Unanswered(start + (seconds * Capture.Second), "128.231.212.160", 40002, "128.231.212.35", 104, 0);
        return _folder.Write("tries.pcap", capture);
    }

    // A table of the shipped rules, with what a profile says of the site besides.
    private byte[] MakeUnsigned(string site)
    {
        string tables = Repository.PathOf("firmware", "tables");
        string[] rules = [.. Directory.GetFiles(tables, "*.rules").Order(StringComparer.Ordinal)];
        string profile = File.ReadAllText(Path.Combine(tables, "example-site.toml")).Replace("[site]\n", site, StringComparison.Ordinal);
        string file = _folder.Write("site.toml", System.Text.Encoding.UTF8.GetBytes(profile));
        return TableCompiler.Compile(rules, file, new CompileOptions { Sequence = 5 }).Table!;
    }

    private static DateTimeOffset TimeOf(string line) => DateTimeOffset.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);

    private string Box => _folder.File("box");

    private static byte[] MakeTable(ECDsa key, uint sequence)
    {
        string tables = Repository.PathOf("firmware", "tables");
        string[] rules = [.. Directory.GetFiles(tables, "*.rules").Order(StringComparer.Ordinal)];
        CompiledTable compiled = TableCompiler.Compile(rules, Path.Combine(tables, "example-site.toml"),
            new CompileOptions { Sequence = sequence });
        return TableSigner.Sign(compiled.Table!, key);
    }

    [TestMethod]
    public void TheHomeNetworkIsThatOfTheSlotsTable()
    {
        string key = MakeKey(out ECDsa secret);
        using (secret)
        {
            Flash(MakeTable(secret, 5));
        }

        // The table is of the practical's network; the first run takes it from the inbox.
        TapsimRun.Run("replay", TwoTries(60), "--storage", Box, "--key", key).Expect(0);
        var capture = new Capture();
        var talk = new Talk(new Lan("10.1.1.0/24"), capture);
        for (int host = 1; host <= 20; host++)
        {
            talk.Refused(Capture.Utc(2026, 3, 2) + (host * 50_000), "10.1.1.200", 40_000 + host, $"10.1.1.{host}", 445);
        }

        string file = _folder.Write("elsewhere.pcap", capture);
        TapsimRun run = TapsimRun.Run("replay", file, "--storage", Box, "--key", key).Expect(0);
        StringAssert.EndsWith(run.Output, "no incidents: no frame is of the home network\n");
        Assert.AreEqual($"tapsim: --storage: rules and home network are those of the table in {Box}\n"
            + "tapsim: none of 40 IP and ARP frames is of the site's home network, 24.3.21.0-24.3.21.255, 128.231.212.0-128.231.213.255: "
            + $"another network's capture, or another site's table in {Box}\n", run.Errors);
        TapsimRun home = TapsimRun.Run("replay", TapsimRun.Detect(9), "--storage", Box, "--key", key).Expect(0);
        Assert.AreEqual($"tapsim: --storage: rules and home network are those of the table in {Box}\n", home.Errors);
    }

    private string MakeKey(out ECDsa secret)
    {
        secret = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return _folder.Write("k.pub.pem", System.Text.Encoding.ASCII.GetBytes(secret.ExportSubjectPublicKeyInfoPem()));
    }

    private void Flash(byte[] table)
    {
        string inbox = Path.Combine(Box, "inbox");
        Directory.CreateDirectory(inbox);
        File.WriteAllBytes(Path.Combine(inbox, "new.sigtab"), table);
    }

    private TapsimRun Run(params string[] arguments) =>
        TapsimRun.Run(["replay", TapsimRun.Detect(9), "--storage", Box, "--alerts", "-", .. arguments]);

    private string[] Replay(params string[] arguments) => Run(arguments).Expect(0).Lines;
}
