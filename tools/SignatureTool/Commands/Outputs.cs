using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Appliance.Playback;

namespace Appliance.SignatureTool.Commands;

/// <summary>
/// The files that a command writes: none of them is an input, or a file of another kind, and either all are written or none. A
/// file that is replaced stays whole until the new one is.
/// </summary>
internal sealed class Outputs
{
    private readonly List<Output> _outputs = [];

    /// <summary>Adds a table.</summary>
    public Outputs Table(string path, byte[] octets)
    {
        return Add(path, octets, "table", "TAPS");
    }

    /// <summary>Adds a catalogue.</summary>
    /// <param name="name">Its files' name without <c>.json</c> and <c>.csv</c>.</param>
    /// <param name="catalogue">The catalogue.</param>
    public Outputs Words(string name, Catalogue catalogue)
    {
        return Add(name + ".json", Encoding.UTF8.GetBytes(catalogue.ToJson()), "catalogue", "[")
            .Add(name + ".csv", Encoding.UTF8.GetBytes(catalogue.ToCsv()), "catalogue", "gid,sid,");
    }

    /// <summary>Writes all of them, or says what is in the way and writes none.</summary>
    /// <param name="inputs">The files that the command read.</param>
    public bool TryWrite(IEnumerable<string> inputs)
    {
        var written = new List<(Output Output, string Half)>();
        try
        {
            if (!AreFree(inputs))
            {
                return false;
            }

            foreach (Output output in _outputs)
            {
                if (!Files.TryWrite(output.Path, () => written.Add((output, WriteBeside(output)))))
                {
                    return false;
                }
            }

            // The table goes last: a table without its catalogue would send an operator numbers that nobody can read.
            return Enumerable.Reverse(written).All(w => Files.TryWrite(w.Output.Path, () => File.Move(w.Half, w.Output.Place, true)));
        }
        finally
        {
            foreach ((_, string half) in written)
            {
                File.Delete(half);
            }
        }
    }

    private Outputs Add(string path, byte[] octets, string kind, string beginning)
    {
        _outputs.Add(new Output(path, octets, kind, beginning));
        return this;
    }

    private bool AreFree(IEnumerable<string> inputs)
    {
        var taken = new Dictionary<string, string>(RealPath.Comparer);
        foreach (string input in inputs)
        {
            taken.TryAdd(RealPath.Of(input), $"is also an input ({input}), which would be lost");
        }

        bool free = true;
        foreach (Output output in _outputs)
        {
            if (!Files.TryWrite(output.Path, () => output.Place = RealPath.Of(output.Path)))
            {
                return false;
            }

            if (!taken.TryAdd(output.Place, $"is also {output.Path}, another output"))
            {
                free = false;
                Files.Complain(output.Path, taken[output.Place] + "; name another file");
            }
            else if (Obstacle(output) is { } obstacle)
            {
                free = false;
                Files.Complain(output.Path, obstacle);
            }
        }

        return free;
    }

    // What is at the place already must be of the same kind, so that a slip of the finger costs nobody a key or a report.
    private static string? Obstacle(Output output)
    {
        if (Directory.Exists(output.Place))
        {
            return "can't be written: it is a folder";
        }

        if (!File.Exists(output.Place))
        {
            return null;
        }

        try
        {
            if (new FileInfo(output.Place).IsReadOnly)
            {
                return "can't be written: it is write-protected";
            }

            // An empty file is what mktemp makes. One of /dev only looks empty, and is not to be replaced; a pipe is not to be
            // waited for.
            bool isDevice = output.Place.StartsWith("/dev/", StringComparison.Ordinal)
                && !output.Place.StartsWith("/dev/shm/", StringComparison.Ordinal);
            if (new FileInfo(output.Place).Length == 0 && !isDevice)
            {
                return null;
            }

            using FileStream file = File.OpenRead(output.Place);
            byte[] octets = new byte[output.Beginning.Length];
            int read = file.ReadAtLeast(octets, octets.Length, false);
            return Encoding.Latin1.GetString(octets, 0, read) == output.Beginning ? null
                : $"is there already and is no {output.Kind} (it does not begin with '{output.Beginning}'); delete it first, or name "
                    + $"another file";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "can't be written: " + e.Message;
        }
    }

    private static string WriteBeside(Output output)
    {
        string half = $"{output.Place}.{Path.GetRandomFileName()}";
        FileStream file = new(half, FileMode.CreateNew, FileAccess.Write);
        try
        {
            using (file)
            {
                file.Write(output.Octets);
                file.Flush(true);
            }

            if (!OperatingSystem.IsWindows() && File.Exists(output.Place))
            {
                // A table that was closed to others stays so.
                File.SetUnixFileMode(half, File.GetUnixFileMode(output.Place));
            }

            return half;
        }
        catch
        {
            File.Delete(half);
            throw;
        }
    }

    private sealed record Output(string Path, byte[] Octets, string Kind, string Beginning)
    {
        // Behind symbolic links, which stay what they are.
        public string Place { get; set; } = Path;
    }
}
