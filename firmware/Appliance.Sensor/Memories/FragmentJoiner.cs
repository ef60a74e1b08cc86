using System;
using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Memories;

/// <summary>
/// Puts TCP headers together that were split across fragments (RFC 1858), so that a scan in tiny fragments is the scan that it
/// is. Holds a few datagrams at a time. No stack makes a first fragment that splits a TCP header: one that finds no partner in
/// time, or is pushed out by the next ones, is taken for the SYN that it hides.
/// </summary>
public sealed class FragmentJoiner
{
    /// <summary>Octets kept of a joined frame: Ethernet, IPv6 and TCP headers.</summary>
    private const int EntryLength = Ethernet.HeaderLength + Ipv6.HeaderLength + Tcp.HeaderLength;

    /// <summary>Octets 0-15 of a TCP header hold all that is looked at, the window included.</summary>
    private const int Enough = 3;

    /// <summary>Datagrams pushed out half joined.</summary>
    public int Evictions;

    /// <summary>
    /// The last fragment writes a TCP header anew (RFC 1858 section 4): a filter that reads the first fragment and a host that
    /// prefers the second see other flags. A copy of a fragment does not.
    /// </summary>
    public bool IsOverlap;

    /// <summary>Joined frames; one more than wait, for one that had to give way.</summary>
    public readonly byte[] Bytes = new byte[(Limits.JoinedFragments + 1) * EntryLength];

    private readonly KeyedHash _hash;
    private readonly int[] _keys = new int[Limits.JoinedFragments];
    private readonly int[] _have = new int[Limits.JoinedFragments];
    private readonly int[] _since = new int[Limits.JoinedFragments];
    private int _next;

    // Datagrams whose first fragments held the whole header.
    private readonly int[] _whole = new int[Limits.JoinedFragments];
    private int _nextWhole;

    /// <summary>Makes an empty joiner.</summary>
    /// <param name="hash">The sensor's hash.</param>
    public FragmentJoiner(KeyedHash hash)
    {
        _hash = hash;
    }

    /// <summary>Takes in a fragment that holds a part of a TCP header.</summary>
    /// <param name="frame">The fragment, decoded.</param>
    /// <param name="actor">Its sender.</param>
    /// <param name="target">Its receiver.</param>
    /// <param name="now">Centiseconds.</param>
    /// <returns>
    /// Where <see cref="Bytes"/> holds an unfragmented frame: this fragment's, whose header is now complete, or that of a first
    /// fragment which had to give way; -1 for none.
    /// </returns>
    public int Join(Frame frame, int actor, int target, int now)
    {
        int place = 0;
        int offset = frame.FragmentOffset;
        int length = frame.TransportLength;
        int key = _hash.Of(actor, target, (frame.Identification << 3) | frame.IpVersion);
        int pushedOut = -1;
        while (place < Limits.JoinedFragments && _keys[place] != key)
        {
            place++;
        }

        bool isWhole = offset == 0 && !frame.SplitsHeader;
        if (isWhole || IsOfWhole(key))
        {
            IsOverlap = !isWhole || place < Limits.JoinedFragments;
            _whole[_nextWhole] = key;
            _nextWhole = (_nextWhole + 1) & (Limits.JoinedFragments - 1);
            return -1;
        }

        if (place == Limits.JoinedFragments)
        {
            place = _next;
            _next = place + 1 == Limits.JoinedFragments ? 0 : place + 1;
            pushedOut = GiveUp(place);
            Evictions += _keys[place] != 0 ? 1 : 0;
            _keys[place] = key;
            _have[place] = 0;
            _since[place] = now;
            Begin(place, frame);
        }

        int at = place * EntryLength;
        int headerLength = HeadersOf(at);
        int captured = frame.CapturedEnd - frame.TransportAt;
        length = captured < length ? captured : length;
        length = length > Tcp.HeaderLength - offset ? Tcp.HeaderLength - offset : length;
        if (length <= 0)
        {
            return pushedOut;
        }

        int to = at + headerLength + offset;
        for (int i = 0; i < length; i++)
        {
            IsOverlap |= (_have[place] & (1 << ((offset + i) >> 3))) != 0 && Bytes[to + i] != frame.Bytes[frame.TransportAt + i];
        }

        Array.Copy(frame.Bytes, frame.TransportAt, Bytes, to, length);
        for (int unit = offset >> 3; unit < (offset + length) >> 3; unit++)
        {
            _have[place] |= 1 << unit;
        }

        if (pushedOut >= 0 || (_have[place] & Enough) != Enough)
        {
            return pushedOut;
        }

        // Options are left out, so the header is as long as its fixed part.
        Bytes[at + headerLength + Tcp.DataOffset] = Tcp.HeaderLength >> 2 << 4;
        _keys[place] = 0;
        return at;
    }

