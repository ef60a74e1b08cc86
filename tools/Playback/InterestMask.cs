using System;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;

namespace Appliance.Playback;

/// <summary>What the mirror port does with a frame.</summary>
public enum Interest
{
    /// <summary>It is counted and not copied.</summary>
    Skip,

    /// <summary>It is copied into a slot.</summary>
    Keep,

    /// <summary>It would be skipped, but is copied as a sign of life: one in so many.</summary>
    SignOfLife,

    /// <summary>It would be kept, and is a copy of a frame that was. Only <see cref="FrameIntake"/> says so.</summary>
    Copy,
}

/// <summary>
/// The interest mask as the native hook applies it before a frame gets a slot (FORMAT.md, "Interest mask"), so that the
/// workstation sees the frames that the device sees. Only data of established TCP connections is ever skipped.
/// </summary>
public sealed class InterestMask
{
    // The hook looks through two tags; a frame with more is kept, and the sensor judges it.
    private const int MostTags = 2;

    private readonly bool[] _flags = new bool[256];
    private readonly bool[] _ports = new bool[65536];
    private readonly byte[] _octets;

    // By a payload's first octet, which all openings compare: those that begin so. Most data have none.
    private readonly Opening[][] _openings = new Opening[256][];
    private readonly int _rate;
    private int _skipped;

    /// <summary>Expands the mask of a table.</summary>
    /// <param name="table">A table that was accepted.</param>
    public InterestMask(SignatureTable table)
        : this(NotNull(table).Bytes, table.InterestAt, table.InterestRanges, table.OpeningsAt, table.Openings, null)
    {
    }

    /// <summary>Expands a mask, as the hook takes it.</summary>
    /// <param name="octets">Where it is.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="ranges">Port ranges in it.</param>
    /// <param name="openingsAt">Where its openings begin.</param>
    /// <param name="openings">Openings in it.</param>
    /// <param name="before">The mask whose place it takes, and whose count of skipped frames goes on; null for none.</param>
    public InterestMask(byte[] octets, int at, int ranges, int openingsAt, int openings, InterestMask? before)
    {
        ArgumentNullException.ThrowIfNull(octets);
        _skipped = before?._skipped ?? 0;
        for (int f = 0; f < _flags.Length; f++)
        {
            bool wanted = (octets[at + (f >> 3)] & (0x80 >> (f & 7))) != 0;
            bool established = (f & (Tcp.Ack | Tcp.Syn | Tcp.Fin | Tcp.Rst)) == Tcp.Ack;
            _flags[f] = wanted || !established;
        }

        _rate = (octets[at + TableFormat.InterestRate] << 8) | octets[at + TableFormat.InterestRate + 1];
        at += TableFormat.InterestHeader;
        for (int i = 0; i < ranges; i++, at += TableFormat.PortRecord)
        {
            int low = (octets[at] << 8) | octets[at + 1];
            int high = (octets[at + 2] << 8) | octets[at + 3];
            Array.Fill(_ports, true, low, high - low + 1);
        }

        _octets = octets.AsSpan(openingsAt, openings * TableFormat.OpeningRecord).ToArray();
        Array.Fill(_openings, []);
        for (int opening = 0; opening < _octets.Length; opening += TableFormat.OpeningRecord)
        {
            ref Opening[] same = ref _openings[_octets[opening + TableFormat.OpeningOctets]];
            same = [.. same, new Opening(_octets, opening)];
        }
    }

