using Appliance.Sensor.Memories;

namespace Appliance.Simulator.Explain;

/// <summary>What an actor is suspected of: under which key the sensor keeps it.</summary>
/// <param name="Kind">Which test it is held against.</param>
/// <param name="Label">In words.</param>
/// <param name="IsOutward">From inside to outside, where the test is another.</param>
internal sealed record Suspected(SuspectedKind Kind, string Label, bool IsOutward);

/// <summary>The tests that a suspicion can be held against.</summary>
internal enum SuspectedKind
{
    /// <summary>One port, many hosts.</summary>
    Sweep,

    /// <summary>One host, many ports.</summary>
    PortScan,

    /// <summary>One port, many hosts, by many sources of a /24.</summary>
    Network,

    /// <summary>A service that the site keeps to itself.</summary>
    Restricted,

    /// <summary>A conversation on a port that nobody serves in good faith.</summary>
    SuspectService,

    /// <summary>Answers that nobody asked for.</summary>
    InverseMap,
}

/// <summary>A suspicion as it stood after a turn of the program.</summary>
internal readonly record struct Standing
{
    /// <summary>Where it begins in <see cref="Suspicions.Cells"/>.</summary>
    public int At { get; private init; }

    /// <summary>Distinct targets.</summary>
    public int Targets { get; private init; }

    /// <summary>Attempts.</summary>
    public int Attempts { get; private init; }

    /// <summary>Targets of suspect attempts.</summary>
    public int Suspects { get; private init; }

    /// <summary>Where the walk over outcomes stands.</summary>
    public int Walk { get; private init; }

    /// <summary>Number of the incident that it became or joined, 0 for none.</summary>
    public int Incident { get; private init; }

    /// <summary>Its first attempt, centiseconds.</summary>
    public int First { get; private init; }

    /// <summary>Its newest attempt, centiseconds.</summary>
    public int Last { get; private init; }

    /// <summary>Reads one.</summary>
    /// <param name="cells">All suspicions.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="incident">The number of the incident of its record; 0 for none.</param>
    public static Standing Of(int[] cells, int at, int incident) => new()
    {
        At = at,
        Targets = cells[at + Suspicions.Targets],
        Attempts = cells[at + Suspicions.Attempts],
        Suspects = (byte)(cells[at + Suspicions.Counts] >> 16),
        Walk = cells[at + Suspicions.Flags] >> 24,
        Incident = incident,
        First = cells[at + Suspicions.First],
        Last = cells[at + Suspicions.Last],
    };
}
