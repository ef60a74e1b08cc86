using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Tasks;

namespace Appliance.Traffic;

/// <summary>A collector that speaks TLS on the loopback address, for one connection after the other.</summary>
public sealed class TlsCollector : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CollectorCertificate _certificate;
    private readonly SslProtocols _versions;
    private readonly MemoryStream _received = new();
    private readonly Task _task;

    /// <summary>Begins to listen.</summary>
    /// <param name="certificate">What it shows.</param>
    /// <param name="versions">Versions of TLS that it speaks.</param>
    public TlsCollector(CollectorCertificate certificate, SslProtocols versions = SslProtocols.Tls12 | SslProtocols.Tls13)
    {
        _certificate = certificate;
        _versions = versions;
        _listener.Start();
        _task = Task.Run(Serve);
    }

    /// <summary>Its port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>All octets that it was sent in connections that ended.</summary>
    public byte[] Received()
    {
        lock (_received)
        {
            return _received.ToArray();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Stop();
        _task.Wait();
        _received.Dispose();
    }

    private async Task Serve()
    {
        while (true)
        {
            try
            {
                using Socket socket = await _listener.AcceptSocketAsync();
                using var stream = new SslStream(new NetworkStream(socket));
                await stream.AuthenticateAsServerAsync(_certificate.Server, false, _versions, false);
                byte[] octets = new byte[4096];
                for (int length = 1; length > 0;)
                {
                    length = await stream.ReadAsync(octets);
                    lock (_received)
                    {
                        _received.Write(octets, 0, length);
                    }
                }
            }
            catch (Exception e) when (e is IOException or AuthenticationException)
            {
                // The other side went away, or did not like the certificate: the next one may.
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException)
            {
                // It no longer listens.
                return;
            }
        }
    }
}
