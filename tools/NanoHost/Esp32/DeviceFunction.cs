namespace nanoFramework.Hardware.Esp32;

/// <summary>What a pin may be given to.</summary>
public enum DeviceFunction
{
    SPI1_MOSI = 65792,
    SPI1_MISO = 65793,
    SPI1_CLOCK = 65794,
    I2C1_DATA = 131328,
    I2C1_CLOCK = 131329,
    I2C2_DATA = 131584,
    I2C2_CLOCK = 131585,
    COM1_TX = 196864,
    COM1_RX = 196865,
    COM1_RTS = 196866,
    COM1_CTS = 196867,
}
