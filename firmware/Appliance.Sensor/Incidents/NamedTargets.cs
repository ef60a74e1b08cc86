using System;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Incidents;

/// <summary>
/// Targets of each incident that its lines name one by one: addresses, or ports of one host. Sixteen of IPv4 or ports, four of
/// IPv6: as many as a line of 480 octets has room for. Those that came first stay.
/// </summary>
public sealed class NamedTargets
{
    /// <summary>Octets of a record's names.</summary>
    private const int Width = 4 * Ipv6.AddressLength;

    /// <summary>Octets of an IPv4 address, and of a port.</summary>
    private const int ShortLength = 4;

    /// <summary>All names, <see cref="At"/> says where.</summary>
    public readonly byte[] Octets = new byte[Limits.Incidents * Width];

    private readonly byte[] _counts = new byte[Limits.Incidents];

    /// <summary>Forgets a record's names.</summary>
    /// <param name="record">The record.</param>
    public void Clear(int record)
    {
        _counts[record] = 0;
    }

    /// <summary>How many are named.</summary>
    /// <param name="record">The record.</param>
    public int CountOf(int record)
    {
        return _counts[record];
    }

    /// <summary>Names a probe's target, unless it is named already or there is no room.</summary>
    /// <param name="record">The record.</param>
    /// <param name="probe">The probe.</param>
    /// <returns>Whether it is named for the first time.</returns>
    public bool Name(int record, Probe probe)
    {
        return probe.Version == 6 ? NameIpv6(record, probe.Addresses, probe.DestinationAt) : NameNumber(record, probe.Target);
    }

    /// <summary>Names an IPv4 address, or a port.</summary>
    /// <param name="record">The record.</param>
    /// <param name="number">The address in host order, or the port.</param>
    /// <returns>Whether it is named for the first time.</returns>
    public bool NameNumber(int record, int number)
    {
        int count = _counts[record];
        if (Holds(record, number) || count == Width / ShortLength)
        {
            return false;
        }

        BigEndian.Write32(Octets, (record * Width) + (count * ShortLength), number);
        _counts[record] = (byte)(count + 1);
        return true;
    }

    /// <summary>Names an IPv6 address.</summary>
    /// <param name="record">The record.</param>
    /// <param name="from">Where the address stands.</param>
    /// <param name="at">Offset of its 16 octets.</param>
    /// <returns>Whether it is named for the first time.</returns>
    public bool NameIpv6(int record, byte[] from, int at)
    {
        byte[] octets = Octets;
        int count = _counts[record];
        int place = record * Width;
        for (int i = 0; i < count; i++, place += Ipv6.AddressLength)
        {
            int octet = 0;
            while (octet < Ipv6.AddressLength && octets[place + octet] == from[at + octet])
            {
                octet++;
            }

            if (octet == Ipv6.AddressLength)
            {
                return false;
            }
        }

        if (count == Width / Ipv6.AddressLength)
        {
            return false;
        }

        Array.Copy(from, at, octets, place, Ipv6.AddressLength);
        _counts[record] = (byte)(count + 1);
        return true;
    }

    /// <summary>Whether an IPv4 address or a port is named.</summary>
    /// <param name="record">The record, whose names are of this sort.</param>
    /// <param name="number">The address in host order, or the port.</param>
    public bool Holds(int record, int number)
    {
        int count = _counts[record];
        for (int i = 0; i < count; i++)
        {
            if (NumberAt(record, i) == number)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An IPv4 address or a port.</summary>
    /// <param name="record">The record, whose names are of this sort.</param>
    /// <param name="place">Which of them, from 0.</param>
    public int NumberAt(int record, int place)
    {
        return BigEndian.Read32(Octets, (record * Width) + (place * ShortLength));
    }

    /// <summary>Where an IPv6 address stands in <see cref="Octets"/>.</summary>
    /// <param name="record">The record, whose names are of this sort.</param>
    /// <param name="place">Which of them, from 0.</param>
    public int At(int record, int place)
    {
        return (record * Width) + (place * Ipv6.AddressLength);
    }
}
