using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text;
using Appliance.Collector.Formats;
using Appliance.Playback;
using Appliance.Playback.Alerts;
using Appliance.SignatureTool;

namespace Appliance.Collector;

/// <summary>The command line: <c>write</c> and <c>convert</c>.</summary>
internal static class CommandLine
{
    private const int Done = 0;
    private const int WrongUsage = 1;
    private const int UnusableInput = 2;

    private static readonly Option<string> Out = new("--out")
    {
        Description = "the folder to write to",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".",
    };

    private static readonly Option<string?> Enterprise = new("--enterprise")
    {
        Description = "the site's private enterprise number, where its profile names one",
        HelpName = "N",
    };

    private static readonly Option<string> To = new("--to")
    {
        Description = "the form: " + string.Join(", ", LineFormats.Names),
        HelpName = "FORM",
        Required = true,
    };

    private static readonly Argument<string[]> Lines = new("LINES")
    {
        Description = "files of lines, plain or gzip; - is standard input",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Does what the arguments say.</summary>
    /// <returns>0 done, 1 wrong usage, 2 an input can't be used.</returns>
    public static int Run(string[] arguments)
    {
        Enterprise.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !result.Tokens[0].Value.All(char.IsAsciiDigit))
            {
                result.AddError($"--enterprise: '{result.Tokens[0].Value}' is no number");
            }
        });
        To.AcceptOnlyFromAmong([.. LineFormats.Names]);
        var write = new Command("write", "Makes the page and the configurations of tools/Collector from alerts.toml.") { Out,
            Enterprise };
        write.SetAction(result => Write(result.GetValue(Out)!, result.GetValue(Enterprise)));
        var convert = new Command("convert", "Turns a box's lines into the form of others, a line each: ecs takes every line, cef and leef "
            + "incidents, health and tables, ocsf incidents, dicom-audit incidents that are not expected. How many a form has no place for is "
            + "told on standard error.\n\nExample:\n"
            + "  collector convert --to ecs /var/log/tap.log > tap.ndjson\n\n"
            + "Exit codes: 0 done, 1 wrong usage, 2 a file can't be read or has no line of a box.")
        {
            Lines, To,
        };
        convert.SetAction(result => Convert(result.GetValue(Lines)!, result.GetValue(To)!));
        var root = new RootCommand("collector: what stands behind the boxes.") { write, convert };
        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        IReadOnlyList<string> errors = HelpText.WhatIsWrong(parsed, root, "collector", arguments, "convert --to ecs");
        if (errors.Count > 0)
        {
            foreach (string message in errors)
            {
                Console.Error.WriteLine($"collector: {message}");
            }

            Command command = parsed.CommandResult.Command;
            Console.Error.WriteLine($"collector: see 'collector {(command == root ? "" : command.Name + " ")}--help'");
            return WrongUsage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"collector: {e.Message}");
            return UnusableInput;
        }
    }

    private static int Write(string folder, string? enterprise)
    {
        foreach ((string file, string text) in Generator.Make(AlertFormat.Read(enterprise)))
        {
            string path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text, new UTF8Encoding(false));
            Console.WriteLine(path);
        }

        return Done;
    }

    private static int Convert(string[] files, string form)
    {
        LineFormat format = LineFormats.Of(form, AlertFormat.Read());
        var unread = new Dictionary<Unread, long>();
        var left = new SortedDictionary<string, long>(StringComparer.Ordinal);
        long undated = 0;
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16);
        foreach (string file in files)
        {
            try
            {
                using LogFile lines = LogFile.Open(file);
                while (lines.Read(out ReadOnlySpan<byte> text))
                {
                    AlertLine? line = LogForm.Read(text, out Unread why);
                    unread[why] = unread.GetValueOrDefault(why) + 1;
                    if (line is null)
                    {
                        continue;
                    }

                    if (format(line) is { } converted)
                    {
                        output.WriteLine(converted);
                        undated += line.Time is null ? 1 : 0;
                    }
                    else
                    {
                        string sort = !line.IsIncident ? line.Kind : "incidents that the site profile explains";
                        left[sort] = left.GetValueOrDefault(sort) + 1;
                    }
                }
            }
            catch (LogException e)
            {
                Console.Error.WriteLine($"collector: {e.Message}");
                return UnusableInput;
            }
        }

        foreach ((Unread why, long count) in unread.Where(u => u.Key is not (Unread.None or Unread.Empty)).OrderBy(u => u.Key))
        {
            Console.Error.WriteLine($"collector: {count} lines: "
                + why switch
                {
                    Unread.Cut => "end in the middle",
                    Unread.WithoutData => "of a box, without structured data",
                    _ => "of another program",
                });
        }

        foreach ((string sort, long count) in left)
        {
            Console.Error.WriteLine($"collector: {count} lines: {sort}, which {form} has no place for");
        }

        if (undated > 0)
        {
            Console.Error.WriteLine($"collector: {undated} lines: of a box without a clock, "
                + (form == "dicom-audit" ? "with the time of conversion" : "without a time"));
        }

        if (unread.GetValueOrDefault(Unread.None) + unread.GetValueOrDefault(Unread.Cut) > 0)
        {
            return Done;
        }

        Console.Error.WriteLine($"collector: no line of a box in {string.Join(", ", files)}");
        return UnusableInput;
    }
}
