using System;
using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Signatures;

/// <summary>What the trackers ask of the site profile by plain numbers, without a decoded frame.</summary>
public sealed partial class SignatureTable
{
    /// <summary>
    /// First address of the largest home range; the sensor tests that range inline before it asks for the others.
    /// </summary>
    public int LargestHome;

    /// <summary>Addresses in it, 0 when there is no IPv4 home.</summary>
    public int LargestHomeSize;

    /// <summary>Running number of its first address.</summary>
    public int LargestHomeBase;

    // Neighbours mostly share their lists: what a list was a moment ago is not looked into again.
    private int _knownList = -1;
    private int _knownEnd;

    /// <summary>IPv4 home ranges.</summary>
    public int HomeRanges;

    /// <summary>Finds the largest home range of a loaded table, and a home network of IPv6.</summary>
    public void FindLargestHome()
    {
        int first = _first[_home];
        HomeRanges = _many[_home];
        LargestHomeSize = 0;
        for (int i = 0; i < HomeRanges; i++, first++)
        {
            int low = _low[first];
            int size = _high[first] - low + 1;
            // A range of half of all addresses or more does not fit an int; it is left to HomeIndex.
            if (size > LargestHomeSize)
            {
                LargestHomeSize = size;
                LargestHome = low ^ int.MinValue;
                LargestHomeBase = _homeBase[i];
            }
        }

        byte[] bytes = Bytes;
        _hasNetwork = false;
        int at = _range6At + (_first6[_home] * TableFormat.Range6Record);
        for (int left = _many6[_home]; left > 0; left--, at += TableFormat.Range6Record)
        {
            if (BitConverter.ToInt64(bytes, at + 8) == 0 && BitConverter.ToInt64(bytes, at + Ipv6.AddressLength + 8) == -1)
            {
                _hasNetwork = true;
                _network = BitConverter.ToInt64(bytes, at);
            }
        }
    }

    /// <summary>The site profile's benign explanation of a try; -1 when it has none.</summary>
    /// <param name="version">4 or 6.</param>
    /// <param name="source">IPv4 source address.</param>
    /// <param name="destination">IPv4 destination address.</param>
    /// <param name="addresses">IPv6: where both addresses stand.</param>
    /// <param name="sourceAt">IPv6: offset of the source address.</param>
    /// <param name="destinationAt">IPv6: offset of the destination address.</param>
    /// <param name="protocol">IP protocol number.</param>
    /// <param name="port">Destination port, 0 without one.</param>
    public int ExpectedOfAttempt(int version, int source, int destination, byte[] addresses, int sourceAt, int destinationAt,
        int protocol,
        int port)
    {
        int at = _expectedAt;
        for (int e = 0; e < Expected; e++, at += TableFormat.ExpectedRecord)
        {
            int wanted = U16(at + 8);
            if (wanted != TableFormat.AnyProtocol && wanted != protocol)
            {
                continue;
            }

            int ports = U16(at + 6);
            if (ports != 0 && (port == 0 || !HoldsPort(ports, port)))
            {
                continue;
            }

            if (HoldsEnd(U16(at + 2), version, source, addresses, sourceAt)
                && HoldsEnd(U16(at + 4), version, destination, addresses, destinationAt))
            {
                return e;
            }
        }

        return -1;
    }

    /// <summary>Whether the site profile says that a host serves a port in good faith.</summary>
    /// <param name="version">4 or 6.</param>
    /// <param name="host">IPv4 address.</param>
    /// <param name="addresses">IPv6: where the address stands.</param>
    /// <param name="hostAt">IPv6: offset of the address.</param>
    /// <param name="protocol">IP protocol number, TCP or UDP.</param>
    /// <param name="port">The port.</param>
    public bool IsServed(int version, int host, byte[] addresses, int hostAt, int protocol, int port)
    {
        int at = _expectedAt;
        for (int e = 0; e < Expected; e++, at += TableFormat.ExpectedRecord)
        {
            if (U16(at + 8) == (TableFormat.Serves | protocol) && HoldsPort(U16(at + 6), port)
                && HoldsEnd(U16(at + 4), version, host, addresses, hostAt))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What an address list of a rule means for IPv4: 0 any, 1 home, 2 all but home, 3 something else.</summary>
    /// <param name="list">The list's number; 0 stands for any.</param>
    public int EndOf(int list)
    {
        if (list == 0 || list == _home)
        {
            return list == 0 ? 0 : 1;
        }

        if (list != _knownList)
        {
            // All but home: no range of the one begins in the other, and both together are all 2^32 addresses.
            bool isOutside = SizeBeside(list, _home) + SizeBeside(_home, list) == 1L << 32;
            _knownEnd = IsSame(_first[list], _many[list], this) ? 1 : isOutside ? 2 : 3;
            _knownList = list;
        }

        return _knownEnd;
    }

    // Addresses of a list of which no range begins in another list; long.MinValue when one does.
    private long SizeBeside(int list, int other)
    {
        long size = 0;
        int first = _first[list];
        for (int i = first; i < first + _many[list]; i++)
        {
            if (Holds(other, _low[i] ^ int.MinValue))
            {
                return long.MinValue;
            }

            size += (long)_high[i] - _low[i] + 1;
        }

        return size;
    }

    private bool HoldsEnd(int list, int version, int ipv4, byte[] addresses, int at)
    {
        return version == 4 ? Holds(list, ipv4) : Holds6(list, addresses, at);
    }
}
