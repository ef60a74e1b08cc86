using System;
using System.Text;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>Option by option: a frame that satisfies it, and one that just does not. Snort 3.12 agrees with each.</summary>
[TestClass]
public sealed class SnortSemanticsTests
{
    private const string Outside = "192.0.2.7";
    private const string Inside = "10.1.2.3";

    private static void Check(string rule, byte[] match, byte[] noMatch)
    {
        var bench = new Workbench(rule);
        CollectionAssert.AreEqual(new[] { 1 }, bench.Sids(match), "should match: " + rule);
        CollectionAssert.AreEqual(Array.Empty<int>(), bench.Sids(noMatch), "should not match: " + rule);
    }

    private static byte[] Tcp(string flags, int port = 80, byte[]? payload = null)
    {
        return new Ip(Outside, Inside).Tcp(40000, port, flags, payload: payload);
    }

    private static byte[] Udp(string payload)
    {
        return new Ip(Outside, Inside).Udp(40000, 53, Encoding.ASCII.GetBytes(payload));
    }

    [TestMethod]
    [DataRow("S", "S", "SA")]
    [DataRow("S,CE", "SEC", "SAE")]
    [DataRow("S,12", "SEC", "SFE")]
    [DataRow("+SF", "SFA", "S")]
    [DataRow("SF+", "SFRPAUEC", "FA")]
    [DataRow("*FR", "RA", "SA")]
    [DataRow("!SA", "FPU", "FA")]
    [DataRow("0", "", "C")]
    [DataRow("0,CE", "EC", "P")]
    [DataRow("fpu", "FPU", "FPUA")]
    [DataRow("1", "C", "E")]
    public void Flags(string test, string match, string noMatch)
    {
        Check($"alert tcp any any -> any any ( flags:{test}; sid:1; )", Tcp(match), Tcp(noMatch));
    }

    [TestMethod]
    [DataRow("5", 5, 6)]
    [DataRow("=5", 5, 4)]
    [DataRow("!5", 6, 5)]
    [DataRow("!=5", 4, 5)]
    [DataRow("<5", 4, 5)]
    [DataRow("<=5", 5, 6)]
    [DataRow(">5", 6, 5)]
    [DataRow(">=5", 5, 4)]
    [DataRow("3<>6", 4, 3)]
    [DataRow("3<>6", 5, 6)]
    [DataRow("3<=>6", 3, 2)]
    [DataRow("3<=>6", 6, 7)]
    [DataRow("0x10", 16, 10)]
    [DataRow("010", 8, 10)]
    public void RangesOfPayloadSize(string range, int match, int noMatch)
    {
        Check($"alert tcp any any -> any any ( dsize:{range}; sid:1; )", Tcp("PA", payload: new byte[match]),
            Tcp("PA", payload: new byte[noMatch]));
    }

    [TestMethod]
    public void PayloadSizeIsThatOfTheWireNotOfTheSlotOrItsPadding()
    {
        Check("alert tcp any any -> any any ( dsize:>1000; sid:1; )", Tcp("PA", payload: new byte[1001]),
            Tcp("PA", payload: new byte[1000]));
        Check("alert tcp any any -> any any ( dsize:0; sid:1; )", Tcp("S"), Tcp("PA", payload: [0]));
    }

    [TestMethod]
    [DataRow("<64", 63, 64)]
    [DataRow("255", 255, 254)]
    public void TimeToLive(string range, int match, int noMatch)
    {
        byte[] With(int ttl) => new Ip(Outside, Inside) { TimeToLive = ttl }.Tcp(1, 2, "S");
        byte[] With6(int ttl) => new Ip("2001:db8::1", "2001:db8::2") { TimeToLive = ttl }.Tcp(1, 2, "S");
        Check($"alert ip any any -> any any ( ttl:{range}; sid:1; )", With(match), With(noMatch));
        Check($"alert ip any any -> any any ( ttl:{range}; sid:1; )", With6(match), With6(noMatch));
    }

