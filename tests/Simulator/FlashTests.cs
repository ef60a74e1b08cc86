using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Appliance.Playback.Alerts;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>
/// The whole way of a table: sigtab compiles, signs and flashes while tapsim watches in a process of its own, and the new rule
/// fires without a restart. Where the technician's page is followed sigtab, too, is the process that a technician starts.
/// </summary>
[TestClass]
public sealed class FlashTests
{
    private const int FramesASecond = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly object Turn = new();

    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    public async Task A_table_that_is_flashed_while_the_box_watches_comes_into_use_and_its_rule_fires()
    {
        byte[] table = Compile("new", 7);
        var box = new RunningBox(Traffic(200), "--storage", Box, "--key", _folder.File("ward.pub.pem"));
        await box.Feed(10 * FramesASecond);
        await box.ReadUntil("table in use", line => line.Contains("source=\"built-in\"", StringComparison.Ordinal));

        Sigtab("flash", "--simulator", Box, _folder.File("new.sigtab"));
        await box.FeedRest();
        string[] lines = await box.Finish();

        string verdict = lines.Single(l => l.Contains("verdict=\"accepted\"", StringComparison.Ordinal));
        StringAssert.Contains(verdict, "sequence=\"7\"");
        StringAssert.Contains(verdict, "reason=\"new\"");
        int used = Array.IndexOf(lines, verdict);
        int fired = Array.FindIndex(lines, l => l.Contains("sid=\"1900999\"", StringComparison.Ordinal));
        Assert.IsGreaterThan(used, fired, string.Join('\n', lines));
        Assert.AreEqual(1, lines.Count(l => l.Contains("part=\"self-test\"", StringComparison.Ordinal)), "no restart");
        Assert.IsEmpty(Directory.GetFiles(Path.Combine(Box, "inbox")));
        byte[] slot = await File.ReadAllBytesAsync(Path.Combine(Box, "slot0.tap"));
        CollectionAssert.AreEqual(table, slot[^table.Length..]);
    }

    [TestMethod]
    public async Task A_box_without_keys_is_provisioned_while_it_watches_and_is_one_of_the_sites_from_then_on()
    {
        byte[] table = Compile("first", 7);
        Sigtab("keygen", "--out", _folder.File("spare"));
        var box = new RunningBox(Traffic(200), "--storage", Box);
        await box.Feed(10 * FramesASecond);
        await box.ReadUntil("self-test", line => line.Contains("part=\"self-test\"", StringComparison.Ordinal)
            && line.EndsWith("has no keys: provision it", StringComparison.Ordinal));

        Sigtab("provision", "--simulator", Box, "--key", _folder.File("ward.pub.pem"), "--key", _folder.File("spare.pub.pem"),
            "--table", _folder.File("first.sigtab"), "--network", "dhcp", "--name", "ward-3", "--wait", "0");
        await box.FeedRest();
        string[] lines = await box.Finish();

        string accepted = lines.Single(l => l.Contains("verdict=\"accepted\"", StringComparison.Ordinal));
        StringAssert.Contains(accepted, "sequence=\"7\"");
        StringAssert.Contains(lines.Single(l => l.Contains("state=\"taken\"", StringComparison.Ordinal)), "part=\"keys\" state=\"taken\" keys=\"2\"");
        string fired = lines.Last(l => l.Contains("sid=\"1900999\"", StringComparison.Ordinal));
        Assert.AreEqual("ward-3", fired.Split(' ')[2]);
        CollectionAssert.AreEquivalent(
            new[] { "boot0.tap", "keys.tap", "network.json", "slot0.tap", "taken.keys", "taken.sigtab" },
            Directory.GetFiles(Box).Select(Path.GetFileName).ToArray());
        byte[] slot = await File.ReadAllBytesAsync(Path.Combine(Box, "slot0.tap"));
        CollectionAssert.AreEqual(table, slot[^table.Length..]);

        // After its next start it takes a later table of the same key, and no stranger's keys.
        Sigtab("keygen", "--out", _folder.File("stranger"));
        Sigtab("compile", _folder.File("ward.rules"), "--site", _folder.File("ward.toml"), "--key", _folder.File("stranger.pem"),
            "--sequence", "99", "--out", _folder.File("foreign.sigtab"));
        Sigtab("provision", "--simulator", Box, "--key", _folder.File("stranger.pub.pem"), "--table", _folder.File("foreign.sigtab"),
            "--network", "dhcp", "--wait", "0");
        string[] again = TapsimRun.Run("replay", TapsimRun.Detect(9), "--storage", Box, "--alerts", "-").Expect(0).Lines;
        Assert.IsTrue(again[0].Contains("keys=\"2\"", StringComparison.Ordinal) && again[0].Contains(" ward-3 ", StringComparison.Ordinal), again[0]);
        Assert.IsTrue(again.Any(l => l.Contains("part=\"keys\" state=\"refused\" reason=\"has-keys\"", StringComparison.Ordinal)), string.Join('\n', again));
        Assert.IsTrue(again.Any(l => l.Contains("reason=\"unknown-key\"", StringComparison.Ordinal)), string.Join('\n', again));
        Assert.IsTrue(again.Any(l => l.Contains("source=\"slot0\" sequence=\"7\"", StringComparison.Ordinal)), string.Join('\n', again));
    }

