using System;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>Rules that compile and are hardly meant, and how diagnostics look on a terminal.</summary>
[TestClass]
public sealed class WarningTests
{
    private const string OneOctet =
        "1:1: warning: one octet is little to know a payload by: the mirror port will keep about one bulk segment in "
        + "256; compare three octets from the payload's first on, or name a port that carries no bulk data";

    [TestMethod]
    public void TooManyOpeningsAreCalledSo()
    {
        string rules = string.Concat(Enumerable.Range(1, 15).Select(i =>
            System.FormattableString.Invariant($"alert tcp any any -> any any ( content:\"|05 06 {i:x2}|\",depth 3; sid:{i}; )\n")));
        CollectionAssert.AreEqual(
            new[]
            {
                "t.rules:15:1: warning: too many openings: a table has room for 32, of which the imaging eyes have 18 and rules "
                    + "before this one "
                    + "the others; without flags and ports, the mirror port will keep every TCP frame; add flags:S or ports, or "
                    + "leave out a "
                    + "rule whose content stands at the payload's first octet",
            },
            Workbench.Complaints(rules).ToArray());
    }

    [TestMethod]
    [DataRow("", "[imaging.hosts]\ns = []",
        "8:5: warning: s: is an empty list: no host is meant, and who is in no list of [imaging.hosts] is "
        + "told of; name its addresses")]
    [DataRow("", "[imaging.dicom]\nCT1 = []",
        "8:7: warning: CT1: is an empty list: no host is meant, and who is in no list of [imaging.dicom] is "
        + "told of; name its addresses")]
    [DataRow("", "[imaging.hosts]\ns = \"any\"",
        "8:5: warning: s: is every address there is: nobody is a newcomer; name the hosts that are meant")]
    [DataRow("", "[imaging.dicom]\nCT1 = \"any\"",
        "8:7: warning: CT1: is every address there is: whoever takes this name may call; name the hosts "
        + "that are meant")]
    [DataRow("", "[imaging.accepted]\nvnc = \"any\"",
        "8:7: warning: vnc: is every address there is: it is accepted of every server; name the hosts "
        + "that are meant")]
    [DataRow("", "[imaging.hl7]\nRIS = [\"10.1.2.3\", \"192.0.2.7\"]",
        "8:7: warning: RIS: has addresses outside home: hosts there can be anybody's; "
        + "see that they are meant, or add their network to 'home'")]
    [DataRow("", "[imaging.hl7]\nRIS = [\"10.1.2.3\"]", "")]
    [DataRow("", "[[serves]]\nname = \"x\"\nport = 5555\nhosts = \"any\"",
        "10:9: warning: hosts: is every address there is: whoever serves the "
        + "port is taken for benign; name the hosts that are meant")]
    [DataRow("", "[[serves]]\nname = \"x\"\nport = 5555\nhosts = []",
        "10:9: warning: hosts: is an empty list: this entry does nothing; name the "
        + "hosts that serve the port")]
    [DataRow("board = \"wt32-eth01\"", "[imaging.dicom]\nCT1 = [\"10.1.2.3\"]",
        "8:1: warning: imaging.dicom: nobody will look: wt32-eth01 has no "
        + "memory for the imaging eyes (no PSRAM), and the lists of [imaging] are theirs; use a board with PSRAM")]
    [DataRow("board = \"olimex-esp32-poe-iso-wrover\"", "[imaging.dicom]\nCT1 = [\"10.1.2.3\"]", "")]
    public void AListThatSaysLessOrMoreThanItSeems(string board, string section, string warning)
    {
        string site = $"[site]\nname = \"w\"\nhome = [\"10.1.0.0/16\"]\n{board}\n[collector]\naddress = \"udp://192.0.2.10:514\"\n"
            + section + "\n";
        CollectionAssert.AreEqual(warning.Length == 0 ? [] : new[] { "site.toml:" + warning },
            Workbench.Complaints("alert tcp any any -> any 1 ( flags:S; sid:1; )", site).ToArray());
    }