    [TestMethod]
    public void Identification()
    {
        byte[] With(int id) => new Ip(Outside, Inside) { Identification = id }.Tcp(1, 2, "S");
        Check("alert ip any any -> any any ( id:39426; sid:1; )", With(39426), With(39427));

        // IPv6 without a fragment header has identification 0.
        Check("alert ip any any -> any any ( id:0; sid:1; )", new Ip("2001:db8::1", "2001:db8::2").Tcp(1, 2, "S"), With(1));
    }

    [TestMethod]
    [DataRow("seq", "4294967295", 4294967295, 4294967294)]
    [DataRow("seq", ">2147483648", 2147483649, 2147483648)]
    [DataRow("ack", "0", 0, 1)]
    [DataRow("ack", "<=3000000000", 3000000000, 3000000001)]
    public void SequenceNumbersAreUnsigned(string option, string range, long match, long noMatch)
    {
        byte[] With(long n) => new Ip(Outside, Inside).Tcp(1, 2, "SA", sequence: option == "seq" ? n : 7, acknowledgment: option == "ack"
            ? n : 7);
        Check($"alert tcp any any -> any any ( {option}:{range}; sid:1; )", With(match), With(noMatch));
    }

    [TestMethod]
    public void Window()
    {
        byte[] With(int window) => new Ip(Outside, Inside).Tcp(1, 2, "S", window: window);
        Check("alert tcp any any -> any any ( window:0x2000; sid:1; )", With(8192), With(8191));
    }

    [TestMethod]
    public void IcmpTypeAndCodeOfBothVersions()
    {
        byte[] With(int type, int code) => new Ip(Outside, Inside).Icmp(type, code, new byte[40]);
        byte[] With6(int type, int code) => new Ip("2001:db8::1", "2001:db8::2").Icmp(type, code, new byte[40]);
        Check("alert icmp any any -> any any ( itype:8; sid:1; )", With(8, 0), With(0, 0));
        Check("alert icmp any any -> any any ( itype:>8; icode:0; sid:1; )", With(9, 0), With(9, 1));
        Check("alert icmp any any -> any any ( itype:128; sid:1; )", With6(128, 0), With6(129, 0));
        Check("alert icmp any any -> any any ( icode:3; itype:3; sid:1; )", With(3, 3), With(4, 3));
        Check("alert icmp any any -> any any ( itype:8; sid:1; )", With(8, 0), Tcp("S"));
    }

    [TestMethod]
    public void IcmpPayloadBeginsBehindWhatSnortCallsTheHeader()
    {
        byte[] With(int type, int octets) => new Ip(Outside, Inside).Icmp(type, 0, new byte[octets + 4]);
        Check("alert icmp any any -> any any ( dsize:24; sid:1; )", With(8, 24), With(8, 25));
        Check("alert icmp any any -> any any ( dsize:28; sid:1; )", With(13, 24), With(13, 28));

        // An error quotes an IP header, which does not count.
        byte[] quoted = new Ip(Inside, Outside).PortUnreachable(new Ip(Outside, Inside).Udp(1, 2, new byte[30]));
        Check("alert icmp any any -> any any ( dsize:8; sid:1; )", quoted, With(8, 9));
    }

