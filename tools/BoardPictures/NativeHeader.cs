using System.Globalization;

namespace Appliance.BoardPictures;

/// <summary>MirrorBoard.h: what the native hook has to know of the board.</summary>
public static class NativeHeader
{
    /// <summary>Makes the header.</summary>
    /// <param name="profile">The board.</param>
    /// <returns>Its text.</returns>
    public static string Make(BoardProfile profile)
    {
        int clockOut = profile.Clock.Direction == "out" ? profile.Clock.Gpio : -1;
        return string.Create(CultureInfo.InvariantCulture, $"""
            #pragma once

            // {profile.Name}. Made from board.toml by tools/BoardPictures; don't edit.
            #define MIRROR_PHY_ADDRESS {profile.Phy.Address}
            #define MIRROR_PHY_ENABLE_GPIO ({profile.Phy.Enable})
            #define MIRROR_MDC_GPIO {profile.Phy.Mdc}
            #define MIRROR_MDIO_GPIO {profile.Phy.Mdio}

            // The GPIO that puts the RMII clock out; -1: it comes in by GPIO 0.
            #define MIRROR_CLOCK_OUT_GPIO ({clockOut})

            """);
    }
}
