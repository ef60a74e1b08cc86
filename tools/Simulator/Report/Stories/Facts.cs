using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report.Stories;

/// <summary>
/// What the lines of one incident say together: of each parameter the newest value, and the line in which it stood.
/// </summary>
internal sealed class Facts
{
    /// <summary>
    /// The parameters in their order (tools/Collector/ALERTS.md): a line without room leaves out the last ones.
    /// </summary>
    private static readonly string[] Order =
    [
        "id", "state", "severity", "sid", "proto", "src", "srcs", "dst", "dsts", "dport", "frames", "name", "answeredBy", "hosts",
            "dur",
        "ttl", "flags", "sport", "stride", "unseen", "answered", "refused", "silent", "dark", "related", "list", "period",
            "group",
        "expected", "lost", "dports", "tool", "site",
    ];

    /// <summary>What no place of the order has: into, and what a later version says.</summary>
    private Dictionary<string, (string Value, int Line)>? _others;

    // Arrays, since a report keeps thousands of incidents.
    private readonly string?[] _values = new string?[Order.Length];
    private readonly sbyte[] _lines = new sbyte[Order.Length];

    /// <summary>A parameter; empty when no line has it.</summary>
    public string this[string name] => Array.IndexOf(Order, name) is >= 0 and int at ? _values[at] ?? ""
        : _others?.GetValueOrDefault(name).Value ?? "";

    /// <summary>A parameter that is a number; 0 when no line has it.</summary>
    public long Number(string name) => long.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out long value)
        ? value : 0;

    /// <summary>The number of the line in which a parameter's value stood last; -1 for none.</summary>
    public int LineOf(string name) => Array.IndexOf(Order, name) is >= 0 and int at ? (_values[at] is null ? -1 : _lines[at])
        : _others is not null && _others.TryGetValue(name, out (string Value, int Line) found) ? found.Line : -1;

    /// <summary>A parameter's parts, where it is a list.</summary>
    public IEnumerable<string> List(string name) => this[name].TrimEnd('+').Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The list is longer than the line had room for.</summary>
    public bool IsMore(string name) => this[name].EndsWith('+');

    /// <summary>Takes the parameters of the next line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="number">Its number.</param>
    /// <param name="namesOne">Its src is one of several sources, and no news about all of them.</param>
    public void Take(AlertLine line, int number, bool namesOne)
    {
        int last = Array.FindLastIndex(Order, name => line[name].Length > 0);
        for (int i = 0; i < last; i++)
        {
            // What stands before the last one was not left out for want of room: it is not so any more. Lists of hosts only grow.
            if (line[Order[i]].Length == 0 && Order[i] is not ("answeredBy" or "hosts" or "name"))
            {
                _values[i] = null;
            }
        }

        foreach ((string name, string value) in line.Parameters)
        {
            int at = Array.IndexOf(Order, name);
            if (at < 0)
            {
                _others ??= [];
                _others[name] = (value, number);
            }
            else if (name != "src" || !namesOne)
            {
                _values[at] = name is "answeredBy" or "hosts" ? Union(_values[at] ?? "", value) : value;
                _lines[at] = (sbyte)number;
            }
        }
    }

    /// <summary>The lines are gone that had a number of at least so much.</summary>
    /// <param name="from">The first that is gone.</param>
    public void Fold(int from)
    {
        for (int i = 0; i < _lines.Length; i++)
        {
            _lines[i] = (sbyte)Math.Min(_lines[i], from);
        }
    }

    private static string Union(string known, string more)
    {
        string[] all = [.. known.TrimEnd('+').Split(',').Concat(more.TrimEnd('+').Split(',')).Where(v => v.Length > 0)
            .Distinct()];
        return string.Join(',', all) + (more.EndsWith('+') ? "+" : "");
    }
}
