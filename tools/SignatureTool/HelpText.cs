using System;
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
