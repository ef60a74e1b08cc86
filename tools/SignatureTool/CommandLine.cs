using System;
using System.Collections.Generic;
using System.CommandLine;
using Appliance.SignatureTool.Commands;

namespace Appliance.SignatureTool;

/// <summary>The commands of <c>sigtab</c>. Exit codes are those of <see cref="ExitCode"/>.</summary>
internal static class CommandLine
{
    /// <summary>Does what the arguments say.</summary>
    public static int Run(string[] arguments)
    {
        var root = new RootCommand(
            """
            sigtab makes the signature tables of the tap: what it looks for, and what it knows of its site. 'sigtab COMMAND --help' has examples.

            From an editor to a box:
              sigtab keygen --out site-key                                                         once
              sigtab learn monday.pcap tuesday.pcap > ward.toml                                    a first proposal
              sigtab check ward.rules --site ward.toml
              sigtab compile ward.rules --site ward.toml --key site-key.pem --sequence 8 --out ward.sigtab
              sigtab dry-run running.sigtab ward.sigtab monday.pcap
              sigtab provision --port /dev/ttyUSB0 --key site-key.pub.pem --table ward.sigtab --network dhcp     once a box
              sigtab flash --port /dev/ttyUSB0 ward.sigtab --key site-key.pub.pem
            """)
        {
            KeygenCommand.Make(), CheckCommand.Make(), CompileCommand.Make(), SignCommand.Make(), VerifyCommand.Make(),
            InspectCommand.Make(), DiffCommand.Make(), DryRunCommand.Make(), LearnCommand.Make(), ExpectCommand.Make(), FlashCommand.Make(),
            ProvisionCommand.Make(), Completion.Make("sigtab"),
        };
        foreach (Command each in root.Subcommands)
        {
            Parameters.RefuseEmptyValues(each);
            each.WithExitCodes(each.Name == "verify" ? "0 accepted, 1 wrong usage, 2 refused, or not to be read"
                : "0 done, 1 wrong usage, 2 an input can't be used or an output not be written");
        }

        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        Command command = parsed.CommandResult.Command;
        IReadOnlyList<string> errors = HelpText.WhatIsWrong(parsed, root, "sigtab", arguments);
        if (errors.Count == 0)
        {
            if (command == root)
            {
                HelpText.ShortenList(root);
            }

            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }

        foreach (string message in errors)
        {
            Console.Error.WriteLine($"sigtab: {message}");
        }

        Console.Error.WriteLine(command == root ? "sigtab: see 'sigtab --help'" : $"sigtab: see 'sigtab {command.Name} --help'");
        return ExitCode.WrongUsage;
    }
}
