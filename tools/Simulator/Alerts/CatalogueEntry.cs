namespace Appliance.Simulator.Alerts;

/// <summary>The prose of a rule, which the device's table has no room for.</summary>
/// <param name="Name">What the rule looks for.</param>
/// <param name="Intent">What whoever triggers it is after; empty when the rule does not say.</param>
/// <param name="Advice">What to do about it, in one sentence; empty when the rule does not say.</param>
internal sealed record CatalogueEntry(string Name, string Intent, string Advice);
