using System.Collections.Generic;

namespace Appliance.Simulator.Faults;

/// <summary>What fails at the mirror port: <c>--fault-ring</c> and <c>--fault-link</c>.</summary>
internal sealed class PortFaults
{
    private const long Second = 1_000_000;

    private readonly List<(bool Flaps, Moment When)> _links = [];
    private long _stallAt = long.MaxValue;

    /// <summary>Something may fail.</summary>
    public bool IsAny { get; private set; }

    /// <summary>Times that the program reset the receiver.</summary>
    public int Resets { get; private set; }

    /// <summary>The receiver stalls, until it is reset.</summary>
    public void Stall(Moment when)
    {
        _stallAt = when.From;
        IsAny = true;
    }

    /// <summary>The link is gone, or comes and goes every second.</summary>
    public void LoseLink(bool flaps, Moment when)
    {
        _links.Add((flaps, when));
        IsAny = true;
    }

    /// <summary>The port has a link.</summary>
    public bool HasLink(long stamp)
    {
        foreach ((bool flaps, Moment when) in _links)
        {
            if (when.Holds(stamp) && (!flaps || ((stamp - when.From) / Second & 1) == 0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The receiver delivers a frame.</summary>
    public bool Delivers(long stamp) => stamp < _stallAt && HasLink(stamp);

    /// <summary>The program resets the receiver.</summary>
    public void Reset(long stamp)
    {
        Resets++;
        if (stamp >= _stallAt)
        {
            _stallAt = long.MaxValue;
        }
    }
}
