using System;
using System.Collections.Generic;
using System.IO;

namespace Appliance.Surface.Tests;

/// <summary>
/// A list of nanoFramework types and members, a row each: assembly, <c>T</c>ype, <c>M</c>ethod or <c>F</c>ield, signature. The
/// full list and the project's own have the same columns.
/// </summary>
internal sealed class NanoApi
{
    private readonly Dictionary<string, string> _assemblyBySignature = new(StringComparer.Ordinal);
    private readonly HashSet<string> _enums = new(StringComparer.Ordinal);

    /// <summary>Rows as they stand in the file, in its order.</summary>
    public List<string> Rows { get; } = [];

    /// <summary>Reads a list.</summary>
    /// <param name="lines">Its lines; blank ones and those that begin with <c>#</c> are skipped.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="InvalidDataException">A line does not have the three columns.</exception>
    public static NanoApi Parse(IEnumerable<string> lines, string name)
    {
        var api = new NanoApi();
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            string[] columns = line.Split('\t');
            if (columns.Length != 3 || columns[1] is not ("T" or "M" or "F"))
            {
                throw new InvalidDataException($"{name}:{number}: expected assembly, T, M or F, signature, tab-separated: '{line}'");
            }

            api.Rows.Add(line);
            string signature = Normalize(columns[1], columns[2]);
            api._assemblyBySignature.TryAdd(columns[1] + signature, columns[0]);
            if (columns[1] == "T" && columns[2].StartsWith("enum ", StringComparison.Ordinal))
            {
                api._enums.Add(signature);
            }
        }

        return api;
    }

    /// <summary>The nanoFramework assembly that holds a type; null when none does.</summary>
    public string? AssemblyOfType(string fullName) => _assemblyBySignature.GetValueOrDefault("T" + fullName);

    /// <summary>The nanoFramework assembly that holds a method; null when none does.</summary>
    /// <param name="signature">As the list writes it: <c>static</c> where it is, return type, type, <c>::</c>, name,
    /// parameters.</param>
    public string? AssemblyOfMethod(string signature) => _assemblyBySignature.GetValueOrDefault("M" + signature);

    /// <summary>The nanoFramework assembly that holds a field; null when none does.</summary>
    public string? AssemblyOfField(string signature) => _assemblyBySignature.GetValueOrDefault("F" + signature);

    /// <summary>The type is an enumeration in the list.</summary>
    public bool IsEnum(string fullName) => _enums.Contains(fullName);

    /// <summary>The row's kind and signature without what a reference can't know: a type's base, a constant's value.</summary>
    public static string KeyOf(string row)
    {
        string[] columns = row.Split('\t');
        return columns[1] + Normalize(columns[1], columns[2]);
    }

    private static string Normalize(string kind, string signature)
    {
        switch (kind)
        {
            case "T":
                // "class System.Attribute : System.Object"
                string[] words = signature.Split(' ');
                return words.Length > 1 ? words[1] : signature;
            case "F":
                int value = signature.IndexOf(" = ", StringComparison.Ordinal);
                return value < 0 ? signature : signature[..value];
            default:
                return signature;
        }
    }
}
