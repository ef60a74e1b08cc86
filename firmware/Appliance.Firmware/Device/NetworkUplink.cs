using System;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using Appliance.Firmware.Messages;

namespace Appliance.Firmware.Device;

/// <summary>
/// The uplink by nanoFramework's sockets. A connection takes seconds, so a thread of its own makes it while the loop goes on;
/// octets are sent by the loop, and only when the socket takes them at once. On the device that thread helps against a collector
/// that does not answer, and against nothing else: while a name is asked for (lwIP's getaddrinfo) and in a TLS handshake the
/// whole interpreter waits.
/// </summary>
public sealed class NetworkUplink : IUplink
{
    /// <summary>Milliseconds between two looks of the thread for something to do.</summary>
    private const int NapMilliseconds = 100;

    /// <summary>
    /// Naps between two looks at the interfaces, five minutes: the library makes an object of each interface (336 octets) and
    /// reads its settings from flash, in some 2.6 million instructions. That something changed an event says.
    /// </summary>
    private const int QuietNaps = 3000;

    /// <summary>Naps between two looks after a change, ten seconds: lwIP keeps an address for two minutes after its link
    /// fell.</summary>
    private const int BusyNaps = 100;

    /// <summary>Looks of that kind after a change.</summary>
    private const int BusyLooks = 18;

    /// <summary>
    /// Seconds that a collector may leave a TLS handshake unanswered. The whole interpreter waits in it, so that this has to be
    /// well below the watchdog's time, or a collector that is silent would restart the box again and again.
    /// </summary>
    private const int HandshakeSeconds = 8;

    /// <summary>Octets of lwIP's <c>struct timeval</c>, of either size of its seconds: they stand first, little-endian.</summary>
    private const int TimeLength = 16;

    /// <summary>Octets taken of what a collector sends over UDP, where it has nothing to say.</summary>
    private const int UnaskedLength = 16;

    /// <summary>Milliseconds that a datagram is waited for that has just been announced.</summary>
    private const int AnnouncedMilliseconds = 100;

    private readonly HostAddress _address = new HostAddress();
    private readonly byte[] _noMac = new byte[6];
    private bool _hasLink;
    private bool _hasCarrier;

    // Counted by the thread that connects, which also looks: the loop never waits for a look.
    private int _naps;
    private int _busyLooks;
    private readonly byte[] _unasked = new byte[UnaskedLength];
    private Socket? _socket;
    private SslStream? _tls;

    // The one that the thread connects: nanoFramework's Connect waits for ever, and only that its socket is closed ends it.
    private Socket? _connecting;
    private int _state = UplinkState.Closed;

    // What the thread shall do. A number tells when that is no longer wanted.
    private int _wanted;
    private bool _isAsked;
    private int _protocol;
    private byte[] _host = new byte[0];
    private int _port;
    private byte[] _authority = new byte[0];

    /// <summary>Makes an uplink without a connection.</summary>
    public NetworkUplink()
    {
        NetworkChange.NetworkAddressChanged += NoteAddress;
        NetworkChange.NetworkAvailabilityChanged += NoteAvailability;
        _hasLink = HasAddress();
        new Thread(Connect).Start();
    }

    /// <inheritdoc/>
    public bool IsLinkUp()
    {
        return _hasLink;
    }

    /// <inheritdoc/>
    public bool HasCarrier()
    {
        // The image tells of a link by its event alone: one that came before the program began is not known until it has an
        // address.
        return _hasLink || _hasCarrier;
    }

    /// <inheritdoc/>
    public byte[] MacAddress()
    {
        try
        {
            NetworkInterface? uplink = Interface();
            return uplink == null ? _noMac : uplink.PhysicalAddress;
        }
        catch (Exception)
        {
            return _noMac;
        }
    }

    /// <inheritdoc/>
    public void Open(int protocol, byte[] host, int port, byte[] authority, int authorityAt, int authorityLength)
    {
        Close();
        _protocol = protocol;
        _host = host;
        _port = port;
        _authority = new byte[authorityLength];
        Array.Copy(authority, authorityAt, _authority, 0, authorityLength);
        _state = UplinkState.Opening;
        _wanted++;
        _isAsked = true;
    }

    /// <inheritdoc/>
    public int State()
    {
        if (_state == UplinkState.Open && _protocol == CollectorAddress.Udp && IsRefused())
        {
            _state = UplinkState.Failed;
        }

        return _state;
    }

    /// <inheritdoc/>
    public int Send(byte[] octets, int at, int length)
    {
        Socket? socket = _socket;
        if (socket == null || _state != UplinkState.Open)
        {
            return -1;
        }

        try
        {
            if (_protocol != CollectorAddress.Udp && !socket.Poll(0, SelectMode.SelectWrite))
            {
                return 0;
            }

            if (_tls != null)
            {
                _tls.Write(octets, at, length);
                return length;
            }

            return socket.Send(octets, at, length, SocketFlags.None);
        }
        catch (Exception)
        {
            _state = UplinkState.Failed;
            return -1;
        }
    }

