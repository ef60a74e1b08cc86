using System;
using System.Linq;
using System.Text;
using Appliance.Playback.Alerts;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests.Report;

/// <summary>
/// Each form in which a collector keeps a line gives the same facts, and each sort of bad line is called what it is.
/// </summary>
[TestClass]
public sealed class LogFormTests
{
    private const string Data = "[incident@32473 id=\"17\" state=\"open\" severity=\"2\" src=\"192.0.2.1\" dsts=\"6\"][meta "
        + "sequenceId=\"5\" sysUpTime=\"8123\"]";
    private const string Line = "<85>1 2026-04-07T05:22:07.776Z tap-1f2e3d tap 12 sweep " + Data + " NetBus sweep";

    [TestMethod]
    [DataRow(Line)]
    [DataRow("171 " + Line)]
    [DataRow("2026-04-07T05:22:08+00:00 relay " + Line)]
    [DataRow("2026-04-07T05:22:07.776Z tap-1f2e3d tap 12 sweep " + Data + " NetBus sweep")]
    [DataRow("{\"msg\":\"NetBus sweep\",\"rawmsg\":\"<85>1 2026-04-07T05:22:07.776Z tap-1f2e3d tap 12 sweep [incident@32473 "
        + "id=\\\"17\\\" state=\\\"open\\\" "
        + "severity=\\\"2\\\" src=\\\"192.0.2.1\\\" dsts=\\\"6\\\"][meta sequenceId=\\\"5\\\"] NetBus sweep\"}")]
    [DataRow("{\"timereported\":\"2026-04-07T05:22:07.776Z\",\"hostname\":\"tap-1f2e3d\",\"app-name\":\"tap\","
        + "\"procid\":\"12\",\"msgid\":\"sweep\",\"msg\":\" NetBus sweep\","
        + "\"structured-data\":\"[incident@32473 id=\\\"17\\\" state=\\\"open\\\" severity=\\\"2\\\" src=\\\"192.0.2.1\\\" "
            + "dsts=\\\"6\\\"][meta sequenceId=\\\"5\\\"]\"}")]
    [DataRow("{\"timestamp\":\"2026-04-07T05:22:07.776Z\",\"host\":\"tap-1f2e3d\",\"program\":\"tap\",\"boot\":12,"
        + "\"kind\":\"sweep\",\"message\":\"NetBus sweep\","
        + "\"incident\":{\"id\":17,\"state\":\"open\",\"severity\":2,\"src\":\"192.0.2.1\",\"dsts\":6},"
        + "\"meta\":{\"sequenceId\":5}}")]
    [DataRow("{\"SDATA\":{\"meta\":{\"sequenceId\":\"5\"},\"incident@32473\":{\"id\":\"17\",\"state\":\"open\","
        + "\"severity\":\"2\",\"src\":\"192.0.2.1\",\"dsts\":\"6\"}},"
        + "\"ISODATE\":\"2026-04-07T05:22:07.776+00:00\",\"PROGRAM\":\"tap\",\"PID\":\"12\",\"MSGID\":\"sweep\","
        + "\"MESSAGE\":\"NetBus sweep\",\"HOST\":\"tap-1f2e3d\"}")]
    public void EveryFormGivesTheSameFacts(string text)
    {
        AlertLine? line = LogForm.Read(Encoding.UTF8.GetBytes(text), out Unread why);
        Assert.AreEqual(Unread.None, why);
        Assert.IsNotNull(line);
        Assert.AreEqual(new DateTimeOffset(2026, 4, 7, 5, 22, 7, 776, TimeSpan.Zero), line.Time);
        Assert.AreEqual(("tap-1f2e3d", 12L, "sweep", 5L), (line.HostName, line.Boot, line.Kind, line.Sequence));
        Assert.AreEqual((17L, "open", "192.0.2.1", 6L), (line.Number("id"), line["state"], line["src"], line.Number("dsts")));
        Assert.AreEqual("NetBus sweep", line.Message);
    }

    [TestMethod]
    [DataRow("", (int)Unread.Empty)]
    [DataRow("  \t", (int)Unread.Empty)]
    [DataRow("Nov 29 13:28:55 web1 sshd[311]: Failed password for root", (int)Unread.Foreign)]
    [DataRow("<34>1 2026-04-07T05:22:07Z firewall asa - 106023 [asa@9 src=\"1\"] denied", (int)Unread.Foreign)]
    [DataRow("{\"program\":\"sshd\",\"message\":\"Failed\"}", (int)Unread.Foreign)]
    [DataRow("{broken", (int)Unread.Foreign)]
    [DataRow("Nov 29 13:28:55 tap-1f2e3d tap[12]: NetBus sweep of 128.231.212.0/26", (int)Unread.WithoutData)]
    [DataRow("<85>1 2026-04-07T05:22:07.776Z tap-1f2e3d tap 12 sweep - NetBus sweep", (int)Unread.WithoutData)]
    [DataRow("<85>1 2026-04-07T05:22:07.776Z tap-1f2e3d tap 12 sw", (int)Unread.Cut)]
    [DataRow("{\"program\":\"tap\",\"incident\":{\"id\":17,\"sta", (int)Unread.Cut)]
    public void ABadLineIsCalledWhatItIs(string text, int why)
    {
        Assert.IsNull(LogForm.Read(Encoding.UTF8.GetBytes(text), out Unread found));
        Assert.AreEqual((Unread)why, found);
    }

    [TestMethod]
    public void OfACutLineWhatStandsBeforeTheCutIsUsed()
    {
        AlertLine? line = LogForm.Read(Encoding.UTF8.GetBytes(Line[..(Line.IndexOf("dsts", StringComparison.Ordinal) + 6)]),
            out Unread why);
        Assert.AreEqual(Unread.Cut, why);
        Assert.AreEqual((17L, "192.0.2.1", ""), (line!.Number("id"), line["src"], line["dsts"]));
    }

    [TestMethod]
    public void AnOverlongLineIsCutAndTheNextIsRead()
    {
        using var folder = new Appliance.Traffic.TemporaryFolder();
        string path = folder.Write("l", Encoding.UTF8.GetBytes(Line + "\n" + new string('x', 700_000) + "\n" + Line + "\nlast"));
        using LogFile file = LogFile.Open(path);
        int[] lengths = [.. Enumerable.Range(0, 5).Select(_ => file.Read(out ReadOnlySpan<byte> line) ? line.Length : -1)];
        CollectionAssert.AreEqual(new[] { Line.Length, LogFile.LongestLine, Line.Length, 4, -1 }, lengths);
        Assert.AreEqual(4, file.Number);
    }
}
