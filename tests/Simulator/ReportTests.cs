using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>The report of a replay is complete, loads nothing and trusts nothing.</summary>
[TestClass]
public sealed class ReportTests
{
    [TestMethod]
    public void TellsEveryIncidentWithItsMeaningAndAdvice()
    {
        using var folder = new TemporaryFolder();
        string page = Path.Combine(folder.Path, "r.html");
        string[] captures = [.. Enumerable.Range(1, 10).Select(TapsimRun.Detect)];
        TapsimRun run = TapsimRun.Run(["replay", .. captures, "--report", page]).Expect(0);
        string html = File.ReadAllText(page);
        int incidents = int.Parse(Regex.Match(run.Lines[^1], "^(\\d+) incidents?$").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        StringAssert.Contains(html, $">{incidents} incidents, the gravest");
        Assert.HasCount(incidents, Regex.Matches(html, "<section id=\"i\\d+\">"));
        Assert.HasCount(incidents, Regex.Matches(html, "<dt>what it means</dt><dd>[^<]+</dd>"));
        Assert.HasCount(incidents, Regex.Matches(html, "<dt>what to do</dt><dd>[^<]+</dd>"));
        Assert.HasCount(incidents, Regex.Matches(html, "<span class=\"bar s[1-5]\""));
        StringAssert.Contains(html, "<dd>detect01.pcap, detect02.pcap,");
        Assert.IsFalse(html.Contains(Path.GetDirectoryName(captures[0])!, StringComparison.Ordinal), "names, not places");
        foreach (Match link in Regex.Matches(html, "href=\"#(i\\d+)\""))
        {
            StringAssert.Contains(html, $"id=\"{link.Groups[1].Value}\"");
        }

        Assert.IsFalse(Regex.IsMatch(html, "<script|<link|<img|src=|url\\(|@import|href=\"[^#]", RegexOptions.IgnoreCase), html);
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
        StringAssert.Contains(html, "<div class=\"wide\"><table>");

        // Words outside of a picture that would be made smaller with it; every colour by its name, so that none stays bright in the dark.
        Assert.IsFalse(html.Contains("<svg", StringComparison.Ordinal));
        string rules = html[html.IndexOf("body{", StringComparison.Ordinal)..html.IndexOf("</style>", StringComparison.Ordinal)];
        Assert.IsFalse(Regex.IsMatch(rules, "#[0-9a-f]{3,6}"), rules);
    }

    [TestMethod]
    public void WhatComesFromOutsideIsEscaped()
    {
        using var folder = new TemporaryFolder();
        string rules = folder.Write("t.rules", Encoding.UTF8.GetBytes(
            "alert tcp any any -> any any ( msg:\"<b>'&\"; flags:S; priority:5; metadata:suspect yes, intent \"<script>alert(1)</script>\", "
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