    /// <summary>Decides about a frame.</summary>
    /// <param name="bytes">The octets.</param>
    /// <param name="at">Where the frame begins.</param>
    /// <param name="captured">Octets that are there.</param>
    /// <param name="wireLength">Octets that the wire carried, without the frame check sequence.</param>
    public Interest Decide(byte[] bytes, int at, int captured, int wireLength)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        int segment = FindSegment(bytes, at, captured, wireLength, out int length);
        return Decide(bytes, at, captured, segment, length);
    }

    /// <summary>Decides about a frame of which the TCP header was looked for.</summary>
    /// <param name="bytes">The octets.</param>
    /// <param name="at">Where the frame begins.</param>
    /// <param name="captured">Octets that are there.</param>
    /// <param name="segment">Where <see cref="FindSegment"/> found it; 0 for nowhere.</param>
    /// <param name="length">Octets that IP leaves from there.</param>
    internal Interest Decide(byte[] bytes, int at, int captured, int segment, int length)
    {
        if (segment == 0 || !IsDull(bytes, segment, at + Math.Min(captured, Sensor.SlotBatch.SlotLength), length))
        {
            return Interest.Keep;
        }

        if (_rate == 0 || ++_skipped < _rate)
        {
            return Interest.Skip;
        }

        _skipped = 0;
        return Interest.SignOfLife;
    }

    /// <summary>Finds the TCP header, whole within a slot, of a frame that goes to one host, is no fragment and no longer than
    /// the wire says.</summary>
    /// <param name="bytes">The octets.</param>
    /// <param name="at">Where the frame begins.</param>
    /// <param name="captured">Octets that are there.</param>
    /// <param name="wireLength">Octets that the wire carried, without the frame check sequence.</param>
    /// <param name="length">Gets the octets that IP leaves from there.</param>
    /// <returns>Where it is in the octets; 0 when there is none.</returns>
    internal static int FindSegment(byte[] bytes, int at, int captured, int wireLength, out int length)
    {
        length = 0;
        int end = at + Math.Min(captured, Sensor.SlotBatch.SlotLength);
        int wireEnd = at + wireLength;
        if (end - at < Ethernet.HeaderLength + Ipv4.HeaderLength + Tcp.HeaderLength || (bytes[at] & 1) != 0)
        {
            return 0;
        }

        int typeAt = at + Ethernet.Type;
        int type = (bytes[typeAt] << 8) | bytes[typeAt + 1];
        for (int tags = 0; type is Ethernet.TypeVlan or Ethernet.TypeServiceVlan or Ethernet.TypeOldQinQ; tags++)
        {
            if (tags == MostTags)
            {
                return 0;
            }

            typeAt += Ethernet.TagLength;
            type = (bytes[typeAt] << 8) | bytes[typeAt + 1];
        }

        int network = typeAt + 2;
        int transport;
        if (type == Ethernet.TypeIpv4)
        {
            if (end - network < Ipv4.HeaderLength)
            {
                return 0;
            }

            int header = (bytes[network] & 15) << 2;
            int total = (bytes[network + Ipv4.TotalLength] << 8) | bytes[network + Ipv4.TotalLength + 1];
            int fragment = (bytes[network + Ipv4.FlagsAndFragment] << 8) | bytes[network + Ipv4.FlagsAndFragment + 1];
            if (bytes[network] >> 4 != 4 || header < Ipv4.HeaderLength || bytes[network + Ipv4.Protocol] != IpProtocol.Tcp
                || (fragment & 0x3fff) != 0 || total > wireEnd - network)
            {
                return 0;
            }

            transport = network + header;
            length = total - header;
        }
        else if (type == Ethernet.TypeIpv6)
        {
            if (end - network < Ipv6.HeaderLength || bytes[network] >> 4 != 6 || bytes[network + Ipv6.NextHeader] != IpProtocol.Tcp)
            {
                return 0;
            }

            transport = network + Ipv6.HeaderLength;
            length = (bytes[network + Ipv6.PayloadLength] << 8) | bytes[network + Ipv6.PayloadLength + 1];
            if (length > wireEnd - transport)
            {
                return 0;
            }
        }
        else
        {
            return 0;
        }

        return end - transport < Tcp.HeaderLength ? 0 : transport;
    }

    // TCP data of an established connection that no rule asks for; all its lengths are right.
    private bool IsDull(byte[] bytes, int transport, int end, int length)
    {
        if (_flags[bytes[transport + Tcp.Flags]])
        {
            return false;
        }

        int offset = (bytes[transport + Tcp.DataOffset] >> 4) << 2;
        int data = transport + offset;
        return offset >= Tcp.HeaderLength && offset <= length
            && !(data < end && _openings[bytes[data]].Length > 0 && IsOpening(bytes, transport, data, end, length - offset))
            && !_ports[(bytes[transport] << 8) | bytes[transport + 1]]
            && !_ports[(bytes[transport + Tcp.DestinationPort] << 8) | bytes[transport + Tcp.DestinationPort + 1]];
    }

    // Whether the data of a segment begin as an opening of one of its ports has it.
    private bool IsOpening(byte[] bytes, int transport, int data, int end, int length)
    {
        ReadOnlySpan<byte> payload = bytes.AsSpan(data, end - data);
        foreach (Opening opening in _openings[bytes[data]])
        {
            if (length >= opening.Least && length <= opening.Most
                && (opening.IsOf(Number(bytes, transport)) || opening.IsOf(Number(bytes, transport + Tcp.DestinationPort)))
                && BeginsSo(payload, length, opening))
            {
                return true;
            }
        }

        return false;
    }

    private bool BeginsSo(ReadOnlySpan<byte> payload, int length, in Opening opening)
    {
        for (int octet = 0; octet < TableFormat.OpeningReach; octet++)
        {
            if ((opening.Which >> octet & 1) != 0 && (octet >= payload.Length || payload[octet] != _octets[opening.OctetsAt + octet]))
            {
                return false;
            }
        }

        // Bulk data that look like a PDU by chance, as images of small numbers do, seldom have a length that they can be.
        return (opening.Which & TableFormat.OpeningSized) == 0 || (payload.Length >= TableFormat.OpeningHead
            && ((payload[TableFormat.OpeningHead - 2] << 8) | payload[TableFormat.OpeningHead - 1]) >= length - TableFormat.OpeningHead);
    }

    private static int Number(byte[] octets, int at)
    {
        return (octets[at] << 8) | octets[at + 1];
    }

    private static SignatureTable NotNull(SignatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table;
    }

    // A record of section 16, read once.
    private readonly struct Opening
    {
        public readonly int Least;
        public readonly int Most;
        public readonly int Which;
        public readonly int OctetsAt;
        private readonly int _low;
        private readonly int _high;

        public Opening(byte[] octets, int at)
        {
            _low = Number(octets, at + TableFormat.OpeningPorts);
            _high = Number(octets, at + TableFormat.OpeningPorts + 2);
            Least = Number(octets, at + TableFormat.OpeningLengths);
            Most = Number(octets, at + TableFormat.OpeningLengths + 2);
            Which = Number(octets, at + TableFormat.OpeningWhich);
            OctetsAt = at + TableFormat.OpeningOctets;
        }

        public bool IsOf(int port) => port >= _low && port <= _high;
    }
}
