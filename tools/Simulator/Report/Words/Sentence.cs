using System.Collections.Generic;

namespace Appliance.Simulator.Report.Words;

/// <summary>What a sentence rests on.</summary>
/// <param name="Anchor">The place in the page.</param>
/// <param name="Label">What a reader sees of it.</param>
/// <param name="Title">Which facts stand there.</param>
internal sealed record Rest(string Anchor, string Label, string Title);

/// <summary>A sentence of the report and what it rests on.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Rests">Lines, rules and other incidents; a sentence without any would be an opinion.</param>
internal sealed record Sentence(string Text, IReadOnlyList<Rest> Rests);
