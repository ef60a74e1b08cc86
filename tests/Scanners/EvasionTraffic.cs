using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using Appliance.Scanners.Tests.Lab;
using Appliance.Traffic;

namespace Appliance.Scanners.Tests;

/// <summary>
/// Scans by somebody who read how the sensor decides: each hides in another way. Forty hosts from .100 on, or ports, are asked
/// five times a second; every fourth lives and answers.
/// </summary>
internal sealed class EvasionTraffic
{
    /// <summary>How many hosts, or ports, are asked.</summary>
    public const int Targets = 40;

    /// <summary>Who scans, by IPv4.</summary>
    public const string Outsider = "203.0.113.66";

    /// <summary>Who scans, by IPv6.</summary>
    public const string OutsiderSix = "2001:db8:bad::66";

    /// <summary>Who scans from within.</summary>
    public const string Insider = Vlan.Net + "99";

    private const int FirstHost = 100;
    private const long Gap = 200_000;

    private readonly Lan _lan = new(Vlan.Net + "0/24", Vlan.Net6 + "/64", "fe80::/10");
    private readonly Talk _talk;

    public EvasionTraffic() => _talk = new Talk(_lan, Frames) { DistantTtl = 51 };

    /// <summary>What was made.</summary>
    public Capture Frames { get; } = new();

    /// <summary>A frame as it is.</summary>
    public static byte[][] Whole(byte[] frame) => [frame];

    /// <summary>A frame to all, whatever its datagram says.</summary>
    public static byte[][] ToAll(byte[] frame) => [[.. Lan.Broadcast, .. frame[6..]]];

    /// <summary>A datagram in an 802.3 frame with LLC and SNAP (RFC 1042).</summary>
    public static byte[][] InSnap(byte[] frame) =>
        [[.. frame[..12], .. new Octets().U16(frame.Length - 6).U8(0xaa).U8(0xaa).U8(3).U8(0).U16(0).ToArray(), .. frame[12..]]];

    /// <summary>An IPv6 datagram behind hop-by-hop and destination options.</summary>
    public static byte[][] BehindOptions(byte[] frame) => [Behind(Behind(frame, 60, Options(16)), 0, Options(8))];

    /// <summary>An IPv6 datagram behind more destination options than a slot has room for.</summary>
    public static byte[][] BehindMuch(byte[] frame) => [Behind(frame, 60, Options(88))];

    /// <summary>An IPv6 datagram as the only fragment of itself (RFC 6946).</summary>
    public static byte[][] AtomicFragment(byte[] frame) => [Behind(frame, 44, [0, 0, 0, 0, 0, 0, 0, 9])];

    /// <summary>SYNs over IPv6.</summary>
    public EvasionTraffic SynsBySix(Func<byte[], IEnumerable<byte[]>> change, Func<int, string>? source = null, int hosts = Targets) =>
        Each(hosts, (i, time) =>
        {
            string from = source?.Invoke(i) ?? OutsiderSix;
            Syn(i, time, from, HostSix(i), 4_242, change);
        });

    /// <summary>SYNs over IPv4.</summary>
    public EvasionTraffic Syns(Func<byte[], IEnumerable<byte[]>> change, Func<int, string>? source = null, int port = 4_242) =>
        Each(Targets, (i, time) => Syn(i, time, source?.Invoke(i) ?? Outsider, Host(i), port, change));

    /// <summary>Echo requests to hosts.</summary>
    public EvasionTraffic Echoes(Func<byte[], IEnumerable<byte[]>> change) => Each(Targets, (i, time) =>
    {
        Add(time, change(_talk.Between(Outsider, Host(i)).Echo(false, 7, i)));
        if (Lives(i))
        {
            Frames.Add(time + 300, _talk.Between(Host(i), Outsider).Echo(true, 7, i));
        }
    });

    /// <summary>Datagrams to hosts.</summary>
    public EvasionTraffic Datagrams(int port, Func<byte[], IEnumerable<byte[]>> change) => Each(Targets, (i, time) =>
    {
        Add(time, change(_talk.Between(Outsider, Host(i)).Udp(40_125, port, new byte[32])));
        if (Lives(i))
        {
            Frames.Add(time + 300, _talk.Between(Host(i), Outsider).Udp(port, 40_125, new byte[64]));
        }
    });

