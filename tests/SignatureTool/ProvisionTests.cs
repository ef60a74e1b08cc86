using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Appliance.Firmware;
using Appliance.Firmware.Tables;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>Keys, network and first table onto a new box: a simulated one, and a real one by way of a nanoff that plays the
/// box.</summary>
[TestClass]
public sealed class ProvisionTests
{
    private const string Details = """
        HAL build info: nanoCLR running @ ESP32
          Target:   ESP32_WT32_ETH01
          Platform: ESP32

        Assemblies:
          mscorlib, 1.17.11.0
          Appliance.Firmware, 1.0.0.0

        Native Assemblies:
          mscorlib v100.5.0.24, checksum 0x1549C856
          Appliance.MirrorPort v1.2.0.0, checksum 0xDCCB1BAD
        """;

    private TemporaryFolder _folder = null!;

    private string First => _folder.File("first");

    private string Second => _folder.File("second");

    private string Table => _folder.File("ward.sigtab");

    [TestInitialize]
    public void MakeKeysAndATable()
    {
        _folder = new TemporaryFolder();
        _folder.Write("t.rules", "alert tcp any any -> any 1 ( flags:S; sid:1; )"u8.ToArray());
        _folder.Write("site.toml", Encoding.UTF8.GetBytes(Workbench.Site));
        _folder.Write("small.toml",
            Encoding.UTF8.GetBytes(Workbench.Site.Replace("[site]", "[site]\nboard = \"wt32-eth01\"", StringComparison.Ordinal)));
        Assert.AreEqual(0, SigtabRun.Of("keygen", "--out", First).Code);
        Assert.AreEqual(0, SigtabRun.Of("keygen", "--out", Second).Code);
        Compile("site.toml", Table);
    }

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    public void A_simulated_box_finds_keys_and_table_in_its_inbox()
    {
        string box = Directory.CreateDirectory(_folder.File("box")).FullName;
        SigtabRun run = Provision("--simulator", box, "--network", "dhcp", "--name", "ward-3", "--wait", "0");
        Assert.AreEqual(0, run.Code, run.Errors);
        CollectionAssert.AreEqual(File.ReadAllBytes(Table), File.ReadAllBytes(Path.Combine(box, "inbox", "new.sigtab")));
        byte[] keys = File.ReadAllBytes(Path.Combine(box, "inbox", "new.keys"));
        Assert.HasCount(150, keys);
        Assert.AreEqual("TAPK", Encoding.ASCII.GetString(keys, 0, 4));
        Assert.AreEqual("ward-3", Encoding.ASCII.GetString(keys, 8, 10).TrimEnd('\0'));
        Assert.IsTrue(new KeyOffer().Read(keys, new Hashes()));
        StringAssert.Contains(run.Output, "MIRROR must be unplugged", StringComparison.Ordinal);
        foreach (string step in new[] { "1/5 the box answers", "2/5 keys ", "3/5 not looked at (--wait 0)",
            "4/5 network: Ethernet, address by DHCP", "5/5 the label, unconfirmed" })
        {
            StringAssert.Contains(run.Output, step, StringComparison.Ordinal);
        }

        StringAssert.Contains(run.Output, "| ward-3 ", StringComparison.Ordinal);
        StringAssert.Contains(run.Output, "| UNCONFIRMED: not seen that the box took what follows ", StringComparison.Ordinal);
        StringAssert.Contains(run.Output, "Take power off and on once", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task What_the_box_took_shows_by_its_marks()
    {
        string box = Directory.CreateDirectory(_folder.File("box")).FullName;
        // What an earlier attempt left.
        File.WriteAllBytes(Path.Combine(box, "taken.keys"), [0]);
        File.WriteAllBytes(Path.Combine(box, "taken.sigtab"), [0]);
        SigtabRun run = await PlayedBy(box, "60", "taken.sigtab", "taken.keys");
        Assert.AreEqual(0, run.Code, run.Errors);
        StringAssert.Contains(run.Output, "3/5 the box took them", StringComparison.Ordinal);
        StringAssert.Contains(run.Output, "5/5 the label:", StringComparison.Ordinal);
        Assert.DoesNotContain("UNCONFIRMED", run.Output);
        Assert.IsFalse(File.Exists(Path.Combine(box, "taken.keys")));
        Assert.IsTrue(File.Exists(Path.Combine(box, "network.json")));
    }

    [TestMethod]
    [DataRow("taken.sigtab", "the table is in use, its keys were not taken", "another name than ward-3")]
    [DataRow("taken.keys", "its keys were taken, the table was not", "this table's number or a higher one")]
    [DataRow(null, "neither keys nor table were taken", "it is another board than you think")]
    public async Task Which_mark_came_is_told_and_the_network_stays_as_it_was(string? mark, string what, string reason)
    {
        string box = Directory.CreateDirectory(_folder.File("box")).FullName;
        File.WriteAllText(Path.Combine(box, "network.json"), "as it was");
        SigtabRun run = await PlayedBy(box, "2", mark is null ? [] : [mark]);
        Assert.AreEqual(2, run.Code, run.Output);
        foreach (string words in new[] { "error: step 3 of 5: ", "2 s later " + what, reason, "Its network was not changed",
            "the same name: --name ward-3" })
        {
            StringAssert.Contains(run.Errors, words, StringComparison.Ordinal);
        }

        Assert.AreEqual("as it was", File.ReadAllText(Path.Combine(box, "network.json")));
        Assert.DoesNotContain("the label", run.Output);
        // Keys that lie there for good would be taken with some later table; those whose mark came are the box's.
        bool isWithdrawn = mark != "taken.keys";
        Assert.AreEqual(!isWithdrawn, File.Exists(Path.Combine(box, "inbox", "new.keys")));
        Assert.AreEqual(isWithdrawn,
            run.Errors.Contains("The keys lay in its inbox still and were deleted there", StringComparison.Ordinal), run.Errors);
    }

    [TestMethod]
    public void Keys_that_the_box_judged_are_not_said_to_lie_there()
    {
        // A box of another site: it deletes what it refuses.
        string box = Directory.CreateDirectory(_folder.File("box")).FullName;
        using var watcher = new FileSystemWatcher(Directory.CreateDirectory(Path.Combine(box, "inbox")).FullName, "new.keys");
        watcher.Renamed += (_, e) => File.Delete(e.FullPath);
        watcher.EnableRaisingEvents = true;
        SigtabRun run = Provision("--simulator", box, "--network", "dhcp", "--wait", "2");
        Assert.AreEqual(2, run.Code);
        StringAssert.Contains(run.Errors, "neither keys nor table were taken", StringComparison.Ordinal);
        Assert.DoesNotContain("inbox still", run.Errors);
    }

    [TestMethod]
    public void The_step_that_checks_the_silence_is_the_pages()
    {
        string box = Directory.CreateDirectory(_folder.File("box")).FullName;
        string[] words = Provision("--simulator", box, "--network", "dhcp", "--wait",
            "0").Output.Split("check that it is silent (")[1].Split([", step ", ")"], StringSplitOptions.None);
        string page = File.ReadAllText(Repository.PathOf([.. words[0].Split('/'), "README.md"]));
        StringAssert.Contains(page, $"\n{words[1]}. Check **each box**, and again after each new image, with MIRROR on a switch", StringComparison.Ordinal);
    }

    [TestMethod]
    public void Each_page_asks_for_the_silence_of_each_box_before_mirror_is_plugged()
    {
        foreach ((string page, string words) in new[]
        {
            (".github/BIOMED.md", "Each box is checked to be silent on the desk"),
            (".github/TECHNICIAN.md", "**each box**, before MIRROR goes there"),
            ("hardware/INSTALLATION.md", "was found silent (steps 1 to 4"),
        })
        {
            StringAssert.Contains(File.ReadAllText(Repository.PathOf(page.Split('/'))), words, page);
        }

        string[] sheets = Directory.GetFiles(Repository.PathOf("hardware", "boards"), "SHEET.md", SearchOption.AllDirectories);
        string[] boards = Directory.GetFiles(Repository.PathOf("hardware", "boards"), "board.toml", SearchOption.AllDirectories);
        Assert.HasCount(boards.Length, sheets);
        foreach (string sheet in sheets)
        {
            string[] rows = [.. File.ReadLines(sheet).Where(l => l.StartsWith("| 4 ", StringComparison.Ordinal))];
            StringAssert.Contains(rows.Single(), "**of each box**: MIRROR into that switch or computer. 0 V at TX_EN (GPIO 21)", sheet);
        }
    }

    [TestMethod]
    public void A_box_that_took_nothing_is_an_error_with_what_its_light_means()
    {
        string box = Directory.CreateDirectory(_folder.File("box")).FullName;
        File.WriteAllBytes(Path.Combine(box, "taken.keys"), [0]);
        SigtabRun run = Provision("--simulator", box, "--network", "dhcp", "--wait", "1");
        Assert.AreEqual(2, run.Code);
        StringAssert.Contains(run.Errors, "error: step 3 of 5: ", StringComparison.Ordinal);
        StringAssert.Contains(run.Errors, "blue, 3 blinks: refused, and its message says why", StringComparison.Ordinal);
        Assert.DoesNotContain("the label", run.Output);
    }

    [TestMethod]
    [DataRow("dhcp;--network=dhcpp", "'dhcpp' is none of dhcp|static=")]
    [DataRow("--network=static=192.0.2.7", "'192.0.2.7' is no address with the length of its network")]
    [DataRow("--network=static=192.0.2.7/33", "is no address with the length of its network")]
    [DataRow("--network=static=192.0.2.7/24,gateway=10.0.0.1", "the gateway 10.0.0.1 is not in the network of 192.0.2.7/24")]
    [DataRow("--network=static=192.0.2.7/24,gate=192.0.2.1", "'gate=192.0.2.1' is neither gateway=ADDRESS nor dns=ADDRESS")]
    [DataRow("--network=static=192.0.2.7/24,dns=10", "'dns=10' names no IPv4 address")]
    [DataRow("--network=static=192.0.2.7/24,dns=10.0.0.1,dns=10.0.0.2,dns=10.0.0.3", "there are two name servers")]
    [DataRow("--network=static=192.0.2.0/24", "the address 192.0.2.0 is that of the network of 192.0.2.0/24 itself")]
    [DataRow("--network=static=192.0.2.255/24", "the address 192.0.2.255 is the broadcast address of the network of 192.0.2.255/24")]
    [DataRow("--network=static=10.0.1.63/26", "the address 10.0.1.63 is the broadcast address of the network of 10.0.1.63/26")]
    [DataRow("--network=static=127.0.0.1/8", "the address 127.0.0.1 is a loopback address")]
    [DataRow("--network=static=224.0.0.1/24", "the address 224.0.0.1 is a multicast address")]
    [DataRow("--network=static=250.0.0.1/24", "the address 250.0.0.1 is a reserved or broadcast address")]
    [DataRow("--network=static=0.0.0.7/24", "the address 0.0.0.7 is in 0.0.0.0/8")]
    [DataRow("--network=static=192.0.2.7/24,gateway=192.0.2.7", "the gateway 192.0.2.7 is the box's own address")]
    [DataRow("--network=static=192.0.2.7/24,gateway=192.0.2.255", "the gateway 192.0.2.255 is the broadcast address")]
    [DataRow("--network=static=192.0.2.7/24,dns=192.0.2.0", "the name server 192.0.2.0 is that of the network")]
    [DataRow("--network=static=192.0.2.7/24,dns=239.1.1.1", "the name server 239.1.1.1 is a multicast address")]
    [DataRow("--network=dhcp;--wifi-password=p.txt", "--wifi-password: --network dhcp is no wireless network")]
    [DataRow("--network=wifi=wa\trd;--wifi-password=p.txt", "the name of the wireless network has a control character")]
    [DataRow("--network=dhcp;--name=-", "'-' is no name for a box")]
    [DataRow("--network=dhcp;--name=ward-", "'ward-' is no name for a box")]
    [DataRow("--network=wifi=", "'' is no name of a wireless network")]
    [DataRow("--network=wifi=ward", "needs --wifi-password FILE")]
    [DataRow("--network=dhcp;--name=tap_3", "'tap_3' is no name for a box")]
    [DataRow("--network=dhcp;--name=much-too-long", "at most 10 letters, digits and hyphens, no hyphen at an end")]
    [DataRow("--network=dhcp;--wait=soon", "'soon' is not a whole number from 0 to 3600")]
    [DataRow("--name=x", "--network")]
    public void A_wrong_command_line_is_told_before_anything_is_done(string options, string complaint)
    {
        string box = Directory.CreateDirectory(_folder.File("box")).FullName;
        SigtabRun run = SigtabRun.Of(["provision", "--simulator", box, "--key", First + ".pub.pem", "--table", Table,
            .. options.Split(';').Where(o => o.StartsWith('-'))]);
        Assert.AreEqual(1, run.Code, run.Errors);
        StringAssert.Contains(run.Errors, complaint, StringComparison.Ordinal);
        Assert.IsEmpty(Directory.GetFileSystemEntries(box));
    }

    [TestMethod]
    public void What_a_box_would_refuse_is_not_sent()
    {
        string box = Directory.CreateDirectory(_folder.File("box")).FullName;
        string[] network = ["--network", "dhcp", "--wait", "0"];
        byte[] table = File.ReadAllBytes(Table);
        string forged = _folder.Write("forged.sigtab", [.. table[..^1], (byte)(table[^1] ^ 1)]);
        string password = _folder.Write("short.txt", "1234567\n"u8.ToArray());
        string foreign = _folder.Write("foreign.txt", "Schl\u00fcssel\n"u8.ToArray());
        foreach ((string[] arguments, string complaint) in new (string[], string)[]
        {
            (["--key", Second + ".pub.pem", "--table", Table, .. network], "refused: unknown key"),
            (["--key", First + ".pub.pem", "--table", forged, .. network], "refused: bad signature"),
            (["--key", First + ".pub.pem", "--table", _folder.File("none"), .. network], "can't be read: there is no such file"),
            (["--key", First + ".pem", "--table", Table, .. network], "is a private key"),
            (["--key", First + ".pub.pem", "--key", First + ".pub.pem", "--table", Table, .. network], "both keys are"),
            (["--key", First + ".pub.pem", "--table", Table, "--network", "wifi=ward", "--wifi-password", password, "--wait", "0"],
                "has 7 characters; a password of WPA2 has 8 to 63"),
            (["--key", First + ".pub.pem", "--table", Table, "--network", "wifi=ward", "--wifi-password", foreign, "--wait", "0"],
                "has U+00FC as character 5; a password of WPA2 has printable ASCII"),
        })
        {
            SigtabRun run = SigtabRun.Of(["provision", "--simulator", box, .. arguments]);
            Assert.AreEqual(2, run.Code, run.Errors);
            StringAssert.Contains(run.Errors, "error: " + complaint, StringComparison.Ordinal);
            Assert.IsEmpty(Directory.GetFileSystemEntries(box));
        }

        Assert.AreEqual(1, SigtabRun.Of(["provision", "--key", First + ".pub.pem", "--table", Table, .. network]).Code);
        SigtabRun missing = Provision(["--simulator", _folder.File("nowhere"), .. network]);
        Assert.AreEqual(2, missing.Code);
        StringAssert.Contains(missing.Errors, "error: step 1 of 5", StringComparison.Ordinal);
    }

    [TestMethod]
    [NeedsTool("sh")]
    public void A_real_box_is_asked_its_marks_are_looked_for_and_then_its_network_is_set()
    {
        SigtabRun run = WithNanoff(Details, "--port", "/dev/ttyTEST", "--network", "static=192.0.2.7/24,gateway=192.0.2.1,dns=192.0.2.53",
            "--name", "ward-3", "--wait", "1");
        Assert.AreEqual(0, run.Code, run.Errors);
        string[] calls = File.ReadAllLines(_folder.File("calls.txt"));
        Assert.AreEqual("--nanodevice --devicedetails --serialport /dev/ttyTEST", calls[0]);
        StringAssert.StartsWith(calls[^1], "--serialport /dev/ttyTEST --networkdeployment ", StringComparison.Ordinal);
        Assert.IsTrue(calls[1..^1].All(c => c.StartsWith("--serialport /dev/ttyTEST --filedeployment ", StringComparison.Ordinal)));

        using var network = JsonDocument.Parse(File.ReadAllText(_folder.File($"{calls.Length}.json")));
        Assert.AreEqual("/dev/ttyTEST", network.RootElement.GetProperty("SerialPort").GetString());
        JsonElement ethernet = network.RootElement.GetProperty("Ethernet");
        Assert.IsFalse(ethernet.GetProperty("DhcpEnabled").GetBoolean());
        string[] values = ["IPv4Address", "IPv4NetMask", "IPv4Gateway", "IPv4DNSAddress1", "IPv4DNSAddress2"];
        CollectionAssert.AreEqual(new[] { "192.0.2.7", "255.255.255.0", "192.0.2.1", "192.0.2.53", "0.0.0.0" },
            values.Select(v => ethernet.GetProperty(v).GetString()).ToArray());

        CollectionAssert.AreEqual(
            new[] { @"I:\taken.keys", @"I:\taken.sigtab", @"I:\inbox\new.keys", @"I:\inbox\new.sigtab", @"I:\inbox\new.bell",
                @"I:\taken.keys", @"I:\taken.sigtab" },
            Enumerable.Range(2, calls.Length - 2).SelectMany(Destinations).ToArray());
        StringAssert.Contains(run.Output, "1/5 the box answers: ESP32_WT32_ETH01, with hook and program", StringComparison.Ordinal);
        StringAssert.Contains(run.Output, "3/5 the box took them", StringComparison.Ordinal);
        StringAssert.Contains(run.Output, "| address 192.0.2.7 ", StringComparison.Ordinal);
    }

    [TestMethod]
    [NeedsTool("sh")]
    public void The_steps_are_those_that_the_page_shows()
    {
        string page = File.ReadAllText(Repository.PathOf("tools", "SignatureTool", "README.md"));
        string shown = page[(page.IndexOf("\n    MIRROR must be unplugged", StringComparison.Ordinal) + 1)..];
        shown = shown[..(shown.IndexOf("5/5 the label:\n", StringComparison.Ordinal) + 15)].Replace("    ", "", StringComparison.Ordinal);
        SigtabRun run = WithNanoff(Details, "--port", "/dev/ttyTEST", "--network", "dhcp", "--name", "tap-ward3", "--wait", "1");
        Assert.AreEqual(0, run.Code, run.Errors);
        StringAssert.StartsWith(Plain(run.Output), Plain(shown), StringComparison.Ordinal);

        static string Plain(string text) => Regex.Replace(Regex.Replace(text, "[0-9a-f]{16}", "ID"), @"table \d+ are", "table N are");
    }

    [TestMethod]
    [NeedsTool("sh")]
    public void A_wireless_network_is_joined_by_itself_and_its_password_is_nowhere_told()
    {
        string password = _folder.Write("wifi.txt", "correct horse\n"u8.ToArray());
        SigtabRun run = WithNanoff(Details, "--port", "/dev/ttyTEST", "--network", "wifi=ward, 3rd floor", "--wifi-password", password,
            "--wait", "0");
        Assert.AreEqual(0, run.Code, run.Errors);
        int calls = File.ReadAllLines(_folder.File("calls.txt")).Length;
        using var network = JsonDocument.Parse(File.ReadAllText(_folder.File($"{calls}.json")));
        JsonElement wireless = network.RootElement.GetProperty("WirelessClient");
        Assert.AreEqual("ward, 3rd floor", wireless.GetProperty("Ssid").GetString());
        Assert.AreEqual("correct horse", wireless.GetProperty("Password").GetString());
        Assert.AreEqual("AutoConnect", wireless.GetProperty("ConfigurationOption").GetString());
        Assert.IsTrue(wireless.GetProperty("DhcpEnabled").GetBoolean());
        StringAssert.Contains(run.Output, "- Wi-Fi is joined only by the image without the W5500", StringComparison.Ordinal);
        Assert.DoesNotContain("correct horse", run.Output + run.Errors);
        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder.File("temporary")).Where(e =>
            Path.GetFileName(e).StartsWith("sigtab-", StringComparison.Ordinal)));
    }

