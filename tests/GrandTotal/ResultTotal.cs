using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml;
using System.Xml.Linq;

namespace Appliance.GrandTotal;

/// <summary>What several runs of tests came to.</summary>
public sealed class ResultTotal
{
    private static readonly XNamespace Schema = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Tests that passed.</summary>
    public int Passed { get; private set; }

    /// <summary>Tests that failed, ran out of time or were broken off, and files that can't be read.</summary>
    public int Failed { get; private set; }

    /// <summary>Tests that did not run.</summary>
    public int Skipped { get; private set; }

    /// <summary>Why tests did not run, and how many for that reason.</summary>
    public Dictionary<string, int> Reasons { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds the results of one run.</summary>
    /// <param name="file">A result file of Visual Studio's format (.trx), as <c>dotnet test --logger trx</c> writes it.</param>
    public void Add(string file)
    {
        XDocument run;
        try
        {
            run = XDocument.Load(file);
        }
        catch (XmlException e)
        {
            Console.WriteLine($"{Path.GetFileName(file)}: not a whole result file: {e.Message}");
            Failed++;
            return;
        }

        XElement? counters = run.Descendants(Schema + "Counters").FirstOrDefault();
        int Count(string name) => int.Parse(counters?.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);
        Passed += Count("passed");
        Failed += Count("failed") + Count("error") + Count("timeout") + Count("aborted");
        Skipped += Count("total") - Count("executed");
        // A test host that ends amid its tests leaves a file in which none has failed.
        string? outcome = run.Descendants(Schema + "ResultSummary").FirstOrDefault()?.Attribute("outcome")?.Value;
        if (outcome is "Failed" or "Aborted" or "Error" && Count("failed") + Count("error") + Count("timeout") + Count("aborted") == 0)
        {
            Console.WriteLine($"{Path.GetFileName(file)}: the run ended before its tests did, or failed beside them");
            Failed++;
        }

        foreach (XElement result in run.Descendants(Schema + "UnitTestResult").Where(r => r.Attribute("outcome")?.Value == "NotExecuted"))
        {
            string reason = result.Descendants(Schema + "Message").FirstOrDefault()?.Value.Trim() ?? "";
            reason = reason.Length == 0 ? "no reason was given" : reason;
            Reasons[reason] = Reasons.GetValueOrDefault(reason) + 1;
        }
    }
}
