using System.Collections.Generic;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.SignatureTool.Learning;

/// <summary>Groups and callers by what a box's inventory says: the newest line of each host.</summary>
/// <param name="hosts">The hosts' lines.</param>
internal sealed class InventoryFinder(IReadOnlyCollection<AlertLine> hosts)
{
    private static readonly string[] PartNames = ["serves", "asks", "titles"];

    /// <summary>The hosts that speak IPv4.</summary>
    public IEnumerable<uint> Addresses => hosts.Select(h => Words.NumberOf(h["address"])).OfType<uint>();

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
        [.. hosts.Where(h => Has(h, "asks", "dicom")).SelectMany(h => h["titles"].Split(',').Select(t => (Title: t, Host: Words.NumberOf(h["address"]))))
            .Where(c => c.Title.Length > 0 && c.Host is not null).GroupBy(c => c.Title).OrderBy(g => g.Key, System.StringComparer.Ordinal)
            .Select(g => (g.Key, (IReadOnlyList<uint>)[.. g.Select(c => c.Host!.Value).Distinct().Order()]))];

    private IReadOnlyList<Member> Of(System.Func<AlertLine, bool> isOfGroup) =>
        [.. hosts.Where(isOfGroup).Select(h => (Host: Words.NumberOf(h["address"]), Line: h)).Where(h => h.Host is not null)
            .OrderBy(h => h.Host).Select(h => new Member(h.Host!.Value, Reason(h.Line)))];

    private static string Reason(AlertLine host) => "the box calls it " + host["role"] + string.Concat(PartNames
        .Where(name => host[name].Length > 0).Select(name => $"; {name} {host[name].Replace(",", ", ", System.StringComparison.Ordinal)}"));

    private static bool Has(AlertLine host, string name, string word) => host[name].Split(',').Contains(word);
}
