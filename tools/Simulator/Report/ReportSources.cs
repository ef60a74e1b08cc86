using System.Collections.Generic;
using System.Linq;

namespace Appliance.Simulator.Report;

/// <summary>What a report is about.</summary>
/// <param name="Word">What the names are: captures, or an interface.</param>
/// <param name="Names">Their names.</param>
internal readonly record struct ReportSources(string Word, IReadOnlyList<string> Names)
{
    /// <summary>The captures that can be read again, for the frames behind an incident; standard input can't.</summary>
    public IReadOnlyList<string> Captures => Word == "captures" ? [.. Names.Where(n => n != "-")] : [];
}
