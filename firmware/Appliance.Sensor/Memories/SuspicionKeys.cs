namespace Appliance.Sensor.Memories;

/// <summary>Under which key a suspicion is kept: what an actor is suspected of.</summary>
public sealed class SuspicionKeys
{
    private const int Sweep = 1;
    private const int PortScan = 2;
    private const int Restricted = 3;
    private const int Inverse = 4;
    private const int Network = 5;
    private const int SuspectService = 6;
    private const int Pair = 8;

    // The kind lies below the version.
    private const int VersionShift = 4;

    private readonly KeyedHash _hash;

    /// <summary>Makes keys.</summary>
    /// <param name="hash">The sensor's hash.</param>
    public SuspicionKeys(KeyedHash hash)
    {
        _hash = hash;
    }

    /// <summary>One actor, one port, many hosts.</summary>
    /// <param name="probe">An attempt.</param>
    public int OfSweep(Probe probe)
    {
        return OfSweep(probe, probe.Port);
    }

    /// <summary>The same actor at another port.</summary>
    /// <param name="probe">An attempt.</param>
    /// <param name="port">The port.</param>
    public int OfSweep(Probe probe, int port)
    {
        return _hash.Of(probe.Actor, (port << 9) | probe.Protocol, (probe.Version << VersionShift) | Sweep);
    }

    /// <summary>The same of plain numbers.</summary>
    /// <param name="version">4 or 6.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="port">The port.</param>
    /// <param name="protocol">The protocol.</param>
    public int OfSweep(int version, int actor, int port, int protocol)
    {
        return _hash.Of(actor, (port << 9) | protocol, (version << VersionShift) | Sweep);
    }

    /// <summary>The target of an IPv6 attempt in 32 bits, of which the low 16 are the address's own.</summary>
    /// <param name="probe">The attempt.</param>
    public int DigestOfTarget(Probe probe)
    {
        return _hash.DigestOfSix(probe.Addresses, probe.DestinationAt);
    }

    /// <summary>Two hosts, in either order.</summary>
    /// <param name="one">One of them.</param>
    /// <param name="other">The other.</param>
    public int OfPair(int one, int other)
    {
        return one < other ? _hash.Of(one, other, Pair) : _hash.Of(other, one, Pair);
    }

    /// <summary>One actor, one host, many ports.</summary>
    /// <param name="probe">An attempt.</param>
    public int OfPortScan(Probe probe)
    {
        return OfPortScan(probe, probe.Target);
    }

    /// <summary>The same actor at another host.</summary>
    /// <param name="probe">An attempt.</param>
    /// <param name="target">The host.</param>
    public int OfPortScan(Probe probe, int target)
    {
        return _hash.Of(probe.Actor, target, (probe.Version << VersionShift) | PortScan);
    }

    /// <summary>One actor, one restricted service.</summary>
    /// <param name="probe">An attempt.</param>
    /// <param name="service">The service's sid.</param>
    public int OfRestricted(Probe probe, int service)
    {
        return _hash.Of(probe.Actor, service, (probe.Version << VersionShift) | Restricted);
    }

    /// <summary>One actor, one suspect port that is talked with.</summary>
    /// <param name="probe">An attempt.</param>
    public int OfSuspectService(Probe probe)
    {
        return _hash.Of(probe.Actor, (probe.Port << 9) | probe.Protocol, (probe.Version << VersionShift) | SuspectService);
    }

    /// <summary>Many actors of one IPv4 /24, one port.</summary>
    /// <param name="probe">An attempt.</param>
    public int OfNetwork(Probe probe)
    {
        return _hash.Of(probe.Actor & ~255, (probe.Port << 9) | probe.Protocol, (probe.Version << VersionShift) | Network);
    }

    /// <summary>A network that answers unasked.</summary>
    /// <param name="network">The network, or its hash.</param>
    /// <param name="version">4 or 6.</param>
    public int OfInverseMap(int network, int version)
    {
        return _hash.Of(network, 0, (version << VersionShift) | Inverse);
    }
}
