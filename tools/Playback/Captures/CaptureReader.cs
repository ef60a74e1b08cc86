using System;
using System.Buffers.Binary;

namespace Appliance.Playback.Captures;

/// <summary>
/// The packets of one capture, one after the other. What <see cref="Read"/> found stands in public fields, and the octets in the
/// input's own buffer: a million packets a second leave no time for an object each.
/// </summary>
public abstract class CaptureReader : IDisposable
{
    /// <summary>Octets that no capture of a network exceeds in one packet (libpcap's MAXIMUM_SNAPLEN): more is damage.</summary>
    public const int LongestPacket = 256 * 1024;

    /// <summary>Holds the packet's octets until the next <see cref="Read"/>.</summary>
    public byte[] Buffer = [];

    /// <summary>Where the packet begins in <see cref="Buffer"/>.</summary>
    public int At;

    /// <summary>Octets of it that were captured, without a frame check sequence.</summary>
    public int Captured;

    /// <summary>Octets that the wire carried, without a frame check sequence; at least <see cref="Captured"/>.</summary>
    public int WireLength;

    /// <summary>When it was captured: microseconds since 1970, UTC.</summary>
    public long Time;

    /// <summary>Packets passed so far, those of <see cref="Skipped"/> included.</summary>
    public long Number;

    /// <summary>Packets left out because their interface is not Ethernet.</summary>
    public long Skipped;

    private protected CaptureReader(CaptureInput input)
    {
        Input = input;
    }

    /// <summary>Set when the file ended in the middle of a packet: a sentence for the user.</summary>
    public string? Truncation { get; private protected set; }

    /// <summary>Set when something other than packets had to be left out: a sentence for the user.</summary>
    public string? Note { get; private protected set; }

    /// <summary>Of the interfaces that are not Ethernet, the first: its link type and name; null when there is none.</summary>
    public string? OtherLinkType { get; private protected set; }

    /// <summary>What messages call the file.</summary>
    public string Name => Input.Name;

    private protected CaptureInput Input { get; }

    /// <summary>Opens a capture of either format; its first octets tell which.</summary>
    /// <param name="path">A file, or "-" for standard input.</param>
    /// <exception cref="CaptureException">It can't be read, is no capture, or no capture of Ethernet.</exception>
    public static CaptureReader Open(string path) => Open(CaptureInput.Open(path));

    /// <summary>Opens the beginning of standard input, which is replayed all the same.</summary>
    /// <exception cref="CaptureException">It is no capture, or no capture of Ethernet.</exception>
    internal static CaptureReader OpenHead() => Open(CaptureInput.Of("standard input", StandardInput.Instance.Head()));

    /// <summary>Whether a file is a capture, by its first octets.</summary>
    /// <param name="head">The octets; fewer than four are none.</param>
    public static bool IsCapture(ReadOnlySpan<byte> head) => BinaryPrimitives.TryReadUInt32BigEndian(head, out uint magic)
        && (magic == PcapngReader.SectionHeader || PcapReader.IsMagic(magic));

    private static CaptureReader Open(CaptureInput input)
    {
        try
        {
            if (!input.Has(4))
            {
                throw new CaptureException(input.End == 0
                    ? $"{input.Name}: is empty; a pcap or pcapng capture was expected"
                    : $"{input.Name}: has {input.End} octets only; a pcap or pcapng capture was expected");
            }

            uint magic = input.Number(0, bigEndian: true);
            if (magic == PcapngReader.SectionHeader)
            {
                return new PcapngReader(input);
            }

            return PcapReader.TryOpen(input, magic)
                ?? throw new CaptureException($"{input.Name}: is not a pcap or pcapng capture: it begins with octets {magic:x8}");
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>Moves to the next Ethernet packet.</summary>
    /// <returns>False at the end, also where the file ends in the middle of a packet (see <see cref="Truncation"/>).</returns>
    /// <exception cref="CaptureException">The file is damaged here, or none of its interfaces is Ethernet.</exception>
    public abstract bool Read();

    /// <inheritdoc/>
    public void Dispose()
    {
        Input.Dispose();
    }
}
