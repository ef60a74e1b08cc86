using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Keys;

namespace Appliance.SignatureTool.Commands;

/// <summary>Reads and writes the files that commands name; what goes wrong is said on standard error, as <c>file: error:
/// why</c>.</summary>
internal static class Files
{
    // No table has more; whoever names a capture by mistake need not wait.
    private const int MostOctets = 16 * 1024 * 1024;

    /// <summary>Says what is wrong with a file.</summary>
    public static int Complain(string path, string why)
    {
        Console.Error.WriteLine($"{path}: error: {why}");
        return ExitCode.Unusable;
    }

    /// <summary>Reads a file.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out byte[]? octets)
    {
        octets = null;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostOctets })
            {
                Complain(path, $"is no table: it has more than {MostOctets} octets");
                return false;
            }

            octets = File.ReadAllBytes(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Complain(path, "can't be read: " + KeyFile.Reason(path, e));
            return false;
        }
    }

    /// <summary>Reads a table that a box could use; signatures are not looked at.</summary>
    public static bool TryReadTable(string path, [NotNullWhen(true)] out SignatureTable? table)
    {
        table = null;
        if (!TryRead(path, out byte[]? octets))
        {
            return false;
        }

        int problem = TableFile.Load(octets, out SignatureTable loaded);
        if (problem != TableProblem.None)
        {
            Complain(path, TableDamage.Describe(octets, problem));
            return false;
        }

        table = loaded;
        return true;
    }

    /// <summary>Reads public keys.</summary>
    public static bool TryReadKeys(IEnumerable<string> paths, out List<PublicKey> keys)
    {
        keys = [];
        bool all = true;
        foreach (string path in paths)
        {
            if (KeyFile.TryReadPublic(path, out PublicKey? key, out string problem))
            {
                keys.Add(key);
            }
            else
            {
                Complain(path, problem);
                all = false;
            }
        }

        return all;
    }

    /// <summary>Writes.</summary>
    /// <param name="path">What is written, for the message.</param>
    /// <param name="write">Does it.</param>
    public static bool TryWrite(string path, Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string why = Directory.Exists(path) ? "it is a folder"
                : e is DirectoryNotFoundException ? "its folder does not exist"
                : e.Message;
            Complain(path, "can't be written: " + why);
            return false;
        }
    }
}
