using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace Appliance.Traffic;

/// <summary>
/// A VLAN as the tap sees it: home hosts have MAC addresses of their own, everything else comes and goes through the router's.
/// </summary>
public sealed class Lan
{
    /// <summary>The shortest frame without its check sequence (IEEE 802.3-2022, 4.2.3.3); shorter ones are padded.</summary>
    public const int LeastFrame = 60;

    private readonly List<IPNetwork> _home = [];

    /// <summary>Makes a VLAN.</summary>
    /// <param name="home">The address ranges of its hosts, in prefix notation; an address alone is one host.</param>
    public Lan(params string[] home)
    {
        foreach (string range in home)
        {
            string prefix = range.Contains('/') ? range : range + (range.Contains(':') ? "/128" : "/32");
            _home.Add(IPNetwork.Parse(prefix));
        }
    }

    /// <summary>The MAC address of all stations.</summary>
    public static byte[] Broadcast => [255, 255, 255, 255, 255, 255];

    /// <summary>The router's MAC address; a locally administered one, so that it names no maker.</summary>
    public byte[] RouterMac { get; init; } = [0x02, 0x52, 0, 0, 0, 1];

    /// <summary>Whether an address is one of the VLAN's hosts.</summary>
    /// <param name="address">IPv4 or IPv6.</param>
    /// <returns>True if it is.</returns>
    public bool IsHome(string address)
    {
        IPAddress parsed = IPAddress.Parse(address);
        return _home.Any(network => network.BaseAddress.AddressFamily == parsed.AddressFamily && network.Contains(parsed));
    }

    /// <summary>The MAC address that frames to or from an address carry on this VLAN.</summary>
    /// <param name="address">IPv4 or IPv6; multicast and 255.255.255.255 map as RFC 1112 and RFC 2464 say.</param>
    /// <returns>Six octets.</returns>
    public byte[] MacOf(string address)
    {
        byte[] octets = IPAddress.Parse(address).GetAddressBytes();
        byte[] last = octets[^4..];
        if (octets.Length == 16 && octets[0] == 255)
        {
            return [0x33, 0x33, .. last];
        }

        if (octets.Length == 4 && last.All(octet => octet == 255))
        {
            return Broadcast;
        }

        if (octets.Length == 4 && (last[0] & 0xf0) == 0xe0)
        {
            return [0x01, 0x00, 0x5e, (byte)(last[1] & 0x7f), last[2], last[3]];
        }

        return IsHome(address) || address == "0.0.0.0" ? [0x02, (byte)(octets.Length == 16 ? 6 : 4), .. last] : RouterMac;
    }

    /// <summary>Begins an IP datagram between two addresses; refine it with a <c>with</c> expression.</summary>
    /// <param name="source">IPv4 or IPv6.</param>
    /// <param name="destination">Of the same family.</param>
    /// <returns>The datagram's header fields.</returns>
    public Ip Ip(string source, string destination) =>
        new(source, destination) { SourceMac = MacOf(source), DestinationMac = MacOf(destination) };

    /// <summary>An Ethernet II frame, padded to the least length.</summary>
    /// <param name="destination">Destination MAC address.</param>
    /// <param name="source">Source MAC address.</param>
    /// <param name="type">EtherType.</param>
    /// <param name="payload">What follows the type.</param>
    /// <returns>The frame without its check sequence.</returns>
    public static byte[] Frame(byte[] destination, byte[] source, int type, ReadOnlySpan<byte> payload) =>
        new Octets().Add(destination).Add(source).U16(type).Add(payload).PadTo(LeastFrame).ToArray();

    /// <summary>An 802.3 frame with an LLC header (spanning tree, CDP), padded to the least length.</summary>
    /// <param name="destination">Destination MAC address.</param>
    /// <param name="source">Source MAC address.</param>
    /// <param name="llc">LLC header and what follows it.</param>
    /// <returns>The frame without its check sequence.</returns>
    public static byte[] LlcFrame(byte[] destination, byte[] source, ReadOnlySpan<byte> llc) =>
        Frame(destination, source, llc.Length, llc);

    /// <summary>A broadcast ARP request (RFC 826).</summary>
    /// <param name="sender">Who asks.</param>
    /// <param name="target">Who is looked for.</param>
    /// <param name="isRouter">The router's MAC address stands for the sender's own.</param>
    /// <returns>The frame.</returns>
    public byte[] WhoHas(string sender, string target, bool isRouter = false)
    {
        byte[] mac = isRouter ? RouterMac : MacOf(sender);
        return Frame(Broadcast, mac, 0x0806, Arp(1, mac, sender, new byte[6], target));
    }

    /// <summary>The reply to <see cref="WhoHas"/>.</summary>
    /// <param name="sender">Who was looked for and answers.</param>
    /// <param name="target">Who asked.</param>
    /// <param name="isRouter">The router's MAC address stands for that of the one who asked.</param>
    /// <returns>The frame.</returns>
    public byte[] IsAt(string sender, string target, bool isRouter = false)
    {
        byte[] mac = isRouter ? RouterMac : MacOf(target);
        return Frame(mac, MacOf(sender), 0x0806, Arp(2, MacOf(sender), sender, mac, target));
    }

    private static byte[] Arp(int operation, byte[] senderMac, string sender, byte[] targetMac, string target) =>
        new Octets().U16(1).U16(0x0800).U8(6).U8(4).U16(operation)
            .Add(senderMac).Add(IPAddress.Parse(sender).GetAddressBytes())
            .Add(targetMac).Add(IPAddress.Parse(target).GetAddressBytes()).ToArray();
}
