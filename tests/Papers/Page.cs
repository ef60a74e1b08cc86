using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.Traffic;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Appliance.Papers.Tests;

/// <summary>A page of the repository, read as GitHub reads it.</summary>
internal sealed class Page
{
    private static readonly MarkdownPipeline Reader = new MarkdownPipelineBuilder().UsePipeTables()
        .UseAutoIdentifiers(Markdig.Extensions.AutoIdentifiers.AutoIdentifierOptions.GitHub).Build();

    /// <summary>Reads a page.</summary>
    /// <param name="path">Its path.</param>
    public Page(string path)
    {
        Path = path;
        Name = System.IO.Path.GetRelativePath(Repository.Root, path);
        Text = Markdown.Parse(File.ReadAllText(path), Reader);
    }

    /// <summary>Every page of the repository: what builds leave and what git keeps for itself is none.</summary>
    public static IReadOnlyList<Page> All { get; } = [.. Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
        .Where(p => !System.IO.Path.GetRelativePath(Repository.Root, p).Split('/', '\\').Any(f => f is "bin" or "obj" or ".git" or "build"))
        .Order(StringComparer.Ordinal).Select(p => new Page(p))];

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Its path below the root.</summary>
    public string Name { get; }

    /// <summary>The page, taken apart.</summary>
    public MarkdownDocument Text { get; }

    /// <summary>Where its links lead, pictures among them.</summary>
    public IEnumerable<LinkInline> Links => Text.Descendants<LinkInline>().Where(l => l.Url is not null);

    /// <summary>What is set as code within a sentence.</summary>
    public IEnumerable<CodeInline> Codes => Text.Descendants<CodeInline>();

    /// <summary>The names of its headings, as links use them.</summary>
    public IEnumerable<string> Anchors => Text.Descendants<HeadingBlock>().Select(h => h.GetAttributes().Id ?? "");

    /// <summary>Rows of its tables whose last column is headed <c>held by</c>.</summary>
    public IEnumerable<TableRow> Claims => Text.Descendants<Table>()
        .Where(t => TextOf(((TableRow)t[0])[^1]) == "held by").SelectMany(t => t.Skip(1)).Cast<TableRow>();

    /// <summary>The words of a part of the page, without its marks.</summary>
    /// <param name="part">A cell, a heading or the like.</param>
    /// <returns>The words.</returns>
    public static string TextOf(MarkdownObject part) => string.Concat(part.Descendants().Select(d => d switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline => " ",
        _ => "",
    }));
}
