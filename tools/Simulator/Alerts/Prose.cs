namespace Appliance.Simulator.Alerts;

/// <summary>An incident in words, which the device's table and its 480 octets have no room for.</summary>
/// <param name="Meaning">What whoever does this is after; empty when nobody said.</param>
/// <param name="Advice">What to do about it, in one sentence; empty when nobody said.</param>
internal sealed record Prose(string Meaning, string Advice);
