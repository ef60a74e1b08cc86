namespace System.Device.Gpio;

/// <summary>A pin.</summary>
public class GpioPin
{
    private readonly int _number;

    internal GpioPin(int number) => _number = number;

    public void Write(PinValue value) => GpioController.Set(_number, value);
}