    [TestMethod]
    public void The_same_command_again_gives_a_box_another_network_and_nothing_else()
    {
        Compile("first", 7);
        string[] provision = ["provision", "--simulator", Box, "--key", _folder.File("ward.pub.pem"), "--table", _folder.File("first.sigtab"), "--name", "ward-3", "--wait", "0"];
        Sigtab([.. provision, "--network", "dhcp"]);
        using (FileStream stream = File.Create(_folder.File("traffic.pcap")))
        {
            PcapFile.Write(stream, Traffic(60));
        }

        string[] first = TapsimRun.Run("replay", _folder.File("traffic.pcap"), "--storage", Box, "--alerts", "-").Expect(0).Lines;
        Assert.IsTrue(first.Any(l => l.Contains("part=\"keys\" state=\"taken\"", StringComparison.Ordinal)), string.Join('\n', first));
        byte[] slot = File.ReadAllBytes(Path.Combine(Box, "slot0.tap"));

        Sigtab([.. provision, "--network", "static=192.0.2.7/24,gateway=192.0.2.1"]);
        Assert.IsFalse(File.Exists(Path.Combine(Box, "taken.keys")), "what the last time left is not taken for this time's");
        string[] again = TapsimRun.Run("replay", _folder.File("traffic.pcap"), "--storage", Box, "--alerts", "-").Expect(0).Lines;
        Assert.IsTrue(again.Any(l => l.Contains("part=\"keys\" state=\"unchanged\"", StringComparison.Ordinal)), string.Join('\n', again));
        Assert.IsTrue(again.Any(l => l.Contains("verdict=\"unchanged\"", StringComparison.Ordinal)), string.Join('\n', again));
        Assert.IsFalse(again.Any(l => l.Contains("refused", StringComparison.Ordinal)), string.Join('\n', again));

        // What the command waits for.
        Assert.IsTrue(File.Exists(Path.Combine(Box, "taken.keys")));
        Assert.IsTrue(File.Exists(Path.Combine(Box, "taken.sigtab")));
        StringAssert.Contains(File.ReadAllText(Path.Combine(Box, "network.json")), "192.0.2.7");
        CollectionAssert.AreEqual(slot, File.ReadAllBytes(Path.Combine(Box, "slot0.tap")));
    }

