using System;
using Appliance.Sensor;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Messages;

/// <summary>
/// Carries messages from the queue to the collector: RFC 5426 over UDP, RFC 6587 octet counting over TCP, RFC 5425 over TLS. A
/// collector that is away is tried again, more and more rarely; its messages wait. What a broken connection may have lost is sent
/// again, under the same sequenceId, so that the collector may see a message twice and never misses one that nobody told of.
/// </summary>
public sealed class SyslogSender : IAlertSink
{
    /// <summary>Messages a turn at most, so that the ring is emptied in between.</summary>
    private const int MostAtOnce = 8;

    /// <summary>First pause between two attempts, in microseconds.</summary>
    private const long ShortestPause = 1000000;

    /// <summary>Longest pause: a collector that comes back is found within a minute or so.</summary>
    private const long LongestPause = 64000000;

    /// <summary>A connection that is not made in this time has failed: TLS on a small processor takes some seconds.</summary>
    private const long OpenTime = 20000000;

    /// <summary>A stream that takes nothing for so long is dead.</summary>
    private const long StuckTime = 30000000;

    /// <summary>
    /// Without complaint for so long, what was sent counts as arrived: an unreachable port is answered in less, a lost segment
    /// of a stream is sent again by then.
    /// </summary>
    private const long SettleTime = 5000000;

    /// <summary>A network without a link is not asked again for so long: a look at it takes memory. Longer than the second
    /// in which <see cref="LoseLink"/> comes again, so that two do not ask.</summary>
    private const long LinkPause = 2000000;

    /// <summary>Room for a message with its length and a space before it (RFC 6587 section 3.4.1).</summary>
    private const int FrameLength = LineBuffer.Limit + 4;

    /// <summary>The queue.</summary>
    public readonly AlertQueue Queue;

    /// <summary>Where the collector is.</summary>
    public readonly CollectorAddress Address = new CollectorAddress();

    /// <summary>Messages handed to the network, repeated ones included.</summary>
    public long Sent;

    /// <summary>Connections that broke, and datagrams that were refused.</summary>
    public int Breaks;

    /// <summary>Attempts that failed since the last that did not.</summary>
    public int Failures;

    /// <summary>The connection is there.</summary>
    public bool IsOpen;

    private readonly IUplink _uplink;
    private readonly byte[] _frame = new byte[FrameLength];
    private byte[] _text = new byte[0];
    private byte[] _authority = new byte[0];
    private int _authorityAt;
    private int _authorityLength;
    private bool _isOpening;
    private int _frameAt;
    private int _frameEnd;
    private long _now;
    private long _retryAt;
    private long _pause = ShortestPause;
    private long _openedAt;
    private long _movedAt;

    // When the first message of this connection was sent, all of it; -1 before.
    private long _firstSentAt = -1;
    private int _spread;

    /// <summary>Makes a sender.</summary>
    /// <param name="uplink">The network.</param>
    /// <param name="octets">Octets of its queue.</param>
    /// <param name="seed">Spreads the attempts of many boxes over time.</param>
    public SyslogSender(IUplink uplink, int octets, int seed)
    {
        _uplink = uplink;
        _spread = seed;
        Queue = new AlertQueue(octets);
    }

    /// <summary>
    /// Names the collector and, for TLS, its certificate authority. When they are what they were, the connection stays; else what
    /// waits goes to the new one.
    /// </summary>
    /// <param name="text">Where its address stands.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="length">Octets of it; 0 for no collector.</param>
    /// <param name="authority">Where the authority stands; must stay there.</param>
    /// <param name="authorityAt">Where it begins.</param>
    /// <param name="authorityLength">Octets of it; 0 for none.</param>
    public void UseCollector(byte[] text, int at, int length, byte[] authority, int authorityAt, int authorityLength)
    {
        bool isSame = IsSame(_text, 0, _text.Length, text, at, length)
            && IsSame(_authority, _authorityAt, _authorityLength, authority, authorityAt, authorityLength);
        _authority = authority;
        _authorityAt = authorityAt;
        _authorityLength = authorityLength;
        if (isSame)
        {
            return;
        }

        Close();
        _text = new byte[length];
        Array.Copy(text, at, _text, 0, length);
        Address.Parse(text, at, length);
        _pause = ShortestPause;
        _retryAt = 0;
        Failures = 0;
    }

    /// <inheritdoc/>
    public void Alert(byte[] line, int length, int severity)
    {
        if (!Queue.HasRoom(length) && IsOpen)
        {
            // Sending early is better than dropping.
            Flush();
        }

        Queue.Put(line, length, severity);
    }

