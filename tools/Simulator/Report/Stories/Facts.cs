using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report.Stories;

/// <summary>
/// What the lines of one incident say together: of each parameter what the newest line says that had room for it, in whatever
/// order they are read.
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

    private static readonly int AnsweredBy = Array.IndexOf(Order, "answeredBy");
    private static readonly int Hosts = Array.IndexOf(Order, "hosts");

    /// <summary>What no place of the order has: into, and what a later version says.</summary>
    private Dictionary<string, (string Value, LineOrder Line)>? _others;

    // Arrays, since a report keeps thousands of incidents. A line that says that there is no such thing any more leaves null and
    // its order.
    private readonly string?[] _values = new string?[Order.Length];
    private readonly LineOrder?[] _lines = new LineOrder?[Order.Length];

    // Lists of hosts only grow: every name that any line had room for.
    private NameList? _answerers;
    private NameList? _asked;

    /// <summary>A parameter; empty when no line has it.</summary>
    public string this[string name]
    {
        get
        {
            int at = Array.IndexOf(Order, name);
            return at < 0 ? _others?.GetValueOrDefault(name).Value ?? ""
                : ListAt(at) is { } list ? string.Join(',', list.Names) + (_values[at]!.EndsWith('+') ? "+" : "")
                : _values[at] ?? "";
        }
    }

    /// <summary>A parameter that is a number; 0 when no line has it.</summary>
    public long Number(string name) => long.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out long value)
        ? value : 0;

    /// <summary>The newest line in which a parameter's value stood; null for none.</summary>
    public LineOrder? LineOf(string name)
    {
        int at = Array.IndexOf(Order, name);
        return at >= 0 ? (_values[at] is null ? null : _lines[at]) : _others?.GetValueOrDefault(name).Line;
    }

    /// <summary>A parameter's parts, where it is a list.</summary>
    public IEnumerable<string> List(string name) => this[name].TrimEnd('+').Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The list is longer than the line had room for.</summary>
    public bool IsMore(string name) => this[name].EndsWith('+');

    /// <summary>Takes the parameters of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="order">Its place among the incident's lines.</param>
    /// <param name="namesOne">Its src is one of several sources, and no news about all of them.</param>
    public void Take(AlertLine line, LineOrder order, bool namesOne)
    {
        int last = Array.FindLastIndex(Order, name => line[name].Length > 0);
        for (int i = 0; i < last; i++)
        {
            // What stands before the last one was not left out for want of room: it is not so any more. Lists of hosts only grow.
            if (line[Order[i]].Length == 0 && Order[i] is not ("answeredBy" or "hosts" or "name"))
            {
                Set(i, null, order);
            }
        }

        foreach ((string name, string value) in line.Parameters)
        {
            int at = Array.IndexOf(Order, name);
            if (at < 0)
            {
                _others ??= [];
                if (!_others.TryGetValue(name, out (string Value, LineOrder Line) known) || order.CompareTo(known.Line) > 0)
                {
                    _others[name] = (value, order);
                }
            }
            else if (value.Length > 0 && (name != "src" || !namesOne))
            {
                Set(at, value, order);
                TakeList(at, value, order);
            }
        }
    }

    private void Set(int at, string? value, LineOrder order)
    {
        if (order.CompareTo(_lines[at]) > 0)
        {
            _values[at] = value;
            _lines[at] = order;
        }
    }

    private void TakeList(int at, string value, LineOrder order)
    {
        if (at != AnsweredBy && at != Hosts)
        {
            return;
        }

        NameList list = at == AnsweredBy ? _answerers ??= new NameList() : _asked ??= new NameList();
        string[] names = value.TrimEnd('+').Split(',', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < names.Length; i++)
        {
            list.Add(names[i], order, i);
        }
    }

    private NameList? ListAt(int at) => at == AnsweredBy ? _answerers : at == Hosts ? _asked : null;
}