    /// <summary>Datagrams from port 53 to high ports of a host that says nothing.</summary>
    public EvasionTraffic DatagramsLikeAnswers() => Each(Targets, (i, time) =>
        Frames.Add(time, _talk.Between(Outsider, Host(1)).Udp(53, 40_000 + (i * 13), new byte[12])));

    /// <summary>SCTP's INITs to ports of a host that aborts them.</summary>
    public EvasionTraffic Inits(Func<byte[], IEnumerable<byte[]>> change) => Each(Targets, (i, time) =>
    {
        int port = 200 + i;
        byte[] init = new Octets().U16(40_125).U16(port).U32(0).U32(0).U8(1).U8(0).U16(20).U32(77).U32(65_536).U16(1).U16(1).U32(77)
            .ToArray();
        Add(time, change(_talk.Between(Outsider, Host(0)).Datagram(132, init)));
        Frames.Add(time + 300, _talk.Between(Host(0), Outsider).Datagram(132,
            new Octets().U16(port).U16(40_125).U32(77).U32(0).U8(6).U8(1).U16(4).ToArray()));
    });

    /// <summary>Datagrams of IP protocols that nobody speaks, to one host.</summary>
    public EvasionTraffic Protocols(Func<byte[], IEnumerable<byte[]>> change) => Each(Targets, (i, time) =>
        Add(time, change(_talk.Between(Outsider, Host(0)).Datagram(140 + i, new byte[24]))));

    /// <summary>Datagrams of one IP protocol to hosts.</summary>
    public EvasionTraffic ProtocolOf(int protocol) => Each(Targets, (i, time) =>
        Frames.Add(time, _talk.Between(Outsider, Host(i)).Datagram(protocol, new byte[24])));

    /// <summary>Segments of no connection to a host's ports, which it resets.</summary>
    public EvasionTraffic Segments(string flags, int sourcePort, int firstPort) => Each(Targets, (i, time) =>
    {
        int port = firstPort + (i * 7);
        long number = 1_000_000 + (i * 77_777L);
        Frames.Add(time, _talk.Between(Outsider, Host(0)).Tcp(sourcePort, port, flags, 55, number));
        Frames.Add(time + 300, _talk.Between(Host(0), Outsider).Tcp(port, sourcePort, "R", number));
    });

    /// <summary>Each host by another technique.</summary>
    public EvasionTraffic Mixed() => Each(Targets, (i, time) =>
    {
        Ip ip = _talk.Between(Outsider, Host(i));
        Frames.Add(time, (i % 4) switch
        {
            0 => ip.Echo(false, 7, i),
            1 => ip.Tcp(40_000 + i, 445, "S", 77),
            2 => ip.Udp(40_125, 161, new byte[32]),
            _ => ip.Icmp(13, 0, new byte[16]),
        });
    });

    /// <summary>Neighbour solicitations of one station.</summary>
    public EvasionTraffic Solicitations(Func<int, string> source) => Each(Targets, (i, time) =>
    {
        string target = HostSix(i);
        byte[] octets = IPAddress.Parse(target).GetAddressBytes();
        string group = string.Create(CultureInfo.InvariantCulture, $"ff02::1:ff{octets[13]:x2}:{octets[14]:x2}{octets[15]:x2}");
        Frames.Add(time, (_lan.Ip(source(i), group) with { SourceMac = [2, 4, 10, 20, 30, 99], TimeToLive = 255 })
            .Icmp(135, 0, new Octets().U32(0).Add(octets).ToArray()));
        if (Lives(i))
        {
            string to = source(i) == "::" ? "ff02::1" : source(i);
            Frames.Add(time + 300, (_lan.Ip(target, to) with { TimeToLive = 255 })
                .Icmp(136, 0, new Octets().U32(0x60000000).Add(octets).U8(2).U8(1).Add(_lan.MacOf(target)).ToArray()));
        }
    });

