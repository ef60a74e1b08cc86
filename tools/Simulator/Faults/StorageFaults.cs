using Appliance.Simulator.Box;

namespace Appliance.Simulator.Faults;

/// <summary>What fails at the storage: <c>--fault-storage</c>.</summary>
internal sealed class StorageFaults
{
    private int _changesLeft = -1;
    private PowerCutException? _cut;

    /// <summary>There is no room: each write fails.</summary>
    public bool IsFull { get; set; }

    /// <summary>A cut write leaves half of the file; otherwise the file before.</summary>
    public bool IsTorn { get; set; }

    /// <summary>The power fails at this change of a file, counted from 1.</summary>
    public int CutAt
    {
        set => _changesLeft = value;
    }

    /// <summary>How many octets of a file are written: all, fewer when the power fails, -1 when there is no room.</summary>
    public int Written(int length)
    {
        ThrowIfOff();
        return IsFull ? -1 : --_changesLeft == 0 ? length / 2 : length;
    }

    /// <summary>The power fails: until it is back no file changes, whatever the program does with the exception.</summary>
    /// <param name="message">What it interrupted.</param>
    /// <returns>The exception to throw.</returns>
    public PowerCutException Cut(string message) => _cut = new PowerCutException(message);

    /// <summary>The power is back.</summary>
    public void Restore() => _cut = null;

    /// <summary>A file is deleted or renamed.</summary>
    /// <exception cref="PowerCutException">The power fails before it is.</exception>
    public void Step(string path)
    {
        ThrowIfOff();
        if (--_changesLeft == 0)
        {
            throw Cut($"{path}: the power failed before it was deleted, as --fault-storage asks");
        }
    }

    private void ThrowIfOff()
    {
        if (_cut != null)
        {
            throw _cut;
        }
    }
}
