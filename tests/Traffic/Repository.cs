using System;
using System.IO;

namespace Appliance.Traffic;

/// <summary>Where the files of the repository are that tests read.</summary>
public static class Repository
{
    private static readonly Lazy<string> LazyRoot = new(FindRoot);

    /// <summary>The folder that holds Appliance.sln.</summary>
    public static string Root => LazyRoot.Value;

    /// <summary>A path in the repository.</summary>
    /// <param name="parts">Folders and file name below the root.</param>
    /// <returns>The full path.</returns>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Appliance.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} holds Appliance.sln");
    }
}
