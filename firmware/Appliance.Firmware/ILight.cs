namespace Appliance.Firmware;

/// <summary>The light. When it changes is the program's business (<see cref="Light.StatusLight"/>).</summary>
public interface ILight
{
    /// <summary>Shows a colour.</summary>
    /// <param name="colour">A constant of <see cref="Light.Colour"/>.</param>
    /// <returns>False when there is no light.</returns>
    bool Show(int colour);
}
