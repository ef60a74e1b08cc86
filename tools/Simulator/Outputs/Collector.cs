using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Appliance.Firmware.Messages;
using Appliance.Simulator.Box;

namespace Appliance.Simulator.Outputs;

/// <summary>The collector that the command line names: its address as the program takes it, and what is known to have arrived
/// there.</summary>
internal sealed class Collector
{
    private readonly SimulatedBox _box;

    /// <summary>Makes the account of a box's collector.</summary>
    public Collector(Uri address, SimulatedBox box)
    {
        Address = address;
        _box = box;
    }

    /// <summary>As the user gave it.</summary>
    public Uri Address { get; }

    /// <summary>Messages that the box had for it.</summary>
    public long Sent => _box.Outputs.Count;

    /// <summary>Of those, how many are known not to have arrived.</summary>
    public long Undelivered
    {
        get
        {
            AlertQueue queue = _box.Program.Sender.Queue;
            return queue.Dropped + queue.Count + (_box.Uplink.IsBroken ? queue.Unconfirmed : 0);
        }
    }

    /// <summary>Why the first of them did not; null when all went out.</summary>
    public string? Reason => _box.Uplink.Reason;

    /// <summary>Whether delivery was promised, so that a failure of it is the replay's.</summary>
    public bool IsReliable => Address.Scheme != "udp";

    /// <summary>Reads an address such as udp://192.0.2.10:514 or tcp://[2001:db8::1]:601.</summary>
    /// <param name="text">What the user gave.</param>
    /// <param name="problem">What is wrong with it; null when nothing is.</param>
    public static Uri? ParseAddress(string text, out string? problem)
    {
        problem = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || address.Host.Length == 0)
        {
            problem = $"'{text}' is no collector address; udp://HOST:PORT, tcp://HOST:PORT or tls://HOST:PORT was expected";
        }
        else if (address.Scheme is not ("udp" or "tcp" or "tls"))
        {
            problem = $"'{text}': '{address.Scheme}' is not supported; udp://HOST:PORT, tcp://HOST:PORT or tls://HOST:PORT was expected";
        }
        else if (address.AbsolutePath.Length > 1 || address.Query.Length > 0 || address.UserInfo.Length > 0)
        {
            problem = $"'{text}': a collector's address is a host and a port only";
        }

        return problem is null ? address : null;
    }

    /// <summary>A name that nobody knows is said at once, not when all is done and nothing has arrived.</summary>
    /// <param name="address">The collector's; null for none.</param>
    /// <exception cref="ReplayException">Its host is not known.</exception>
    public static void CheckHost(Uri? address)
    {
        if (address?.HostNameType != UriHostNameType.Dns)
        {
            return;
        }

        try
        {
            Dns.GetHostAddresses(address.IdnHost);
        }
        catch (SocketException e)
        {
            throw new ReplayException($"--collector: {address.OriginalString}: {Network.Describe(e)}", e);
        }
    }

    /// <summary>The address in the octets that a table holds.</summary>
    public static byte[] Octets(Uri? address)
    {
        if (address is null)
        {
            return [];
        }

        string host = address.HostNameType == UriHostNameType.IPv6 ? $"[{address.IdnHost.Trim('[', ']')}]" : address.IdnHost;
        string port = address.IsDefaultPort || address.Port <= 0 ? string.Empty : $":{address.Port}";
        return Encoding.ASCII.GetBytes($"{address.Scheme}://{host}{port}");
    }
}
