using System;
using System.Globalization;
using System.Linq;
using System.Net;

namespace Appliance.Traffic;

/// <summary>
/// What a clinic of today does on its VLANs: phones, printers without drivers, browsers that prefer UDP and IPv6, updates from
/// neighbours, proxies for sleepers, switches and servers that fail over. Nobody in it means harm. The same seed gives the same
/// frames.
/// </summary>
/// <param name="net">The first three octets of its /24 with the point behind them.</param>
/// <param name="net6">Its /64, with the two colons behind it.</param>
/// <param name="seed">Chooses times, ports and numbers.</param>
public sealed partial class ModernClinic(string net, string net6, int seed = 1)
{
    private readonly Lan _lan = new(net + "0/24", net6 + "/64", "fe80::/10");
    private readonly Capture _capture = new();
    private readonly Random _random = new(seed);
    private Talk? _talk;
    private Talk? _far;

    private Talk Talk => _talk ??= new Talk(_lan, _capture, seed) { RoundTrip = 700 };

    private Talk Far => _far ??= new Talk(_lan, _capture, seed + 1) { RoundTrip = 24_000, DistantTtl = 51 };

    private string Router => Host(254);

    /// <summary>What was added so far, in order of time.</summary>
    public Capture Build() => Capture.Merge(_capture);

    private static byte[] Arp(byte[] destination, byte[] source, int operation, byte[] senderMac, string sender, byte[] targetMac,
        string target) => Lan.Frame(destination, source, 0x0806,
            new Octets().U16(1).U16(0x0800).U8(6).U8(4).U16(operation).Add(senderMac).Add(IPAddress.Parse(sender).GetAddressBytes())
            .Add(targetMac).Add(IPAddress.Parse(target).GetAddressBytes()).ToArray());

    private static string Outside(int number) => string.Create(CultureInfo.InvariantCulture,
        $"{20 + (number * 7 % 90)}.{number * 31 % 250}.{number * 17 % 250}.{1 + (number % 250)}");

    private void Dhcp(long time, byte[] mac, string server, string host)
    {
        Ip ask = new Ip("0.0.0.0", "255.255.255.255") { SourceMac = mac, DestinationMac = Lan.Broadcast, TimeToLive = 128 };
        byte[] message = new Octets().U8(1).U8(1).U8(6).U8(0).U32(_random.Next()).PadTo(28).Add(mac).PadTo(236)
            .U32(0x63825363).U8(53).U8(1).U8(1).U8(255).PadTo(300).ToArray();
        _capture.Add(time, ask.Udp(68, 67, message));
        _capture.Add(time + 400, _lan.WhoHas(server, host));
        _capture.Add(time + Capture.Second, (Talk.Between(server, host) with { DestinationMac = mac }).Udp(67, 68, message));
    }

    private void Solicit(long time, string source, byte[] mac, string target)
    {
        string group = "ff02::1:ff" + target[^2..].Replace(":", "0", StringComparison.Ordinal).PadLeft(2, '0') + ":"
            + (IPAddress.Parse(target).GetAddressBytes()[14] * 256 + IPAddress.Parse(target).GetAddressBytes()[15])
                .ToString("x", CultureInfo.InvariantCulture);
        _capture.Add(time, (new Ip(source, group) { SourceMac = mac, DestinationMac = _lan.MacOf(group), TimeToLive = 255 })
            .Icmp(135, 0, new Octets().U32(0).Add(IPAddress.Parse(target).GetAddressBytes()).U8(1).U8(1).Add(mac).ToArray()));
    }

    private void Advertise(long time, string host, string asker)
    {
        byte[] mac = _lan.MacOf(host);
        _capture.Add(time, (new Ip(host, asker) { SourceMac = mac, DestinationMac = _lan.RouterMac, TimeToLive = 255 })
            .Icmp(136, 0, new Octets().U32(0x60000000).Add(IPAddress.Parse(host).GetAddressBytes()).U8(2).U8(1).Add(mac).ToArray()));
    }

    private void Found(long time, string asker, string host)
    {
        bool isRouter = asker == Router;
        _capture.Add(time, _lan.WhoHas(asker, host, isRouter));
        _capture.Add(time + 200, _lan.IsAt(host, asker, isRouter));
    }

    /// <summary>ARP thrice, a second apart, and nobody answers.</summary>
    private void NotFound(long time, string asker, string host)
    {
        for (int turn = 0; turn < 3; turn++)
        {
            _capture.Add(time + (turn * Capture.Second), _lan.WhoHas(asker, host, asker == Router));
        }
    }

    private string Host(int number) => net + number.ToString(CultureInfo.InvariantCulture);

    private string Address6(int number) => net6 + (0x5000 + number).ToString("x", CultureInfo.InvariantCulture);

    private long Within(long span) => _random.NextInt64(span);

    private int Port() => 49_152 + _random.Next(16_000);
}
