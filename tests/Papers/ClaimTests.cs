using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Papers.Tests;

/// <summary>What the papers claim is held by a test that exists, or says that it is not.</summary>
[TestClass]
public sealed partial class ClaimTests
{
    [TestMethod]
    [DataRow("THREATS.md", 25)]
    [DataRow("PRIVACY.md", 8)]
    [DataRow("IEC-62443-4-2.md", 20)]
    [DataRow("MDS2.md", 20)]
    [DataRow("CRA.md", 10)]
    public void EachClaimIsHeldByATestOrSaysThatItIsNot(string name, int least)
    {
        Page page = Page.All.Single(p => p.Name.Replace('\\', '/') == $".github/{name}");
        List<string> loose = [.. page.Claims.Where(row => !IsHeld(row)).Select(row => Page.TextOf(row[0]))];
        Assert.IsGreaterThanOrEqualTo(least, page.Claims.Count(), "claims were not found");
        Assert.AreEqual("", string.Join('\n', loose), "neither a test nor \"not tested: why\" in the last column");
    }

    [TestMethod]
    public void EachTestThatIsNamedExists()
    {
        List<string> wrong = [];
        int count = 0;
        foreach (Page page in Page.All)
        {
            foreach (LinkInline link in page.Links.Where(l => TestName().IsMatch(Page.TextOf(l))))
            {
                count++;
                string[] name = Page.TextOf(link).Split('.');
                string file = Path.Combine(Path.GetDirectoryName(page.Path)!, link.Url!);
                if (!File.Exists(file) || !HasTest(File.ReadAllText(file), name[0], name[1]))
                {
                    wrong.Add($"{page.Name}: {name[0]}.{name[1]} is no test in {link.Url}");
                }
            }
        }

        Assert.IsGreaterThan(60, count, "names of tests were not found");
        Assert.AreEqual("", string.Join('\n', wrong));
    }

    [TestMethod]
    public void ATestThatIsNoneIsFound()
    {
        const string Source = "[TestClass]\npublic class SomeTests {\n    [TestMethod]\n    [DataRow(1)]\n    public void One(int x) { }\n"
            + "    private void Two() { }\n}\nTEST_F(HookTest, Three)\n";
        Assert.IsTrue(HasTest(Source, "SomeTests", "One"));
        Assert.IsFalse(HasTest(Source, "SomeTests", "Two"));
        Assert.IsFalse(HasTest(Source, "OtherTests", "One"));
        Assert.IsTrue(HasTest(Source, "HookTest", "Three"));
        Assert.IsFalse(HasTest(Source, "HookTest", "One"));
    }

    private static bool IsHeld(TableRow row)
    {
        MarkdownObject cell = row[^1];
        return cell.Descendants<LinkInline>().Any(l => TestName().IsMatch(Page.TextOf(l)))
            || Page.TextOf(cell).StartsWith("not tested: ", StringComparison.Ordinal);
    }

    /// <summary>A method marked as a test in a class of that name, or a GoogleTest of that suite.</summary>
    private static bool HasTest(string source, string suite, string test)
    {
        if (source.Contains($"TEST_F({suite}, {test})", StringComparison.Ordinal)
            || source.Contains($"TEST({suite}, {test})", StringComparison.Ordinal))
        {
            return true;
        }

        Match head = Regex.Match(source, $@"^    public (async )?(void|Task) {test}\(", RegexOptions.Multiline);
        int at = head.Success ? head.Index : -1;
        int mark = at < 0 ? -1 : source.LastIndexOf("[TestMethod]", at, StringComparison.Ordinal);
        // The mark is this method's when no other method begins between them.
        return mark >= 0 && Regex.IsMatch(source, $@"\bclass {suite}\b") && !MethodHead().IsMatch(source[mark..at]);
    }

    [GeneratedRegex(@"^    (public|private|internal) [^\n]*\(", RegexOptions.Multiline)]
    private static partial Regex MethodHead();

    [GeneratedRegex(@"^\w+Tests?\.\w+$|^(SlotRing|TableCheck)\.\w+$")]
    private static partial Regex TestName();
}
