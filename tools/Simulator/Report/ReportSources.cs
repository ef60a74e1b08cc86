using System.Collections.Generic;

namespace Appliance.Simulator.Report;

/// <summary>What a report is about.</summary>
/// <param name="Word">What the names are: captures, or an interface.</param>
/// <param name="Names">Their names.</param>
internal readonly record struct ReportSources(string Word, IReadOnlyList<string> Names);
