using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Tables;

/// <summary>What a loaded table takes of the device's heap, by the figures measured on its interpreter.</summary>
public static class TableMemory
{
    // An object is 12 octets and 12 for each field; an array 20 and its items (nanoFramework's CLR, CLR_RT_HeapBlock).
    private const int Object = 12;
    private const int Field = 12;
    private const int Array = 20;

    // Fields and arrays of SignatureTable and of SignatureIndex.
    private const int TableFields = 50;
    private const int TableArrays = 5;
    private const int IndexFields = 11;
    private const int IndexArrays = 8;

    // Numbers that the table keeps of each address list, two octets each.
    private const int ListNumbers = 4;

    /// <summary>Octets of heap that a table takes with its file and its index.</summary>
    /// <param name="table">A table that was accepted.</param>
    public static int OctetsOf(SignatureTable table)
    {
        byte[] file = table.Bytes;
        int lists = EntryOf(file, TableFormat.ListSection);
        int site = BigEndian.Read16(file, EntryOf(file, TableFormat.SiteSection) + 4);
        int home = BigEndian.Read16(file, site + TableFormat.SiteHome);
        int homeRanges = BigEndian.Read16(file, BigEndian.Read16(file, lists + 4) + (home * TableFormat.ListRecord) + 2);
        int ranges = BigEndian.Read16(file, EntryOf(file, TableFormat.Range4Section) + 2);
        return (2 * Object) + (Field * (TableFields + IndexFields)) + (Array * (TableArrays + IndexArrays)) + table.Length
            + (((2 * ranges) + homeRanges) * 4) + (BigEndian.Read16(file, lists + 2) * ListNumbers * 2) + OctetsOf(table.Index);
    }

    // The items of its arrays.
    private static int OctetsOf(SignatureIndex index)
    {
        return (index.Keys.Length * 4) + index.FlagsWanted.Length + ((index.Starts.Length + index.Entries.Length
            + index.TcpAlways.Length + index.UdpAlways.Length + index.IcmpAlways.Length + index.IpAlways.Length) * 2);
    }

    // Where the directory says of a section how many items it has (2), where it begins (2) and how long it is (2).
    private static int EntryOf(byte[] file, int section)
    {
        int at = TableFormat.DirectoryAt;
        while (BigEndian.Read16(file, at) != section)
        {
            at += TableFormat.DirectoryEntry;
        }

        return at;
    }
}
