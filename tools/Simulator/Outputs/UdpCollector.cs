using System;
using System.Net.Sockets;

namespace Appliance.Simulator.Outputs;

/// <summary>RFC 5426: one datagram a message. What the network says it could not deliver is counted; silence proves nothing.</summary>
internal sealed class UdpCollector : Collector
{
    /// <summary>How long an answer of "port unreachable" to the last datagram is waited for, in microseconds.</summary>
    private const int RefusalTime = 20_000;

    private Socket? _socket;
    private long _unsettled;

    public UdpCollector(Uri address)
        : base(address)
    {
        try
        {
            _socket = Network.Connect(Host, Port, SocketType.Dgram, ProtocolType.Udp);
        }
        catch (SocketException e)
        {
            Reason = Describe(e);
        }
    }

    /// <inheritdoc/>
    public override bool IsReliable => false;

    /// <inheritdoc/>
    public override void Send(ReadOnlySpan<byte> alert)
    {
        Sent++;
        if (_socket is null)
        {
            Undelivered++;
            return;
        }

        // A connected socket reports the refusal of an earlier datagram in place of sending this one: send it again.
        for (int tries = 0; tries < 2; tries++)
        {
            try
            {
                _socket.Send(alert);
                _unsettled++;
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && _unsettled > 0)
            {
                Refused(e);
            }
            catch (SocketException e)
            {
                Reason ??= Describe(e);
                break;
            }
        }

        Undelivered++;
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        if (_socket is null || _unsettled == 0)
        {
            return;
        }

        try
        {
            // Nobody sends anything here: what makes the socket readable is an error.
            if (_socket.Poll(RefusalTime, SelectMode.SelectRead))
            {
                _socket.Receive(new byte[1]);
            }
        }
        catch (SocketException e)
        {
            Refused(e);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _socket?.Dispose();
        _socket = null;
    }

    private void Refused(SocketException e)
    {
        Reason ??= Describe(e);
        Undelivered++;
        _unsettled--;
    }
}
