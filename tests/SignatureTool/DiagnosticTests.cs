using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>What is said when rules or a profile are wrong: which file, line, column and option, and what would be
/// right.</summary>
[TestClass]
public sealed class DiagnosticTests
{
    [TestMethod]
    [DataRow("alert tcp any any -> any any ( bogus:1; sid:1; )", "t.rules:1:32: error: bogus: unknown option")]
    [DataRow("alert tcp any any -> any any ( pcre:\"/x/\"; sid:1; )",
        "t.rules:1:32: error: pcre: is an option of Snort that the sensor does not have (regular expressions are more than it can "
            + "search in "
        + "time; what is fixed in them can be a content); a rule must do without it")]
    [DataRow("alert tcp any any -> any any ( flags:SX; sid:1; )",
        "t.rules:1:39: error: flags: 'X' is no flag; possible are FSRPAUCE, 0 for none, and + * ! for all, any, none of them")]
    [DataRow("alert tcp any any -> any any ( flags:S,0; sid:1; )", "t.rules:1:40: error: flags: '0' is no flag; possible are FSRPAUCE")]
    [DataRow("alert tcp any any -> any any ( ttl:256; sid:1; )", "t.rules:1:36: error: ttl: '256' is out of bounds; possible are 0 to 255")]
    [DataRow("alert tcp any any -> any any ( dsize:9<>5; sid:1; )", "t.rules:1:38: error: dsize: '9<>5' ends before it begins")]
    [DataRow("alert tcp any any -> any any ( dsize:x; sid:1; )",
        "t.rules:1:38: error: dsize: 'x' is no number and no range; write 5, !5, <5, <=5, >5, >=5, 1<>5 or 1<=>5")]
    [DataRow("alert tcp any any -> any any ( content:\"ab|0g|\"; sid:1; )",
        "t.rules:1:45: error: content: 'g' is no hexadecimal digit; between '|' stand octets as |0d 0a|")]
    [DataRow("alert tcp any any -> any any ( content:\"a|0d\"; sid:1; )",
        "t.rules:1:41: error: content: a '|' is missing behind the hexadecimal digits")]
    [DataRow("alert tcp any any -> any any ( content:\"\"; sid:1; )", "t.rules:1:41: error: content: is empty")]
    [DataRow("alert tcp any any -> any any ( content:\"abc\",depth 2; sid:1; )",
        "t.rules:1:40: error: content: a depth of 2 can't hold these 3 octets")]
    [DataRow("alert tcp any any -> any any ( content:\"abc\",offset 84; sid:1; )",
        "t.rules:1:40: error: content: lies beyond the 128 octets of a frame that the sensor keeps, of which at most 74 are payload")]
    [DataRow("alert tcp any any -> any any ( content:\"abc\",within 84; sid:1; )",
        "t.rules:1:46: error: content: 'within' is not possible here; possible are nocase, offset N and depth N")]
    [DataRow("alert tcp any any -> any any ( content:\"abc\"; nocase; sid:1; )",
        "t.rules:1:47: error: nocase: stands inside content in Snort 3: content:\"...\",nocase")]
    [DataRow("alert tcp any any -> any any ( flow:established; sid:1; )",
        "t.rules:1:37: error: flow: only 'stateless' is possible, not 'established': signatures look at single frames")]
    [DataRow("alert tcp any any -> any any ( detection_filter:track by_src, count 3; sid:1; )",
        "t.rules:1:32: error: detection_filter: needs all three: track by_src|by_dst, count N, seconds N")]
    [DataRow("alert tcp any any -> any any ( sid:1; msg:\"x\" )", "t.rules:1:43: error: msg: ';' is missing behind this option")]
    [DataRow("alert tcp any any -> any any ( msg:\"x\"; )", "t.rules:1:1: error: sid: is missing; every rule needs its own")]
    [DataRow("alert tcp any any -> any any ( sid:1; sid:2; )", "t.rules:1:39: error: sid: stands twice in this rule; the first is at 1:32")]
    [DataRow("alert tcp any any -> any any ( sid:0; )", "t.rules:1:36: error: sid: '0' is not a number from 1 to 2147483647")]
    [DataRow("alert tcp any any -> any any ( priority:6; sid:1; )", "t.rules:1:41: error: priority: '6' is not a number from 1 to 5")]
    [DataRow("alert tcp any any -> any any ( metadata:suspect maybe; sid:1; )",
        "t.rules:1:41: error: metadata: suspect is 'yes' or 'no', not 'maybe'")]
    [DataRow("alert tcp any any -> any any ( metadata:conversation servise; sid:1; )",
        "t.rules:1:41: error: metadata: a conversation is 'suspect' or a 'service', not 'servise'; did you mean 'service'?")]
    [DataRow("alert tcp any any -> any any ( metadata:kind broadcast; sid:1; )",
        "t.rules:1:41: error: metadata: the only kind is 'restricted-service', not 'broadcast'")]
    [DataRow("alert tcp any any -> any any ( msg:x; sid:1; )", "t.rules:1:36: error: msg: needs a text in quotation marks")]
    [DataRow("alert tcp any any -> any any ( reference:url; sid:1; )",
        "t.rules:1:42: error: reference: is written 'scheme,id', e.g. reference:url,example.org")]
    [DataRow("alert tcp $NOWHERE any -> any any ( sid:1; )",
        "t.rules:1:11: error: unknown variable $NOWHERE; the site profile has no such group")]
    [DataRow("alert tcp 10.0.0.300 any -> any any ( sid:1; )", "t.rules:1:11: error: '10.0.0.300' is no IPv4 or IPv6 address")]
    [DataRow("alert tcp [10.0.0.1,10.0.0.0/33] any -> any any ( sid:1; )",
        "t.rules:1:21: error: '33' is no prefix length of an IPv4 address; it must be a number from 0 to 32")]
    [DataRow("alert tcp any any -> !any any ( sid:1; )", "t.rules:1:22: error: !any matches nothing; Snort refuses it")]
    [DataRow("alert tcp any any -> [10.1.2.3,!10.1.0.0/16] any ( sid:1; )",
        "t.rules:1:22: error: a wider range is negated than one that matches; Snort refuses it, turn the logic round")]
    [DataRow("alert tcp any any -> any [] ( sid:1; )", "t.rules:1:27: error: this list is empty; name ports, or write any")]
    [DataRow("alert tcp any any -> any [1,![ ]] ( sid:1; )", "t.rules:1:32: error: this list is empty; name ports, or write any")]
    [DataRow("alert tcp any any -> [] any ( sid:1; )", "t.rules:1:23: error: this list is empty; name addresses, or write any")]
    [DataRow("alert tcp [10.1.0.1,[]] any -> any any ( sid:1; )", "t.rules:1:22: error: this list is empty; name addresses, or write any")]
    [DataRow("alert tcp any any -> any any ( metadata:suspect yse; sid:1; )",
        "t.rules:1:41: error: metadata: suspect is 'yes' or 'no', not 'yse'; did you mean 'yes'?")]
    [DataRow("alert tcp any any -> any any ( metadata:kind restrictd-service; sid:1; )",
        "t.rules:1:41: error: metadata: the only kind is 'restricted-service', not 'restrictd-service'; did you mean "
            + "'restricted-service'?")]
    [DataRow("alert tcp any 70000 -> any any ( sid:1; )",
        "t.rules:1:15: error: '70000' is no port and no range; ports are 0 to 65535, ranges 1024:, :1023 or 20:25")]
    [DataRow("alert tcp any any -> any 90:80 ( sid:1; )", "t.rules:1:26: error: the range 90:80 ends before it begins")]
    [DataRow("alert tcp any any -> any [80,!80] ( sid:1; )", "t.rules:1:26: error: no port is left: everything in this list is negated")]
    [DataRow("alert tcp any any any any ( sid:1; )", "t.rules:1:23: error: '->' or '<>' is missing between the sides of the header")]
    [DataRow("alert tcp any any <- any any ( sid:1; )", "t.rules:1:19: error: Snort has no '<-'; exchange the sides and write '->'")]
    [DataRow("alert tcp any any -> any [80 ( sid:1; )", "t.rules:1:26: error: ']' is missing at the end of this list")]
    [DataRow("alert http any any -> any any ( sid:1; )",
        "t.rules:1:7: error: unknown protocol 'http'; possible are tcp, udp, icmp, ip and eth")]
    [DataRow("drop tcp any any -> any any ( sid:1; )", "t.rules:1:1: error: unknown action 'drop'; only 'alert' is possible")]
    [DataRow("alert tcp any any -> any any ( sid:1;", "t.rules:1:30: error: this '(' is never closed: the file ends before ')'")]
    [DataRow("alert tcp any any -> any any", "t.rules:1:1: error: this rule has no options; '( ... )' is missing")]
    [DataRow("alert eth any -> any ( sid:1; )", "t.rules:1:1: error: an eth rule needs ethertype, llc or snap")]
    [DataRow("alert eth any -> any ( ethertype:0x0800; sid:1; )", "t.rules:1:34: error: ethertype: frames of IP are for 'alert ip'")]
    [DataRow("alert tcp any any -> any any ( ethertype:0x6003; sid:1; )",
        "t.rules:1:1: error: ethertype, llc and snap belong to 'alert eth'")]
    public void SaysWhereAndWhat(string rule, string complaint)
    {
        CollectionAssert.AreEqual(new[] { complaint }, Workbench.Complaints(rule).ToArray());
    }

