namespace Appliance.Sensor.Memories;

/// <summary>
/// How much may be weighed now. An attempt of a suspected actor, or one that a signature names, costs some ten times what any
/// other does: a suspicion begins, a line is written. Who sends a thousand of these a second would have the sensor fall behind
/// and lose the frames of all others. So they are paid from a purse that is filled as time passes, and not as the device finds
/// time: a replay says the same as the box.
/// </summary>
public sealed class Allowance
{
    /// <summary>What an attempt takes when it comes; so much more when it is judged, and for each suspicion that begins.</summary>
    public const int Attempt = 2;

    /// <summary>What a line takes.</summary>
    public const int Line = 10;

    /// <summary>What is left, by the time when that was last asked; less than nothing where it was overdrawn.</summary>
    public int Left = Limits.WeighingBurst;

    private int _filledAt;

    /// <summary>What is left at a time.</summary>
    /// <param name="now">Centiseconds; what came before the newest time finds nothing added.</param>
    public int At(int now)
    {
        int left = Left;
        int passed = now - _filledAt;
        if (passed > 0)
        {
            _filledAt = now;
            left = passed >= Limits.WeighingBurst ? Limits.WeighingBurst : left + (passed * Limits.WeighingRate);
            left = left > Limits.WeighingBurst ? Limits.WeighingBurst : left;
            Left = left;
        }

        return left;
    }
}