    [TestMethod]
    [NeedsTool("sh")]
    public void A_board_without_the_hook_or_of_another_class_gets_nothing()
    {
        Compile("small.toml", Table);
        foreach ((string details, string complaint) in new[]
        {
            (Details.Replace("Appliance.MirrorPort", "Some.Other", StringComparison.Ordinal), "its image has no native hook"),
            (Details.Replace("0xDCCB1BAD", "0xAC139D4E", StringComparison.Ordinal),
                "native hook is v1.2.0.0, checksum 0xAC139D4E, and this sigtab belongs to v1.2.0.0, checksum 0xDCCB1BAD"),
            (Details.Replace("MirrorPort v1.2", "MirrorPort v1.1", StringComparison.Ordinal),
                "native hook is v1.1.0.0, checksum 0xDCCB1BAD, and this sigtab belongs to v1.2.0.0, checksum 0xDCCB1BAD"),
            (Details.Replace("Appliance.Firmware", "Blinky", StringComparison.Ordinal), "the tap's program is not deployed"),
            (Details.Replace("WT32_ETH01", "OLIMEX_WROVER", StringComparison.Ordinal),
                "it is a ESP32_OLIMEX_WROVER, and the table was compiled for boards without external memory"),
        })
        {
            SigtabRun run = WithNanoff(details, "--port", "/dev/ttyTEST", "--network", "dhcp", "--wait", "0");
            Assert.AreEqual(2, run.Code, run.Output);
            StringAssert.Contains(run.Errors, complaint, StringComparison.Ordinal);
            Assert.HasCount(1, File.ReadAllLines(_folder.File("calls.txt")));
        }
    }

