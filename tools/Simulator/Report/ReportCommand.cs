using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Appliance.Playback;
using Appliance.Playback.Alerts;
using Appliance.SignatureTool;
using Appliance.Simulator.Outputs;
using Appliance.Simulator.Report.Lines;
using Appliance.Simulator.Report.Pages;
using Appliance.Simulator.Report.Stories;
using Appliance.Simulator.Report.Words;

namespace Appliance.Simulator.Report;

/// <summary>The command <c>report</c>: a report from the lines that a collector kept, of one box or many.</summary>
internal static class ReportCommand
{
    /// <summary>Reads the lines and writes the report.</summary>
    /// <returns>A constant of <see cref="ExitCode"/>.</returns>
    /// <exception cref="ReplayException">An input can't be used or an output not be written.</exception>
    public static int Run(ReportOptions options)
    {
        Since? since = options.Since is null ? null : Since.Parse(options.Since);
        WordSources sources = SourcesOf(options);
        using LineFile? page = options.Html is null ? null : LineFile.Create(options.Html);
        using LineFile? ticket = options.Markdown is null ? null : LineFile.Create(options.Markdown);
        var book = new StoryBook { IsOneNetwork = options.IsOneNetwork };
        IReadOnlyList<string> files = FileOrder.ByTime(options.Lines);
        var heap = new HeapWatch();
        List<string> damages = [];
        foreach (string path in files)
        {
            using LogFile file = Open(path);
            try
            {
                Read(file, book, heap);
            }
            catch (LogException e)
            {
                // What came before and the other files are told all the same.
                damages.Add(e.Message);
            }
        }

        book.Finish();
        heap.Look();
        List<string> notes = [.. damages, .. book.Notes(), .. CatalogueNotes(book, sources, options.Catalogue is not null)];
        if (book.Counts.Read == 0)
        {
            notes.Insert(0, $"no line of a box was found among {Phrase.Count(book.Counts.All, "line")}");
        }

        foreach (string note in notes)
        {
            Console.Error.WriteLine($"tapsim: {note}");
        }

        PageModel model = new PageBuilder(book, sources).Build(AboutOf(options, files, book, sources), notes, since?.At(book.Newest));
        heap.Look();
        Write(page, "page.html.hbs", model);
        Write(ticket, "ticket.md.hbs", model);
        bool hasFailed = page?.Failure is not null || ticket?.Failure is not null;
        return book.Counts.Read == 0 || hasFailed || damages.Count > 0 ? ExitCode.UnusableInput : ExitCode.Done;
    }

    /// <summary>What is wrong with the catalogue: a sid that it has not, or under another name.</summary>
    public static IEnumerable<string> CatalogueNotes(StoryBook book, WordSources sources, bool isGiven)
    {
        List<Story> named = [.. book.Stories.Where(s => s.Facts.Number("sid") > 0)];
        List<long> unknown = [.. named.Where(s => sources.RuleOf(s) is null).Select(s => s.Facts.Number("sid")).Distinct()
            .Order()];
        string which = isGiven ? "the catalogue" : "the shipped rules' catalogue";
        if (unknown.Count > 0)
        {
            yield return $"{which} has no words for {Phrase.Count(unknown.Count, "signature")} that incidents name "
                + $"({Phrase.List([.. unknown.Select(s => s.ToString(CultureInfo.InvariantCulture))], 8)}): they are explained "
                    + "by their kind only. "
                + (isGiven ? "Is it the catalogue of another table?" : "Give the one of the table with --catalogue.");
        }

        List<Story> renamed = [.. named.Where(s => sources.RuleOf(s) is { } rule && s.Facts["name"].Length > 0
            && s.Facts["name"] != rule.Name)];
        if (renamed.Count > 0)
        {
            yield return $"{which} calls {Phrase.Count(renamed.Select(s => s.Facts["sid"]).Distinct().Count(), "signature")} "
                + "otherwise than the boxes do "
                + $"(sid {renamed[0].Facts["sid"]}: \"{sources.RuleOf(renamed[0])!.Name}\" and \"{renamed[0].Facts["name"]}\"): "
                    + "is it the catalogue of another table?";
        }
    }

    /// <summary>Writes a filled template.</summary>
    public static void Write(LineFile? file, string template, PageModel model)
    {
        if (file is not null)
        {
            file.Write(Encoding.UTF8.GetBytes(TemplateFile.Fill(template, model)));
            file.Flush();
        }
    }

    private static LogFile Open(string path)
    {
        try
        {
            return LogFile.Open(path);
        }
        catch (LogException e)
        {
            throw new ReplayException(e.Message, e);
        }
    }

    private static void Read(LogFile file, StoryBook book, HeapWatch heap)
    {
        string Place() => string.Create(CultureInfo.InvariantCulture, $"{file.Name}:{file.Number}");
        heap.Begin();
        while (file.Read(out ReadOnlySpan<byte> line))
        {
            book.Take(line, Place);
            heap.Look(file.Octets);
        }
    }

    private static WordSources SourcesOf(ReportOptions options)
    {
        Tables shipped = Tables.Load([], options.Site);
        foreach (string note in options.Site is null ? [] : shipped.Notes)
        {
            Console.Error.WriteLine($"tapsim: {note}");
        }

        return new WordSources(options.Catalogue is null ? shipped.Catalogue : CatalogueOf(options.Catalogue),
            options.Site is null ? null : shipped.Table)
        {
            Explanations = options.Site is null ? [] : shipped.Explanations,
        };
    }

    private static Catalogue CatalogueOf(string path)
    {
        string json = "";
        try
        {
            json = File.ReadAllText(path);
            Catalogue catalogue = Catalogue.FromJson(json);
            return catalogue.Entries.Any(e => e is null || e.Sid <= 0 || e.Msg is null || e.Intent is null || e.Advice is null)
                ? throw new ReplayException($"{path}: is no catalogue: an entry has no sid, msg, intent or advice") : catalogue;
        }
        catch (JsonException e)
        {
            throw new ReplayException($"{path}: is no catalogue (sigtab compile writes one beside the table, as .json): "
                + Catalogue.WhyNot(json, e), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ReplayException($"can't read {Problem.Describe(path, e)}", e);
        }
    }

    private static List<Pair> AboutOf(ReportOptions options, IReadOnlyList<string> files, StoryBook book, WordSources sources)
    {
        List<string> sites = [.. book.Boxes.Select(b => b.Site).Where(s => s.Length > 0).Distinct()];
        List<Pair> about =
        [
            new("lines", $"{Phrase.Count(book.Counts.Read, "line")} of boxes from "
                + $"{Phrase.List([.. files.Select(NameOf)], 8)}"),
            new("time", $"{Phrase.Minute(book.Oldest)} to {Phrase.Minute(book.Newest)} UTC"),
            new("boxes", book.Boxes.Count.ToString(CultureInfo.InvariantCulture)
                + (sites.Count > 0 ? $" at {Phrase.Count(sites.Count, "site")}: {Phrase.List(sites, 12)}" : "")),
            new("words", options.Catalogue is null ? $"the shipped rules ({sources.Rules})"
                : $"{NameOf(options.Catalogue)} ({Phrase.Count(sources.Rules, "rule")})"),
            new("made", Phrase.Minute(DateTimeOffset.UtcNow) + " UTC"),
        ];
        return about;
    }

    private static string NameOf(string path) => path == "-" ? "standard input" : Path.GetFileName(path);
}