    /// <summary>ARP questions of one station.</summary>
    public EvasionTraffic Questions(Func<int, string> source, long gap = Gap) => Each(Targets, (i, time) =>
    {
        byte[] question = _lan.WhoHas(source(i), Host(i));
        byte[] mac = [2, 4, 10, 20, 30, 99];
        mac.CopyTo(question, 6);
        mac.CopyTo(question, 22);
        Frames.Add(time, question);
        if (Lives(i))
        {
            byte[] answer = _lan.IsAt(Host(i), source(i));
            mac.CopyTo(answer, 0);
            mac.CopyTo(answer, 32);
            Frames.Add(time + 300, answer);
        }
    }, gap);

    /// <summary>Names asked for by multicast, and nobody's answer.</summary>
    public EvasionTraffic Names(int port, string group) => Each(Targets, (i, time) =>
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{FirstHost + i}.30.20.10.in-addr.arpa");
        Frames.Add(time, _lan.Ip(Insider, group).Udp(port, port, Payload.DnsQuery(i, name)));
    });

    /// <summary>One echo request to all nodes of the link; every fourth answers.</summary>
    public EvasionTraffic EchoToAllNodes()
    {
        Frames.Add(CaseTraffic.Start, _lan.Ip("fe80::99", "ff02::1").Echo(false, 7, 1));
        for (int i = 0; i < Targets; i += 4)
        {
            Frames.Add(CaseTraffic.Start + 400 + i, _lan.Ip(HostSix(i), "fe80::99").Echo(true, 7, 1));
        }

        return this;
    }

    /// <summary>Hosts come up: each looks whether its four addresses are free.</summary>
    public EvasionTraffic Boots(int hosts) => Each(hosts, (i, time) =>
    {
        string[] own = [Six("fe80::", i), HostSix(i), Six(Vlan.Net6 + "aaaa:", i), Six(Vlan.Net6 + "bbbb:", i)];
        byte[] mac = [2, 6, 0, 0, 1, (byte)i];
        for (int k = 0; k < own.Length; k++)
        {
            byte[] octets = IPAddress.Parse(own[k]).GetAddressBytes();
            string group = string.Create(CultureInfo.InvariantCulture, $"ff02::1:ff{octets[13]:x2}:{octets[14]:x2}{octets[15]:x2}");
            Frames.Add(time + (k * 300_000), (_lan.Ip("::", group) with { SourceMac = mac, TimeToLive = 255 })
                .Icmp(135, 0, new Octets().U32(0).Add(octets).ToArray()));
        }
    }, 500_000);

    // Padding (RFC 8200, 4.2).
    private static byte[] Options(int octets) =>
        new Octets().U8(0).U8((octets / 8) - 1).U8(1).U8(octets - 4).PadTo(octets).ToArray();

    private static byte[] Behind(byte[] frame, int type, byte[] header)
    {
        const int Length = 18;
        const int Next = 20;
        const int Behind = 54;
        byte[] longer = [.. frame[..Behind], frame[Next], .. header[1..], .. frame[Behind..]];
        int length = ((frame[Length] << 8) | frame[Length + 1]) + header.Length;
        longer[Length] = (byte)(length >> 8);
        longer[Length + 1] = (byte)length;
        longer[Next] = (byte)type;
        return longer;
    }

    private static string Six(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{FirstHost + number:x}");

    private static string Host(int number) => string.Create(CultureInfo.InvariantCulture, $"{Vlan.Net}{FirstHost + number}");

    private static string HostSix(int number) => Six(Vlan.Net6, number);

    private static bool Lives(int number) => number % 4 == 0;

    private void Syn(int number, long time, string from, string to, int port, Func<byte[], IEnumerable<byte[]>> change)
    {
        int sourcePort = 41_000 + (number * 3 % 17_000);
        Add(time, change(_talk.Between(from, to).Tcp(sourcePort, port, "S", 1_000 + number)));
        if (Lives(number))
        {
            Frames.Add(time + 300, _talk.Between(to, from).Tcp(port, sourcePort, "RA", 0, 1_001 + number));
        }
    }

    private void Add(long time, IEnumerable<byte[]> frames)
    {
        foreach (byte[] frame in frames)
        {
            Frames.Add(time, frame);
            time += 20;
        }
    }

    private EvasionTraffic Each(int count, Action<int, long> make, long gap = Gap)
    {
        for (int i = 0; i < count; i++)
        {
            make(i, CaseTraffic.Start + (i * gap));
        }

        return this;
    }
}