    [TestMethod]
    [DataRow("alert tcp any any -> any [0:65535] ( flags:S; sid:1; )",
        "1:26: warning: this list has every port; if that is meant, write any")]
    [DataRow("alert udp any [:1023,1024:] -> any 1 ( sid:1; )", "1:15: warning: this list has every port; if that is meant, write any")]
    [DataRow("alert tcp any any -> any any ( dsize:0; sid:1; )",
        "1:1: warning: without flags and ports, the mirror port will keep every TCP frame; add flags:S or ports")]
    [DataRow("alert ip any any -> any any ( ttl:1; sid:1; )",
        "1:1: warning: without flags and ports, the mirror port will keep every TCP frame; add flags:S or ports")]
    [DataRow("alert ip any 80 -> any any ( flags:S; sid:1; )",
        "1:7: warning: ip ignores ports, as in Snort 3: write any, or a rule of tcp and one of udp")]
    [DataRow("alert icmp any any -> any [1,2] ( sid:1; )",
        "1:7: warning: icmp ignores ports, as in Snort 3: write any, or a rule of tcp and one of udp")]
    [DataRow("alert tcp any any -> any 1024:2023 ( sid:1; )",
        "1:1: warning: without flags, the mirror port will keep every TCP frame of 1000 ports; add flags:S or name fewer")]
    [DataRow("alert tcp any any -> any [103:105,11112] ( sid:1; )",
        "1:1: warning: without flags, the mirror port will keep every TCP frame of port 104, 11112, which carries bulk data; add "
        + "flags:S, or a content with its depth at the payload's first octet")]
    [DataRow("alert tcp any any -> any 1 ( flags:A; ack:0; sid:1; )",
        "1:1: warning: these flags are also those of data frames (ACK): the mirror port will keep every such frame of every connection")]
    [DataRow("alert tcp any any -> any 1 ( flags:!S; sid:1; )",
        "1:1: warning: these flags are also those of data frames (ACK; ACK and PSH): the mirror port will keep every such frame of every "
        + "connection")]
    [DataRow("alert tcp any any -> any 104 ( content:\"|05 06|\",depth 2; sid:1; )", "")]
    [DataRow("alert tcp any any -> any any ( content:\"|05 06|\",depth 2; sid:1; )", "")]
    [DataRow("alert tcp any any -> any 104 ( content:\"|05 06|\",offset 1,depth 2; sid:1; )",
        "1:1: warning: without flags, the mirror port will keep every TCP frame of port 104, which carries bulk data; add flags:S, or a "
        + "content with its depth at the payload's first octet")]
    [DataRow("alert tcp any any -> any any ( content:\"|00|\",depth 1; sid:1; )", OneOctet)]
    [DataRow("alert tcp any any -> any 104 ( content:\"|00|\",depth 1; sid:1; )", OneOctet)]
    [DataRow("alert tcp any any -> any 23 ( content:\"|00|\",depth 1; sid:1; )", "")]
    [DataRow("alert tcp any any -> any any ( content:\"|00|\",depth 1; dsize:<20; sid:1; )", "")]
    [DataRow("alert tcp any any -> any [1:65535] ( flags:S; sid:1; )", "")]
    [DataRow("alert udp any any -> any any ( dsize:0; sid:1; )", "")]
    [DataRow("alert tcp any any -> any 1024:2022 ( sid:1; )", "")]
    [DataRow("alert tcp any 23 -> any any ( sid:1; )", "")]
    [DataRow("alert tcp any any -> any any ( flags:SA; sid:1; )", "")]
    [DataRow("alert tcp any any -> any any ( flags:0; sid:1; )", "")]
    public void WhatIsHardlyMeant(string rule, string warning)
    {
        CollectionAssert.AreEqual(warning.Length == 0 ? [] : new[] { "t.rules:" + warning }, Workbench.Complaints(rule).ToArray());
    }

