using System;
using System.Linq;
using System.Text;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Imaging.Tests;

/// <summary>Weak services, by what the server says first.</summary>
[TestClass]
public sealed class WeaknessTests
{
    private const string Server = "10.20.30.50";
    private const string Client = "10.20.30.60";

    [TestMethod]
    [DataRow(445, "0000005F ff534d4272 00000000 98 0128 0000000000000000000000000000000000000000 11 0000 03", "SMB 1")]
    [DataRow(443, "160300004a 02000046 0300", "SSL 3.0")]
    [DataRow(8443, "160301004a 02000046 0301", "TLS 1.0")]
    [DataRow(2762, "160302004a 02000046 0302", "TLS 1.1")]
    [DataRow(3389, "03000013 0ed0 00001234 00 02 00 0800 00000000", "RDP without TLS")]
    [DataRow(3389, "0300000b 06d0 00001234 00", "RDP without TLS")]
    [DataRow(5901, "0101", "VNC without password")]
    [DataRow(5901, "020110", "VNC without password", DisplayName = "TightVNC: none, or Tight")]
    [DataRow(5901, "020201", "VNC without password", DisplayName = "a password, or none")]
    [DataRow(5999, "03130201", "VNC without password", DisplayName = "VeNCrypt, a password, or none")]
    [DataRow(5901, "0413120110", "VNC without password", DisplayName = "four ways")]
    [DataRow(23, "fffd18fffd20", "telnet")]
    public void AWeakServiceIsToldWithItsEvidence(int port, string answer, string name)
    {
        var ward = new Ward();
        ward.Answer(Server, Client, Octets(answer), 40000, port);
        string line = ward.Of("weak-service").Single();
        StringAssert.Contains(line, "state=\"open\" severity=\"2\" sid=\"0\" proto=\"tcp\" src=\"10.20.30.60\" srcs=\"1\" "
            + "dst=\"10.20.30.50\"");
        StringAssert.Contains(line, FormattableString.Invariant($" dport=\"{port}\" frames=\"1\" name=\"{name}\""));
        StringAssert.Contains(line, FormattableString.Invariant($"] weak service: {name} at 10.20.30.50 port {port}, "));
    }

    [TestMethod]
    [DataRow(445, "0000005F ff534d4272 00000000 98 0128 0000000000000000000000000000000000000000 01 ffff 03",
        DisplayName = "no dialect fits")]
    [DataRow(445, "0000005F ff534d4272 00000000 18 0128 0000000000000000000000000000000000000000 11 0000 03",
        DisplayName = "a client asks")]
    [DataRow(445, "00000023 ff534d4272 bb0000c0 98 0128 0000000000000000000000000000000000000000 00 0000",
        DisplayName = "SMB 1 refused by a status")]
    [DataRow(445, "00000023 ff534d4272 00000000 98 0128 0000000000000000000000000000000000000000 00 0000",
        DisplayName = "SMB 1 without words")]
    [DataRow(445, "0000005F ff534d4272 bb0000c0 98 0128 0000000000000000000000000000000000000000 11 0000 03",
        DisplayName = "SMB 1 with a status")]
    [DataRow(102, "0300000b 06d0 00010002 00", DisplayName = "ISO's transport")]
    [DataRow(1503, "0300000b 06d0 00010002 00", DisplayName = "T.120")]
    [DataRow(445, "00000050 fe534d42 4000 0000 0000000000000000000000000000000000000000000000000000000000", DisplayName = "SMB 2")]
    [DataRow(443, "160303004a 02000046 0303", DisplayName = "TLS 1.2")]
    [DataRow(443, "160301004a 01000046 0301", DisplayName = "ClientHello")]
    [DataRow(3389, "03000013 0ed0 00001234 00 02 00 0800 02000000", DisplayName = "RDP with NLA")]
    [DataRow(3389, "03000013 0ed0 00001234 00 03 00 0800 05000000", DisplayName = "RDP insists on NLA")]
    [DataRow(5901, "0102", DisplayName = "VNC with a password")]
    [DataRow(5901, "021302", DisplayName = "VNC with a password in two ways")]
    [DataRow(5901, "020101", DisplayName = "one way named twice")]
    [DataRow(5901, "020100", DisplayName = "a type that is none")]
    [DataRow(5901, "0301", DisplayName = "a list cut short")]
    [DataRow(5901, "00000001", DisplayName = "a wrong password")]
    [DataRow(80, "020110", DisplayName = "no VNC either")]
    [DataRow(80, "0101", DisplayName = "no VNC")]
    [DataRow(2323, "fffd18fffd20", DisplayName = "no telnet")]
    public void WhatIsNotWeakIsNotTold(int port, string answer)
    {
        var ward = new Ward();
        ward.Answer(Server, Client, Octets(answer), 40000, port);
        Assert.IsEmpty(ward.Lines);
    }