    [TestMethod]
    [NeedsTool("sh")]
    [DataRow("ESP32_OLIMEX")]
    [DataRow("ESP32_OLIMEX_WROVER")]
    public void A_board_whose_clock_Wi_Fi_disturbs_gets_none(string target)
    {
        string password = _folder.Write("wifi.txt", "correct horse\n"u8.ToArray());
        string details = Details.Replace("ESP32_WT32_ETH01", target, StringComparison.Ordinal);
        SigtabRun run = WithNanoff(details, "--port", "/dev/ttyTEST", "--network", "wifi=ward", "--wifi-password", password, "--wait", "0");
        Assert.AreEqual(2, run.Code, run.Output);
        StringAssert.Contains(run.Errors, $"it is a {target}: its uplink is the W5500, and a Wi-Fi station", StringComparison.Ordinal);
        Assert.HasCount(1, File.ReadAllLines(_folder.File("calls.txt")));
        Assert.AreEqual(0, WithNanoff(details, "--port", "/dev/ttyTEST", "--network", "dhcp", "--wait", "0").Code);
    }

    [TestMethod]
    [NeedsTool("sh")]
    [DataRow("--networkdeployment", "Cannot find any network configuration for ethernet.", "has no Ethernet uplink")]
    [DataRow("--networkdeployment", "Error uploading network ethernet configuration.", "did not take the network's settings")]
    [DataRow("--filedeployment", "Error deploying content file a to b", "could not write")]
    public void What_nanoff_only_says_is_believed(string option, string words, string complaint)
    {
        SigtabRun run = WithNanoff(Details, [option, words], "--port", "/dev/ttyTEST", "--network", "dhcp", "--wait", "0");
        Assert.AreEqual(2, run.Code, run.Output);
        StringAssert.Contains(run.Errors, complaint, StringComparison.Ordinal);
        StringAssert.Contains(run.Errors, "--name tap-", StringComparison.Ordinal);
    }

