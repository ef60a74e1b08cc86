using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Appliance.SignatureTool.Learning;

/// <summary>The shipped rules, which stand in the program: what a signature calls suspect has to be known wherever it
/// runs.</summary>
internal static class ShippedRules
{
    private const string Folder = "rules/";

    /// <summary>Their names and texts, in order of names.</summary>
    public static IReadOnlyList<(string File, string Text)> All()
    {
        Assembly program = typeof(ShippedRules).Assembly;
        return [.. program.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n => (n[Folder.Length..], Read(program, n)))];
    }

    private static string Read(Assembly program, string name)
    {
        using var reader = new StreamReader(program.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
