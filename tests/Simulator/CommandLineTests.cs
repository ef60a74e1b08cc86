using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Security.Cryptography;
using Appliance.Playback.Alerts;
using Appliance.Simulator.Alerts;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>Options, exit codes and messages of the real program.</summary>
[TestClass]
public sealed class CommandLineTests
{
    private static readonly string Capture = TapsimRun.Detect(5);

    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    public void ACaptureWithoutACommandIsToldWhichOneTakesIt()
    {
        TapsimRun run = TapsimRun.Run(Capture).Expect(1);
        StringAssert.StartsWith(run.Errors, $"tapsim: '{Capture}' is no command; did you mean 'tapsim replay {Capture}'?\n");
    }

    [TestMethod]
    [DataRow("replay", "CAPTURE")]
    [DataRow("replai x.pcap", "tapsim: 'replai' is neither a command nor an option of tapsim; did you mean 'replay'?\nusage")]
    [DataRow("replay x.pcap --stat s.json", "unknown option '--stat'; did you mean '--stats'?")]
    [DataRow("replay x.pcap --report=", "--report")]
    [DataRow("replay x.pcap --colour", "unknown option '--colour'")]
    [DataRow("replay x.pcap --report -", "--report need a file")]
    [DataRow("replay x.pcap --tables t.sigtab", "unknown option '--tables'; did you mean '--table'?")]
    [DataRow("replay - -", "standard input (-) can be replayed once only")]
    [DataRow("replay x.pcap --rules", "--rules")]
    [DataRow("replay x.pcap --alerts", "--alerts")]
    [DataRow("replay x.pcap --alerts x.pcap", "x.pcap: is also an input")]
    [DataRow("replay x.pcap --alerts a --stats ./a", "./a: is given for two outputs")]
    [DataRow("--hlep", "tapsim: '--hlep' is neither a command nor an option of tapsim; did you mean '--help'?\nusage")]
    [DataRow("help", "tapsim: 'help' is neither a command nor an option of tapsim; did you mean '--help'?\nusage")]
    [DataRow("version", "tapsim: 'version' is neither a command nor an option of tapsim; did you mean '--version'?\nusage")]
    [DataRow("-v", "tapsim: '-v' is neither a command nor an option of tapsim; did you mean '--version'?\nusage")]
    [DataRow("replay x.pcap --matches -", "--matches, --stats and --report need a file")]
    [DataRow("replay x.pcap --speed fast", "--speed: 'fast' is not a number above 0, or max")]
    [DataRow("replay x.pcap --speed 0", "--speed: '0' is not")]
    [DataRow("replay x.pcap --drop 1.5", "--drop: '1.5' is not a number from 0 to 1")]
    [DataRow("replay x.pcap --ring 0", "--ring: '0' is not a whole number from 1 to 65536")]
    [DataRow("replay x.pcap --ring 2.5", "--ring: '2.5' is not a whole number")]
    [DataRow("replay x.pcap --collector 127.0.0.1", "'127.0.0.1' is no collector address")]
    [DataRow("replay x.pcap --collector dtls://h:6514", "'dtls' is not supported")]
    [DataRow("replay x.pcap --collector udp://h:1/x", "a host and a port only")]
    [DataRow("replay x.pcap --fault-clock unset@", "--fault-clock: 'unset@': unset takes no time; write unset")]
    [DataRow("replay x.pcap --fault-clock unset@5", "--fault-clock: 'unset@5': unset takes no time; write unset")]
    [DataRow("replay x.pcap --fault-storage cut:2@9", "--fault-storage: 'cut:2@9': cut takes no time; write cut:2")]
    [DataRow("replay x.pcap --fault-link down@", "--fault-link: '' is no time: FROM or FROM-TO in seconds")]
    [DataRow("replay x.pcap --storage ", "--storage: '' is empty; DIR is needed")]
    [DataRow("replay x.pcap --table ", "--table: '' is empty; FILE.sigtab is needed")]
    [DataRow("replay x.pcap --rules ", "--rules: '' is empty; FILE.rules is needed")]
    [DataRow("replay x.pcap --alerts ", "--alerts: '' is empty; FILE|- is needed")]
    [DataRow("replay ", "CAPTURE: '' is empty")]
    [DataRow("live ", "INTERFACE: '' is empty")]
    public void WrongUsageIsSaidOnStandardErrorAndWhereTheUsageStands(string arguments, string expected)
    {
        TapsimRun run = TapsimRun.Run(arguments.Split(' ')).Expect(1);
        StringAssert.Contains(run.Errors, expected);
        StringAssert.Contains(run.Errors, "--help tells what can be given");
        Assert.IsFalse(run.Errors.Contains("--alerts FILE", StringComparison.Ordinal), "the whole usage only when it is asked for");
        Assert.AreEqual(string.Empty, run.Output);
    }

