using System;
using System.CommandLine;

namespace Appliance.SignatureTool.Commands;

/// <summary><c>sigtab check</c></summary>
internal static class CheckCommand
{
    public static Command Make()
    {
        Argument<string[]> rules = Parameters.Rules();
        Option<string> site = Parameters.Site();
        Option<bool> lenient = Parameters.Lenient();
        Option<SuspectChoice[]> suspects = Parameters.Suspects();
        Option<bool> empty = Parameters.AllowEmpty();
        var command = new Command("check",
            """
            Says what is wrong in rules and a site profile, all of it at once, as file:line:column; writes nothing.

            Examples:
              sigtab check ward.rules --site ward.toml
              sigtab check community.rules --site ward.toml --lenient
            """)
        {
            rules, site, lenient, suspects, empty,
        };
        command.SetAction(result =>
        {
            CompiledTable compiled = TableCompiler.Compile(result.GetRequiredValue(rules), result.GetRequiredValue(site),
                new CompileOptions
                {
                    Lenient = result.GetValue(lenient),
                    Suspects = result.GetValue(suspects) ?? [],
                    AllowEmpty = result.GetValue(empty),
                    Unsignable = Severity.Warning,
                });
            Telling.Tell(compiled);
            if (compiled.Table is null)
            {
                return ExitCode.Unusable;
            }

            Console.Out.WriteLine(Telling.Summary(compiled.Table));
            return ExitCode.Done;
        });
        return command;
    }
}
