using System;

namespace Appliance.Simulator.Light;

/// <summary>The light began to show something else.</summary>
/// <param name="Code">A constant of <c>LightCode</c>.</param>
/// <param name="Colour">A constant of <c>Colour</c>.</param>
/// <param name="Rhythm">As <c>StatusLight.RhythmOf</c> gives it.</param>
/// <param name="At">Since the first frame.</param>
internal sealed record LightChange(int Code, int Colour, int Rhythm, TimeSpan At);
