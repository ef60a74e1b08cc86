using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// Whether the mirror port shows both directions. A switch set up to mirror only what a port receives (or sends) makes every
/// answer look unsolicited; the technician learns of it within a minute, and nothing is concluded from answers meanwhile.
/// </summary>
public sealed class MirrorHealth
{
    /// <summary>The last full window showed one direction only.</summary>
    public bool IsOneSided;

    private int _windowStart;
    private int _oneWay;
    private int _oneWayBefore;
    private int _bothWays;
    private int _bothWaysBefore;
    private int _unmatched;
    private int _firstServer;
    private int _secondServer;

    /// <summary>
    /// A flow carries a conversation of which one side is missing: its segments acknowledge what was never seen. Counted once a
    /// flow.
    /// </summary>
    public void SeeOneWay()
    {
        _oneWay++;
    }

    /// <summary>A flow was seen in both directions. Counted once a flow.</summary>
    public void SeeBothWays()
    {
        _bothWays++;
    }

    /// <summary>No flow was seen in both directions, in this window and the one before.</summary>
    public bool SeesNoFlow()
    {
        return _bothWays + _bothWaysBefore == 0;
    }

    /// <summary>Counts a SYN-ACK whose SYN was not seen.</summary>
    /// <param name="server">Its sender, or the sender's network where it is not at home.</param>
    public void MissQuestion(int server)
    {
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
        return _bothWays == 0 && (_unmatched >= Limits.OneSidedServers || _oneWay >= Limits.OneSidedFlows);
    }

    /// <summary>
    /// Whether more than one conversation in eight lacks a side, in this window and the one before: half a mirror, or a switch
    /// that floods what goes to hosts that it forgot. A scanner's answers to nothing are no conversations; who adds some to hide
    /// is told as a mirror.
    /// </summary>
    public bool LacksPart()
    {
        int oneWay = _oneWay + _oneWayBefore;
        return oneWay >= Limits.OneSidedFlows && oneWay << 3 > _bothWays + _bothWaysBefore;
    }

    /// <summary>Ends the window when its minute is over.</summary>
    /// <param name="now">Centiseconds.</param>
    /// <param name="isEnd">The replay ends, so the window does too.</param>
    public void Judge(int now, bool isEnd)
    {
        if (now - _windowStart < Limits.MirrorWindow && !isEnd)
        {
            return;
        }

        if (LooksOneSided())
        {
            IsOneSided = true;
        }
        else if (_bothWays > 0)
        {
            IsOneSided = false;
        }

        _windowStart = now;
        _oneWayBefore = _oneWay;
        _oneWay = 0;
        _bothWaysBefore = _bothWays;
        _bothWays = 0;
        _unmatched = 0;
    }
}
