using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;

namespace Appliance.Bench.Traffic;

/// <summary>Writes frames as a classic pcap file: little-endian, microseconds, Ethernet (draft-ietf-opsawg-pcap).</summary>
internal static class PcapWriter
{
    /// <summary>2023-11-14 22:13:20 UTC: a start that is the same at every run.</summary>
    public const long Start = 1_700_000_000;

    private const int RecordHeader = 16;

    /// <summary>Writes a file anew.</summary>
    /// <param name="path">The file.</param>
    /// <param name="frames">Microseconds since the start, and the frame.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Write(string path, IEnumerable<(long Time, byte[] Frame)> frames)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        stream.Write([0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 1, 0, 0, 0]);
        byte[] header = new byte[RecordHeader];
        foreach ((long time, byte[] frame) in frames)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)(Start + (time / 1_000_000)));
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), (uint)(time % 1_000_000));
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), (uint)frame.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), (uint)frame.Length);
            stream.Write(header);
            stream.Write(frame);
        }
    }
}
