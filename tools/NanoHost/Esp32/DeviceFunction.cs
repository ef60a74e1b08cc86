namespace nanoFramework.Hardware.Esp32;

/// <summary>What a pin may be given to.</summary>
public enum DeviceFunction
{
    SPI1_MOSI = 65792,
    SPI1_MISO = 65793,
    SPI1_CLOCK = 65794,
}