    [TestMethod]
    [DataRow("replay {5} {9} --light", 0)]
    [DataRow("replay {5} {no-such-file}", 2)]
    [DataRow("explain {9} --src 209.235.11.254", 0)]
    [DataRow("report {lines} --markdown -", 0)]
    [DataRow("completion bash", 0)]
    [DataRow("replai", 1)]
    public void TheRealProgramSaysWhatItsCommandLineSaysWithinATest(string line, int exitCode)
    {
        TapsimRun.Run("replay", Capture, "--alerts", _folder.File("lines")).Expect(0);
        string[] arguments = [.. line.Split(' ').Select(w => w[0] != '{' ? w
            : int.TryParse(w[1..^1], out int detect) ? TapsimRun.Detect(detect) : _folder.File(w[1..^1]))];
        TapsimRun real = TapsimRun.OfProcess(arguments).Expect(exitCode);
        Assert.AreEqual(real, TapsimRun.Run(arguments));
        Assert.AreNotEqual(string.Empty, real.Output + real.Errors);
    }

    [TestMethod]
    [DataRow("replay --messages ", "alerts all")]
    [DataRow("replay --board wt", "wt32-eth01")]
    [DataRow("live --fault-link ", "down flap")]
    [DataRow("replay --fault-uplink ", "down flap no-address")]
    [DataRow("replay --fault-clock ", "silent@ step: unset")]
    public void FixedWordsAreCompleted(string line, string words)
    {
        string whole = "tapsim " + line;
        string[] said = TapsimRun.Run($"[suggest:{whole.Length}]", whole).Expect(0).Lines;
        string[] values = [.. said.Where(word => word.Length > 0 && word[0] is not ('-' or '/')).Order(StringComparer.Ordinal)];
        Assert.AreEqual(words, string.Join(' ', values));
    }

