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

    /// <summary>The name of the image's target; empty when it was not said.</summary>
    public string TargetName { get; } = lines.Select(l => l.Trim()).FirstOrDefault(l => l.StartsWith(Target, StringComparison.Ordinal))?[Target.Length..].Trim() ?? "";

    /// <summary>The image has the hook, without which a board may transmit on its mirror port.</summary>
    public bool HasHook { get; } = Has(lines, "Appliance.MirrorPort v");

    /// <summary>The tap's program is deployed.</summary>
    public bool HasProgram { get; } = Has(lines, "Appliance.Firmware,");

    /// <summary>Why a table can't be for this box; null when it can.</summary>
    /// <param name="table">The table.</param>
    public string? ObstacleTo(SignatureTable table)
    {
        return !HasHook ? "its image has no native hook (Appliance.MirrorPort): it may transmit on the mirror port. Keep MIRROR unplugged, and flash the tap's image"
            : !HasProgram ? "the tap's program is not deployed on it (Appliance.Firmware)"
            : table.Board != BoardClass.Any && TargetName.Length > 0 && Board.Of(TargetName).Class != table.Board
            ? $"it is a {TargetName}, and the table was compiled for {TableText.BoardsOf(table.Board)}"
            : null;
    }

    private static bool Has(IEnumerable<string> lines, string beginning)
    {
        return lines.Any(l => l.Trim().StartsWith(beginning, StringComparison.Ordinal));
    }
}
