using System;
using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Memories;

/// <summary>
/// One piece of evidence on its way from the frame that brought it to the incident that it joins. One object is reused; the
/// fields are what every tracker wants to know.
/// </summary>
public sealed class Probe
{
    /// <summary>
    /// By how much the upper half of an IPv4 address shifts the numbers of its lower half; see <see cref="NumberOf"/>.
    /// </summary>
    public const int NumberShift = 0x9e37;

    /// <summary>The protocol number that stands for ARP, beyond IP's eight bits.</summary>
    public const int Arp = 256;

    /// <summary>What stands for the port of an ARP question whose sender gives the target's own address.</summary>
    public const int Announcement = 1;

    /// <summary>
    /// The protocol number that stands for all of IP: an attempt asks which of them a host knows, and the port is the protocol.
    /// </summary>
    public const int AnyIp = 257;

    /// <summary>When its frame came, centiseconds since the tap started.</summary>
    public int Now;

    /// <summary>The part of that time below a centisecond, in units of 10 µs (0-999).</summary>
    public int Fine;

    /// <summary>When its frame came, microseconds since 1970.</summary>
    public long Wall;

    /// <summary>4 or 6; 0 without addresses.</summary>
    public int Version;

    /// <summary>Who: the IPv4 source address, or the keyed hash of the IPv6 one.</summary>
    public int Actor;

    /// <summary>Whom: the IPv4 destination address, or the keyed hash of the IPv6 one.</summary>
    public int Target;

    /// <summary>The target's number, 16 bits: neighbours differ by one. See <see cref="NumberOf"/>.</summary>
    public int Number;

    /// <summary>IP protocol number or <see cref="Arp"/>.</summary>
    public int Protocol;

    /// <summary>Source port, or an echo's identifier.</summary>
    public int SourcePort;

    /// <summary>Destination port, 0 without one.</summary>
    public int Port;

    /// <summary>TTL or hop limit.</summary>
    public int Ttl;

    /// <summary>TCP flags.</summary>
    public int Flags;

    /// <summary>IPv4 identification.</summary>
    public int Identification;

    /// <summary>The signature that it satisfied, -1 for none.</summary>
    public int Signature;

    /// <summary>Nobody does this in good faith.</summary>
    public bool IsSuspect;

    /// <summary>A restricted service was asked for.</summary>
    public bool IsRestricted;

    /// <summary>The site profile's explanation, -1 for none.</summary>
    public int Expected;

    /// <summary>The target's living bit, -1 when it is not at home.</summary>
    public int LivingBit;

    /// <summary>How many first contacts its actor made lately at this service, this one included; 0 when this is none.</summary>
    public int Contacts;

    /// <summary>That its target is silent says nothing of its actor.</summary>
    public bool IsExcused;

    /// <summary>How long its TCP header is (bits 28-31) and its window (0-15); 0 where that is not known.</summary>
    public int SizeAndWindow;

    /// <summary>A constant of <see cref="Outcome"/>.</summary>
    public int Outcome;

    /// <summary>Its actor is at home.</summary>
    public bool FromHome;

    /// <summary>Its target is at home.</summary>
    public bool ToHome;

    /// <summary>Its frame was put together from fragments that split its header.</summary>
    public bool IsSplit;

    /// <summary>TCP sequence number.</summary>
    public int Sequence;

    /// <summary>TCP acknowledgment number.</summary>
    public int Acknowledgment;

    /// <summary>Where its connection stands, -1 for nowhere.</summary>
    public int Connection;

    /// <summary>It comes from the end of its connection with the smaller address (of equal ones: port).</summary>
    public bool BySmaller;

    /// <summary>It comes from the end that opened its connection.</summary>
    public bool FromOpener;

    /// <summary>The connection's key, to tell whether it still stands there.</summary>
    public int ConnectionKey;

    /// <summary>IPv6: where both addresses stand.</summary>
    public byte[] Addresses = null!;

    /// <summary>IPv6: offset of the source address in <see cref="Addresses"/>.</summary>
    public int SourceAt;

    /// <summary>IPv6: offset of the destination address in <see cref="Addresses"/>.</summary>
    public int DestinationAt;

