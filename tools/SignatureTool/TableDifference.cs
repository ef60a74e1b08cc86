using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Rules;

namespace Appliance.SignatureTool;

/// <summary>What changed between two tables: header, site and signatures, a line each; + is new, - is gone, ~ is otherwise now.</summary>
internal static class TableDifference
{
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
        Compare("retires", string.Join(", ", before.Retired()), string.Join(", ", after.Retired()));
        Compare("site", before.Text(old.SiteNameAt), after.Text(fresh.SiteNameAt));
        Compare("home", TableText.Addresses(before.Home()), TableText.Addresses(after.Home()));
        Compare("criticality of a home address", Number(old.HomeCriticality), Number(fresh.HomeCriticality));
        Compare("countermeasures", Number(old.Countermeasures), Number(fresh.Countermeasures));
        Compare("collector", before.Text(old.CollectorAt), after.Text(fresh.CollectorAt));
        Compare("authority (SHA-256)", Fingerprint(before), Fingerprint(after));
        Compare("clock", before.Text(old.ClockServerAt), after.Text(fresh.ClockServerAt));
        Compare("interest, flags", Flags(before), Flags(after));
        Compare("interest, ports", TableText.Ports(new PortSet(before.InterestPorts())), TableText.Ports(new PortSet(after.InterestPorts())));
        Compare("interest, one sign of life in", Number(old.InterestRate), Number(fresh.InterestRate));
    }

    private static void Named(List<string> lines, string what, IEnumerable<(string Name, string Text)> old, IEnumerable<(string Name, string Text)> fresh)
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
        IReadOnlyList<TableSignature> old = before.Signatures();
        IReadOnlyList<TableSignature> fresh = after.Signatures();
        Dictionary<(int, int), TableSignature> known = fresh.ToDictionary(s => (s.Gid, s.Sid));
        foreach (TableSignature one in old)
        {
            if (!known.Remove((one.Gid, one.Sid), out TableSignature? other))
            {
                lines.Add("- " + TableText.RuleOf(one));
                continue;
            }

            string[] changes = [.. Changes(one, other)];
            if (changes.Length > 0)
            {
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"~ {one.Gid}:{one.Sid} '{other.Name}': {string.Join("; ", changes)}"));
            }
        }

        lines.AddRange(fresh.Where(s => known.ContainsKey((s.Gid, s.Sid))).Select(s => "+ " + TableText.RuleOf(s)));
    }

    private static IEnumerable<string> Changes(TableSignature one, TableSignature other)
    {
        (string What, string Old, string New)[] parts =
        [
            ("name", one.Name, other.Name),
            ("rev", Number(one.Rev), Number(other.Rev)),
            ("protocol", TableText.ProtocolOf(one), TableText.ProtocolOf(other)),
            ("source", TableText.Addresses(one.Source), TableText.Addresses(other.Source)),
            ("source ports", TableText.Ports(one.SourcePorts), TableText.Ports(other.SourcePorts)),
            ("direction", TableText.ArrowOf(one), TableText.ArrowOf(other)),
            ("destination", TableText.Addresses(one.Destination), TableText.Addresses(other.Destination)),
            ("destination ports", TableText.Ports(one.DestinationPorts), TableText.Ports(other.DestinationPorts)),
            ("priority", Number(one.Lethality), Number(other.Lethality)),
            ("suspect", YesNo(one.Traits & Traits.Suspect), YesNo(other.Traits & Traits.Suspect)),
            ("restricted service", YesNo(one.Traits & Traits.RestrictedService), YesNo(other.Traits & Traits.RestrictedService)),
            ("conditions", TableText.Options(one.Conditions), TableText.Options(other.Conditions)),
        ];
        return parts.Where(p => p.Old != p.New).Select(p => $"{p.What} {Or(p.Old)} -> {Or(p.New)}");
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

    private static string Flags(TableReader reader)
    {
        return string.Join(' ', reader.InterestFlags().Select(f => f.ToString("x2", CultureInfo.InvariantCulture)));
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
}
