namespace System.Device.Gpio
{
    public enum PinMode
    {
        Output = 3,
    }

    public struct PinValue
    {
        public static PinValue High => throw null;

        public static PinValue Low => throw null;
    }

    public class GpioPin
    {
        public void Write(PinValue value) => throw null;
    }

    public class GpioController
    {
        public GpioPin OpenPin(int pinNumber, PinMode mode) => throw null;
    }
}
