using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Playback.Alerts;
using Appliance.Simulator.Report.Stories;
using Appliance.Simulator.Report.Words;

namespace Appliance.Simulator.Report.Pages;

/// <summary>Who lives in the networks of the boxes: a table, a map a /24, and the old protocols that are heard.</summary>
internal static class HostTable
{
    /// <summary>Hosts of a report: a person reads no more.</summary>
    private const int MostHosts = 300;

    private const int MostMaps = 12;

    // As the map colours them; everything else is a host.
    private static readonly string[] Coloured = ["pacs", "modality", "workstation"];

    /// <summary>The hosts, box by box.</summary>
    /// <param name="boxes">The boxes.</param>
    public static IReadOnlyList<HostRow> Rows(IEnumerable<BoxLog> boxes) =>
        [.. boxes.SelectMany(b => b.Residents.Hosts.Select(h => RowOf(b, h))).Take(MostHosts)];

    /// <summary>The old protocols that are heard, each with its stations.</summary>
    /// <param name="boxes">The boxes.</param>
    public static IReadOnlyList<LegacyRow> Legacy(IEnumerable<BoxLog> boxes) =>
        [.. boxes.SelectMany(b => b.Residents.Hosts).SelectMany(h => Words(h["legacy"]).Select(word => (Word: word, Host: h["address"])))
            .GroupBy(l => l.Word).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g =>
            {
                (string name, string meaning, string who) = LegacyWord.Of(g.Key);
                return new LegacyRow(name, Phrase.List([.. g.Select(l => l.Host).Distinct()], 8), meaning, who);
            })];

    /// <summary>A square a /24, coloured by role.</summary>
    /// <param name="boxes">The boxes.</param>
    public static IReadOnlyList<MapModel> Maps(IEnumerable<BoxLog> boxes)
    {
        var maps = new List<MapModel>();
        foreach (BoxLog box in boxes)
        {
            foreach (IGrouping<uint, (uint Address, AlertLine Host)> network in box.Residents.Hosts.Select(h => (Found: Network.TryRange(h["address"], out uint a, out _), Address: a, Host: h))
                .Where(h => h.Found).Select(h => (h.Address, h.Host)).GroupBy(h => h.Address >> 8).OrderBy(g => g.Key))
            {
                List<Cell> cells = [.. network.OrderBy(h => h.Address).Select(h => new Cell(Place(h.Address & 15), Place((h.Address >> 4) & 15),
                    Coloured.Contains(h.Host["role"]) ? h.Host["role"] : "host", $"{h.Host["address"]}: {h.Host["role"]} {h.Host["titles"]}".TrimEnd()))];
                string said = Phrase.List([.. network.GroupBy(h => h.Host["role"]).OrderByDescending(g => g.Count())
                    .Select(g => $"{g.Count()} {g.Key}")], 8);
                maps.Add(new MapModel(Network.Address(network.Key << 8) + "/24", box.Host, said, [], cells));
            }
        }

        return [.. maps.Take(MostMaps)];
    }

    private static HostRow RowOf(BoxLog box, AlertLine host)
    {
        string[] legacy = [.. Words(host["legacy"]).Select(word => LegacyWord.Of(word).Name)];
        string silent = host.Number("silent") > 0 ? $"{Phrase.Count(host.Number("silent"), "day")} ago" : "today";
        return new HostRow(box.Host, host["address"], host["mac"] == host["address"] ? "" : host["mac"], host["maker"], host["role"],
            Spaced(host["titles"]), Spaced(host["serves"]), Spaced(host["asks"]), string.Join(", ", legacy), Spaced(host["weak"]), silent);
    }

    private static string Place(uint n) => (n * 12).ToString(CultureInfo.InvariantCulture);

    private static string Spaced(string list) => list.Replace(",", ", ", StringComparison.Ordinal);

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
