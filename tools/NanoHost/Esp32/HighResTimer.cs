using System.Diagnostics;

namespace nanoFramework.Hardware.Esp32;

/// <summary>The chip's clock of microseconds, which ESP-IDF stamps frames with.</summary>
public class HighResTimer
{
    public static ulong GetCurrent() => (ulong)(Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000));
}