    [TestMethod]
    public void NoInputIsWrittenOverByAnyOfItsNames()
    {
        string capture = _folder.Write("capture.pcap", File.ReadAllBytes(Capture));
        string link = _folder.File("link.html");
        string key = _folder.File("box.pub.pem");
        File.CreateSymbolicLink(link, "capture.pcap");
        using (var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        {
            File.WriteAllText(key, pair.ExportSubjectPublicKeyInfoPem());
        }

        string before = File.ReadAllText(key);
        StringAssert.Contains(TapsimRun.Run("replay", capture, "--report", link).Expect(1).Errors, "is also an input");
        StringAssert.Contains(TapsimRun.Run("replay", Capture, "--key", key, "--stats", key).Expect(1).Errors, "is also an input");
        File.CreateSymbolicLink(_folder.File("same.html"), "page.html");
        StringAssert.Contains(TapsimRun.Run("replay", capture, "--report", _folder.File("page.html"), "--stats", _folder.File("same.html")).Expect(1)
            .Errors, "is given for two outputs");
        CollectionAssert.AreEqual(File.ReadAllBytes(Capture), File.ReadAllBytes(capture));
        Assert.AreEqual(before, File.ReadAllText(key));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [DataRow("--alerts")]
    [DataRow("--matches")]
    [DataRow("--stats")]
    public void AnOutputThatFailsTakesNoOtherWithIt(string failing)
    {
        string report = _folder.File("report.html");
        TapsimRun run = TapsimRun.Run("replay", TapsimRun.Detect(9), failing, "/dev/full", "--report", report).Expect(2);
        StringAssert.Contains(run.Errors, "can't write on to /dev/full: ");
        StringAssert.Contains(run.Errors, "the run goes on without it");
        StringAssert.Contains(File.ReadAllText(report), "BackOrifice 5556 sweep of 128.231.212.0/23 by 209.235.11.254: 40 hosts");
    }

    [TestMethod]
    public void WhatAStalledReceiverMissedIsNeitherSkippedNorSeen()
    {
        string stats = _folder.File("stats.json");
        string report = _folder.File("report.html");
        TapsimRun.Run("replay", TapsimRun.Detect(7), "--fault-ring", "stall", "--stats", stats, "--report", report).Expect(0);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(stats));
        long Number(string name) => json.RootElement.GetProperty(name).GetInt64();
        Assert.AreEqual((22, 19, 3, 0), (Number("frames"), Number("kept"), Number("missed"), Number("skipped")));
        StringAssert.Contains(File.ReadAllText(report), "3 frames never reached the sensor");
    }

    [TestMethod]
    public void HelpNamesEachOption()
    {
        TapsimRun run = TapsimRun.Run("replay", "--help").Expect(0);
        foreach (string option in "--rules --site --alerts --matches --stats --report --collector --speed --drop --ring".Split(' '))
        {
            StringAssert.Contains(run.Output, option);
        }

        StringAssert.Contains(TapsimRun.Run("--help").Expect(0).Output, "replay");
    }

    [TestMethod]
    public void WhatCantBeReadIsSaidBeforeAnythingIsReplayed()
    {
        string missing = _folder.File("missing.pcap");
        TapsimRun run = TapsimRun.Run("replay", Capture, missing, "--alerts", "-").Expect(2);
        Assert.AreEqual($"tapsim: can't read {missing}: there is no such file\n", run.Errors);
        Assert.AreEqual(string.Empty, run.Output);

        StringAssert.Contains(TapsimRun.Run("replay", _folder.Path).Expect(2).Errors, "is a folder, not a file");
        StringAssert.Contains(TapsimRun.Run("replay", Capture, "--rules", missing).Expect(2).Errors, missing);
        StringAssert.Contains(TapsimRun.Run("replay", Capture, "--site", missing).Expect(2).Errors, missing);
        StringAssert.Contains(
            TapsimRun.Run("replay", Capture, "--alerts", _folder.File("no/such/folder")).Expect(2).Errors,
                "there is no such folder");
    }

    [TestMethod]
    public void ARuleThatIsWrongNamesFileAndLine()
    {
        string rules = _folder.Write("bad.rules",
            "# fine\nalert tcp any any -> any any ( msg:\"x\"; pcre:\"/x/\"; sid:1; )\n"u8.ToArray());
        TapsimRun run = TapsimRun.Run("replay", Capture, "--rules", rules).Expect(2);
        StringAssert.Contains(run.Errors, "bad.rules");
        StringAssert.Contains(run.Errors, "2");
        StringAssert.Contains(run.Errors, "pcre");
    }

    [TestMethod]
    public void OtherLinkTypesAreRefused()
    {
        string file = _folder.Write("raw.pcap", new OctetWriter(false).PcapHeader(linkType: 101).ToArray());
        TapsimRun run = TapsimRun.Run("replay", file).Expect(2);
        Assert.AreEqual($"tapsim: {file}: has link type 101 (raw IP); the tap sees Ethernet (link type 1) only\ntapsim: nothing was read\n", run.Errors);
        Assert.AreEqual("no incidents: no frame was seen\n", run.Output);
    }

    [TestMethod]
    public void NoIncidentsOfAnotherNetworkAreNoAllClear()
    {
        string site = _folder.Write("mine.toml", "[site]\nname = \"mine\"\nhome = [\"10.99.0.0/16\"]\n"u8.ToArray());
        Assert.AreEqual("no incidents: no frame is of the home network\n", TapsimRun.Run("replay", TapsimRun.Detect(9), "--site", site).Expect(0).Output);
        string ordinary = Repository.PathOf("tests", "captures", "ordinary", "nmbd.pcap");
        Assert.AreEqual("no incidents\n", TapsimRun.Run("replay", ordinary).Expect(0).Output);
    }

    [TestMethod]
    public void AFileThatEndsWithinAPacketIsReplayedUpToThere()
    {
        byte[] whole = File.ReadAllBytes(Capture);
        string file = _folder.Write("cut.pcap", whole[..^20]);
        TapsimRun run = TapsimRun.Run("replay", file, "--stats", _folder.File("s.json")).Expect(0);
        StringAssert.Contains(run.Errors, $"{file}: ends in the middle of packet 3 at offset");
        StringAssert.Contains(File.ReadAllText(_folder.File("s.json")), "\"frames\": 2,");
    }

    [TestMethod]
    [Traffic.NeedsTool("script")]
    public void AtATerminalAReportIsForReadingAndInAPipeItIsAPage()
    {
        string lines = _folder.File("lines");
        TapsimRun.Run("replay", TapsimRun.Detect(9), "--alerts", lines).Expect(0);
        string program = typeof(ReplayOptions).Assembly.Location;
        string read = Traffic.ToolRun.Output("script", "-qec", $"dotnet {program} report {lines}", "/dev/null");
        StringAssert.Contains(read, "209.235.11.254");
        StringAssert.Contains(read, "# Incident report");
        Assert.DoesNotContain("<html", read);
        Assert.StartsWith("<!DOCTYPE html>", TapsimRun.Run("report", lines).Expect(0).Output);
    }

    [TestMethod]
    public void DamageIsSaidAndWhatCameBeforeIsReplayed()
    {
        byte[] damaged = [.. File.ReadAllBytes(Capture)];
        int second = 24 + 16 + BitConverter.ToInt32(damaged, 24 + 8);
        damaged[second + 8 + 3] = 0x7f;
        string file = _folder.Write("damaged.pcap", damaged);
        TapsimRun run = TapsimRun.Run("replay", file, Capture, "--stats", _folder.File("s.json")).Expect(2);
        StringAssert.Contains(run.Errors, $"{file}: is damaged at offset {second}: packet 2 claims");
        StringAssert.Contains(File.ReadAllText(_folder.File("s.json")), "\"frames\": 4,");
    }

    [TestMethod]
    public void StandardInputIsACaptureToo()
    {
        string fromFile = TapsimRun.Run("replay", Capture, "--alerts", "-").Expect(0).Output;
        string fromInput = TapsimRun.RunWith(File.ReadAllBytes(Capture), "replay", "-", "--alerts", "-").Expect(0).Output;
        Assert.AreEqual(fromFile, fromInput);
        Assert.IsTrue(fromFile.Length > 0);
        StringAssert.Contains(TapsimRun.OfProcess("replay", "-").Expect(2).Errors, "standard input: is empty");
    }

    [TestMethod]
    public void AlertsAreTheSameOnStandardOutputAndInAFileAndTheSameEachTime()
    {
        string file = _folder.File("alerts");
        Assert.AreEqual(string.Empty, TapsimRun.Run("replay", Capture, "--alerts", file).Expect(0).Output);
        string[] lines = TapsimRun.Run("replay", Capture, "--alerts", "-").Expect(0).Lines;
        CollectionAssert.AreEqual(File.ReadAllLines(file), lines);
        foreach (string line in lines)
        {
            Assert.IsTrue(AlertLine.TryParse(System.Text.Encoding.UTF8.GetBytes(line), out _, out string? problem), problem);
        }
    }

    [TestMethod]
    public void WithoutAlertsAPersonCanReadTheIncidents()
    {
        string output = TapsimRun.Run("replay", Capture).Expect(0).Output;
        StringAssert.Contains(output, "sweep");
        StringAssert.Contains(output, "38.31.117.17");
        Assert.IsFalse(output.Contains("incident@", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("10.20.30.9", "Take the source off the network until somebody has looked at it")]
    [DataRow("203.0.113.9", "Block the source at the border")]
    public void AdviceKnowsWhetherTheActorIsAtHome(string actor, string advice)
    {
        var capture = new Traffic.Capture();
        var talk = new Talk(new Lan("10.20.30.0/24"), capture);
        for (int i = 0; i < 20; i++)
        {
            talk.Refused(Traffic.Capture.Utc(2026, 3, 2) + (i * Traffic.Capture.Second / 10), actor, 2000 + i, FormattableString.Invariant($"10.20.30.{40 + i}"), 8090);
        }

        string pcap = _folder.Write("inside.pcap", capture);
        string site = _folder.Write("site.toml", "[site]\nname = \"x\"\nhome = [\"10.20.30.0/24\"]\n"u8.ToArray());
        string output = TapsimRun.Run("replay", pcap, "--site", site).Expect(0).Output;
        StringAssert.Contains(output, actor + " -> 10.20.30.");
        StringAssert.Contains(output, advice);
    }

    // Whose names change is told by his card's address, and a card is heard on its own segment only.
    [TestMethod]
    public void AnActorThatIsACardIsAtHome()
    {
        var capture = new Traffic.Capture();
        var lan = new Lan("10.20.30.0/24");
        for (int i = 0; i < 40; i++)
        {
            byte[] question = lan.WhoHas(FormattableString.Invariant($"10.20.30.{10 + (i % 20)}"), FormattableString.Invariant($"10.20.30.{100 + i}"));
            byte[] card = [2, 4, 10, 20, 30, 99];
            card.CopyTo(question, 6);
            card.CopyTo(question, 22);
            capture.Add(Traffic.Capture.Utc(2026, 3, 2) + (i * Traffic.Capture.Second / 10), question);
        }

        string output = TapsimRun.Run("replay", _folder.Write("card.pcap", capture)).Expect(0).Output;
        StringAssert.Contains(output, "    02:04:0a:14:1e:63 -> 10.20.30.");
        StringAssert.Contains(output, "    Take the source off the network until somebody has looked at it, and look at each host that answered.\n");
        Assert.DoesNotContain("border", output);
    }

    [TestMethod]
    [DataRow(true, "    medium, since no service answered: an answer would raise it\n")]
    [DataRow(false, "    medium, since nothing answered: an answer would raise it\n")]
    public void ARefusalIsAnAnswerOfNoService(bool isRefused, string grounds)
    {
        var capture = new Traffic.Capture();
        var talk = new Talk(new Lan("10.20.30.0/24"), capture);
        for (int i = 0; i < 20; i++)
        {
            long time = Traffic.Capture.Utc(2026, 3, 2) + (i * Traffic.Capture.Second / 10);
            string host = FormattableString.Invariant($"10.20.30.{40 + i}");
            if (isRefused)
            {
                talk.Refused(time, "10.20.30.9", 2000 + i, host, 8090);
            }
            else
            {
                capture.Add(time, talk.Syn("10.20.30.9", 2000 + i, host, 8090, talk.NextSequence()));
            }
        }

        StringAssert.Contains(TapsimRun.Run("replay", _folder.Write("refused.pcap", capture)).Expect(0).Output, grounds);
    }

    [TestMethod]
    public void MatchesNameTheFrameOverAllCaptures()
    {
        string rules = _folder.Write("one.rules",
            "alert tcp any any -> any 12345 ( msg:\"x\"; flags:S; gid:3; sid:77; rev:5; )\n"u8.ToArray());
        TapsimRun.Run("replay", TapsimRun.Detect(2), Capture, "--rules", rules, "--matches", _folder.File("m")).Expect(0);
        CollectionAssert.AreEqual(new[] { "26\t3:77:5", "27\t3:77:5", "28\t3:77:5" }, File.ReadAllLines(_folder.File("m")));
    }

    [TestMethod]
    public void StatisticsAddUp()
    {
        string stats = _folder.File("s.json");
        TapsimRun.Run("replay", Capture, TapsimRun.Detect(6), "--stats", stats, "--alerts", _folder.File("a")).Expect(0);
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(stats));
        long Number(string name) => json.RootElement.GetProperty(name).GetInt64();
        Assert.AreEqual(138, Number("frames"));
        Assert.AreEqual(138, Number("kept") + Number("skipped"));
        Assert.AreEqual(0, Number("lost"));
        Assert.AreEqual(File.ReadAllLines(_folder.File("a")).Length, Number("alerts"));
        Assert.IsTrue(Number("bytes") > 138 * 42);
        Assert.IsTrue(json.RootElement.GetProperty("seconds").GetDouble() > 0);
        Assert.IsTrue(json.RootElement.GetProperty("framesPerSecond").GetDouble() > 0);
        foreach (string group in new[] { "undecodable", "incidents", "evictions", "deviceMemory" })
        {
            Assert.IsTrue(json.RootElement.GetProperty(group).EnumerateObject().Any(), group);
        }

        Assert.AreEqual(2, json.RootElement.GetProperty("incidents").EnumerateObject().Sum(kind => kind.Value.GetInt32()));
    }

    [TestMethod]
    public void LossesAreCountedAndTheSameEachTime()
    {
        string[] Lossy(string name)
        {
            TapsimRun.Run("replay", TapsimRun.Detect(9), "--drop", "0.5", "--stats", _folder.File(name), "--alerts",
                "-").Expect(0);
            return [.. File.ReadAllLines(_folder.File(name)).Where(line => line.Contains("lost") || line.Contains("kept"))];
        }

        string[] first = Lossy("first");
        CollectionAssert.AreEqual(first, Lossy("second"));
        int lost = int.Parse(string.Concat(first.Single(line => line.Contains("lost")).Where(char.IsAsciiDigit)));
        Assert.IsTrue(lost is > 5 and < 35, $"{lost} of 40 frames lost");
    }

    [TestMethod]
    public void ARingOfOneSlotGivesTheSameIncidents()
    {
        string wide = TapsimRun.Run("replay", TapsimRun.Detect(9)).Expect(0).Output;
        string narrow = TapsimRun.Run("replay", TapsimRun.Detect(9), "--ring", "1").Expect(0).Output;
        Assert.AreEqual(wide, narrow);
    }

    [TestMethod]
    public void SpeedFollowsTheCapturesClock()
    {
        // 0.5 s of capture at half the speed take a second; the frames then lie about 40 ms apart, so that none is lost.
        string stats = _folder.File("s.json");
        TapsimRun.Run("replay", TapsimRun.Detect(2), "--speed", "0.5", "--stats", stats).Expect(0);
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(stats));
        Assert.IsTrue(json.RootElement.GetProperty("seconds").GetDouble() >= 0.9);
        Assert.AreEqual(0, json.RootElement.GetProperty("lost").GetInt64());
    }

    [TestMethod]
    public void AReaderThatGoesAwayIsNoError()
    {
        using System.Diagnostics.Process process = TapsimRun.Start("replay", "-", "--alerts", "-");
        process.StandardOutput.Close();
        try
        {
            process.StandardInput.BaseStream.Write(File.ReadAllBytes(TapsimRun.Detect(9)));
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It stopped reading.
        }

        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(TapsimRun.PracticalsHome, errors);
        Assert.AreEqual(0, process.ExitCode);
    }

    [TestMethod]
    [Traffic.NeedsTool("kill")]
    [DataRow("-INT")]
    [DataRow("-TERM")]
    public void AnInterruptedReplayClosesWhatIsOpenAndSaysSo(string signal)
    {
        // The second takes more than an hour at its own speed.
        using System.Diagnostics.Process process = TapsimRun.Start("replay", TapsimRun.Detect(3), TapsimRun.Detect(6), "--speed", "1",
            "--alerts", "-", "--report", _folder.File("r.html"));
        string first = process.StandardOutput.ReadLine()!;
        StringAssert.Contains(first, "state=\"open\"");
        if (signal == "-INT" && Ignores(process.Id, 2))
        {
            process.Kill();
            Assert.Inconclusive("a shell that runs tests in the background has its children ignore an interrupt");
        }

        Traffic.ToolRun.Output("kill", signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        string rest = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        StringAssert.Contains(rest, "state=\"closed\"");
        System.Text.RegularExpressions.Match said = System.Text.RegularExpressions.Regex.Match(errors,
            "^" + System.Text.RegularExpressions.Regex.Escape(TapsimRun.PracticalsHomeOfSome)
            + "tapsim: (interrupted after (1 frame|[1-9][0-9]? frames))\n$");
        Assert.IsTrue(said.Success, errors);
        Assert.AreNotEqual("1 frames", said.Groups[2].Value);
        StringAssert.Contains(File.ReadAllText(_folder.File("r.html")), "captures, " + said.Groups[1].Value);
        Assert.AreEqual(130, process.ExitCode);
    }

    // A signal that was ignored when a program was started it ignores too, as nohup wants it: the test would wait for ever.
    private static bool Ignores(int process, int signal)
    {
        string status = $"/proc/{process}/status";
        string ignored = File.Exists(status) ? File.ReadLines(status).Single(l => l.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim() : "0";
        return (ulong.Parse(ignored, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << (signal - 1))) != 0;
    }

    [TestMethod]
    [Traffic.NeedsTool("editcap")]
    [DataRow("pcapng")]
    [DataRow("nsecpcap")]
    [DataRow("modpcap")]
    [DataRow("pcap")]
    public void FilesOfWiresharksOwnWriter(string format)
    {
        string file = _folder.File("capture");
        Traffic.ToolRun.Output("editcap", "-F", format, Capture, file);
        Assert.AreEqual(TapsimRun.Run("replay", Capture, "--alerts", "-").Expect(0).Output,
            TapsimRun.Run("replay", file, "--alerts", "-").Expect(0).Output);
    }
}
