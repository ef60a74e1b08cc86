namespace Appliance.Simulator.Report.Stories;

/// <summary>The newest numbers of a start of a box, and what stood in their lines.</summary>
/// <param name="Numbers">Numbers, each at its remainder.</param>
/// <param name="Hashes">A hash of each number's line.</param>
/// <param name="Place">Its place among those that are lent.</param>
internal sealed record NumberWindow(long[] Numbers, int[] Hashes, int Place);
