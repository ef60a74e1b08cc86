using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Appliance.Playback.Alerts;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Appliance.SignatureTool.Rules;
using Appliance.SignatureTool.Sites;
using Appliance.Simulator.Alerts;
using Appliance.Simulator.Report.Stories;

namespace Appliance.Simulator.Report.Words;

/// <summary>
/// What the words are written from besides the lines: the catalogue of the table's rules, and the site profile where it is at
/// hand.
/// </summary>
internal sealed class WordSources
{
    private readonly Catalogue _catalogue;
    private readonly Dictionary<long, CatalogueEntry> _bySid;
    private readonly AddressSet _home = AddressSet.Empty;

    /// <summary>Takes a catalogue.</summary>
    /// <param name="catalogue">The words of the rules.</param>
    /// <param name="table">The table with the site profile; null where it is not at hand.</param>
    public WordSources(Catalogue catalogue, SignatureTable? table)
    {
        _catalogue = catalogue;
        _bySid = catalogue.Entries.GroupBy(e => (long)e.Sid).ToDictionary(g => g.Key, g => g.First());
        Table = table;
        if (table is not null)
        {
            var reader = new TableReader(table);
            _home = reader.Home();
            Groups = reader.Groups();
        }
    }

    /// <summary>The table with the site profile; null where it is not at hand.</summary>
    public SignatureTable? Table { get; }

    /// <summary>The profile's groups.</summary>
    public IReadOnlyList<(string Name, AddressSet Members, int Criticality)> Groups { get; } = [];

    /// <summary>The profile's entries that explain something; none where the profile is not at hand.</summary>
    public IReadOnlyList<Explanation> Explanations { get; init; } = [];

    /// <summary>The profile's entry that explains an incident; null where it is not known.</summary>
    public Explanation? ExplanationOf(Story story) => Explanations.FirstOrDefault(e => !e.Serves && e.Name == story.Facts["expected"]);

    /// <summary>What is to be said of entries of the profile that have ended, or end soon.</summary>
    /// <param name="today">The day.</param>
    public IEnumerable<string> EndsOfEntries(DateOnly today) => Explanations.Select(e => EntryAge.TextOf(e, today)).OfType<string>()
        .Select(t => "the site profile's entry " + t);

    /// <summary>How many rules have words.</summary>
    public int Rules => _catalogue.Entries.Count;

    /// <summary>The rule that names an incident; null when no rule does, or the catalogue has it not.</summary>
    public CatalogueEntry? RuleOf(Story story) => _bySid.GetValueOrDefault(story.Facts.Number("sid"));

    /// <summary>The rule of a number; null when the catalogue has it not.</summary>
    public CatalogueEntry? Rule(long sid) => _bySid.GetValueOrDefault(sid);

    /// <summary>Whether the actor is at home: by the profile, or else since its own network is asked.</summary>
    public bool IsInside(Story story)
    {
        string source = story.Facts["src"];
        if (Network.IsMac(source))
        {
            return true;
        }

        if (Table is not null)
        {
            return AddressListParser.ReadRange(source, out _) is { } range
                && _home.Ranges4.Concat(_home.Ranges6).Any(home => home.Contains(range));
        }

        return Network.IsPrivate(source.Split('/')[0]) && Network.IsPrivate(story.Facts["dst"].Split('/')[0]);
    }
}
