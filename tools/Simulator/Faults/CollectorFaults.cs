using System.Collections.Generic;

namespace Appliance.Simulator.Faults;

/// <summary>What the collector and the way to it do: <c>--fault-collector</c> and <c>--fault-uplink</c>.</summary>
internal sealed class CollectorFaults
{
    private const long Second = 1_000_000;

    /// <summary>A connection that a collector resets takes so many messages.</summary>
    private const int MessagesToReset = 3;

    private readonly List<(string Kind, Moment When)> _collector = [];
    private readonly List<(bool Flaps, Moment When)> _links = [];
    private long _lastSlow = long.MinValue / 2;
    private int _sinceOpen;

    /// <summary>Something may fail.</summary>
    public bool IsAny => _collector.Count + _links.Count > 0;

    /// <summary>The collector is <c>down</c>, <c>slow</c> (a message a second), or <c>reset</c>s every connection.</summary>
    public void Add(string kind, Moment when) => _collector.Add((kind, when));

    /// <summary>The uplink's link is gone, or comes and goes every ten seconds.</summary>
    public void LoseLink(bool flaps, Moment when) => _links.Add((flaps, when));

    /// <summary>The uplink has a link.</summary>
    public bool HasLink(long stamp)
    {
        foreach ((bool flaps, Moment when) in _links)
        {
            if (when.Holds(stamp) && (!flaps || ((stamp - when.From) / (10 * Second) & 1) == 0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Nobody listens.</summary>
    public bool IsDown(long stamp) => Is("down", stamp);

    /// <summary>A connection was made.</summary>
    public void Opened() => _sinceOpen = 0;

    /// <summary>What becomes of the next octets: 1 they are taken, 0 not now, -1 the connection is reset.</summary>
    public int Send(long stamp)
    {
        if (!HasLink(stamp) || IsDown(stamp) || (Is("reset", stamp) && ++_sinceOpen > MessagesToReset))
        {
            return -1;
        }

        if (!Is("slow", stamp))
        {
            return 1;
        }

        if (stamp - _lastSlow < Second)
        {
            return 0;
        }

        _lastSlow = stamp;
        return 1;
    }

    private bool Is(string kind, long stamp) => _collector.Exists(fault => fault.Kind == kind && fault.When.Holds(stamp));
}
