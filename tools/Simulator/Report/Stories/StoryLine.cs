using System;
using System.Text;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report.Stories;

/// <summary>A line as the collector kept it: what a sentence of the report rests on.</summary>
internal sealed class StoryLine
{
    private readonly byte[] _octets;

    /// <summary>Keeps a line.</summary>
    /// <param name="line">What it says.</param>
    /// <param name="octets">Its octets.</param>
    /// <param name="place">File and line.</param>
    public StoryLine(AlertLine line, ReadOnlySpan<byte> octets, string place)
    {
        _octets = octets.ToArray();
        Place = place;
        Time = line.Time;
        Order = LineOrder.Of(line, octets);
        Hosts = line.IsIncident ? Math.Max(line.Number("dsts"), line.Number("srcs")) : 0;
    }

    /// <summary>File and line.</summary>
    public string Place { get; }

    /// <summary>Its time; null where the box had none.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>Its place among the lines of its start of the box.</summary>
    public LineOrder Order { get; }

    /// <summary>How many hosts, or sources, the incident had by it.</summary>
    public long Hosts { get; }

    /// <summary>What it says; it could be read when it was kept.</summary>
    public AlertLine Read() => LogForm.Read(_octets, out _)!;

    /// <summary>Its text.</summary>
    public string Text => Encoding.UTF8.GetString(_octets);
}
