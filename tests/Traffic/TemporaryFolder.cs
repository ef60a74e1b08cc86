using System;
using System.IO;

namespace Appliance.Traffic;

/// <summary>A folder for one test, gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tap-").FullName;

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file into it.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, byte[] octets)
    {
        System.IO.File.WriteAllBytes(File(name), octets);
        return File(name);
    }

    /// <summary>Writes a pcap file into it, its frames in the order of time.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, Capture capture)
    {
        using (FileStream stream = System.IO.File.Create(File(name)))
        {
            PcapFile.Write(stream, Capture.Merge(capture));
        }

        return File(name);
    }

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
    }
}
