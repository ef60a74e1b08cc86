using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Rules;

namespace Appliance.SignatureTool;

/// <summary>What changed between two tables: header, site and signatures, a line each; + is new, - is gone, ~ is otherwise
/// now.</summary>
internal static class TableDifference
{
    // The same change in so many rules comes from a variable.
    private const int Many = 3;

    /// <summary>The lines; none when both say the same.</summary>
    /// <param name="old">The old table.</param>
    /// <param name="fresh">The new table.</param>
    public static IReadOnlyList<string> Of(SignatureTable old, SignatureTable fresh)
    {
        var lines = new List<string>();
        var before = new TableReader(old);
        var after = new TableReader(fresh);
        Header(old, before, fresh, after, lines);
        Named(lines, "group",
            before.Groups().Select(g => (g.Name, $"{TableText.Addresses(g.Members)}, criticality {g.Criticality}")),
            after.Groups().Select(g => (g.Name, $"{TableText.Addresses(g.Members)}, criticality {g.Criticality}")));
        Named(lines, "expected", before.Explanations().Select(TableText.Explanation), after.Explanations().Select(TableText.Explanation));
        Named(lines, "serves", before.Services().Select(TableText.Service), after.Services().Select(TableText.Service));
        Named(lines, "caller", before.Callers().Select(TableText.Caller), after.Callers().Select(TableText.Caller));
        Signatures(before, after, lines);
        return lines;
    }

    private static void Header(SignatureTable old, TableReader before, SignatureTable fresh, TableReader after, List<string> lines)
    {
        void Compare(string what, string one, string other)
        {
            if (one != other)
            {
                lines.Add($"~ {what}: {Or(one)} -> {Or(other)}");
            }
        }

        Compare("sequence", Number(old.Sequence), Number(fresh.Sequence));
        Compare("signed by", KeyOf(old, before), KeyOf(fresh, after));
        Compare("rehome", YesNo(old.Flags & TableFlags.Rehome), YesNo(fresh.Flags & TableFlags.Rehome));
        Compare("force-dry-run", YesNo(old.Flags & TableFlags.ForceDryRun), YesNo(fresh.Flags & TableFlags.ForceDryRun));
        Compare("test-alert", YesNo(old.Flags & TableFlags.TestAlert), YesNo(fresh.Flags & TableFlags.TestAlert));
        Compare("retires", string.Join(", ", before.Retired()), string.Join(", ", after.Retired()));
        Compare("brings keys", string.Join(", ", before.Trusted().Select(k => k.Id)), string.Join(", ", after.Trusted().Select(k => k.Id)));
        Compare("made for", TableText.BoardsOf(old.Board), TableText.BoardsOf(fresh.Board));
        Compare("age", TableAge.TextOf(old.LastDay), TableAge.TextOf(fresh.LastDay));
        Compare("site", before.Text(old.SiteNameAt), after.Text(fresh.SiteNameAt));
        Compare("tag", before.Text(old.TagAt), after.Text(fresh.TagAt));
        Compare("enterprise number", Number(old.Enterprise), Number(fresh.Enterprise));
        Compare("home", TableText.Addresses(before.Home()), TableText.Addresses(after.Home()));
        Compare("criticality of a home address", Number(old.HomeCriticality), Number(fresh.HomeCriticality));
        Compare("countermeasures", Number(old.Countermeasures), Number(fresh.Countermeasures));
        Compare("collector", before.Text(old.CollectorAt), after.Text(fresh.CollectorAt));
        Compare("authority (SHA-256)", Fingerprint(before), Fingerprint(after));
        Compare("clock", before.Text(old.ClockServerAt), after.Text(fresh.ClockServerAt));
        InterestFlags(before.InterestFlags(), after.InterestFlags(), lines);
        InterestPorts(before.InterestPorts(), after.InterestPorts(), lines);
        Compare("interest, one sign of life in", Number(old.InterestRate), Number(fresh.InterestRate));
        lines.AddRange(before.Openings().Except(after.Openings()).Select(o => "- opening, " + o));
        lines.AddRange(after.Openings().Except(before.Openings()).Select(o => "+ opening, " + o));
    }

    // TCP segments that the hook keeps, by their flags in the words of a rule: what comes and goes is told, not the whole.
    private static void InterestFlags(IReadOnlyList<int> old, IReadOnlyList<int> fresh, List<string> lines)
    {
        int[] come = [.. fresh.Except(old)];
        int[] gone = [.. old.Except(fresh)];
        if (come.Length + gone.Length > 0)
        {
            lines.Add("~ interest, flags:" + (gone.Length == 0 ? "" : " without " + TableText.FlagsInWords(gone))
                + (come.Length == 0 ? "" : " with " + TableText.FlagsInWords(come)));
        }
    }

    // The mask holds the ports of all rules: what comes and goes is told, not the whole.
    private static void InterestPorts(IReadOnlyList<(int Low, int High)> old, IReadOnlyList<(int Low, int High)> fresh, List<string> lines)
    {
        IReadOnlyList<(int, int)> come = Less(fresh, old);
        IReadOnlyList<(int, int)> gone = Less(old, fresh);
        if (come.Count + gone.Count > 0)
        {
            lines.Add("~ interest, ports:" + (gone.Count == 0 ? "" : " without " + TableText.Ports(new PortSet(gone)))
                + (come.Count == 0 ? "" : " with " + TableText.Ports(new PortSet(come))));
        }
    }

