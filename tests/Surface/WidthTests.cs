using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Surface.Tests;

/// <summary>Rooms in which no line is wider than <c>.editorconfig</c> says, which the compiler and <c>dotnet format</c> do not
/// hold.</summary>
[TestClass]
public sealed class WidthTests
{
    private const int Width = 130;

    [TestMethod]
    [DataRow("", 4)]
    [DataRow("Frames", 12)]
    [DataRow("Incidents", 14)]
    [DataRow("Judging", 28)]
    [DataRow("Lines", 5)]
    [DataRow("Memories", 15)]
    [DataRow("Road", 12)]
    [DataRow("Signatures", 12)]
    public void NoLineIsWiderThanThePage(string room, int least)
    {
        string[] files = Directory.GetFiles(Repository.PathOf("firmware", "Appliance.Sensor", room), "*.cs");
        Assert.IsGreaterThanOrEqualTo(least, files.Length, room);
        IEnumerable<string> wide = files.SelectMany(file => File.ReadLines(file)
            .Select((line, i) => (Line: line, Place: $"{Path.GetFileName(file)}:{i + 1}"))
            .Where(l => l.Line.Length > Width).Select(l => $"{l.Place}: {l.Line.Length} characters"));
        Assert.AreEqual(string.Empty, string.Join('\n', wide));
    }

    [TestMethod]
    [DataRow("firmware", 200)]
    [DataRow("tools", 200)]
    [DataRow("tests", 200)]
    public void NoCommentIsWiderThanThePage(string top, int least)
    {
        string[] files = [.. Directory.EnumerateFiles(Repository.PathOf(top), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))];
        Assert.IsGreaterThanOrEqualTo(least, files.Length, top);
        IEnumerable<string> wide = files.SelectMany(file => File.ReadLines(file)
            .Select((line, i) => (Line: line, Place: $"{Path.GetRelativePath(Repository.PathOf(top), file)}:{i + 1}"))
            // A rule or a table stands in one line, and what a test writes into a file is no comment of its own.
            .Where(l => l.Line.TrimStart().StartsWith("//", System.StringComparison.Ordinal) && l.Line.Length > Width
                && !l.Line.Contains(" msg:", System.StringComparison.Ordinal)
                && !Path.GetFileName(file).StartsWith("BuiltInTable", System.StringComparison.Ordinal))
            .Select(l => $"{l.Place}: {l.Line.Length} characters"));
        Assert.AreEqual(string.Empty, string.Join('\n', wide));
    }
}
