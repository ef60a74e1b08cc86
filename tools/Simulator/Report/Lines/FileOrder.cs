using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report.Lines;

/// <summary>
/// The order in which files of lines are read: by the time of their first line, since a shell gives rotated files newest first
/// (<c>tap.log tap.log.1</c>), and what a box is now is what its last line says.
/// </summary>
internal static class FileOrder
{
    /// <summary>Lines that are looked at for a time: a box that starts without a clock says so much before it has one.</summary>
    private const int MostLooked = 1000;

    /// <summary>Puts files in the order of their first times; one without any, and standard input, come last as they were
    /// given.</summary>
    /// <param name="paths">The files; "-" is standard input, which can be read once only.</param>
    public static IReadOnlyList<string> ByTime(IReadOnlyList<string> paths)
    {
        return paths.Count < 2 ? paths : [.. paths.OrderBy(p => FirstTime(p) ?? DateTimeOffset.MaxValue)];
    }

    private static DateTimeOffset? FirstTime(string path)
    {
        if (path == "-")
        {
            return null;
        }

        try
        {
            using LogFile file = LogFile.Open(path);
            for (int i = 0; i < MostLooked && file.Read(out ReadOnlySpan<byte> line); i++)
            {
                if (LogForm.Read(line, out _)?.Time is { } time)
                {
                    return time;
                }
            }
        }
        catch (LogException)
        {
            // Whoever reads it next tells why it can't be.
        }

        return null;
    }
}
