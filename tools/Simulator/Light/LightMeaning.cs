namespace Appliance.Simulator.Light;

/// <summary>A row of the technician's page.</summary>
/// <param name="Look">Colour and blinks, such as "white, two long and 1 short".</param>
/// <param name="Says">What it says.</param>
/// <param name="Action">What is to be done.</param>
internal sealed record LightMeaning(string Look, string Says, string Action);