    // RFC 6143 7.1.2 and 7.1.3: before version 3.7 the server decides for "none" in the four octets by which all versions say
    // that a password was wrong.
    [TestMethod]
    [DataRow("003.003", 12, true, DisplayName = "the server decides for none")]
    [DataRow("003.005", 12, true, DisplayName = "as 3.3")]
    [DataRow("003.003", 28, false, DisplayName = "a wrong password, by 3.3")]
    [DataRow("003.007", 29, false, DisplayName = "a wrong password, by 3.7")]
    [DataRow("003.008", 29, false, DisplayName = "a wrong password, by 3.8")]
    [DataRow("003.008", 12, false, DisplayName = "3.8 lists types")]
    public void AWrongPasswordOfVncIsNotTakenForNone(string version, int spoken, bool isOpen)
    {
        var ward = new Ward();
        ward.See(new Ip(Server, Client).Tcp(5900, 40000, "PA", 900, 501, payload: Encoding.ASCII.GetBytes("RFB 003.008\n")));
        ward.See(new Ip(Client, Server).Tcp(40000, 5900, "PA", 501, 912, payload: Encoding.ASCII.GetBytes($"RFB {version}\n")));
        ward.See(new Ip(Server, Client).Tcp(5900, 40000, "PA", 912, 501 + spoken, payload: Octets("00000001")));
        Assert.HasCount(isOpen ? 1 : 0, ward.Of("weak-service"));
    }

