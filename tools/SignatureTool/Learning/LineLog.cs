using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.SignatureTool.Learning;

/// <summary>The newest line of each incident, by box, boot and number, and of each host of an inventory.</summary>
internal sealed class LineLog
{
    private readonly Dictionary<(string Host, long? Boot, long Id), List<LoggedIncident>> _incidents = [];

    private readonly Dictionary<(string Box, string Host), AlertLine> _hosts = [];

    /// <summary>The newest line of each host of an inventory.</summary>
    public IReadOnlyCollection<AlertLine> Hosts => _hosts.Values;

    /// <summary>Lines of boxes.</summary>
    public int Read { get; private set; }

    /// <summary>Lines that are none, or can't be read.</summary>
    public int Unread { get; private set; }

    /// <summary>The newest lines.</summary>
    public IEnumerable<AlertLine> Newest => _incidents.Values.SelectMany(t => t).Select(i => i.Line);

    /// <summary>The incidents; those of two boxes that have one name, start and number apart, and numbered as a report
    /// does.</summary>
    public IReadOnlyList<LoggedIncident> Incidents()
    {
        foreach (List<LoggedIncident> twins in _incidents.Values)
        {
            twins.Sort((a, b) => (a.First ?? DateTimeOffset.MaxValue, a.Oldest).CompareTo((b.First ?? DateTimeOffset.MaxValue, b.Oldest)));
            for (int i = 0; i < twins.Count; i++)
            {
                twins[i].Twin = i;
            }
        }

        return [.. _incidents.Values.SelectMany(t => t).OrderBy(i => i.Line.HostName, StringComparer.Ordinal).ThenBy(i => i.Line.Boot)
            .ThenBy(i => i.Line.Number("id")).ThenBy(i => i.Twin)];
    }

    /// <summary>Takes a file of lines in.</summary>
    /// <exception cref="LogException">It can't be read.</exception>
    public void Take(string path)
    {
        using LogFile file = LogFile.Open(path);
        while (file.Read(out ReadOnlySpan<byte> octets))
        {
            if (LogForm.Read(octets, out Unread why) is not { } line)
            {
                Unread += why == Playback.Alerts.Unread.Empty ? 0 : 1;
                continue;
            }

            Read++;
            if (line.IsIncident && line.Number("id") > 0)
            {
                TakeIncident(line, octets);
            }
            else if (line.Kind == "inventory" && line["address"].Length > 0)
            {
                var key = (line.HostName, line["address"]);
                bool isOlder = _hosts.TryGetValue(key, out AlertLine? known) && known.Time > line.Time;
                _hosts[key] = isOlder ? known! : line;
            }
        }
    }

    private void TakeIncident(AlertLine line, ReadOnlySpan<byte> octets)
    {
        var key = (line.HostName, line.Boot, line.Number("id"));
        if (!_incidents.TryGetValue(key, out List<LoggedIncident>? twins))
        {
            twins = [];
            _incidents[key] = twins;
        }

        if (twins.Where(t => t.Fits(line)).MinBy(t => t.DistanceTo(line)) is { } known)
        {
            known.Take(line, octets);
        }
        else
        {
            twins.Add(new LoggedIncident(line, octets));
        }
    }
}
