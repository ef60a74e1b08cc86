using System;
using System.Collections.Generic;

namespace nanoFramework.Hardware.Esp32;

/// <summary>Which pins a function of the chip has. At the start as an ESP32's image has them.</summary>
public class Configuration
{
    private const int LastOutput = 33;

    private static readonly Dictionary<DeviceFunction, int> Image = new()
    {
        [DeviceFunction.SPI1_MOSI] = 23,
        [DeviceFunction.SPI1_MISO] = 25,
        [DeviceFunction.SPI1_CLOCK] = 19,
        [DeviceFunction.I2C1_DATA] = 18,
        [DeviceFunction.I2C1_CLOCK] = 19,
        [DeviceFunction.I2C2_DATA] = 25,
        [DeviceFunction.I2C2_CLOCK] = 26,
        [DeviceFunction.COM1_TX] = 1,
        [DeviceFunction.COM1_RX] = 3,
        [DeviceFunction.COM1_RTS] = 22,
        [DeviceFunction.COM1_CTS] = 19,
    };

    private static Dictionary<DeviceFunction, int> pins = new(Image);

    /// <summary>All functions that have a pin. Not nanoFramework's.</summary>
    internal static IReadOnlyDictionary<DeviceFunction, int> Functions => pins;

    /// <summary>The image begins anew. Not nanoFramework's.</summary>
    internal static void Restart() => pins = new(Image);

    public static void SetPinFunction(int pin, DeviceFunction function)
    {
        // The image refuses an output on a pin that has none.
        if (pin > LastOutput && function is not (DeviceFunction.SPI1_MISO or DeviceFunction.COM1_CTS))
        {
            throw new ArgumentException($"GPIO {pin} is no output");
        }

        pins[function] = pin;
    }

    public static int GetFunctionPin(DeviceFunction function) => pins[function];
}
