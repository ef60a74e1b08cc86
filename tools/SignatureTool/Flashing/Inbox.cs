using Appliance.Firmware.Tables;

namespace Appliance.SignatureTool.Flashing;

/// <summary>Where a device looks for new tables: any file in that folder whose name ends in <c>.sigtab</c> is tried, then deleted.</summary>
internal static class Inbox
{
    /// <summary>The folder's name.</summary>
    public const string Folder = TableStore.Inbox;

    /// <summary>The name that a table gets there, whatever it is called here: a device's file system has little room for names.</summary>
    public const string File = "new.sigtab";

    /// <summary>The whole path on a device.</summary>
    public const string DevicePath = @"I:\" + Folder + @"\" + File;
}
