using System;
using System.Collections.Generic;
using System.IO;
using Appliance.SignatureTool.Keys;

namespace Appliance.SignatureTool.Flashing;

/// <summary>The cable of a simulated box: a folder stands for its storage (tapsim replay --storage DIR).</summary>
/// <param name="folder">The folder.</param>
internal sealed class SimulatedCable(string folder) : IBoxCable
{
    /// <summary>Where the network's settings are left: a simulated box has the workstation's network.</summary>
    private const string NetworkFile = "network.json";

    /// <inheritdoc/>
    public string Name => folder;

    /// <inheritdoc/>
    public string? Ask(out IReadOnlyList<string> lines)
    {
        lines = [];
        return Problem();
    }

    /// <inheritdoc/>
    public string? Put(IReadOnlyList<BoxFile> files)
    {
        if (Problem() is { } problem)
        {
            return problem;
        }

        foreach (BoxFile file in files)
        {
            if (Put(PathOf(file.Path), file.Octets) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public string? Take(string path, out bool wasThere)
    {
        wasThere = false;
        string file = PathOf(path);
        try
        {
            wasThere = File.Exists(file);
            File.Delete(file);
            return Problem();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{file}: can't be deleted: {KeyFile.Reason(file, e)}";
        }
    }

    /// <inheritdoc/>
    public string? Set(NetworkSettings settings)
    {
        return Problem() ?? Put(PathOf(NetworkFile), System.Text.Encoding.UTF8.GetBytes(settings.DescriptionOf("simulated")));
    }

    private string PathOf(string path) => Path.Combine(folder, path.Replace('\\', Path.DirectorySeparatorChar));

    private string? Problem()
    {
        string inbox = Path.Combine(folder, Inbox.Folder);
        return File.Exists(folder) ? $"{folder}: is a file; the folder of the simulated device's storage is needed"
            : File.Exists(inbox) ? $"{inbox}: is a file where the inbox folder has to be; delete it"
            : !Directory.Exists(folder) ? $"{folder}: there is no such folder; tapsim replay --storage makes one, or mkdir does"
            : null;
    }

    private static string? Put(string target, byte[] octets)
    {
        string half = $"{target}.{Path.GetRandomFileName()}";
        try
        {
            // A device sees a file when it is closed, never half of one.
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(half, octets);
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
