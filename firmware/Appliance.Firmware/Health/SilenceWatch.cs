using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Health;

/// <summary>Whether frames come by the mirror port, as long as it has a link.</summary>
public sealed class SilenceWatch
{
    private const long Second = 1000000;
    private const long Day = 86400 * Second;

    /// <summary>On an imaging VLAN something is said every few seconds, if only ARP.</summary>
    private const long Silence = 60 * Second;

    /// <summary>
    /// Once frames were seen, each silence that is told makes the next one wait so many times longer: a VLAN that is quiet at
    /// night told 18 times in 78 minutes. A minute, 6, 36, 216, 1,296: at most four silences a day, and back to a minute after a
    /// day without one.
    /// </summary>
    private const int PatienceGrowth = 6;

    private readonly IMirrorPort _port;
    private readonly HealthTeller _teller;

    // Frames that came, delivered or missed, at the last look; since when none has.
    private long _frames;
    private long _quietSince;
    private long _patience = Silence;
    private long _toldAt;
    private bool _isSilent;

    /// <summary>Makes a watch.</summary>
    /// <param name="port">Link and counters.</param>
    /// <param name="teller">Tells what it sees.</param>
    public SilenceWatch(IMirrorPort port, HealthTeller teller)
    {
        _port = port;
        _teller = teller;
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="now">Microseconds.</param>
    public void Start(long now)
    {
        _quietSince = now;
    }

    /// <summary>Looks once a second.</summary>
    /// <param name="now">Microseconds.</param>
    public void Look(long now)
    {
        bool hasLink = _port.IsLinkUp();
        long received = _port.Counter(PortCounter.Received);
        long frames = received + _port.Counter(PortCounter.Missed);
        bool hasFrames = frames != _frames;
        _frames = frames;
        if (hasFrames || !hasLink)
        {
            _quietSince = now;
        }

        if (_patience != Silence && now - _toldAt >= Day && !_isSilent)
        {
            _patience = Silence;
        }

        // Only a frame ends a silence: a cable that is pulled, or put back, does not.
        bool isSilent = !hasFrames && (_isSilent || (hasLink && now - _quietSince >= _patience));
        bool hasChanged = isSilent != _isSilent;
        _isSilent = isSilent;
        if (hasChanged || (isSilent && now - _toldAt >= Day))
        {
            Tell(now, received != 0, hasChanged);
        }

        _teller.Show(LightCode.NoFrames, isSilent);
    }

    // Where there were frames before, it may be the VLAN that is quiet.
    private void Tell(long now, bool hadFrames, bool hasChanged)
    {
        _toldAt = now;
        if (!_isSilent)
        {
            _teller.Begin(MessageWord.Mirror, MessageWord.Frames, SyslogSeverity.Notice);
            _teller.End(HealthSentence.Frames);
            return;
        }

        if (hasChanged && hadFrames)
        {
            _patience = _patience * PatienceGrowth;
        }

        _teller.Begin(MessageWord.Mirror, hadFrames ? MessageWord.Quiet : MessageWord.Silent, SyslogSeverity.Warning);
        _teller.End(hadFrames ? HealthSentence.Quiet : HealthSentence.Silent);
    }
}