    [TestMethod]
    public void AllErrorsOfAllFilesAreToldAtOnce()
    {
        CompiledTable compiled = TableCompiler.CompileText(
            [
                ("a.rules", "# first\n\nalert tcp any any -> any any ( ttl:999; flags:Q;\n    sid:1; )\nalert tcp $A any -> $B any ( "
                    + "sid:2; )\n"),
                ("b.rules", "alert tcp any any -> any any ( msg:\"open; sid:3; )\nalert udp any any -> any any ( id:; sid:4; )\n"),
            ],
            ("site.toml", Workbench.Site));
        string[] places = [.. compiled.Diagnostics.Select(d => $"{d.File}:{d.Line}:{d.Column} {d.Option}")];
        CollectionAssert.AreEqual(
            new[]
            {
                "a.rules:3:36 ttl", "a.rules:3:47 flags", "a.rules:5:11 ", "a.rules:5:21 ", "b.rules:1:36 msg", "b.rules:1:30 ",
                    "b.rules:2:34 id",
            },
            places);
        Assert.IsNull(compiled.Table);
    }

    [TestMethod]
    [DataRow('[', ']')]
    [DataRow('{', '}')]
    public void AProfileThatNestsTooDeeplyIsTold(char open, char close)
    {
        string lists = open == '[' ? new string(open, 100) + new string(close, 100)
            : string.Concat(Enumerable.Repeat("{a=", 100)) + "1" + new string(close, 100);
        IReadOnlyList<string> said = Workbench.Complaints("alert tcp any any -> any 1 ( sid:7; )", "[site]\nhome = " + lists + "\n");
        StringAssert.StartsWith(said[0], "site.toml:2:", StringComparison.Ordinal);
        StringAssert.Contains(said[0], "more than 64 lists stand in each other", StringComparison.Ordinal);
    }

