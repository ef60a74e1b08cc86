using Appliance.Sensor;

namespace Appliance.Firmware.Health;

/// <summary>
/// Tells the sensor what was lost before the box: what answers nothing may have a question that got lost, and who was never heard
/// may have been lost each time. Incidents carry the number.
/// </summary>
public sealed class LossWatch
{
    /// <summary>In tenths of a percent: with less a question is seldom among what is lost, and three hosts' never.</summary>
    private const int LikelyShare = 5;

    /// <summary>Segments of which a share is likely known on either side of that limit; then they are counted anew.</summary>
    private const int Many = 2000;

    /// <summary>Frames are being lost before the box.</summary>
    public bool IsLikely;

    private readonly IMirrorPort _port;
    private readonly TapSensor _sensor;
    private long _sampled;
    private long _unseen;
    private long _received;
    private long _full;
    private long _known;

    /// <summary>Makes a watch.</summary>
    /// <param name="port">Its counters.</param>
    /// <param name="sensor">Is told.</param>
    public LossWatch(IMirrorPort port, TapSensor sensor)
    {
        _port = port;
        _sensor = sensor;
    }

    /// <summary>Looks once a second.</summary>
    /// <param name="now">Microseconds.</param>
    public void Look(long now)
    {
        // Counted ones: the MAC's own, and numbers that the mirror left out, among which those are.
        long missed = _port.Counter(PortCounter.Missed);
        long known = _port.Counter(PortCounter.LostBefore);
        known = known > missed ? known : missed;
        long lost = known > _known ? known - _known : 0;
        _known = known > _known ? known : _known;

        long full = _port.Counter(PortCounter.FullSeconds);
        bool isFull = full != _full;
        _full = full;

        long sampled = _port.Counter(PortCounter.Sampled);
        long unseen = _port.Counter(PortCounter.Unseen);
        long of = sampled - _sampled;
        long gone = unseen - _unseen;
        if (of >= LossInterval.Enough)
        {
            bool isMore = LossInterval.Low(gone, of) >= LikelyShare;
            if (isMore)
            {
                // The sample is a part of what came, and shares its fate.
                lost += (_port.Counter(PortCounter.Received) - _received) * gone / (of - gone + 1);
            }

            if (isMore || of >= Many || LossInterval.High(gone, of) < LikelyShare)
            {
                IsLikely = isMore;
                _sampled = sampled;
                _unseen = unseen;
                _received = _port.Counter(PortCounter.Received);
            }
        }

        if (IsLikely || isFull || lost != 0)
        {
            _sensor.NoteLost((int)lost);
        }

        if (IsLikely || isFull)
        {
            _sensor.Begin(now);
        }
    }
}
