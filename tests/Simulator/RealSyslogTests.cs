using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Appliance.Playback.Alerts;
using Appliance.Simulator.Alerts;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>
/// The two syslog daemons that hospitals run receive the alerts, and their own parsers find every parameter of ours. Each is
/// started
/// by the test on the loopback address, with a configuration and a folder of its own.
/// </summary>
[TestClass]
public sealed class RealSyslogTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] Parameters =
    [
        "id", "state", "severity", "sid", "proto", "src", "srcs", "dst", "dsts", "dport", "frames", "name", "answeredBy", "hosts", "dur",
        "ttl", "flags", "sport", "stride", "unseen", "answered", "refused", "silent", "dark", "related", "list", "period", "group",
        "expected", "lost", "dports", "site",
    ];

    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    [NeedsTool("rsyslogd")]
    [DataRow("udp")]
    [DataRow("tcp")]
    public void RsyslogFindsTheStructuredData(string protocol)
    {
        int port = CollectorTests.FreePort(protocol == "udp" ? SocketType.Dgram : SocketType.Stream);
        CheckRsyslog(protocol, port, $"""
            module(load="im{protocol}")
            """, $"im{protocol}");
    }

    [TestMethod]
    [NeedsTool("rsyslogd")]
    [DataRow("gtls")]
    [DataRow("ossl")]
    public void RsyslogTakesTls(string driver)
    {
        using CollectorCertificate certificate = CollectorCertificate.For(IPAddress.Loopback);
        string authority = _folder.Write("ca.pem", Encoding.ASCII.GetBytes(certificate.Authority.ExportCertificatePem()));
        string shown = _folder.Write("cert.pem", Encoding.ASCII.GetBytes(certificate.Server.ExportCertificatePem()));
        string key = _folder.Write("key.pem", Encoding.ASCII.GetBytes(certificate.KeyPem()));
        int port = CollectorTests.FreePort(SocketType.Stream);
        CheckRsyslog("tls", port, $"""
            global(defaultNetstreamDriver="{driver}" defaultNetstreamDriverCAFile="{authority}"
              defaultNetstreamDriverCertFile="{shown}" defaultNetstreamDriverKeyFile="{key}")
            module(load="imtcp" streamDriver.name="{driver}" streamDriver.mode="1" streamDriver.authMode="anon")
            """, "imtcp", "--site", TlsTests.Site(_folder, certificate));
    }

    [TestMethod]
    [NeedsTool("rsyslogd")]
    [DataRow("udp")]
    [DataRow("tcp")]
    public void RsyslogGetsEachStateOfTheMirrorAndItsEnd(string protocol)
    {
        int port = CollectorTests.FreePort(protocol == "udp" ? SocketType.Dgram : SocketType.Stream);
        string output = _folder.File("received");
        string configuration = _folder.Write("rsyslog.conf", Encoding.UTF8.GetBytes($$"""
            global(workDirectory="{{_folder.Path}}" maxMessageSize="8k")
            module(load="im{{protocol}}")
            module(load="mmpstrucdata")
            template(name="line" type="list") {
              property(name="msgid") constant(value=" ") property(name="syslogseverity") constant(value=" ")
              property(name="$!rfc5424-sd!health@32473!part") constant(value=" ") property(name="$!rfc5424-sd!health@32473!state")
              constant(value=" ") property(name="$!rfc5424-sd!health@32473!share") constant(value="\n")
            }
            ruleset(name="all") {
              action(type="mmpstrucdata" sd_name.lowercase="off")
              if $msgid == "health" then action(type="omfile" file="{{output}}" template="line")
            }
            input(type="im{{protocol}}" address="127.0.0.1" port="{{port}}" ruleset="all")
            """));
        using var daemon = new Daemon("rsyslogd", "-n", "-f", configuration, "-i", _folder.File("pid"));
        daemon.WaitUntil(() => IsListening(protocol, port), "to listen");
        string capture = _folder.Write("mirror.pcap", MirrorCaptures.Of(("good", 100), ("broadcasts", 320), ("good", 60), ("sealed", 130), ("good", 100),
            ("elsewhere", 320), ("twice", 130), ("good", 100), ("third", 130), ("good", 300), ("answers", 130), ("good", 130), ("quiet", 90), ("good", 60)));
        string site = _folder.Write("site.toml", Encoding.UTF8.GetBytes(MirrorCaptures.Site));
        TapsimRun.Run("replay", capture, "--site", site, "--messages", "all", "--collector", $"{protocol}://127.0.0.1:{port}", "--alerts", _folder.File("lines"))
            .Expect(0);
        const string Last = "health 5 mirror frames ";
        daemon.WaitUntil(() => File.Exists(output) && Lines(output).Contains(Last), "to write the last message");
        string[] expected =
        [
            "health 4 mirror no-mirror ", "health 5 mirror mirrored ", "health 4 mirror unreadable 100", "health 5 mirror readable ",
            "health 4 mirror foreign ", "health 5 mirror home ", "health 4 mirror doubled", "health 5 mirror single ",
            "health 4 mirror partial", "health 5 mirror whole ", "health 4 mirror one-sided ", "health 5 mirror both-directions ",
            "health 4 mirror quiet ", Last,
        ];
        string[] received = [.. Lines(output).Where(line => line.Contains(" mirror ", StringComparison.Ordinal))
            .Select(line => System.Text.RegularExpressions.Regex.Replace(line, "(partial|doubled) [1-9][0-9]$", "$1"))];
        CollectionAssert.AreEqual(expected, received, string.Join('\n', received));
    }

    internal static string[] Lines(string output)
    {
        using var stream = new FileStream(output, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(stream).ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private void CheckRsyslog(string protocol, int port, string modules, string input, params string[] options)
    {
        string output = _folder.File("received");
        string configuration = _folder.Write("rsyslog.conf", Encoding.UTF8.GetBytes($$"""
            global(workDirectory="{{_folder.Path}}" maxMessageSize="8k")
            {{modules}}
            module(load="mmpstrucdata")
            template(name="line" type="list") {
              constant(value="{\"kind\":\"") property(name="msgid")
              constant(value="\",\"time\":\"") property(name="timereported" dateformat="rfc3339")
              constant(value="\",\"facility\":\"") property(name="syslogfacility-text")
              constant(value="\",\"level\":\"") property(name="syslogseverity")
              constant(value="\",\"host\":\"") property(name="hostname")
              constant(value="\",\"text\":\"") property(name="msg" format="json")
              constant(value="\",\"data\":") property(name="$!rfc5424-sd!incident@32473") constant(value="}\n")
            }
            ruleset(name="all") {
              action(type="mmpstrucdata" sd_name.lowercase="off")
              action(type="omfile" file="{{output}}" template="line")
            }
            input(type="{{input}}" address="127.0.0.1" port="{{port}}" ruleset="all")
            """));
        using var daemon = new Daemon("rsyslogd", "-n", "-f", configuration, "-i", _folder.File("pid"));
        const string NoDriver = "could not load module 'lmnsd_";
        daemon.WaitUntil(() => IsListening(protocol, port) || daemon.HasSaid(NoDriver), "to listen");
        if (daemon.HasSaid(NoDriver) && !NeedsToolAttribute.IsCi)
        {
            Assert.Inconclusive("rsyslogd is here without its TLS drivers (packages rsyslog-gnutls and rsyslog-openssl)");
        }

        CheckReceived(protocol, port, daemon, output, options);
    }

    [TestMethod]
    [NeedsTool("syslog-ng")]
    [DataRow("udp")]
    [DataRow("tcp")]
    public void SyslogNgFindsTheStructuredData(string protocol)
    {
        int port = CollectorTests.FreePort(protocol == "udp" ? SocketType.Dgram : SocketType.Stream);
        string output = _folder.File("received");
        string pairs = string.Join(' ', Parameters.Select(name => $"{name}=\"${{.SDATA.incident@32473.{name}}}\""));
        string[] fields =
        [
            "kind:${MSGID}", "time:${S_ISODATE}", "facility:${FACILITY}", "level:${LEVEL_NUM}", "host:${HOST}", "text:${MSG}",
        ];
        string members = string.Concat(fields.Select(field => $"\"{field.Replace(":", "\":\"")}\","));
        string template = $"{{{members}\"data\":$(format-json {pairs})}}".Replace("\"", "\\\"") + "\\n";
        string configuration = _folder.Write("syslog-ng.conf", Encoding.UTF8.GetBytes($$"""
            @version: current
            options { keep-hostname(yes); stats-freq(0); dns-cache(no); use-dns(no); };
            source all { syslog(ip("127.0.0.1") port({{port}}) transport("{{protocol}}")); };
            destination received {
              file("{{output}}" template("{{template}}") frac-digits(3) time-zone("+00:00"));
            };
            log { source(all); destination(received); };
            """));
        using var daemon = new Daemon("syslog-ng", "-F", "--no-caps", "-f", configuration, "-R", _folder.File("persist"),
            "-p", _folder.File("pid"), "-c", _folder.File("control"));
        CheckReceived(protocol, port, daemon, output);
    }

    /// <summary>Replays all detects to a daemon and compares what it understood with what was said.</summary>
    private void CheckReceived(string protocol, int port, Daemon daemon, string output, params string[] options)
    {
        daemon.WaitUntil(() => IsListening(protocol, port), "to listen");
        string alerts = _folder.File("alerts");
        string[] arguments = ["replay", .. Enumerable.Range(1, 10).Select(TapsimRun.Detect), "--alerts", alerts,
            "--collector", $"{protocol}://127.0.0.1:{port}", .. options];
        TapsimRun run = TapsimRun.Run(arguments).Expect(0);
        Assert.AreEqual(options.Contains("--site") ? string.Empty : TapsimRun.PracticalsHomeOfSome, TlsTests.WithoutNotes(run.Errors));
        List<AlertLine> sent = [.. File.ReadAllLines(alerts).Select(Parse).Where(line => line.IsIncident)];
        daemon.WaitUntil(() => File.Exists(output) && Received(output).Count >= sent.Count, $"to write {sent.Count} messages");
        List<JsonElement> received = Received(output);
        Assert.AreEqual(sent.Count, received.Count);
        for (int i = 0; i < sent.Count; i++)
        {
            AlertLine line = sent[i];
            JsonElement message = received[i];
            string Of(string name) => message.GetProperty(name).GetString()!;
            Assert.AreEqual((line.Kind, line.HostName, "authpriv"), (Of("kind"), Of("host"), Of("facility")));
            Assert.AreEqual((line.Priority & 7).ToString(), Of("level"));
            Assert.AreEqual(line.Message, Of("text").Trim());
            Assert.AreEqual(line.Time, DateTimeOffset.Parse(Of("time"), System.Globalization.CultureInfo.InvariantCulture));
            Dictionary<string, string> understood = message.GetProperty("data").EnumerateObject()
                .Where(parameter => parameter.Value.ToString().Length > 0).ToDictionary(p => p.Name, p => p.Value.ToString());
            Dictionary<string, string> said = Parameters.Where(name => line[name].Length > 0).ToDictionary(name => name, name =>
                line[name]);
            CollectionAssert.AreEquivalent(said, understood, $"message {i + 1}");
        }
    }

    /// <summary>Whole lines only: the daemon may be in the middle of one.</summary>
    private static List<JsonElement> Received(string output)
    {
        using var stream = new FileStream(output, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        string text = new StreamReader(stream).ReadToEnd();
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static AlertLine Parse(string line)
    {
        Assert.IsTrue(AlertLine.TryParse(Encoding.UTF8.GetBytes(line), out AlertLine? parsed, out string? problem), problem);
        return parsed;
    }

    /// <summary>Whether the port is taken, without sending anything to it.</summary>
    internal static bool IsListening(string protocol, int port)
    {
        bool isUdp = protocol == "udp";
        using var socket = new Socket(AddressFamily.InterNetwork, isUdp ? SocketType.Dgram : SocketType.Stream,
            isUdp ? ProtocolType.Udp : ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return true;
        }
    }
}