    [TestMethod]
    [DataRow("udp any any -> any 5 ( flags:S; sid:1; )", "1:1: warning: flags: udp has no flags, tcp has: this rule can't match")]
    [DataRow("udp any any -> any 5 ( window:9; sid:1; )", "1:1: warning: window: udp has no window, tcp has: this rule can't match")]
    [DataRow("tcp any any -> any 5 ( flags:S; itype:8; sid:1; )", "1:1: warning: itype: tcp has no itype, icmp has: this rule can't match")]
    [DataRow("udp any any -> any 5 ( ttl:>255; sid:1; )", "1:1: warning: ttl: no value satisfies it: this rule can't match")]
    [DataRow("udp any any -> any 5 ( metadata:suspekt yes; sid:1; )",
        "1:39: warning: metadata: 'suspekt' steers nothing; did you mean 'suspect'?")]
    [DataRow("udp any any -> any 5 ( metadata:policy balanced-ips; sid:1; )", "")]
    [DataRow("udp any any -> any 5 ( classtype:trojan-activty; sid:1; )",
        "1:40: warning: classtype: 'trojan-activty' is no class that Snort or Suricata comes with; did you mean 'trojan-activity'?; "
        + "it goes into the catalogue as it is")]
    [DataRow("ip any any -> any any ( ip_proto:6; flags:0; sid:1; )", "")]
    public void WhatDoesNothing(string rule, string warning)
    {
        CollectionAssert.AreEqual(
            warning.Length == 0 ? [] : new[] { "t.rules:" + warning }, Workbench.Complaints("alert " + rule).ToArray());
    }

