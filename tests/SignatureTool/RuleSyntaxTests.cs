using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.SignatureTool.Rules;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.SignatureTool.Tests;

/// <summary>The text around the rules, and what of a rule goes into the catalogue.</summary>
[TestClass]
public sealed class RuleSyntaxTests
{
    private const string Rule = "alert tcp any any -> any 1 ( sid:1; )";

    [TestMethod]
    [DataRow("# alert nonsense\n" + Rule)]
    [DataRow("\n\n  \t\n" + Rule + "\n\n")]
    [DataRow("#begin\nalert nonsense (\n#end\n" + Rule)]
    [DataRow("/* alert nonsense ( \n */" + Rule)]
    [DataRow("alert tcp any any \\\n  -> any 1 \\\r\n ( sid:1; )")]
    [DataRow("alert tcp any any -> any 1\r\n(\r\n    # why\r\n    sid:1;\r\n)")]
    [DataRow("\ufeff" + Rule)]
    [DataRow("alert tcp any any -> any [ 1 , \n 2 ] ( sid : 1 ; )")]
    [DataRow("alert tcp any any -> any 1(sid:1;)")]
    [DataRow("alert tcp any -> any ( sid:1; )")]
    [DataRow("alert\ntcp any any -> any 1 ( sid:1; )")]
    [DataRow("alert \\\ntcp any any -> any 1 ( \\\n sid:1; )")]
    public void LayoutIsFree(string text)
    {
        CollectionAssert.AreEqual(new[] { 1 }, new Workbench(text).Compiled.Catalogue.Entries.Select(e => e.Sid).ToArray());
    }

    [TestMethod]
    [DataRow("policy balanced-ips\ndrop, policy security-ips drop", "policy balanced-ips drop|policy security-ips drop")]
    [DataRow("policy security-ips\n    drop , service http", "policy security-ips drop|service http")]
    [DataRow("policy balanced-ips drop, policy security-ips \\\nalert, service http",
        "policy balanced-ips drop|policy security-ips alert|service http")]
    [DataRow("policy security-ips \\\r\nalert, service http", "policy security-ips alert|service http")]
    [DataRow("policy security-ips\ndrop\n, service http", "policy security-ips drop|service http")]
    [DataRow("policy security-ips\ndrop", "policy security-ips drop")]
    [DataRow("note\nlog\nand go on", "note log and go on")]
    [DataRow("note\nalert tcp, other\n  drop ip now", "note alert tcp|other drop ip now")]
    [DataRow("\nservice http, note\nthreshold reached", "service http|note threshold reached")]
    [DataRow("note\nthreshold reached\n, note\n\toutput twice \\\n", "note threshold reached|note output twice")]
    [DataRow("note\nconfig \"a (b\"", "note config a (b")]
    public void AValueMayBeWrappedBeforeAnyWord(string written, string pairs)
    {
        string text = $"alert tcp any any -> any 1 ( msg:\"x\"; metadata:{written}; flags:S; sid:1; "
            + $")\n{Rule.Replace("sid:1", "sid:2", StringComparison.Ordinal)}\n";
        foreach (bool lenient in new[] { false, true })
        {
            var said = new List<Diagnostic>();
            IReadOnlyList<Rule> rules = new RuleReader(_ => null, said, lenient).Read("t.rules", text);
            Assert.AreEqual(lenient && pairs.Contains("policy", StringComparison.Ordinal)
                ? "policy and ruleset in metadata are dropped: what a table has is chosen by its files [sid 1]" : "", string.Join('\n', said.Select(d => d.Message)));
            CollectionAssert.AreEqual(new[] { 1, 2 }, rules.Select(r => r.Sid).ToArray());
            Assert.AreEqual(pairs, string.Join('|', rules[0].Metadata.Select(p => $"{p.Key} {p.Value}")));
        }
    }

