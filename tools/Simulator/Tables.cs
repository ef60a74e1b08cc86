using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Appliance.Playback;
using Appliance.Playback.Alerts;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool;
using Appliance.SignatureTool.Keys;
using Appliance.SignatureTool.Rules;
using Appliance.SignatureTool.Sites;
using Appliance.Simulator.Alerts;
using Appliance.Simulator.Report.Stories;

namespace Appliance.Simulator;

/// <summary>The signature table that a replay uses, compiled from rules and a site profile, and the prose of its rules.</summary>
internal sealed class Tables
{
    private readonly Catalogue _catalogue;
    private (SignatureTable Of, AddressSet Home)? _home;

    private Tables(SignatureTable table, Catalogue catalogue, IReadOnlyList<string> notes)
    {
        Table = table;
        _catalogue = catalogue;
        Notes = notes;
        InUse = () => Table;
    }

    /// <summary>The table as the device would load it.</summary>
    public SignatureTable Table { get; }

    /// <summary>The words of its rules.</summary>
    public Catalogue Catalogue => _catalogue;

    /// <summary>The entries of the profile that explain something, those that have ended among them.</summary>
    public IReadOnlyList<Explanation> Explanations { get; private init; } = [];

    /// <summary>What the user should know of the rules and the profile, though the table works.</summary>
    public IReadOnlyList<string> Notes { get; private set; }

    /// <summary>The table that the box uses: one of its storage counts in place of <see cref="Table"/>.</summary>
    public Func<SignatureTable> InUse { get; set; }

    /// <summary>What the user should know of a home network that nobody gave; empty for nothing. It says nothing of a table from
    /// a storage.</summary>
    public string Guess { get; private init; } = string.Empty;

    /// <summary>The site's home network, as the table in use has it.</summary>
    public AddressSet Home
    {
        get
        {
            // Asked for each incident; the table seldom becomes another one.
            SignatureTable table = InUse();
            if (_home is not { } known || known.Of != table)
            {
                _home = known = (table, new TableReader(table).Home());
            }

            return known.Home;
        }
    }

    /// <summary>A table without prose.</summary>
    public static Tables Of(SignatureTable table) => new(table, new Catalogue([]), []);

