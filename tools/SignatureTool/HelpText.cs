using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;

namespace Appliance.SignatureTool;

/// <summary>What <c>--help</c> teaches beside arguments and options, of all tools.</summary>
public static class HelpText
{
    /// <summary>Says below a command's words, which end with its examples, what its exit codes mean.</summary>
    /// <param name="command">The command.</param>
    /// <param name="codes">Each code and what it means.</param>
    /// <returns>The same command.</returns>
    public static Command WithExitCodes(this Command command, string codes)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Description += $"\n\nExit codes: {codes}.";
        return command;
    }

    /// <summary>What is wrong with a word that stands where a command should; null when none does.</summary>
    /// <param name="parsed">The line.</param>
    /// <param name="root">The program.</param>
    /// <param name="program">Its name, as it is called.</param>
    /// <param name="forFile">The command that takes a file, which may have been forgotten; null for none.</param>
    public static string? UnknownCommand(ParseResult parsed, RootCommand root, string program, string? forFile = null)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        ArgumentNullException.ThrowIfNull(root);
        string? word = parsed.CommandResult.Command == root ? parsed.UnmatchedTokens.FirstOrDefault() : null;
        string bare = word?.TrimStart('-', '/') ?? "";
        string meant = bare is "help" or "h" or "?" ? "--help" : bare is "version" or "v" or "V" ? "--version" : "";
        return word is null ? null
            : forFile is not null && File.Exists(word) ? $"'{word}' is no command; did you mean '{program} {forFile} {word}'?"
            : meant.Length > 0 ? $"'{word}' is neither a command nor an option of {program}; did you mean '{meant}'?"
            : $"'{word}' is neither a command nor an option of {program}"
            + Suggestion.For(word, root.Subcommands.Select(c => c.Name).Append("--help").Append("--version"));
    }

    /// <summary>
    /// What is wrong with a line, of all tools alike: an unknown command alone; else misspelt options first, without the errors
    /// that come of them.
    /// </summary>
    /// <param name="parsed">The line.</param>
    /// <param name="root">The program.</param>
    /// <param name="program">Its name, as it is called.</param>
    /// <param name="arguments">The line's words.</param>
    /// <param name="forFile">The command that takes a file, which may have been forgotten; null for none.</param>
    public static IReadOnlyList<string> WhatIsWrong(ParseResult parsed, RootCommand root, string program, string[] arguments,
        string? forFile = null)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        Command command = parsed.CommandResult.Command;
        // A shell that asks what may follow gives the line as a word of its own, which is no error to the parser.
        if (parsed.Errors.Count > 0 && UnknownCommand(parsed, root, program, forFile) is { } unknown)
        {
            return [unknown];
        }

        string[] misspelt = command == root ? [] : [.. Misspelt(command, program, arguments)];
        // A word behind such an option is its value; the option that was meant seems to be missing, by itself or of "either
        // --port or".
        IEnumerable<string> followers = misspelt.Length == 0 ? []
            : parsed.UnmatchedTokens.Concat(command.Options.Select(o => o.Name)
                .Where(o => misspelt.Any(m => m.Contains($"'{o}'", StringComparison.Ordinal))));
        return
        [
            .. misspelt.Concat(parsed.Errors.Select(e => e.Message)
                .Where(e => !followers.Any(f => e.Contains($"'{f}'", StringComparison.Ordinal) || e.Contains($" {f} ", StringComparison.Ordinal))))
                .Distinct(),
        ];
    }

    // What the parser would take for the name of a file: "--lenent", and the value of "--lenient=no".
    private static IEnumerable<string> Misspelt(Command command, string program, string[] arguments)
    {
        foreach (string argument in arguments.TakeWhile(a => a != "--").Where(a => a.StartsWith("--", StringComparison.Ordinal)))
        {
            int sign = argument.IndexOfAny(['=', ':']);
            string name = sign < 0 ? argument : argument[..sign];
            Option? option = command.Options.FirstOrDefault(o => o.Name == name);
            if (option is null && name is not ("--help" or "--version"))
            {
                yield return $"{name}: is no option of '{program} {command.Name}'" + Suggestion.For(name, command.Options.Select(o => o.Name));
            }
            else if (sign > 0 && option?.ValueType == typeof(bool))
            {
                yield return $"{name}: '{argument[(sign + 1)..]}' is too much; it is given or left out, and has no value";
            }
        }
    }

    /// <summary>Leaves the first sentence of each command for the list of all; the rest is its own help's.</summary>
    /// <param name="root">The program.</param>
    public static void ShortenList(RootCommand root)
    {
        ArgumentNullException.ThrowIfNull(root);
        foreach (Command command in root.Subcommands)
        {
            string whole = command.Description!.ReplaceLineEndings("\n").Split("\n\n")[0].Replace('\n', ' ');
            int end = whole.IndexOf(". ", StringComparison.Ordinal);
            command.Description = end < 0 ? whole : whole[..(end + 1)];
        }
    }
}
