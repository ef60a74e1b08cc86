using System;
using nanoFramework.Hardware.Esp32;

namespace Appliance.Firmware.Device;

/// <summary>
/// The pins of the uplink's SPI bus, as the board's profile and its image's settings have them. The image's driver has its own
/// settings; what this is for is the first bus of managed code, which an ESP32's image puts on GPIO 23, 25 and 19: the mirror
/// port's MDC, RXD0 and TXD0.
/// </summary>
public sealed class UplinkPins
{
    /// <summary>Pin of the bus's clock.</summary>
    public readonly int Clock;

    /// <summary>Pin of what goes to the module.</summary>
    public readonly int Mosi;

    /// <summary>Pin of what comes from it.</summary>
    public readonly int Miso;

    private UplinkPins(int clock, int mosi, int miso)
    {
        Clock = clock;
        Mosi = mosi;
        Miso = miso;
    }

    /// <summary>The pins of the board that an image is for; null for a board that is not known.</summary>
    /// <param name="target">The name of the image's target.</param>
    public static UplinkPins? Of(string target)
    {
        switch (target)
        {
            case "ESP32_WT32_ETH01":
                return new UplinkPins(14, 17, 35);
            case "ESP32_OLIMEX":
            case "ESP32_OLIMEX_WROVER":
                return new UplinkPins(14, 13, 36);
            default:
                return null;
        }
    }

    /// <summary>Takes managed code's first SPI bus off the mirror port's pins, for good.</summary>
    /// <returns>False when the image refused.</returns>
    public bool Claim()
    {
        try
        {
            Configuration.SetPinFunction(Clock, DeviceFunction.SPI1_CLOCK);
            Configuration.SetPinFunction(Mosi, DeviceFunction.SPI1_MOSI);
            Configuration.SetPinFunction(Miso, DeviceFunction.SPI1_MISO);
            return true;
        }
        catch (Exception)
        {
            // The program opens no SPI bus, so that nothing is lost; it must not end for it.
            return false;
        }
    }
}
