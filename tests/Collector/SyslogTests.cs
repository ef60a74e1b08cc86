using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Appliance.Playback.Alerts;
using Appliance.Simulator.Tests;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Collector.Tests;

/// <summary>
/// The configurations of rsyslog and syslog-ng in the daemons themselves: what comes out says what went in, number for number.
/// </summary>
[TestClass]
public sealed class SyslogTests
{
    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    [NeedsTool("rsyslogd")]
    public void RsyslogKeepsLinesAndJson()
    {
        int port = Network.FreePort(SocketType.Dgram);
        string text = Configuration("rsyslog/tap-receive.conf", port) + Configuration("rsyslog/tap-json.conf", port);
        string file = _folder.Write("r.conf", Encoding.UTF8.GetBytes($"global(workDirectory=\"{_folder.Path}\")\n{text}"));
        using var daemon = new Daemon("rsyslogd", "-n", "-f", file, "-i", _folder.File("pid"));
        Check(daemon, port);
        JsonElement incident = JsonDocument.Parse(File.ReadLines(_folder.File("tap.json")).First()).RootElement;
        Assert.AreEqual(JsonValueKind.Number, incident.GetProperty("dsts").ValueKind);
        Assert.AreEqual((17, 27, 4, 1.5m), (incident.GetProperty("id").GetInt32(), incident.GetProperty("dsts").GetInt32(),
            incident.GetProperty("severity").GetInt32(),
            incident.GetProperty("period").GetDecimal()));
        Assert.AreEqual(("ward-3", "POP3 sweep: 27 hosts | a=b"),
            (incident.GetProperty("site").GetString(), incident.GetProperty("message").GetString()));
    }

    [TestMethod]
    [NeedsTool("syslog-ng")]
    public void SyslogNgKeepsLinesAndJson()
    {
        int port = Network.FreePort(SocketType.Dgram);
        string file = _folder.Write("s.conf", Encoding.UTF8.GetBytes(Configuration("syslog-ng/tap.conf", port)));
        using var daemon = new Daemon("syslog-ng", "-F", "-f", file, "-R", _folder.File("persist"), "-c", _folder.File("control"),
            "-p", _folder.File("pid"), "--no-caps");
        Check(daemon, port);
    }

    /// <summary>syslog-ng 3.38 refuses the whole configuration where a function has more than 64 words, its own name
    /// counted.</summary>
    [TestMethod]
    public void NoFunctionOfSyslogNgHasMoreWordsThanItTakes()
    {
        string text = File.ReadAllText(Repository.PathOf("tools", "Collector", "syslog-ng", "tap.conf"));
        MatchCollection functions = Regex.Matches(text, @"rewrite (r_tap_\w+) \{ set\(""\$\((format-json .*?)\)"" value\(",
            RegexOptions.Singleline);
        CollectionAssert.AreEqual(AlertFormat.Elements.Select(e => "r_tap_" + e).ToList(),
            functions.Select(f => f.Groups[1].Value).ToList());
        foreach (Match function in functions)
        {
            int words = function.Groups[2].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
            Assert.IsLessThanOrEqualTo(64, words, function.Groups[1].Value);
        }
    }

    /// <summary>A line of an element with all that the definition knows of it.</summary>
    private static string Whole(string element)
    {
        AlertFormat format = AlertFormat.Read();
        string kind = format.Kinds.First(k => k.Element == element).Msgid;
        IEnumerable<string> parameters = format.Of(element).Select((p, i) =>
            $"{p.Name}=\"{(p.IsNumber ? $"{i + 1}{(p.IsWhole ? "" : ".5")}" : p.Values.FirstOrDefault() ?? $"text-{i}")}\"");
        return $"<84>1 2026-04-08T04:09:48.000Z tap-1f2e3d tap 12 {kind} [{element}@{format.Enterprise} {string.Join(' ', parameters)}]"
            + "[meta sequenceId=\"9\" sysUpTime=\"26124\"] whole";
    }

    /// <summary>Sends lines, and reads both files back as tapsim report does.</summary>
    private void Check(Daemon daemon, int port)
    {
        daemon.WaitUntil(() => Network.IsTaken(port), "to listen");
        List<string> sent = [.. Sample.OneOfEach, .. AlertFormat.Elements.Select(Whole), .. Sample.Detects.Take(60)];
        Network.Send(port, sent.Append("<13>1 2026-04-08T04:05:48Z web1 sshd 1 - - Failed password"));
        foreach (string name in new[] { "tap.log", "tap.json" })
        {
            daemon.WaitUntil(() => LinesOf(name).Count >= sent.Count,
                $"to write {sent.Count} lines to {name} ({LinesOf(name).Count} are there)");
            List<string> received = LinesOf(name);
            Assert.HasCount(sent.Count, received, "the other program's line is left out");
            for (int i = 0; i < sent.Count; i++)
            {
                AlertLine before = Sample.Read(sent[i]);
                AlertLine? after = LogForm.Read(Encoding.UTF8.GetBytes(received[i]), out Unread why);
                Assert.AreEqual(Unread.None, why, received[i]);
                Assert.AreEqual((before.Time, before.HostName, before.Boot, before.Kind, before.Sequence, before.Message),
                    (after!.Time, after.HostName, after.Boot, after.Kind, after.Sequence, after.Message), received[i]);
                CollectionAssert.AreEquivalent(before.Parameters.ToList(), after.Parameters.ToList(), received[i]);
            }
        }
    }

    /// <summary>The configuration as it stands, with this test's ports and files.</summary>
    private string Configuration(string file, int port)
    {
        int other = Network.FreePort();
        return File.ReadAllText(Repository.PathOf("tools", "Collector", file))
            .Replace("port=\"514\"", $"address=\"127.0.0.1\" port=\"{port}\"", StringComparison.Ordinal).Replace("port=\"601\"",
                $"address=\"127.0.0.1\" port=\"{other}\"", StringComparison.Ordinal)
            .Replace("port(514)", $"ip(\"127.0.0.1\") port({port})", StringComparison.Ordinal).Replace("port(601)",
                $"ip(\"127.0.0.1\") port({other})", StringComparison.Ordinal)
            .Replace("/var/log/", _folder.Path + "/", StringComparison.Ordinal);
    }

    /// <summary>Whole lines only: the daemon may be in the middle of one.</summary>
    private List<string> LinesOf(string name)
    {
        string path = _folder.File(name);
        if (!File.Exists(path))
        {
            return [];
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        string text = new StreamReader(stream).ReadToEnd();
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
