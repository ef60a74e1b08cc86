namespace Appliance.Bench.Coverage;

/// <summary>What a scan meets, and how it goes about.</summary>
/// <param name="Density">The share of targets that answer, in per cent.</param>
/// <param name="Gap">Microseconds from probe to probe.</param>
/// <param name="Lost">The share of all frames that the ring loses, in per cent.</param>
/// <param name="IsInOrder">The hosts are asked in the order of their addresses; otherwise at random.</param>
internal sealed record Scene(int Density, long Gap, int Lost, bool IsInOrder = false);
