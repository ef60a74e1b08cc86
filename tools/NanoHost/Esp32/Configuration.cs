using System;
using System.Collections.Generic;

namespace nanoFramework.Hardware.Esp32;

/// <summary>Which pins a function of the chip has. At the start as an ESP32's image has them.</summary>
public class Configuration
{
    private const int LastOutput = 33;

    private static readonly Dictionary<DeviceFunction, int> Pins = new()
    {
        [DeviceFunction.SPI1_MOSI] = 23,
        [DeviceFunction.SPI1_MISO] = 25,
        [DeviceFunction.SPI1_CLOCK] = 19,
    };

    public static void SetPinFunction(int pin, DeviceFunction function)
    {
        // The image refuses an output on a pin that has none.
        if (pin > LastOutput && function != DeviceFunction.SPI1_MISO)
        {
            throw new ArgumentException($"GPIO {pin} is no output");
        }

        Pins[function] = pin;
    }

    public static int GetFunctionPin(DeviceFunction function) => Pins[function];
}