    [TestMethod]
    public async Task The_technicians_page_brings_a_new_box_into_service_and_a_later_table_into_use()
    {
        Compile("SITE", 7);
        Sigtab("keygen", "--out", _folder.File("spare"));
        var box = new RunningBox(Traffic(200), "--storage", Box);
        await box.Feed(10 * FramesASecond);
        await box.ReadUntil("self-test", line => line.EndsWith("has no keys: provision it", StringComparison.Ordinal));
        string[] provision = OnPage(Repository.PathOf(".github", "TECHNICIAN.md"), "sigtab provision --port");
        SigtabOfProcess([.. provision, "--wait", "0"]);
        await box.FeedRest();
        await box.Finish();

        // UPLINK at its place: the lines that must arrive.
        Compile("NEW", 8);
        box = new RunningBox(Traffic(200), "--storage", Box);
        await box.Feed(70 * FramesASecond);
        await box.ReadUntil("heartbeat", line => line.Contains(" heartbeat ", StringComparison.Ordinal));
        SigtabOfProcess(OnPage(Repository.PathOf(".github", "TECHNICIAN.md"), "sigtab flash --port"));
        await box.FeedRest();
        string[] lines = await box.Finish();
        StringAssert.Contains(lines[0], " tap-ward3 ");
        StringAssert.Contains(lines[0], "part=\"self-test\" state=\"passed\"");
        string[] heartbeats = [.. lines.Where(l => l.Contains(" heartbeat ", StringComparison.Ordinal))];
        Assert.IsGreaterThanOrEqualTo(3, heartbeats.Length, "one a minute");
        Assert.IsTrue(heartbeats.All(l => l.Contains("transmitted=\"0\"", StringComparison.Ordinal)), string.Join('\n', heartbeats));
        StringAssert.Contains(lines.Single(l => l.Contains("verdict=\"accepted\"", StringComparison.Ordinal)), "sequence=\"8\"");
    }

    [TestMethod]
    public void What_the_page_has_for_later_is_what_the_box_then_shows()
    {
        string page = Repository.PathOf(".github", "TECHNICIAN.md");
        string capture = _folder.Write("traffic.pcap", Traffic(100));
        Compile("SITE", 7);
        Sigtab("keygen", "--out", _folder.File("spare"));
        Shows("blue, 5 blinks", "provision it", Replay(capture));
        string[] provision = [.. OnPage(page, "sigtab provision --port"), "--wait", "0"];
        Sigtab(provision);
        Shows("blue, 2 blinks", "a new table", Replay(capture));

        // Another network: the same command, with its keys and the name of its label.
        string[] network = Literal(page, "--network static=").Split(' ');
        int at = Array.IndexOf(provision, "--network");
        Sigtab([.. provision[..at], .. network, .. provision[(at + 2)..]]);
        string[] moved = Replay(capture).Lines;
        Assert.IsTrue(moved.Any(l => l.Contains("part=\"keys\" state=\"unchanged\"", StringComparison.Ordinal)), string.Join('\n', moved));
        StringAssert.Contains(File.ReadAllText(Path.Combine(Box, "network.json")), "192.0.2.7");

        // Another site: refused, until its table was compiled for a box that moves.
        string site = _folder.Write("theatre.toml", Encoding.UTF8.GetBytes(
            File.ReadAllText(_folder.File("ward.toml")).Replace("\"ward\"", "\"theatre\"", StringComparison.Ordinal)));
        string[] compile = ["compile", _folder.File("ward.rules"), "--site", site, "--key", _folder.File("ward.pem"), "--sequence", "8",
            "--out", _folder.File("NEW.sigtab")];
        Sigtab(compile);
        Sigtab(OnPage(page, "sigtab flash --port"));
        TapsimRun refused = Replay(capture);
        Shows("blue, 3 blinks", "the table was refused", refused);
        Assert.AreEqual("other-site", Verdict(refused, "refused")["reason"]);
        Sigtab([.. compile, Literal(page, "--rehome")]);
        Sigtab(OnPage(page, "sigtab flash --port"));
        TapsimRun taken = Replay(capture);
        Shows("blue, 2 blinks", "a new table", taken);
        Assert.AreEqual("theatre", Verdict(taken, "accepted")["site"]);

        TapsimRun Replay(string file) => TapsimRun.Run("replay", file, "--storage", Box, "--alerts", "-", "--light").Expect(0);

        void Shows(string light, string about, TapsimRun run)
        {
            CollectionAssert.Contains(InstallationPageTests.LightsOf(run), light, run.Errors);
            string row = File.ReadLines(page).First(
                l => l.Contains(about, StringComparison.Ordinal) && l.StartsWith("| ", StringComparison.Ordinal));
            StringAssert.Contains(row, light.Replace("blue, 2", "blue with 2", StringComparison.Ordinal));
        }
    }

