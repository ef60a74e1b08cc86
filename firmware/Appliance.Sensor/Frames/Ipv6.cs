namespace Appliance.Sensor.Frames;

/// <summary>The IPv6 header and its extension headers (RFC 8200 sections 3 and 4).</summary>
public static class Ipv6
{
    /// <summary>Offset of the payload length, 2 octets in network byte order, extension headers included.</summary>
    public const int PayloadLength = 4;

    /// <summary>Offset of the next header, 1 octet.</summary>
    public const int NextHeader = 6;

    /// <summary>Offset of the hop limit, 1 octet.</summary>
    public const int HopLimit = 7;

    /// <summary>Offset of the source address, 16 octets.</summary>
    public const int Source = 8;

    /// <summary>Offset of the destination address, 16 octets.</summary>
    public const int Destination = 24;

    /// <summary>Octets of the fixed header.</summary>
    public const int HeaderLength = 40;

    /// <summary>Octets of an address.</summary>
    public const int AddressLength = 16;

    /// <summary>
    /// Where the trackers write the MAC address of a station that has no address into the unspecified one.
    /// </summary>
    public const int MacAt = 10;

    /// <summary>Hop-by-hop options (RFC 8200 section 4.3).</summary>
    public const int HopByHop = 0;

    /// <summary>Routing header (4.4).</summary>
    public const int Routing = 43;

    /// <summary>Fragment header (4.5), always 8 octets.</summary>
    public const int Fragment = 44;

    /// <summary>Authentication header (RFC 4302), its length in 4-octet units less 2.</summary>
    public const int Authentication = 51;

    /// <summary>Destination options (4.6).</summary>
    public const int DestinationOptions = 60;

    /// <summary>Mobility header (RFC 6275 section 6.1).</summary>
    public const int Mobility = 135;

    /// <summary>RFC 8200 section 4.1 has seven kinds at most, one of them twice; more is made to exhaust a decoder.</summary>
    public const int MostExtensions = 8;
}

public sealed partial class Frame
{
    private void DecodeIpv6(int at, int end)
    {
        byte[] bytes = Bytes;
        if (end - at < Ipv6.HeaderLength)
        {
            Problem = Undecodable.IpCutShort;
            return;
        }

        if (bytes[at] >> 4 != 6)
        {
            Problem = Undecodable.IpHeaderInvalid;
            return;
        }

        int left = BigEndian.Read16(bytes, at + Ipv6.PayloadLength);
        if (left > Start + _wireLength - at - Ipv6.HeaderLength)
        {
            Problem = Undecodable.IpLengthLies;
            return;
        }

        IpVersion = 6;

        // Until an upper-layer header is found, all behind the fixed header is payload.
        int next = bytes[at + Ipv6.NextHeader];
        int headerAt = at + Ipv6.HeaderLength;
        int payload = left;
        PayloadLength = left;
        _transportOffset = headerAt - Start;
        int extensions = 0;
        while (FragmentOffset == 0 && (next == Ipv6.HopByHop || next == Ipv6.Routing || next == Ipv6.Fragment
            || next == Ipv6.DestinationOptions || next == Ipv6.Authentication || next == Ipv6.Mobility))
        {
            if (extensions == Ipv6.MostExtensions)
            {
                Problem = Undecodable.TooManyExtensions;
                return;
            }

            extensions++;
            // None is shorter than eight octets.
            int captured = end - headerAt;
            int length = captured < 8 || next == Ipv6.Fragment ? 8
                : next == Ipv6.Authentication ? (bytes[headerAt + 1] + 2) << 2
                : (bytes[headerAt + 1] + 1) << 3;
            if (length > left || length > captured)
            {
                Problem = length > left ? Undecodable.IpLengthLies : Undecodable.IpCutShort;
                return;
            }

            if (next == Ipv6.Fragment)
            {
                int fragment = BigEndian.Read16(bytes, headerAt + 2);
                _identification = BigEndian.Read16(bytes, headerAt + 6);
                FragmentOffset = fragment & 0xfff8;
                // An atomic fragment (offset 0, no more) is a whole datagram (RFC 6946).
                IsFragment = (fragment & 0xfff9) != 0;
                _fragmentBits = fragment & 1;
            }

            next = bytes[headerAt];
            headerAt += length;
            left -= length;
        }

        Protocol = next;
        _transportOffset = headerAt - Start;
        TransportLength = left;
        _headerLength = at + Ipv6.HeaderLength - headerAt;
        PayloadLength = payload;
        DecodeTransport(end);
    }
}
