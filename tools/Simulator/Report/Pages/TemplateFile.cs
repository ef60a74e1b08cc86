using System;
using System.IO;
using System.Text;
using HandlebarsDotNet;

namespace Appliance.Simulator.Report.Pages;

/// <summary>
/// The report's templates: Handlebars files that the program carries. Whatever a template shows is escaped, for HTML or for
/// Markdown, unless the template itself says otherwise, which only the style sheet does.
/// </summary>
internal static class TemplateFile
{
    /// <summary>Fills a template.</summary>
    /// <param name="name">Its file name in Templates.</param>
    /// <param name="model">What it shows.</param>
    public static string Fill(string name, PageModel model)
    {
        bool isMarkdown = name.EndsWith(".md.hbs", StringComparison.Ordinal);
        IHandlebars handlebars = Handlebars.Create(new HandlebarsConfiguration
        {
            TextEncoder = isMarkdown ? new MarkdownEncoder() : new HtmlEncoder(),
            ThrowOnUnresolvedBindingExpression = true,
        });
        return handlebars.Compile(Read(name))(model);
    }

    /// <summary>Reads a file of Templates.</summary>
    public static string Read(string name)
    {
        using Stream stream = typeof(TemplateFile).Assembly.GetManifestResourceStream("Templates/" + name)
            ?? throw new InvalidOperationException($"the program was built without {name}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
