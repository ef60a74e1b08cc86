namespace Appliance.Sensor.Judging;

/// <summary>
/// What waits a while before it means something: answers for their question, probes for their actor's next one.
/// </summary>
public sealed class Settling
{
    private readonly InverseMaps _inverse;
    private readonly DistributedProbes _distributed;

    /// <summary>Makes it of what waits.</summary>
    public Settling(InverseMaps inverse, DistributedProbes distributed)
    {
        _inverse = inverse;
        _distributed = distributed;
    }

    /// <summary>Judges the answers that wait for their question.</summary>
    /// <param name="now">Centiseconds.</param>
    /// <param name="isEnd">The replay ends.</param>
    public void SettleAnswers(int now, bool isEnd)
    {
        _inverse.Settle(now, isEnd);
    }

    /// <summary>Looks for probes that have settled.</summary>
    /// <param name="now">Centiseconds.</param>
    /// <param name="isEnd">The replay ends.</param>
    public void SettleProbes(int now, bool isEnd)
    {
        _distributed.Settle(now, isEnd);
    }
}
