using System;
using System.Linq;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool.Sites;

/// <summary>The short name by which alerts say of which site they are, so that boxes of many sites can share a
/// collector.</summary>
internal static class SiteTag
{
    /// <summary>What a tag may be, for messages.</summary>
    public const string Rule = "letters, digits, '-', '_' and '.', at most 12 of them";

    /// <summary>Whether a text is a tag.</summary>
    public static bool IsTag(string text)
    {
        return text.Length is > 0 and <= TableFormat.MostTag && text.All(IsSafe);
    }

    /// <summary>The tag that a site's name gives: what is not safe becomes <c>-</c>, and what is too long is cut.</summary>
    /// <param name="name">The name; the built-in table's <c>*</c> gives none.</param>
    /// <returns>The tag; empty for none.</returns>
    public static string Of(string name)
    {
        string safe = string.Concat(name.Select(c => IsSafe(c) ? c : '-')).Trim('-');
        return safe[..Math.Min(safe.Length, TableFormat.MostTag)].TrimEnd('-');
    }

    /// <summary>Whether a name is longer than its tag, so that two sites may share it.</summary>
    public static bool IsCut(string name)
    {
        return name.Length > TableFormat.MostTag;
    }

    private static bool IsSafe(char c)
    {
        return char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
    }
}
