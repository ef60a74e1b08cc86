using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.Collector.Formats;

/// <summary>Turns a line into the form of another system.</summary>
/// <param name="line">A box's line.</param>
/// <returns>One line; null where that form has no place for it.</returns>
internal delegate string? LineFormat(AlertLine line);

/// <summary>The forms of others.</summary>
internal static class LineFormats
{
    private static readonly Dictionary<string, Func<AlertFormat, LineFormat>> All = new()
    {
        ["ecs"] = f => new EcsFormat(f).Convert,
        ["ocsf"] = f => new OcsfFormat(f).Convert,
        ["cef"] = f => new CefFormat(f).Convert,
        ["leef"] = f => new LeefFormat(f).Convert,
        ["dicom-audit"] = f => new DicomAuditFormat(f, TimeProvider.System).Convert,
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Keys];

    /// <summary>The form of a name.</summary>
    public static LineFormat Of(string name, AlertFormat format) => All[name](format);
}
