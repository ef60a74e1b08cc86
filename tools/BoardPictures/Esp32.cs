using System.Collections.Generic;

namespace Appliance.BoardPictures;

/// <summary>What the ESP32's pins can and can't do (ESP32 datasheet: pin definitions, strapping pins, IO_MUX table).</summary>
public static class Esp32
{
    /// <summary>The highest GPIO.</summary>
    public const int LastGpio = 39;

    /// <summary>TX_EN of the RMII bus.</summary>
    public const int TransmitEnable = 21;

    /// <summary>The RMII bus's pins, fixed by the IO MUX.</summary>
    public static readonly IReadOnlyDictionary<int, string> Rmii = new Dictionary<int, string>
    {
        [19] = "TXD0",
        [21] = "TX_EN",
        [22] = "TXD1",
        [25] = "RXD0",
        [26] = "RXD1",
        [27] = "CRS_DV",
    };

    /// <summary>Pins that decide about the start by their level at reset, and that level.</summary>
    public static readonly IReadOnlyDictionary<int, string> Straps = new Dictionary<int, string>
    {
        [0] = "high: start; low: download",
        [2] = "low for download",
        [5] = "high: SDIO timing",
        [12] = "low: flash of 3.3 V",
        [15] = "high: the ROM prints its log",
    };

    /// <summary>The console, by which the box is programmed.</summary>
    public static bool IsConsole(int gpio) => gpio is 1 or 3;

    /// <summary>Pins that the flash in the module takes.</summary>
    public static bool IsFlash(int gpio) => gpio is >= 6 and <= 11;

    /// <summary>Pins that external memory takes in a module that has it.</summary>
    public static bool IsPsram(int gpio) => gpio is 16 or 17;

    /// <summary>Pins without an output.</summary>
    public static bool IsInputOnly(int gpio) => gpio is >= 34 and <= 39;

    /// <summary>Numbers that are no pin of the chip.</summary>
    public static bool IsMissing(int gpio) => gpio is < 0 or > LastGpio or 20 or 24 or (>= 28 and <= 31);
}
