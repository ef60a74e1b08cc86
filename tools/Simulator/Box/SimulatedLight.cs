using Appliance.Firmware;

namespace Appliance.Simulator.Box;

/// <summary>The light of a simulated box: nobody looks at it, but its changes are counted.</summary>
internal sealed class SimulatedLight : ILight
{
    /// <summary>How often it changed.</summary>
    public int Changes { get; private set; }

    /// <inheritdoc/>
    public bool Show(int colour)
    {
        Changes++;
        return true;
    }
}
