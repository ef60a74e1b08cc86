using System;
using System.Runtime.InteropServices;

namespace Appliance.Simulator;

/// <summary>
/// An interrupt (Ctrl+C) or a service manager's request to end: what is open is closed and told. A second one ends the program at
/// once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly Action _stop;

    /// <summary>Begins to listen.</summary>
    /// <param name="stop">Ends the run; called on another thread.</param>
    public Interruption(Action stop)
    {
        _stop = stop;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Take);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take);
    }

    /// <summary>It came.</summary>
    public volatile bool HasCome;

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = !HasCome;
        HasCome = true;
        _stop();
    }
}
