using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool;

/// <summary>The commands of <c>sigtab</c>. Exit codes: 0 done, 1 wrong usage, 2 unusable input.</summary>
internal static class CommandLine
{
    private const int Done = 0;
    private const int Unusable = 2;

    public static int Run(string[] args)
    {
        var root = new RootCommand("Compiles, checks and inspects the signature tables of the tap.")
        {
            Compile(), Check(), Inspect(),
        };
        return root.Parse(args).Invoke();
    }

    private static Argument<string[]> RulesArgument()
    {
        return new Argument<string[]>("RULES") { Description = "Rule files in Snort 3's syntax.", Arity = ArgumentArity.OneOrMore };
    }

    private static Option<string> SiteOption()
    {
        return new Option<string>("--site") { Description = "The site profile (TOML).", Required = true };
    }

    private static Command Compile()
    {
        Argument<string[]> rules = RulesArgument();
        Option<string> site = SiteOption();
        Option<string> output = new("--out") { Description = "The table file to write.", Required = true };
        Option<uint> sequence = new("--sequence") { Description = "Its sequence number: of two valid tables a device uses the higher one." };
        Option<string?> catalogue = new("--catalogue")
        {
            Description = "Where to write the catalogue for the collector; NAME.json and NAME.csv are made. Default: beside the table.",
        };
        var command = new Command("compile", "Makes a table of rules and a site profile.") { rules, site, output, sequence, catalogue };
        command.SetAction(result =>
        {
            CompiledTable compiled = TableCompiler.Compile(
                result.GetRequiredValue(rules), result.GetRequiredValue(site),
                new CompileOptions { Sequence = result.GetValue(sequence) });
            Tell(compiled);
            if (compiled.Table is null)
            {
                return Unusable;
            }

            string table = result.GetRequiredValue(output);
            string words = result.GetValue(catalogue) ?? Path.ChangeExtension(table, null);
            return Write(() =>
            {
                File.WriteAllBytes(table, compiled.Table);
                File.WriteAllText(words + ".json", compiled.Catalogue.ToJson());
                File.WriteAllText(words + ".csv", compiled.Catalogue.ToCsv());
                Console.Out.WriteLine(Summary(compiled));
                Console.Out.WriteLine(
                    $"{table} is NOT signed: a device that has a key refuses it. Signing comes with the keys (sigtab keygen, sign).");
            });
        });
        return command;
    }

    private static Command Check()
    {
        Argument<string[]> rules = RulesArgument();
        Option<string> site = SiteOption();
        var command = new Command("check", "Says what is wrong in rules and a site profile; writes nothing.") { rules, site };
        command.SetAction(result =>
        {
            CompiledTable compiled = TableCompiler.Compile(result.GetRequiredValue(rules), result.GetRequiredValue(site));
            Tell(compiled);
            if (compiled.Table is null)
            {
                return Unusable;
            }

            Console.Out.WriteLine(Summary(compiled));
            return Done;
        });
        return command;
    }

    private static Command Inspect()
    {
        Argument<string> file = new("TABLE") { Description = "A table file." };
        var command = new Command("inspect", "Shows what is in a table.") { file };
        command.SetAction(result =>
        {
            string path = result.GetRequiredValue(file);
            byte[] bytes;
            try
            {
                bytes = File.ReadAllBytes(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"{path}: error: can't be read: {e.Message}");
                return Unusable;
            }

            var table = new SignatureTable();
            int problem = table.Load(bytes, bytes.Length);
            if (problem != TableProblem.None)
            {
                Console.Error.WriteLine($"{path}: error: is no usable table: {TableProblem.NameOf(problem)}");
                return Unusable;
            }

            Console.Out.Write(TableText.Of(table));
            return Done;
        });
        return command;
    }

    private static int Write(Action write)
    {
        try
        {
            write();
            return Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine("error: can't be written: " + e.Message);
            return Unusable;
        }
    }

    private static void Tell(CompiledTable compiled)
    {
        foreach (Diagnostic diagnostic in compiled.Diagnostics)
        {
            Console.Error.WriteLine(diagnostic);
        }

        int errors = compiled.Diagnostics.Count(d => d.Severity == Severity.Error);
        if (errors > 0)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{errors} errors, no table"));
        }
    }

    private static string Summary(CompiledTable compiled)
    {
        var table = new SignatureTable();
        table.Load(compiled.Table!, compiled.Table!.Length);
        return string.Create(CultureInfo.InvariantCulture,
            $"{table.Count} signatures, {table.Length} octets, {table.MemoryOctets()} octets of the device's memory");
    }
}
