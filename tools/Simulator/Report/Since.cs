using System;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using Appliance.Playback;

namespace Appliance.Simulator.Report;

/// <summary>
/// Since when changes are told: a time, a number of days or hours before the newest line, or the report that was made last.
/// </summary>
internal sealed partial class Since
{
    private readonly TimeSpan? _before;
    private readonly DateTimeOffset _at;

    private Since(TimeSpan? before, DateTimeOffset at)
    {
        _before = before;
        _at = at;
    }

    /// <summary>The moment.</summary>
    /// <param name="newest">The newest line's time.</param>
    public DateTimeOffset? At(DateTimeOffset? newest) => _before is { } span ? newest - span : _at;

    /// <summary>Reads what the user gave.</summary>
    /// <param name="text">Such as <c>7d</c>, <c>24h</c>, <c>2026-11-29</c>, <c>2026-11-29T06:00Z</c>, or a report's path.</param>
    /// <exception cref="ReplayException">It is none of them.</exception>
    public static Since Parse(string text)
    {
        if (Span().Match(text) is { Success: true } span)
        {
            int number = int.Parse(span.Groups[1].Value, CultureInfo.InvariantCulture);
            return new Since(span.Groups[2].Value == "d" ? TimeSpan.FromDays(number) : TimeSpan.FromHours(number), default);
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            return new Since(null, time);
        }

        return new Since(null, NewestOf(text));
    }

    private static DateTimeOffset NewestOf(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            for (int i = 0; i < 40 && reader.ReadLine() is { } line; i++)
            {
                if (Newest().Match(line) is { Success: true } found
                    && DateTimeOffset.TryParse(found.Groups[1].Value, CultureInfo.InvariantCulture,
                        DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
                {
                    return time;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ReplayException($"--since: '{path}' is no time (2026-11-29, 7d, 24h), and can't be read as a report: "
                + $"{Problem.Describe(path, e)}", e);
        }

        throw new ReplayException($"--since: {path} is no report that names its newest line");
    }

    [GeneratedRegex("^([0-9]{1,4})([dh])$")]
    private static partial Regex Span();

    [GeneratedRegex("tap-report.*newest=([0-9T:.-]+Z)")]
    private static partial Regex Newest();
}
