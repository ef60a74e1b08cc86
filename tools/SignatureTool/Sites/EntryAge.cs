using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Appliance.SignatureTool.Sites;

/// <summary>Entries of a profile that have an end: what was agreed for a while must not explain anything for ever.</summary>
internal static class EntryAge
{
    /// <summary>Days before its end from which on an entry is told of: a month is what a renewal takes.</summary>
    private const int NoticeDays = 30;

    /// <summary>Leaves out of a profile the entries that have ended, and says so; and says which end soon.</summary>
    /// <param name="site">The profile.</param>
    /// <param name="today">The day on which the table is made.</param>
    /// <param name="diagnostics">Gets what is said.</param>
    public static SiteProfile Apply(SiteProfile site, DateOnly today, List<Diagnostic> diagnostics)
    {
        foreach (Explanation entry in site.Expected.Where(e => e.Until is { } until && until < today.AddDays(NoticeDays)))
        {
            bool isOver = entry.Until < today;
            string origin = entry.Origin.Length > 0 ? $" ({entry.Origin})" : "";
            string day = entry.Until!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            diagnostics.Add(new Diagnostic(isOver ? Severity.Warning : Severity.Note, entry.Place!.Value.File, entry.Place.Value.Line,
                entry.Place.Value.Column, "until", isOver
                    ? $"'{entry.Name}'{origin} ended on {day} and is left out: what it explained is told again; renew it or take it out"
                    : $"'{entry.Name}'{origin} ends on {day}; from the next day on a new table leaves it out"));
        }

        return site with { Expected = [.. site.Expected.Where(e => !(e.Until < today))] };
    }
}
