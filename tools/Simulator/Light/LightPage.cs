using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Appliance.Simulator.Light;

/// <summary>What the technician's page, hardware/boards/LIGHT.md, says of each code: it is built into the program, so that both
/// say the same.</summary>
internal static partial class LightPage
{
    private static readonly IReadOnlyList<LightMeaning> Rows = Read();

    /// <summary>The row of a code.</summary>
    /// <param name="code">A constant of <c>LightCode</c>; the page has them in that order.</param>
    public static LightMeaning Of(int code) => Rows[code];

    private static List<LightMeaning> Read()
    {
        using Stream page = Assembly.GetExecutingAssembly().GetManifestResourceStream("LIGHT.md")
            ?? throw new InvalidOperationException("the program was built without LIGHT.md");
        using var reader = new StreamReader(page);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Trim().Trim('|').Split('|').Select(cell => Links().Replace(cell.Trim(), "$1").Replace("`", "", StringComparison.Ordinal))
                .ToArray())
            .Select(cells => new LightMeaning(cells[0], cells[1], cells[2]))];
    }

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Links();
}