    private static AlertLine Verdict(TapsimRun run, string verdict) => run.Lines
        .Where(l => l.Contains(" table [", StringComparison.Ordinal))
        .Select(l => AlertLine.TryParse(Encoding.ASCII.GetBytes(l), out AlertLine? line, out _) ? line
            : throw new InvalidOperationException(l))
        .Single(l => l["verdict"] == verdict);

    // What stands in code on a page and begins so.
    private static string Literal(string page, string beginning)
    {
        string text = File.ReadAllText(page);
        int from = text.IndexOf('`' + beginning, StringComparison.Ordinal) + 1;
        Assert.IsGreaterThan(0, from, $"{page}: {beginning}");
        return text[from..text.IndexOf('`', from)];
    }

    [TestMethod]
    public void The_printed_sheets_provision_as_the_page_does()
    {
        string[] sheets = Directory.GetFiles(Repository.PathOf("hardware", "boards"), "SHEET.md", SearchOption.AllDirectories);
        Assert.HasCount(Directory.GetFiles(Repository.PathOf("hardware", "boards"), "board.toml", SearchOption.AllDirectories).Length, sheets);
        string[] page = OnPage(Repository.PathOf(".github", "TECHNICIAN.md"), "sigtab provision --port");
        foreach (string sheet in sheets.Append(Repository.PathOf("hardware", "README.md")))
        {
            CollectionAssert.AreEqual(page, OnPage(sheet, "sigtab provision --port").Select(w => w == "NAME" ? "tap-ward3" : w).ToArray(), sheet);
        }
    }

    // The command of a page that begins so, with the simulated box at its port and this test's files.
    private string[] OnPage(string page, string beginning)
    {
        string text = File.ReadAllText(page);
        int from = text.IndexOf(beginning, StringComparison.Ordinal);
        Assert.IsGreaterThan(0, from, $"{page}: {beginning}");
        string command = text[from..text.IndexOfAny(['\n', '`'], from)].Trim();
        return [.. command.Split(' ').Skip(1).Select(word => word switch
        {
            "--port" => "--simulator",
            "PORT" => Box,
            "A.pub.pem" => _folder.File("ward.pub.pem"),
            "B.pub.pem" => _folder.File("spare.pub.pem"),
            "SITE.sigtab" or "NEW.sigtab" => _folder.File(word),
            _ => word,
        })];
    }

    private string Box => _folder.File("box");

    private byte[] Compile(string name, int sequence)
    {
        Directory.CreateDirectory(Box);
        _folder.Write("ward.toml", """
            [site]
            name = "ward"
            home = ["128.231.212.0/23"]
            [collector]
            address = "udp://192.0.2.10:514"
            """u8.ToArray());
        _folder.Write("ward.rules", """
            alert tcp $EXTERNAL_NET any -> $HOME_NET 54321 ( msg:"new on the ward"; flags:S,CE; flow:stateless; priority:2; \
                metadata:suspect yes; sid:1900999; rev:1; )

            """u8.ToArray());
        if (!File.Exists(_folder.File("ward.pem")))
        {
            Sigtab("keygen", "--out", _folder.File("ward"));
        }

        string file = _folder.File(name + ".sigtab");
        Sigtab("compile", _folder.File("ward.rules"), "--site", _folder.File("ward.toml"), "--key", _folder.File("ward.pem"),
            "--sequence", $"{sequence}", "--out", file);
        return File.ReadAllBytes(file);
    }

