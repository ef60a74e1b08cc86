using System;
using System.Buffers.Binary;
using System.IO;

namespace Appliance.Traffic;

/// <summary>Writes captures as files: classic pcap and pcapng, in either byte order.</summary>
public static class PcapFile
{
    private const int Ethernet = 1;

    /// <summary>Snapshot length written into headers; nothing of ours is cut.</summary>
    private const int SnapLength = 65535;

    /// <summary>Writes a classic pcap file (draft-ietf-opsawg-pcap).</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="capture">The frames.</param>
    /// <param name="isBigEndian">Byte order of the headers.</param>
    /// <param name="isNanosecond">The variant with nanoseconds in its stamps.</param>
    public static void Write(Stream stream, Capture capture, bool isBigEndian = false, bool isNanosecond = false)
    {
        var writer = new Fields(stream, isBigEndian);
        writer.U32(isNanosecond ? 0xa1b23c4d : 0xa1b2c3d4);
        writer.U16(2);
        writer.U16(4);
        writer.U32(0);
        writer.U32(0);
        writer.U32(SnapLength);
        writer.U32(Ethernet);
        foreach (TimedFrame frame in capture.Frames)
        {
            writer.U32((uint)(frame.Time / Capture.Second));
            writer.U32((uint)(frame.Time % Capture.Second) * (isNanosecond ? 1000u : 1u));
            writer.U32((uint)frame.Bytes.Length);
            writer.U32((uint)frame.WireLength);
            stream.Write(frame.Bytes);
        }
    }

    /// <summary>
    /// Reads a classic pcap file of this machine's byte order and microseconds, as tcpdump and this class write it.
    /// </summary>
    /// <param name="stream">From where.</param>
    /// <param name="isEnd">Whether a frame says that those before it are all; null reads to the end of the stream.</param>
    /// <returns>The frames, cut as they are in the file.</returns>
    /// <exception cref="InvalidDataException">It is another format.</exception>
    public static Capture Read(Stream stream, Predicate<byte[]>? isEnd = null)
    {
        const uint Magic = 0xa1b2c3d4;
        byte[] header = new byte[24];
        stream.ReadExactly(header);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(20)) != Ethernet)
        {
            throw new InvalidDataException("no little-endian pcap file of Ethernet frames and microseconds");
        }

        var capture = new Capture();
        byte[] record = new byte[16];
        while (stream.ReadAtLeast(record, record.Length, throwOnEndOfStream: false) == record.Length)
        {
            byte[] frame = new byte[BinaryPrimitives.ReadInt32LittleEndian(record.AsSpan(8))];
            stream.ReadExactly(frame);
            if (isEnd is not null && isEnd(frame))
            {
                break;
            }

            long time = (BinaryPrimitives.ReadUInt32LittleEndian(record) * Capture.Second)
                + BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(4));
            capture.Frames.Add(new TimedFrame(time, frame) { Uncut = BinaryPrimitives.ReadInt32LittleEndian(record.AsSpan(12)) });
        }

        return capture;
    }

    /// <summary>Reads a file; see the other one.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The frames.</returns>
    public static Capture Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream);
    }

    /// <summary>Writes a pcapng file (draft-ietf-opsawg-pcapng): a section, one interface, enhanced packet blocks.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="capture">The frames.</param>
    /// <param name="isBigEndian">Byte order of the blocks.</param>
    /// <param name="isNanosecond">Stamps count nanoseconds; microseconds otherwise, the default of the format.</param>
    public static void WriteNg(Stream stream, Capture capture, bool isBigEndian = false, bool isNanosecond = false)
    {
        var writer = new Fields(stream, isBigEndian);
        writer.U32(0x0a0d0d0a);
        writer.U32(28);
        writer.U32(0x1a2b3c4d);
        writer.U16(1);
        writer.U16(0);
        writer.U32(0xffffffff);
        writer.U32(0xffffffff);
        writer.U32(28);

        uint interfaceLength = isNanosecond ? 32u : 20u;
        writer.U32(1);
        writer.U32(interfaceLength);
        writer.U16(Ethernet);
        writer.U16(0);
        writer.U32(SnapLength);
        if (isNanosecond)
        {
            // Option if_tsresol: one octet, 9 for 10^-9 s, padded to four; then the end of options.
            writer.U16(9);
            writer.U16(1);
            stream.Write([9, 0, 0, 0]);
            writer.U32(0);
        }

        writer.U32(interfaceLength);
        foreach (TimedFrame frame in capture.Frames)
        {
            ulong stamp = (ulong)frame.Time * (isNanosecond ? 1000ul : 1ul);
            int padding = -frame.Bytes.Length & 3;
            uint length = (uint)(32 + frame.Bytes.Length + padding);
            writer.U32(6);
            writer.U32(length);
            writer.U32(0);
            writer.U32((uint)(stamp >> 32));
            writer.U32((uint)stamp);
            writer.U32((uint)frame.Bytes.Length);
            writer.U32((uint)frame.WireLength);
            stream.Write(frame.Bytes);
            stream.Write(new byte[padding]);
            writer.U32(length);
        }
    }

    private readonly struct Fields(Stream stream, bool isBigEndian)
    {
        public void U16(int value)
        {
            byte[] octets = new byte[2];
            if (isBigEndian)
            {
                BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)value);
            }
            else
            {
                BinaryPrimitives.WriteUInt16LittleEndian(octets, (ushort)value);
            }

            stream.Write(octets);
        }

        public void U32(uint value)
        {
            byte[] octets = new byte[4];
            if (isBigEndian)
            {
                BinaryPrimitives.WriteUInt32BigEndian(octets, value);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(octets, value);
            }

            stream.Write(octets);
        }
    }
}