    /// <inheritdoc/>
    public void Close()
    {
        _wanted++;
        _state = UplinkState.Closed;
        Drop(_tls, _socket);
        Drop(null, _connecting);
        _tls = null;
        _socket = null;
        _connecting = null;
    }

    // That nobody listens at a port is told by the socket when it is asked for what has come.
    private bool IsRefused()
    {
        Socket? socket = _socket;
        if (socket == null)
        {
            return false;
        }

        try
        {
            if (socket.Poll(0, SelectMode.SelectError))
            {
                return true;
            }

            if (socket.Poll(0, SelectMode.SelectRead))
            {
                socket.Receive(_unasked, 0, _unasked.Length, SocketFlags.None);
            }

            return false;
        }
        catch (Exception)
        {
            return true;
        }
    }

    private void NoteAddress(object sender, EventArgs e)
    {
        LookSoon();
    }

    private void NoteAvailability(object sender, NetworkAvailabilityEventArgs e)
    {
        _hasCarrier = e.IsAvailable;
        LookSoon();
    }

    private void LookSoon()
    {
        _busyLooks = BusyLooks;
        _naps = BusyNaps;
    }

    private void LookWhenDue()
    {
        _naps++;
        if (_naps >= (_busyLooks > 0 ? BusyNaps : QuietNaps))
        {
            _naps = 0;
            _busyLooks = _busyLooks > 0 ? _busyLooks - 1 : 0;
            _hasLink = HasAddress();
        }
    }

    // An interface that can't be asked, such as a W5500 that did not start, has no address: it must not end the loop.
    private bool HasAddress()
    {
        try
        {
            NetworkInterface? uplink = Interface();
            return uplink != null && uplink.IPv4Address != null && uplink.IPv4Address != "0.0.0.0";
        }
        catch (Exception)
        {
            return false;
        }
    }

    // An image with Wi-Fi has its station and its access point first, whether they are used or not; Ethernet is in the image only
    // where a W5500 is wired. Nobody collects alerts at the access point.
    private NetworkInterface? Interface()
    {
        NetworkInterface? found = null;
        foreach (NetworkInterface one in NetworkInterface.GetAllNetworkInterfaces())
        {
            if (one.NetworkInterfaceType == NetworkInterfaceType.Ethernet)
            {
                return one;
            }

            if (one.NetworkInterfaceType == NetworkInterfaceType.Wireless80211)
            {
                found = one;
            }
        }

        return found;
    }

    private void Connect()
    {
        while (true)
        {
            LookWhenDue();
            if (!_isAsked)
            {
                Thread.Sleep(NapMilliseconds);
                continue;
            }

            _isAsked = false;
            int wanted = _wanted;
            int protocol = _protocol;
            Socket? socket = null;
            SslStream? tls = null;
            bool isMade = false;
            try
            {
                IPAddress address = _address.Of(_host);
                socket = protocol == CollectorAddress.Udp
                    ? new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
                    : new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                // Either Close finds it here, or this thread sees that it is no longer wanted.
                _connecting = socket;
                if (wanted == _wanted)
                {
                    socket.Connect(new IPEndPoint(address, _port));
                    socket.SendTimeout = UplinkState.LongestCall / 1000;
                    if (protocol == CollectorAddress.Udp)
                    {
                        socket.ReceiveTimeout = AnnouncedMilliseconds;
                    }
                    else if (protocol == CollectorAddress.Tls)
                    {
                        LimitHandshake(socket);
                        tls = new SslStream(socket);
                        // A collector that can't prove who it is gets no alerts (RFC 5425 section 4.2.1).
                        tls.SslVerification = SslVerification.CertificateRequired;
                        tls.AuthenticateAsClient(_address.TextOf(_host), null!, new X509Certificate(_authority), SslProtocols.Tls12);
                    }

                    isMade = true;
                }
            }
            catch (Exception)
            {
                // Told by the state; the program tries again and says so.
            }

            if (wanted != _wanted)
            {
                Drop(tls, socket);
                continue;
            }

            _connecting = null;
            if (isMade)
            {
                _tls = tls;
                _socket = socket;
                _state = UplinkState.Open;
            }
            else
            {
                Drop(tls, socket);
                _state = UplinkState.Failed;
            }
        }
    }

    // nanoFramework's own timeouts don't reach into the handshake, and its integer option is not what lwIP takes: the octets
    // are. Where the system has another opinion of them, its timeout does.
    private void LimitHandshake(Socket socket)
    {
        socket.ReceiveTimeout = HandshakeSeconds * 1000;
        var time = new byte[TimeLength];
        time[0] = HandshakeSeconds;
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReceiveTimeout, time);
        }
        catch (Exception)
        {
            // The timeout above holds.
        }
    }

    private void Drop(SslStream? tls, Socket? socket)
    {
        try
        {
            if (tls != null)
            {
                tls.Close();
            }

            if (socket != null)
            {
                socket.Close();
            }
        }
        catch (Exception)
        {
            // It was broken already.
        }
    }
}
