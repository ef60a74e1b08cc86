using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace Appliance.Playback.Captures;

/// <summary>
/// What a capture shows of its own segment: addresses that speak ARP, or that broadcast or multicast within the link, can not lie behind a
/// router (RFC 826; RFC 919, section 7; RFC 5771, section 4).
/// </summary>
public sealed class LocalNetworks
{
    // Enough of any capture to hear each host's ARP, and a second of reading.
    private const int MostFrames = 200_000;

    private readonly SortedSet<uint> _local = [];
    private readonly SortedSet<UInt128> _local6 = [];
    private readonly HashSet<uint> _seen = [];

    /// <summary>Frames looked at.</summary>
    public int Frames { get; private set; }

    /// <summary>Networks that are local and not private anyway (RFC 1918, RFC 4193): of IPv4 with 24 bits, of IPv6 with 64.</summary>
    public IEnumerable<string> Texts => _local.Select(Text)
        .Concat(_local6.Select(network => new IPAddress(Octets(network)) + "/64"));

    /// <summary>Looks through the beginning of captures; one that can't be read shows nothing here, and is told when it is replayed.</summary>
    /// <param name="captures">Files; of standard input ("-") the beginning.</param>
    public static LocalNetworks Of(IEnumerable<string> captures)
    {
        var networks = new LocalNetworks();
        int left = MostFrames;
        foreach (string capture in captures)
        {
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
                continue;
            }
        }

        return networks;
    }

    /// <summary>Whether any IPv4 frame came from or went to an address of a range.</summary>
    /// <param name="first">First address, host byte order; a multiple of 256.</param>
    /// <param name="last">Last address.</param>
    public bool Saw(uint first, uint last) => _seen.Any(network => network >= (first & ~255u) && network <= last);

    /// <summary>Takes in a frame.</summary>
    /// <param name="frame">Its octets, from the destination address on.</param>
    public void See(ReadOnlySpan<byte> frame)
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
            Add(BinaryPrimitives.ReadUInt32BigEndian(packet[14..]));
            Add(BinaryPrimitives.ReadUInt32BigEndian(packet[24..]));
        }
        else if (type == 0x0800 && packet.Length >= 20)
        {
            uint source = BinaryPrimitives.ReadUInt32BigEndian(packet[12..]);
            uint target = BinaryPrimitives.ReadUInt32BigEndian(packet[16..]);
            _seen.Add(source & ~255u);
            _seen.Add(target & ~255u);
            if (isGroup && (target == uint.MaxValue || target >> 8 == 0xe00000 || frame[..6].IndexOfAnyExcept((byte)0xff) < 0))
            {
                Add(source);
            }
        }
        else if (type == 0x86dd && packet.Length >= 40 && isGroup && (packet[25] & 15) <= 2)
        {
            UInt128 network = BinaryPrimitives.ReadUInt128BigEndian(packet[8..]) >> 64 << 64;
            // Link-local and unique local ones are at home anyway.
            if (packet[8] >> 5 == 1)
            {
                _local6.Add(network);
            }
        }
    }

    private void Add(uint address)
    {
        bool isPrivate = address >> 24 == 10 || address >> 20 == 0xac1 || address >> 16 == 0xc0a8;
        bool isUsable = address >> 24 is > 0 and < 224 and not 127 && address >> 16 != 0xa9fe;
        if (isUsable && !isPrivate)
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
