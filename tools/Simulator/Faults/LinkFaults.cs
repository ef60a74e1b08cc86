using System.Collections.Generic;

namespace Appliance.Simulator.Faults;

/// <summary>A link that is gone, or that comes and goes.</summary>
/// <param name="period">Microseconds that a link which comes and goes is gone, and is there again.</param>
internal sealed class LinkFaults(long period)
{
    private readonly List<(bool Flaps, NamedFault Fault)> _faults = [];

    /// <summary>Something may fail.</summary>
    public bool IsAny => _faults.Count > 0;

    /// <summary>The link is gone, or comes and goes.</summary>
    public void Add(bool flaps, NamedFault fault) => _faults.Add((flaps, fault));

    /// <summary>There is a link.</summary>
    public bool IsUp(long stamp)
    {
        foreach ((bool flaps, NamedFault fault) in _faults)
        {
            if ((!flaps || ((stamp - fault.From) / period & 1) == 0) && fault.Strikes(stamp))
            {
                return false;
            }
        }

        return true;
    }
}
