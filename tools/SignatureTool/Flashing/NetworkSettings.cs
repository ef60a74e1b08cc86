using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Appliance.SignatureTool.Flashing;

/// <summary>
/// The network of a box's uplink, as <c>--network</c> says it and as nanoff wants it
/// (github.com/nanoframework/nanoFirmwareFlasher, NetworkDeployment). Every field of nanoff's is given, because it can't deal
/// with some that are left out.
/// </summary>
internal sealed record NetworkSettings
{
    /// <summary>What <c>--network</c> takes.</summary>
    public const string Forms = "dhcp|static=ADDRESS/BITS[,gateway=ADDRESS][,dns=ADDRESS[,dns=ADDRESS]]|wifi=SSID";

    private const string None = "0.0.0.0";
    private const int MostSsid = 32;
    private const int LeastPassword = 8;
    private const int MostPassword = 63;

    // First octets of the addresses that no host has.
    private const uint Loopback = 127;
    private const uint FirstMulticast = 224;
    private const uint FirstReserved = 240;

    /// <summary>The address; null for DHCP.</summary>
    public string? Address { get; private init; }

    /// <summary>The mask of the network.</summary>
    public string Mask { get; private init; } = None;

    /// <summary>The gateway; 0.0.0.0 for none.</summary>
    public string Gateway { get; private init; } = None;

    /// <summary>Name servers; 0.0.0.0 for none.</summary>
    public string Dns { get; private init; } = None;

    /// <summary>The second name server; 0.0.0.0 for none.</summary>
    public string SecondDns { get; private init; } = None;

    /// <summary>The wireless network; null for Ethernet.</summary>
    public string? Ssid { get; private init; }

    /// <summary>Its password (WPA2).</summary>
    public string Password { get; init; } = "";

    /// <summary>The settings in words, without the password.</summary>
    public override string ToString()
    {
        return (Ssid is null ? "Ethernet" : $"Wi-Fi '{Ssid}'") + ", " + (Address is null ? "address by DHCP"
            : $"address {Address}, mask {Mask}, gateway {(Gateway == None ? "none" : Gateway)}, name server {(Dns == None ? "none" : Dns)}");
    }

    /// <summary>Reads what <c>--network</c> says.</summary>
    /// <param name="text">The text.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out NetworkSettings? settings, out string problem)
    {
        settings = null;
        problem = "";
        if (text == "dhcp")
        {
            settings = new NetworkSettings();
        }
        else if (text.StartsWith("wifi=", StringComparison.Ordinal))
        {
            string ssid = text["wifi=".Length..];
            int octets = System.Text.Encoding.UTF8.GetByteCount(ssid);
            problem = octets is 0 or > MostSsid ? $"'{ssid}' is no name of a wireless network; it has 1 to {MostSsid} octets"
                : ssid.Any(char.IsControl) ? "the name of the wireless network has a control character" : "";
            settings = problem.Length == 0 ? new NetworkSettings { Ssid = ssid } : null;
        }
        else if (text.StartsWith("static=", StringComparison.Ordinal))
        {
            settings = Static(text["static=".Length..], out problem);
        }
        else
        {
            problem = $"'{text}' is none of {Forms}";
        }

        return settings is not null;
    }

    /// <summary>Why a password can't be that of a wireless network; null when it can.</summary>
    /// <param name="password">The password.</param>
    public static string? ObstacleOf(string password)
    {
        return password.Length is < LeastPassword or > MostPassword
            ? string.Create(CultureInfo.InvariantCulture,
                $"has {password.Length} characters; a password of WPA2 has {LeastPassword} to {MostPassword}")
            : password.AsSpan().IndexOfAnyExceptInRange(' ', '~') is >= 0 and var at
            ? string.Create(CultureInfo.InvariantCulture,
                $"has U+{(int)password[at]:X4} as character {at + 1}; a password of WPA2 has printable ASCII characters only")
            : null;
    }