    [TestMethod]
    [DataRow("tcp", 6, 17)]
    [DataRow("!17", 6, 17)]
    [DataRow(">17", 47, 17)]
    [DataRow("<17", 6, 17)]
    [DataRow("igmp", 2, 3)]
    public void IpProtocol(string test, int match, int noMatch)
    {
        byte[] With(int protocol) => new Ip(Outside, Inside).Datagram(protocol,
            [0, 1, 0, 2, 0, 28, 0, 0, 0, 0, 0, 0, 0x50, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Check($"alert ip any any -> any any ( ip_proto:{test}; sid:1; )", With(match), With(noMatch));
    }

    [TestMethod]
    public void FragmentBits()
    {
        byte[] With(bool dontFragment) => new Ip(Outside, Inside) { DontFragment = dontFragment }.Tcp(1, 2, "S");
        Check("alert ip any any -> any any ( fragbits:D; sid:1; )", With(true), With(false));
        Check("alert ip any any -> any any ( fragbits:!D; sid:1; )", With(false), With(true));
        Check("alert ip any any -> any any ( fragbits:+MD; sid:1; )", With(true), With(false));
        Check("alert ip any any -> any any ( fragbits:*DM; sid:1; )", With(true), With(false));
    }

    [TestMethod]
    [DataRow("\"abc\"", "xxabcx", "xxabdx")]
    [DataRow("\"abc\"", "abc", "ab")]
    [DataRow("\"AbC\",nocase", "xaBc", "xab")]
    [DataRow("\"abc\",offset 2", "xxabc", "xabcx")]
    [DataRow("\"abc\",depth 3", "abcx", "xabc")]
    [DataRow("\"abc\",offset 1,depth 4", "xxabc", "xxxabc")]
    [DataRow("\"a|62 63|d\"", "abcd", "abd")]
    [DataRow("\"|6162|\"", "ab", "a")]
    [DataRow("\"a\\\"b\\;c\\\\\"", "a\"b;c\\", "ab;c")]
    [DataRow("!\"abc\"", "abd", "abc")]
    [DataRow("!\"abc\",offset 1", "abcd", "xabc")]
    [DataRow("!\"abc\",nocase", "ABD", "aBC")]
    [DataRow("\"b\"; content:\"a\"", "ab", "bb")]
    public void Content(string test, string match, string noMatch)
    {
        Check($"alert udp any any -> any any ( content:{test}; sid:1; )", Udp(match), Udp(noMatch));
    }

    [TestMethod]
    public void ContentOutsideTheSlotIsNotFound()
    {
        string far = new string('x', 70) + "abc";
        Check("alert udp any any -> any any ( content:\"abc\"; sid:1; )", Udp(new string('x', 83) + "abc"),
            Udp(new string('x', 84) + "abc"));
        Check("alert udp any any -> any any ( content:\"abc\",offset 70; sid:1; )", Udp(far), Udp("x" + far[..^1]));
    }

    [TestMethod]
    public void DetectionFilterLetsThroughWhatComesAfterTheCount()
    {
        var bench = new Workbench("alert tcp any any -> any 80 ( detection_filter:track by_src, count 2, seconds 10; sid:1; )");
        int Count(int second, string source = Outside) =>
            bench.Sids(new Ip(source, Inside).Tcp(1, 80, "S"), second * 1_000_000L).Length;
        Assert.AreEqual(0, Count(1));
        Assert.AreEqual(0, Count(2));
        Assert.AreEqual(1, Count(3));
        Assert.AreEqual(0, Count(3, "192.0.2.8"));
        Assert.AreEqual(1, Count(10));

        // The interval is over. The last one had more than the count, so this one still passes; after a silence none does.
        Assert.AreEqual(1, Count(11));
        Assert.AreEqual(0, Count(30));
    }

    [TestMethod]
    public void DetectionFilterByDestinationTellsIpv6AddressesApart()
    {
        var bench = new Workbench("alert tcp any any -> any any ( detection_filter:track by_dst, count 1, seconds 60; sid:1; )");
        int Count(string destination) => bench.Sids(new Ip("2001:db8::9", destination).Tcp(1, 80, "S"), 5_000_000).Length;
        Assert.AreEqual(0, Count("2001:db8::1"));
        Assert.AreEqual(0, Count("2001:db8::1:0:0:1"));
        Assert.AreEqual(1, Count("2001:db8::1"));
    }

    [TestMethod]
    public void DetectionFilterCountsAFrameOnceInBothDirections()
    {
        var bench = new Workbench("alert tcp any any <> any [80,81] ( detection_filter:track by_src, count 2, seconds 60; sid:1; )");
        byte[] frame = new Ip(Outside, Inside).Tcp(80, 81, "S");
        Assert.AreEqual(0, bench.Sids(frame).Length);
        Assert.AreEqual(0, bench.Sids(frame).Length);
        Assert.AreEqual(1, bench.Sids(frame).Length);
    }

    [TestMethod]
    [DataRow("10.1.2.3", "10.1.2.3", "10.1.2.4")]
    [DataRow("10.1.2.9/30", "10.1.2.11", "10.1.2.12")]
    [DataRow("!10.1.2.3", "10.1.2.4", "10.1.2.3")]
    [DataRow("!10.1.2.3", "2001:db8::1", "10.1.2.3")]
    [DataRow("[10.1.2.3,10.1.2.5]", "10.1.2.5", "10.1.2.4")]
    [DataRow("[10.1.2.0/24,!10.1.2.3]", "10.1.2.4", "10.1.2.3")]
    [DataRow("[10.1.2.0/24, [10.3.0.0/16, !10.3.3.3] ]", "10.3.3.4", "10.3.3.3")]
    [DataRow("![10.1.2.3,10.1.2.4]", "10.1.2.5", "10.1.2.4")]
    [DataRow("$HOME_NET", "10.1.255.255", "10.2.0.0")]
    [DataRow("$HOME_NET", "2001:db8:1:ffff::1", "2001:db8:2::1")]
    [DataRow("$EXTERNAL_NET", "10.2.0.0", "10.1.0.0")]
    [DataRow("$EXTERNAL_NET", "2001:db8::1", "2001:db8:1::1")]
    [DataRow("!$HOME_NET", "10.2.0.0", "10.1.0.0")]
    [DataRow("[$HOME_NET,!$DNS_SERVERS]", "10.1.0.54", "10.1.0.53")]
    [DataRow("[$HOME_NET,!$PACS]", "10.1.0.54", "10.2.0.53")]
    [DataRow("10.1.2.5-10.1.2.7", "10.1.2.7", "10.1.2.8")]
    [DataRow("2001:db8::/64", "2001:db8::ffff:1", "2001:db8:0:1::1")]
    public void AddressLists(string list, string match, string noMatch)
    {
        static byte[] To(string address) => new Ip(address.Contains(':', StringComparison.Ordinal) ? "2001:db8:9::9" : Outside,
            address).Tcp(1, 2, "S");
        Check($"alert tcp any any -> {list} any ( sid:1; )", To(match), To(noMatch));

        static byte[] From(string address) => new Ip(address, address.Contains(':', StringComparison.Ordinal) ? "2001:db8:9::9"
            : Outside).Udp(1, 2, []);
        Check($"alert udp {list} any -> any any ( sid:1; )", From(match), From(noMatch));
    }

    [TestMethod]
    [DataRow("80", 80, 81)]
    [DataRow("!80", 81, 80)]
    [DataRow(":1023", 1023, 1024)]
    [DataRow("1024:", 1024, 1023)]
    [DataRow("20:25", 25, 26)]
    [DataRow("[20:25,80]", 80, 26)]
    [DataRow("[20:25,!23]", 22, 23)]
    [DataRow("![20:25,80]", 26, 80)]
    [DataRow("[1:100, [200, !50]]", 200, 50)]
    [DataRow("0", 0, 1)]
    public void PortLists(string list, int match, int noMatch)
    {
        byte[] To(int port) => new Ip(Outside, Inside).Tcp(40000, port, "S");
        Check($"alert tcp any any -> any {list} ( sid:1; )", To(match), To(noMatch));
        byte[] From(int port) => new Ip(Outside, Inside).Udp(port, 40000, []);
        Check($"alert udp any {list} -> any any ( sid:1; )", From(match), From(noMatch));
    }

    [TestMethod]
    public void BothWays()
    {
        byte[] There(int from, int to) => new Ip(Outside, Inside).Tcp(from, to, "S");
        byte[] Back(int from, int to) => new Ip(Inside, Outside).Tcp(from, to, "S");
        Check($"alert tcp {Outside} any <> {Inside} 80 ( sid:1; )", There(5, 80), There(80, 5));
        Check($"alert tcp {Outside} any <> {Inside} 80 ( sid:1; )", Back(80, 5), Back(5, 80));
        Check($"alert tcp {Outside} any -> {Inside} 80 ( sid:1; )", There(5, 80), Back(80, 5));
        Check($"alert tcp {Outside} 1024: <> {Inside} any ( sid:1; )", Back(80, 5000), Back(5000, 80));
    }

    // A rule for one type is found by it, whichever way the frame goes.
    [TestMethod]
    [DataRow("itype:8; ", 1)]
    [DataRow("icode:0; ", 1)]
    [DataRow("itype:8; detection_filter:track by_src,count 1,seconds 60; ", 2)]
    public void BothWaysOfIcmp(string options, int needed)
    {
        string rule = $"alert icmp {Outside} any <> {Inside} any ( {options}sid:1; )";
        foreach ((string from, string to) in new[] { (Outside, Inside), (Inside, Outside) })
        {
            var bench = new Workbench(rule);
            byte[] echo = new Ip(from, to).Echo(false, 1, 1);
            for (int i = 1; i <= needed; i++)
            {
                Assert.HasCount(i < needed ? 0 : 1, bench.Sids(echo), $"{rule} {from} -> {to}, frame {i}");
            }

            Assert.IsEmpty(bench.Sids(new Ip(from, "192.0.2.99").Echo(false, 1, 1)));
        }
    }

    [TestMethod]
    public void HeadersOfTcpAndUdpAreForBothVersionsAndIpForAll()
    {
        byte[] v6 = new Ip("2001:db8::1", "2001:db8::2").Tcp(1, 80, "S");
        Check("alert tcp any any -> any 80 ( sid:1; )", v6, new Ip("2001:db8::1", "2001:db8::2").Udp(1, 80, []));
        var bench = new Workbench("alert ip any 7 -> any 7 ( sid:1; )");

        // An ip rule ignores ports.
        Assert.AreEqual(1, bench.Sids(v6).Length);
        Assert.AreEqual(1, bench.Sids(Udp("x")).Length);
        Assert.AreEqual(1, bench.Sids(new Ip(Outside, Inside).Echo(false, 1, 1)).Length);
        Assert.AreEqual(1, bench.Sids(new Ip(Outside, Inside).Datagram(47, new byte[30])).Length);
        Assert.AreEqual(0, bench.Sids(new Lan("10.1.0.0/16").WhoHas("10.1.0.1", "10.1.0.2")).Length);
    }

    [TestMethod]
    public void WhatCannotBeDecodedAboveIpIsForIpRulesAlone()
    {
        var bench = new Workbench("alert tcp any any -> any any ( sid:1; ) alert ip any any -> any any ( sid:2; dsize:20; ) alert udp "
            + "any any -> any any ( sid:3; )");
        byte[] liar = Tcp("S");
        liar[46] = 0xf0;
        CollectionAssert.AreEqual(new[] { 2 }, bench.Sids(liar));

        // A UDP datagram that ends before IP says so.
        byte[] shorter = new Ip(Outside, Inside).Datagram(17, [0, 1, 0, 2, 0, 9, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        CollectionAssert.AreEqual(Array.Empty<int>(), bench.Sids(shorter[..^1]));
    }

    [TestMethod]
    public void FrameTagsAndOptionsChangeNothing()
    {
        var bench = new Workbench("alert tcp any any -> $HOME_NET 80 ( flags:S; sid:1; )");
        Assert.AreEqual(1, bench.Sids(Change.Tagged(Tcp("S"), (0x88a8, 5), (0x8100, 7))).Length);
        Assert.AreEqual(1, bench.Sids(Change.WithOptions(Tcp("S"), [1, 1, 1, 0])).Length);
    }

    [TestMethod]
    public void EthernetRules()
    {
        static byte[] Ether(int type) => Lan.Frame(Lan.Broadcast, [2, 0, 0, 0, 0, 9], type, new byte[50]);
        static byte[] Llc(params byte[] llc) => Lan.LlcFrame(Lan.Broadcast, [2, 0, 0, 0, 0, 9], llc);
        Check("alert eth any -> any ( ethertype:0x6003; sid:1; )", Ether(0x6003), Ether(0x6004));
        Check("alert eth any -> any ( llc:0x42,0x42; sid:1; )", Llc(0x42, 0x42, 3, 0), Llc(0x42, 0x43, 3, 0));
        Check("alert eth any -> any ( snap:0x00000c,0x2000; sid:1; )", Llc(0xaa, 0xaa, 3, 0, 0, 0x0c, 0x20, 0),
            Llc(0xaa, 0xaa, 3, 0, 0, 0x0d, 0x20, 0));
        Check("alert eth any -> any ( ethertype:0x80f3; sid:1; )", Llc(0xaa, 0xaa, 3, 0, 0, 0, 0x80, 0xf3, 0, 0),
            Llc(0xaa, 0xaa, 3, 8, 0, 7, 0x80, 0xf3, 0, 0));
    }
}
