using Appliance.SignatureTool;
using System.Linq;
using System;
using Appliance.Firmware.Tests.Fakes;
using Appliance.Firmware.Time;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>An answer of a time server is believed only when everything about it is right.</summary>
[TestClass]
public sealed class SntpTests
{
    private const long Asked = 10_000_000;

    [TestMethod]
    [DataRow(1_795_000_000_123_456, DisplayName = "2026")]
    [DataRow(954_905_327_000_001, DisplayName = "2000")]
    [DataRow(2_085_978_495_999_999, DisplayName = "the last second of NTP's first era, 2036")]
    [DataRow(2_085_978_496_000_001, DisplayName = "the first of its second")]
    [DataRow(4_000_000_000_000_000, DisplayName = "2096")]
    public void The_time_is_told_to_the_microsecond(long time)
    {
        SntpExchange exchange = Prepare(time, time);
        Assert.AreEqual(SntpExchange.Accepted, exchange.Judge(48, Asked));
        Assert.IsLessThanOrEqualTo(1, Math.Abs(time - Asked - exchange.Offset));
    }

    [TestMethod]
    public void Half_of_the_trip_is_taken_off()
    {
        SntpExchange exchange = Prepare(1_000_040_000, 1_000_050_000);
        Assert.AreEqual(SntpExchange.Accepted, exchange.Judge(48, Asked + 90_000));
        Assert.AreEqual(1_000_000_000 - Asked, exchange.Offset, 1);
    }

    [TestMethod]
    [DataRow(0, 0x23, SntpExchange.NotAnAnswer, DisplayName = "a request")]
    [DataRow(0, 0x25, SntpExchange.NotAnAnswer, DisplayName = "a broadcast")]
    [DataRow(0, 0x1c, SntpExchange.NotAnAnswer, DisplayName = "another version")]
    [DataRow(0, 0xe4, SntpExchange.ServerUnset, DisplayName = "leap indicator 3")]
    [DataRow(1, 16, SntpExchange.ServerUnset, DisplayName = "stratum 16")]
    [DataRow(1, 0, SntpExchange.KissOfDeath, DisplayName = "stratum 0")]
    [DataRow(24, 0xff, SntpExchange.NotOurs, DisplayName = "another originate timestamp")]
    [DataRow(31, 0xff, SntpExchange.NotOurs, DisplayName = "another originate timestamp, last octet")]
    public void What_is_wrong_has_a_name(int at, int octet, int verdict)
    {
        SntpExchange exchange = Prepare(1_000_000_000, 1_000_000_000);
        Assert.AreNotEqual((byte)octet, exchange.Answer[at]);
        exchange.Answer[at] = (byte)octet;
        Assert.AreEqual(verdict, exchange.Judge(48, Asked));
    }

    [TestMethod]
    public void Times_that_can_not_be_are_refused()
    {
        Assert.AreEqual(SntpExchange.TooShort, Prepare(1, 1).Judge(47, Asked));
        Assert.AreEqual(SntpExchange.Impossible, Prepare(2_000_000, 1_000_000).Judge(48, Asked), "sent before it was received");
        Assert.AreEqual(SntpExchange.Impossible, Prepare(1_000_000, 3_000_000).Judge(48, Asked + 1_000_000),
            "longer at the server than away");
        Assert.AreEqual(SntpExchange.Impossible, Prepare(1_000_000, 1_000_000).Judge(48, Asked + 2_000_001),
            "too long on its way");
        Assert.AreEqual(SntpExchange.Impossible, Prepare(-1, 1).Judge(48, Asked), "before 1970");
        SntpExchange empty = Prepare(1_000_000, 1_000_000);
        Array.Clear(empty.Answer, 40, 8);
        Assert.AreEqual(SntpExchange.Impossible, empty.Judge(48, Asked), "no transmit timestamp");
    }

    private static SntpExchange Prepare(long received, long sent)
    {
        var exchange = new SntpExchange();
        exchange.Prepare(0x12345678, unchecked((int)0x9abcdef0));
        exchange.AskedAt = Asked;
        exchange.Answer[0] = 0x24;
        exchange.Answer[1] = 2;
        Array.Copy(exchange.Request, 40, exchange.Answer, 24, 8);
        FakeClock.Write(exchange.Answer, 32, received);
        FakeClock.Write(exchange.Answer, 40, sent);
        return exchange;
    }

    [TestMethod]
    public void Nobody_is_asked_for_the_time_but_the_server_of_the_table_in_use()
    {
        Box box = new Box().Start().Run(3600);
        CollectionAssert.AreEqual(new[] { "192.0.2.1" }, box.Clock.Servers.ToArray());

        byte[] silent = TableCompiler.CompileText(
            [("rules", TestTables.Probe)], ("site", "[site]\nname = \"x\"\nhome = [\"128.231.212.0/23\"]\n")).Table!;
        Box without = new Box(change: s => s.BuiltIn = () => silent).Start().Run(3600);
        Assert.IsEmpty(without.Clock.Servers);
    }
}
