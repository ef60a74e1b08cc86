namespace Appliance.MirrorPort;

/// <summary>Why the chip started, as <see cref="MirrorHook.ResetReason"/> tells it.</summary>
public static class ResetCause
{
    /// <summary>The chip can't tell.</summary>
    public const int Unknown = 0;

    /// <summary>Power came on.</summary>
    public const int PowerOn = 1;

    /// <summary>The reset pin or button, or a debugger.</summary>
    public const int External = 2;

    /// <summary>Software asked for it, such as a new deployment.</summary>
    public const int Software = 3;

    /// <summary>Native code crashed.</summary>
    public const int Panic = 4;

    /// <summary>The task watchdog: the loop did not feed it.</summary>
    public const int TaskWatchdog = 5;

    /// <summary>Another watchdog: interrupts were off too long, or the system did not start.</summary>
    public const int OtherWatchdog = 6;

    /// <summary>The supply voltage fell too low: a weak power supply.</summary>
    public const int Brownout = 7;

    /// <summary>Woken from deep sleep, which this box never enters.</summary>
    public const int DeepSleep = 8;
}
