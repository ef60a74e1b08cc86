using System.Collections.Generic;

namespace System.Device.Gpio;

/// <summary>Pins that a test can look at.</summary>
public class GpioController
{
    private static readonly Dictionary<int, PinValue> Levels = [];

    /// <summary>What was last written to a pin; low when nothing was. Not in nanoFramework.</summary>
    internal static PinValue LevelOf(int pin) => Levels.GetValueOrDefault(pin, PinValue.Low);

    public GpioPin OpenPin(int pinNumber, PinMode mode) => new(pinNumber);

    internal static void Set(int pin, PinValue value) => Levels[pin] = value;
}
