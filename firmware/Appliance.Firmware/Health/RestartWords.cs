using Appliance.Firmware.Messages;

namespace Appliance.Firmware.Health;

/// <summary>Why the box started, as a word.</summary>
public static class RestartWords
{
    /// <summary>The word.</summary>
    /// <param name="reason">A constant of <see cref="RestartReason"/>.</param>
    /// <returns>A constant of <see cref="MessageWord"/>.</returns>
    public static int Of(int reason)
    {
        return reason > RestartReason.Unknown && reason <= RestartReason.Brownout ? MessageWord.Unknown + reason : MessageWord.Unknown;
    }
}