    /// <summary>Does what there is to do, a few messages at a time.</summary>
    /// <param name="now">Microseconds, monotonic.</param>
    public void Pump(long now)
    {
        _now = now;
        if (IsOpen)
        {
            if (Queue.Count != 0 || _frameAt != _frameEnd)
            {
                SendSome(MostAtOnce);
                if (Failures != 0 && IsOpen && _firstSentAt >= 0)
                {
                    Trust();
                }
            }
            else if (Queue.Unconfirmed != 0)
            {
                Settle();
            }
        }
        else if (_isOpening)
        {
            Await();
        }
        else if (Address.Protocol != CollectorAddress.None && now >= _retryAt)
        {
            if (!_uplink.IsLinkUp())
            {
                _retryAt = now + LinkPause;
                return;
            }

            _isOpening = true;
            _openedAt = now;
            _uplink.Open(Address.Protocol, Address.Host, Address.Port, _authority, _authorityAt, _authorityLength);
            Await();
        }
    }

    /// <summary>Sends all that can be sent now.</summary>
    public void Flush()
    {
        // Each turn moves something, or ends it.
        while (IsOpen && (Queue.Count != 0 || _frameAt != _frameEnd) && SendSome(MostAtOnce))
        {
        }
    }

    /// <summary>The last attempt at the end of a replay: connects at once if need be, and sends all that can be sent.</summary>
    public void Finish()
    {
        if (!IsOpen && !_isOpening && Queue.Count != 0)
        {
            _retryAt = 0;
            Pump(_now);
        }

        Flush();
    }

    /// <summary>The link of the network is gone, and with it the connection.</summary>
    public void LoseLink()
    {
        if (IsOpen || _isOpening)
        {
            Break();
        }

        if (_retryAt < _now + LinkPause)
        {
            _retryAt = _now + LinkPause;
        }
    }

    private void Await()
    {
        int state = _uplink.State();
        if (state == UplinkState.Open)
        {
            _isOpening = false;
            IsOpen = true;
            _movedAt = _now;
            _firstSentAt = -1;
            if (Queue.Count != 0)
            {
                SendSome(MostAtOnce);
            }
        }
        else if (state != UplinkState.Opening || _now - _openedAt > OpenTime)
        {
            Break();
        }
    }

    // False when nothing can be taken now, or no longer.
    private bool SendSome(int most)
    {
        for (; most > 0; most--)
        {
            if (_frameAt == _frameEnd && !NextFrame())
            {
                return true;
            }

            int taken = _uplink.Send(_frame, _frameAt, _frameEnd - _frameAt);
            if (taken < 0)
            {
                Break();
                return false;
            }

            if (taken == 0)
            {
                if (_now - _movedAt > StuckTime)
                {
                    Break();
                }

                return false;
            }

            _movedAt = _now;
            _frameAt += taken;
            if (_frameAt == _frameEnd)
            {
                Sent++;
                if (_firstSentAt < 0)
                {
                    _firstSentAt = _now;
                }
            }
        }

        return true;
    }

    // The next message with its length before it, as the protocol wants it.
    private bool NextFrame()
    {
        int length = Queue.NextLength();
        if (length == 0)
        {
            return false;
        }

        int at = 0;
        if (Address.Protocol != CollectorAddress.Udp)
        {
            int digits = length >= 100 ? 3 : length >= 10 ? 2 : 1;
            at = digits + 1;
            _frame[digits] = (byte)' ';
            int rest = length;
            while (digits > 0)
            {
                digits--;
                _frame[digits] = (byte)('0' + (rest % 10));
                rest /= 10;
            }
        }

        _frameEnd = at + Queue.Take(_frame, at);
        _frameAt = 0;
        return true;
    }

    private void Settle()
    {
        if (_now - _movedAt < SettleTime)
        {
            return;
        }

        if (_uplink.State() != UplinkState.Open)
        {
            Break();
            return;
        }

        Queue.Confirm(Queue.Unconfirmed);
        _pause = ShortestPause;
        Failures = 0;
    }

    // The collector is there, though alerts leave no time to settle: what this connection sent first has settled, and it
    // still takes more.
    private void Trust()
    {
        if (_now - _firstSentAt < SettleTime || _now - _movedAt >= SettleTime)
        {
            return;
        }

        if (_uplink.State() != UplinkState.Open)
        {
            Break();
            return;
        }

        _pause = ShortestPause;
        Failures = 0;
    }

    private void Break()
    {
        if (IsOpen)
        {
            Breaks++;
        }

        Failures++;
        Close();
        // A quarter more or less, so that boxes that lost their collector together don't come back together.
        _spread = (_spread * 1103515245) + 12345;
        long quarter = _pause >> 2;
        _retryAt = _now + _pause - quarter + (quarter * ((_spread >> 16) & 0xff) >> 7);
        _pause = _pause < LongestPause ? _pause << 1 : LongestPause;
    }

    private bool IsSame(byte[] first, int at, int length, byte[] second, int secondAt, int secondLength)
    {
        if (length != secondLength)
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (first[at + i] != second[secondAt + i])
            {
                return false;
            }
        }

        return true;
    }

    private void Close()
    {
        if (IsOpen || _isOpening)
        {
            _uplink.Close();
        }

        IsOpen = false;
        _isOpening = false;
        _frameAt = 0;
        _frameEnd = 0;
        Queue.Rewind();
    }
}
