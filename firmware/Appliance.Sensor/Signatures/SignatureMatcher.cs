using System;
using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Signatures;

/// <summary>
/// Says which signatures a frame satisfies: exactly the rules that Snort 3 would match, for unfragmented frames (FORMAT.md lists
/// the exceptions). It allocates nothing after its construction.
/// </summary>
public sealed class SignatureMatcher
{
    /// <summary>Signatures that the last frame satisfied, in ascending order.</summary>
    public short[] Matches;

    private readonly SignatureTable _table;
    private readonly SignatureIndex _index;
    private readonly byte[] _bytes;
    private readonly int _signaturesAt;
    private readonly RateFilter? _filter;
    private int _count;

    /// <summary>Makes a matcher of a table that was accepted.</summary>
    /// <param name="table">The table.</param>
    public SignatureMatcher(SignatureTable table)
    {
        _table = table;
        _index = table.Index;
        _bytes = table.Bytes;
        _signaturesAt = table.SignaturesAt;
        _filter = table.Filters > 0 ? new RateFilter() : null;
        Matches = new short[table.Count];
    }

    /// <summary>Finds the signatures that a frame satisfies.</summary>
    /// <param name="frame">A decoded frame.</param>
    /// <param name="stamp">When it came, in µs of any clock; a detection_filter counts its whole seconds.</param>
    /// <returns>How many there are; <see cref="Matches"/> begins with them.</returns>
    public int Match(Frame frame, long stamp)
    {
        // Ports are known only when all below them was decoded.
        if (!frame.HasPorts)
        {
            return MatchRest(frame, stamp);
        }

        _count = 0;
        if (frame.Protocol != IpProtocol.Tcp)
        {
            Look(SignatureIndex.UdpDestination | frame.DestinationPort, frame, stamp);
            if (_index.HasUdpSource)
            {
                Look(SignatureIndex.UdpSource | frame.SourcePort, frame, stamp);
            }

            TryAll(_index.UdpAlways, frame, stamp);
        }
        else
        {
            int wanted = _index.FlagsWanted[frame.TcpFlags];
            if ((wanted & SignatureIndex.WantedByPort) != 0)
            {
                Look(SignatureIndex.TcpDestination | frame.DestinationPort, frame, stamp);
            }

            if ((wanted & SignatureIndex.WantedBySource) != 0)
            {
                Look(SignatureIndex.TcpSource | frame.SourcePort, frame, stamp);
            }

            if ((wanted & SignatureIndex.WantedAlways) != 0)
            {
                TryAll(_index.TcpAlways, frame, stamp);
            }
        }

        TryAll(_index.IpAlways, frame, stamp);
        return _count;
    }

    // Frames without ports: no IP, other protocols, what can't be decoded above IP.
    private int MatchRest(Frame frame, long stamp)
    {
        _count = 0;
        if (frame.Problem != Undecodable.None)
        {
            // What can't be decoded above IP is IP all the same.
            if (frame.IpVersion != 0)
            {
                TryAll(_index.IpAlways, frame, stamp);
            }
        }
        else if (frame.Protocol != IpProtocol.None)
        {
            if (frame.IcmpType >= 0)
            {
                Look(SignatureIndex.IcmpType | frame.IcmpType, frame, stamp);
                TryAll(_index.IcmpAlways, frame, stamp);
            }

            TryAll(_index.IpAlways, frame, stamp);
        }
        else
        {
            if (frame.EtherType >= 0)
            {
                Look(SignatureIndex.EtherType | frame.EtherType, frame, stamp);
            }

            if (frame.ServiceAccessPoints >= 0)
            {
                Look(SignatureIndex.Llc | frame.ServiceAccessPoints, frame, stamp);
                if (frame.SnapProtocol >= 0)
                {
                    Look(SignatureIndex.Snap | frame.SnapProtocol, frame, stamp);
                }
            }
        }

        return _count;
    }

    private void Look(int key, Frame frame, long stamp)
    {
        int[] keys = _index.Keys;
        int bucket = _index.BucketOf(key);
        int end = _index.Starts[bucket + 1];
        for (int entry = _index.Starts[bucket]; entry < end; entry++)
        {
            if (keys[entry] == key)
            {
                int found = _index.Entries[entry];
                Try(found & SignatureIndex.SignatureMask, frame, stamp, (found & SignatureIndex.Backwards) != 0,
                    (found & SignatureIndex.BySource) != 0, (found & SignatureIndex.BySource) == 0);
            }
        }
    }

