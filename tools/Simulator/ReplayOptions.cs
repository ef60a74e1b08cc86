using System;
using System.Collections.Generic;

namespace Appliance.Simulator;

/// <summary>What the command line of <c>replay</c> asks for.</summary>
internal sealed class ReplayOptions
{
    /// <summary>Slots in the ring unless the user says otherwise: 32 KB, what a device with 4 MB of flash and no PSRAM spares.</summary>
    public const int DefaultRing = 256;

    /// <summary>Largest ring: more than any device has.</summary>
    public const int LargestRing = 65536;

    /// <summary>Captures in the order in which they are replayed; "-" is standard input.</summary>
    public required IReadOnlyList<string> Captures { get; init; }

    /// <summary>Rule files; empty for the shipped ones.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Site profile; null for the shipped one.</summary>
    public string? Site { get; init; }

    /// <summary>Where the RFC 5424 lines go, "-" for standard output; null for nowhere.</summary>
    public string? Alerts { get; init; }

    /// <summary>Where matches go; null for nowhere.</summary>
    public string? Matches { get; init; }

    /// <summary>Where the statistics go; null for nowhere.</summary>
    public string? Stats { get; init; }

    /// <summary>Syslog collector; null for none.</summary>
    public Uri? Collector { get; init; }

    /// <summary>Times the capture's own speed; 0 is as fast as possible.</summary>
    public double Speed { get; init; }

    /// <summary>Probability that a kept frame is lost.</summary>
    public double Drop { get; init; }

    /// <summary>Slots in the ring.</summary>
    public int Ring { get; init; } = DefaultRing;
}
