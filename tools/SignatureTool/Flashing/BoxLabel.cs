using System;
using System.Globalization;
using System.Linq;
using System.Text;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool.Flashing;

/// <summary>What stands on a box: its name, as each of its lines begins, and what it was given.</summary>
internal static class BoxLabel
{
    private const int Width = 58;

    /// <summary>The label, in a frame of characters.</summary>
    /// <param name="goods">What the box was given.</param>
    /// <param name="day">The day.</param>
    /// <param name="isConfirmed">The box was seen to have taken it.</param>
    public static string Of(BoxGoods goods, DateOnly day, bool isConfirmed)
    {
        SignatureTable table = goods.Table;
        var reader = new TableReader(table);
        string[] lines =
        [
            goods.Name,
            .. isConfirmed ? Array.Empty<string>() : ["UNCONFIRMED: not seen that the box took what follows"],
            "passive network tap: it can't transmit on MIRROR",
            "site " + reader.Text(table.SiteNameAt),
            "collector " + (table.CollectorAt == 0 ? "none" : reader.Text(table.CollectorAt)),
            .. goods.Network.ToString().Split(", "),
            .. goods.Keys.Select((k, i) => string.Create(CultureInfo.InvariantCulture, $"key {i + 1}: {k.Id}")),
            string.Create(CultureInfo.InvariantCulture,
                $"provisioned {day:yyyy-MM-dd}, first table {table.Sequence}, hash {TableText.HashOf(table)}"),
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
