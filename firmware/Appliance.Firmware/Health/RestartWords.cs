using Appliance.Sensor.Incidents;

namespace Appliance.Firmware.Health;

/// <summary>Why the box started, as a word.</summary>
public sealed class RestartWords
{
    private readonly byte[][] _words =
    {
        LineBuffer.Word("unknown"), LineBuffer.Word("power-on"), LineBuffer.Word("reset-pin"), LineBuffer.Word("software"),
        LineBuffer.Word("watchdog"), LineBuffer.Word("panic"), LineBuffer.Word("brownout"),
    };

    /// <summary>The word.</summary>
    /// <param name="reason">A constant of <see cref="RestartReason"/>.</param>
    public byte[] Of(int reason)
    {
        return _words[reason >= 0 && reason < _words.Length ? reason : RestartReason.Unknown];
    }
}
