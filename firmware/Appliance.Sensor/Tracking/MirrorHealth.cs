namespace Appliance.Sensor.Tracking;

/// <summary>
/// Whether the mirror port shows both directions. A switch set up to mirror only what a port receives (or sends) makes every answer look
/// unsolicited; the technician learns of it within a minute, and nothing is concluded from answers meanwhile.
/// </summary>
public sealed class MirrorHealth
{
    /// <summary>The last full window showed one direction only.</summary>
    public bool IsOneSided;

    private int _windowStart;
    private int _inbound;
    private int _outbound;
    private int _inboundSegments;
    private int _outboundSegments;
    private int _matched;
    private int _unmatched;
    private int _firstServer;
    private int _secondServer;

    /// <summary>Counts frames that cross the edge of home.</summary>
    /// <param name="inbound">Frames from outside.</param>
    /// <param name="outbound">Frames to outside.</param>
    /// <param name="inboundSegments">Of the former, those of established TCP connections: ACK without SYN and RST.</param>
    /// <param name="outboundSegments">Of the latter.</param>
    public void Cross(int inbound, int outbound, int inboundSegments, int outboundSegments)
    {
        _inbound += inbound;
        _outbound += outbound;
        _inboundSegments += inboundSegments;
        _outboundSegments += outboundSegments;
    }

    /// <summary>Counts a SYN-ACK.</summary>
    /// <param name="isMatched">It answers a SYN that was seen.</param>
    /// <param name="server">Its sender, or the sender's network where it is not at home.</param>
    public void Answer(bool isMatched, int server)
    {
        if (isMatched)
        {
            _matched++;
            return;
        }

        if (_unmatched == 0)
        {
            _firstServer = server;
            _unmatched = 1;
        }
        else if (_unmatched == 1 && server != _firstServer)
        {
            _secondServer = server;
            _unmatched = 2;
        }
        else if (_unmatched == 2 && server != _firstServer && server != _secondServer)
        {
            _unmatched = Limits.OneSidedServers;
        }
    }

    /// <summary>Whether the window so far looks one-sided; used to distrust answers before the minute is over.</summary>
    public bool LooksOneSided()
    {
        return (_matched == 0 && _unmatched >= Limits.OneSidedServers)
            || (_outbound == 0 && _inbound >= Limits.OneSidedFrames && _inboundSegments >= Limits.OneSidedSegments)
            || (_inbound == 0 && _outbound >= Limits.OneSidedFrames && _outboundSegments >= Limits.OneSidedSegments);
    }

    /// <summary>Ends the window when its minute is over.</summary>
    /// <param name="now">Centiseconds.</param>
    /// <param name="isEnd">The replay ends, so the window does too.</param>
    /// <returns>True when a verdict was reached that differs from the one before.</returns>
    public bool Judge(int now, bool isEnd)
    {
        if (now - _windowStart < Limits.MirrorWindow && !isEnd)
        {
            return false;
        }

        bool was = IsOneSided;
        if (LooksOneSided())
        {
            IsOneSided = true;
        }
        else if (_matched > 0 || (_inbound > 0 && _outbound > 0))
        {
            IsOneSided = false;
        }

        _windowStart = now;
        _inbound = 0;
        _outbound = 0;
        _inboundSegments = 0;
        _outboundSegments = 0;
        _matched = 0;
        _unmatched = 0;
        return was != IsOneSided;
    }
}
