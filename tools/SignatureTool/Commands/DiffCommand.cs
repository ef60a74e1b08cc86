using System;
using System.Collections.Generic;
using System.CommandLine;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool.Commands;

/// <summary><c>sigtab diff</c></summary>
internal static class DiffCommand
{
    public static Command Make()
    {
        Argument<string> old = new("OLD") { Description = "A table." };
        Argument<string> fresh = new("NEW") { Description = "Another table." };
        var command = new Command("diff",
            """
            Says what changed between two tables: + is new, - is gone, ~ is otherwise now; signatures by gid:sid, with what of them changed,
            and the site profile, the flags and the keys.

            Example:
              sigtab diff running.sigtab ward.sigtab
            """)
        {
            old, fresh,
        };
        command.SetAction(result =>
        {
            if (!Files.TryReadTable(result.GetRequiredValue(old), out SignatureTable? one)
                || !Files.TryReadTable(result.GetRequiredValue(fresh), out SignatureTable? other))
            {
                return ExitCode.Unusable;
            }

            IReadOnlyList<string> lines = TableDifference.Of(one, other);
            foreach (string line in lines)
            {
                Console.Out.WriteLine(line);
            }

            if (lines.Count == 0)
            {
                Console.Out.WriteLine("both tables say the same");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
