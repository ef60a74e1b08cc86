using System;
using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Appliance.Firmware;
using Appliance.Firmware.Messages;
using Appliance.Simulator.Faults;
using Appliance.Simulator.Outputs;

namespace Appliance.Simulator.Box;

/// <summary>
/// The uplink of a simulated box: real datagrams and streams where a collector was given, else a network on which every collector
/// takes all. Since time is the capture's, a call may wait for a real collector as long as a device would have time for it.
/// </summary>
internal sealed class SimulatedUplink : IUplink, IDisposable
{
    /// <summary>How long an answer of "port unreachable" to the last datagram is waited for, in microseconds.</summary>
    private const int RefusalTime = 20_000;

    /// <summary>Time between two attempts to connect, so that a collector that is down does not slow the replay.</summary>
    private static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(1);

    /// <summary>How long the collector may take to close the connection after us.</summary>
    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the collector may leave a TLS handshake unanswered, in milliseconds.</summary>
    private const int HandshakeTime = 5_000;

    /// <summary>How long the collector may take nothing before it counts as gone, in milliseconds.</summary>
    private const int SendTime = 10_000;

    private readonly bool _isReal;
    private readonly Func<long> _now;
    private readonly CollectorFaults _faults;
    private readonly Stopwatch _sinceAttempt = new();
    private Socket? _socket;
    private SslStream? _tls;
    private int _protocol;
    private int _state = UplinkState.Closed;

    /// <summary>Makes an uplink.</summary>
    /// <param name="isReal">Octets go out of this machine's own network.</param>
    /// <param name="now">The clock, in microseconds.</param>
    /// <param name="faults">What fails when.</param>
    public SimulatedUplink(bool isReal, Func<long> now, CollectorFaults faults)
    {
        _isReal = isReal;
        _now = now;
        _faults = faults;
    }

    /// <summary>Why the first message that is known not to have arrived did not; null when all went out.</summary>
    public string? Reason { get; private set; }

    /// <summary>The collector hung up, or refused the last datagram: what is not confirmed did not arrive.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The next attempt is made at once: it is the last one.</summary>
    public bool IsLastChance { get; set; }

    /// <inheritdoc/>
    public bool IsLinkUp() => _faults.HasWay(_now());

    /// <inheritdoc/>
    public bool HasCarrier() => _faults.Link.IsUp(_now());

    /// <inheritdoc/>
    public byte[] MacAddress() => [0x02, 0, 0, 0, 0, 0];

    /// <inheritdoc/>
    public void Open(int protocol, byte[] host, int port, byte[] authority, int authorityAt, int authorityLength)
    {
        Close();
        _protocol = protocol;
        _faults.Opened();
        if (protocol != CollectorAddress.Udp && _faults.IsDown(_now()))
        {
            _state = UplinkState.Failed;
            return;
        }

        if (!_isReal)
        {
            _state = UplinkState.Open;
            return;
        }

        if (!IsLastChance && _sinceAttempt.IsRunning && _sinceAttempt.Elapsed < RetryTime)
        {
            _state = UplinkState.Failed;
            return;
        }

        _sinceAttempt.Restart();
        string name = Encoding.ASCII.GetString(host);
        try
        {
            _socket = protocol == CollectorAddress.Udp
                ? Network.Connect(name, port, SocketType.Dgram, ProtocolType.Udp)
                : Network.Connect(name, port, SocketType.Stream, ProtocolType.Tcp);
            _socket.SendTimeout = SendTime;
            if (protocol != CollectorAddress.Udp)
            {
                _socket.NoDelay = true;
            }

            if (protocol == CollectorAddress.Tls)
            {
                Greet(name, authority.AsSpan(authorityAt, authorityLength));
            }

            _state = UplinkState.Open;
        }
        catch (Exception e) when (e is SocketException or AuthenticationException or System.IO.IOException)
        {
            Fail(e);
        }
    }

    /// <inheritdoc/>
    public int State() => _state;

    /// <inheritdoc/>
    public int Send(byte[] octets, int at, int length)
    {
        int fate = _faults.IsAny ? _faults.Send(_now()) : 1;
        if (fate <= 0 || !_isReal)
        {
            return fate <= 0 ? fate : length;
        }

        try
        {
            if (_tls is not null)
            {
                _tls.Write(octets, at, length);
                return length;
            }

            return _socket!.Send(octets.AsSpan(at, length));
        }
        catch (Exception e) when (e is SocketException or System.IO.IOException)
        {
            Fail(e);
            return -1;
        }
    }

    /// <inheritdoc/>
    public void Close()
    {
        _tls?.Dispose();
        _tls = null;
        _socket?.Dispose();
        _socket = null;
        _state = UplinkState.Closed;
    }

    /// <summary>Says goodbye, and sees what the network could not deliver.</summary>
    public void Finish()
    {
        if (_socket is null)
        {
            return;
        }

        try
        {
            if (_protocol == CollectorAddress.Udp)
            {
                // Nobody sends anything here: what makes the socket readable is an error.
                if (_socket.Poll(RefusalTime, SelectMode.SelectRead))
                {
                    _socket.Receive(new byte[1]);
                }
            }
            else
            {
                // A reset in answer means that the collector did not read everything.
                _tls?.ShutdownAsync().Wait(GoodbyeTime);
                _socket.Shutdown(SocketShutdown.Send);
                if (_socket.Poll(GoodbyeTime, SelectMode.SelectRead))
                {
                    _socket.Receive(new byte[1]);
                }
            }
        }
        catch (SocketException e)
        {
            Fail(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    // TLS with the authority that the table carries; without one, this machine's own trust (RFC 5425 section 5).
    private void Greet(string name, ReadOnlySpan<byte> authority)
    {
        X509Certificate2? root = authority.Length == 0 ? null : X509CertificateLoader.LoadCertificate(authority);
        _socket!.ReceiveTimeout = HandshakeTime;
        _tls = new SslStream(new NetworkStream(_socket, ownsSocket: false));
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = name,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13
        };
        if (root is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.Add(root);
        }

        _tls.AuthenticateAsClient(options);
    }

    private void Fail(Exception e)
    {
        _state = UplinkState.Failed;
        IsBroken = true;
        SocketException? cause = e as SocketException ?? e.InnerException as SocketException;
        Reason ??= cause is null ? e.Message : Network.Describe(cause);
    }
}
