using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;

namespace Appliance.SignatureTool.Tests;

/// <summary>Random rules and frames for properties; both draw from few addresses and ports, so that they meet.</summary>
internal static class RandomRules
{
    private static readonly Gen<string> Address = Pick(
        "10.1.0.1", "10.1.0.53", "10.1.7.9", "192.0.2.7", "192.0.2.8", "10.1.0.0/24", "192.0.0.0/16", "2001:db8:1::5", "2001:db8::/32",
            "$HOME_NET",
        "$EXTERNAL_NET", "$DNS_SERVERS", "$MODALITIES");

    private static readonly Gen<string> Addresses = Gen.Frequency(
        (4, Gen.Const("any")),
        (4, Address),
        (1, Address.Select(a => "!" + a)),
        (1, Gen.Select(Address.Array[1, 3], Address).Select((some, _) => "[" + string.Join(',', some) + "]")));

    private static readonly Gen<string> Port = Pick("0", "22", "23", "80", "104", "137", "1024", "40000", "65535");

    private static readonly Gen<string> Ports = Gen.Frequency(
        (4, Gen.Const("any")),
        (5, Port),
        (1, Port.Select(p => "!" + p)),
        (1, Port.Select(p => p + ":")),
        (1, Port.Select(p => ":" + p)),
        (1, Gen.Int[0, 65500].Select(p => $"{p}:{p + 20}")),
        (2, Port.Array[1, 5].Select(p => "[" + string.Join(',', p) + "]")));

    private static readonly Gen<string> Flags = Gen.Select(
        Pick("", "+", "*", "!"), Pick("S", "A", "SF", "SA", "FPU", "R", "0", "PA"), Pick("", "", ",CE", ",PU"),
        (mode, flags, ignore) => $"flags:{mode}{flags}{ignore}; ");

    private static Gen<T> Pick<T>(params T[] values)
    {
        return Gen.Int[0, values.Length - 1].Select(i => values[i]);
    }

    private static Gen<string> Interval(string option, Gen<long> number)
    {
        return Gen.Select(number, Gen.Int[0, 50], Gen.Int[0, 6]).Select((n, width, form) => form switch
        {
            0 => $"{option}:{n}; ",
            1 => $"{option}:!{n}; ",
            2 => $"{option}:<{n}; ",
            3 => $"{option}:>={n}; ",
            4 => $"{option}:>{n}; ",
            5 => $"{option}:{Math.Max(0, n - width)}<>{n}; ",
            _ => $"{option}:{Math.Max(0, n - width)}<=>{n}; ",
        });
    }

    private static readonly Gen<string> Content = Gen.Select(
        Gen.Bool, Pick("a", "Ab", "|61|", "xyz", "|00 ff|b"), Gen.Bool, Gen.Int[0, 4], Gen.Int[0, 8],
        (absent, text, noCase, offset, depth) => $"content:{(absent ? "!" : "")}\"{text}\"{(noCase ? ",nocase" : "")}"
            + $"{(offset > 0 ? $",offset {offset}" : "")}{(depth > 3 ? $",depth {depth}" : "")}; ");

    private static readonly Gen<string> Option = Gen.Frequency(
        (4, Interval("dsize", Gen.Long[0, 60])),
        (2, Interval("ttl", Pick(1L, 63L, 64L, 255L))),
        (2, Interval("id", Gen.Long[0, 65535])),
        (1, Interval("seq", Pick(0L, 7L, 4294967295L))),
        (1, Interval("ack", Pick(0L, 7L, 4294967295L))),
        (1, Interval("window", Pick(0L, 8192L, 65535L))),
        (2, Interval("itype", Pick(0L, 3L, 8L, 128L))),
        (1, Interval("icode", Gen.Long[0, 3])),
        (1, Pick("ip_proto:6; ", "ip_proto:!17; ", "ip_proto:>6; ", "ip_proto:<17; ")),
        (1, Pick("fragbits:D; ", "fragbits:!D; ", "fragbits:*DM; ", "fragbits:R; ")),
        (4, Content));

