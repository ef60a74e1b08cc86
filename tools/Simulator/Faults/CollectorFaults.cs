using System.Collections.Generic;

namespace Appliance.Simulator.Faults;

/// <summary>What the collector and the way to it do: <c>--fault-collector</c> and <c>--fault-uplink</c>.</summary>
internal sealed class CollectorFaults
{
    private const long Second = 1_000_000;

    /// <summary>A connection that a collector resets takes so many messages.</summary>
    private const int MessagesToReset = 3;

    private readonly List<(string Kind, NamedFault Fault)> _collector = [];
    private long _lastSlow = long.MinValue / 2;
    private int _sinceOpen;

    /// <summary>The uplink's link.</summary>
    public LinkFaults Link { get; } = new(period: 10 * Second);

    /// <summary>Whether it has an address: gone like a link.</summary>
    public LinkFaults Address { get; } = new(period: 10 * Second);

    /// <summary>Something may fail.</summary>
    public bool IsAny => _collector.Count > 0 || Link.IsAny || Address.IsAny;

    /// <summary>The uplink has a link and an address.</summary>
    public bool HasWay(long stamp) => Link.IsUp(stamp) && Address.IsUp(stamp);

    /// <summary>The collector is <c>down</c>, <c>slow</c> (a message a second), or <c>reset</c>s every connection.</summary>
    public void Add(string kind, NamedFault fault) => _collector.Add((kind, fault));

    /// <summary>Nobody listens.</summary>
    public bool IsDown(long stamp) => Is("down", stamp);

    /// <summary>A connection was made.</summary>
    public void Opened() => _sinceOpen = 0;

    /// <summary>What becomes of the next octets: 1 they are taken, 0 not now, -1 the connection is reset.</summary>
    public int Send(long stamp)
    {
        if (!HasWay(stamp) || IsDown(stamp) || (Is("reset", stamp) && ++_sinceOpen > MessagesToReset))
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

    private bool Is(string kind, long stamp) => _collector.Exists(one => one.Kind == kind && one.Fault.Strikes(stamp));
}
