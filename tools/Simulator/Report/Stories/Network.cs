using System;
using System.Net;
using System.Net.Sockets;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report.Stories;

/// <summary>What an address says by itself.</summary>
internal static class Network
{
    /// <summary>A MAC address.</summary>
    public static bool IsMac(string actor) => actor.Length == 17 && actor[2] == ':' && actor[5] == ':';

    /// <summary>MAC addresses that routers share by protocol, so that every site has them: VRRP (RFC 9568, 7.3), HSRP 1 and 2,
    /// GLBP.</summary>
    private static readonly string[] VirtualMacs = ["00:00:5e:00:01:", "00:00:5e:00:02:", "00:00:0c:07:ac:", "00:00:0c:9f:f", "00:07:b4:"];

    /// <summary>
    /// An address that many sites use alike: RFC 1918, link-local, unique local, a provider's shared space (RFC 6598), loopback,
    /// what names nobody, a router's virtual MAC address or one that its machine made up itself (the local bit of IEEE 802). It
    /// names a machine at its own site only. The documentation's addresses count as public: demonstrations use them for
    /// attackers.
    /// </summary>
    public static bool IsPrivate(string address)
    {
        if (IsMac(address))
        {
            return address[1] is '2' or '3' or '6' or '7' or 'a' or 'b' or 'e' or 'f'
                || Array.Exists(VirtualMacs, v => address.StartsWith(v, StringComparison.Ordinal));
        }

        if (!IPAddress.TryParse(address, out IPAddress? ip))
        {
            return false;
        }

        // A provider's shared space, and what IANA keeps for protocols (192.0.0.0/24, RFC 6890).
        return PrivateAddress.Is(ip) || IPAddress.IsLoopback(ip) || NamesNobody(address)
            || (ip.GetAddressBytes() is { Length: 4 } b && ((b[0] == 100 && b[1] is >= 64 and < 128) || (b[0] == 192 && b[1] == 0 && b[2] == 0)));
    }

    /// <summary>
    /// An address that no machine has, so that two who use it have nothing in common: who has no address yet (0.0.0.0/8, ::),
    /// multicast, and what is reserved.
    /// </summary>
    public static bool NamesNobody(string address)
    {
        if (IsMac(address) || !IPAddress.TryParse(address, out IPAddress? ip))
        {
            return false;
        }

        return ip.AddressFamily == AddressFamily.InterNetworkV6 ? ip.Equals(IPAddress.IPv6Any) || ip.IsIPv6Multicast
            : ip.GetAddressBytes()[0] is 0 or >= 224;
    }

    /// <summary>The network that one owner is likely to have: the /24, or the /64; empty where there is none.</summary>
    public static string PrefixOf(string address)
    {
        int slash = address.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? address : address[..slash], out IPAddress? ip)
            || (slash >= 0 && !address.EndsWith("/24", StringComparison.Ordinal)))
        {
            return "";
        }

        byte[] b = ip.GetAddressBytes();
        if (b.Length == 4)
        {
            return $"{b[0]}.{b[1]}.{b[2]}.0/24";
        }

        Array.Clear(b, 8, 8);
        return new IPAddress(b) + "/64";
    }

    /// <summary>The last octet of an IPv4 address; -1 for anything else.</summary>
    public static int HostPart(string address)
    {
        return IPAddress.TryParse(address, out IPAddress? ip) && ip.AddressFamily == AddressFamily.InterNetwork
            ? ip.GetAddressBytes()[3] : -1;
    }

    /// <summary>An IPv4 address or prefix as its first and last number.</summary>
    /// <param name="text">Such as 128.231.212.0/23.</param>
    /// <param name="first">The first address.</param>
    /// <param name="last">The last one.</param>
    public static bool TryRange(string text, out uint first, out uint last)
    {
        first = last = 0;
        if (!IPNetwork.TryParse(text.Contains('/') ? text : text + "/32", out IPNetwork network)
            || network.BaseAddress.AddressFamily != AddressFamily.InterNetwork)
        {
            return false;
        }

        byte[] b = network.BaseAddress.GetAddressBytes();
        first = ((uint)b[0] << 24) | ((uint)b[1] << 16) | ((uint)b[2] << 8) | b[3];
        last = network.PrefixLength == 0 ? uint.MaxValue : first + (uint)((1UL << (32 - network.PrefixLength)) - 1);
        return true;
    }

    /// <summary>A number as an IPv4 address.</summary>
    public static string Address(uint number) => $"{number >> 24}.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}";
}