    private void TryAll(short[] signatures, Frame frame, long stamp)
    {
        for (int i = 0; i < signatures.Length; i++)
        {
            int s = signatures[i];
            if (!Try(s, frame, stamp, false, false, false)
                && (_bytes[_signaturesAt + s * TableFormat.SignatureRecord + TableFormat.SignatureTraits] & Traits.BothWays) != 0)
            {
                Try(s, frame, stamp, true, false, false);
            }
        }
    }

    // Whether the header holds; if the conditions do too, the signature is added.
    private bool Try(int s, Frame frame, long stamp, bool backwards, bool sourcePortsHold, bool destinationPortsHold)
    {
        byte[] bytes = _bytes;
        int at = _signaturesAt + s * TableFormat.SignatureRecord;
        int conditions = BigEndian.Read16(bytes, at + TableFormat.SignatureConditions);
        if (bytes[conditions] == Condition.Flags)
        {
            if (frame.Protocol != IpProtocol.Tcp || !frame.HasPorts
                || !_index.Wants(bytes[conditions + 1], bytes[conditions + 2], frame.TcpFlags & ~bytes[conditions + 3]))
            {
                return false;
            }

            conditions += 4;
        }

        if (!HoldsAddress(at + (backwards ? TableFormat.SignatureDestination : TableFormat.SignatureSource), frame, true)
            || !HoldsAddress(at + (backwards ? TableFormat.SignatureSource : TableFormat.SignatureDestination), frame, false))
        {
            return false;
        }

        if (frame.Protocol == IpProtocol.Udp && bytes[at + TableFormat.SignatureProtocol] == RuleProtocol.Udp
            && frame.PayloadLength != frame.TransportLength - Udp.HeaderLength && !frame.IsFragment)
        {
            // Snort 3 takes a datagram that is shorter than IP says for IP alone.
            return false;
        }

        if (!sourcePortsHold && !_table.HoldsPort(BigEndian.Read16(bytes, at + TableFormat.SignatureSourcePorts),
            backwards ? frame.DestinationPort : frame.SourcePort))
        {
            return false;
        }

        if (!destinationPortsHold && !_table.HoldsPort(BigEndian.Read16(bytes, at + TableFormat.SignatureDestinationPorts),
            backwards ? frame.SourcePort : frame.DestinationPort))
        {
            return false;
        }

        if (bytes[conditions] == Condition.End || HoldConditions(conditions, s, frame, stamp))
        {
            Add(s);
        }

        return true;
    }

    private bool HoldsAddress(int at, Frame frame, bool source)
    {
        int list = BigEndian.Read16(_bytes, at);
        if (list == 0)
        {
            return true;
        }

        int version = frame.IpVersion;
        return version == 4 ? _table.Holds(list, source ? frame.Source : frame.Destination)
            : version == 6 && _table.Holds6(list, frame.Bytes, source ? frame.SourceAt : frame.DestinationAt);
    }

    private void Add(int s)
    {
        short[] matches = Matches;
        int at = _count;
        while (at > 0 && matches[at - 1] >= s)
        {
            if (matches[at - 1] == s)
            {
                // A rule for both directions whose ports lead to it twice.
                return;
            }

            at--;
        }

        Array.Copy(matches, at, matches, at + 1, _count - at);
        matches[at] = (short)s;
        _count++;
    }

    private bool HoldConditions(int at, int s, Frame frame, long stamp)
    {
        byte[] bytes = _bytes;
        while (true)
        {
            int condition = bytes[at];
            if (condition == Condition.End)
            {
                return true;
            }

            if ((condition & Condition.Range) != 0)
            {
                if (!HoldsRange(at, condition, frame))
                {
                    return false;
                }

                at += (condition & Condition.Wide) != 0 ? 9 : 5;
                continue;
            }

            switch (condition)
            {
                case Condition.IpProto:
                    if (!HoldsProtocol(bytes[at + 1], bytes[at + 2], frame.Protocol))
                    {
                        return false;
                    }

                    at += 3;
                    break;
                case Condition.FragmentBits:
                    if (!_index.Wants(bytes[at + 1], bytes[at + 2], frame.FragmentBits))
                    {
                        return false;
                    }

                    at += 3;
                    break;
                case Condition.Content:
                    if (FindsContent(at, frame) == ((bytes[at + 1] & Condition.Absent) != 0))
                    {
                        return false;
                    }

                    at += Condition.ContentHead + bytes[at + 6];
                    break;
                case Condition.Filter:
                    return _filter!.Passes(bytes, at, s, frame, stamp);
                case Condition.EtherType:
                case Condition.Llc:
                    // The key that led here.
                    at += 3;
                    break;
                default:
                    if (frame.SnapOrganization != (int)((uint)_table.U32(at + 1) >> 8))
                    {
                        return false;
                    }

                    at += 6;
                    break;
            }
        }
    }

