using System;
using System.Net.Sockets;

namespace Appliance.Simulator.Outputs;

/// <summary>A syslog collector on the network. One that is away costs alerts, which are counted, never the replay.</summary>
internal abstract class Collector : IDisposable
{
    /// <summary>Where syslog is heard when the address names no port (RFC 5426, 3.3).</summary>
    private const int DefaultPort = 514;

    private protected Collector(Uri address)
    {
        Address = address;
        Host = address.IdnHost;
        Port = address.IsDefaultPort || address.Port <= 0 ? DefaultPort : address.Port;
    }

    /// <summary>As the user gave it.</summary>
    public Uri Address { get; }

    /// <summary>Alerts handed to <see cref="Send"/>.</summary>
    public long Sent { get; private protected set; }

    /// <summary>Of those, how many are known not to have arrived.</summary>
    public long Undelivered { get; private protected set; }

    /// <summary>Why the first of them did not; null when all went out.</summary>
    public string? Reason { get; private protected set; }

    /// <summary>Whether delivery was promised, so that a failure of it is the replay's.</summary>
    public abstract bool IsReliable { get; }

    private protected string Host { get; }

    private protected int Port { get; }

    /// <summary>Reads an address such as udp://192.0.2.10:514 or tcp://[2001:db8::1]:601.</summary>
    /// <param name="text">What the user gave.</param>
    /// <param name="problem">What is wrong with it; null when nothing is.</param>
    public static Uri? ParseAddress(string text, out string? problem)
    {
        problem = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || address.Host.Length == 0)
        {
            problem = $"'{text}' is no collector address; udp://HOST:PORT or tcp://HOST:PORT was expected";
        }
        else if (address.Scheme is not ("udp" or "tcp"))
        {
            problem = $"'{text}': '{address.Scheme}' is not supported; udp://HOST:PORT or tcp://HOST:PORT was expected";
        }
        else if (address.AbsolutePath.Length > 1 || address.Query.Length > 0 || address.UserInfo.Length > 0)
        {
            problem = $"'{text}': a collector's address is a host and a port only";
        }

        return problem is null ? address : null;
    }

    /// <summary>Makes the sender for an address.</summary>
    public static Collector Create(Uri address)
    {
        return address.Scheme == "tcp" ? new TcpCollector(address) : new UdpCollector(address);
    }

    /// <summary>Sends one alert. Never throws for what happens on the network.</summary>
    public abstract void Send(ReadOnlySpan<byte> alert);

    /// <summary>Hands over what was sent since, so that the collector sees it now.</summary>
    public virtual void Flush()
    {
    }

    /// <summary>Last chance for what waits, and for the network to say what it could not deliver.</summary>
    public abstract void Finish();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the connection.</summary>
    protected abstract void Dispose(bool disposing);

    private protected static string Describe(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused (nothing listens there)",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name is not known",
        SocketError.TimedOut => "no answer",
        SocketError.ConnectionReset or SocketError.Shutdown => "the collector closed the connection",
        _ => e.Message,
    };
}
