using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests.Report;

/// <summary>The report of a replay is complete, loads nothing and trusts nothing.</summary>
[TestClass]
public sealed class PageTests
{
    [TestMethod]
    public void TellsEveryIncidentWithItsMeaningAndAdvice()
    {
        using var folder = new TemporaryFolder();
        string page = Path.Combine(folder.Path, "r.html");
        string[] captures = [.. Enumerable.Range(1, 10).Select(TapsimRun.Detect)];
        TapsimRun run = TapsimRun.Run(["replay", .. captures, "--report", page]).Expect(0);
        string html = File.ReadAllText(page);
        int incidents = int.Parse(Regex.Match(run.Lines[^1], "^(\\d+) incidents?$").Groups[1].Value,
            System.Globalization.CultureInfo.InvariantCulture);
        StringAssert.Contains(html, $">{incidents} incidents, the gravest");
        Assert.HasCount(incidents, Regex.Matches(html, "<section class=\"incident\" id=\"[^\"]+\">"));
        foreach (string heading in new[] { "Targeting", "Intent", "Technique", "History", "Severity", "Action recommendation" })
        {
            Assert.HasCount(incidents, Regex.Matches(html, $"<dt>{heading}</dt><dd>[^<]{{10,}}"));
        }

        Assert.HasCount(incidents, Regex.Matches(html, "<rect class=\"bar s[1-5]\""));
        StringAssert.Contains(html, "<dd>detect01.pcap, detect02.pcap,");
        Assert.IsFalse(html.Contains(Path.GetDirectoryName(captures[0])!, StringComparison.Ordinal), "names, not places");
        foreach (Match link in Regex.Matches(html, "href=\"#([^\"]*)\""))
        {
            StringAssert.Contains(html, $" id=\"{link.Groups[1].Value}\"");
        }

        Assert.IsFalse(Regex.IsMatch(html, "<script|<link|<img| src=\"|url\\(|@import|href=\"[^#]", RegexOptions.IgnoreCase),
            html);
    }

    [TestMethod]
    public void TheFramesBehindAnIncidentAreNamedAndDrawn()
    {
        using var folder = new TemporaryFolder();
        string page = Path.Combine(folder.Path, "r.html");
        TapsimRun.Run("replay", TapsimRun.Detect(9), TapsimRun.Detect(3), "--report", page).Expect(0);
        string html = File.ReadAllText(page);
        StringAssert.Contains(html, "Evidence: detect09.pcap frames 1-40.");
        Assert.HasCount(40, Regex.Matches(html, "<circle class=\"asked\""));
        StringAssert.Contains(html, "<title>1: 128.231.212.8</title>");
        StringAssert.Contains(html, "<title>40: 128.231.213.57</title>");

        // No line names the second server; the frames do.
        StringAssert.Contains(html, "Look first at 128.231.212.53 and 128.231.213.53, which answered.");
        StringAssert.Contains(html, "128.231.212.53: answered (#");
        StringAssert.Contains(html, "128.231.213.53: answered (#");
    }

    [TestMethod]
    public void EverySentenceRestsOnSomething()
    {
        using var folder = new TemporaryFolder();
        string page = Path.Combine(folder.Path, "r.html");
        TapsimRun.Run(["replay", .. Enumerable.Range(1, 10).Select(TapsimRun.Detect), "--report", page]).Expect(0);
        foreach (Match passage in Regex.Matches(File.ReadAllText(page),
            "<dt>(Targeting|Intent|Technique|History|Severity|Action recommendation)</dt><dd>(.*?)</dd>"))
        {
            // A sentence is text up to the marks that follow it.
            string left = Regex.Replace(passage.Groups[2].Value, "[^<]+(<sup><a href=\"#[^\"]+\" "
                + "title=\"[^\"]+\">[^<]+</a></sup>)+ ?", "");
            Assert.AreEqual("", left.Trim(), passage.Value);
        }
    }

    [TestMethod]
    public void FitsADarkScreenATelephoneAndPaper()
    {
        using var folder = new TemporaryFolder();
        string page = Path.Combine(folder.Path, "r.html");
        TapsimRun.Run("replay", TapsimRun.Detect(9), "--report", page).Expect(0);
        string html = File.ReadAllText(page);
        StringAssert.Contains(html, "color-scheme:light dark");
        StringAssert.Contains(html, "@media(prefers-color-scheme:dark)");
        StringAssert.Contains(html, "@media print");
        StringAssert.Contains(html, "@media(max-width:40rem)");
        StringAssert.Contains(html, "@page");
        StringAssert.Contains(html, "<div class=\"wide\"><table>");

        // No words within a picture, which would be made smaller with it; every colour by its name, so that none stays bright in
        // the dark.
        Assert.IsFalse(html.Contains("<text", StringComparison.Ordinal));
        string rules = html[html.IndexOf("body{", StringComparison.Ordinal)..html.IndexOf("</style>", StringComparison.Ordinal)];
        Assert.IsFalse(Regex.IsMatch(rules, "#[0-9a-f]{3,6}"), rules);
    }

    [TestMethod]
    public void WhatComesFromOutsideIsEscaped()
    {
        using var folder = new TemporaryFolder();
        string rules = folder.Write("t.rules", Encoding.UTF8.GetBytes(
            "alert tcp any any -> any any ( msg:\"<b>'&\"; flags:S; priority:5; metadata:suspect yes, intent "
                + "\"<script>alert(1)</script>\", "
            + "advice \"</dd>& so on\"; sid:1; )\n"));
        string page = Path.Combine(folder.Path, "r.html");
        TapsimRun.Run("replay", TapsimRun.Detect(5), "--rules", rules, "--report", page).Expect(0);
        string html = File.ReadAllText(page);
        StringAssert.Contains(html, "&lt;script&gt;alert(1)&lt;/script&gt;");
        StringAssert.Contains(html, "&lt;/dd&gt;&amp; so on");
        StringAssert.Contains(html, "&lt;b&gt;");
        Assert.IsFalse(html.Contains("<script", StringComparison.Ordinal) || html.Contains("<b>'", StringComparison.Ordinal));
    }

    [TestMethod]
    public void NoIncidentsAreSaidToo()
    {
        using var folder = new TemporaryFolder();
        string page = Path.Combine(folder.Path, "r.html");
        string empty = folder.Write("e.pcap", File.ReadAllBytes(TapsimRun.Detect(5))[..24]);
        TapsimRun.Run("replay", empty, "--report", page).Expect(0);
        StringAssert.Contains(File.ReadAllText(page), ">No incidents.</p>");
    }
}
