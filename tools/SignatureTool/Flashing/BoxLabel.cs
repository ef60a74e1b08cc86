using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Keys;

namespace Appliance.SignatureTool.Flashing;

/// <summary>What stands on a box: its name, as each of its lines begins, and what it was given.</summary>
internal static class BoxLabel
{
    private const int Width = 58;

    /// <summary>The label, in a frame of characters.</summary>
    /// <param name="name">The box's name.</param>
    /// <param name="table">Its first table.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="network">Its network.</param>
    /// <param name="day">The day.</param>
    public static string Of(string name, SignatureTable table, IReadOnlyList<PublicKey> keys, NetworkSettings network, DateOnly day)
    {
        var reader = new TableReader(table);
        string[] lines =
        [
            name,
            "passive network tap: it can't transmit on MIRROR",
            "site " + reader.Text(table.SiteNameAt),
            "collector " + (table.CollectorAt == 0 ? "none" : reader.Text(table.CollectorAt)),
            .. network.ToString().Split(", "),
            .. keys.Select((k, i) => string.Create(CultureInfo.InvariantCulture, $"key {i + 1}: {k.Id}")),
            string.Create(CultureInfo.InvariantCulture, $"provisioned {day:yyyy-MM-dd}, first table {table.Sequence}, hash {TableText.HashOf(table)}"),
            "pulling the MIRROR cable harms nobody",
        ];
        var text = new StringBuilder();
        string edge = "+" + new string('-', Width + 2) + "+\n";
        text.Append(edge);
        foreach (string line in lines.SelectMany(l => l.Chunk(Width).Select(c => new string(c))))
        {
            text.Append("| ").Append(line.PadRight(Width)).Append(" |\n");
        }

        return text.Append(edge).ToString();
    }
}
