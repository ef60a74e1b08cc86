using Appliance.Sensor;
using Appliance.Sensor.Frames;

namespace Appliance.Imaging.Frames;

/// <summary>
/// Where the data of a TCP segment stand in a slot, and between whom they go. A batch's words hold headers alone; data are read
/// from its octets.
/// </summary>
public sealed class Conversation
{
    // Tags through which a type is looked for, as the hook does.
    private const int MostTags = 2;

    // Headers of options between IPv6's and TCP's are units of eight octets, of which the first is not counted (RFC 8200, 4.3).
    private const int ExtensionUnit = 8;

    // IP in the first word of an IPv4 header and of one behind a tag.
    private const int Ipv4Words = 5;

    /// <summary>4 or 6.</summary>
    public int Version;

    /// <summary>Sender: an IPv4 address, or of IPv6 a fold of its octets.</summary>
    public int Source;

    /// <summary>Receiver, likewise.</summary>
    public int Target;

    /// <summary>Where the sender's address begins in the batch's octets: 4 octets or 16.</summary>
    public int SourceAt;

    /// <summary>Where the receiver's begins.</summary>
    public int TargetAt;

    /// <summary>Source port.</summary>
    public int SourcePort;

    /// <summary>Destination port.</summary>
    public int TargetPort;

    /// <summary>TTL or hop limit.</summary>
    public int TimeToLive;

    /// <summary>Where the TCP header begins in the batch's octets.</summary>
    public int Transport;

    /// <summary>Where the data begin in the batch's octets.</summary>
    public int At;

    /// <summary>Octets of data in the segment.</summary>
    public int Length;

    /// <summary>Octets of data that the slot holds.</summary>
    public int Seen;

    /// <summary>The frame's stamp, microseconds.</summary>
    public long Stamp;

    /// <summary>Looks at a slot.</summary>
    /// <param name="batch">The slots.</param>
    /// <param name="slot">Its number.</param>
    /// <returns>Whether it holds data of a TCP connection; a sign of life is none that anybody asked for.</returns>
    public bool Find(SlotBatch batch, int slot)
    {
        int lengths = batch.Lengths[slot];
        int shape = lengths & SlotBatch.ShapeMask;
        if (shape == SlotBatch.ShapeUdp || (lengths & SlotBatch.SignOfLife) != 0)
        {
            return false;
        }

        int end = slot * SlotBatch.SlotLength + ((lengths >> SlotBatch.CapturedShift) & SlotBatch.CapturedMask);
        bool isFound = shape == SlotBatch.ShapeOther ? Decode(batch.Bytes, slot * SlotBatch.SlotLength, end)
            : Read(batch.Words, slot, (lengths & SlotBatch.Tagged) != 0);
        Stamp = batch.Stamps[slot];
        Seen = end - At < Length ? end - At : Length;
        return isFound && Seen > 0;
    }

    /// <summary>Goes on as if the data began earlier by octets that came in a segment before: what is there now is not to be
    /// read.</summary>
    /// <param name="octets">How many.</param>
    public void Prepend(int octets)
    {
        At -= octets;
        Length += octets;
        Seen += octets;
    }

    /// <summary>Takes a host's own frame, of which nothing but who sent it to whom matters.</summary>
    /// <param name="source">Its IPv4 address.</param>
    /// <param name="sourceAt">Where that stands in the batch's octets.</param>
    /// <param name="target">Whom it asks.</param>
    /// <param name="targetAt">Where that stands.</param>
    /// <param name="hops">Its TTL; 0 where it has none.</param>
    /// <param name="stamp">The frame's stamp, microseconds.</param>
    public void TakeHost(int source, int sourceAt, int target, int targetAt, int hops, long stamp)
    {
        Version = 4;
        Source = source;
        SourceAt = sourceAt;
        Target = target;
        TargetAt = targetAt;
        SourcePort = 0;
        TargetPort = 0;
        TimeToLive = hops;
        Length = 0;
        Seen = 0;
        Stamp = stamp;
    }

    /// <summary>Takes a datagram over IPv6, whose header stands right behind IP's.</summary>
    /// <param name="bytes">Where it is.</param>
    /// <param name="ip">Where its IP header begins.</param>
    /// <param name="stamp">The frame's stamp, microseconds.</param>
    public void TakeDatagram6(byte[] bytes, int ip, long stamp)
    {
        TakeIpv6(bytes, ip);
        SourcePort = BigEndian.Read16(bytes, ip + Ipv6.HeaderLength);
        TargetPort = BigEndian.Read16(bytes, ip + Ipv6.HeaderLength + Udp.DestinationPort);
        Length = 0;
        Seen = 0;
        Stamp = stamp;
    }

