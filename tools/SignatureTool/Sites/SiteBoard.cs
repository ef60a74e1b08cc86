using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Firmware.Device;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool.Sites;

/// <summary>The boards of hardware/boards that a profile may name, and what does not fit on which.</summary>
public static class SiteBoard
{
    private static readonly Dictionary<string, string> Targets = new(StringComparer.Ordinal)
    {
        ["wt32-eth01"] = "ESP32_WT32_ETH01",
        ["olimex-esp32-poe-iso"] = "ESP32_OLIMEX",
        ["olimex-esp32-poe-iso-wrover"] = "ESP32_OLIMEX_WROVER",
    };

    /// <summary>The boards' names.</summary>
    public static IEnumerable<string> Names => Targets.Keys.Order(StringComparer.Ordinal);

    /// <summary>There is such a board.</summary>
    public static bool IsKnown(string name) => Targets.ContainsKey(name);

    /// <summary>A constant of <see cref="BoardClass"/>.</summary>
    public static int ClassOf(string name) => Board.Of(Targets[name]).Class;

    /// <summary>The imaging eyes fit into its memory.</summary>
    public static bool HasImaging(string name) => Board.Of(Targets[name]).HasImaging;

    /// <summary>The memory of the class's boards has room for the imaging eyes; a workstation's, of no class, has.</summary>
    /// <param name="boardClass">A constant of <see cref="BoardClass"/>.</param>
    public static bool HasImaging(int boardClass) => boardClass == BoardClass.Any
        || Targets.Values.Select(Board.Of).Any(board => board.Class == boardClass && board.HasImaging);

    /// <summary>TLS fits into its memory.</summary>
    public static bool HasTls(string name) => Board.Of(Targets[name]).HasTls;
}
