using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Papers.Tests;

/// <summary>The pages that answer somebody's form answer each of its numbers once.</summary>
[TestClass]
public sealed class QuestionTests
{
    /// <summary>The numbers of ANSI/NEMA HN 1-2019, a section a line; OTHR, the maker's remarks, has none.</summary>
    private const string Form = """
        DOC-1 to 11, 11.1 to 11.4
        MPII-1 to 3, 2.1 to 2.9, 3.1 to 3.10
        ALOF-1, 2
        AUDT-1 to 8, 1.1, 1.2, 2.1 to 2.11, 2.8.1, 2.8.2, 4.1, 4.1.1, 5.1 to 5.4, 7.1
        AUTH-1 to 5, 1.1 to 1.3
        CSUP-1 to 11, 2.1 to 2.4, 3.1 to 3.4, 4.1 to 4.4, 5.1 to 5.4, 6.1 to 6.4, 10.1, 11.1, 11.2
        DIDT-1, 1.1
        DTBK-1 to 6
        EMRG-1
        IGAU-1, 2
        MLDP-1 to 5, 2.1 to 2.8, 5.1, 5.2
        NAUT-1 to 3, 2.1
        CONN-1 to 8, 1.1, 1.2, 1.1.1 to 1.1.4, 1.2.1 to 1.2.4, 7.1
        PAUT-1 to 14, 1.1, 14.1
        PLOK-1 to 4
        RDMP-1 to 4
        SBOM-1 to 4, 2.1 to 2.4
        SAHD-1 to 16, 3.1, 3.2, 5.1, 6.1, 6.2, 14.1
        SGUD-1 to 4, 3.1
        STCF-1 to 4, 1.1 to 1.3
        TXCF-1 to 5, 2.1
        TXIG-1, 2
        RMOT-1 to 3, 1.1 to 1.3
        """;

    [TestMethod]
    public void EachQuestionOfTheFormHasOneAnswer()
    {
        string[] asked = [.. Form.Split('\n').SelectMany(Numbers).Order(StringComparer.Ordinal)];
        Assert.HasCount(240, asked);
        Page page = Page.All.Single(p => p.Name.EndsWith("MDS2.md", StringComparison.Ordinal));
        string[] answered = [.. page.Claims.SelectMany(row => Numbers(Page.TextOf(row[0]).Split(':')[0])).Order(StringComparer.Ordinal)];
        Assert.AreEqual(string.Join('\n', asked), string.Join('\n', answered));
    }

    /// <summary>Requirements of IEC 62443-4-2 for a component and an embedded device, but for the three that ask nothing of
    /// one.</summary>
    [TestMethod]
    public void EachComponentRequirementHasOneAnswer()
    {
        string[] asked =
        [
            .. Numbers("CR-1.1 to 1.5"), .. Numbers("CR-1.7 to 1.12"), "CR-1.14", "CR-2.1", "CR-2.2", "EDR-2.4", .. Numbers("CR-2.5 to 2.12"),
            "EDR-2.13", "CR-3.1", "EDR-3.2", .. Numbers("CR-3.3 to 3.9"), .. Numbers("EDR-3.10 to 3.14"), .. Numbers("CR-4.1 to 4.3"),
            "CR-5.1", "CR-6.1", "CR-6.2", .. Numbers("CR-7.1 to 7.4"), .. Numbers("CR-7.6 to 7.8"),
        ];
        Page page = Page.All.Single(p => p.Name.EndsWith("IEC-62443-4-2.md", StringComparison.Ordinal));
        IEnumerable<string> answered = page.Claims.SelectMany(row => Requirements(Page.TextOf(row[0])));
        Assert.AreEqual(string.Join('\n', asked.Order(StringComparer.Ordinal)), string.Join('\n', answered.Order(StringComparer.Ordinal)));
    }

    // "CR 1.7, 1.10 passwords, feedback": the kind, numbers, words.
    private static IEnumerable<string> Requirements(string cell)
    {
        string[] words = cell.Split(' ');
        return words.Skip(1).TakeWhile(w => char.IsAsciiDigit(w[0])).Select(w => $"{words[0]}-{w.TrimEnd(',')}");
    }

    // "MPII-2, 2.2 to 2.4": a section, numbers and spans of them.
    private static IEnumerable<string> Numbers(string text)
    {
        string[] parts = text.Trim().Split('-', 2);
        foreach (string[] span in parts[1].Split(", ").Select(s => s.Split(" to ")))
        {
            int dot = span[0].LastIndexOf('.') + 1;
            int first = int.Parse(span[0][dot..], CultureInfo.InvariantCulture);
            int last = span.Length == 1 ? first : int.Parse(span[1][dot..], CultureInfo.InvariantCulture);
            for (int i = first; i <= last; i++)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{parts[0]}-{span[0][..dot]}{i}");
            }
        }
    }
}
