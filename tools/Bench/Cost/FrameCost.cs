using System.Collections.Generic;

namespace Appliance.Bench.Cost;

/// <summary>What one kind of frame costs.</summary>
/// <param name="Name">What the frame is.</param>
/// <param name="Limit">Host instructions that it may cost; 0: no limit is set.</param>
/// <param name="Cost">Host instructions of the interpreter that it costs.</param>
/// <param name="Frames">Over how many frames that was spread.</param>
/// <param name="Rows">Where they go, callees under callers, summed over those frames; empty unless asked for.</param>
internal sealed record FrameCost(string Name, int Limit, long Cost, int Frames, IReadOnlyList<MeterRow> Rows);
