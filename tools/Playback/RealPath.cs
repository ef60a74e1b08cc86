using System;
using System.IO;

namespace Appliance.Playback;

/// <summary>Where a path leads, so that two names of one file are known for it.</summary>
public static class RealPath
{
    // As many links as Linux follows.
    private const int MostLinks = 40;

    /// <summary>Compares what <see cref="Of"/> gives, as the usual file systems of this operating system do.</summary>
    public static StringComparer Comparer => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The whole path without symbolic links, whether something is there or not.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="IOException">Its links lead round in a circle.</exception>
    public static string Of(string path)
    {
        int links = 0;
        return Follow(Path.GetFullPath(path), ref links);
    }

    private static string Follow(string path, ref int links)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        string folder = Follow(parent, ref links);
        string here = Path.Combine(folder, Path.GetFileName(path));
        if (new FileInfo(here).LinkTarget is not { } target)
        {
            return here;
        }

        return ++links <= MostLinks ? Follow(Path.GetFullPath(target, folder), ref links)
            : throw new IOException("its symbolic links lead round in a circle");
    }
}
