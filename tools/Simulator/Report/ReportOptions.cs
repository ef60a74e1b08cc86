using System.Collections.Generic;

namespace Appliance.Simulator.Report;

/// <summary>What the command line of <c>report</c> asks for.</summary>
internal sealed class ReportOptions
{
    /// <summary>Files of lines; "-" is standard input.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>The catalogue that sigtab wrote beside the table; null for the shipped rules'.</summary>
    public string? Catalogue { get; init; }

    /// <summary>The site profile, for the parts of the severity; null for none.</summary>
    public string? Site { get; init; }

    /// <summary>Where the page goes; null for nowhere.</summary>
    public string? Html { get; init; }

    /// <summary>Where the Markdown goes, "-" for standard output; null for nowhere.</summary>
    public string? Markdown { get; init; }

    /// <summary>The sites share their addresses: a private address is one machine at all of them.</summary>
    public bool IsOneNetwork { get; init; }

    /// <summary>Since when changes are told; null for not at all.</summary>
    public string? Since { get; init; }
}
