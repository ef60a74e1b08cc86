using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Keys;

namespace Appliance.SignatureTool.Commands;

/// <summary><c>sigtab compile</c></summary>
internal static class CompileCommand
{
    public static Command Make()
    {
        Argument<string[]> rules = Parameters.Rules();
        Option<string> site = Parameters.Site();
        Option<string> output = new("--out") { Description = "The table to write.", HelpName = "T.sigtab", Required = true };
        Option<string?> key = new("--key")
        {
            Description = "Signs the table with this private key; without it the table is not signed, and devices refuse it.",
            HelpName = "K.pem",
        };
        Option<uint?> sequence = Parameters.Sequence("Numbers the table. A device refuses what is not higher than the last number that "
            + "it saw.", 0);
        Option<bool> lenient = Parameters.Lenient();
        Option<SuspectChoice[]> suspects = Parameters.Suspects();
        Option<bool> rehome = new("--rehome") { Description = "A device of another site may take the table: it moves there." };
        Option<bool> forced = new("--force-dry-run")
        {
            Description = "That the table matches more than a quarter of the frames is meant. Otherwise devices refuse such a table.",
        };
        Option<bool> test = new("--test-alert")
        {
            Description = "The device that starts to use the table tells one test incident, so that an alert is seen to arrive at the collector.",
        };
        Option<bool> empty = Parameters.AllowEmpty();
        Option<string[]> retired = new("--retire")
        {
            Description = "Devices shall trust this key no longer; the other one must sign. May be repeated.",
            HelpName = "K.pub.pem",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string[]> trusted = new("--trust")
        {
            Description = "Devices shall trust this key too from this table on, in a place that is free or that of a retired key. May be "
                + "repeated.",
            HelpName = "K.pub.pem",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<DateOnly?> lastDay = Parameters.LastDay();
        Option<string?> catalogue = new("--catalogue")
        {
            Description = "Where to write the words for the collector: NAME.json and NAME.csv. Default: beside the table.",
            HelpName = "NAME",
        };
        var command = new Command("compile",
            """
            Makes a table of rules and a site profile, and a catalogue that turns its sids into words. In the profile
            [site] board = "wt32-eth01" (a folder of hardware/boards) makes it a table for the boards of that class alone, with or without
            external memory, and what would not fit there is an error; [site] fresh_days = 180 says after how many days it is old.

            Examples:
              sigtab compile *.rules --site ward.toml --key site-key.pem --sequence 8 --out ward.sigtab
              sigtab compile ward.rules --site ward.toml --key new.pem --retire old.pub.pem --sequence 9 --out ward.sigtab
              sigtab compile *.rules --site ward.toml --key site-key.pem --sequence 1 --test-alert --out ward.sigtab
            """)
        {
            rules, site, output, key, sequence, lenient, suspects, rehome, forced, test, empty, retired, trusted, lastDay, catalogue,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(output)?.Tokens.Any(t => t.Value == "-") == true)
            {
                result.AddError("--out needs a file, since a catalogue is written beside it; a table can't go to standard output");
            }

            // Whether it was given, not what: a value that is no number can't be asked for.
            if (result.GetResult(key) is not null && result.GetResult(sequence) is null)
            {
                result.AddError("--key needs --sequence: a number higher than that of the last table that was signed with this key");
            }
        });
        command.SetAction(result =>
        {
            string[] ruleFiles = result.GetRequiredValue(rules);
            string table = result.GetRequiredValue(output);
            string words = result.GetValue(catalogue) ?? Path.ChangeExtension(table, null);
            ECDsa? secret = null;
            if (result.GetValue(key) is not null && result.GetValue(sequence) == 0)
            {
                Console.Error.WriteLine($"sigtab: --sequence: '0' is that of tables that are not signed; with --key it is a number from "
                    + $"1 to {SignCommand.MostSequence}");
                return ExitCode.WrongUsage;
            }

            if (result.GetValue(key) is { } keyFile && !KeyFile.TryReadPrivate(keyFile, out secret, out string problem))
            {
                Files.Complain(keyFile, problem);
                return ExitCode.Unusable;
            }

            using (secret)
            {
                if (!Files.TryReadKeys(result.GetValue(retired) ?? [], out List<PublicKey> old)
                    || !Files.TryReadKeys(result.GetValue(trusted) ?? [], out List<PublicKey> come) || !IsPossible(old, come))
                {
                    return ExitCode.Unusable;
                }

                var options = new CompileOptions
                {
                    Sequence = result.GetValue(sequence) ?? 0,
                    Lenient = result.GetValue(lenient),
                    Suspects = result.GetValue(suspects) ?? [],
                    Rehome = result.GetValue(rehome),
                    // Devices take a table without signatures only when its header says that this is meant.
                    ForceDryRun = result.GetValue(forced) || result.GetValue(empty),
                    TestAlert = result.GetValue(test),
                    AllowEmpty = result.GetValue(empty),
                    Unsignable = secret is null ? Severity.Warning : Severity.Error,
                    Retired = [.. old.Select(k => k.Id).Distinct()],
                    Trusted = [.. come.DistinctBy(k => k.Id)],
                    LastDay = result.GetValue(lastDay),
                };
                CompiledTable compiled = TableCompiler.Compile(ruleFiles, result.GetRequiredValue(site), options);
                Telling.Tell(compiled);
                string[] inputs = [.. compiled.Inputs, .. result.GetValue(retired) ?? [], .. result.GetValue(trusted) ?? [],
                    .. new[] { result.GetValue(key) }.OfType<string>()];
                if (compiled.Table is not { } octets || (secret is not null && !TrySign(table, ref octets, secret, options.Sequence))
                    || !new Outputs().Table(table, octets).Words(words, compiled.Catalogue).TryWrite(inputs))
                {
                    return ExitCode.Unusable;
                }

                Console.Out.WriteLine(Telling.Summary(octets));
                Console.Out.WriteLine(secret is null
                    ? $"{table} is NOT signed: devices refuse it. Sign it with 'sigtab sign {table} --key K.pem --sequence N'."
                    : $"{table}: signed by key {PublicKey.Of(secret).Id}, sequence {options.Sequence}");
                return ExitCode.Done;
            }
        });
        return command;
    }

    // What no box could do: trust a key that the same table retires, or more keys than it has places for.
    private static bool IsPossible(List<PublicKey> retired, List<PublicKey> trusted)
    {
        int places = trusted.DistinctBy(k => k.Id).Count();
        if (trusted.FirstOrDefault(k => retired.Any(r => r.Id.Equals(k.Id))) is { } both)
        {
            Console.Error.WriteLine($"error: key {both.Id} is given with --retire and with --trust; a table can't do both");
            return false;
        }

        if (places > TableFormat.MostTrusted)
        {
            Console.Error.WriteLine($"error: {places} keys are given with --trust; a device trusts {TableFormat.MostTrusted} at a time");
            return false;
        }

        return true;
    }

    private static bool TrySign(string path, ref byte[] octets, ECDsa secret, uint sequence)
    {
        var table = new SignatureTable();
        table.Load(octets, octets.Length);
        if (SignCommand.Obstacle(table, PublicKey.Of(secret), sequence) is { } obstacle)
        {
            Files.Complain(path, obstacle);
            return false;
        }

        octets = TableSigner.Sign(octets, secret);
        return true;
    }
}
