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
        Option<uint?> sequence = Parameters.Sequence("Numbers the table. A device refuses what is not higher than the last number that it saw.");
        Option<bool> lenient = Parameters.Lenient();
        Option<bool> rehome = new("--rehome") { Description = "A device of another site may take the table: it moves there." };
        Option<bool> forced = new("--force-dry-run")
        {
            Description = "That the table matches more than a quarter of the frames is meant. Otherwise devices refuse such a table.",
        };
        Option<bool> empty = new("--allow-empty")
        {
            Description = "A table without signatures is meant. Otherwise it is an error: such a box sees no rule's probe.",
        };
        Option<string[]> retired = new("--retire")
        {
            Description = "Devices shall trust this key no longer; the other one must sign. May be repeated.",
            HelpName = "K.pub.pem",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> catalogue = new("--catalogue")
        {
            Description = "Where to write the words for the collector: NAME.json and NAME.csv. Default: beside the table.",
            HelpName = "NAME",
        };
        var command = new Command("compile",
            """
            Makes a table of rules and a site profile, and a catalogue that turns its sids into words.

            Examples:
              sigtab compile *.rules --site ward.toml --key site-key.pem --sequence 8 --out ward.sigtab
              sigtab compile ward.rules --site ward.toml --key new.pem --retire old.pub.pem --sequence 9 --out ward.sigtab
            """)
        {
            rules, site, output, key, sequence, lenient, rehome, forced, empty, retired, catalogue,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(output)?.Tokens.Any(t => t.Value == "-") == true)
            {
                result.AddError("--out needs a file, since a catalogue is written beside it; a table can't go to standard output");
            }

            if (result.GetValue(key) is not null && result.GetValue(sequence) is null)
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
            if (result.GetValue(key) is { } keyFile && !KeyFile.TryReadPrivate(keyFile, out secret, out string problem))
            {
                Console.Error.WriteLine("error: " + problem);
                return ExitCode.Unusable;
            }

            using (secret)
            {
                if (!Files.TryReadKeys(result.GetValue(retired) ?? [], out List<PublicKey> old))
                {
                    return ExitCode.Unusable;
                }

                var options = new CompileOptions
                {
                    Sequence = result.GetValue(sequence) ?? 0,
                    Lenient = result.GetValue(lenient),
                    Rehome = result.GetValue(rehome),
                    // Devices take a table without signatures only when its header says that this is meant.
                    ForceDryRun = result.GetValue(forced) || result.GetValue(empty),
                    AllowEmpty = result.GetValue(empty),
                    Retired = [.. old.Select(k => k.Id).Distinct()],
                };
                string siteFile = result.GetRequiredValue(site);
                if (ruleFiles.Append(siteFile).Any(input => new[] { table, words + ".json", words + ".csv" }.Any(o => IsSame(o, input))))
                {
                    return Files.Complain(table, "is also an input, or its catalogue is; it would be overwritten");
                }

                CompiledTable compiled = TableCompiler.Compile(ruleFiles, siteFile, options);
                Telling.Tell(compiled);
                return compiled.Table is null ? ExitCode.Unusable : Finish(compiled, secret, options, table, words);
            }
        });
        return command;
    }

    private static bool IsSame(string one, string other)
    {
        return Path.GetFullPath(one) == Path.GetFullPath(other);
    }

    private static int Finish(CompiledTable compiled, ECDsa? secret, CompileOptions options, string path, string words)
    {
        byte[] octets = compiled.Table!;
        string signed = $"{path} is NOT signed: devices refuse it. Sign it with 'sigtab sign {path} --key K.pem --sequence N'.";
        if (secret is not null)
        {
            PublicKey key = PublicKey.Of(secret);
            var table = new SignatureTable();
            table.Load(octets, octets.Length);
            if (SignCommand.Obstacle(table, key, options.Sequence) is { } obstacle)
            {
                return Files.Complain(path, obstacle);
            }

            octets = TableSigner.Sign(octets, secret);
            signed = $"{path}: signed by key {key.Id}, sequence {options.Sequence}";
        }

        bool written = Files.TryWrite(path, () => File.WriteAllBytes(path, octets))
            && Files.TryWrite(words + ".json", () => File.WriteAllText(words + ".json", compiled.Catalogue.ToJson()))
            && Files.TryWrite(words + ".csv", () => File.WriteAllText(words + ".csv", compiled.Catalogue.ToCsv()));
        if (!written)
        {
            return ExitCode.Unusable;
        }

        Console.Out.WriteLine(Telling.Summary(octets));
        Console.Out.WriteLine(signed);
        return ExitCode.Done;
    }
}
