using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Firmware;
using Appliance.Playback;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Rules;
using Appliance.SignatureTool.Sites;

namespace Appliance.SignatureTool;

/// <summary>What came of a compilation.</summary>
/// <param name="Table">The table file without a signature; null when there are errors.</param>
/// <param name="Catalogue">The words for the table's signatures, in its order.</param>
/// <param name="Diagnostics">Everything worth telling, in the order of files and lines.</param>
public sealed record CompiledTable(byte[]? Table, Catalogue Catalogue, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>There is no table.</summary>
    public bool HasErrors => Table is null;

    /// <summary>The entries of the profile that explain something, those that have ended among them.</summary>
    public IReadOnlyList<Explanation> Explanations { get; init; } = [];

    /// <summary>How many rules are in the files, those with errors not counted.</summary>
    public int Rules { get; init; }

    /// <summary>How many rules were left out, each with a diagnostic.</summary>
    public int LeftOut { get; init; }

    /// <summary>Every file that was read: rules, site profile, and the certificate that the profile names.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>The texts of the files by name, to show the lines that diagnostics are about.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; init; } = new Dictionary<string, string>();
}

/// <summary>Makes a signature table of rule files and a site profile.</summary>
public static class TableCompiler
{
    /// <summary>
    /// Most octets of device memory that are planned for a table, its matcher included: 200 signatures of the usual kind, and
    /// what the table says of its site and box.
    /// </summary>
    public const int MostMemory = (16 * 1024) + 256;

    /// <summary>Most instructions of the device's interpreter that loading may take, so that a table is in use within a
    /// second.</summary>
    public const long MostLoad = 20_000_000;

    // More of a long list help nobody.
    private const int MostListed = 12;

    /// <summary>Compiles files. Nothing is thrown for what is in them, nor for one that can't be read: it is in the
    /// diagnostics.</summary>
    /// <param name="ruleFiles">Paths of rule files.</param>
    /// <param name="siteFile">Path of the site profile.</param>
    /// <param name="options">What the table says besides; null for sequence 0, now, and no flags.</param>
    public static CompiledTable Compile(IEnumerable<string> ruleFiles, string siteFile, CompileOptions? options = null)
    {
        var diagnostics = new List<Diagnostic>();
        string? site = SourceFile.Read(siteFile, Severity.Error, diagnostics);
        return CompileFiles(ruleFiles, site is null ? null : (siteFile, site), diagnostics, options);
    }

    /// <summary>Compiles files with a profile that is no file.</summary>
    /// <param name="ruleFiles">Paths of rule files.</param>
    /// <param name="site">The site profile: its name for messages, and its text.</param>
    /// <param name="options">What the table says besides; null for sequence 0, now, and no flags.</param>
    public static CompiledTable Compile(IEnumerable<string> ruleFiles, (string File, string Text) site, CompileOptions? options = null) =>
        CompileFiles(ruleFiles, site, [], options);

    private static CompiledTable CompileFiles(
        IEnumerable<string> ruleFiles, (string File, string Text)? site, List<Diagnostic> diagnostics, CompileOptions? options)
    {
        options ??= new CompileOptions();
        var rules = new List<(string, string)>();
        foreach (string file in ruleFiles)
        {
            // Where a rule's text matters to what it matches, a foreign octet is an error of that rule.
            if (SourceFile.Read(file, options.Lenient ? Severity.Warning : Severity.Error, diagnostics) is { } text)
            {
                rules.Add((file, text));
            }
        }

        return Compile(rules, site, diagnostics, options);
    }

    /// <summary>Compiles texts.</summary>
    /// <param name="rules">Rule files: their names for messages, and their texts.</param>
    /// <param name="site">The site profile: its name for messages, and its text.</param>
    /// <param name="options">What the table says besides; null for sequence 0, now, and no flags.</param>
    public static CompiledTable CompileText(
        IEnumerable<(string File, string Text)> rules, (string File, string Text) site, CompileOptions? options = null)
    {
        return Compile(rules, site, [], options ?? new CompileOptions());
    }

