using System.Collections.Generic;
using Appliance.Firmware.Tables;

namespace Appliance.SignatureTool.Flashing;

/// <summary>Where a device looks for new tables: any file in that folder whose name ends in <c>.sigtab</c> is tried, then
/// deleted.</summary>
internal static class Inbox
{
    /// <summary>The folder's name.</summary>
    public const string Folder = TableStore.Inbox;

    /// <summary>The path that a table gets there, whatever it is called here: a device's file system has little room for
    /// names.</summary>
    public const string Table = Folder + @"\new" + TableStore.Ending;

    /// <summary>The path of a file of keys.</summary>
    public const string Keys = Folder + @"\new" + TableStore.KeyEnding;

    private const string Bell = Folder + @"\new" + TableStore.BellEnding;

    /// <summary>
    /// A device sees that a file came by what is free. One of up to 512 octets littlefs keeps in its folder, where it takes
    /// nothing; a file that is surely larger has to stand beside it.
    /// </summary>
    private const int LeastSeen = 1024;

    /// <summary>A table, and what else has to be there for a device to see it.</summary>
    /// <param name="table">The table.</param>
    /// <param name="source">Its file.</param>
    public static IEnumerable<BoxFile> FilesOf(byte[] table, string source)
    {
        yield return new BoxFile(Table, table, source);
        if (table.Length < LeastSeen)
        {
            yield return new BoxFile(Bell, new byte[LeastSeen]);
        }
    }
}
