using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net.Sockets;

namespace Appliance.Simulator.Outputs;

/// <summary>
/// RFC 6587 with octet counting (3.4.1): length, space, message. While the collector is away alerts wait in a bounded queue, as
/// they do on the appliance; the oldest is dropped and counted when it is full.
/// </summary>
internal sealed class TcpCollector : Collector
{
    /// <summary>Alerts that wait at most; about half a megabyte.</summary>
    private const int LongestQueue = 1024;

    /// <summary>Time between two attempts to connect, so that a collector that is down does not slow the replay.</summary>
    private static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(1);

    /// <summary>How long the collector may take to close the connection after us.</summary>
    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the collector may take nothing before it counts as gone.</summary>
    private static readonly TimeSpan SendTime = TimeSpan.FromSeconds(10);

    private readonly Queue<byte[]> _waiting = new();
    private readonly Stopwatch _sinceAttempt = new();
    private Socket? _socket;

    public TcpCollector(Uri address)
        : base(address)
    {
        Connect();
    }

    /// <inheritdoc/>
    public override bool IsReliable => true;

    /// <inheritdoc/>
    public override void Send(ReadOnlySpan<byte> alert)
    {
        Sent++;
        byte[] frame = new byte[alert.Length + 6];
        Utf8Formatter.TryFormat(alert.Length, frame, out int digits);
        frame[digits] = (byte)' ';
        alert.CopyTo(frame.AsSpan(digits + 1));
        Array.Resize(ref frame, digits + 1 + alert.Length);
        if (_waiting.Count == LongestQueue)
        {
            Flush();
        }

        if (_waiting.Count == LongestQueue)
        {
            _waiting.Dequeue();
            Undelivered++;
        }

        _waiting.Enqueue(frame);
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        if (_waiting.Count == 0 || (_socket is null && (_sinceAttempt.Elapsed < RetryTime || !Connect())))
        {
            return;
        }

        while (_waiting.TryPeek(out byte[]? frame) && SendWhole(frame))
        {
            _waiting.Dequeue();
        }
    }

    /// <inheritdoc/>
    public override void Finish()
    {
        if (_socket is not null || Connect())
        {
            Flush();
        }

        Undelivered += _waiting.Count;
        _waiting.Clear();
        if (_socket is null)
        {
            return;
        }

        try
        {
            // Say goodbye and see what the collector answers: a reset means that it did not read everything.
            _socket.Shutdown(SocketShutdown.Send);
            if (_socket.Poll(GoodbyeTime, SelectMode.SelectRead))
            {
                _socket.Receive(new byte[1]);
            }
        }
        catch (SocketException e)
        {
            Reason ??= Describe(e);
            Undelivered = Math.Max(Undelivered, 1);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _socket?.Dispose();
        _socket = null;
    }

    private bool Connect()
    {
        _sinceAttempt.Restart();
        try
        {
            _socket = Network.Connect(Host, Port, SocketType.Stream, ProtocolType.Tcp);
            _socket.NoDelay = true;
            _socket.SendTimeout = (int)SendTime.TotalMilliseconds;
            return true;
        }
        catch (SocketException e)
        {
            Reason ??= Describe(e);
            return false;
        }
    }

    private bool SendWhole(byte[] frame)
    {
        try
        {
            int sent = 0;
            while (sent < frame.Length)
            {
                sent += _socket!.Send(frame, sent, frame.Length - sent, SocketFlags.None);
            }

            return true;
        }
        catch (SocketException e)
        {
            Reason ??= Describe(e);
            _socket!.Dispose();
            _socket = null;
            return false;
        }
    }
}
