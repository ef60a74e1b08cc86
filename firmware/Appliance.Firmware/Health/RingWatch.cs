using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Health;

/// <summary>Whether the box takes all that is kept for it: frames that found the ring full or were left out while it filled, and
/// those that bursts took before it.</summary>
public sealed class RingWatch
{
    private const long Second = 1000000;

    /// <summary>Losses that pause for less are one loss.</summary>
    private const long Pause = 60 * Second;

    /// <summary>
    /// So long after the first loss it is told: whether what was missed is a burst's or a stall's is known a stall's time later,
    /// and a message that comes before says 0 of it.
    /// </summary>
    private const long Settle = 6 * Second;

    private readonly Condition _loss = new Condition();
    private readonly RingRelief _relief;
    private readonly ReceiverWatch _receiver;
    private readonly HealthTeller _teller;

    private long _lostSeen;
    private long _burstSeen;
    private long _lostAt;

    // A loss waits for one look, so that its message has the number of frames that the MAC missed in its first second.
    private bool _isHeld;

    // What was told when the last loss was over.
    private long _lostBefore;
    private long _burstBefore;

    /// <summary>Makes a watch.</summary>
    /// <param name="relief">Knows what was lost, and what was left out.</param>
    /// <param name="receiver">Knows what bursts took; it has looked before.</param>
    /// <param name="teller">Tells what it sees.</param>
    public RingWatch(RingRelief relief, ReceiverWatch receiver, HealthTeller teller)
    {
        _relief = relief;
        _receiver = receiver;
        _teller = teller;
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="now">Microseconds.</param>
    public void Start(long now)
    {
        _lostAt = now - Pause;
    }

    /// <summary>Looks once a second.</summary>
    /// <param name="now">Microseconds.</param>
    public void Look(long now)
    {
        long lost = _relief.Lost();
        long burst = _receiver.Burst;
        if (lost != _lostSeen || burst != _burstSeen)
        {
            _lostSeen = lost;
            _burstSeen = burst;
            _lostAt = now;
        }

        bool isLosing = now - _lostAt < Pause;
        if (isLosing && !_loss.IsBad && !_isHeld && _receiver.IsUndecided())
        {
            // Whether what was missed in this second belongs to the loss or to a stall that begins, the next look knows.
            _isHeld = true;
            return;
        }

        _isHeld = false;
        bool hasChanged = _loss.See(isLosing, now, Settle, 0);
        bool isBad = _loss.IsBad;
        _teller.Show(LightCode.Losing, isBad);
        if (!hasChanged)
        {
            return;
        }

        _teller.Begin(MessageWord.Ring, isBad ? MessageWord.Losing : MessageWord.KeepsUp,
            isBad ? SyslogSeverity.Warning : SyslogSeverity.Notice);
        _teller.Number(MessageWord.Lost, lost - _lostBefore);
        _teller.Number(MessageWord.Missed, burst - _burstBefore);
        _teller.End(!isBad ? HealthSentence.KeepsUp : lost != _lostBefore ? HealthSentence.Losing : HealthSentence.Burst);
        if (!isBad)
        {
            _lostBefore = lost;
            _burstBefore = burst;
        }
    }
}