    private static CompiledTable Compile(
        IEnumerable<(string File, string Text)> files, (string File, string Text)? siteText, List<Diagnostic> diagnostics,
        CompileOptions options)
    {
        if (siteText is { } read)
        {
            siteText = (read.File, SourceFile.WithLineEnds(read.Text));
        }

        SiteProfile site = siteText is { } given ? SiteReader.Read(given.File, given.Text, diagnostics) : new SiteProfile();
        IReadOnlyList<Explanation> explanations = site.Expected;
        site = EntryAge.Apply(site, DateOnly.FromDateTime((options.Built ?? DateTimeOffset.UtcNow).UtcDateTime), diagnostics);
        var variables = VariablesOf(site);
        if (options.Unsignable is { } severity && site is { IsWhole: true, Name: "" or "*", NamePlace: { } place })
        {
            diagnostics.Add(new Diagnostic(severity, place.File, place.Line, place.Column, "name",
                (site.Name.Length == 0 ? "is missing" : "'*' is the built-in table's")
                + ": a device that took such a table would refuse that of every named site, so no key may sign it; write [site] name = "
                    + "\"ward-3\""));
        }

        // In a profile that could not be read to its end there may be more groups.
        bool siteKnown = siteText is not null && site.IsWhole;
        var reader = new RuleReader(
            name => variables.TryGetValue(name, out AddressList? value) ? value : siteKnown ? null : AddressList.Everything, diagnostics,
            options.Lenient)
        {
            VariableNames = variables.Keys,
        };
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        var rules = new List<Rule>();
        foreach ((string file, string text) in files)
        {
            sources[file] = SourceFile.WithLineEnds(text);
            int before = diagnostics.Count;
            IReadOnlyList<Rule> some = reader.Read(file, sources[file]);
            rules.AddRange(some);
            if (some.Count == 0 && !diagnostics.Skip(before).Any(d => d.Severity == Severity.Error))
            {
                diagnostics.Add(new Diagnostic(Severity.Warning, file, 0, 0, null,
                    diagnostics.Count > before ? "no rule of this file is left" : "there is no rule in this file"));
            }
        }

        int all = rules.Count + reader.LeftOut;
        rules = SuspectChoice.Apply(options.Suspects, WithoutDuplicates(rules, diagnostics, options.Lenient), diagnostics);
        List<Rule> active = Active(rules, siteText?.File ?? "", siteKnown ? diagnostics : []);
        var catalogue = new Catalogue([.. active.Select(Catalogue.Of)]);
        byte[]? table = null;
        if (siteText is { } profile)
        {
            sources[profile.File] = profile.Text;
        }

        if (siteKnown && active.Count == 0 && !options.AllowEmpty && !diagnostics.Any(d => d.Severity == Severity.Error))
        {
            diagnostics.Add(new Diagnostic(Severity.Error, siteText!.Value.File, 0, 0, null,
                $"no signature is left of {all} rules: a box with this table would see none of what rules find; "
                + "--allow-empty, if that is meant"));
        }

        // A board without external memory has no room for eyes, and nothing to keep for them.
        IReadOnlyList<Opening> eyes = CompileOptions.BoardOf(site) == BoardClass.Small ? [] : Opening.Imaging;

        // Also beside errors: whoever mends those needn't come back for these.
        if (siteKnown)
        {
            RuleWarnings.Find(rules, active, eyes, diagnostics);
        }

        if (!diagnostics.Any(d => d.Severity == Severity.Error))
        {
            table = new TableWriter().Write(active, site, Interest.Of(active, eyes), options);
            table = Proved(table, siteText?.File ?? "", active.Count, diagnostics);
        }

        string[] inputs = site.AuthorityFile.Length == 0 ? [.. sources.Keys] : [.. sources.Keys, site.AuthorityFile];
        return new CompiledTable(table, catalogue, [.. diagnostics])
        {
            Inputs = inputs,
            Sources = sources,
            Explanations = explanations,
            Rules = rules.Count,
            LeftOut = options.Lenient ? all - rules.Count : 0,
        };
    }

    private static Dictionary<string, AddressList> VariablesOf(SiteProfile site)
    {
        var variables = new Dictionary<string, AddressList>(StringComparer.Ordinal);
        foreach (string name in SiteProfile.StandardGroups)
        {
            variables[name] = AddressList.Nothing;
        }

        foreach (HostGroup group in site.Groups)
        {
            variables[group.Name] = group.Members;
        }

        variables["HOME_NET"] = site.Home;
        AddressSet home = site.Home.Resolve();
        variables["EXTERNAL_NET"] = new AddressList(false, [], [.. home.Ranges4, .. home.Ranges6], []) { IsNegated = true };
        return variables;
    }

