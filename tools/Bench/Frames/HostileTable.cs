using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor.Signatures;

namespace Appliance.Bench.Frames;

/// <summary>
/// Tables that no compiler writes: every octet is allowed, and together they ask for as much work as can be asked for while a
/// table of the largest size is loaded. A box that takes longer than its watchdog waits would start again for ever.
/// </summary>
internal static class HostileTable
{
    /// <summary>Octets of a table that a box takes at most (firmware/Appliance.Firmware,
    /// <c>TapSettings.LargestTable</c>).</summary>
    public const int Octets = 20480;

    private const int Fixed = 40 + (8 * 11) + 10 + 6 + 34 + 64;

    /// <summary>Hundreds of signatures that take turns between two long programs of conditions.</summary>
    public static byte[] SharedConditions()
    {
        int signatures = 400;
        int program = (Octets - Fixed - Lists(1) - (signatures * TableFormat.SignatureRecord)) / 2;
        byte[] one = [.. Enumerable.Repeat(new byte[] { 2, 1, 250 }, (program - 1) / 3).SelectMany(c => c), 0];
        return Build(1, 1, [one, one], signatures, RuleProtocol.Ip, 0);
    }

    /// <summary>Hundreds of lists that share hundreds of ranges, each named by a signature.</summary>
    public static byte[] SharedRanges()
    {
        int lists = 400;
        int ranges = (Octets - Fixed - 40 - (lists * (TableFormat.ListRecord + TableFormat.SignatureRecord))) / TableFormat.Range4Record;
        return Build(lists, ranges, [[0]], lists, RuleProtocol.Tcp, 0);
    }

    /// <summary>Hundreds of signatures that take turns between two tests of TCP flags.</summary>
    public static byte[] TurnsOfFlags()
    {
        int signatures = (Octets - Fixed - Lists(1) - 10) / TableFormat.SignatureRecord;
        return Build(1, 1, [[1, 2, 1, 0, 0], [1, 2, 2, 0, 0]], signatures, RuleProtocol.Tcp, Traits.AsksFlags | Traits.BothWays);
    }

    private static int Lists(int count) => (count * TableFormat.ListRecord) + TableFormat.Range4Record + TableFormat.Range6Record;

    private static byte[] Build(int lists, int ranges, byte[][] programs, int signatures, int protocol, int traits)
    {
        // Range 0 is every address; those behind it ascend, and each list but the first holds all of them.
        var range4 = new List<byte>([0, 0, 0, 0, 255, 255, 255, 255]);
        var list = new List<byte>([0, 0, 0, 1, 0, 0, 0, 1]);
        for (int i = 1; i < ranges; i++)
        {
            range4.AddRange([10, (byte)(i >> 8), (byte)i, 0, 10, (byte)(i >> 8), (byte)i, 9]);
        }

        for (int i = 1; i < lists; i++)
        {
            list.AddRange([0, 1, .. U16(ranges - 1), 0, 0, 0, 0]);
        }

        byte[][] sections = [[], new byte[10], [5, .. "hours"u8], [.. list], [.. range4], [.. new byte[16], .. Enumerable.Repeat((byte)255, 16)], [],
            new byte[signatures * TableFormat.SignatureRecord], [.. programs.SelectMany(p => p)], [], [], new byte[34]];
        int[] items = [0, 1, 1, lists, ranges, 1, 0, signatures, programs.Length, 0, 0, 0];
        int[] at = new int[sections.Length];
        int next = TableFormat.DirectoryAt + ((sections.Length - 1) * TableFormat.DirectoryEntry);
        for (int s = 1; s < sections.Length; s++)
        {
            at[s] = next;
            next += sections[s].Length;
        }

        byte[] site = sections[TableFormat.SiteSection];
        site[2] = 2;
        for (int s = 0; s < signatures; s++)
        {
            byte[] record = [.. U16(0), .. U16(s + 1), 0, 1, 0, 1, (byte)protocol, (byte)traits, 0, 255, 0, 0, .. U16(s % lists), 0, 0, 0, 0,
                .. U16(at[TableFormat.ConditionSection] + programs.Take(s % programs.Length).Sum(p => p.Length)), .. U16(at[TableFormat.TextSection])];
            record.CopyTo(sections[TableFormat.SignatureSection], s * TableFormat.SignatureRecord);
        }

        byte[] file = new byte[next + TableFormat.SignaturePlace];
        BinaryPrimitives.WriteInt32BigEndian(file, TableFormat.Magic);
        file[TableFormat.VersionAt] = TableFormat.Version;
        U16(sections.Length - 1).CopyTo(file, TableFormat.SectionCountAt);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(TableFormat.LengthAt), file.Length);
        U16(TableFormat.SignaturePlace).CopyTo(file, TableFormat.SignatureLengthAt);
        for (int s = 1; s < sections.Length; s++)
        {
            byte[] entry = [.. U16(s), .. U16(items[s]), .. U16(at[s]), .. U16(sections[s].Length)];
            entry.CopyTo(file, TableFormat.DirectoryAt + ((s - 1) * TableFormat.DirectoryEntry));
            sections[s].CopyTo(file, at[s]);
        }

        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(TableFormat.ChecksumAt), new SignatureTable().ChecksumOf(file, next));
        return file;
    }

    private static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];
}