    [TestMethod]
    public void AnIdentifierStandsOnceInAllFiles()
    {
        IReadOnlyList<string> said = Workbench.Complaints("alert tcp any any -> any 1 ( sid:7; )\nalert udp any any -> any 1 ( gid:1; "
            + "sid:7; rev:2; )\nalert udp any any -> any 1 ( gid:2; sid:7; )");
        CollectionAssert.AreEqual(new[] { "t.rules:2:1: error: sid: 1:7 is also the rule at t.rules:1" }, said.ToArray());
    }

    [TestMethod]
    public void RulesOfAGroupThatTheSiteLeavesOutAreInactiveAndListedOnce()
    {
        CompiledTable compiled = TableCompiler.CompileText(
            [("t.rules", "alert tcp any any -> $PACS 1 ( sid:1; ) alert tcp $PACS any -> any 1 ( sid:2; ) alert tcp any any -> any 1 ( "
                + "sid:3; )")],
            ("site.toml", Workbench.Site));
        Assert.IsNotNull(compiled.Table);
        CollectionAssert.AreEqual(
            new[] { "site.toml: note: 2 rules are inactive, they need $PACS, which has no members here: 1:1, 1:2" },
            compiled.Diagnostics.Select(d => d.ToString()).ToArray());
        CollectionAssert.AreEqual(new[] { 3 }, compiled.Catalogue.Entries.Select(e => e.Sid).ToArray());
    }