    /// <summary>The description that nanoff wants.</summary>
    /// <param name="port">The serial port.</param>
    public string DescriptionOf(string port)
    {
        var link = new JsonObject
        {
            ["DhcpEnabled"] = Address is null,
            ["AutomaticDNS"] = Address is null,
            ["IPv4Address"] = Address ?? None,
            ["IPv4NetMask"] = Mask,
            ["IPv4Gateway"] = Gateway,
            ["IPv4DNSAddress1"] = Dns,
            ["IPv4DNSAddress2"] = SecondDns,
        };
        if (Ssid is not null)
        {
            link["Ssid"] = Ssid;
            link["Password"] = Password;
            link["Authentication"] = "WPA2";
            link["Encryption"] = "WPA2_PSK2";
            // Without it the box knows the network and does not join it.
            link["ConfigurationOption"] = "AutoConnect";
        }

        return new JsonObject { ["SerialPort"] = port, [Ssid is null ? "Ethernet" : "WirelessClient"] = link }
            .ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private static NetworkSettings? Static(string text, out string problem)
    {
        string[] parts = text.Split(',');
        string[] address = parts[0].Split('/');
        if (address.Length != 2 || !IsHost(address[0])
            || !int.TryParse(address[1], NumberStyles.None, CultureInfo.InvariantCulture, out int bits) || bits is < 1 or > 30)
        {
            problem = $"'{parts[0]}' is no address with the length of its network; write static=192.0.2.7/24";
            return null;
        }

        uint mask = uint.MaxValue << (32 - bits);
        if (ObstacleOf(address[0], mask, parts[0]) is { } obstacle)
        {
            problem = $"the address {obstacle}";
            return null;
        }

        var settings = new NetworkSettings { Address = address[0], Mask = TextOf(mask) };
        foreach (string part in parts[1..])
        {
            string[] pair = part.Split('=');
            string value = pair.Length == 2 ? pair[1] : "";
            if (pair[0] is not ("gateway" or "dns"))
            {
                problem = $"'{part}' is neither gateway=ADDRESS nor dns=ADDRESS";
                return null;
            }

            if (!IsHost(value))
            {
                problem = $"'{part}' names no IPv4 address";
                return null;
            }

            if (pair[0] == "gateway" && ((NumberOf(value) ^ NumberOf(address[0])) & mask) != 0)
            {
                problem = $"the gateway {value} is not in the network of {parts[0]}";
                return null;
            }

            uint network = ((NumberOf(value) ^ NumberOf(address[0])) & mask) == 0 ? mask : 0;
            if ((value == address[0] ? $"{value} is the box's own address" : ObstacleOf(value, network, parts[0])) is { } wrong)
            {
                problem = $"the {(pair[0] == "gateway" ? "gateway" : "name server")} {wrong}";
                return null;
            }

            bool isTooMuch = pair[0] == "gateway" ? settings.Gateway != None : settings.SecondDns != None;
            if (isTooMuch)
            {
                problem = pair[0] == "gateway" ? "there is one gateway, and two are given"
                    : "there are two name servers, and more are given";
                return null;
            }

            settings = pair[0] == "gateway" ? settings with { Gateway = value }
                : settings.Dns == None ? settings with { Dns = value } : settings with { SecondDns = value };
        }

        problem = "";
        return settings;
    }

    // Why no host has an address; a mask of zero for one in another network, whose ends nobody here knows.
    private static string? ObstacleOf(string address, uint mask, string network)
    {
        uint number = NumberOf(address);
        uint first = number >> 24;
        return first == 0 ? $"{address} is in 0.0.0.0/8, where no host is"
            : first == Loopback ? $"{address} is a loopback address: it reaches no other host"
            : first is >= FirstMulticast and < FirstReserved ? $"{address} is a multicast address, and no host's"
            : first >= FirstReserved ? $"{address} is a reserved or broadcast address, and no host's"
            : mask == 0 ? null
            : (number & ~mask) == 0 ? $"{address} is that of the network of {network} itself, and no host's"
            : (number & ~mask) == ~mask ? $"{address} is the broadcast address of the network of {network}, and no host's"
            : null;
    }

    // Four numbers: IPAddress.Parse takes "10" and "0x0a.1" as well.
    private static bool IsHost(string text)
    {
        return IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetwork
            && address.ToString() == text
            && text != None;
    }

    private static uint NumberOf(string address)
    {
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(IPAddress.Parse(address).GetAddressBytes());
    }

    private static string TextOf(uint address)
    {
        return string.Create(CultureInfo.InvariantCulture,
            $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");
    }
}
