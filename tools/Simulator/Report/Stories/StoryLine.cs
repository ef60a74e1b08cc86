using System;
using System.Text;

namespace Appliance.Simulator.Report.Stories;

/// <summary>A line as the collector kept it: what a sentence of the report rests on.</summary>
internal sealed class StoryLine
{
    private readonly byte[] _octets;

    /// <summary>Keeps a line.</summary>
    /// <param name="octets">Its octets.</param>
    /// <param name="place">File and line.</param>
    /// <param name="time">Its time; null for none.</param>
    public StoryLine(ReadOnlySpan<byte> octets, string place, DateTimeOffset? time)
    {
        _octets = octets.ToArray();
        Place = place;
        Time = time;
    }

    /// <summary>File and line.</summary>
    public string Place { get; }

    /// <summary>Its time; null where the box had none.</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>Its text.</summary>
    public string Text => Encoding.UTF8.GetString(_octets);
}
