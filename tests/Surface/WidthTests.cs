using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Surface.Tests;

/// <summary>Rooms in which no line is wider than <c>.editorconfig</c> says, which the compiler and <c>dotnet format</c> do not hold.</summary>
[TestClass]
public sealed class WidthTests
{
    private const int Width = 130;

    [TestMethod]
    [DataRow("Frames")]
    [DataRow("Incidents")]
    [DataRow("Lines")]
    public void NoLineIsWiderThanThePage(string room)
    {
        string[] files = Directory.GetFiles(Repository.PathOf("firmware", "Appliance.Sensor", room), "*.cs");
        Assert.IsGreaterThan(4, files.Length, room);
        IEnumerable<string> wide = files.SelectMany(file => File.ReadLines(file)
            .Select((line, i) => (Line: line, Place: $"{Path.GetFileName(file)}:{i + 1}"))
            .Where(l => l.Line.Length > Width).Select(l => $"{l.Place}: {l.Line.Length} characters"));
        Assert.AreEqual(string.Empty, string.Join('\n', wide));
    }
}
