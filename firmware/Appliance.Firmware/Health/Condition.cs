namespace Appliance.Firmware.Health;

/// <summary>Something that is well or not, told only when it has been so for a while: a link that flaps is one trouble, not a
/// hundred.</summary>
public sealed class Condition
{
    /// <summary>It is not well; what was told last.</summary>
    public bool IsBad;

    private bool _isBadNow;
    private long _turnedAt;

    /// <summary>Takes what is seen now.</summary>
    /// <param name="isBad">It is bad.</param>
    /// <param name="now">Microseconds.</param>
    /// <param name="badTime">Microseconds that it must be bad before it is told.</param>
    /// <param name="goodTime">Microseconds that it must be well again before that is told.</param>
    /// <returns>True when <see cref="IsBad"/> has changed, and is to be told.</returns>
    public bool See(bool isBad, long now, long badTime, long goodTime)
    {
        if (isBad != _isBadNow)
        {
            _isBadNow = isBad;
            _turnedAt = now;
        }

        if (isBad == IsBad || now - _turnedAt < (isBad ? badTime : goodTime))
        {
            return false;
        }

        IsBad = isBad;
        return true;
    }
}
