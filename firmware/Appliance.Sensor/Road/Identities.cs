using Appliance.Sensor.Frames;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Road;

/// <summary>
/// When a decoded frame came, who sends it and who is meant: times, addresses, whether they are at home, that the sender lives.
/// </summary>
public sealed class Identities
{
    private readonly SiteView _site;
    private readonly Hosts _hosts;
    private readonly KeyedHash _hash;

    /// <summary>Makes it of what it works on.</summary>
    public Identities(SiteView site, Hosts hosts, KeyedHash hash)
    {
        _site = site;
        _hosts = hosts;
        _hash = hash;
    }

    /// <summary>The number by which the trackers know an address of a decoded frame or of one that it quotes.</summary>
    /// <param name="bytes">Where the address stands.</param>
    /// <param name="at">Its offset.</param>
    /// <param name="version">4 or 6.</param>
    public int Of(byte[] bytes, int at, int version)
    {
        return version == 6 ? _hash.OfAddress(bytes, at, Ipv6.AddressLength)
            : BigEndian.Read32(bytes, at);
    }

    /// <summary>Sets when a frame came.</summary>
    /// <param name="stamp">Microseconds since the tap started.</param>
    /// <param name="probe">Takes the times in.</param>
    public void SetTime(long stamp, Probe probe)
    {
        int now = (int)(stamp / 10000);
        probe.Now = now;
        probe.Fine = ((int)stamp - (now * 10000)) / 10;
        probe.Wall = stamp + _site.ClockOffset;
    }

    /// <summary>Reads the ends of an IPv4 datagram or an ARP message.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="probe">Takes them in.</param>
    public void Read(Frame frame, Probe probe)
    {
        int source = frame.Source;
        int target = frame.Destination;
        probe.Version = 4;
        probe.Actor = source;
        probe.Target = target;
        int bit = _site.LivingBitOf(source);
        probe.FromHome = bit >= 0;
        if (bit >= 0)
        {
            _hosts.Hear(bit);
        }

        bit = _site.LivingBitOf(target);
        probe.ToHome = bit >= 0;
        probe.LivingBit = bit;
    }

    /// <summary>Reads the end of an IPv6 probe that a neighbour message names: it stands on the link, and so at home.</summary>
    /// <param name="probe">Says where the addresses are.</param>
    /// <param name="isSource">The source, who lives; else the target.</param>
    public void ReadOnLink(Probe probe, bool isSource)
    {
        int address = Of(probe.Addresses, isSource ? probe.SourceAt : probe.DestinationAt, 6);
        int bit = _hosts.BitOf6(address);
        if (isSource)
        {
            probe.Actor = address;
            _hosts.Hear(bit);
            return;
        }

        probe.Target = address;
        probe.ToHome = true;
        probe.LivingBit = bit;
    }

    /// <summary>Reads the ends of an IPv6 datagram.</summary>
    /// <param name="bytes">Where they stand.</param>
    /// <param name="sourceAt">Offset of the source's address; the target's is behind it.</param>
    /// <param name="probe">Takes them in.</param>
    public void ReadSix(byte[] bytes, int sourceAt, Probe probe)
    {
        int targetAt = sourceAt + Ipv6.AddressLength;
        probe.Version = 6;
        probe.Actor = _hash.OfAddress(bytes, sourceAt, Ipv6.AddressLength);
        probe.Target = _hash.OfAddress(bytes, targetAt, Ipv6.AddressLength);
        probe.Addresses = bytes;
        probe.SourceAt = sourceAt;
        probe.DestinationAt = targetAt;
        bool fromHome = _site.Table.IsHome6(bytes, sourceAt);
        probe.FromHome = fromHome;
        if (fromHome)
        {
            _hosts.Hear(_hosts.BitOf6(probe.Actor));
        }

        bool toHome = _site.Table.IsHome6(bytes, targetAt);
        probe.ToHome = toHome;
        probe.LivingBit = toHome ? _hosts.BitOf6(probe.Target) : -1;
    }
}