    private bool IsOfWhole(int key)
    {
        int[] whole = _whole;
        return whole[0] == key || whole[1] == key || whole[2] == key || whole[3] == key;
    }

    /// <summary>Takes a first fragment whose partner did not come in time.</summary>
    /// <param name="now">Centiseconds.</param>
    /// <param name="isEnd">The replay ends.</param>
    /// <returns>
    /// Where <see cref="Bytes"/> holds it as an unfragmented SYN, and there may be another; -1 when there is none.
    /// </returns>
    public int TakeLate(int now, bool isEnd)
    {
        for (int place = 0; place < Limits.JoinedFragments; place++)
        {
            if (_keys[place] != 0 && (isEnd || now - _since[place] >= Limits.AnswerWait))
            {
                int at = GiveUp(place);
                _keys[place] = 0;
                if (at >= 0)
                {
                    return at;
                }
            }
        }

        return -1;
    }

    /// <summary>Octets of a joined frame.</summary>
    /// <param name="at">Where it begins in <see cref="Bytes"/>.</param>
    public int LengthOf(int at)
    {
        return HeadersOf(at) + Tcp.HeaderLength;
    }

    // Octets before the TCP header.
    private int HeadersOf(int at)
    {
        bool isSix = Bytes[at + Ethernet.Type] == Ethernet.TypeIpv6 >> 8;
        return Ethernet.HeaderLength + (isSix ? Ipv6.HeaderLength : Ipv4.HeaderLength);
    }

    /// <summary>Makes the SYN of a half-joined header that has its ports.</summary>
    private int GiveUp(int place)
    {
        if (_keys[place] == 0 || (_have[place] & 1) == 0)
        {
            return -1;
        }

        int at = place * EntryLength;
        int made = Limits.JoinedFragments * EntryLength;
        Array.Copy(Bytes, at, Bytes, made, EntryLength);
        int header = made + HeadersOf(at);
        Bytes[header + Tcp.DataOffset] = Tcp.HeaderLength >> 2 << 4;
        Bytes[header + Tcp.Flags] = Tcp.Syn;
        return made;
    }

    private void Begin(int place, Frame frame)
    {
        byte[] bytes = Bytes;
        int at = place * EntryLength;
        Array.Clear(bytes, at, EntryLength);
        Array.Copy(frame.Bytes, frame.Start, bytes, at, Ethernet.Type);
        int typeAt = at + Ethernet.Type;
        int ipAt = at + Ethernet.HeaderLength;
        if (frame.IpVersion == 6)
        {
            bytes[typeAt] = Ethernet.TypeIpv6 >> 8;
            bytes[typeAt + 1] = Ethernet.TypeIpv6 & 255;
            Array.Copy(frame.Bytes, frame.NetworkAt, bytes, ipAt, Ipv6.HeaderLength);
            bytes[ipAt + Ipv6.PayloadLength] = 0;
            bytes[ipAt + Ipv6.PayloadLength + 1] = Tcp.HeaderLength;
            bytes[ipAt + Ipv6.NextHeader] = IpProtocol.Tcp;
            return;
        }

        bytes[typeAt] = Ethernet.TypeIpv4 >> 8;
        Array.Copy(frame.Bytes, frame.NetworkAt, bytes, ipAt, Ipv4.HeaderLength);
        // Its version, its own length, and in the same word the datagram's.
        BigEndian.Write32(bytes, ipAt, (Ipv4.PlainHeader << 24) | (Ipv4.HeaderLength + Tcp.HeaderLength));
        bytes[ipAt + Ipv4.FlagsAndFragment] = 0;
        bytes[ipAt + Ipv4.FlagsAndFragment + 1] = 0;
    }
}
