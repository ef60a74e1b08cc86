using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Firmware.Device;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool.Flashing;

/// <summary>What a box says of itself over the cable, as nanoff prints it (nf-debugger, NanoFrameworkDeviceInfo).</summary>
/// <param name="lines">The lines.</param>
internal sealed class BoxDetails(IReadOnlyList<string> lines)
{
    private const string Target = "Target:";

    // All of Olimex's boards feed the RMII from the ESP32's PLL (hardware/boards).
    private const string ClockByPll = "ESP32_OLIMEX";

    /// <summary>The name of the image's target; empty when it was not said.</summary>
    public string TargetName { get; } = lines.Select(l => l.Trim()).FirstOrDefault(l =>
        l.StartsWith(Target, StringComparison.Ordinal))?[Target.Length..].Trim() ?? "";

    /// <summary>Version and checksum of the image's hook, without which a board may transmit on its mirror port; null when it has
    /// none.</summary>
    public string? Hook { get; } = Find(lines, HookOfImage.Name)?[HookOfImage.Name.Length..];

    /// <summary>The tap's program is deployed.</summary>
    public bool HasProgram { get; } = Find(lines, "Appliance.Firmware,") is not null;

    /// <summary>Why a box can't have a table and a network; null when it can.</summary>
    /// <param name="table">The table.</param>
    /// <param name="network">The network of its uplink.</param>
    public string? ObstacleTo(SignatureTable table, NetworkSettings network)
    {
        return Hook is null ? "its image has no native hook (Appliance.MirrorPort): it may transmit on the mirror port. Keep MIRROR "
            + "unplugged, and flash the tap's image"
            : !Hook.Equals(HookOfImage.Told, StringComparison.OrdinalIgnoreCase)
            ? $"its image's native hook is v{Hook}, and this sigtab belongs to v{HookOfImage.Told}: the program does not run on another. "
                + $"Keep MIRROR unplugged, and flash the image, or use the sigtab, of the same version"
            : !HasProgram ? "the tap's program is not deployed on it (Appliance.Firmware)"
            : table.Board != BoardClass.Any && TargetName.Length > 0 && Board.Of(TargetName).Class != table.Board
            ? $"it is a {TargetName}, and the table was compiled for {TableText.BoardsOf(table.Board)}"
            : network.Ssid is not null && TargetName.StartsWith(ClockByPll, StringComparison.Ordinal)
            ? $"it is a {TargetName}: its uplink is the W5500, and a Wi-Fi station that joins by itself disturbs the 50 MHz clock of its "
                + $"mirror port, which loses frames; give --network dhcp or static=..."
            : null;
    }

    private static string? Find(IEnumerable<string> lines, string beginning)
    {
        return lines.Select(l => l.Trim()).FirstOrDefault(l => l.StartsWith(beginning, StringComparison.Ordinal));
    }
}
