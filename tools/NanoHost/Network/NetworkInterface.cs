extern alias dotnet;

using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using Real = dotnet::System.Net.NetworkInformation;

namespace System.Net.NetworkInformation;

/// <summary>
/// The network interfaces of an image, with the members that nanoFramework's have: Wi-Fi station, Wi-Fi access point, then
/// Ethernet, in the order in which an ESP32's image makes them. Ethernet is this machine's own.
/// </summary>
public class NetworkInterface
{
    private NetworkInterface(NetworkInterfaceType type, byte[] mac, string address)
    {
        NetworkInterfaceType = type;
        PhysicalAddress = mac;
        IPv4Address = address;
    }

    public NetworkInterfaceType NetworkInterfaceType { get; }

    public byte[] PhysicalAddress { get; }

    public string IPv4Address { get; }

    /// <summary>What an image has; a test may give it others, or something that throws. Null for the usual three.</summary>
    internal static Func<NetworkInterface[]>? Image { get; set; }

    /// <summary>How often somebody looked: each look takes memory on the device.</summary>
    internal static int Looks { get; private set; }

    public static NetworkInterface[] GetAllNetworkInterfaces()
    {
        Looks++;
        return Image is null ? Usual() : Image();
    }

    /// <summary>Makes an interface for a test.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="mac">The last octet of its MAC address.</param>
    /// <param name="address">Its address; <c>0.0.0.0</c> for none.</param>
    internal static NetworkInterface Of(NetworkInterfaceType type, byte mac, string address) =>
        new(type, [0x02, 0, 0, 0, 0, mac], address);

    private static NetworkInterface[] Usual()
    {
        var all = new List<NetworkInterface>
        {
            Of(NetworkInterfaceType.Wireless80211, 1, "0.0.0.0"),
            Of(NetworkInterfaceType.WirelessAP, 2, "192.168.4.1"),
        };
        all.AddRange(Real.NetworkInterface.GetAllNetworkInterfaces()
            .Where(n => n.GetPhysicalAddress().GetAddressBytes().Length == 6).Take(1)
            .Select(n => new NetworkInterface(NetworkInterfaceType.Ethernet, n.GetPhysicalAddress().GetAddressBytes(), AddressOf(n))));
        return [.. all];
    }

    private static string AddressOf(Real.NetworkInterface real) => real.GetIPProperties().UnicastAddresses
        .Where(a => a.Address.AddressFamily == AddressFamily.InterNetwork).Select(a => a.Address.ToString())
        .FirstOrDefault("0.0.0.0");
}
