using System;
using System.Collections.Generic;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Keys;
using Appliance.Simulator.Faults;

namespace Appliance.Simulator;

/// <summary>What the command line of <c>replay</c> asks for.</summary>
internal sealed class ReplayOptions
{
    /// <summary>Slots in the ring unless the user says otherwise: 43 KB, as on a board without PSRAM.</summary>
    public const int DefaultRing = 304;

    /// <summary>Largest ring: more than any device has.</summary>
    public const int LargestRing = 65536;

    /// <summary>Captures in the order in which they are replayed; "-" is standard input.</summary>
    public required IReadOnlyList<string> Captures { get; init; }

    /// <summary>Rule files; empty for the shipped ones.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Network interface of <c>live</c>; null for a replay.</summary>
    public string? Interface { get; init; }

    /// <summary>Seconds that <c>live</c> runs; null for until it is interrupted.</summary>
    public double? Seconds { get; init; }

    /// <summary>A compiled table in place of rules and site; null for none.</summary>
    public string? Table { get; init; }

    /// <summary>The folder that stands for the box's storage; null for one that forgets.</summary>
    public string? Storage { get; init; }

    /// <summary>The keys that the box trusts.</summary>
    public IReadOnlyList<PublicKey> Keys { get; init; } = [];

    /// <summary>Which tables are for the box: a constant of <see cref="BoardClass"/>.</summary>
    public int Board { get; init; } = BoardClass.Any;

    /// <summary>What shall fail.</summary>
    public FaultOptions Faults { get; init; } = new();

    /// <summary>Which messages the box sends; null for what suits the other options.</summary>
    public bool? AllMessages { get; init; }

    /// <summary>Heartbeat, table and health messages are sent too: when asked for, or when the box itself is what is looked
    /// at.</summary>
    public bool IsTalkative => AllMessages ?? (Storage is not null || Keys.Count > 0 || Faults.All.Count > 0 || Interface is not null);

    /// <summary>Site profile; null for the shipped one.</summary>
    public string? Site { get; init; }

    /// <summary>Where the RFC 5424 lines go, "-" for standard output; null for nowhere.</summary>
    public string? Alerts { get; init; }

    /// <summary>Where matches go; null for nowhere.</summary>
    public string? Matches { get; init; }

    /// <summary>Where the statistics go; null for nowhere.</summary>
    public string? Stats { get; init; }

    /// <summary>Where the report for an analyst goes; null for nowhere.</summary>
    public string? Report { get; init; }

    /// <summary>Syslog collector; null for none.</summary>
    public Uri? Collector { get; init; }

    /// <summary>Times the capture's own speed; 0 is as fast as possible.</summary>
    public double Speed { get; init; }

    /// <summary>Probability that a kept frame is lost.</summary>
    public double Drop { get; init; }

    /// <summary>Bits a second of the port into which the switch mirrors; null for one that carries all.</summary>
    public double? Span { get; init; }

    /// <summary>Tell what the light of the box shows.</summary>
    public bool Light { get; init; }

    /// <summary>Slots in the ring.</summary>
    public int Ring { get; init; } = DefaultRing;
}
