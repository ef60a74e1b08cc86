using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using System.Linq;
using Appliance.SignatureTool.Keys;
using Appliance.SignatureTool.Sites;

namespace Appliance.SignatureTool.Commands;

/// <summary>Arguments and options that several commands have.</summary>
internal static class Parameters
{
    public static Argument<string[]> Rules()
    {
        return new Argument<string[]>("RULES") { Description = "Rule files in Snort 3's syntax.", Arity = ArgumentArity.OneOrMore };
    }

    public static Option<string> Site()
    {
        return new Option<string>("--site") { Description = "The site profile.", HelpName = "F.toml", Required = true };
    }

    public static Option<bool> Lenient()
    {
        return new Option<bool>("--lenient")
        {
            Description = "For rule files of others: what the sensor can't do is left out and listed, with the reason, instead of being "
                + "an error.",
        };
    }

    public static Option<SuspectChoice[]> Suspects()
    {
        return new Option<SuspectChoice[]>("--suspect")
        {
            Description = "Rules that count as suspect though they don't say so: nobody does this in good faith. May be repeated.",
            HelpName = "classtype=CLASS|sid=N",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result =>
            {
                var choices = new List<SuspectChoice>();
                foreach (string text in result.Tokens.Select(t => t.Value))
                {
                    if (SuspectChoice.Read(text, out string problem) is { } choice)
                    {
                        choices.Add(choice);
                    }
                    else
                    {
                        result.AddError("--suspect: " + problem);
                    }
                }

                return [.. choices];
            },
        };
    }

    public static Option<bool> AllowEmpty()
    {
        return new Option<bool>("--allow-empty")
        {
            Description = "A table without signatures is meant. Otherwise it is an error: such a box sees no rule's probe.",
        };
    }

    public static Option<uint?> Sequence(string description, uint least)
    {
        return new Option<uint?>("--sequence")
        {
            Description = description,
            HelpName = "N",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
                    && number >= least && number <= SignCommand.MostSequence)
                {
                    return number;
                }

                result.AddError($"--sequence: '{text}' is not a whole number from {least} to {SignCommand.MostSequence}");
                return null;
            },
        };
    }

    public static Option<DateOnly?> LastDay()
    {
        return new Option<DateOnly?>("--fresh-until")
        {
            Description = "The last day on which the table is not old. From the next on a device says daily that its table is old, and "
                + "goes on using it. "
                + "Default: [site] fresh_days of the profile, counted from today; without either a table is never old.",
            HelpName = "YYYY-MM-DD",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
                {
                    result.AddError($"--fresh-until: '{text}' is no day; write 2027-06-30");
                    return null;
                }

                DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow);
                if (day < today || day > TableAge.Latest)
                {
                    result.AddError(string.Create(CultureInfo.InvariantCulture,
                        $"--fresh-until: {text} is "
                            + $"{(day < today ? "past: the table would be old at once" : $"too far away; {TableAge.Latest:yyyy-MM-dd} is the last day that a table can state")}"));
                    return null;
                }

                return day;
            },
        };
    }

    public static Option<string?> Board()
    {
        Option<string?> option = new("--board")
        {
            Description = "The device's board; a table that was compiled for another class of boards is refused.",
            HelpName = string.Join('|', SiteBoard.Names),
            CompletionSources = { _ => SiteBoard.Names.Select(name => new CompletionItem(name)) },
        };
        option.Validators.Add(result =>
        {
            foreach (string name in result.Tokens.Select(t => t.Value).Where(v => v.Length > 0 && !SiteBoard.IsKnown(v)))
            {
                result.AddError($"--board: '{name}' is no board that there is a profile of; there are {string.Join(", ", SiteBoard.Names)}"
                    + Suggestion.For(name, SiteBoard.Names));
            }
        });
        return option;
    }

    public static Option<string[]> TrustedKeys(bool required)
    {
        return new Option<string[]>("--key")
        {
            Description = "A public key that the device trusts; may be given for each.",
            HelpName = "K.pub.pem",
            Required = required,
            Arity = ArgumentArity.OneOrMore,
        };
    }

    public static Option<string?> Array()
    {
        Option<string?> option = new("--array")
        {
            Description = "Also prints the key's 64 octets as source code for an image.",
            HelpName = "csharp|c",
        };
        option.Validators.Add(result =>
        {
            foreach (string language in result.Tokens.Select(t => t.Value).Where(v => v.Length > 0).Except(KeyText.Languages))
            {
                result.AddError($"--array: '{language}' is no language that there is an array for; possible are "
                    + $"{string.Join(" and ", KeyText.Languages)}"
                    + Suggestion.For(language, KeyText.Languages));
            }
        });
        return option;
    }

    /// <summary>An empty text is what a script passes whose variable is not set; it names no file and no port.</summary>
    public static void RefuseEmptyValues(Command command)
    {
        foreach (Option option in command.Options.Where(o => IsText(o.ValueType)))
        {
            option.Validators.Add(result =>
            {
                if (result.Tokens.Any(t => t.Value.Length == 0))
                {
                    result.AddError($"{option.Name}: '' is empty; {option.HelpName} is needed");
                }
            });
        }

        foreach (Argument argument in command.Arguments.Where(a => IsText(a.ValueType)))
        {
            argument.Validators.Add(result =>
            {
                if (result.Tokens.Any(t => t.Value.Length == 0))
                {
                    result.AddError($"{argument.Name}: '' is empty; the name of a file is needed");
                }
            });
        }
    }

    private static bool IsText(Type type)
    {
        return type == typeof(string) || type == typeof(string[]);
    }
}