    [TestMethod]
    [DataRow("tcp any any -> any 5 ( flags:S,S; sid:1; )", "flags: S is asked for and, behind the comma, left out")]
    [DataRow("tcp any any -> any 5 ( flags:+SA,A; sid:1; )", "flags: A is asked for and, behind the comma, left out")]
    [DataRow("tcp any any -> any 5 ( flags:*SA,SA; sid:1; )", "flags: SA is asked for and, behind the comma, left out")]
    [DataRow("tcp any any -> any 5 ( flags:*0; sid:1; )", "flags: asks for any of no flags")]
    [DataRow("udp any any -> any 5 ( ttl:<5; ttl:>10; sid:1; )", "ttl: no value satisfies all of ttl:0<=>4; ttl:>=11")]
    [DataRow("udp any any -> any 5 ( id:7; id:!7; sid:1; )", "id: no value satisfies all of id:7; id:!7")]
    [DataRow("udp any any -> any 5 ( ttl:<2; ttl:!0; ttl:!1; sid:1; )", "ttl: no value satisfies all of ttl:0<=>1; ttl:!0; ttl:!1")]
    [DataRow("udp any any -> any 5 ( dsize:<0; sid:1; )", "dsize: no value satisfies it")]
    [DataRow("ip any any -> any any ( ip_proto:6; ip_proto:17; sid:1; )", "ip_proto: no protocol is left together with ip_proto:6")]
    [DataRow("ip any any -> any any ( ip_proto:<6; ip_proto:!1; ip_proto:>4; ip_proto:!5; sid:1; )",
        "ip_proto: no protocol is left together with what else it asks for")]
    [DataRow("ip any any -> any any ( ip_proto:<0; sid:1; )", "ip_proto: no protocol satisfies it")]
    [DataRow("ip any any -> any any ( flags:S; ip_proto:udp; sid:1; )", "ip_proto: no protocol is left together with flags")]
    [DataRow("ip any any -> any any ( flags:S; itype:8; sid:1; )", "itype: no protocol is left together with flags")]
    [DataRow("udp any any -> any 5 ( ip_proto:6; sid:1; )", "ip_proto: no protocol is left together with udp")]
    [DataRow("icmp any any -> any any ( ip_proto:!1; ip_proto:!58; sid:1; )",
        "ip_proto: no protocol is left together with what else it asks for")]
    [DataRow("udp any any -> any 5 ( fragbits:*; sid:1; )", "fragbits: asks for any of no bits")]
    [DataRow("udp any any -> any 5 ( fragbits:D; fragbits:!D; sid:1; )", "fragbits: no bits satisfy all of fragbits:D; fragbits:!D")]
    [DataRow("udp any any -> any 5 ( content:\"abcdef\"; dsize:<3; sid:1; )", "content: needs 6 octets of payload, and dsize allows 2")]
    [DataRow("udp any any -> any 5 ( content:\"ab\",offset 9; dsize:10; sid:1; )",
        "content: needs 11 octets of payload, and dsize allows 10")]
    [DataRow("udp any any -> any 5 ( content:\"abc\"; content:!\"b\"; sid:1; )",
        "content: what must be there is also what must not be there")]
    [DataRow("udp any any -> any 5 ( content:\"abc\",nocase,depth 9; content:!\"B\",nocase,depth 9; sid:1; )",
        "content: what must be there is also what must not be there")]
    [DataRow("udp any any -> any 5 ( content:\"ab\",depth 2; content:\"X\",offset 1,depth 1; sid:1; )",
        "content: two texts would have to stand at octet 1 of the payload")]
    [DataRow("ip any any -> any any ( ip_proto:6; content:\"a\",offset 74; sid:1; )",
        "content: needs 75 octets of payload, and the sensor keeps at most 74 of such a frame")]
    [DataRow("udp 10.0.0.0/8 any -> 2001:db8::/32 5 ( sid:1; )", "one side has only IPv4 addresses and the other only IPv6")]
    public void WhatCannotMatchSaysWhyAndIsInNobodysShadow(string rule, string reason)
    {
        string all = "alert ip any any -> any any ( sid:9; )\nalert " + rule;
        CollectionAssert.AreEqual(
            new[] { $"t.rules:2:1: warning: {reason}: this rule can't match" },
            Workbench.Complaints(all).Where(s => !s.StartsWith("t.rules:1:", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    [DataRow("tcp any any -> any 5 ( flags:S,A; sid:1; )")]
    [DataRow("tcp any any -> any 5 ( flags:!0; ack:0; sid:1; )")]
    [DataRow("tcp any any -> any 5 ( flags:*SA,A; sid:1; )")]
    [DataRow("udp any any -> any 5 ( ttl:>4; ttl:<6; sid:1; )")]
    [DataRow("udp any any -> any 5 ( id:!7; id:!8; sid:1; )")]
    [DataRow("icmp any any -> any any ( ip_proto:!1; itype:8; sid:1; )")]
    [DataRow("ip any any -> any 5 ( ip_proto:>5; ip_proto:<7; flags:S; sid:1; )")]
    [DataRow("udp any any -> any 5 ( fragbits:D; fragbits:!M; sid:1; )")]
    [DataRow("udp any any -> any 5 ( content:\"abcdef\"; dsize:<7; sid:1; )")]
    [DataRow("udp any any -> any 5 ( content:!\"abcdef\"; dsize:<3; sid:1; )")]
    [DataRow("udp any any -> any 5 ( content:\"abc\"; content:!\"b\",offset 2; sid:1; )")]
    [DataRow("udp any any -> any 5 ( content:\"abc\"; content:!\"b\",depth 40; sid:1; )")]
    [DataRow("udp any any -> any 5 ( content:\"abc\",nocase; content:!\"b\"; sid:1; )")]
    [DataRow("udp any any -> any 5 ( content:\"ab\",depth 2; content:\"B\",nocase,offset 1,depth 1; sid:1; )")]
    [DataRow("udp any any -> any 5 ( content:\"a\",offset 85; sid:1; )")]
    [DataRow("udp [10.0.0.0/8,2001:db8::/32] any -> 2001:db8::/32 5 ( sid:1; )")]
    public void WhatCanMatchIsNotSaidToBeImpossible(string rule)
    {
        Assert.IsFalse(Workbench.Complaints("alert " + rule).Any(s => s.Contains("can't match", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void ARuleThatTheSiteLeavesInactiveIsLookedAtToo()
    {
        StringAssert.Contains(string.Join('\n', Workbench.Complaints("alert tcp any any -> $PACS 5 ( flags:S,S; sid:1; )\nalert udp any "
            + "any -> any 5 ( sid:2; )")),
            "t.rules:1:1: warning: flags: S is asked for", StringComparison.Ordinal);
    }

    [TestMethod]
    public void ABoxThatTellsNobodyIsWarnedOf()
    {
        StringAssert.StartsWith(
            Workbench.Complaints("alert udp any any -> any 5 ( sid:1; )", "[site]\nhome = \"10.0.0.0/8\"\n").Single(),
            "site.toml: warning: collector: no collector is named", StringComparison.Ordinal);
    }

    [TestMethod]
    public void WhatADeviceHasNoRoomOrTimeForIsWarnedOf()
    {
        string rules = string.Concat(Enumerable.Range(1, 330).Select(i =>
            $"alert udp any any -> any {i} ( msg:\"a name of its own {i:000}\"; sid:{i}; )\n"));
        string all = string.Join('\n', Workbench.Complaints(rules));
        StringAssert.Contains(all, "octets of the device's memory (its matcher included), and 16640 are planned", StringComparison.Ordinal);
        StringAssert.Contains(all, "million instructions, and 20 million are planned", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("tcp any any -> any 1:9 ( flags:S; sid:1; )", "tcp any any -> any 5 ( flags:S; sid:2; )", true)]
    [DataRow("tcp any any -> any 5 ( flags:S; sid:1; )", "tcp any any -> any 5 ( flags:S; sid:2; )", true)]
    [DataRow("tcp any any -> any 5 ( flags:S,CE; sid:1; )", "tcp any any -> any 5 ( flags:S; sid:2; )", true)]
    [DataRow("tcp any any -> any 5 ( flags:S; sid:1; )", "tcp any any -> any 5 ( flags:S,CE; sid:2; )", false)]
    [DataRow("tcp any any -> any 5 ( flags:S; sid:1; )", "tcp any any -> any 5 ( flags:S; priority:2; sid:2; )", false, true)]
    [DataRow("tcp any any -> any 5 ( flags:S; priority:3; sid:1; )", "tcp any any -> any 5 ( flags:S; priority:2; sid:2; )", true)]
    [DataRow("tcp any any -> any 5 ( flags:S; sid:1; )", "tcp any any -> any 5 ( flags:S; metadata:suspect yes; sid:2; )", false, true)]
    [DataRow("tcp any any -> any 5 ( flags:S; sid:1; )", "tcp any any -> any 5:6 ( flags:S; sid:2; )", false)]
    [DataRow("udp any any -> any 5 ( sid:1; )", "tcp any any -> any 5 ( flags:S; sid:2; )", false)]
    [DataRow("ip any any -> any any ( ip_proto:!6; ttl:<5; sid:1; )", "udp any any -> any 5 ( ip_proto:!6; ttl:3; sid:2; )", true)]
    [DataRow("icmp any any -> any any ( ttl:<5; sid:1; )", "icmp any any -> any any ( ttl:5; sid:2; )", false)]
    [DataRow("udp any any -> 10.1.0.0/16 any ( sid:1; )", "udp any any -> 10.1.2.0/24 any ( sid:2; )", true)]
    [DataRow("udp any any -> 10.1.2.0/24 any ( sid:1; )", "udp any any -> 10.1.0.0/16 any ( sid:2; )", false)]
    [DataRow("udp any 7 <> any any ( sid:1; )", "udp any any -> any 7 ( sid:2; )", true)]
    [DataRow("udp any any -> any 7 ( sid:1; )", "udp any 7 <> any any ( sid:2; )", false)]
    [DataRow("udp any any -> any 7 ( detection_filter:track by_src,count 2,seconds 9; sid:1; )", "udp any any -> any 7 ( sid:2; )", false)]
    [DataRow("udp any any -> any 7 ( sid:1; )", "udp any any -> any 7 ( detection_filter:track by_src,count 2,seconds 9; sid:2; )", true)]
    [DataRow("udp any any -> any 7 ( content:\"a\"; sid:1; )", "udp any any -> any 7 ( content:\"a\"; content:\"b\"; sid:2; )", true)]
    [DataRow("udp any any -> any 7 ( content:\"ab\"; sid:1; )", "udp any any -> any 7 ( content:\"a\"; sid:2; )", false)]
    [DataRow("eth any -> any ( ethertype:0x6003; sid:1; )", "eth any -> any ( ethertype:0x6003; sid:2; )", true)]
    public void ARuleThatAnotherOneShadows(string first, string second, bool shadowed, bool shadows = false)
    {
        string[] said = [.. Workbench.Complaints($"alert {first}\nalert {second}").Where(s =>
            !s.Contains("mirror port", StringComparison.Ordinal))];
        string[] places = shadowed ? ["t.rules:2:1"] : shadows ? ["t.rules:1:1"] : [];
        CollectionAssert.AreEqual(places, said.Select(s => s.Split(": ")[0]).ToArray(), string.Join('\n', said));
        Assert.IsTrue(!shadowed || said[0].Contains("1:2 will never name an incident: whatever it matches is matched by 1:1 (t.rules:1)",
            StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("alert tcp any any -> any 1 ( flgas:S; sid:1; )", "; did you mean 'flags'?")]
    [DataRow("alert tcp any any -> any 1 ( flag:S; sid:1; )", "; did you mean 'flags'?")]
    [DataRow("alert tcp any any -> any 1 ( contnet:\"a\"; sid:1; )", "; did you mean 'content'?")]
    [DataRow("alert tcp any any -> any 1 ( detectionfilter:track by_src; sid:1; )", "; did you mean 'detection_filter'?")]
    [DataRow("alert tcp $HOME_NTE any -> any 1 ( sid:1; )", "; did you mean '$HOME_NET'?")]
    [DataRow("alert tcp $modalitys any -> any 1 ( sid:1; )", "; did you mean '$MODALITIES'?")]
    [DataRow("alert tcp any any -> any 1 ( content:\"a\",no_case; sid:1; )", "; did you mean 'nocase'?")]
    [DataRow("alert tpc any any -> any 1 ( sid:1; )", "; did you mean 'tcp'?")]
    [DataRow("alerts tcp any any -> any 1 ( sid:1; )", "; did you mean 'alert'?")]
    [DataRow("alert tcp any any -> any 1 ( elephant:1; sid:1; )", "unknown option")]
    [DataRow("alert tcp any any -> any 1 ( http_uri; sid:1; )", "a rule must do without it")]
    public void AMisspeltWordIsAnsweredWithOneThatIsMeant(string rule, string end)
    {
        StringAssert.EndsWith(Workbench.Complaints(rule).Single(), end, StringComparison.Ordinal);
    }

    [TestMethod]
    public void TheLineIsShownWithACaret()
    {
        using var folder = new TemporaryFolder();
        string site = folder.Write("site.toml", System.Text.Encoding.UTF8.GetBytes(Workbench.Site));
        string text = "alert tcp any any -> any 1 ( msg:\"a\"; sid:1; )\n\talert tcp $HOME_NTE any -> any 1 ( "
            + $"reference:url,{new string('x', 200)}; ttl:256; sid:2; )\n";
        string rules = folder.Write("t.rules", System.Text.Encoding.UTF8.GetBytes(text));
        SigtabRun check = SigtabRun.Of("check", rules, "--site", site);
        Assert.AreEqual(2, check.Code);
        string[] lines = check.Errors.ReplaceLineEndings("\n").Split('\n');
        Assert.AreEqual($"{rules}:2:12: error: unknown variable $HOME_NTE; the site profile has no such group; did you mean '$HOME_NET'?",
            lines[0]);
        StringAssert.StartsWith(lines[1], "    \talert tcp $HOME_NTE any -> any 1 ( reference:url,xxx", StringComparison.Ordinal);
        StringAssert.EndsWith(lines[1], "...", StringComparison.Ordinal);
        Assert.AreEqual("    \t          ^~~~~~~~~", lines[2]);
        StringAssert.Contains(lines[3], ":2:257: error: ttl: '256' is out of bounds", StringComparison.Ordinal);
        Assert.AreEqual(lines[4].IndexOf("256;", StringComparison.Ordinal), lines[5].IndexOf("^~~", StringComparison.Ordinal));
        Assert.AreEqual("2 errors, no table", lines[6]);
    }
}
