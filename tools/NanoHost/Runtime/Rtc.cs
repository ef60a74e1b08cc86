using System;

namespace nanoFramework.Runtime.Native;

/// <summary>The clock of the chip, which goes on through a restart.</summary>
public static class Rtc
{
    /// <summary>What was last set, for tests; a workstation's own clock is left alone. Not in nanoFramework.</summary>
    internal static DateTime LastSet { get; private set; }

    public static bool SetSystemTime(DateTime newTime)
    {
        LastSet = newTime;
        return true;
    }
}
