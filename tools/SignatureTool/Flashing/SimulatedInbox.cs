using System;
using System.IO;
using Appliance.SignatureTool.Keys;

namespace Appliance.SignatureTool.Flashing;

/// <summary>The inbox of a simulated device.</summary>
internal static class SimulatedInbox
{
    /// <summary>Puts a table there.</summary>
    /// <param name="folder">What stands for the device's storage.</param>
    /// <param name="table">The table.</param>
    /// <returns>What went wrong; null when it is there.</returns>
    public static string? Put(string folder, byte[] table)
    {
        if (File.Exists(folder))
        {
            return $"{folder}: is a file; the folder of the simulated device's storage is needed";
        }

        if (File.Exists(Path.Combine(folder, Inbox.Folder)))
        {
            return $"{Path.Combine(folder, Inbox.Folder)}: is a file where the inbox folder has to be; delete it";
        }

        if (!Directory.Exists(folder))
        {
            return $"{folder}: there is no such folder; tapsim replay --storage makes one, or mkdir does";
        }

        string inbox = Path.Combine(folder, Inbox.Folder);
        string target = Path.Combine(inbox, Inbox.File);
        string half = $"{target}.{Path.GetRandomFileName()}";
        try
        {
            // A device sees a file when it is closed, never half of one.
            Directory.CreateDirectory(inbox);
            File.WriteAllBytes(half, table);
            File.Move(half, target, true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{target}: can't be written: {KeyFile.Reason(target, e)}";
        }
        finally
        {
            if (File.Exists(half))
            {
                File.Delete(half);
            }
        }
    }
}
