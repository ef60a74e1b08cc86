using Appliance.Sensor.Frames;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// Conversations that are worth telling: with a restricted service, or on a port that nobody serves in good faith.
/// </summary>
public sealed class Conversations
{
    private readonly RestrictedServices _restricted;
    private readonly SuspectServices _suspect;
    private readonly SiteView _site;

    /// <summary>Makes it of what it works on.</summary>
    public Conversations(RestrictedServices restricted, SuspectServices suspect, SiteView site)
    {
        _restricted = restricted;
        _suspect = suspect;
        _site = site;
    }

    /// <summary>A watched connection, whose attempt was judged before, shows data both ways.</summary>
    /// <param name="frame">The frame that shows it.</param>
    public void Take(Probe frame)
    {
        bool fromOpener = frame.FromOpener;
        int target = fromOpener ? frame.Target : frame.Actor;
        int number = _site.NumberOf(frame, target, fromOpener ? frame.DestinationAt : frame.SourceAt);
        if (!_restricted.Answer(frame.Version, fromOpener ? frame.Actor : frame.Target, fromOpener ? frame.Port
            : frame.SourcePort, number, Outcome.Open))
        {
            _suspect.Converse(frame, fromOpener);
        }
    }

    /// <summary>A datagram answers another.</summary>
    /// <param name="answer">The answer; a signature names it.</param>
    public void Answer(Probe answer)
    {
        if (answer.Protocol == IpProtocol.Udp)
        {
            _suspect.AnswerAtOnce(answer);
        }
    }
}
