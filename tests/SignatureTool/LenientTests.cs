using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>Rule files of others: what fits compiles, what doesn't is listed with its place and reason, once a rule.</summary>
[TestClass]
public sealed class LenientTests
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(Here())!, "Rules");

    [TestMethod]
    public void RulesInTheMannerOfSnort2()
    {
        CompiledTable compiled = Compile("snort2-style.rules");
        CollectionAssert.AreEqual(new[] { 2000001, 2000002, 2000003, 2000004, 2000005, 2000006, 2000007, 2000008, 2000011, 2000012, 2000014,
            2000016 },
            SidsOf(compiled));
        CollectionAssert.AreEqual(
            new[]
            {
                "2:1: belongs into the site profile: [site] home = [\"10.1.2.0/24\"]",
                "11:105: is an option of Snort that the sensor does not have (it looks into what is put together from many frames; the "
                    + "request's "
                    + "first octets can be a content); a rule must do without it (and 1 more) [sid 2000009]",
                "12:114: is an option of Snort that the sensor does not have (regular expressions are more than it can search in time; "
                    + "what is "
                    + "fixed in them can be a content); a rule must do without it [sid 2000010]",
                "15:53: is an option of Snort that the sensor does not have (a table has no condition on that field); a rule must do "
                    + "without it "
                    + "[sid 2000013]",
                "17:45: this '(' is never closed: the next rule begins before ')' [sid 2000015]",
                "20:1: 1:2000001 is also the rule at snort2-style.rules:3",
            },
            LeftOut(compiled));
    }

    [TestMethod]
    public void RulesInTheMannerOfSuricata()
    {
        CompiledTable compiled = Compile("suricata-style.rules");
        CollectionAssert.AreEqual(new[] { 2100001, 2100002, 2100006, 2100007, 2100008, 2100009, 2100011 }, SidsOf(compiled));
        string[] left = LeftOut(compiled);
        CollectionAssert.AreEqual(
            new[] { "2100003", "2100004", "2100005", "2100010", "2100012" },
            left.Select(l => l[^8..^1]).ToArray());
        StringAssert.Contains(left[0], "unknown protocol 'http'", StringComparison.Ordinal);
        StringAssert.Contains(string.Join('\n', compiled.Diagnostics), "drop became alert: the box only tells, and never sends",
            StringComparison.Ordinal);
    }

    [TestMethod]
    public void OrdinaryRulesOfOthersAreUsedAsFarAsTheyLookAtSingleFrames()
    {
        CompiledTable compiled = Compile("community-style.rules");
        int[] kept = [.. Enumerable.Range(3000001, 20), 3000023, 3000027, 3000033, 3000034, 3000036, 3000037, 3000038, 3000039, 3000040,
            3000041, 3000042, 3000043];
        CollectionAssert.AreEqual(kept, SidsOf(compiled));
        Assert.AreEqual(11, compiled.LeftOut);
        string[] notes = [.. compiled.Diagnostics.Where(d => d.Severity == Severity.Note).Select(d => $"{d.Line}: {d.Message}")];
        CollectionAssert.IsSubsetOf(
            new[]
            {
                "2: the direction in flow is dropped: the header's ports say it [sid 3000001]",
                "4: the direction in flow is dropped: the header's ports say it; threshold became detection_filter:track by_src, count 4, "
                    + "seconds 120 [sid 3000003]",
                "6: threshold is dropped: it thins alerts out, which incidents do by themselves [sid 3000005]",
                "10: the direction in flow is dropped: the header's ports say it; flow:established became flags:A+: signatures look at "
                    + "single "
                    + "frames, and those of a connection have ACK; priority 2 became 3: here 5 is the gravest, there 1 [sid 3000009]",
                "17: tag is dropped: the sensor keeps no frames [sid 3000016]",
                "43: the direction in flow is dropped: the header's ports say it; session is dropped: the sensor keeps no frames; "
                    + "resp is dropped: the sensor never sends; flow:established became flags:A+: signatures look at single frames, and "
                        + "those of a "
                    + "connection have ACK; priority 1 became 4: here 5 is the gravest, there 1 [sid 3000042]",
            },
            notes);
        Assert.AreEqual(4, compiled.Catalogue.Entries.Single(e => e.Sid == 3000018).Priority, "Snort's gravest is not the mildest here");
        Assert.AreEqual(0, compiled.Catalogue.Entries.Count(e => e.Suspect));
    }

    /// <summary>Of seventy rules each is used, perhaps with a note, or left out with a reason that somebody who knows Snort can
    /// follow.</summary>
    [TestMethod]
    public void OfSeventyRulesEachIsUsedOrSaysWhyNot()
    {
        CompiledTable compiled = Compile("mixed-style.rules");
        int[] kept =
        [
            4000001, 4000002, 4000003, 4000004, 4000009, 4000010, 4000011, 4000012, 4000013, 4000017, 4000018, 4000021, 4000022, 4000023,
                4000030, 4000031,
            4000032, 4000033, 4000034, 4000035, 4000036, 4000037, 4000041, 4000045, 4000049, 4000050, 4000051, 4000055, 4000056, 4000059,
                4000062, 4000063,
            4000065, 4000066, 4000070,
        ];
        CollectionAssert.AreEqual(kept, SidsOf(compiled));
        var reasons = compiled.Diagnostics.Where(d => d.Severity == Severity.LeftOut).ToDictionary(d => int.Parse(d.Message[^8..^1],
            CultureInfo.InvariantCulture), d => d.Message);
        CollectionAssert.AreEqual(Enumerable.Range(4000001, 70).Except(kept).ToArray(), reasons.Keys.Order().ToArray());
        foreach ((int sid, string reason) in new[]
        {
            (4000005, "a conversation of http is put together from many frames, and a signature looks at one: name its ports"),
            (4000008, "it looks into what is put together from many frames"),
            (4000014, "a stream is put together from many frames"),
            (4000015, "it asks Suricata's decoder"),
            (4000016, "a pass rule keeps others from telling; what is benign is explained in the site profile: [[expected]]"),
            (4000019, "it asks what earlier frames were, and a signature looks at one"),
            (4000020, "it asks what earlier frames were"),
            (4000024, "it reads no numbers out of a payload"),
            (4000025, "regular expressions are more than it can search in time"),
            (4000026, "'=>' asks for both sides of a transaction"),
            (4000028, "it asks a list that lies outside the table"),
            (4000038, "a table has no condition on that field"),
            (4000042, "the request's first octets can be a content"),
            (4000043, "it looks into what is put together from many frames"),
            (4000046, "a rule of the action log keeps frames and tells nothing"),
            (4000052, "exchange the sides and write '->'"),
            (4000053, "is possible with a number from the payload's beginning alone"),
            (4000054, "unknown variable $AIM_SERVERS"),
            (4000061, "it looks at files, which the sensor does not put together"),
            (4000067, "it is a program"),
            (4000068, "that one needs a fixed place here (a depth of its own length)"),
        })
        {
            StringAssert.Contains(reasons[sid], reason, StringComparison.Ordinal);
        }

        string notes = string.Join('\n', compiled.Diagnostics.Where(d => d.Severity == Severity.Note).Select(d => d.Message));
        foreach (string note in new[]
        {
            "drop became alert: the box only tells, and never sends; the direction in flow is dropped: the header's ports say it [sid "
                + "4000001]",
            "tcp-pkt became tcp: signatures look at single segments anyway; the direction in flow is dropped: the header's ports say "
                + "it; fast_pattern is dropped: says what is looked for first; flow:established "
                + "became flags:A+: signatures look at single frames, and those of a connection have ACK [sid 4000003]",
            "ipv6 became ip with addresses of IPv6 [sid 4000010]",
            "sctp became ip with ip_proto:132 [sid 4000013]",
            "$SMTP_SERVERS became $HOME_NET: the profile has no such group; xbits is dropped: the rule keeps something in mind for "
                + "others, which are not "
                + "asked here [sid 4000022]",
            "!$HTTP_PORTS became !80, which it is where nobody changes it [sid 4000023]",
            "isdataat:60 became dsize:>60; ",
        })
        {
            StringAssert.Contains(notes, note, StringComparison.Ordinal);
        }
    }

    [TestMethod]
    [DataRow("drop tcp-pkt any any -> any 80 (content:\"GET\"; startswith; isdataat:60; sid:1;)",
        "alert tcp any any -> any 80 (content:\"GET\",depth 3; dsize:>60; sid:1;)")]
    [DataRow("alert udp any any -> any 111 (content:\"|01|\"; offset:12; depth:1; content:\"|02 03|\"; distance:4; within:2; sid:1;)",
        "alert udp any any -> any 111 (content:\"|01|\",offset 12,depth 1; content:\"|02 03|\",offset 17,depth 2; sid:1;)")]
    [DataRow("alert udp any any -> any 111 (content:\"|01|\",offset 12,depth 1; content:\"|02 03|\",within 9; sid:1;)",
        "alert udp any any -> any 111 (content:\"|01|\",offset 12,depth 1; content:\"|02 03|\",offset 13,depth 9; sid:1;)")]
    [DataRow("alert udp any any -> any 111 (content:\"|02 03|\"; distance:4; sid:1;)",
        "alert udp any any -> any 111 (content:\"|02 03|\",offset 4; sid:1;)")]
    [DataRow("alert tcp any any -> $SMTP_SERVERS $SSH_PORTS (tcp.flags:S,12; isdataat:!7; sid:1;)",
        "alert tcp any any -> $HOME_NET 22 (flags:S,CE; dsize:<8; sid:1;)")]
    [DataRow("alert sctp any any -> $HOME_NET any (sid:1;)", "alert ip any any -> $HOME_NET any (ip_proto:132; sid:1;)")]
    [DataRow("alert ipv6 any any -> $HOME_NET any (ttl:1; sid:1;)", "alert ip any any -> 2001:db8:1::/48 any (ttl:1; sid:1;)")]
    [DataRow("alert ip4 any any -> $HOME_NET any (ttl:1; sid:1;)", "alert ip any any -> 10.1.0.0/16 any (ttl:1; sid:1;)")]
    [DataRow("alert icmpv6 any any -> $HOME_NET any (itype:134; sid:1;)", "alert icmp any any -> 2001:db8:1::/48 any (itype:134; sid:1;)")]
    public void WhatIsConvertedMeansTheSame(string ofOthers, string here)
    {
        CompiledTable one = TableCompiler.CompileText([("t.rules", ofOthers)], ("site.toml", Workbench.Site), Options);
        CompiledTable other = TableCompiler.CompileText([("t.rules", here)], ("site.toml", Workbench.Site),
            Options with { Lenient = false });
        Assert.IsNotNull(one.Table, string.Join('\n', one.Diagnostics));
        Assert.IsNotNull(other.Table, string.Join('\n', other.Diagnostics));
        CollectionAssert.AreEqual(other.Table, one.Table);
    }

    [TestMethod]
    [DataRow("udp any any -> any 5 (content:\"x\"; fast_pattern; sid:1;)", "fast_pattern is dropped: says what is looked for first")]
    [DataRow("udp any any -> any 5 (content:\"x\"; fast_pattern:only; sid:1;)", "fast_pattern is dropped: says what is looked for first")]
    [DataRow("udp any any -> any 5 (content:\"x\",fast_pattern; sid:1;)", "fast_pattern is dropped: says what is looked for first")]
    [DataRow("tcp any any -> any 5 (flow:stateless,no_stream; flags:S; sid:1;)",
        "no_stream in flow is dropped: the sensor puts no stream together, and looks at each segment as it comes")]
    [DataRow("tcp any any -> any 5 (flow:only_stream; flags:S; sid:1;)",
        "only_stream in flow is dropped: the sensor puts no stream together, and looks at each segment as it comes")]
    [DataRow("tcp any any -> any 5 (flow:established; flags:PA; sid:1;)",
        "flow:established is dropped: the rule's own flags say which segments are meant")]
    [DataRow("udp any any -> any 5 (flow:established; sid:1;)", "flow:established is dropped: without TCP there is no connection")]
    [DataRow("tcp any any -> any 5 (flow:not_established; flags:S,12; sid:1;)", "not_established in flow is dropped: the rule's flags say it")]
    [DataRow("tcp any any -> any 5 (flags:S; metadata:policy balanced-ips drop, policy security-ips drop, ruleset community; sid:1;)",
        "policy and ruleset in metadata are dropped: what a table has is chosen by its files")]
    public void WhatIsDroppedIsNoted(string rule, string note)
    {
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", "alert " + rule)], ("site.toml", Workbench.Site), Options);
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        CollectionAssert.AreEqual(new[] { note + " [sid 1]" },
            compiled.Diagnostics.Where(d => d.Severity == Severity.Note).Select(d => d.Message).ToArray());
    }

    [TestMethod]
    [DataRow("tcp any any -> any 80 (flow:to_server,not_established; content:\"GET\"; sid:1;)")]
    [DataRow("tcp any any -> any 80 (flags:PA; flow:not_established; content:\"GET\"; sid:1;)")]
    [DataRow("udp any any -> any 80 (flow:not_established; content:\"GET\"; sid:1;)")]
    public void ARuleOfTheFirstSegmentsDoesNotBecomeOneOfAll(string rule)
    {
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", $"alert {rule}\nalert udp any any -> any 1 (sid:2;)\n")],
            ("site.toml", Workbench.Site), Options);
        CollectionAssert.AreEqual(new[] { 2 }, SidsOf(compiled));
        StringAssert.Contains(LeftOut(compiled).Single(), "not_established asks what earlier frames were, and a signature looks at one; flags:S asks "
            + "for the first segments of connections [sid 1]", StringComparison.Ordinal);
    }

    [TestMethod]
    public void WhoWritesForThisSensorKeepsItsPriorities()
    {
        CompiledTable compiled = TableCompiler.CompileText(
            [("t.rules", "alert tcp any any -> any 1 ( flags:S; priority:5; metadata:intent \"x\"; sid:1; )\nalert tcp any any -> any 2 "
                + "( flags:S; priority:1; sid:2; )\n")],
            ("site.toml", Workbench.Site), Options);
        CollectionAssert.AreEqual(new[] { 5, 4 }, compiled.Catalogue.Entries.Select(e => e.Priority).ToArray());
    }

    [TestMethod]
    public void ClassesOfOthersCanBeMadeToOpenIncidents()
    {
        using var folder = new TemporaryFolder();
        string site = folder.Write("site.toml", System.Text.Encoding.UTF8.GetBytes(Workbench.Site));
        string rules = Path.Combine(Folder, "community-style.rules");
        SigtabRun none = SigtabRun.Of("check", rules, "--site", site, "--lenient");
        StringAssert.Contains(none.Output, "32 of them open no incident by themselves: they name what the trackers find; "
            + "metadata:suspect yes or --suspect "
            + "classtype=CLASS changes that", StringComparison.Ordinal);
        SigtabRun some = SigtabRun.Of("check", rules, "--site", site, "--lenient", "--suspect", "classtype=trojan-activity", "--suspect",
            "sid=3000043");
        Assert.AreEqual(0, some.Code, some.Errors);
        StringAssert.Contains(some.Output, "26 of them open no incident by themselves", StringComparison.Ordinal);
        SigtabRun wrong = SigtabRun.Of("check", rules, "--site", site, "--lenient", "--suspect", "classtype=trojan-activty");
        Assert.AreEqual(1, wrong.Code);
        StringAssert.Contains(wrong.Errors, "--suspect: 'trojan-activty' is no class of Snort's; did you mean 'trojan-activity'?",
            StringComparison.Ordinal);
        SigtabRun nobody = SigtabRun.Of("check", rules, "--site", site, "--lenient", "--suspect", "sid=9");
        StringAssert.Contains(nobody.Errors, "--suspect: warning: no rule has sid=9", StringComparison.Ordinal);
    }

    [TestMethod]
    public void OlderModifiersOfAContentMeanWhatThoseInsideItDo()
    {
        const string Older = "alert udp any any -> any 53 (content:\"|07|Version\"; nocase; offset:12; depth:20; content:\"x\"; "
            + "fast_pattern; sid:1;)";
        const string Newer = "alert udp any any -> any 53 (content:\"|07|Version\",nocase,offset 12,depth 20; "
            + "content:\"x\",fast_pattern; sid:1;)";
        CompiledTable one = TableCompiler.CompileText([("t.rules", Older)], ("site.toml", Workbench.Site), Options);
        CompiledTable other = TableCompiler.CompileText([("t.rules", Newer)], ("site.toml", Workbench.Site), Options);
        Assert.IsNotNull(one.Table, string.Join('\n', one.Diagnostics));
        CollectionAssert.AreEqual(other.Table, one.Table);
        Assert.AreEqual("t.rules:1:53: error: nocase: stands inside content in Snort 3: content:\"...\",nocase",
            Workbench.Complaints(Older)[0]);
    }

    [TestMethod]
    public void WithoutLenientEachOfTheseIsAnError()
    {
        string text = File.ReadAllText(Path.Combine(Folder, "suricata-style.rules"));
        CompiledTable compiled = TableCompiler.CompileText([("s.rules", text)], ("site.toml", Workbench.Site));
        Assert.IsNull(compiled.Table);
        Assert.IsFalse(compiled.Diagnostics.Any(d => d.Severity == Severity.LeftOut));
    }

    [TestMethod]
    public void AProfileThatIsWrongIsAnErrorAllTheSame()
    {
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", "alert tcp any any -> any 1 ( sid:1; )")],
            ("site.toml", "[site]\nhome = [\"x\"]\n"), Options);
        Assert.IsNull(compiled.Table);
    }

    [TestMethod]
    public void TheProgramListsAndCountsThem()
    {
        using var folder = new TemporaryFolder();
        string site = folder.Write("site.toml", System.Text.Encoding.UTF8.GetBytes(Workbench.Site));
        string rules = Path.Combine(Folder, "suricata-style.rules");
        SigtabRun check = SigtabRun.Of("check", rules, "--site", site, "--lenient");
        Assert.AreEqual(0, check.Code, check.Errors);
        StringAssert.Contains(check.Errors, $"{rules}:4:7: left out: unknown protocol 'http'", StringComparison.Ordinal);
        StringAssert.Contains(check.Errors, "5 of 12 rules left out", StringComparison.Ordinal);
        StringAssert.StartsWith(check.Output, "7 signatures, ", StringComparison.Ordinal);
        SigtabRun compile = SigtabRun.Of("compile", rules, "--site", site, "--lenient", "--out", folder.File("t.sigtab"));
        Assert.AreEqual(0, compile.Code, compile.Errors);
        SigtabRun strict = SigtabRun.Of("compile", rules, "--site", site, "--out", folder.File("u.sigtab"));
        Assert.AreEqual(2, strict.Code);
        Assert.IsFalse(File.Exists(folder.File("u.sigtab")));
    }

    [TestMethod]
    [DataRow("  alert tcp any any -> any 22 ( flags:S; sid:1;\n  alert tcp any any -> any 1024:2000 ( flags:S; sid:2; )\n\talert udp any "
        + "any -> any 24 ( sid:3; )\n",
        "1:31: this '(' is never closed: the next rule begins before ')' [sid 1]")]
    [DataRow("  alert tcp any any -> any 22 ( sid:1; reference:url,example.org\n  alert tcp any any -> any [1:2] ( flags:S; sid:2; )\n  "
        + "alert udp any any -> any 24 ( sid:3; )\n",
        "1:50: ';' is missing behind this option (and 1 more) [sid 1]")]
    [DataRow("  alert http any any -> any any\n  alert tcp any any -> any 23 ( flags:S; sid:2; )\n  alert udp any any -> any 24 ( sid:3; "
        + ")\n",
        "1:3: this rule has no options; '( ... )' is missing")]
    [DataRow("alert tcp any any -> any 22 ( sid:1;\nvar X 10.0.0.1\nalert tcp any any -> any 23 ( flags:S; sid:2; )\nalert udp any any "
        + "-> any 24 ( sid:3; )\n",
        "1:29: this '(' is never closed: another line begins before ')' [sid 1]",
            "2:1: addresses belong into the site profile: [groups] X = [\"10.1.2.0/24\"]")]
    [DataRow("alert tcp any any -> any 22 ( flags:S; metadata:note x\nalert tcp any any -> any 1024:2000 ( flags:S; sid:2; )\nalert udp "
        + "any any -> any 24 ( sid:3; )\n",
        "1:54: ';' is missing behind this option (and 1 more)")]
    [DataRow("alert tcp any any -> any 22 ( sid:1; metadata:note \\\nalert tcp [10.1.0.1, 10.1.0.2] any -> any [1:2] ( flags:S; sid:2; "
        + ")\nalert udp any any -> any 24 ( sid:3; )\n",
        "1:47: ';' is missing behind this option (and 1 more) [sid 1]")]
    [DataRow("alert tcp any any -> any 22 ( sid:1; metadata:note\nvar X [10.0.0.1] # a; b\nvar Y 10.0.0.2\nalert tcp any any -> any 23 ( "
        + "flags:S; sid:2; )\nalert udp any any -> any 24 ( sid:3; )\n",
        "1:47: ';' is missing behind this option (and 1 more) [sid 1]",
            "2:1: addresses belong into the site profile: [groups] X = [\"10.1.2.0/24\"]",
        "3:1: addresses belong into the site profile: [groups] Y = [\"10.1.2.0/24\"]")]
    [DataRow("alert tcp any any -> any 22 ( sid:1; msg:\"open; flags:S; )\ninclude x.rules\nalert tcp any any -> any 23 ( flags:S; "
        + "sid:2; )\nalert udp any any -> any 24 ( sid:3; )\n",
        "1:42: '\"' is missing at the end of this text (and 1 more) [sid 1]",
            "2:1: sigtab follows no reference to another file; name that file on the command line too")]
    [DataRow("alert tcp any any -> any 22 ( sid:1; msg:\"open; flags:S; )\n alert tcp any any -> any 23 ( flags:S; sid:2; )\nalert udp "
        + "any any -> any 24 ( sid:3; )\n",
        "1:42: '\"' is missing at the end of this text (and 1 more) [sid 1]")]
    [DataRow("alert tcp any any -> any 22 ( sid:1; \\\nalert\ntcp any any -> any 23 ( flags:S; sid:2; )\nalert udp any any -> any 24 ( "
        + "sid:3; )\n",
        "1:29: this '(' is never closed: the next rule begins before ')' [sid 1]")]
    public void ARuleThatIsCutTakesNoOtherWithIt(string text, params string[] left)
    {
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", text)], ("site.toml", Workbench.Site), Options);
        CollectionAssert.AreEqual(left, LeftOut(compiled));
        CollectionAssert.AreEqual(new[] { 2, 3 }, SidsOf(compiled));
        Assert.AreEqual((2, 1), (compiled.Rules, compiled.LeftOut));
    }

    [TestMethod]
    [DataRow("alert http ( sid:7; )", "2:7: unknown protocol 'http'; possible are tcp, udp, icmp, ip and eth; a conversation of http "
        + "is put "
        + "together from many frames, and a signature looks at one: name its ports, and what its first octets are by content (and 1 "
            + "more) [sid 7]")]
    [DataRow("drop tpc any any -> any 1 ( sid:7; )", "2:6: unknown protocol 'tpc'; possible are tcp, udp, icmp, ip and eth; did you "
        + "mean 'tcp'? [sid 7]")]
    public void ARuleThatCannotBeReadBeginsAllTheSameBehindOneThatIsCut(string rule, string reason)
    {
        (string Options, string Reason)[] before =
        [
            ("sid:1;", "1:29: this '(' is never closed: the next rule begins before ')' [sid 1]"),
            ("sid:1; metadata:note", "1:47: ';' is missing behind this option (and 1 more) [sid 1]"),
        ];
        foreach ((string option, string cut) in before)
        {
            CompiledTable compiled = TableCompiler.CompileText(
                [("t.rules", $"alert tcp any any -> any 22 ( {option}\n{rule}\nalert tcp any any -> any 23 ( flags:S; sid:2; )\n")],
                    ("site.toml", Workbench.Site), Options);
            CollectionAssert.AreEqual(new[] { cut, reason }, LeftOut(compiled));
            CollectionAssert.AreEqual(new[] { 2 }, SidsOf(compiled));
        }
    }

    [TestMethod]
    public void EachSettingOfSnortIsListedByItselfAndSaysWhereItBelongs()
    {
        const string Text = """
            include classification.config
            var HOME_NET 10.1.0.0/16
            var EXTERNAL_NET !$HOME_NET
            ipvar MAIL [10.1.0.5,10.1.0.6] # mail (only)
            portvar HTTP_PORTS [80,8080]
            config disable_decode_alerts
            preprocessor stream5_tcp: policy windows, \
                alert (yes)
            output alert_fast: stdout
              suppress gen_id 1, sig_id 2
            event_filter gen_id 1, sig_id 3, type limit
            alert tcp any any -> any 1 ( flags:S; sid:1; )
            """;
        string[] expected =
        [
            "1:1: include: sigtab follows no reference to another file; name that file on the command line too",
            "2:1: var: belongs into the site profile: [site] home = [\"10.1.2.0/24\"]",
            "3:1: var: is made from what 'home' in the site profile leaves; the line can go",
            "4:1: ipvar: addresses belong into the site profile: [groups] MAIL = [\"10.1.2.0/24\"]",
            "5:1: portvar: there are no variables for ports; write the ports into the rules",
            "6:1: config: is a setting of Snort that the sensor does not have; the line can go",
            "7:1: preprocessor: is a setting of Snort that the sensor does not have; the line can go",
            "9:1: output: is a setting of Snort that the sensor does not have; the line can go",
            "10:3: suppress: leave the rule out, or explain what is benign in the site profile: [[expected]]",
            "11:1: event_filter: a rate stands in its rule: detection_filter:track by_src, count N, seconds N",
        ];
        CompiledTable compiled = TableCompiler.CompileText([("t.rules", Text)], ("site.toml", Workbench.Site), Options);
        CollectionAssert.AreEqual(expected, compiled.Diagnostics.Select(d => $"{d.Line}:{d.Column}: {d.Option}: {d.Message}").ToArray());
        CollectionAssert.AreEqual(new[] { 1 }, SidsOf(compiled));
        Assert.AreEqual(0, compiled.LeftOut);
        CollectionAssert.AreEqual(expected.Select(e => "t.rules:"
            + e.Replace(": ", ": error: ", StringComparison.Ordinal).Split(": error: ")[0]).ToArray(),
            Workbench.Complaints(Text).Select(c => c.Split(": error: ")[0]).ToArray());
    }

    [TestMethod]
    public void EqualReasonsAreCountedBehindTheWholeList()
    {
        using var folder = new TemporaryFolder();
        string site = folder.Write("site.toml", System.Text.Encoding.UTF8.GetBytes(Workbench.Site));
        string text = "include x.rules\nalert tcp any any -> any 1 ( flags:S; sid:1; )\n"
            + string.Concat(Enumerable.Range(2, 40).Select(i => $"alert tcp any any -> any {i} ( pcre:\"/{i}/\"; sid:{i}; )\n"))
            + "alert tls any any -> any any ( sid:99; )\nalert udp any any -> any any ( dsize:x; sid:98; )\nalert udp any any -> any 1 ( "
                + "sid:1; )\n";
        string rules = folder.Write("t.rules", System.Text.Encoding.UTF8.GetBytes(text));
        SigtabRun check = SigtabRun.Of("check", rules, "--site", site, "--lenient");
        Assert.AreEqual(0, check.Code, check.Errors);
        string[] lines = check.Errors.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.AreEqual(44, lines.Count(l => l.Contains(": left out: ", StringComparison.Ordinal)));
        Assert.AreEqual(40, Enumerable.Range(2, 40).Count(i => lines.Any(l => l.EndsWith($"[sid {i}]", StringComparison.Ordinal))));
        CollectionAssert.AreEqual(
            new[]
            {
                "left out, by reason (the list is above):",
                "    40  pcre: is an option of Snort that the sensor does not have (regular expressions are more than it can search in "
                    + "time; what is "
                    + "fixed in them can be a content); a rule must do without it",
            },
            lines[44..46]);
        Assert.AreEqual("43 of 44 rules left out, and 1 setting of Snort", lines[^1]);
    }

    private static CompileOptions Options => new() { Lenient = true, Built = DateTimeOffset.UnixEpoch };

    private static CompiledTable Compile(string file)
    {
        CompiledTable compiled = TableCompiler.CompileText([(file, File.ReadAllText(Path.Combine(Folder, file)))],
            ("site.toml", Workbench.Site), Options);
        Assert.IsNotNull(compiled.Table, string.Join('\n', compiled.Diagnostics));
        return compiled;
    }

    private static int[] SidsOf(CompiledTable compiled)
    {
        return [.. compiled.Catalogue.Entries.Select(e => e.Sid)];
    }

    private static string[] LeftOut(CompiledTable compiled)
    {
        IEnumerable<Diagnostic> left = compiled.Diagnostics.Where(d => d.Severity == Severity.LeftOut);
        return [.. left.Select(d => $"{d.Line}:{d.Column}: {d.Message}")];
    }

    private static string Here([CallerFilePath] string path = "")
    {
        return path;
    }
}
