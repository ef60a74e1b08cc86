using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Appliance.Playback.Alerts;
using Appliance.SignatureTool.Learning;

namespace Appliance.SignatureTool.Commands;

/// <summary><c>sigtab expect</c></summary>
internal static partial class ExpectCommand
{
    /// <summary>Candidates that a person looks through.</summary>
    private const int MostCandidates = 20;

    public static Command Make()
    {
        Argument<string[]> lines = new("LINES")
        {
            Description = "Files of collector lines, of one box or many; plain or gzip.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> id = new("--id")
        {
            Description = "The incident's number, or its whole name as the report prints it: HOSTNAME/BOOT/N, with -2 behind it where two boxes "
                + "of one name have it.",
            HelpName = "N",
            Required = true,
        };
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

            Examples:
              sigtab expect /var/log/tap.log --id 17 >> ward.toml
              sigtab expect /var/log/tap.log --id tap-1f2e3d/12/17 >> ward.toml
            """)
        {
            lines, id, box, boot,
        };
        command.SetAction(result =>
        {
            string asked = result.GetRequiredValue(id);
            if (NameOfIncident().Match(asked) is not { Success: true } name)
            {
                Console.Error.WriteLine($"error: --id: '{asked}' is no incident's number; 17 and tap-1f2e3d/12/17 are, and 17-2 where two boxes "
                    + "of one name have it");
                return ExitCode.WrongUsage;
            }

            try
            {
                var log = new LineLog();
                foreach (string path in result.GetRequiredValue(lines))
                {
                    log.Take(path);
                }

                return Write(log, name, result.GetValue(box), result.GetValue(boot));
            }
            catch (LogException e)
            {
                Console.Error.WriteLine($"error: {e.Message}");
                return ExitCode.Unusable;
            }
        });
        return command;
    }

    private static int Write(LineLog log, Match name, string? box, long? boot)
    {
        IReadOnlyList<LoggedIncident> all = log.Incidents();
        string number = name.Groups["number"].Value;
        List<LoggedIncident> found = [.. all.Where(i => IsNamed(i, name) && (box is null || i.Line.HostName == box)
            && (boot is null || i.Line.Boot == boot))];
        if (found.Count == 0)
        {
            Console.Error.WriteLine(log.Read == 0 ? "error: no line of a box was found"
                : $"error: none of {Words.Count(all.Count, "incident")} has the number {number}"
                    + (box is null && boot is null && name.Groups["box"].Length == 0 ? "" : " at that box and boot"));
            return ExitCode.Unusable;
        }

        if (found.Count > 1)
        {
            Console.Error.WriteLine($"error: {found.Count} incidents have the number {number}; say which by its whole name:");
            foreach (LoggedIncident candidate in found.Take(MostCandidates))
            {
                Console.Error.WriteLine("  " + CandidateText(candidate));
            }

            Console.Error.Write(found.Count > MostCandidates ? $"  and {found.Count - MostCandidates} more\n" : "");
            return ExitCode.Unusable;
        }

        AlertLine line = found[0].Line;
        var told = new Told(line, 1);
        if (line["state"] == "folded")
        {
            Console.Error.WriteLine($"error: #{number} went into #{line["into"]}; explain that one");
            return ExitCode.Unusable;
        }

        var finder = new EntryFinder(a => Census.IsPrivate(a) ? "" : null, LearnCommand.SuspectSids(), null);
        Entry? entry = finder.MakeAsked(told, out string? problem);
        if (entry is null)
        {
            Console.Error.WriteLine($"error: no entry can explain #{number}: {problem}");
            return ExitCode.Unusable;
        }

        if (finder.IsSuspect(line))
        {
            Console.Error.WriteLine($"sigtab: warning: a signature calls #{number} suspect; be sure of it before you sign this");
        }

        if (Census.IsPublic(line["src"]))
        {
            Console.Error.WriteLine($"sigtab: warning: {line["src"]} is no private address: the entry may explain an outsider");
        }

        var text = new StringBuilder("\n");
        ProposalText.Write(text, entry);
        Console.Out.Write(text.ToString());
        return ExitCode.Done;
    }

    // The first of several with one name is printed without a number of its own, and can be asked for by -1.
    private static bool IsNamed(LoggedIncident incident, Match name)
    {
        string twin = name.Groups["twin"].Value;
        bool isWhole = name.Groups["box"].Length > 0;
        return incident.Line["id"].TrimStart('0') == name.Groups["id"].Value.TrimStart('0')
            && (twin.Length > 0 ? twin == (incident.Twin + 1).ToString(CultureInfo.InvariantCulture) : !isWhole || incident.Twin == 0)
            && (!isWhole || (incident.Line.HostName == name.Groups["box"].Value
                && (incident.Line.Boot?.ToString(CultureInfo.InvariantCulture) ?? "-") == name.Groups["boot"].Value));
    }

    private static string CandidateText(LoggedIncident incident)
    {
        string first = incident.First?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "no clock";
        string boot = incident.Line.Boot?.ToString(CultureInfo.InvariantCulture) ?? "not known";
        return $"--id {incident.Name}: box {incident.Line.HostName}, boot {boot}, #{incident.Number}, first seen {first}, {incident.Line.Kind} by "
            + incident.Line["src"];
    }

    [GeneratedRegex("^(?:(?<box>[^/\\s]+)/(?<boot>[0-9]+|-)/)?#?(?<number>(?<id>[0-9]{1,18})(?:-(?<twin>[1-9][0-9]{0,3}))?)$")]
    private static partial Regex NameOfIncident();
}
