using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;

namespace Appliance.Collector.Tests;

/// <summary>Ports and datagrams on this machine.</summary>
internal static class Network
{
    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort(SocketType type = SocketType.Stream)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, type == SocketType.Dgram ? ProtocolType.Udp
            : ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Sends lines as a box does, a datagram each.</summary>
    public static void Send(int port, IEnumerable<string> lines)
    {
        using var client = new UdpClient();
        foreach (string line in lines)
        {
            client.Send(Encoding.UTF8.GetBytes(line), new IPEndPoint(IPAddress.Loopback, port));
        }
    }

    /// <summary>
    /// Whether somebody listens there for datagrams; without taking the port even for a moment, since it may be just then that
    /// he comes.
    /// </summary>
    public static bool IsTaken(int port)
    {
        return IPGlobalProperties.GetIPGlobalProperties().GetActiveUdpListeners().Any(e => e.Port == port);
    }
}