    /// <summary>Makes it a message on the link, ARP's or a neighbour discovery's: without ports, flags, TTL and id.</summary>
    public void BeOnLink()
    {
        Protocol = Arp;
        SourcePort = 0;
        Port = 0;
        Flags = 0;
        Ttl = 0;
        Identification = 0;
    }

    /// <summary>Source port (high 16 bits) and destination port, as memories keep them.</summary>
    public int Ports()
    {
        return (SourcePort << 16) | Port;
    }

    /// <summary>Takes what every memory keeps of a frame.</summary>
    /// <param name="now">When it came, centiseconds.</param>
    /// <param name="actor">Its actor.</param>
    /// <param name="target">Its target.</param>
    /// <param name="ports">See <see cref="Ports"/>.</param>
    public void ReadEnds(int now, int actor, int target, int ports)
    {
        Now = now;
        Actor = actor;
        Target = target;
        SourcePort = (int)((uint)ports >> 16);
        Port = (ushort)ports;
    }

    /// <summary>Takes the marks of an attempt.</summary>
    /// <param name="marks">As <see cref="PendingAttempts.Marks"/> has them.</param>
    public void ReadMarks(int marks)
    {
        Protocol = marks & PendingAttempts.ProtocolMask;
        Version = (marks >> PendingAttempts.VersionShift) & 6;
        IsSuspect = (marks & PendingAttempts.Suspect) != 0;
        IsRestricted = (marks & PendingAttempts.Restricted) != 0;
        Flags = (byte)(marks >> PendingAttempts.FlagsShift);
        Ttl = (int)((uint)marks >> PendingAttempts.TtlShift);
    }

    /// <summary>Takes the times, ends and protocol of another probe.</summary>
    /// <param name="other">The other.</param>
    /// <param name="isTurned">Its target is the actor here: it answers what this one asks.</param>
    public void TakeEnds(Probe other, bool isTurned)
    {
        Now = other.Now;
        Fine = other.Fine;
        Version = other.Version;
        Protocol = other.Protocol;
        Addresses = other.Addresses;
        Actor = isTurned ? other.Target : other.Actor;
        Target = isTurned ? other.Actor : other.Target;
        SourcePort = isTurned ? other.Port : other.SourcePort;
        Port = isTurned ? other.SourcePort : other.Port;
        SourceAt = isTurned ? other.DestinationAt : other.SourceAt;
        DestinationAt = isTurned ? other.SourceAt : other.DestinationAt;
    }

    /// <summary>IPv6: copies both addresses.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="at">Offset of the source's 16 octets; the destination's are behind.</param>
    public void CopyAddresses(byte[] to, int at)
    {
        Array.Copy(Addresses, SourceAt, to, at, Ipv6.AddressLength);
        Array.Copy(Addresses, DestinationAt, to, at + Ipv6.AddressLength, Ipv6.AddressLength);
    }

    /// <summary>IPv6: says where both addresses stand, copied by <see cref="CopyAddresses"/>.</summary>
    /// <param name="addresses">Where they stand.</param>
    /// <param name="at">Offset of the source's.</param>
    public void UseAddresses(byte[] addresses, int at)
    {
        Addresses = addresses;
        SourceAt = at;
        DestinationAt = at + Ipv6.AddressLength;
    }

    /// <summary>
    /// A target's number in 16 bits. Within a /16 neighbours stay neighbours, which strides rely on, though 0 may follow 65,535
    /// there; the upper half shifts the numbers, so that the gateways of many networks (x.1) differ too.
    /// </summary>
    /// <param name="address">IPv4 address.</param>
    public int NumberOf(int address)
    {
        return (ushort)(address + ((address >> 16) * NumberShift));
    }

    /// <summary>The address that a number stands for, in the /16 of another.</summary>
    /// <param name="number">The number.</param>
    /// <param name="neighbour">An address of the same /16.</param>
    public int AddressOf(int number, int neighbour)
    {
        return (neighbour & ~0xffff) | (ushort)(number - ((neighbour >> 16) * NumberShift));
    }
}
