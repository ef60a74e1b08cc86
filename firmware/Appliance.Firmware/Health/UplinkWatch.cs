using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Health;

/// <summary>Whether messages can leave: the uplink's link, and behind it the collector.</summary>
public sealed class UplinkWatch
{
    private const long Second = 1000000;

    /// <summary>A link that is gone, or back, for less is a cable being straightened.</summary>
    private const long LinkTime = 3 * Second;

    /// <summary>Connecting takes some seconds, TLS more.</summary>
    private const long CollectorAway = 30 * Second;

    private readonly Condition _link = new Condition();
    private readonly Condition _away = new Condition();
    private readonly IUplink _uplink;
    private readonly SyslogSender _sender;
    private readonly HealthTeller _teller;

    private bool _hadLink = true;
    private int _turns;
    private bool _hasNoCollector;
    private int _droppedTold;
    private int _repeatedTold;

    /// <summary>Makes a watch.</summary>
    /// <param name="uplink">Has the link.</param>
    /// <param name="sender">The way to the collector; it is told that the link is gone.</param>
    /// <param name="teller">Tells what it sees.</param>
    public UplinkWatch(IUplink uplink, SyslogSender sender, HealthTeller teller)
    {
        _uplink = uplink;
        _sender = sender;
        _teller = teller;
    }

    /// <summary>Looks once a second.</summary>
    /// <param name="now">Microseconds.</param>
    public void Look(long now)
    {
        bool hasLink = _uplink.IsLinkUp();
        LookAtLink(now, hasLink);
        LookAtCollector(now, hasLink);
    }

    private void LookAtLink(long now, bool hasLink)
    {
        _turns += hasLink != _hadLink ? 1 : 0;
        _hadLink = hasLink;
        if (!hasLink)
        {
            _sender.LoseLink();
        }

        if (_link.See(!hasLink, now, LinkTime, LinkTime))
        {
            _teller.Begin(MessageWord.Uplink, _link.IsBad ? MessageWord.LinkLost : MessageWord.LinkUp, SyslogSeverity.Warning);
            _teller.Number(MessageWord.Turns, _turns);
            _teller.End(_link.IsBad ? HealthSentence.UplinkLost : HealthSentence.UplinkBack);
        }

        _teller.Show(LightCode.NoUplink, _link.IsBad);
    }

    private void LookAtCollector(long now, bool hasLink)
    {
        bool isNone = _sender.Address.Protocol == CollectorAddress.None;
        bool isNews = isNone && !_hasNoCollector;
        _hasNoCollector = isNone;
        if (isNews)
        {
            _teller.Begin(MessageWord.Collector, MessageWord.None, SyslogSeverity.Warning);
            _teller.End(HealthSentence.NoCollector);
        }

        // Without a link nothing is learnt of it: what was told last stays.
        bool isReached = _sender.IsOpen && _sender.Failures == 0;
        bool isAway = !isReached && (_away.IsBad || (!_sender.IsOpen && hasLink)) && !isNone;
        bool hasChanged = _away.See(isAway, now, CollectorAway, 0);
        // That there is none any more has been told, and does not mean that it was reached.
        if (hasChanged && !isNone)
        {
            _teller.Begin(MessageWord.Collector, _away.IsBad ? MessageWord.Unreachable : MessageWord.Reached, SyslogSeverity.Warning);
            _teller.Number(MessageWord.Waiting, _sender.Queue.Count);
            PutLosses();
            _teller.End(_away.IsBad ? HealthSentence.Unreachable : HealthSentence.Reached);
        }
        else if (isReached && (_sender.Queue.Dropped != _droppedTold || _sender.Queue.Repeated != _repeatedTold))
        {
            _teller.Begin(MessageWord.Collector, MessageWord.Reached, SyslogSeverity.Warning);
            PutLosses();
            _teller.End(HealthSentence.Reached);
        }

        _teller.Show(LightCode.NoCollector, isNone || _away.IsBad);
    }

    // Messages dropped and sent again since that was last told.
    private void PutLosses()
    {
        AlertQueue queue = _sender.Queue;
        _teller.Number(MessageWord.Dropped, queue.Dropped - _droppedTold);
        _teller.Number(MessageWord.Repeated, queue.Repeated - _repeatedTold);
        _droppedTold = queue.Dropped;
        _repeatedTold = queue.Repeated;
    }
}