    [TestMethod]
    public void EachHostIsToldOnceAMonth()
    {
        var ward = new Ward();
        for (int day = 0; day < 65; day++)
        {
            ward.Answer(Server, Client, Octets("0101"), 40000, 5900);
            ward.Answer(Server, "10.20.30.61", Octets("0101"), 40001, 5900);
            ward.Wait(TimeSpan.FromDays(1.01));
        }

        Assert.AreEqual(3, ward.Of("weak-service").Count(line => line.Contains("state=\"open\"", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void FromOutsideItIsMedium()
    {
        var ward = new Ward();
        ward.Answer(Server, "203.0.113.5", Octets("0101"), 40000, 5900);
        StringAssert.Contains(ward.Of("weak-service").Single(), "severity=\"3\"");
    }

    // Whoever was told of it inside the site doesn't know that the internet comes in by it; the other way round he does.
    [TestMethod]
    [DataRow("0101", 5900, "VNC without password")]
    [DataRow("fffd18fffd20", 23, "telnet")]
    public void AUseFromOutsideIsToldThoughOneFromInsideWas(string answer, int port, string name)
    {
        var ward = new Ward();
        ward.Answer(Server, Client, Octets(answer), 40000, port);
        ward.Wait(TimeSpan.FromHours(30));
        for (int day = 0; day < 5; day++)
        {
            ward.Answer(Server, "203.0.113.5", Octets(answer), 40001 + day, port);
            ward.Answer(Server, "203.0.113.6", Octets(answer), 40011 + day, port);
            ward.Answer(Server, "10.20.30.61", Octets(answer), 40021 + day, port);
            ward.Wait(TimeSpan.FromDays(1.01));
        }

        string[] told = [.. ward.Of("weak-service").Where(line => line.Contains("state=\"open\"", StringComparison.Ordinal))];
        Assert.HasCount(2, told);
        StringAssert.Contains(told[0], "severity=\"2\" sid=\"0\" proto=\"tcp\" src=\"10.20.30.60\"");
        StringAssert.Contains(told[1], "severity=\"3\" sid=\"0\" proto=\"tcp\" src=\"203.0.113.5\" srcs=\"1\" dst=\"10.20.30.50\"");
        StringAssert.Contains(told[1], $" name=\"{name}\"");
    }

    [TestMethod]
    public void WhatIsToldOfOutsideIsNotToldOfInsideAfterwards()
    {
        var ward = new Ward();
        ward.Answer(Server, "203.0.113.5", Octets("0101"), 40000, 5900);
        ward.Answer(Server, Client, Octets("0101"), 40001, 5900);
        StringAssert.Contains(ward.Of("weak-service").Single(), "severity=\"3\" sid=\"0\" proto=\"tcp\" src=\"203.0.113.5\"");
    }

    // A header of eight octets: padding (RFC 8200, 4.2).
    [TestMethod]
    [DataRow(0)]
    [DataRow(60)]
    public void OptionsOfIpv6HideNoWeakService(int option)
    {
        var ward = new Ward();
        Ip server = new("2001:db8:20::50", "2001:db8:20::60");
        byte[] segment = server.Tcp(3389, 40000, "PA", 1, 1, payload: Octets("03000013 0ed0 00001234 00 02 00 0800 00000000"))[54..];
        ward.See(server.Datagram(option, [6, 0, 1, 4, 0, 0, 0, 0, .. segment]));
        StringAssert.Contains(ward.Of("weak-service").Single(), "severity=\"2\" sid=\"0\" proto=\"tcp\" src=\"2001:db8:20::60\" srcs=\"1\" "
            + "dst=\"2001:db8:20::50\" dsts=\"1\" dport=\"3389\" frames=\"1\" name=\"RDP without TLS\"");
    }

    [TestMethod]
    public void WhatOthersServeIsNotTheSites()
    {
        var ward = new Ward();
        ward.Answer("203.0.113.5", Client, Octets("160301004a 02000046 0301"), 40000, 443);
        Assert.IsEmpty(ward.Lines);
    }

    [TestMethod]
    public void TheProfileAcceptsEachSingly()
    {
        var ward = new Ward("[imaging.accepted]\nvnc = \"10.20.30.50\"\ntelnet = [\"10.20.30.0/24\"]\n");
        ward.Answer(Server, Client, Octets("0101"), 40000, 5900);
        ward.Answer(Server, Client, Octets("fffd18fffd20"), 40000, 23);
        Assert.IsEmpty(ward.Lines);
        ward.Answer("10.20.30.51", Client, Octets("0101"), 40000, 5900);
        ward.Answer(Server, Client, Octets("160301004a 02000046 0301"), 40000, 443);
        CollectionAssert.AreEqual(new[] { "VNC without password", "TLS 1.0" }, ward.Of("weak-service").Select(NameOf).ToArray());
    }

    [TestMethod]
    [DataRow("3029 020101 0406 7075626c6963 a21c 00", true, DisplayName = "public, version 2c")]
    [DataRow("302a 020100 0407 70726976617465 a21c 00", true, DisplayName = "private, version 1")]
    [DataRow("30820129 020101 0406 7075626c6963 a282011c 00", true, DisplayName = "a long answer")]
    [DataRow("3029 020101 0406 7075626c6963 a01c 00", false, DisplayName = "a question, not an answer")]
    [DataRow("3029 020101 0406 7075626c6964 a21c 00", false, DisplayName = "another community")]
    [DataRow("3029 020103 3006 7075626c6963 a21c 00", false, DisplayName = "version 3")]
    [DataRow("3029 0201", false, DisplayName = "cut")]
    public void ADefaultCommunityIsToldWhenTheAgentAnswersIt(string message, bool isTold)
    {
        var ward = new Ward();
        ward.See(new Ip(Client, Server).Udp(40000, 161, Octets("3029 020101 0406 7075626c6963 a01c 00")));
        Assert.IsEmpty(ward.Lines);
        ward.See(new Ip(Server, Client).Udp(161, 40000, Octets(message)));
        if (isTold)
        {
            StringAssert.Contains(ward.Of("weak-service").Single(), "severity=\"2\" sid=\"0\" proto=\"udp\" src=\"10.20.30.60\" srcs=\"1\" "
                + "dst=\"10.20.30.50\" dsts=\"1\" dport=\"161\" frames=\"1\" name=\"SNMP default community\"");
            Assert.Contains(" weak=\"snmp\"", ward.Finish().Of("inventory").Single(line =>
                line.Contains("address=\"10.20.30.50\"", StringComparison.Ordinal)));
        }
        else
        {
            Assert.IsEmpty(ward.Lines);
        }
    }

    [TestMethod]
    public void ADefaultCommunityIsToldOfAnOutsiderWithinTheHourToo()
    {
        var ward = new Ward();
        string[] managers = [Client, Client, "203.0.113.5", "203.0.113.5", Client];
        foreach (string manager in managers)
        {
            ward.See(new Ip(Server, manager).Udp(161, 40000, Octets("3029 020101 0406 7075626c6963 a21c 00")));
        }

        Assert.HasCount(2, ward.Of("weak-service"));
        StringAssert.Contains(ward.Lines[0], "severity=\"2\" sid=\"0\" proto=\"udp\" src=\"10.20.30.60\"");
        StringAssert.Contains(ward.Lines[1], "severity=\"3\" sid=\"0\" proto=\"udp\" src=\"203.0.113.5\"");
    }

    [TestMethod]
    [DataRow("3029 020101 0406 7075626c6963 a21c 00", 161, 1)]
    [DataRow("3029 020101 0406 7075626c6964 a21c 00", 161, 0)]
    [DataRow("3029 020101 0406 7075626c6963 a21c 00", 162, 0)]
    public void ADefaultCommunityIsToldOverIpv6(string message, int port, int stories)
    {
        var ward = new Ward();
        ward.See(new Ip("2001:db8:20::50", "2001:db8:20::60").Udp(port, 40000, Octets(message)));
        ward.See(Change.Tagged(new Ip("2001:db8:20::50", "2001:db8:20::60").Udp(port, 40001, Octets(message)), (0x8100, 3)));
        Assert.HasCount(stories, ward.Of("weak-service"));
        Assert.IsTrue(ward.Lines.All(line => line.Contains("severity=\"2\" sid=\"0\" proto=\"udp\" src=\"2001:db8:20::60\" srcs=\"1\" "
            + "dst=\"2001:db8:20::50\" dsts=\"1\" dport=\"161\" frames=\"1\" name=\"SNMP default community\"", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void ADefaultCommunityIsNotHiddenByWhatTheAgentSaidBefore(bool isTagged)
    {
        var ward = new Ward();
        string[] messages = ["302a 020101 0407 736563726574 6f a21c 00", "3029 020101 0406 7075626c6963 a21c 00",
            "3029 020101 0406 7075626c6963 a21c 00"];
        foreach (string message in messages)
        {
            byte[] frame = new Ip(Server, Client).Udp(161, 40000, Octets(message));
            ward.See(isTagged ? Change.Tagged(frame, (0x8100, 3)) : frame);
        }

        StringAssert.Contains(ward.Of("weak-service").Single(),
            " dst=\"10.20.30.50\" dsts=\"1\" dport=\"161\" frames=\"1\" name=\"SNMP default community\"");
    }

    // As p0f.fp has them: TTL, window, options.
    [TestMethod]
    [DataRow(128, 16384, "020405b4 01010402", "Windows 2000 or XP")]
    [DataRow(127, 65535, "020405b4 01010402", "Windows 2000 or XP")]
    [DataRow(128, 65535, "020405b4 01030300 01010402", "Windows 2000 or XP")]
    [DataRow(128, 8192, "020405b4 01030302 01010402", "Windows Vista or 7")]
    [DataRow(128, 8192, "020405b4", "Windows NT 4 or 9x")]
    [DataRow(64, 5840, "020405b4 0402080a 00000001 00000000 01030300", "Linux before 2.6.39")]
    [DataRow(128, 64240, "020405b4 01030308 01010402", "", DisplayName = "Windows 10")]
    [DataRow(128, 8192, "020405b4 01030308 01010402", "", DisplayName = "Windows 8 to Server 2016")]
    [DataRow(128, 65535, "020405b4 01030308 01010402", "", DisplayName = "Windows 11")]
    [DataRow(64, 64240, "020405b4 0402080a 00000001 00000000 01030307", "", DisplayName = "Linux 5")]
    [DataRow(64, 65535, "020405b4 01030306 0101080a 00000001 00000000 04020000", "", DisplayName = "macOS")]
    [DataRow(64, 16384, "020405b4 01010402", "", DisplayName = "OpenBSD")]
    [DataRow(255, 16384, "020405b4 01010402", "", DisplayName = "a router")]
    [DataRow(45, 1024, "020405b4", "", DisplayName = "nmap")]
    [DataRow(128, 8192, "", "", DisplayName = "no options")]
    [DataRow(128, 8192, "02050000", "", DisplayName = "an option without an end")]
    public void ASystemWithoutUpdatesIsKnownByHowItOpensAConnection(int hops, int window, string options, string name)
    {
        var ward = new Ward();
        byte[] octets = Octets(options);
        Array.Resize(ref octets, (octets.Length + 3) / 4 * 4);
        Ip ip = new Ip(Server, Client) with { TimeToLive = hops, DontFragment = true };
        ward.See(ip.Tcp(40000, 80, "S", window: window, options: octets));
        ward.See((ip with { DontFragment = false }).Tcp(40001, 81, "S", window: window, options: octets));
        if (name.Length == 0)
        {
            Assert.IsEmpty(ward.Lines);
            return;
        }

        string line = ward.Of("weak-service").Single();
        StringAssert.Contains(line, $"severity=\"1\" sid=\"0\" proto=\"tcp\" src=\"10.20.30.50\" srcs=\"1\" dst=\"10.20.30.60\" "
            + $"dsts=\"1\" dport=\"0\" frames=\"1\" name=\"{name}\"");
        StringAssert.Contains(line, $"] system without updates: {name} at 10.20.30.50");
        Assert.DoesNotContain(" answered=", line);
        var quiet = new Ward("[imaging.accepted]\nold = \"10.20.30.50\"\nsnmp = \"10.20.30.50\"\n");
        quiet.See(ip.Tcp(40000, 80, "S", window: window, options: octets));
        quiet.See(new Ip(Server, Client).Udp(161, 40000, Octets("3029 020101 0406 7075626c6963 a21c 00")));
        Assert.IsEmpty(quiet.Lines);
    }

    // The third try of Windows XP has no options, and comes alone where the first two were lost.
    [TestMethod]
    public void AnOldSystemIsKnownByALaterConnectionWhenTheFirstSaysNothing()
    {
        var ward = new Ward();
        Ip ip = new Ip(Server, Client) with { TimeToLive = 128, DontFragment = true };
        ward.See(ip.Tcp(1025, 80, "S", window: 65535));
        Assert.IsEmpty(ward.Lines);
        ward.See(ip.Tcp(1026, 443, "S", window: 65535, options: Octets("020405b4 01010402")));
        ward.See(ip.Tcp(1027, 445, "S", window: 65535, options: Octets("020405b4 01010402")));
        StringAssert.Contains(ward.Of("weak-service").Single(), "severity=\"1\" sid=\"0\" proto=\"tcp\" src=\"10.20.30.50\" srcs=\"1\" "
            + "dst=\"10.20.30.60\" dsts=\"1\" dport=\"0\" frames=\"1\" name=\"Windows 2000 or XP\"");
    }

    [TestMethod]
    public void OldSystemsThatFindNoRoomAreToldByTheirLaterConnections()
    {
        var ward = new Ward();
        for (int hour = 0; hour < 4; hour++)
        {
            for (int i = 0; i < 20; i++)
            {
                Ip ip = new Ip(FormattableString.Invariant($"10.20.30.{100 + i}"), Client) with { TimeToLive = 128, DontFragment = true };
                ward.See(ip.Tcp(1025 + hour, 445, "S", window: 65535, options: Octets("020405b4 01010402")));
            }

            ward.Wait(TimeSpan.FromHours(1));
        }

        string[] told = [.. ward.Of("weak-service").Where(line => line.Contains("state=\"open\"", StringComparison.Ordinal))];
        Assert.HasCount(20, told);
        Assert.HasCount(20, told.Select(line => line.Split(" src=\"")[1].Split('"')[0]).Distinct().ToArray());
    }

    [TestMethod]
    public void AnOldSystemBehindTwoTagsIsKnown()
    {
        var ward = new Ward();
        Ip ip = new Ip(Server, Client) with { TimeToLive = 128, DontFragment = true };
        ward.See(Change.Tagged(ip.Tcp(1026, 80, "S", window: 65535, options: Octets("020405b4 01010402")), (0x88a8, 3), (0x8100, 4)));
        StringAssert.Contains(ward.Of("weak-service").Single(),
            " src=\"10.20.30.50\" srcs=\"1\" dst=\"10.20.30.60\" dsts=\"1\" dport=\"0\" "
            + "frames=\"1\" name=\"Windows 2000 or XP\"");
    }

    [TestMethod]
    public void AnOldSystemsGroupIsItsOwnAndNotThatOfWhomItAsks()
    {
        var ward = new Ward("MODALITIES = [\"10.20.30.50\"]\n");
        ward.See((new Ip(Server, "10.20.30.112") with { TimeToLive = 128, DontFragment = true }).Tcp(40000, 80, "S", window: 16384,
            options: Octets("020405b4 01010402")));
        string line = ward.Of("weak-service").Single();
        StringAssert.Contains(line, " src=\"10.20.30.50\" srcs=\"1\" dst=\"10.20.30.112\"");
        StringAssert.Contains(line, " group=\"MODALITIES\"");
    }

    [TestMethod]
    public void WhereDontFragmentIsNotSetNothingIsKnown()
    {
        var ward = new Ward();
        ward.See((new Ip(Server, Client) with { TimeToLive = 128 })
            .Tcp(40000, 80, "S", window: 16384, options: Octets("020405b4 01010402")));
        Assert.IsEmpty(ward.Lines);
    }

    private static string NameOf(string line) => line.Split(" name=\"")[1].Split('"')[0];

    private static byte[] Octets(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
