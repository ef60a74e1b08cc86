using System.Collections.Generic;

namespace Appliance.Simulator.Faults;

/// <summary>What is wrong with the time server: <c>--fault-clock</c>.</summary>
internal sealed class ClockFaults
{
    private readonly List<(long Microseconds, NamedFault Fault)> _steps = [];
    private readonly List<NamedFault> _silences = [];
    private readonly List<NamedFault> _unset = [];

    /// <summary>From then on the server's time is wrong by so much.</summary>
    public void Step(long microseconds, NamedFault fault) => _steps.Add((microseconds, fault));

    /// <summary>The server does not answer.</summary>
    public void Silence(NamedFault fault) => _silences.Add(fault);

    /// <summary>The box starts without a time of day.</summary>
    public void Unset(NamedFault fault) => _unset.Add(fault);

    /// <summary>The box has no time of day until somebody sets it.</summary>
    public bool IsUnset() => _unset.Exists(fault => fault.Strikes(fault.From));

    /// <summary>How wrong the server's time is, in microseconds.</summary>
    public long Error(long stamp)
    {
        long error = 0;
        foreach ((long microseconds, NamedFault fault) in _steps)
        {
            error += fault.Strikes(stamp) ? microseconds : 0;
        }

        return error;
    }

    /// <summary>The server answers.</summary>
    public bool Answers(long stamp) => !_silences.Exists(fault => fault.Strikes(stamp));
}
