namespace System.Device.Gpio;

/// <summary>How a pin is used.</summary>
public enum PinMode
{
    Output = 3,
}
