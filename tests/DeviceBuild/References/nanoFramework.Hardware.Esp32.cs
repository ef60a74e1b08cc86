namespace nanoFramework.Hardware.Esp32
{
    public enum DeviceFunction
    {
        SPI1_MOSI = 65792,
        SPI1_MISO = 65793,
        SPI1_CLOCK = 65794,
        I2C1_DATA = 131328,
        I2C1_CLOCK = 131329,
        I2C2_DATA = 131584,
        I2C2_CLOCK = 131585,
        COM1_RTS = 196866,
        COM1_CTS = 196867,
    }

    public class Configuration
    {
        public static void SetPinFunction(int pin, DeviceFunction function) => throw null;

        public static int GetFunctionPin(DeviceFunction function) => throw null;
    }

    public class HighResTimer
    {
        public static ulong GetCurrent() => throw null;
    }

    public class NativeMemory
    {
        public enum MemoryType
        {
            All = 0,
            Internal = 1,
            SpiRam = 2,
        }

        public static void GetMemoryInfo(
            MemoryType memType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock) => throw null;
    }
}
