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
        foreach (Diagnostic diagnostic in compiled.Diagnostics)
        {
            Console.Error.WriteLine(diagnostic);
            if (diagnostic.Severity is Severity.Error or Severity.Warning && compiled.Sources.TryGetValue(diagnostic.File, out string? text))
            {
                Console.Error.Write(SourceExcerpt.Of(diagnostic, text));
            }
        }

        int left = compiled.Diagnostics.Count(d => d.Severity == Severity.LeftOut);
        if (left > 0)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{left} of {compiled.Rules + left} rules left out"));
        }

        int errors = compiled.Diagnostics.Count(d => d.Severity == Severity.Error);
        if (errors > 0)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{errors} {(errors == 1 ? "error" : "errors")}, no table"));
        }
    }

    /// <summary>How large a table is.</summary>
    public static string Summary(byte[] octets)
    {
        var table = new SignatureTable();
        table.Load(octets, octets.Length);
        return string.Create(CultureInfo.InvariantCulture,
            $"{table.Count} signatures, {table.Length} octets, {TableCost.MemoryOf(table)} octets of the device's memory");
    }
}
