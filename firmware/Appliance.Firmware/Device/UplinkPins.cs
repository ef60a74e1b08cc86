using System;
using nanoFramework.Hardware.Esp32;

namespace Appliance.Firmware.Device;

/// <summary>
/// The pins of the uplink's SPI bus, as the board's profile and its image's settings have them. The image's driver has its own
/// settings; what this is for are the functions of managed code which an ESP32's image lays on the mirror port's pins unless it
/// is told otherwise: whoever opens one of them by mistake disturbs the uplink then, and never the mirror.
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

    /// <summary>
    /// Takes each function of managed code that begins on a pin of the mirror port off it, for good: SPI1 (MDC, RXD0, TXD0), I2C1
    /// (MDIO, TXD0), I2C2 (RXD0, RXD1) and the handshake of COM1 (TXD1, TXD0), whose data pins are the cable's.
    /// </summary>
    /// <returns>False when the image refused one.</returns>
    public bool Claim()
    {
        bool isClaimed = Move(Clock, DeviceFunction.SPI1_CLOCK);
        isClaimed &= Move(Mosi, DeviceFunction.SPI1_MOSI);
        isClaimed &= Move(Miso, DeviceFunction.SPI1_MISO);
        isClaimed &= Move(Clock, DeviceFunction.I2C1_CLOCK);
        isClaimed &= Move(Mosi, DeviceFunction.I2C1_DATA);
        isClaimed &= Move(Clock, DeviceFunction.I2C2_CLOCK);
        isClaimed &= Move(Mosi, DeviceFunction.I2C2_DATA);
        isClaimed &= Move(Mosi, DeviceFunction.COM1_RTS);
        isClaimed &= Move(Miso, DeviceFunction.COM1_CTS);
        return isClaimed;
    }

    private static bool Move(int pin, DeviceFunction function)
    {
        try
        {
            Configuration.SetPinFunction(pin, function);
            return Configuration.GetFunctionPin(function) == pin;
        }
        catch (Exception)
        {
            // The program opens none of them, so that nothing is lost; it must not end for it.
            return false;
        }
    }
}
