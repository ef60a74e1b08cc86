using Appliance.Sensor.Frames;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Road;

/// <summary>What happens to a split TCP header: it is put together before anything else looks at the frame.</summary>
public sealed class SplitHeaders
{
    private readonly FragmentJoiner _joiner;
    private readonly Identities _identities;
    private readonly LoneFrames _lone;

    /// <summary>Makes it of what it works on.</summary>
    public SplitHeaders(FragmentJoiner joiner, Identities identities, LoneFrames lone)
    {
        _lone = lone;
        _joiner = joiner;
        _identities = identities;
    }

    /// <summary>Takes in a fragment.</summary>
    /// <param name="frame">The fragment, which is decoded anew when a header is complete.</param>
    /// <param name="now">Centiseconds.</param>
    /// <returns>Whether the frame is now one whose header was split.</returns>
    public bool Join(Frame frame, int now)
    {
        _joiner.IsOverlap = false;
        if (frame.Protocol != IpProtocol.Tcp || frame.FragmentOffset >= Tcp.HeaderLength)
        {
            return false;
        }

        int actor = _identities.Of(frame.Bytes, frame.SourceAt, frame.IpVersion);
        int target = _identities.Of(frame.Bytes, frame.DestinationAt, frame.IpVersion);
        int at = _joiner.Join(frame, actor, target, now);
        return at >= 0 && Decode(frame, at);
    }

    /// <summary>Tells of the last fragment, if it holds octets of a TCP header that another one held before.</summary>
    /// <param name="probe">The fragment.</param>
    public void TellOverlap(Probe probe)
    {
        if (_joiner.IsOverlap)
        {
            _lone.Overlap(probe);
        }
    }

    /// <summary>A first fragment whose partner did not come is an attempt all the same.</summary>
    /// <param name="frame">Decoded as the attempt.</param>
    /// <param name="now">Centiseconds.</param>
    /// <param name="isEnd">The replay ends.</param>
    /// <returns>False when there is none (left).</returns>
    public bool GiveUp(Frame frame, int now, bool isEnd)
    {
        int at = _joiner.TakeLate(now, isEnd);
        if (at >= 0)
        {
            Decode(frame, at);
        }

        return at >= 0;
    }

    private bool Decode(Frame frame, int at)
    {
        int length = _joiner.LengthOf(at);
        frame.Decode(_joiner.Bytes, at, length, length);
        return frame.Problem == 0;
    }
}