    // One frame in five belongs to a sweep of the port that the new rule is about; the others nobody has a rule for.
    private static Capture Traffic(int seconds)
    {
        var capture = new Capture();
        long start = Capture.Utc(2026, 11, 24);
        for (int i = 0; i < seconds * FramesASecond; i++)
        {
            byte[] frame = i % 5 == 0
                ? new Ip("203.0.113.66", $"128.231.212.{1 + (i / 5 % 200)}").Tcp(40000 + (i % 20000), 54321, "S", i)
                : new Ip("128.231.212.20", "128.231.212.21").Udp(5000, 5001, [1, 2, 3, 4]);
            capture.Add(start + (i * Capture.Second / FramesASecond), frame);
        }

        return capture;
    }

    /// <summary>
    /// Runs sigtab within this process, to its end, which has to be a good one; one after the other, since its commands share
    /// their options.
    /// </summary>
    internal static void Sigtab(params string[] arguments)
    {
        lock (Turn)
        {
            (int code, string output, string errors) = OwnConsole.Run(() => SignatureTool.CommandLine.Run(arguments), Patience);
            Assert.AreEqual(0, code, $"sigtab {string.Join(' ', arguments)}: {errors}{output}");
        }
    }

    // The real program, as a technician calls it.
    private static void SigtabOfProcess(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        string program = Path.Combine(AppContext.BaseDirectory, "sigtab.dll");
        foreach (string argument in arguments.Prepend(program))
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = process.StandardError.ReadToEnd();
        Assert.IsTrue(process.WaitForExit(Patience), string.Join(' ', arguments));
        Assert.AreEqual(0, process.ExitCode, $"sigtab {string.Join(' ', arguments)}: {errors}{output.Result}");
    }

    // tapsim with a capture that is given to it frame by frame, so that the test decides when time goes on.
    private sealed class RunningBox
    {
        private readonly Process _process;
        private readonly Task<string> _errors;
        private readonly List<string> _lines = [];
        private readonly byte[] _capture;
        private readonly List<int> _ends = [24];
        private int _frame;

        public RunningBox(Capture capture, params string[] arguments)
        {
            using var stream = new MemoryStream();
            PcapFile.Write(stream, capture);
            _capture = stream.ToArray();
            while (_ends[^1] < _capture.Length)
            {
                _ends.Add(_ends[^1] + 16 + BinaryPrimitives.ReadInt32LittleEndian(_capture.AsSpan(_ends[^1] + 8)));
            }

            _process = TapsimRun.Start(["replay", "-", "--alerts", "-", .. arguments]);
            _errors = _process.StandardError.ReadToEndAsync();
        }

        public async Task Feed(int frames)
        {
            int from = _frame == 0 ? 0 : _ends[_frame];
            _frame = Math.Min(_frame + frames, _ends.Count - 1);
            await _process.StandardInput.BaseStream.WriteAsync(_capture.AsMemory(from, _ends[_frame] - from));
            await _process.StandardInput.BaseStream.FlushAsync();
        }

        public Task FeedRest() => Feed(_ends.Count);

        public async Task ReadUntil(string what, Func<string, bool> isIt)
        {
            string? line;
            while ((line = await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60))) is not null)
            {
                _lines.Add(line);
                if (isIt(line))
                {
                    return;
                }
            }

            Assert.Fail($"tapsim ended before the {what}: {await _errors}");
        }

        public async Task<string[]> Finish()
        {
            _process.StandardInput.Close();
            string rest = await _process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
            await _process.WaitForExitAsync();
            Assert.AreEqual(0, _process.ExitCode, await _errors);
            _process.Dispose();
            return [.. _lines, .. rest.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        }
    }
}
