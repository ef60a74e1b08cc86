using System;

namespace Appliance.Simulator.Faults;

/// <summary>What <c>--drop</c> takes: each frame with the same probability. The same frames lose the same ones every
/// time.</summary>
/// <param name="probability">From 0 to 1.</param>
internal sealed class Losses(double probability)
{
    private readonly Random _random = new(20000407);

    /// <summary>The frame is lost on its way to the sensor. Asked once a frame.</summary>
    public bool Takes() => probability > 0 && _random.NextDouble() < probability;
}
