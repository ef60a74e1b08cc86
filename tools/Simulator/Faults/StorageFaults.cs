using Appliance.Simulator.Box;

namespace Appliance.Simulator.Faults;

/// <summary>What fails at the storage: <c>--fault-storage</c>.</summary>
internal sealed class StorageFaults
{
    private int _changesLeft = -1;

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
    public int Written(int length) => IsFull ? -1 : --_changesLeft == 0 ? length / 2 : length;

    /// <summary>A file is deleted or renamed.</summary>
    /// <exception cref="PowerCutException">The power fails before it is.</exception>
    public void Step(string path)
    {
        if (--_changesLeft == 0)
        {
            throw new PowerCutException($"{path}: the power failed before it was deleted, as --fault-storage asks");
        }
    }
}
