using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests.Pictures;

/// <summary>
/// The pictures of the first page are what the programs print today. <c>TAP_PICTURES=write</c> puts those of today in the place
/// of the committed ones.
/// </summary>
[TestClass]
public sealed partial class PictureTests
{
    [TestMethod]
    public void TheDemosPictureIsWhatItPrints()
    {
        string[] said = TapsimRun.Run().Expect(0).Output.TrimEnd().Split('\n');
        int end = Array.IndexOf(said, "");
        List<string> shown = ["$ dotnet run --project tools/Simulator", Port().Replace(said[0], ""), .. said[1..end], "..."];
        foreach (string number in new[] { "#3 ", "#9 " })
        {
            int from = Array.FindIndex(said, l => l.StartsWith(number, StringComparison.Ordinal));
            int to = Array.FindIndex(said, from + 1, l => !l.StartsWith(' '));
            shown.AddRange(said[from..to]);
        }

        shown.AddRange(["...", said[^1]]);
        string picture = TerminalPicture.Make("The demo: ten detects in, ten incidents out", shown);
        Assert.HasCount(10, XDocument.Parse(picture).Descendants().Where(e => e.Name.LocalName == "text" && Opening().IsMatch(e.Value)));
        Same("demo.svg", picture);
    }

    [TestMethod]
    public void TheReportsPictureIsItsFirstPage()
    {
        using var folder = new TemporaryFolder();
        string page = folder.File("report.html");
        string lines = folder.File("tap.log");
        TapsimRun.Run(["replay", .. Enumerable.Range(1, 10).Select(TapsimRun.Detect), "--alerts", lines]).Expect(0);
        TapsimRun.Run("report", lines, "--report", page).Expect(0);
        string picture = ReportPicture.Make(File.ReadAllText(page));
        StringAssert.Contains(picture, "What needs somebody today");
        StringAssert.Contains(picture, "Telnet to DNS server: restricted-service by 194.90.83.130");
        Same("report.svg", picture);
    }

    private static void Same(string name, string picture)
    {
        string path = Repository.PathOf("tools", "Simulator", name);
        if (Environment.GetEnvironmentVariable("TAP_PICTURES") == "write")
        {
            File.WriteAllText(path, picture);
        }

        Assert.AreEqual(picture, File.ReadAllText(path).ReplaceLineEndings("\n"), $"{path} is not what the program prints: "
            + "TAP_PICTURES=write dotnet test tests/Simulator --filter PictureTests, and look at it");
    }

    [GeneratedRegex(" at udp://\\S+$")]
    private static partial Regex Port();

    [GeneratedRegex(@"^\s+\d{4}-\d\d-\d\d .*\s#\d+ [a-z-]+: ")]
    private static partial Regex Opening();
}
