using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using Appliance.Playback;

namespace Appliance.Simulator.Report;

/// <summary>The command line of <c>report</c>.</summary>
internal static class ReportLine
{
    private static readonly Argument<string[]> Lines = new("LINES")
    {
        Description = "files of collector lines, of one box or many: RFC 5424 as rsyslog and syslog-ng keep it, or JSON; plain "
            + "or gzip; - is standard input",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Html = new("--report", "--html")
    {
        Description = "write the report there as one page that loads nothing else; without it and without --markdown the page "
            + "goes to standard output, and to a terminal the same as Markdown",
        HelpName = "FILE.html|-",
    };

    private static readonly Option<string?> Markdown = new("--markdown")
    {
        Description = "write the report there as Markdown, for a ticket; - is standard output",
        HelpName = "FILE|-",
    };

    private static readonly Option<string?> Catalogue = new("--catalogue")
    {
        Description = "the words of the table's rules, which sigtab writes beside the table; without it the shipped rules'",
        HelpName = "C.json",
    };

    private static readonly Option<string?> Site = new("--site")
    {
        Description = "the site profile of the table, for the parts of a severity and for who is inside",
        HelpName = "F.toml",
    };

    private static readonly Option<string?> Since = new("--since")
    {
        Description = "tell what changed since then: a time (2026-11-29T06:00Z), 7d or 24h before the newest line, or the report "
            + "that was made last",
        HelpName = "TIME|REPORT",
    };

    private static readonly Option<bool> OneNetwork = new("--one-network")
    {
        Description = "the sites share their addresses, so that 10.1.2.3 is one machine at all of them; without it a private address "
            + "is another machine behind each box",
    };

    /// <summary>Makes the command.</summary>
    public static Command Make()
    {
        var command = new Command("report",
            """
            Writes a report for an analyst and a manager from the lines that a collector kept, of one box or many.

            Examples:
              tapsim report tap.log --report monday.html --site ward.toml
              tapsim report tap.log.1 tap.log --markdown ticket.md --since 7d
            """)
        {
            Lines, Html, Markdown, Catalogue, Site, Since, OneNetwork,
        };
        command.Validators.Add(Check);
        command.SetAction(result => ReportCommand.Run(OptionsOf(result)));
        return command;
    }

    private static ReportOptions OptionsOf(ParseResult result)
    {
        string[] lines = result.GetValue(Lines) ?? [];
        string? html = result.GetValue(Html);
        string? markdown = result.GetValue(Markdown);
        if (html is null && markdown is null)
        {
            // A person at a terminal reads no markup of a page.
            html = Console.IsOutputRedirected ? "-" : null;
            markdown = html is null ? "-" : null;
        }

        return new ReportOptions
        {
            Lines = lines,
            Html = html,
            Markdown = markdown,
            Catalogue = result.GetValue(Catalogue),
            Site = result.GetValue(Site),
            Since = result.GetValue(Since),
            IsOneNetwork = result.GetValue(OneNetwork),
        };
    }

    /// <summary>A slip of the fingers must not overwrite the lines.</summary>
    private static void Check(CommandResult result)
    {
        List<string> lines = TokensOf(result.GetResult(Lines));
        foreach (string option in lines.Where(c => c.Length > 1 && c[0] == '-'))
        {
            result.AddError($"unknown option '{option}' (a file of that name is given as ./{option})");
        }

        if (lines.Count(c => c == "-") > 1)
        {
            result.AddError("standard input (-) can be read once only");
        }

        foreach (Option option in result.Command.Options.Where(o => TokensOf(result.GetResult(o)).Contains("")))
        {
            result.AddError($"{option.Name}: '' is empty; {option.HelpName} is needed");
        }

        if (lines.Contains(""))
        {
            result.AddError("LINES: '' is empty");
        }

        if (TokensOf(result.GetResult(Html)).Contains("-") && TokensOf(result.GetResult(Markdown)).Contains("-"))
        {
            result.AddError("--report and --markdown can't both go to standard output");
        }

        var taken = new Dictionary<string, string>(RealPath.Comparer);
        foreach (string input in lines.Concat(TokensOf(result.GetResult(Catalogue))).Concat(TokensOf(result.GetResult(Site)))
            .Concat(TokensOf(result.GetResult(Since))))
        {
            if (input is not ("" or "-") && PlaceOf(input) is { } place)
            {
                taken[place] = "is also an input";
            }
        }

        foreach (string output in TokensOf(result.GetResult(Html)).Concat(TokensOf(result.GetResult(Markdown)))
            .Where(o => o is not ("-" or "")))
        {
            if (PlaceOf(output) is { } place && !taken.TryAdd(place, "is given for two outputs"))
            {
                result.AddError($"{output}: {taken[place]}; it would be overwritten");
            }
        }
    }

    // Behind symbolic links; null where they lead nowhere, which is told when the file is opened.
    private static string? PlaceOf(string path)
    {
        try
        {
            return RealPath.Of(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static List<string> TokensOf(SymbolResult? result) => result switch
    {
        ArgumentResult argument => [.. argument.Tokens.Select(t => t.Value)],
        OptionResult option => [.. option.Tokens.Select(t => t.Value)],
        _ => [],
    };
}
