namespace Appliance.Sensor;

/// <summary>Told of every match, for tools that compare rules frame by frame; the device has none.</summary>
public interface IMatchSink
{
    /// <summary>A slot satisfied a signature.</summary>
    /// <param name="slot">Its number in the batch that is being processed.</param>
    /// <param name="signature">The signature's index in the table.</param>
    void Match(int slot, int signature);
}
