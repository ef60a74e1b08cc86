using System.Collections.Generic;

namespace Appliance.SignatureTool.Flashing;

/// <summary>A file for a box's storage.</summary>
/// <param name="Path">Its path on the box below <c>I:\</c>, folders with <c>\</c>.</param>
/// <param name="Octets">What is in it.</param>
/// <param name="Source">The file here that has these octets; null when there is none.</param>
internal sealed record BoxFile(string Path, byte[] Octets, string? Source = null);

/// <summary>What can be done over the cable of a box: its files can be written and deleted, not read, and its network can be
/// set.</summary>
internal interface IBoxCable
{
    /// <summary>What is at the other end, in words.</summary>
    string Name { get; }

    /// <summary>Asks what runs on the box.</summary>
    /// <param name="lines">What it answered.</param>
    /// <returns>What went wrong; null when it answered.</returns>
    string? Ask(out IReadOnlyList<string> lines);

    /// <summary>Writes files, in their order.</summary>
    /// <param name="files">The files.</param>
    /// <returns>What went wrong; null when all are there.</returns>
    string? Put(IReadOnlyList<BoxFile> files);

    /// <summary>Deletes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wasThere">It was there.</param>
    /// <returns>What went wrong; null when it is known whether it was there.</returns>
    string? Take(string path, out bool wasThere);

    /// <summary>Sets the network of the uplink; it counts from the box's next start on.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>What went wrong; null when the box has them.</returns>
    string? Set(NetworkSettings settings);
}
