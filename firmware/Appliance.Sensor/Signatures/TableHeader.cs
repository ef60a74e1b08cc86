using System;
using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Signatures;

/// <summary>Opens a table file: is it a whole table, of which version, and whose?</summary>
public sealed partial class SignatureTable
{
    // FNV-1a's prime and offset (draft-eastlake-fnv), over words of four octets.
    private const int ChecksumFactor = 0x01000193;
    private const uint ChecksumStart = 0x811c9dc5;

    // Brings high bits down after each product, which moves them up alone: else two damaged octets would hide each other once in
    // 256 times.
    private const int ChecksumShift = 15;

    /// <summary>
    /// Opens a table file: checks its header, length and checksum, and says whose it is. Nothing else of the file is looked at,
    /// so that a signature can be checked before anything that somebody else wrote is followed.
    /// </summary>
    /// <param name="file">The file's octets; kept, so they must not change afterwards.</param>
    /// <param name="length">How many of them are the file.</param>
    /// <returns>0, or a constant of <see cref="TableProblem"/>; after 0 flags, key, signature, sequence and build time can be
    /// read.</returns>
    public int Open(byte[] file, int length)
    {
        Forget();
        Bytes = file;
        Length = length;
        return CheckHeader();
    }

    /// <summary>
    /// The checksum that a file should state: made word by word of four octets, without the checksum and the signature place.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="end">Where the signature place begins.</param>
    public uint ChecksumOf(byte[] file, int end)
    {
        int sum = unchecked((int)ChecksumStart);
        for (int i = 0; i < TableFormat.ChecksumAt; i += 4)
        {
            sum = (sum ^ BitConverter.ToInt32(file, i)) * ChecksumFactor;
            sum ^= (int)((uint)sum >> ChecksumShift);
        }

        // A table has thousands of octets, and the interpreter pays for each turn of a loop: four words a turn. What is left
        // behind the last eight words goes octet by octet: the format.
        int at = TableFormat.ChecksumAt + 4;
        int last = at + ((end - at) & ~31);
        for (; at < last; at += 16)
        {
            sum = (sum ^ BitConverter.ToInt32(file, at)) * ChecksumFactor;
            sum ^= (int)((uint)sum >> ChecksumShift);
            sum = (sum ^ BitConverter.ToInt32(file, at + 4)) * ChecksumFactor;
            sum ^= (int)((uint)sum >> ChecksumShift);
            sum = (sum ^ BitConverter.ToInt32(file, at + 8)) * ChecksumFactor;
            sum ^= (int)((uint)sum >> ChecksumShift);
            sum = (sum ^ BitConverter.ToInt32(file, at + 12)) * ChecksumFactor;
            sum ^= (int)((uint)sum >> ChecksumShift);
        }

        for (; at < end; at++)
        {
            sum = (sum ^ file[at]) * ChecksumFactor;
            sum ^= (int)((uint)sum >> ChecksumShift);
        }

        return (uint)sum;
    }

    internal int U16(int at)
    {
        return (Bytes[at] << 8) | Bytes[at + 1];
    }

    internal int U32(int at)
    {
        return BigEndian.Read32(Bytes, at);
    }

    private int CheckHeader()
    {
        if (Length < TableFormat.DirectoryAt + TableFormat.SignaturePlace || Length > Bytes.Length
            || Length > TableFormat.MostOctets)
        {
            return TableProblem.Length;
        }

        if (U32(0) != TableFormat.Magic)
        {
            return TableProblem.Magic;
        }

        if (Bytes[TableFormat.VersionAt] != TableFormat.Version)
        {
            return TableProblem.Version;
        }

        int end = Length - TableFormat.SignaturePlace;
        if (U32(TableFormat.LengthAt) != Length || U16(TableFormat.SignatureLengthAt) != TableFormat.SignaturePlace)
        {
            return TableProblem.Length;
        }

        if ((uint)U32(TableFormat.ChecksumAt) != ChecksumOf(Bytes, end))
        {
            return TableProblem.Checksum;
        }

        Flags = Bytes[TableFormat.FlagsAt];
        bool signed = (Flags & TableFlags.Signed) != 0;
        if (Flags > TableFlags.All
            || (!signed && (!IsZero(TableFormat.KeyIdAt, TableFormat.KeyIdLength) || !IsZero(end, TableFormat.SignaturePlace))))
        {
            return TableProblem.Header;
        }

        Sequence = (uint)U32(TableFormat.SequenceAt);
        BuildTime = ((long)U32(TableFormat.BuildTimeAt) << 32) | (uint)U32(TableFormat.BuildTimeAt + 4);
        return TableProblem.None;
    }

    private bool IsZero(int at, int length)
    {
        int any = 0;
        for (int i = at; i < at + length; i++)
        {
            any |= Bytes[i];
        }

        return any == 0;
    }
}
