using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.SignatureTool.Learning;

/// <summary>Groups and callers by what boxes' inventories say: the newest line of each host. Who is outside, who is told of and
/// not explained, and whom two boxes call by different names is left out, and listed with the reason.</summary>
internal sealed class InventoryFinder
{
    private static readonly string[] PartNames = ["serves", "asks", "titles"];

    private readonly List<(uint Host, AlertLine Line)> _hosts = [];
    private readonly SortedDictionary<uint, string> _leftOut = [];

    /// <summary>Sorts the hosts.</summary>
    /// <param name="hosts">The hosts' lines.</param>
    /// <param name="isHome">Whether an address is at home.</param>
    /// <param name="suspects">Sources of incidents that nobody explained, each with the reason.</param>
    public InventoryFinder(IReadOnlyCollection<AlertLine> hosts, Func<uint, bool> isHome, IReadOnlyDictionary<uint, string> suspects)
    {
        foreach (IGrouping<uint, (uint Host, AlertLine Line)> lines in hosts.Where(h => Words.NumberOf(h["address"]) is not null)
            .Select(h => (Host: Words.NumberOf(h["address"])!.Value, Line: h)).GroupBy(h => h.Host).OrderBy(g => g.Key))
        {
            // A box that only saw it is of no other opinion.
            IGrouping<string, AlertLine>[] roles = [.. lines.Select(l => l.Line).Where(l => l["role"] is not ("" or "host"))
                .GroupBy(l => l["role"])];
            string reason = !isHome(lines.Key) ? "it is outside home"
                : suspects.TryGetValue(lines.Key, out string? told) ? told
                : roles.Length > 1 ? string.Join(", ", roles.OrderBy(r => r.Key, StringComparer.Ordinal)
                    .Select(r => $"{string.Join(" and ", r.Select(l => l.HostName).Distinct().Order(StringComparer.Ordinal))} calls it {r.Key}"))
                    + ": two machines with one address, or one that does both; learn from one box's lines at a time"
                : "";
            if (reason.Length == 0)
            {
                _hosts.AddRange(lines);
            }
            else if (lines.Any(l => IsOfUse(l.Line)))
            {
                _leftOut[lines.Key] = reason;
            }
        }
    }

    /// <summary>The hosts that speak IPv4 and may be of a group.</summary>
    public IEnumerable<uint> Addresses => _hosts.Select(h => h.Host);

    /// <summary>Hosts that would be in a list, and why they are not.</summary>
    public IEnumerable<string> LeftOut => _leftOut.Select(h => $"{Words.Address(h.Key)} is in no list: {h.Value}");

    /// <summary>Finds the groups that have members, by the names that the shipped rules use.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<Member> Members)> Groups()
    {
        var groups = new List<(string Name, IReadOnlyList<Member> Members)>
        {
            ("DNS_SERVERS", Of(h => Has(h, "serves", "dns"))),
            ("PACS", Of(h => h["role"] == "pacs")),
            ("MODALITIES", Of(h => h["role"] == "modality")),
            ("HL7_SERVERS", Of(h => Has(h, "serves", "hl7"))),
        };
        groups.RemoveAll(g => g.Members.Count == 0);
        return groups;
    }

    /// <summary>Calling AE titles, each with the hosts that called by it.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<uint> Hosts)> Callers() =>
        [.. _hosts.Where(h => Has(h.Line, "asks", "dicom")).SelectMany(h => h.Line["titles"].Split(',').Select(t => (Title: t, h.Host)))
            .Where(c => c.Title.Length > 0).GroupBy(c => c.Title).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, (IReadOnlyList<uint>)[.. g.Select(c => c.Host).Distinct().Order()]))];

    private static bool IsOfUse(AlertLine host) => host["role"] is "pacs" or "modality" || Has(host, "serves", "dns")
        || Has(host, "serves", "hl7") || (Has(host, "asks", "dicom") && host["titles"].Length > 0);

    private IReadOnlyList<Member> Of(Func<AlertLine, bool> isOfGroup) =>
        [.. _hosts.Where(h => isOfGroup(h.Line)).Select(h => new Member(h.Host, Reason(h.Line)))];

    private static string Reason(AlertLine host) => "the box calls it " + host["role"] + string.Concat(PartNames
        .Where(name => host[name].Length > 0).Select(name => $"; {name} {host[name].Replace(",", ", ", StringComparison.Ordinal)}"));

    private static bool Has(AlertLine host, string name, string word) => host[name].Split(',').Contains(word);
}
