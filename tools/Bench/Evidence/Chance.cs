using System;

namespace Appliance.Bench.Evidence;

/// <summary>The chance of one simulated actor: the same for the same number and seed, so that every run gives the same figures
/// (xorshift64*, Vigna 2016).</summary>
internal sealed class Chance(long actor, long seed)
{
    private ulong _state = ((ulong)actor * 0x9e3779b97f4a7c15UL) ^ ((ulong)seed * 0xd1342543de82ef95UL) ^ 0x2545f4914f6cdd1dUL;

    /// <summary>A number from 0 to below 1.</summary>
    public double Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return ((_state * 0x2545f4914f6cdd1dUL) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>A whole number from 0 to below a limit.</summary>
    public int Next(int limit) => (int)(Next() * limit);

    /// <summary>1, 2, 3 ... with a mean.</summary>
    public int Geometric(double mean) => 1 + (int)(Math.Log(1 - Next()) / Math.Log(1 - (1 / mean)));

    /// <summary>The time to the next of events that come by themselves.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Next());
}
