using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Appliance.SignatureTool.Learning;

/// <summary>A proposed profile as TOML, each entry with its reason in a comment.</summary>
internal static class ProposalText
{
    private const int Columns = 120;

    /// <summary>A profile.</summary>
    /// <param name="name">The site's name.</param>
    /// <param name="head">What the reader should know first, a comment each.</param>
    /// <param name="home">The home networks, each with its reason.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="decisions">What became of each incident.</param>
    /// <param name="untold">Entries of habits of which nobody was told: as comments.</param>
    /// <param name="callers">Calling AE titles of DICOM; null for none.</param>
    public static string Profile(string name, IEnumerable<string> head, IReadOnlyList<(string Network, string Reason)> home,
        IReadOnlyList<(string Name, IReadOnlyList<Member> Members)> groups, IReadOnlyList<Decision> decisions,
        IReadOnlyList<Entry> untold, IReadOnlyList<(string Title, IReadOnlyList<uint> Hosts)>? callers = null)
    {
        var text = new StringBuilder();
        foreach (string line in head)
        {
            Comment(text, line);
        }

        text.Append("\n[site]\nname = \"").Append(name).Append("\"\n");
        foreach ((string network, string reason) in home)
        {
            Comment(text, $"{network}: {reason}");
        }

        text.Append("home = [").AppendJoin(", ", home.Select(h => $"\"{h.Network}\"")).Append("]\n\n[groups]\n");
        foreach ((string group, IReadOnlyList<Member> members) in groups)
        {
            // Members with one reason stand together.
            foreach (IGrouping<string, Member> alike in members.GroupBy(m => m.Reason))
            {
                string hosts = Words.Toml(alike.Select(m => m.Host)).Trim('[', ']').Replace("\"", "", System.StringComparison.Ordinal);
                Comment(text, $"{hosts}: {alike.Key}");
            }

            text.Append(group).Append(" = ").Append(Words.Toml(members.Select(m => m.Host))).Append('\n');
        }

        if (groups.Count == 0)
        {
            Comment(text, "nothing that names a group was seen");
        }

        if (callers is { Count: > 0 })
        {
            text.Append('\n');
            Comment(text, "These called by DICOM and were accepted; with this list, whoever is not in it is told.");
            text.Append("[imaging.dicom]\n");
            foreach ((string title, IReadOnlyList<uint> hosts) in callers)
            {
                text.Append('"').Append(title).Append("\" = ").Append(Words.Toml(hosts)).Append('\n');
            }
        }

        foreach (IGrouping<string, Entry> alike in decisions.Select(d => d.Entry).OfType<Entry>().GroupBy(Key))
        {
            text.Append('\n');
            Write(text, alike.First() with { Reasons = [.. alike.SelectMany(e => e.Reasons).Distinct()] });
        }

        if (untold.Count > 0)
        {
            text.Append('\n');
            Comment(text, "Habits of which nobody was told, so that nothing has to explain them. With some more hosts each would be a "
                + "sweep. A patient intruder may be among them: take the # away only before what you know.");
            foreach (Entry entry in untold)
            {
                var lines = new StringBuilder();
                Write(lines, entry);
                text.Append("#\n").Append("# ").AppendJoin("\n# ", lines.ToString().TrimEnd('\n').Split('\n')).Append('\n');
            }
        }

        Decision[] refused = [.. decisions.Where(d => d.Entry is null)];
        if (refused.Length > 0)
        {
            text.Append('\n');
            Comment(text, "Told, and not proposed (sigtab expect LINES --id N writes the entry of one that you know to be benign):");
            foreach (Decision decision in refused)
            {
                Comment(text, $"- {decision.Told.Text}. Why not: {decision.Reason}.");
            }
        }

        return text.ToString();
    }

    /// <summary>One entry.</summary>
    public static void Write(StringBuilder text, Entry entry)
    {
        foreach (string reason in entry.Reasons)
        {
            Comment(text, reason);
        }

        text.Append(entry.IsService ? "[[serves]]\n" : "[[expected]]\n");
        foreach ((string key, string value) in entry.Keys)
        {
            text.Append(key).Append(" = ").Append(value).Append('\n');
        }
    }

    private static string Key(Entry entry) => string.Join('\n', entry.Keys.Where(k => k.Key != "name").Select(k => $"{k.Key}={k.Value}"));

    private static void Comment(StringBuilder text, string line)
    {
        string rest = line;
        string indent = "# ";
        while (rest.Length > Columns)
        {
            int cut = rest.LastIndexOf(' ', Columns);
            cut = cut <= 0 ? Columns : cut;
            text.Append(indent).Append(rest[..cut]).Append('\n');
            rest = rest[cut..].TrimStart();
            indent = "#   ";
        }

        text.Append(indent).Append(rest).Append('\n');
    }
}