    private IEnumerable<string> Destinations(int call)
    {
        using var description = JsonDocument.Parse(File.ReadAllText(_folder.File($"{call}.json")));
        return [.. description.RootElement.GetProperty("Files").EnumerateArray().Select(f =>
            f.GetProperty("DestinationFilePath").GetString()!)];
    }

    private void Compile(string site, string table)
    {
        SigtabRun run = SigtabRun.Of("compile", _folder.File("t.rules"), "--site", _folder.File(site), "--key", First + ".pem",
            "--sequence", "1", "--out", table);
        Assert.AreEqual(0, run.Code, run.Errors);
    }

    // A box that deletes the table when it comes, and leaves these marks.
    private async Task<SigtabRun> PlayedBy(string box, string wait, params string[] marks)
    {
        using var ready = new CancellationTokenSource();
        Task playBox = Task.Run(async () =>
        {
            string inbox = Path.Combine(box, "inbox", "new.sigtab");
            while (!File.Exists(inbox) && !ready.IsCancellationRequested)
            {
                await Task.Delay(20);
            }

            File.Delete(inbox);
            foreach (string mark in marks)
            {
                File.WriteAllBytes(Path.Combine(box, mark), [0]);
            }
        });
        SigtabRun run = Provision("--simulator", box, "--network", "dhcp", "--name", "ward-3", "--wait", wait);
        await ready.CancelAsync();
        await playBox;
        return run;
    }