    private bool HoldsRange(int at, int condition, Frame frame)
    {
        byte[] bytes = _bytes;
        int field = condition & 15;
        if (field == Condition.Sequence || field == Condition.Acknowledgment || field == Condition.Window
            ? frame.Protocol != IpProtocol.Tcp || !frame.HasPorts
            : field >= Condition.IcmpType && frame.IcmpType < 0)
        {
            return false;
        }

        int value;
        switch (field)
        {
            case Condition.PayloadSize:
                value = frame.PayloadLength - QuotedHeader(frame);
                break;
            case Condition.TimeToLive:
                value = frame.TimeToLive;
                break;
            case Condition.Identification:
                value = frame.Identification;
                break;
            case Condition.Sequence:
                value = frame.Sequence;
                break;
            case Condition.Acknowledgment:
                value = frame.Acknowledgment;
                break;
            case Condition.Window:
                value = BigEndian.Read16(frame.Bytes, frame.TransportAt + Tcp.Window);
                break;
            case Condition.IcmpType:
                value = frame.IcmpType;
                break;
            default:
                value = frame.IcmpCode;
                break;
        }

        int low;
        int high;
        if ((condition & Condition.Wide) != 0)
        {
            low = _table.U32(at + 1);
            high = _table.U32(at + 5);
        }
        else
        {
            low = _table.U16(at + 1);
            high = _table.U16(at + 3);
        }

        // All of them are unsigned.
        value ^= int.MinValue;
        bool inside = value >= (low ^ int.MinValue) && value <= (high ^ int.MinValue);
        return inside != ((condition & Condition.Outside) != 0);
    }

    // Octets of the IP header that an ICMP error quotes: Snort 3 counts as payload what follows it.
    private int QuotedHeader(Frame frame)
    {
        int type = frame.IcmpType;
        if (type < 1)
        {
            return 0;
        }

        byte[] bytes = frame.Bytes;
        int at = frame.PayloadAt;
        int length = frame.PayloadLength;
        if (frame.Protocol == IpProtocol.Icmpv6)
        {
            return type <= 4 && length >= Ipv6.HeaderLength && at + Ipv6.HeaderLength <= frame.CapturedEnd && bytes[at] >> 4 == 6
                ? Ipv6.HeaderLength : 0;
        }

        if ((type < 3 || type > 5) && type != 11 && type != 12)
        {
            return 0;
        }

        if (length < Ipv4.HeaderLength || at + Ipv4.HeaderLength > frame.CapturedEnd
            || (bytes[at] >> 4 != 4 && frame.IpVersion == 4))
        {
            return 0;
        }

        int header = (bytes[at] & 15) << 2;
        bool first = (bytes[at + Ipv4.FlagsAndFragment] & 31) == 0 && bytes[at + Ipv4.FlagsAndFragment + 1] == 0;
        return first && length >= header + 8 ? header : 0;
    }

    private bool HoldsProtocol(int comparison, int number, int protocol)
    {
        return comparison == Condition.Equal ? protocol == number
            : comparison == Condition.NotEqual ? protocol != number
            : comparison == Condition.Greater ? protocol > number
            : protocol < number;
    }

    private bool FindsContent(int at, Frame frame)
    {
        int i;
        int octet;
        int from;
        int end = frame.PayloadAt + frame.PayloadLength;
        byte[] bytes = _bytes;
        byte[] payload = frame.Bytes;
        int bits = bytes[at + 1];
        int length = bytes[at + 6];
        if (end > frame.CapturedEnd)
        {
            end = frame.CapturedEnd;
        }

        from = frame.PayloadAt + QuotedHeader(frame) + _table.U16(at + 2);
        if ((bits & Condition.HasDepth) != 0)
        {
            int deep = from + _table.U16(at + 4);
            if (deep < end)
            {
                end = deep;
            }
        }

        int last = end - length;
        int pattern = at + Condition.ContentHead;
        bool noCase = (bits & Condition.NoCase) != 0;
        for (; from <= last; from++)
        {
            i = 0;
            while (i < length)
            {
                octet = payload[from + i];
                if (noCase && octet >= 'a' && octet <= 'z')
                {
                    octet -= 'a' - 'A';
                }

                if (octet != bytes[pattern + i])
                {
                    break;
                }

                i++;
            }

            if (i == length)
            {
                return true;
            }
        }

        return false;
    }
}
