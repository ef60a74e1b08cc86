using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>What .github/PRIVACY.md promises: nothing that a packet carried leaves the box or stays on it.</summary>
[TestClass]
public sealed class PrivacyTests
{
    private const string Site = "[site]\nname = \"ward\"\nhome = [\"10.20.30.0/24\"]\n[groups]\nHL7_SERVERS = [\"10.20.30.5\"]\n"
        + "[collector]\naddress = \"udp://192.0.2.10:514\"\n";

    // A site's own rule that looks for a patient: the worst that a table can ask for. The other makes the conversation an
    // incident.
    private const string Rules = "alert tcp any any -> $HL7_SERVERS 2575 ( msg:\"HL7 of somebody\"; content:\"DOE^JANE\"; "
        + "classtype:policy-violation; priority:3; sid:1001001; rev:1; )\n"
        + "alert tcp $EXTERNAL_NET any -> $HL7_SERVERS 2575 ( msg:\"HL7 from outside\"; flags:S,CE; flow:stateless; "
        + "classtype:policy-violation; priority:3; metadata:kind restricted-service; sid:1001002; rev:1; )\n";

    private static readonly string[] Words = ["DOE", "JANE", "19700101", "MRN4711", "Ultrasound", "WARD7PC"];

    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    public void NothingOfAPatientIsInALineOrOnTheStorage()
    {
        string box = _folder.File("box");
        string stats = _folder.File("stats.json");
        string matches = _folder.File("matches");
        string[] lines = TapsimRun.Run("replay", Captured(), "--site", _folder.Write("site.toml", Encoding.ASCII.GetBytes(Site)),
            "--rules", _folder.Write("own.rules", Encoding.ASCII.GetBytes(Rules)), "--storage", box, "--messages", "all",
            "--alerts", "-", "--stats", stats, "--matches", matches).Expect(0).Lines;

        Assert.Contains("1:1001001:1", File.ReadAllText(matches), "the rule has seen the name");
        Assert.IsTrue(lines.Any(l => l.Contains(" restricted-service ", StringComparison.Ordinal)), string.Join('\n', lines));
        Assert.IsTrue(lines.Any(l => l.Contains(" sweep ", StringComparison.Ordinal)), string.Join('\n', lines));
        Assert.IsTrue(lines.Any(l => l.Contains(" heartbeat ", StringComparison.Ordinal)), string.Join('\n', lines));
        List<string> stored = [.. Directory.EnumerateFiles(box, "*", SearchOption.AllDirectories)];
        Assert.IsNotEmpty(stored, "the box counts its starts");
        foreach (string word in Words)
        {
            Assert.AreEqual("", string.Join('\n', lines.Where(l => l.Contains(word, StringComparison.OrdinalIgnoreCase))), word);
            Assert.DoesNotContain(word, File.ReadAllText(stats));
            Assert.AreEqual("", string.Join('\n', stored.Where(f => Encoding.Latin1.GetString(File.ReadAllBytes(f))
                .Contains(word, StringComparison.OrdinalIgnoreCase))), word);
        }
    }

    /// <summary>
    /// An outsider sends an HL7 message, sweeps with the same words in its datagrams, and a station broadcasts its name; for ten
    /// minutes.
    /// </summary>
    private string Captured()
    {
        const string Outsider = "203.0.113.9";
        byte[] message = Encoding.ASCII.GetBytes("\vPID|1||MRN4711||DOE^JANE||19700101|F\rOBR|1|||Ultrasound\r\u001c\r");
        var capture = new Capture();
        var lan = new Lan("10.20.30.0/24");
        var talk = new Talk(lan, capture);
        long start = Capture.Utc(2026, 3, 2, "13:00:00");
        Ip there = talk.Between(Outsider, "10.20.30.5");
        Ip back = talk.Between("10.20.30.5", Outsider);
        capture.Add(start, there.Tcp(40_000, 2575, "S", 100));
        capture.Add(start + 1_000, back.Tcp(2575, 40_000, "SA", 900, 101));
        capture.Add(start + 2_000, there.Tcp(40_000, 2575, "A", 101, 901));
        capture.Add(start + 3_000, there.Tcp(40_000, 2575, "PA", 101, 901, payload: message));
        capture.Add(start + 4_000, back.Tcp(2575, 40_000, "PA", 901, 101 + message.Length, payload: message));
        for (int i = 0; i < 40; i++)
        {
            capture.Add(start + (i * 100_000), talk.Between(Outsider, $"10.20.30.{50 + i}").Udp(33_000 + i, 161, message));
        }

        for (int minute = 0; minute < 10; minute++)
        {
            capture.Add(start + (minute * Capture.Minute),
                talk.Between("10.20.30.7", "10.20.30.255").Udp(137, 137, Payload.NameQuery(minute, "WARD7PC")));
        }

        return _folder.Write("traffic.pcap", Capture.Merge(capture));
    }
}
