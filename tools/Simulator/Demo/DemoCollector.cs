using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Appliance.Playback.Alerts;
using Appliance.Simulator.Alerts;

namespace Appliance.Simulator.Demo;

/// <summary>A syslog collector within the program: it receives real datagrams (RFC 5426) on the loopback address.</summary>
internal sealed class DemoCollector : IDisposable
{
    /// <summary>Room for datagrams that wait, in octets: the demo's alerts all fit.</summary>
    private const int ReceiveBuffer = 1 << 20;

    /// <summary>How long a datagram may take over the loopback before it counts as lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly BlockingCollection<AlertLine> _lines = [];
    private readonly Thread _thread;
    private long _taken;

    public DemoCollector()
    {
        _socket.ReceiveBufferSize = ReceiveBuffer;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Address = new Uri($"udp://127.0.0.1:{((IPEndPoint)_socket.LocalEndPoint!).Port}");
        _thread = new Thread(Receive) { IsBackground = true, Name = "collector" };
        _thread.Start();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Datagrams that were no RFC 5424 message.</summary>
    public int Malformed { get; private set; }

    /// <summary>Gives what has arrived, until so many datagrams in all were given or no more come.</summary>
    /// <param name="sent">How many were sent since the beginning.</param>
    /// <param name="show">Takes each.</param>
    public void Drain(long sent, Action<AlertLine> show)
    {
        long begun = Stopwatch.GetTimestamp();
        while (_taken + Malformed < sent && Stopwatch.GetElapsedTime(begun) < Patience)
        {
            if (_lines.TryTake(out AlertLine? line, TimeSpan.FromMilliseconds(50)))
            {
                _taken++;
                show(line);
            }
        }
    }

    /// <summary>Datagrams given so far.</summary>
    public long Taken => _taken;

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join();
        _lines.Dispose();
    }

    private void Receive()
    {
        byte[] datagram = new byte[65536];
        while (true)
        {
            int length;
            try
            {
                length = _socket.Receive(datagram);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            if (AlertLine.TryParse(datagram.AsSpan(0, length), out AlertLine? line, out _))
            {
                _lines.Add(line);
            }
            else
            {
                Malformed++;
            }
        }
    }
}