    /// <summary>A rule without its sid and the closing parenthesis.</summary>
    public static readonly Gen<string> Rule = Gen.Select(
        Gen.Frequency((5, Gen.Const("tcp")), (3, Gen.Const("udp")), (2, Gen.Const("icmp")), (2, Gen.Const("ip"))),
        Gen.Select(Addresses, Ports, Gen.Frequency((4, Gen.Const("->")), (1, Gen.Const("<>"))), Addresses, Ports)
            .Select((source, sourcePorts, arrow, destination, destinationPorts) =>
                $"{source} {sourcePorts} {arrow} {destination} {destinationPorts}"),
        Gen.Frequency((2, Gen.Const("")), (2, Flags)),
        Option.Array[0, 3],
        Pick("", "", "priority:3; ", "metadata:suspect yes; ", "metadata:suspect yes, conversation service; ",
            "metadata:conversation suspect; ", "metadata:kind restricted-service; "),
        (protocol, header, flags, options, tail) =>
            $"alert {protocol} {header} ( msg:\"{protocol}\"; {(protocol is "tcp" or "ip" ? flags : "")}{string.Concat(options)}{tail}");

    /// <summary>Rules with sids from 1.</summary>
    public static readonly Gen<string> Rules = Rule.Array[1, 30].Select(rules =>
        string.Concat(rules.Select((r, i) => $"{r}sid:{i + 1}; )\n")));

    /// <summary>Frames of all kinds that the rules can be about.</summary>
    public static readonly Gen<byte[]> Frame = Gen.Select(
        Pick("10.1.0.1", "10.1.0.53", "10.1.7.9", "192.0.2.7", "192.0.2.8", "203.0.113.1"),
        Pick("10.1.0.1", "10.1.0.53", "10.1.7.9", "192.0.2.7", "192.0.2.8", "203.0.113.1"),
        Gen.Select(PortNumber, PortNumber),
        Gen.Select(Gen.Bool, Gen.Int[0, 7], Pick("S", "SA", "A", "PA", "FA", "R", "RA", "SF", "FPU", "", "SEC", "F")),
        Gen.Select(Pick(1, 63, 64, 255), Gen.Int[0, 65535], Gen.Bool),
        Gen.Select(Pick(0L, 7L, 8L, 4294967295L), Pick(0, 8192, 65535), Gen.Byte.Array[0, 60], Pick("", "ab", "xAbyz", "\0\u00ffb")),
        (source, destination, ports, kind, ip, rest) => Build(source, destination, ports, kind, ip, rest));

    private static Gen<int> PortNumber => Gen.OneOf(Pick(0, 22, 23, 80, 104, 137, 1024, 40000, 65535), Gen.Int[0, 65535]);

    private static byte[] Build(string source, string destination, (int Source, int Destination) ports,
        (bool V6, int Kind, string Flags) kind,
        (int Ttl, int Id, bool DontFragment) ip, (long Number, int Window, byte[] Payload, string Text) rest)
    {
        static string Six(string address) => "2001:db8:1::" + address.Split('.')[3];
        byte[] payload = [.. rest.Text.Select(c => (byte)c), .. rest.Payload];
        var datagram = new Traffic.Ip(kind.V6 ? Six(source) : source, kind.V6 ? Six(destination) : destination)
        {
            TimeToLive = ip.Ttl,
            Identification = ip.Id,
            DontFragment = ip.DontFragment,
        };
        return kind.Kind switch
        {
            0 or 1 or 2 or 3 => datagram.Tcp(ports.Source, ports.Destination, kind.Flags, rest.Number, rest.Number, rest.Window,
                payload: payload),
            4 or 5 => datagram.Udp(ports.Source, ports.Destination, payload),
            // An octet 0 first, so that no error seems to quote an IP header.
            6 => datagram.Icmp(ip.Ttl == 1 ? 3 : ip.Ttl == 64 ? 8 : 128, ip.Id & 3, [0, 0, 0, 0, 0, .. payload, .. new byte[16]]),
            _ => datagram.Datagram(47, payload),
        };
    }
}
