using System;
using System.IO;

namespace Appliance.Playback;

/// <summary>Sentences for what went wrong with a file: which, where it was looked for, and why.</summary>
public static class Problem
{
    /// <summary>Says why a path can't be read or written.</summary>
    /// <param name="path">As the user gave it.</param>
    /// <param name="exception">What the system answered.</param>
    public static string Describe(string path, Exception exception) => exception switch
    {
        FileNotFoundException => $"{path}: there is no such file{LookedIn(path)}",
        DirectoryNotFoundException => $"{path}: there is no such folder{LookedIn(path)}",
        UnauthorizedAccessException when Directory.Exists(path) => $"{path}: is a folder, not a file",
        UnauthorizedAccessException => $"{path}: permission denied",
        _ => $"{path}: {exception.Message}",
    };

    private static string LookedIn(string path)
    {
        return Path.IsPathRooted(path) ? string.Empty : $" (in {Directory.GetCurrentDirectory()})";
    }
}