    private SigtabRun Provision(params string[] arguments) =>
        SigtabRun.Of(["provision", "--key", First + ".pub.pem", "--key", Second + ".pub.pem", "--table", Table, .. arguments]);

    private SigtabRun WithNanoff(string details, params string[] arguments) => WithNanoff(details, ["--never", ""], arguments);

    // A nanoff that notes how it is called, keeps each description, and says what a box would.
    private SigtabRun WithNanoff(string details, string[] failure, params string[] arguments)
    {
        string tools = Directory.CreateDirectory(_folder.File("tools")).FullName;
        Directory.CreateDirectory(_folder.File("temporary"));
        File.Delete(_folder.File("calls.txt"));
        _folder.Write("details.txt", Encoding.UTF8.GetBytes(details));
        string nanoff = Path.Combine(tools, "nanoff");
        File.WriteAllText(nanoff, $"""
            #!/bin/sh
            cd '{_folder.Path}'
            echo "$*" >> calls.txt
            number=$(wc -l < calls.txt)
            [ "$2" = --devicedetails ] && cat details.txt && exit 0
            cp "$4" "$number.json"
            [ "$3" = {failure[0]} ] && echo '{failure[1]}' && exit 0
            grep -q SourceFilePath.:null "$4" && echo "Deleting file...OK"
            exit 0
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(nanoff, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        string path = string.Join(Path.PathSeparator, tools, Path.GetDirectoryName(Environment.ProcessPath)!, "/usr/bin", "/bin");
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = _folder.Path,
            ["USERPROFILE"] = _folder.Path,
            ["PATH"] = path,
            ["TMPDIR"] = _folder.File("temporary")
        };
        return SigtabRun.With(environment, ["provision", "--key", First + ".pub.pem", "--key", Second + ".pub.pem", "--table", Table,
            .. arguments]);
    }

    private sealed class Hashes : IKeyCheck
    {
        public bool Check(byte[] octets, int length, byte[] publicKey, byte[] signature, int at) => throw new NotSupportedException();

        public bool IsKey(byte[] octets, int at) => true;

        public void Hash(byte[] octets, int at, int length, byte[] hash) =>
            System.Security.Cryptography.SHA256.HashData(octets.AsSpan(at, length), hash);
    }
}
