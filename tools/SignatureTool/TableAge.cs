using System;
using System.Globalization;

namespace Appliance.SignatureTool;

/// <summary>The day after which a box says that its table is old, as the table holds it.</summary>
internal static class TableAge
{
    /// <summary>Most days that a profile may ask for: ten years, since a date beyond is a slip of the finger.</summary>
    public const int MostDays = 3650;

    private static readonly DateOnly Epoch = new(1970, 1, 1);

    /// <summary>The last day that a table can state.</summary>
    public static DateOnly Latest => Epoch.AddDays(ushort.MaxValue);

    /// <summary>Days since 1970-01-01; 0 for none.</summary>
    public static int DaysOf(DateOnly? day) => day is { } last ? last.DayNumber - Epoch.DayNumber : 0;

    /// <summary>A table's last day; null when it is never old.</summary>
    /// <param name="days">As the table states it.</param>
    public static DateOnly? DayOf(int days) => days == 0 ? null : Epoch.AddDays(days);

    /// <summary>What is said of a table's last day.</summary>
    /// <param name="days">As the table states it.</param>
    public static string TextOf(int days) =>
        DayOf(days) is { } day ? "old after " + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "never old";
}
