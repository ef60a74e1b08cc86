using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Appliance.Playback.Captures;

/// <summary>
/// The classic capture file of libpcap (draft-ietf-opsawg-pcap): either byte order, micro- or nanoseconds, and the longer packet
/// header of A. Kuznetzov's libpcap that old Linux systems wrote.
/// </summary>
internal sealed class PcapReader : CaptureReader
{
    private const uint Microseconds = 0xa1b2c3d4;
    private const uint Nanoseconds = 0xa1b23c4d;
    private const uint Kuznetzov = 0xa1b2cd34;

    private const int FileHeaderLength = 24;
    private const int VersionAt = 4;
    private const int LinkTypeAt = 20;
    private const int PacketHeaderLength = 16;
    private const int KuznetzovHeaderLength = 24;

    /// <summary>Bit of the link type field: the upper four bits give the frame check sequence's length in units of two
    /// octets.</summary>
    private const uint CheckSequenceKnown = 1 << 26;

    private readonly bool _bigEndian;
    private readonly bool _nanoseconds;
    private readonly int _headerLength;
    private readonly int _checkSequence;

    private PcapReader(CaptureInput input, bool bigEndian, uint magic)
        : base(input)
    {
        _bigEndian = bigEndian;
        _nanoseconds = magic == Nanoseconds;
        _headerLength = magic == Kuznetzov ? KuznetzovHeaderLength : PacketHeaderLength;
        if (!input.Has(FileHeaderLength))
        {
            throw new CaptureException($"{input.Name}: ends within the pcap file header, at offset {input.End} of {FileHeaderLength}");
        }

        int version = input.Short(VersionAt, bigEndian);
        if (version != 2)
        {
            throw new CaptureException($"{input.Name}: is a pcap capture of version {version} (offset {VersionAt}); 2 was expected");
        }

        uint linkType = input.Number(LinkTypeAt, bigEndian);
        if ((linkType & 0xffff) != LinkType.Ethernet)
        {
            throw new CaptureException(LinkType.Refusal(input.Name, (int)(linkType & 0xffff)));
        }

        _checkSequence = (linkType & CheckSequenceKnown) != 0 ? (int)(linkType >> 28) * 2 : 0;
        input.At = FileHeaderLength;
    }

    /// <summary>Opens the file if its first four octets are those of a pcap capture.</summary>
    /// <param name="input">Stands at the file's first octet.</param>
    /// <param name="magic">The first four octets, read as a number in network byte order.</param>
    public static PcapReader? TryOpen(CaptureInput input, uint magic)
    {
        if (IsBigEndian(magic))
        {
            return new PcapReader(input, bigEndian: true, magic);
        }

        return IsMagic(magic) ? new PcapReader(input, bigEndian: false, BinaryPrimitives.ReverseEndianness(magic)) : null;
    }

    /// <summary>Whether four octets are those with which a pcap capture begins, in either byte order.</summary>
    /// <param name="magic">The octets, read as a number in network byte order.</param>
    public static bool IsMagic(uint magic) => IsBigEndian(magic) || IsBigEndian(BinaryPrimitives.ReverseEndianness(magic));

    private static bool IsBigEndian(uint magic) => magic is Microseconds or Nanoseconds or Kuznetzov;

    /// <inheritdoc/>
    public override bool Read()
    {
        CaptureInput input = Input;
        if (!input.Has(_headerLength))
        {
            if (input.End > input.At)
            {
                Truncation = $"{Name}: ends in the middle of packet {Number + 1}, within its header at offset {input.Position}; "
                    + $"replayed up to there";
            }

            return false;
        }

        ReadOnlySpan<uint> header = MemoryMarshal.Cast<byte, uint>(input.Buffer.AsSpan(input.At, 16));
        uint seconds = header[0];
        uint fraction = header[1];
        uint captured = header[2];
        uint wireLength = header[3];
        if (_bigEndian == BitConverter.IsLittleEndian)
        {
            seconds = BinaryPrimitives.ReverseEndianness(seconds);
            fraction = BinaryPrimitives.ReverseEndianness(fraction);
            captured = BinaryPrimitives.ReverseEndianness(captured);
            wireLength = BinaryPrimitives.ReverseEndianness(wireLength);
        }

        if (captured > LongestPacket)
        {
            throw new CaptureException($"{Name}: is damaged at offset {input.Position}: packet {Number + 1} claims {captured} octets, "
                + $"more than the {LongestPacket} that a capture can hold; replayed up to there");
        }

        if (!input.Has(_headerLength + (int)captured))
        {
            Truncation = $"{Name}: ends in the middle of packet {Number + 1} at offset {input.Position}: "
                + $"{input.End - input.At - _headerLength} of its {captured} octets are there; replayed up to there";
            return false;
        }

        Number++;
        Buffer = input.Buffer;
        At = input.At + _headerLength;
        input.At = At + (int)captured;
        Time = (seconds * 1_000_000L) + (_nanoseconds ? fraction / 1000 : fraction);
        long wire = Math.Max(wireLength, captured);
        WireLength = (int)Math.Min(wire, int.MaxValue);
        Captured = (int)captured;
        if (_checkSequence != 0)
        {
            WireLength = Math.Max(0, WireLength - _checkSequence);
            Captured = Math.Min(Captured, WireLength);
        }

        return true;
    }
}
