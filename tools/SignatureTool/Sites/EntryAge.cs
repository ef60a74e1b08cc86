using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Appliance.SignatureTool.Sites;

/// <summary>Entries of a profile that have an end: what was agreed for a while must not explain anything for ever.</summary>
public static class EntryAge
{
    /// <summary>Days before its end from which on an entry is told of: a month is what a renewal takes.</summary>
    private const int NoticeDays = 30;

    /// <summary>What is to be said of an entry's end; null as long as it is far.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="today">The day.</param>
    public static string? TextOf(Explanation entry, DateOnly today)
    {
        if (entry.Until is not { } until || until >= today.AddDays(NoticeDays))
        {
            return null;
        }

        string origin = entry.Origin.Length > 0 ? $" ({entry.Origin})" : "";
        string day = until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return until < today
            ? $"'{entry.Name}'{origin} ended on {day} and is left out: what it explained is told again; renew it or take it out"
            : $"'{entry.Name}'{origin} ends on {day}; from the next day on a new table leaves it out";
    }

    /// <summary>Leaves out of a profile the entries that have ended, and says so; and says which end soon.</summary>
    /// <param name="site">The profile.</param>
    /// <param name="today">The day on which the table is made.</param>
    /// <param name="diagnostics">Gets what is said.</param>
    internal static SiteProfile Apply(SiteProfile site, DateOnly today, List<Diagnostic> diagnostics)
    {
        foreach (Explanation entry in site.Expected)
        {
            if (TextOf(entry, today) is { } text)
            {
                diagnostics.Add(new Diagnostic(entry.Until < today ? Severity.Warning : Severity.Note, entry.Place!.Value.File,
                    entry.Place.Value.Line, entry.Place.Value.Column, "until", text));
            }
        }

        return site with { Expected = [.. site.Expected.Where(e => !(e.Until < today))] };
    }
}
