using System.Collections.Generic;

namespace Appliance.BoardPictures;

/// <summary>The colour of each wire, the same wherever it is drawn.</summary>
public static class WireColours
{
    private const string Power = "#b45309";
    private const string Ground = "#374151";

    // Wires of signals: apart from each other also for those who see colours differently (Okabe and Ito).
    private static readonly string[] Signals = ["#0072b2", "#cc79a7", "#009e73", "#d55e00", "#56b4e9", "#7b61ff"];

    /// <summary>The colours of a board's wires.</summary>
    /// <param name="profile">The board.</param>
    public static IReadOnlyDictionary<WireProfile, string> Of(BoardProfile profile)
    {
        var colours = new Dictionary<WireProfile, string>();
        int signal = 0;
        foreach (DeviceProfile device in profile.Devices)
        {
            foreach (WireProfile wire in device.Wires)
            {
                colours[wire] = wire.Direction == "power" ? PinUse.NetOf(profile, wire) == "GND" ? Ground : Power
                    : device.Kind == "light" ? LightColour(wire.Signal)
                    : Signals[signal++ % Signals.Length];
            }
        }

        return colours;
    }

    private static string LightColour(string signal) => signal switch
    {
        "red" => "#c62828",
        "green" => "#2e7d32",
        _ => "#1565c0",
    };
}
