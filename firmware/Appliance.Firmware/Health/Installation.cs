using Appliance.Firmware.Messages;
using Appliance.Sensor;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Health;

/// <summary>
/// The check of an installation: for ten minutes behind a site's first table, and until it is passed behind each start with a
/// mirror, it tells step by step what it finds, so that whoever stands before the box, with somebody at the collector on the
/// telephone, knows when he may go.
/// </summary>
public sealed class Installation
{
    private const long Second = 1000000;

    /// <summary>As long as a technician waits; an ordinary port, or another network's mirror, is known after half of
    /// it.</summary>
    private const long Time = 600 * Second;

    /// <summary>From when on frames a second are a figure.</summary>
    private const long FrameTime = 10 * Second;

    /// <summary>From when on hosts that were heard are a figure.</summary>
    private const long HostTime = 120 * Second;

    /// <summary>From when on copies would have been told.</summary>
    private const long CopyTime = 180 * Second;

    /// <summary>Kept frames of which copies say something.</summary>
    private const int FewKept = 20;

    // Steps, in the order in which they are mended.
    private const int Link = 0;
    private const int Frames = 1;
    private const int Mirror = 2;
    private const int Home = 3;
    private const int Directions = 4;
    private const int Single = 5;
    private const int Clock = 6;
    private const int Collector = 7;
    private const int Capacity = 8;
    private const int Steps = 9;

    // Numbers of the texts: words of the steps, their sentences, and how it ended.
    private const int Sentence = Steps;
    private const int SayPassed = Steps + Steps;
    private const int SayFailed = SayPassed + 1;

    private readonly Phrases _texts = new Phrases(
        "link|frames|mirror|home|directions|single|clock|collector|capacity|"
        + "the mirror port has a link|"
        + "frames come|"
        + "frames between hosts come: a mirror|"
        + "hosts of the home network are heard|"
        + "both directions are seen|"
        + "frames come once|"
        + "the time of day is known|"
        + "the collector takes messages|"
        + "the mirror was never full|"
        + "the installation is complete|"
        + "the installation lacks something: look it up in LIGHT.md and SWITCHES.md|");

    private readonly IMirrorPort _port;
    private readonly TapSensor _sensor;
    private readonly MirrorSight _sight;
    private readonly SyslogSender _sender;
    private readonly MessageWriter _writer;
    private readonly long _begunAt;
    private readonly long _received;
    private readonly long _kept;
    private readonly long _copies;
    private readonly long _full;

    // A bit a step.
    private int _found;

    /// <summary>It is over, and all was found.</summary>
    public bool IsPassed;

    /// <summary>The mirror port had a link, so that there was something to check.</summary>
    public bool HadLink;

    /// <summary>Begins a check.</summary>
    /// <param name="port">Link and counters.</param>
    /// <param name="sensor">Knows hosts and directions.</param>
    /// <param name="sight">Knows whether the mirror is one, and of this site.</param>
    /// <param name="sender">Knows the collector.</param>
    /// <param name="writer">Writes messages.</param>
    /// <param name="now">Microseconds.</param>
    public Installation(IMirrorPort port, TapSensor sensor, MirrorSight sight, SyslogSender sender, MessageWriter writer, long now)
    {
        _port = port;
        _sensor = sensor;
        _sight = sight;
        _sender = sender;
        _writer = writer;
        _begunAt = now;
        _received = port.Counter(PortCounter.Received);
        _kept = port.Counter(PortCounter.Kept);
        _copies = port.Counter(PortCounter.Copies);
        _full = port.Counter(PortCounter.FullSeconds);
    }

    /// <summary>Looks once a second, and tells at most one step.</summary>
    /// <param name="now">Microseconds.</param>
    /// <param name="hasTime">The time of day is known.</param>
    /// <returns>False when the ten minutes are over and the end was told.</returns>
    public bool Look(long now, bool hasTime)
    {
        long since = now - _begunAt;
        for (int step = 0; step < Steps; step++)
        {
            if ((_found & (1 << step)) == 0 && IsFound(step, since, hasTime))
            {
                _found |= 1 << step;
                HadLink = HadLink || step == Link;
                _writer.BeginHealth(MessageWord.Installation, MessageWord.Found, SyslogSeverity.Notice);
                _writer.Word(MessageWord.Found, _texts, step);
                PutFigure(step, since);
                _writer.End(_texts, Sentence + step);
                return true;
            }
        }

        if (since < Time)
        {
            return true;
        }

        TellEnd(since);
        return false;
    }

    private bool IsFound(int step, long since, bool hasTime)
    {
        switch (step)
        {
            case Link:
                return _port.IsLinkUp();
            case Frames:
                return since >= FrameTime && _port.Counter(PortCounter.Received) != _received;
            case Mirror:
                return _sight.IsMirror();
            case Home:
                return since >= HostTime && _sight.IsHome() && _sensor.Hosts.Heard != 0;
            case Directions:
                return since >= HostTime && !_sensor.IsMirrorOneSided() && !_sensor.Mirror.SeesNoFlow();
            case Single:
                return since >= CopyTime && _port.Counter(PortCounter.Kept) - _kept >= FewKept && !_sight.IsTold(MirrorFaults.Doubled);
            case Clock:
                return hasTime;
            case Collector:
                return _sender.IsOpen && _sender.Failures == 0;
            default:
                return since >= Time && _port.Counter(PortCounter.FullSeconds) == _full;
        }
    }

    private void PutFigure(int step, long since)
    {
        if (step == Link)
        {
            _writer.Number(MessageWord.Speed, _port.Counter(PortCounter.Speed));
        }
        else if (step == Frames)
        {
            PutRate(since);
        }
        else if (step == Home)
        {
            _writer.Number(MessageWord.Hosts, _sensor.Hosts.Heard);
        }
        else if (step == Single)
        {
            long copies = _port.Counter(PortCounter.Copies) - _copies;
            _writer.Number(MessageWord.Share, copies * 100 / (_port.Counter(PortCounter.Kept) - _kept + copies));
        }
    }

    private void PutRate(long since)
    {
        _writer.Number(MessageWord.Rate, (_port.Counter(PortCounter.Received) - _received) * Second / since);
    }

    private void TellEnd(long since)
    {
        bool isWell = _found == (1 << Steps) - 1;
        IsPassed = isWell;
        _writer.BeginHealth(MessageWord.Installation, isWell ? MessageWord.Passed : MessageWord.Failed,
            isWell ? SyslogSeverity.Notice : SyslogSeverity.Warning);
        if (!isWell)
        {
            _writer.Words(MessageWord.Missing, _texts, ~_found, Steps);
        }

        PutRate(since);
        _writer.Number(MessageWord.Hosts, _sensor.Hosts.Heard);
        _writer.Number(MessageWord.MirrorFull, _port.Counter(PortCounter.FullSeconds) - _full);
        _writer.End(_texts, isWell ? SayPassed : SayFailed);
    }
}
