using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace Appliance.Playback.Captures;

/// <summary>
/// What a capture shows of its own segment: addresses that speak ARP, or that broadcast or multicast within the link, can not lie
/// behind a router (RFC 826; RFC 919, section 7; RFC 5771, section 4), and no more can who asks for or gives a card's address
/// (RFC 4861, section 7.1).
/// </summary>
public sealed class LocalNetworks
{
    // Enough of any capture to hear each host's ARP, and a second of reading.
    private const int MostFrames = 200_000;

    private readonly SortedSet<uint> _local = [];
    private readonly SortedSet<UInt128> _local6 = [];
    private readonly Func<uint, bool> _isKnown;
    private long _named;
    private long _known;

    private LocalNetworks(Func<uint, bool> isKnown) => _isKnown = isKnown;

    /// <summary>Frames looked at.</summary>
    public int Frames { get; private set; }

    /// <summary>
    /// One of the captures is of the known network: most of its frames that name hosts name one of it, and none of a private
    /// network.
    /// </summary>
    public bool IsOfKnown { get; private set; }

    /// <summary>A frame named a host of a private network (RFC 1918, RFC 4193), and none of the known one.</summary>
    public bool HasPrivate { get; private set; }

    /// <summary>Networks that are local and neither known nor private anyway: of IPv4 with 24 bits, of IPv6 with 64.</summary>
    public IEnumerable<string> Texts => _local.Select(Text)
        .Concat(_local6.Select(network => new IPAddress(Octets(network)) + "/64"));

    /// <summary>Looks through the beginning of captures; one that can't be read shows nothing here, and is told when it is
    /// replayed.</summary>
    /// <param name="captures">Files; of standard input ("-") the beginning.</param>
    /// <param name="isKnown">Whether an address, host byte order, is of a network that need not be shown.</param>
    public static LocalNetworks Of(IEnumerable<string> captures, Func<uint, bool> isKnown)
    {
        var networks = new LocalNetworks(isKnown);
        int left = MostFrames;
        foreach (string capture in captures)
        {
            networks._named = networks._known = 0;
            try
            {
                using CaptureReader reader = capture == "-" ? CaptureReader.OpenHead() : CaptureReader.Open(capture);
                while (left > 0 && reader.Read())
                {
                    left--;
                    networks.See(reader.Buffer.AsSpan(reader.At, reader.Captured));
                }
            }
            catch (CaptureException)
            {
                // What was read before the damage counts.
            }

            networks.IsOfKnown |= networks._known * 2 > networks._named;
        }

        return networks;
    }

    private void See(ReadOnlySpan<byte> frame)
    {
        Frames++;
        int at = LinkHeader.TypeAt(frame);
        if (at < 0)
        {
            return;
        }

        ushort type = BinaryPrimitives.ReadUInt16BigEndian(frame[at..]);
        ReadOnlySpan<byte> packet = frame[(at + 2)..];
        bool isGroup = (frame[0] & 1) != 0;
        if (type == 0x0806 && packet.Length >= 28)
        {
            uint source = BinaryPrimitives.ReadUInt32BigEndian(packet[14..]);
            uint target = BinaryPrimitives.ReadUInt32BigEndian(packet[24..]);
            Count(source, target);
            Add(source);
            Add(target);
        }
        else if (type == 0x0800 && packet.Length >= 20)
        {
            uint source = BinaryPrimitives.ReadUInt32BigEndian(packet[12..]);
            uint target = BinaryPrimitives.ReadUInt32BigEndian(packet[16..]);
            Count(source, target);
            if (isGroup && (target == uint.MaxValue || target >> 8 == 0xe00000 || frame[..6].IndexOfAnyExcept((byte)0xff) < 0))
            {
                Add(source);
            }
        }
        else if (type == 0x86dd && packet.Length >= 40)
        {
            _named++;
            HasPrivate |= IsUniqueLocal(packet[8]) || IsUniqueLocal(packet[24]);
            See6(packet, isGroup);
        }
    }

    private void See6(ReadOnlySpan<byte> packet, bool isGroup)
    {
        // A hop limit of 255 says that no router has passed it on; both messages have their target at the same place.
        bool isNeighbour = packet.Length >= 64 && packet[6] == 58 && packet[7] == 255 && packet[40] is 135 or 136;
        if (isNeighbour || (isGroup && (packet[25] & 15) <= 2))
        {
            Add6(packet[8..]);
        }

        if (isNeighbour)
        {
            Add6(packet[48..]);
        }
    }

    // What may be public; link-local and unique local ones are at home anyway.
    private void Add6(ReadOnlySpan<byte> address)
    {
        if (address[0] >> 5 == 1)
        {
            _local6.Add(BinaryPrimitives.ReadUInt128BigEndian(address) >> 64 << 64);
        }
    }

    private void Count(uint source, uint target)
    {
        bool isKnown = _isKnown(source) || _isKnown(target);
        bool isPrivate = IsPrivate(source) || IsPrivate(target);
        _named++;
        _known += isKnown && !isPrivate ? 1 : 0;
        HasPrivate |= isPrivate && !isKnown;
    }

    private static bool IsUniqueLocal(byte first) => (first & 0xfe) == 0xfc;

    private static bool IsPrivate(uint address) => address >> 24 == 10 || address >> 20 == 0xac1 || address >> 16 == 0xc0a8;

    private void Add(uint address)
    {
        bool isUsable = address >> 24 is > 0 and < 224 and not 127 && address >> 16 != 0xa9fe;
        if (isUsable && !IsPrivate(address) && !_isKnown(address))
        {
            _local.Add(address & ~255u);
        }
    }

    private static string Text(uint network) => new IPAddress(BinaryPrimitives.ReverseEndianness(network)) + "/24";

    private static byte[] Octets(UInt128 network)
    {
        byte[] octets = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(octets, network);
        return octets;
    }
}
