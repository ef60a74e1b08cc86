using System.Collections.Generic;

namespace Appliance.Simulator.Faults;

/// <summary>What is wrong with the time server: <c>--fault-clock</c>.</summary>
internal sealed class ClockFaults
{
    private readonly List<(long Microseconds, Moment When)> _steps = [];
    private readonly List<Moment> _silences = [];

    /// <summary>From then on the server's time is wrong by so much.</summary>
    public void Step(long microseconds, Moment when) => _steps.Add((microseconds, when));

    /// <summary>The server does not answer.</summary>
    public void Silence(Moment when) => _silences.Add(when);

    /// <summary>How wrong the server's time is, in microseconds.</summary>
    public long Error(long stamp)
    {
        long error = 0;
        foreach ((long microseconds, Moment when) in _steps)
        {
            error += when.Holds(stamp) ? microseconds : 0;
        }

        return error;
    }

    /// <summary>The server answers.</summary>
    public bool Answers(long stamp) => !_silences.Exists(when => when.Holds(stamp));
}
