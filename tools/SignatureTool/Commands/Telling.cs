using System;
using System.Globalization;
using System.Linq;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool.Commands;

/// <summary>What <c>compile</c> and <c>check</c> say of what they found.</summary>
internal static class Telling
{
    /// <summary>Says on standard error all that is worth telling.</summary>
    public static void Tell(CompiledTable compiled)
    {
        // What was left out fills screens: the whole list goes first, and what needs a hand stands at the end with the counts.
        foreach (Diagnostic diagnostic in compiled.Diagnostics.OrderBy(d => d.Severity == Severity.LeftOut ? 0 : 1))
        {
            Console.Error.WriteLine(diagnostic);
            if (diagnostic.Severity is Severity.Error or Severity.Warning
                && compiled.Sources.TryGetValue(diagnostic.File, out string? text))
            {
                Console.Error.Write(SourceExcerpt.Of(diagnostic, text));
            }
        }

        CountLeftOut(compiled);
        int errors = compiled.Diagnostics.Count(d => d.Severity == Severity.Error);
        if (errors > 0)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{errors} {(errors == 1 ? "error" : "errors")}, no table"));
        }
    }

    private static void CountLeftOut(CompiledTable compiled)
    {
        Diagnostic[] left = [.. compiled.Diagnostics.Where(d => d.Severity == Severity.LeftOut)];
        if (left.Length == 0)
        {
            return;
        }

        IGrouping<string, Diagnostic>[] reasons =
        [
            .. left.GroupBy(d => (d.Option is null ? "" : d.Option + ": ") + (d.Reason ?? d.Message)).OrderByDescending(g => g.Count()),
        ];
        if (reasons.Length < left.Length)
        {
            Console.Error.WriteLine("left out, by reason (the list is above):");
            foreach (IGrouping<string, Diagnostic> reason in reasons)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reason.Count(),6}  {reason.Key}"));
            }
        }

        int others = left.Length - compiled.LeftOut;
        string more = others == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
            $", and {others} {(others == 1 ? "setting" : "settings")} of Snort");
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{compiled.LeftOut} of {compiled.Rules + compiled.LeftOut} rules left out{more}"));
    }

    /// <summary>How large a table is.</summary>
    public static string Summary(byte[] octets)
    {
        var table = new SignatureTable();
        table.Load(octets, octets.Length);
        int quiet = Enumerable.Range(0, table.Count).Count(i => (table.Traits(i) & (Traits.Suspect | Traits.RestrictedService)) == 0);
        string note = quiet == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
            $"\n{(table.Count == 1 ? "it" : $"{quiet} of them")} {(quiet == 1 ? "opens" : "open")} no incident by {(quiet == 1 ? "itself" : "themselves")}: ")
            + $"{(quiet == 1 ? "it names" : "they name")} what the trackers find; metadata:suspect yes or --suspect classtype=CLASS changes that";
        return string.Create(CultureInfo.InvariantCulture,
            $"{table.Count} {(table.Count == 1 ? "signature" : "signatures")}, {table.Length} octets, {TableCost.MemoryOf(table)} octets of the device's memory{note}");
    }
}
