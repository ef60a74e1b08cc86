using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text;
using Appliance.Playback.Alerts;
using Appliance.SignatureTool.Learning;

namespace Appliance.SignatureTool.Commands;

/// <summary><c>sigtab expect</c></summary>
internal static class ExpectCommand
{
    public static Command Make()
    {
        Argument<string[]> lines = new("LINES")
        {
            Description = "Files of collector lines, of one box or many; plain or gzip.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<long> id = new("--id") { Description = "The incident's number.", HelpName = "N", Required = true };
        Option<string?> box = new("--box")
        {
            Description = "The box that told it, where several have such a number.",
            HelpName = "HOSTNAME"
        };
        Option<long?> boot = new("--boot") { Description = "The boot count (PROCID) of the box then.", HelpName = "N" };
        var command = new Command("expect",
            """
            Writes the entry of a site profile, [[expected]] or [[serves]], that explains one incident which somebody knows to be benign.
            Append it to the profile, compile, and dry-run before you sign.

            Example:
              sigtab expect /var/log/tap.log --id 17 >> ward.toml
            """)
        {
            lines, id, box, boot,
        };
        command.SetAction(result =>
        {
            try
            {
                var log = new LineLog();
                foreach (string path in result.GetRequiredValue(lines))
                {
                    log.Take(path);
                }

                return Write(log, result.GetValue(id), result.GetValue(box), result.GetValue(boot));
            }
            catch (LogException e)
            {
                Console.Error.WriteLine($"error: {e.Message}");
                return ExitCode.Unusable;
            }
        });
        return command;
    }

    private static int Write(LineLog log, long id, string? box, long? boot)
    {
        string number = id.ToString(CultureInfo.InvariantCulture);
        List<AlertLine> found = [.. log.Newest.Where(l => l.Number("id") == id && (box is null || l.HostName == box) && (boot is null
            || l.Boot == boot))];
        if (found.Count == 0)
        {
            Console.Error.WriteLine(log.Read == 0 ? "error: no line of a box was found"
                : $"error: none of {Words.Count(log.Newest.Count(), "incident")} has the number {number}"
                    + (box is null && boot is null ? "" : " at that box and boot"));
            return ExitCode.Unusable;
        }

        if (found.Count > 1)
        {
            Console.Error.WriteLine($"error: {found.Count} incidents have the number {number}; say which with --box and --boot: "
                + string.Join(", ", found.Take(8).Select(l => $"{l.HostName} {l.Boot?.ToString(CultureInfo.InvariantCulture) ?? "-"}")));
            return ExitCode.Unusable;
        }

        var told = new Told(found[0], 1);
        if (found[0]["state"] == "folded")
        {
            Console.Error.WriteLine($"error: #{number} went into #{found[0]["into"]}; explain that one");
            return ExitCode.Unusable;
        }

        var finder = new EntryFinder(a => Census.IsPrivate(a) ? "" : null, LearnCommand.SuspectSids(), null);
        Entry? entry = finder.MakeAsked(told, out string? problem);
        if (entry is null)
        {
            Console.Error.WriteLine($"error: no entry can explain #{number}: {problem}");
            return ExitCode.Unusable;
        }

        if (finder.IsSuspect(found[0]))
        {
            Console.Error.WriteLine($"sigtab: warning: a signature calls #{number} suspect; be sure of it before you sign this");
        }

        if (Census.IsPublic(found[0]["src"]))
        {
            Console.Error.WriteLine($"sigtab: warning: {found[0]["src"]} is no private address: the entry may explain an outsider");
        }

        var text = new StringBuilder("\n");
        ProposalText.Write(text, entry);
        Console.Out.Write(text.ToString());
        return ExitCode.Done;
    }
}
