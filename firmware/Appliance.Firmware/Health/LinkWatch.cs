using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Health;

/// <summary>Whether the mirror port has a link, and whether it keeps it.</summary>
public sealed class LinkWatch
{
    private const long Second = 1000000;
    private const long Day = 86400 * Second;

    /// <summary>A link that is gone for less is a cable being straightened.</summary>
    private const long DownTime = 3 * Second;

    /// <summary>A link that holds for less still flaps.</summary>
    private const long UpTime = 10 * Second;

    /// <summary>A link that falls so often within an hour flaps: a cable that is put straight falls twice or three
    /// times.</summary>
    private const int Flaps = 4;

    /// <summary>While a link flaps, one that is gone for less is a part of it; each fall by itself was a hundred messages a
    /// day.</summary>
    private const long FlapDown = 300 * Second;

    private readonly Condition _link = new Condition();
    private readonly FlapCount _falls = new FlapCount();
    private readonly IMirrorPort _port;
    private readonly HealthTeller _teller;

    private bool _hadLink = true;
    private bool _hasSeenLink;
    private int _turns;
    private long _fellAt;
    private long _toldAt;

    // It fell so often that each fall is not told by itself.
    private bool _isFlapping;

    /// <summary>Times that the link fell within an hour.</summary>
    public int FallsInAnHour;

    /// <summary>Makes a watch.</summary>
    /// <param name="port">Has the link.</param>
    /// <param name="teller">Tells what it sees.</param>
    public LinkWatch(IMirrorPort port, HealthTeller teller)
    {
        _port = port;
        _teller = teller;
    }

    /// <summary>Begins to watch: the light is not green for a moment where there is no link.</summary>
    public void Start()
    {
        _teller.Show(LightCode.NoMirror, !_port.IsLinkUp());
    }

    /// <summary>Looks once a second.</summary>
    /// <param name="now">Microseconds.</param>
    public void Look(long now)
    {
        bool hasLink = _port.IsLinkUp();
        if (_hadLink && !hasLink)
        {
            _falls.Note(now);
            _fellAt = now;
        }

        _turns += _hadLink != hasLink ? 1 : 0;
        _hadLink = hasLink;
        FallsInAnHour = _falls.Count(now);
        bool wasFlapping = _isFlapping;
        _isFlapping = FallsInAnHour >= (wasFlapping ? 1 : Flaps);
        bool isGone = !hasLink && (!_isFlapping || now - _fellAt >= FlapDown);
        if (_isFlapping && (!wasFlapping || now - _toldAt >= Day))
        {
            Tell(now, MessageWord.Flapping, HealthSentence.Flapping);
        }

        // The end of a flapping is that of the link's trouble, unless it is gone.
        if (_link.See(isGone, now, DownTime, UpTime) || (_link.IsBad && now - _toldAt >= Day) || (wasFlapping && !_isFlapping && !isGone))
        {
            Tell(now, _link.IsBad ? MessageWord.LinkLost : MessageWord.LinkUp,
                _link.IsBad ? HealthSentence.LinkLost : HealthSentence.LinkBack);
        }

        _hasSeenLink = _hasSeenLink || hasLink;
        _teller.Show(LightCode.NoMirror, _link.IsBad || !_hasSeenLink);
        _teller.Show(LightCode.Flapping, _isFlapping);
    }

    private void Tell(long now, int state, int sentence)
    {
        _toldAt = now;
        _teller.Begin(MessageWord.Mirror, state, state == MessageWord.LinkUp ? SyslogSeverity.Notice : SyslogSeverity.Warning);
        _teller.Number(MessageWord.Turns, _turns);
        _teller.Number(MessageWord.Flaps, FallsInAnHour);
        _teller.End(sentence);
    }
}
