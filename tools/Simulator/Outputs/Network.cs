using System;
using System.Net;
using System.Net.Sockets;

namespace Appliance.Simulator.Outputs;

/// <summary>Opens connections to a host given by name or address.</summary>
internal static class Network
{
    /// <summary>Connects to the first of the host's addresses that takes it.</summary>
    /// <exception cref="SocketException">None does, or the name is not known.</exception>
    public static Socket Connect(string host, int port, SocketType type, ProtocolType protocol, int milliseconds = 5000)
    {
        IPAddress[] addresses = IPAddress.TryParse(host, out IPAddress? literal) ? [literal] : Dns.GetHostAddresses(host);
        SocketException? first = null;
        foreach (IPAddress address in addresses)
        {
            var socket = new Socket(address.AddressFamily, type, protocol);
            try
            {
                if (type == SocketType.Dgram)
                {
                    socket.Connect(address, port);
                    return socket;
                }

                // A silent host would hold the replay for minutes.
                if (socket.ConnectAsync(address, port).Wait(milliseconds))
                {
                    return socket;
                }

                first ??= new SocketException((int)SocketError.TimedOut);
            }
            catch (SocketException e)
            {
                first ??= e;
            }
            catch (AggregateException e) when (e.InnerException is SocketException inner)
            {
                first ??= inner;
            }

            socket.Dispose();
        }

        throw first ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>What went wrong on the network, in words.</summary>
    public static string Describe(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused (nothing listens there)",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name is not known",
        SocketError.TimedOut => "no answer",
        SocketError.ConnectionReset or SocketError.Shutdown => "the collector closed the connection",
        _ => e.Message,
    };
}
