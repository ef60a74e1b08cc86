using System;
using System.Collections.Generic;
using System.Linq;

namespace Appliance.Playback.Alerts;

/// <summary>
/// Techniques of MITRE ATT&amp;CK that a kind of incident is evidence of: the one table of page, forms, configurations and
/// report. From without it is reconnaissance (T1595) or a way in (T1133), from within discovery (T1046) or a way on (T1021).
/// </summary>
public static class KindTechniques
{
    private static readonly Dictionary<string, (string[] Inside, string[] Outside)> Table = new(StringComparer.Ordinal)
    {
        ["sweep"] = (["T1018", "T1046"], ["T1595.001"]),
        ["port-scan"] = (["T1046"], ["T1595"]),
        ["scan"] = (["T1046"], ["T1595"]),
        ["distributed-probe"] = (["T1046"], ["T1595"]),
        ["restricted-service"] = (["T1021"], ["T1133"]),
        ["suspect-service"] = (["T1571", "T1219"], ["T1571", "T1219"]),
        ["inverse-map"] = (["T1018"], ["T1590"]),
        ["dark-host"] = (["T1018"], ["T1595.001"]),
        ["broadcast"] = (["T1018"], ["T1018"]),
        ["dicom-guess"] = (["T1110"], ["T1110"]),
        ["dicom-caller"] = (["T1078"], ["T1078"]),
        ["weak-service"] = (["T1040"], ["T1040"]),
        ["new-host"] = (["T1200"], ["T1200"]),
    };

    // What somebody does who looks around, whatever he looks for: the kind says it, and from where.
    private static readonly string[] Searches = ["T1016", "T1018", "T1046", "T1124", "T1135", "T1590", "T1595", "T1595.001", "T1595.002"];

    /// <summary>The kinds that have techniques.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Table.Keys];

    /// <summary>The techniques of a kind, by number; none for what is no attack by itself.</summary>
    /// <param name="kind">The kind: the MSGID.</param>
    /// <param name="isInside">Who does it is at home.</param>
    public static IReadOnlyList<string> Of(string kind, bool isInside) =>
        Table.TryGetValue(kind, out (string[] Inside, string[] Outside) both) ? isInside ? both.Inside : both.Outside : [];

    /// <summary>The techniques of a kind, wherever its actor is.</summary>
    /// <param name="kind">The kind: the MSGID.</param>
    public static IReadOnlyList<string> Of(string kind) => [.. Of(kind, true).Union(Of(kind, false))];

    /// <summary>Whether a rule's technique says what is sought there, and not merely that somebody searches, which its incident's
    /// kind says.</summary>
    /// <param name="number">The technique's number.</param>
    public static bool IsAim(string number) => !Searches.Contains(number);
}