    /// <summary>Takes a compiled table, with the catalogue that the compiler wrote beside it where there is one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keys">The keys that it may be signed with; none: its signature is not checked.</param>
    /// <param name="board">Which tables are for the box: a constant of <see cref="BoardClass"/>.</param>
    /// <exception cref="ReplayException">It can't be used; the message says why.</exception>
    public static Tables LoadTable(string path, IReadOnlyList<PublicKey> keys, int board)
    {
        byte[] file;
        try
        {
            file = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ReplayException($"can't read {Problem.Describe(path, e)}", e);
        }

        var table = new SignatureTable();
        int problem = table.Load(file, file.Length);
        if (problem != TableProblem.None)
        {
            throw new ReplayException($"{path}: the box refuses it: {TableDamage.Describe(file, problem)}");
        }

        var notes = new List<string>();
        if (keys.Count == 0)
        {
            notes.Add($"{path}: its signature is not checked; give --key NAME.pub.pem for that");
        }
        else if (TableVerifier.Verify(file, keys).Reason is { } reason)
        {
            throw new ReplayException($"{path}: the box refuses it: {reason}");
        }

        if (table.Board != BoardClass.Any && board != BoardClass.Any && table.Board != board)
        {
            throw new ReplayException($"{path}: the box refuses it: it was compiled for {TableText.BoardsOf(table.Board)}");
        }

        string words = Path.ChangeExtension(path, ".json");
        Catalogue catalogue = new([]);
        if (File.Exists(words))
        {
            string json = "";
            try
            {
                json = File.ReadAllText(words);
                catalogue = Catalogue.FromJson(json);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
            {
                notes.Add($"{words}: can't be used as the table's catalogue, so that incidents are explained by their kind only: "
                    + (e is JsonException damage ? Catalogue.WhyNot(json, damage) : Problem.Describe(words, e)));
            }
        }

        return new Tables(table, catalogue, notes);
    }

    /// <summary>The table that a run's options ask for.</summary>
    /// <exception cref="ReplayException">It can't be used; the message has a line for each thing that is wrong.</exception>
    public static Tables Load(ReplayOptions options)
    {
        Tables tables = LoadNamed(options);
        if (!SiteBoard.HasImaging(tables.BoardOf(options)))
        {
            tables.Notes =
            [
                .. tables.Notes,
                "this board has no memory for the imaging eyes: of DICOM, HL7, weak services and new hosts nothing is told",
            ];
        }

        return tables;
    }

    /// <summary>The class of the box's board: as asked for, else the one that the table was compiled for.</summary>
    /// <param name="options">What the command line asks for.</param>
    /// <returns>A constant of <see cref="BoardClass"/>.</returns>
    public int BoardOf(ReplayOptions options) => options.Board == BoardClass.Any ? Table.Board : options.Board;

    private static Tables LoadNamed(ReplayOptions options)
    {
        if (options.Table is not null)
        {
            return LoadTable(options.Table, options.Keys, options.Board);
        }

        if (options.Site is not null)
        {
            return Load(options.Rules, options.Site);
        }

        Tables example = Load(options.Rules, null);
        DefaultSite site = options.Interface is null ? DefaultSite.ForCaptures(options.Captures, example.Home, ExampleText())
            : DefaultSite.ForInterface(options.Interface, ExampleText());
        return Load(options.Rules, null, site);
    }

    /// <summary>Compiles rules and a site profile.</summary>
    /// <param name="rules">Rule files; none for the shipped ones beside the program.</param>
    /// <param name="site">Site profile; null for the shipped example.</param>
    /// <param name="guess">A profile in place of the shipped example; null for none.</param>
    /// <exception cref="ReplayException">They can't be used; the message has a line for each thing that is wrong.</exception>
    public static Tables Load(IReadOnlyList<string> rules, string? site, DefaultSite? guess = null)
    {
        bool isShipped = rules.Count == 0 && site is null;
        string shipped = Path.Combine(AppContext.BaseDirectory, "tables");
        if ((rules.Count == 0 || site is null) && !Directory.Exists(shipped))
        {
            throw new ReplayException($"the shipped tables are not in {shipped}; build the program again, or give --rules and --site");
        }

        if (rules.Count == 0)
        {
            rules = [.. Directory.GetFiles(shipped, "*.rules").Order(StringComparer.Ordinal)];
        }

        // It stands where the image has its built-in table: two runs over the same files have the same hash.
        var options = new CompileOptions { IsBuiltIn = true };
        CompiledTable compiled = guess is null ? TableCompiler.Compile(rules, site ?? Path.Combine(shipped, "example-site.toml"), options)
            : TableCompiler.Compile(rules, (DefaultSite.Name, guess.Text), options);
        if (compiled.Table is null)
        {
            string[] errors = [.. compiled.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.ToString())];
            throw new ReplayException(string.Join(Environment.NewLine, errors));
        }

        var table = new SignatureTable();
        int problem = table.Load(compiled.Table, compiled.Table.Length);
        if (problem != TableProblem.None)
        {
            throw new ReplayException($"the sensor refuses the table: {TableProblemWord.Of(problem)}");
        }

        // Nobody needs to be told of the example that they have not touched, nor of what a guess lacks.
        IEnumerable<string> notes = compiled.Diagnostics.Where(d => !isShipped && d.File != DefaultSite.Name).Select(d => d.ToString());
        return new Tables(table, compiled.Catalogue, [.. notes])
        {
            Guess = guess?.Note ?? string.Empty,
            Explanations = compiled.Explanations,
        };
    }

    /// <summary>The words of the rule that names an incident; null when no rule does.</summary>
    public CatalogueEntry? EntryOf(Incident incident) => _catalogue.Entries.FirstOrDefault(e => e.Sid == incident.Sid);

    /// <summary>
    /// What an incident means and what to do about it: as its rule says, else as its kind does. What the site profile explains is
    /// no attack, and has no attacker's meaning and advice.
    /// </summary>
    public Prose ProseOf(Incident incident)
    {
        if (incident.Kind != KindProse.Test && incident.Newest["expected"] is { Length: > 0 } explanation)
        {
            return KindProse.OfExpected(explanation);
        }

        CatalogueEntry? entry = EntryOf(incident);
        string advice = KindProse.AdviceOf(incident.Kind, entry?.Advice, IsAtHome(incident.Newest["src"]));
        return new Prose(
            entry is { Intent.Length: > 0 } && KindProse.IsRulesOwn(incident.Kind) ? entry.Intent : KindProse.MeaningOf(incident.Kind),
            KindProse.WithAnswerers(advice, incident.Kind, incident.Newest["answeredBy"]));
    }

    // An address or a prefix; "various" is nobody's home. A card's own address is heard on its own segment only.
    private bool IsAtHome(string source) => Network.IsMac(source) || AddressListParser.ReadRange(source, out _) is { } range
        && Home is { } home && home.Ranges4.Concat(home.Ranges6).Any(own => own.Contains(range));

    private static string ExampleText() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "tables", "example-site.toml"));
}