    private static List<(int Low, int High)> Less(IReadOnlyList<(int Low, int High)> ports, IReadOnlyList<(int Low, int High)> others)
    {
        var left = new List<(int Low, int High)>();
        foreach (int port in ports.SelectMany(r => Enumerable.Range(r.Low, r.High - r.Low + 1)).Where(p =>
            !others.Any(o => o.Low <= p && p <= o.High)))
        {
            if (left.Count > 0 && left[^1].High == port - 1)
            {
                left[^1] = (left[^1].Low, port);
            }
            else
            {
                left.Add((port, port));
            }
        }

        return left;
    }

    private static void Named(List<string> lines, string what, IEnumerable<(string Name, string Text)> old,
        IEnumerable<(string Name, string Text)> fresh)
    {
        List<(string Name, string Text)> gone = [.. old];
        List<(string Name, string Text)> come = [.. fresh];
        foreach ((string, string) same in gone.Intersect(come).ToList())
        {
            gone.Remove(same);
            come.Remove(same);
        }

        foreach ((string name, string text) in gone)
        {
            int other = come.FindIndex(c => c.Name == name);
            lines.Add(other < 0 ? $"- {what} '{name}': {text}" : $"~ {what} '{name}': {text} -> {come[other].Text}");
            if (other >= 0)
            {
                come.RemoveAt(other);
            }
        }

        lines.AddRange(come.Select(c => $"+ {what} '{c.Name}': {c.Text}"));
    }

    private static void Signatures(TableReader before, TableReader after, List<string> lines)
    {
        IReadOnlyList<TableSignature> fresh = after.Signatures();
        Dictionary<(int, int), TableSignature> known = fresh.ToDictionary(s => (s.Gid, s.Sid));
        var gone = new List<string>();
        var changed = new List<(TableSignature Now, List<Change> Changes)>();
        foreach (TableSignature one in before.Signatures())
        {
            if (known.Remove((one.Gid, one.Sid), out TableSignature? other))
            {
                changed.Add((other, [.. Changes(one, other)]));
            }
            else
            {
                gone.Add("- " + TableText.RuleOf(one));
            }
        }

        lines.AddRange(TakeCommon(changed));
        lines.AddRange(changed.Where(c => c.Changes.Count > 0).Select(c =>
            $"~ {IdOf(c.Now)} '{c.Now.Name}': {string.Join("; ", c.Changes)}"));
        lines.AddRange(gone);
        lines.AddRange(fresh.Where(s => known.ContainsKey((s.Gid, s.Sid))).Select(s => "+ " + TableText.RuleOf(s)));
    }

    // What a variable or the home network changed in many rules alike is said once, so that what changed in a rule by itself
    // stands out.
    private static List<string> TakeCommon(List<(TableSignature Now, List<Change> Changes)> changed)
    {
        var common = changed.SelectMany(c => c.Changes.Select(change => (change, c.Now))).GroupBy(c => c.change, c => c.Now)
            .Where(rules => rules.Key.IsOfVariables && rules.Count() >= Many).ToList();
        foreach ((_, List<Change> changes) in changed)
        {
            changes.RemoveAll(change => common.Any(c => c.Key == change));
        }

        return [.. common.Select(rules => string.Create(CultureInfo.InvariantCulture,
            $"~ {rules.Key} in {rules.Count()} rules: {string.Join(", ", rules.Select(IdOf))}"))];
    }

    private static IEnumerable<Change> Changes(TableSignature one, TableSignature other)
    {
        Change[] parts =
        [
            new("name", one.Name, other.Name),
            new("rev", Number(one.Rev), Number(other.Rev)),
            new("protocol", TableText.ProtocolOf(one), TableText.ProtocolOf(other)),
            new("source", TableText.Addresses(one.Source), TableText.Addresses(other.Source), true),
            new("source ports", TableText.Ports(one.SourcePorts), TableText.Ports(other.SourcePorts), true),
            new("direction", TableText.ArrowOf(one), TableText.ArrowOf(other)),
            new("destination", TableText.Addresses(one.Destination), TableText.Addresses(other.Destination), true),
            new("destination ports", TableText.Ports(one.DestinationPorts), TableText.Ports(other.DestinationPorts), true),
            new("priority", Number(one.Lethality), Number(other.Lethality)),
            new("suspect", YesNo(one.Traits & Traits.Suspect), YesNo(other.Traits & Traits.Suspect)),
            new("restricted service", YesNo(one.Traits & Traits.RestrictedService), YesNo(other.Traits & Traits.RestrictedService)),
            new("conversation", TableText.ConversationOf(one), TableText.ConversationOf(other)),
            new("conditions", TableText.Options(one.Conditions), TableText.Options(other.Conditions)),
        ];
        return parts.Where(p => p.Old != p.New);
    }

    private static string IdOf(TableSignature signature)
    {
        return string.Create(CultureInfo.InvariantCulture, $"{signature.Gid}:{signature.Sid}");
    }

    private static string KeyOf(SignatureTable table, TableReader reader)
    {
        return table.KeyIdAt == 0 ? "" : reader.Key(table.KeyIdAt).ToString();
    }

    private static string Fingerprint(TableReader reader)
    {
        byte[] authority = reader.Authority();
        return authority.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(authority));
    }

    private static string Number(long number)
    {
        return number.ToString(CultureInfo.InvariantCulture);
    }

    private static string YesNo(int bit)
    {
        return bit == 0 ? "no" : "yes";
    }

    private static string Or(string text)
    {
        return text.Length == 0 ? "none" : text;
    }

    /// <summary>What is otherwise now in a rule.</summary>
    private sealed record Change(string What, string Old, string New, bool IsOfVariables = false)
    {
        public override string ToString() => $"{What} {Or(Old)} -> {Or(New)}";
    }
}
