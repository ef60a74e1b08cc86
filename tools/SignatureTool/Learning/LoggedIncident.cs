using System;
using System.Globalization;
using Appliance.Playback.Alerts;

namespace Appliance.SignatureTool.Learning;

/// <summary>An incident of a log, by its newest line.</summary>
internal sealed class LoggedIncident
{
    private readonly IncidentIdentity _identity = new();
    private LineOrder? _newest;

    /// <summary>Begins with a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="octets">The line itself.</param>
    public LoggedIncident(AlertLine line, ReadOnlySpan<byte> octets)
    {
        Line = line;
        Oldest = LineOrder.Of(line, octets);
        Take(line, octets);
    }

    /// <summary>The line of the highest number.</summary>
    public AlertLine Line { get; private set; }

    /// <summary>The place of its lowest line.</summary>
    public LineOrder Oldest { get; private set; }

    /// <summary>When it began; null without a clock.</summary>
    public DateTimeOffset? First => _identity.First;

    /// <summary>How many incidents of other boxes with this very name began before it.</summary>
    public int Twin { get; set; }

    /// <summary>Its number, as the report prints it.</summary>
    public string Number => Line["id"] + (Twin > 0 ? string.Create(CultureInfo.InvariantCulture, $"-{Twin + 1}") : "");

    /// <summary>Host, boot and number, as the report prints them.</summary>
    public string Name => $"{Line.HostName}/{Line.Boot?.ToString(CultureInfo.InvariantCulture) ?? "-"}/{Number}";

    /// <summary>Whether a line with its number can be of it.</summary>
    public bool Fits(AlertLine line) => _identity.Fits(line);

    /// <summary>How far the beginning that a line tells lies from its own.</summary>
    public TimeSpan DistanceTo(AlertLine line) => _identity.DistanceTo(line);

    /// <summary>Takes a line.</summary>
    public void Take(AlertLine line, ReadOnlySpan<byte> octets)
    {
        LineOrder order = LineOrder.Of(line, octets);
        _identity.Take(line);
        Oldest = order.CompareTo(Oldest) < 0 ? order : Oldest;
        if (order.CompareTo(_newest) > 0)
        {
            _newest = order;
            Line = line;
        }
    }
}
