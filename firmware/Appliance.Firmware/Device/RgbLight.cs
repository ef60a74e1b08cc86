using System.Device.Gpio;
using Appliance.Firmware.Light;

namespace Appliance.Firmware.Device;

/// <summary>A light of three colours on three pins; a part lights when its pin is high.</summary>
public sealed class RgbLight : ILight
{
    private readonly GpioPin? _red;
    private readonly GpioPin? _green;
    private readonly GpioPin? _blue;

    /// <summary>Takes the pins.</summary>
    /// <param name="board">Names them.</param>
    public RgbLight(Board board)
    {
        if (board.Red == Board.None)
        {
            return;
        }

        var pins = new GpioController();
        _red = pins.OpenPin(board.Red, PinMode.Output);
        _green = pins.OpenPin(board.Green, PinMode.Output);
        _blue = pins.OpenPin(board.Blue, PinMode.Output);
    }

    /// <inheritdoc/>
    public bool Show(int colour)
    {
        if (_red == null || _green == null || _blue == null)
        {
            return false;
        }

        _red.Write((colour & Colour.Red) != 0 ? PinValue.High : PinValue.Low);
        _green.Write((colour & Colour.Green) != 0 ? PinValue.High : PinValue.Low);
        _blue.Write((colour & Colour.Blue) != 0 ? PinValue.High : PinValue.Low);
        return true;
    }
}
