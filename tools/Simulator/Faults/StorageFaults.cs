using Appliance.Simulator.Box;

namespace Appliance.Simulator.Faults;

/// <summary>What fails at the storage: <c>--fault-storage</c>.</summary>
internal sealed class StorageFaults
{
    private NamedFault? _full;
    private NamedFault? _power;
    private int _cutAt;
    private PowerCutException? _cut;

    /// <summary>A cut write leaves half of the file; otherwise the file before.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>Changes of files that the program has begun.</summary>
    public int Changes { get; private set; }

    /// <summary>There is no room: each write fails.</summary>
    public void Fill(NamedFault fault) => _full = fault;

    /// <summary>The power fails at a change of a file.</summary>
    /// <param name="change">Which one, counted from 1.</param>
    /// <param name="isTorn">A write leaves half of the file then; otherwise the file before.</param>
    /// <param name="fault">The fault.</param>
    public void CutAt(int change, bool isTorn, NamedFault fault)
    {
        _cutAt = change;
        IsTorn = isTorn;
        _power = fault;
    }

    /// <summary>How many octets of a file are written: all, fewer when the power fails, -1 when there is no room.</summary>
    public int Written(int length)
    {
        ThrowIfOff();
        return _full?.Strikes(0) == true ? -1 : IsCut() ? length / 2 : length;
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
        if (IsCut())
        {
            throw Cut($"{path}: the power failed before it was deleted, as --fault-storage asks");
        }
    }

    private bool IsCut() => ++Changes == _cutAt && _power!.Strikes(0);

    private void ThrowIfOff()
    {
        if (_cut != null)
        {
            throw _cut;
        }
    }
}