    [TestMethod]
    [DataRow("# nothing\n", 0)]
    [DataRow("alert tcp any any -> $PACS 1 ( sid:1; )", 1)]
    public void ATableWithoutSignaturesIsAnErrorUnlessItIsMeant(string rules, int count)
    {
        StringAssert.Contains(Workbench.Complaints(rules)[^1],
            $"site.toml: error: no signature is left of {count} rules", StringComparison.Ordinal);
        Assert.IsTrue(TableCompiler.CompileText([("t.rules", "alert tcp any any -> any any ( bogus:1; sid:7; )\n" + rules)],
            ("site.toml", Workbench.Site), new CompileOptions { Lenient = true }).Diagnostics.Any(
            d => d.Message.Contains(FormattableString.Invariant($"no signature is left of {count + 1} rules"), StringComparison.Ordinal)));
        CompiledTable meant = TableCompiler.CompileText(
            [("t.rules", rules)], ("site.toml", Workbench.Site), new CompileOptions { AllowEmpty = true });
        Assert.IsNotNull(meant.Table);
    }

    [TestMethod]
    public void WordsGoIntoTheCatalogue()
    {
        CatalogueEntry entry = new Workbench("""
            alert tcp any any -> any 23 ( msg:"Telnet \"in\" [now]; ever"; classtype:attempted-admin; priority:3; gid:5; rev:4;
                reference:url,www.example.org/a:b?c=(d); reference:cve,2017-0144;
                metadata:policy max-detect-ips drop, suspect yes, intent "to look, and to see", advice "close it; now (please)";
                sid:9; )
            """).Compiled.Catalogue.Entries.Single();
        Assert.AreEqual("Telnet \"in\" [now]; ever", entry.Msg);
        Assert.AreEqual("Telnet 'in' (now); ever", entry.Name);
        Assert.AreEqual("to look, and to see", entry.Intent);
        Assert.AreEqual("close it; now (please)", entry.Advice);
        Assert.AreEqual("attempted-admin", entry.ClassType);
        Assert.AreEqual((5, 9, 4, 3, true), (entry.Gid, entry.Sid, entry.Rev, entry.Priority, entry.Suspect));
        CollectionAssert.AreEqual(new[] { "url,www.example.org/a:b?c=(d)", "cve,2017-0144" }, entry.References.ToArray());
    }

    [TestMethod]
    [DataRow("msg:\"BackOrifice 5556\";", "BackOrifice 5556")]
    [DataRow("msg:\"A message that is far too long for the table\";", "A message that is far")]
    [DataRow("msg:\"Donaudampfschifffahrtsgesellschaft\";", "Donaudampfschifffahrtsge")]
    [DataRow("msg:\"Zugriff über Fernwartung\";", "Zugriff uber Fernwartung")]
    [DataRow("msg:\"  two   blanks  \";", "two blanks")]
    [DataRow("msg:\"long message\"; metadata:name \"Short, but mine\";", "Short, but mine")]
    [DataRow("", "1:1")]
    public void NamesAreCutSensibly(string options, string name)
    {
        var bench = new Workbench($"alert tcp any any -> any 1 ( {options} sid:1; )");
        Assert.AreEqual(name, bench.Compiled.Catalogue.Entries[0].Name);
        Assert.AreEqual(name, new TableReader(bench.Table).Signatures()[0].Name);
        Assert.AreEqual(name, System.Text.Encoding.ASCII.GetString(bench.Table.Bytes, bench.Table.NameAt(0),
            bench.Table.Bytes[bench.Table.NameAt(0) - 1]));
    }

    [TestMethod]
    public void TheCatalogueIsJsonAndCsv()
    {
        Catalogue catalogue = new Workbench("alert tcp any any -> any 1 ( msg:\"a, \\\"b\\\"\"; metadata:advice \"x\"; sid:1; )").Compiled.Catalogue;
        StringAssert.Contains(catalogue.ToCsv(), "\r\n1,1,0,\"a, 'b'\",\"a, \"\"b\"\"\",0,,no,,x,,\r\n", System.StringComparison.Ordinal);
        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(catalogue.ToJson());
        Assert.AreEqual("a, \"b\"", json.RootElement[0].GetProperty("msg").GetString());
        Assert.AreEqual("x", json.RootElement[0].GetProperty("advice").GetString());
    }
}
