extern alias dotnet;

using System.Linq;
using System.Net.Sockets;
using Real = dotnet::System.Net.NetworkInformation;

namespace System.Net.NetworkInformation;

/// <summary>The network interfaces of this machine, with the members that nanoFramework's have.</summary>
public class NetworkInterface
{
    private readonly Real.NetworkInterface _real;

    private NetworkInterface(Real.NetworkInterface real) => _real = real;

    public byte[] PhysicalAddress => _real.GetPhysicalAddress().GetAddressBytes();

    public string IPv4Address => _real.GetIPProperties().UnicastAddresses
        .Where(a => a.Address.AddressFamily == AddressFamily.InterNetwork).Select(a =>
            a.Address.ToString()).FirstOrDefault("0.0.0.0");

    public static NetworkInterface[] GetAllNetworkInterfaces() =>
        [.. Real.NetworkInterface.GetAllNetworkInterfaces().Where(n => n.GetPhysicalAddress().GetAddressBytes().Length == 6)
            .Select(n => new NetworkInterface(n))];
}
