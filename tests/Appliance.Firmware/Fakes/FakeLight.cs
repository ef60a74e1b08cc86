namespace Appliance.Firmware.Tests.Fakes;

/// <summary>Remembers every change of the light.</summary>
internal sealed class FakeLight(FakeClock clock) : ILight
{
    public System.Collections.Generic.List<(long Time, int Colour)> Shown { get; } = [];

    public bool Show(int colour)
    {
        Shown.Add((clock.Micros, colour));
        return true;
    }
}