    private static List<Rule> WithoutDuplicates(List<Rule> rules, List<Diagnostic> diagnostics, bool lenient)
    {
        var once = new List<Rule>();
        var seen = new Dictionary<(int, int), Rule>();
        foreach (Rule rule in rules)
        {
            if (seen.TryAdd((rule.Gid, rule.Sid), rule))
            {
                once.Add(rule);
            }
            else
            {
                Place first = seen[(rule.Gid, rule.Sid)].Place;
                diagnostics.Add(new Diagnostic(lenient ? Severity.LeftOut : Severity.Error, rule.Place.File, rule.Place.Line,
                    rule.Place.Column, "sid",
                    string.Create(CultureInfo.InvariantCulture, $"{rule.Gid}:{rule.Sid} is also the rule at {first.File}:{first.Line}"))
                {
                    Reason = "is also another rule's",
                });
            }
        }

        return once;
    }

    // The rules that some frame can satisfy. Those that name only groups which the site leaves out are told of once a group.
    private static List<Rule> Active(List<Rule> rules, string siteFile, List<Diagnostic> diagnostics)
    {
        var active = new List<Rule>();
        var waiting = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (Rule rule in rules)
        {
            AddressList? empty = rule.Source.Resolve().IsEmpty ? rule.Source : rule.Destination.Resolve().IsEmpty ? rule.Destination : null;
            if (empty is null)
            {
                active.Add(rule);
                continue;
            }

            string group = empty.Groups.Count == 0 ? "" : string.Join(", ", empty.Groups.Select(g => "$" + g).Distinct());
            string id = string.Create(CultureInfo.InvariantCulture, $"{rule.Gid}:{rule.Sid}");
            if (!waiting.TryGetValue(group, out List<string>? ids))
            {
                waiting[group] = ids = [];
            }

            ids.Add(id);
        }

        foreach ((string group, List<string> ids) in waiting)
        {
            string what = group.Length == 0 ? "an address list without members" : group + ", which has no members here";
            diagnostics.Add(new Diagnostic(Severity.Note, siteFile, 0, 0, null,
                string.Create(CultureInfo.InvariantCulture,
                    $"{(ids.Count == 1 ? "1 rule is inactive, it needs" : $"{ids.Count} rules are inactive, they need")} {what}: "
                    + $"{Some(ids)}")));
        }

        return active;
    }

    private static string Some(List<string> ids)
    {
        string more = ids.Count <= MostListed ? "" : string.Create(CultureInfo.InvariantCulture, $" and {ids.Count - MostListed} more");
        return string.Join(", ", ids.Take(MostListed)) + more;
    }

    // The device's own loader has the last word.
    private static byte[]? Proved(byte[]? table, string siteFile, int signatures, List<Diagnostic> diagnostics)
    {
        if (table is null)
        {
            diagnostics.Add(new Diagnostic(Severity.Error, siteFile, 0, 0, null,
                $"the table would be longer than {TableFormat.MostOctets} octets; leave out some of the {signatures} rules"));
            return null;
        }

        int problem = TableFile.Load(table, out SignatureTable loaded);
        if (problem != TableProblem.None)
        {
            diagnostics.Add(new Diagnostic(Severity.Error, siteFile, 0, 0, null,
                $"the box would refuse the table: {TableProblemWord.Of(problem)}"));
            return null;
        }

        int largest = new TapSettings().LargestTable;
        if (table.Length > largest)
        {
            diagnostics.Add(new Diagnostic(Severity.Warning, siteFile, 0, 0, null,
                $"the table has {table.Length} octets, and a device takes {largest}; leave out some of the {signatures} rules"));
        }

        int memory = TableCost.MemoryOf(loaded);
        if (memory > MostMemory)
        {
            diagnostics.Add(new Diagnostic(Severity.Warning, siteFile, 0, 0, null,
                $"the table takes {memory} octets of the device's memory (its matcher included), and {MostMemory} are planned for it; "
                + "on a board without PSRAM a new table may not fit beside the one in use"));
        }

        long load = TableCost.LoadOf(loaded);
        if (load > MostLoad)
        {
            diagnostics.Add(new Diagnostic(Severity.Warning, siteFile, 0, 0, null, string.Create(CultureInfo.InvariantCulture,
                $"loading the table takes the device about {load / 1e6:0.0} million instructions, and {MostLoad / 1_000_000} million are "
                    + $"planned: "
                + $"no frame is looked at meanwhile, {load / (double)MostLoad:0.0} times as long as planned")));
        }

        return table;
    }
}
