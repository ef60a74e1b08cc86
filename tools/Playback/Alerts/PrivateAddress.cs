using System;
using System.Net;

namespace Appliance.Playback.Alerts;

/// <summary>Addresses that many sites use alike, so that only their own network knows whose they are.</summary>
public static class PrivateAddress
{
    /// <summary>Whether an address is private (RFC 1918), unique local (RFC 4193) or link-local (RFC 3927, RFC 4291).</summary>
    /// <param name="address">The address.</param>
    public static bool Is(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        byte[] octets = address.GetAddressBytes();
        return octets.Length == 16
            ? address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal
            : octets[0] == 10 || (octets[0] == 172 && octets[1] is >= 16 and < 32) || (octets[0] == 192 && octets[1] == 168)
                || (octets[0] == 169 && octets[1] == 254);
    }
}