    private void TakeIpv6(byte[] bytes, int ip)
    {
        Version = 6;
        SourceAt = ip + Ipv6.Source;
        TargetAt = ip + Ipv6.Destination;
        Source = Fold(bytes, SourceAt);
        Target = Fold(bytes, TargetAt);
        TimeToLive = bytes[ip + Ipv6.HopLimit];
    }

    private bool Read(int[] words, int slot, bool isTagged)
    {
        int ip = (slot << SlotBatch.WordShift) + (isTagged ? SlotBatch.IpWord + 1 : SlotBatch.IpWord);
        int control = words[ip + 8];
        int header = Ipv4.HeaderLength + ((control >> 26) & 0x3c);
        Length = (words[ip] & 0xffff) - header;
        if (Length <= 0 || ((control >> 16) & (Tcp.Syn | Tcp.Rst)) != 0)
        {
            return false;
        }

        Version = 4;
        Source = words[ip + 3];
        Target = words[ip + 4];
        int ports = words[ip + Ipv4Words];
        SourcePort = (ports >> 16) & 0xffff;
        TargetPort = ports & 0xffff;
        TimeToLive = (words[ip + 2] >> 24) & 0xff;
        int at = slot * SlotBatch.SlotLength + Ethernet.HeaderLength + (isTagged ? Ethernet.TagLength : 0);
        SourceAt = at + Ipv4.Source;
        TargetAt = at + Ipv4.Destination;
        Transport = at + Ipv4.HeaderLength;
        At = at + header;
        return true;
    }

    // What is no plain frame: IPv6, two tags, options.
    private bool Decode(byte[] bytes, int start, int end)
    {
        int at = start + Ethernet.Type;
        int type = 0;
        int tags = 0;
        for (; at + 2 <= end; at += Ethernet.TagLength, tags++)
        {
            type = (bytes[at] << 8) | bytes[at + 1];
            if ((type != Ethernet.TypeVlan && type != Ethernet.TypeServiceVlan && type != Ethernet.TypeOldQinQ) || tags == MostTags)
            {
                break;
            }
        }

        at += 2;
        int transport;
        if (type == Ethernet.TypeIpv4 && at + Ipv4.HeaderLength <= end)
        {
            int header = (bytes[at] & 15) << 2;
            int fragment = (bytes[at + Ipv4.FlagsAndFragment] & 0x3f) | bytes[at + Ipv4.FlagsAndFragment + 1];
            if (header < Ipv4.HeaderLength || bytes[at + Ipv4.Protocol] != IpProtocol.Tcp || fragment != 0)
            {
                return false;
            }

            Version = 4;
            SourceAt = at + Ipv4.Source;
            TargetAt = at + Ipv4.Destination;
            Source = Word(bytes, SourceAt);
            Target = Word(bytes, TargetAt);
            TimeToLive = bytes[at + Ipv4.TimeToLive];
            Length = ((bytes[at + Ipv4.TotalLength] << 8) | bytes[at + Ipv4.TotalLength + 1]) - header;
            transport = at + header;
        }
        else if (type == Ethernet.TypeIpv6 && at + Ipv6.HeaderLength <= end)
        {
            transport = at + Ipv6.HeaderLength;
            int next = bytes[at + Ipv6.NextHeader];
            while ((next == Ipv6.HopByHop || next == Ipv6.DestinationOptions) && transport + ExtensionUnit <= end)
            {
                next = bytes[transport];
                transport += (bytes[transport + 1] + 1) * ExtensionUnit;
            }

            if (next != IpProtocol.Tcp)
            {
                return false;
            }

            TakeIpv6(bytes, at);
            Length = ((bytes[at + Ipv6.PayloadLength] << 8) | bytes[at + Ipv6.PayloadLength + 1]) - (transport - at - Ipv6.HeaderLength);
        }
        else
        {
            return false;
        }

        if (transport + Tcp.HeaderLength > end || (bytes[transport + Tcp.Flags] & (Tcp.Syn | Tcp.Rst)) != 0)
        {
            return false;
        }

        int offset = (bytes[transport + Tcp.DataOffset] >> 4) << 2;
        SourcePort = (bytes[transport] << 8) | bytes[transport + 1];
        TargetPort = (bytes[transport + Tcp.DestinationPort] << 8) | bytes[transport + Tcp.DestinationPort + 1];
        Length -= offset;
        Transport = transport;
        At = transport + offset;
        return offset >= Tcp.HeaderLength && Length > 0;
    }

    private int Word(byte[] bytes, int at)
    {
        return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }

    // Equal addresses have equal folds. Two that differ share one by a chance of one in 2^32; who forges addresses gains by it
    // no more than by forging the address itself.
    private int Fold(byte[] bytes, int at)
    {
        int fold = 0;
        for (int i = 0; i < Ipv6.AddressLength; i += 4)
        {
            fold = (fold * 0x01000193) ^ Word(bytes, at + i);
        }

        return fold;
    }
}