    [TestMethod]
    public void AListThatSnortReadsOtherwiseIsTold()
    {
        CollectionAssert.AreEqual(
            new[]
            {
                "t.rules:1:11: warning: 10.0.0.0-10.255.255.255 and 10.0.0.0-10.0.255.255 begin alike: Snort 3 loses one of them, this "
                    + "table has both; leave one out",
            },
            Workbench.Complaints("alert udp [10.0.0.0/8,10.0.0.0/16] any -> any any ( sid:1; )").ToArray());
    }

    [TestMethod]
    [DataRow("[site]\nname = \"x\"\n", "site.toml: error: home: the profile must say what the home network is: [site] home = "
        + "[\"10.1.2.0/24\"]")]
    [DataRow("[site]\nhome = [\"10.1.2.0/24\", \"10.1.2.0/33\"]\n",
        "site.toml:2:24: error: home: '33' is no prefix length of an IPv4 address; it must be a number from 0 to 32")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\ncolour = 1\n",
        "site.toml:3:1: error: colour: unknown key; [site] has name, home, board, tag, enterprise and fresh_days")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[groups]\npacs = [\"10.0.0.1\"]\n",
        "site.toml:4:1: error: pacs: is no group name; it needs capital letters, digits and '_', at most 24; did you mean 'PACS'?")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\nbord = \"x\"\n",
        "site.toml:3:1: error: bord: unknown key; [site] has name, home, board, tag, enterprise and fresh_days; did you mean 'board'?")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\nboard = \"wt32-eth1\"\n",
        "site.toml:3:9: error: board: 'wt32-eth1' is no board that there is a profile of; there are olimex-esp32-poe-iso, "
        + "olimex-esp32-poe-iso-wrover, wt32-eth01; did you mean 'wt32-eth01'?")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[collector]\nadress = \"udp://x:514\"\n",
        "site.toml:4:1: error: adress: unknown key; [collector] has address and ca; did you mean 'address'?")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[clock]\nsevrer = \"x\"\n",
        "site.toml:4:1: error: sevrer: unknown key; [clock] has server; did you mean 'server'?")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[severity]\ncountermeasure = 1\n",
        "site.toml:4:1: error: countermeasure: unknown key; possible are countermeasures, home and the names of groups; did you mean "
        + "'countermeasures'?")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[severity]\nPASC = 1\n",
        "site.toml:4:1: error: PASC: unknown key; possible are countermeasures, home and the names of groups; did you mean 'PACS'?")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[[expected]]\nname = \"x\"\nsuorce = \"10.0.0.1\"\ndestination = \"10.0.0.1\"\n",
        "site.toml:5:1: error: suorce: unknown key; [[expected]] has name, source, destination, proto, port, owner, ticket and until; "
        + "did you mean 'source'?")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[[expected]]\nname = \"x\"\nsource = []\n",
        "site.toml:5:10: error: source: is an empty list; name addresses, or leave the key out for any")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[[expected]]\nname = \"x\"\nproto = \"udpp\"\ndestination = \"10.0.0.1\"\n",
        "site.toml:5:9: error: proto: 'udpp' is no protocol; possible are tcp, udp, icmp, icmpv6, igmp, ip and numbers from 0 to 255; "
        + "did you mean 'udp'?")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[[expected]]\nname = \"x\"\nproto = \"udp\"\ndestination = \"10.0.0.1\"\nport = []\n",
        "site.toml:7:8: error: port: this list is empty; name ports, or write any")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[collector]\naddress = \"http://x\"\n",
        "site.toml:4:11: error: address: 'http://x' is no collector; write udp://192.0.2.10:514, or tcp:// or tls://")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[collector]\naddress = \"tls://x:6514\"\n",
        "site.toml:3:1: error: ca: is missing: a tls collector needs the file with its certificate authority")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[severity]\nPACS = 9\n", "site.toml:4:8: error: PACS: needs a number from 1 to 5")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[expected]\nname = \"x\"\n", "site.toml:3:1: error: expected: is a list; write [[expected]]")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[[expected]]\nname = \"x\"\n",
        "site.toml:3:1: error: expected: explains everything; it needs a source, a destination or a port")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[[expected]]\nname = \"x\"\nproto = \"icmp\"\nport = 3\n",
        "site.toml:6:1: error: port: needs proto = \"tcp\" or \"udp\"")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[garden]\n",
        "site.toml:3:1: error: garden: unknown section; possible are site, groups, expected, serves, collector, clock, severity, "
        + "imaging.dicom, imaging.hl7, imaging.accepted and imaging.hosts")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[serves]\nname = \"x\"\n", "site.toml:3:1: error: serves: is a list; write [[serves]]")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[[serves]]\nname = \"x\"\nport = 5555\n",
        "site.toml:3:1: error: hosts: is missing: name the hosts that serve the port, such as hosts = [\"10.1.2.9\"]")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[[serves]]\nname = \"x\"\nhosts = \"10.0.0.9\"\n",
        "site.toml:3:1: error: port: is missing: name the port that the hosts serve, such as port = 5555")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[[serves]]\nhosts = \"10.0.0.9\"\nport = 5555\n",
        "site.toml:3:1: error: name: is missing: say what serves the port, such as \"backup agent\"")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[[serves]]\nname = \"x\"\nhosts = \"10.0.0.9\"\nproto = \"icmp\"\nport = 5555\n",
        "site.toml:6:9: error: proto: a service has proto = \"tcp\" or \"udp\"")]
    [DataRow("[site]\nhome = \"10.0.0.0/8\"\n[[serves]]\nname = \"x\"\nhosts = \"10.0.0.9\"\nport = 5555\nprotto = \"tcp\"\n",
        "site.toml:7:1: error: protto: unknown key; [[serves]] has name, hosts, proto, port, owner, ticket and until; did you mean "
        + "'proto'?")]
    public void SaysWhatIsWrongWithAProfile(string site, string complaint)
    {
        CollectionAssert.AreEqual(new[] { complaint }, Workbench.Complaints("alert tcp any any -> any 1 ( sid:1; )", site).ToArray());
    }

    [TestMethod]
    [DataRow("[groups]\nPASC = [\"10.0.0.1\"]\n", "4:1: warning: PASC: is a group of your own; did you mean 'PACS', which the shipped "
        + "rules name?")]
    [DataRow("[groups]\nDNS_SERVER = [\"10.0.0.1\"]\n",
        "4:1: warning: DNS_SERVER: is a group of your own; did you mean 'DNS_SERVERS', which the shipped rules name?")]
    [DataRow("[groups]\nPACS2 = [\"10.0.0.1\"]\n", "")]
    [DataRow("[groups]\nPACS = [\"10.0.0.2\"]\nPASC = [\"10.0.0.1\"]\n", "")]
    [DataRow("[groups]\nPRINTERS = [\"10.0.0.1\"]\n", "")]
    public void AGroupThatResemblesAStandardOneIsWarnedOf(string groups, string warning)
    {
        string site = "[site]\nhome = \"10.0.0.0/8\"\n" + groups + "[collector]\naddress = \"udp://192.0.2.1:514\"\n";
        CollectionAssert.AreEqual(
            warning.Length == 0 ? [] : new[] { "site.toml:" + warning },
                Workbench.Complaints("alert udp any any -> any 1 ( sid:1; )", site).ToArray());
    }

    [TestMethod]
    public void ABrokenLineHidesNoOtherErrorAndNothingIsMissedBecauseOfIt()
    {
        const string Profile = """
            [site]
            name = "ward" 3
            hme = ["10.0.0.0/8"]
            board = "wt32-eth1"
            [groups
            x = "unknown"
            [collector]
            address = "http://x"
            ca =
            [clock]
            sevrer = "192.0.2.1"
            """;
        IReadOnlyList<string> said = Workbench.Complaints(
            "alert tcp $MINE any -> any 1 ( flags:S; sid:1; )\nalert tcp $HOME_NET any -> any 1 ( flags:SF; sid:2; )\nalert tcp any any "
                + "-> any 1 ( ttl:x; sid:3; )", Profile);
        CollectionAssert.AreEqual(
            new[]
            {
                "site.toml:2:15: this", "site.toml:3:1: hme", "site.toml:4:9: board", "site.toml:5:1: the", "site.toml:6:1: x",
                    "site.toml:6:5: x",
                "site.toml:8:11: address", "site.toml:9:5: the", "site.toml:11:1: sevrer", "t.rules:3:34: ttl",
            },
            said.Select(s => s.Replace(" error:", "", StringComparison.Ordinal).Split(' ')).Select(w => w[0] + " "
                + w[1].TrimEnd(':')).ToArray(),
            string.Join('\n', said));
    }

    [TestMethod]
    [DataRow("[site]\nname = \"w\nhome = [\"10.1.0.0/16\"]\n", "2:8: error: name: '\"' is missing at the end of this text")]
    [DataRow("[site]\nname = 'w\nhome = [\"10.1.0.0/16\"]\n", "2:8: error: name: \"'\" is missing at the end of this text")]
    [DataRow("[site]\nname = \"\"\"w\nhome = [\"10.1.0.0/16\"]\n", "2:8: error: name: this text is never closed: \"\"\" is missing")]
    [DataRow("[site]\nname = w\"\nhome = [\"10.1.0.0/16\"]\n", "2:9: error: name: a quotation mark is missing in this line")]
    [DataRow("[site]\nname = w\nhome = [\"10.1.0.0/16\"]\n",
        "2:8: error: this is no value; a text stands in straight quotation marks, as in \"ward-3\"")]
    [DataRow("[site]\nname = \u201cw\u201d\nhome = [\"10.1.0.0/16\"]\n",
        "2:8: error: this is no value; a text stands in straight quotation marks, as in \"ward-3\"")]
    [DataRow("[site]\nname \"w\"\nhome = [\"10.1.0.0/16\"]\n", "2:6: error: '=' is missing behind a key; a line is written key = value")]
    [DataRow("[site]\nname =\nhome = [\"10.1.0.0/16\"]\n", "2:7: error: the value is missing behind '='")]
    [DataRow("[site]\nname = \"a\\qb\"\nhome = [\"10.1.0.0/16\"]\n", "2:11: error: a backslash in a text is written twice")]
    [DataRow("[site]\nname = \"w\" board = \"x\"\nhome = [\"10.1.0.0/16\"]\n",
        "2:12: error: this is too much: a line has one key and one value, and several values stand in [ ] with ',' between them")]
    [DataRow("[site]\nhome = [\"10.1.0.0/16]\n[groups]\nPACS = [\"10.1.0.1\"]\n",
        "2:9: error: home: '\"' is missing at the end of this text")]
    [DataRow("[site]\nhome = [\n  \"10.1.0.0/16,\n  \"10.2.0.0/16\",\n]\n[groups]\nPACS = [\"10.1.0.1\"]\n",
        "3:3: error: home: '\"' is missing at the end of this text")]
    [DataRow("[site]\nhome = [\n  10.1.0.0/16,\n  10.2.0.0/16,\n]\nname = \"w\"\n",
        "3:7: error: here ',' or ']' is missing in a list, or the quotation marks around a text")]
    [DataRow("[site]\nhome = [\"10.1.0.0/16\" \"10.2.0.0/16\"]\n", "2:23: error: ',' is missing between two values of this list")]
    [DataRow("[site]\nname = \"w\"\nhome = [\"10.1.0.0/16\"\n[groups]\nPACS = [\"10.1.0.1\"]\n",
        "3:8: error: home: ']' is missing at the end of this list, before line 4")]
    [DataRow("[site]\nhome = [\"10.1.0.0/16\", # ] is no end here\n  \"10.2.0.0/16\" # nor here ]\n\nname = \"w\"\n",
        "2:8: error: home: ']' is missing at the end of this list, before line 5")]
    [DataRow("[site]\nhome = [\"10.0.0.0/8\"\n", "2:8: error: home: ']' is missing at the end of this list")]
    [DataRow("[site]\nhome =\n  \"10.1.0.0/16\",\n  \"10.2.0.0/16\"\n]\nname = \"w\"\n", "2:6: error: home: '[' is missing behind '='")]
    [DataRow("[site\nname = \"w\"\nhome = \"10.1.0.0/16\"\n", "1:1: error: the brackets of this title don't match; write [site]")]
    [DataRow("site]\nname = \"w\"\nhome = \"10.1.0.0/16\"\n", "1:1: error: the brackets of this title don't match; write [site]")]
    [DataRow("[site]\nhome = \"10.1.0.0/16\"\n[[expected] # why\nname = \"w\"\nsource = \"10.1.0.1\"\n",
        "3:1: error: the brackets of this title don't match; write [[expected]]")]
    [DataRow("[my ward]\nnme = \"w\"\n", "1:1: error: this is no title of a section; write it as [site]")]
    [DataRow("[site] name = \"w\"\nhome = \"10.1.0.0/16\"\n",
        "1:8: error: a title has its line for itself; this belongs into the next one")]
    [DataRow("[site]\nhome = \"10.1.0.0/16\"\n[groups]\nPACS = {a = 1\nRIS = \"10.1.0.1\"\n",
        "4:8: error: PACS: '}' is missing in this line")]
    [DataRow("[site]\nhome = \"10.1.0.0/16\"\n[groups]\nX = [\"10.1.0.1]\n[severity]\nX = 2\n",
        "4:6: error: X: '\"' is missing at the end of this text")]
    [DataRow("[site]\nhome = \"10.1.0.0/16\"\nhome = \"10.2.0.0/16\"\n", "3:1: error: home: stands twice; the first is at 2:1")]
    [DataRow("[site]\nhome = \"10.1.0.0/16\"\n[site]\nname = \"w\"\nhome = \"10.2.0.0/16\"\n",
        "3:1: error: site: stands twice; the first is at 1:1")]
    public void ASlipInTheTomlIsOneErrorInPlainWords(string site, string complaint)
    {
        CollectionAssert.AreEqual(
            new[] { "site.toml:" + complaint }, Workbench.Complaints("alert tcp $X any -> any 1 ( flags:S; sid:1; )", site).ToArray());
    }

    [TestMethod]
    public void ASignThatIsMissingIsToldOnceAndInItsLine()
    {
        const string Profile = """
            [site] # "one"
            name = "ward 'A'"
            home = ["10.1.0.0/16", "10.2.0.0/16"]
            [groups]
            PACS = [
              "10.1.0.1", # it's [here]
              "10.1.0.2"
            ]
            RIS = "10.1.0.3"
            [[expected]]
            name = "x"
            port = [80, 443]
            proto = "tcp"
            [collector]
            address = "udp://192.0.2.10:514"
            """;
        Assert.AreEqual("", string.Join('\n', Workbench.Complaints("alert tcp any any -> $RIS 1 ( flags:S; sid:1; )", Profile)));
        int tried = 0;
        for (int at = 0; at < Profile.Length; at++)
        {
            int start = Profile.LastIndexOf('\n', at) + 1;
            if (Profile[at] is '"' or '[' or ']' && !Profile[start..at].Contains('#', StringComparison.Ordinal))
            {
                tried++;
                string[] said = [.. Workbench.Complaints("alert tcp any any -> $RIS 1 ( flags:S; sid:1; )", Profile.Remove(at, 1))];

                // Where a list over several lines should have ended, only its beginning is known.
                int line = Profile[..at].Count(c => c == '\n') + 1;
                line = line == 8 ? 5 : line;
                Assert.AreEqual(1, said.Length, $"{Profile[start..at]}: {string.Join('\n', said)}");
                StringAssert.StartsWith(said[0], $"site.toml:{line}:", StringComparison.Ordinal);
            }
        }

        Assert.AreEqual(34, tried);
    }

    [TestMethod]
    public void WhatIsWrongIsToldInTheOrderOfLines()
    {
        IReadOnlyList<string> said = Workbench.Complaints("alert tcp any any -> any 1 ( flags:S; sid:1; )",
            "[site]\nname = \"x\"\nhome = \"10.1.0.0/33\"\nhomme = 3\n[site]\nx = 1\n[groups]\nPACS = [\"10.1.0.1\"\n[collector]\nadress "
                + "= \"x\"\n");
        CollectionAssert.AreEqual(new[] { "3:8", "4:1", "5:1", "6:1", "8:8", "10:1" },
            said.Select(s => string.Join(':', s.Split(':')[1..3])).ToArray(), string.Join('\n', said));
    }

    [TestMethod]
    public void AFileThatIsNotThereIsTold()
    {
        string missing = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        CompiledTable compiled = TableCompiler.Compile([missing + ".rules"], missing + ".toml");
        Assert.AreEqual(2, compiled.Diagnostics.Count(d => d.Severity == Severity.Error));
        Assert.IsTrue(compiled.Diagnostics.All(d => d.Message.StartsWith("can't be read: ", StringComparison.Ordinal)));
    }
}
