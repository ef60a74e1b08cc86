using System;
using System.Collections.Generic;
using System.Text;
using Appliance.Firmware.Messages;

namespace Appliance.Firmware.Tests.Fakes;

/// <summary>A network and a collector on it that reads octets as RFC 5426 and RFC 6587 say, and fails as a test wants.</summary>
internal sealed class FakeUplink : IUplink
{
    private readonly List<byte> _stream = [];
    private int _protocol;
    private bool _isRefused;
    private int _state = UplinkState.Closed;

    public byte[] Mac { get; set; } = [0x24, 0x6f, 0x28, 0x1f, 0x2e, 0x3d];

    public bool HasLink { get; set; } = true;

    /// <summary>There is a link, with an address or without.</summary>
    public bool IsPlugged { get; set; } = true;

    /// <summary>Somebody listens. A datagram to nobody is taken, and refused by what comes next, as a network does.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>Whether a connection that is being made is ever answered.</summary>
    public bool IsBlackHole { get; set; }

    /// <summary>Octets of a stream that a call takes at most; 0: it is stuck.</summary>
    public int Window { get; set; } = int.MaxValue;

    /// <summary>Octets of a stream until it is reset, which loses the last <see cref="Unread"/> of them.</summary>
    public int ResetAfter { get; set; } = int.MaxValue;

    /// <summary>Octets that a reset takes back, since nobody had read them.</summary>
    public int Unread { get; set; }

    /// <summary>Copies nothing: for tests that count octets of memory.</summary>
    public bool IsDeaf { get; set; }

    public int Opened { get; private set; }

    public string Host { get; private set; } = string.Empty;

    public int Port { get; private set; }

    public byte[] Authority { get; private set; } = [];

    /// <summary>Whole messages, in the order of their arrival.</summary>
    public List<string> Received { get; } = [];

    public long OctetsSent { get; private set; }

    /// <summary>How often the program looked at the link: on the device a look takes memory.</summary>
    public int Looks { get; private set; }

    public bool IsLinkUp()
    {
        Looks++;
        return HasLink;
    }

    public bool HasCarrier() => IsPlugged;

    public byte[] MacAddress() => Mac;

    public void Open(int protocol, byte[] host, int port, byte[] authority, int authorityAt, int authorityLength)
    {
        Opened++;
        _protocol = protocol;
        Host = Encoding.ASCII.GetString(host);
        Port = port;
        Authority = authority.AsSpan(authorityAt, authorityLength).ToArray();
        _stream.Clear();
        _isRefused = false;
        _state = protocol == CollectorAddress.Udp || IsUp ? UplinkState.Open : UplinkState.Failed;
        if (IsBlackHole && protocol != CollectorAddress.Udp)
        {
            _state = UplinkState.Opening;
        }
    }

    public int State() => _isRefused ? UplinkState.Failed : _state;

    /// <summary>A connection that is being made is made.</summary>
    public void Answer() => _state = UplinkState.Open;

    public int Send(byte[] octets, int at, int length)
    {
        if (!HasLink)
        {
            return -1;
        }

        if (_protocol == CollectorAddress.Udp)
        {
            if (_isRefused)
            {
                // The answer to the datagram before: nobody listens.
                return -1;
            }

            if (!IsUp)
            {
                _isRefused = true;
                return length;
            }

            OctetsSent += length;
            if (!IsDeaf)
            {
                Received.Add(Encoding.ASCII.GetString(octets, at, length));
            }

            return length;
        }

        if (!IsUp)
        {
            _state = UplinkState.Failed;
            return -1;
        }

        int taken = Math.Min(length, Window);
        OctetsSent += taken;
        if (!IsDeaf)
        {
            _stream.AddRange(octets.AsSpan(at, taken));
            ResetAfter -= taken;
            if (ResetAfter < 0)
            {
                _stream.RemoveRange(Math.Max(0, _stream.Count - Unread), Math.Min(Unread, _stream.Count));
                Collect(_stream.Count);
                ResetAfter = int.MaxValue;
                Unread = 0;
                _state = UplinkState.Failed;
                return -1;
            }

            Collect(_stream.Count - Unread);
        }

        return taken;
    }

    public void Close()
    {
        _state = UplinkState.Closed;
        _stream.Clear();
    }

    // Takes whole messages off the stream: length, space, message (RFC 6587 section 3.4.1).
    private void Collect(int limit)
    {
        while (true)
        {
            int space = _stream.IndexOf((byte)' ');
            if (space < 0 || space >= limit)
            {
                return;
            }

            int length = int.Parse(Encoding.ASCII.GetString(_stream.GetRange(0, space).ToArray()), null);
            if (limit < space + 1 + length)
            {
                return;
            }

            Received.Add(Encoding.ASCII.GetString(_stream.GetRange(space + 1, length).ToArray()));
            _stream.RemoveRange(0, space + 1 + length);
            limit -= space + 1 + length;
        }
    }
}
