using Appliance.Firmware;

namespace Appliance.Simulator.Box;

/// <summary>The storage of a box that nobody gave one: it forgets.</summary>
internal sealed class MemoryStorage : IStorage
{
    private static readonly string[] None = [];

    /// <inheritdoc/>
    public bool Exists(string path) => false;

    /// <inheritdoc/>
    public long LengthOf(string path) => -1;

    /// <inheritdoc/>
    public int Read(string path, int from, byte[] into) => -1;

    /// <inheritdoc/>
    public bool Write(string path, byte[] head, byte[] body) => true;

    /// <inheritdoc/>
    public bool Delete(string path) => true;

    /// <inheritdoc/>
    public bool Move(string from, string to) => false;

    /// <inheritdoc/>
    public long Free() => 0;

    /// <inheritdoc/>
    public string[] List(string folder) => None;
}
