using System;
using System.Collections.Generic;
using Appliance.Bench.Frames;
using Appliance.Sensor.Frames;

namespace Appliance.Bench.Coverage;

/// <summary>A way to probe: what is asked of the nth target, and what one that answers says.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Kinds">The kinds of incident that tell it.</param>
/// <param name="IsInside">The actor stands on the VLAN.</param>
/// <param name="Ask">The probe of the nth target.</param>
/// <param name="Answer">What the nth target answers to it; nothing where even one that lives keeps silent.</param>
internal sealed record Technique(
    string Name, string[] Kinds, bool IsInside, Func<Scan, int, byte[]> Ask, Func<Scan, int, byte[], IEnumerable<byte[]>> Answer)
{
    /// <summary>A port that no shipped rule names.</summary>
    private const int PlainPort = 4242;

    /// <summary>The sides of a block.</summary>
    private const int Block = 8;

    private static readonly string[] Sweep = ["sweep"];
    private static readonly string[] PortScan = ["port-scan"];
    private static readonly string[] Both = ["scan"];

    /// <summary>All that the table has.</summary>
    public static IReadOnlyList<Technique> All { get; } =
    [
        new("SYN sweep", Sweep, false, (s, i) => Tcp(s, s.Host(i), PlainPort, TcpFlags.Syn), AnswerSyn),
        new("SYN sweep of a trojan's port", Sweep, false, (s, i) => Tcp(s, s.Host(i), 5556, TcpFlags.Syn), AnswerSyn),
        new("SYN sweep from inside", Sweep, true, (s, i) => Tcp(s, s.Host(i), 445, TcpFlags.Syn), AnswerSyn),
        new("ACK sweep", Sweep, false, (s, i) => Tcp(s, s.Host(i), PlainPort, TcpFlags.Ack), AnswerAck),
        new("FIN sweep", Sweep, false, (s, i) => Tcp(s, s.Host(i), PlainPort, TcpFlags.Fin), AnswerReset),
        new("UDP sweep", Sweep, false, (s, i) => FrameBuilder.Udp(s.Actor, 40_125, s.Host(i), PlainPort, 12), AnswerUdp),
        new("SCTP sweep", Sweep, false, (s, i) => FrameBuilder.SctpInit(s.Actor, 40_125, s.Host(i), PlainPort),
            (_, _, probe) => [FrameBuilder.Unreachable(probe, 2)]),
        new("echo sweep", Sweep, false, (s, i) => FrameBuilder.Echo(s.Actor, s.Host(i), 8, 77, i),
            (s, i, _) => [FrameBuilder.Echo(s.Host(i), s.Actor, 0, 77, i)]),
        new("timestamp sweep", Sweep, false, (s, i) => FrameBuilder.Echo(s.Actor, s.Host(i), 13, 77, i),
            (s, i, _) => [FrameBuilder.Echo(s.Host(i), s.Actor, 14, 77, i)]),
        new("ARP sweep", Sweep, true, (s, i) => FrameBuilder.Arp(s.Actor, s.Host(i), 1), (s, i, _) =>
            [FrameBuilder.Arp(s.Host(i), s.Actor, 2)]),
        new("neighbour solicitations", Sweep, true, (s, i) => FrameBuilder.Neighbour(s.Actor, s.Host(i), false),
            (s, i, _) => [FrameBuilder.Neighbour(s.Host(i), s.Actor, true)]),
        new("SYN port scan", PortScan, false, (s, i) => Tcp(s, s.Host(0), s.Port(i), TcpFlags.Syn), AnswerSyn),
        new("ACK port scan", PortScan, false, (s, i) => Tcp(s, s.Host(0), s.Port(i), TcpFlags.Ack), AnswerAck),
        new("FIN port scan", PortScan, false, (s, i) => Tcp(s, s.Host(0), s.Port(i), TcpFlags.Fin), AnswerReset),
        new("UDP port scan", PortScan, false, (s, i) => FrameBuilder.Udp(s.Actor, 40_125, s.Host(0), s.Port(i), 12), AnswerUdp),
        new("SCTP port scan", PortScan, false, (s, i) => FrameBuilder.SctpInit(s.Actor, 40_125, s.Host(0), s.Port(i)),
            (_, _, probe) => [FrameBuilder.Unreachable(probe, 2)]),
        new("block of 8 hosts and 8 ports", Both, false, (s, i) => Tcp(s, s.Host(i % Block), s.Port(i / Block), TcpFlags.Syn),
            AnswerSyn),
        new("diagonal", Both, false, (s, i) => Tcp(s, s.Host(i), s.Port(i), TcpFlags.Syn), AnswerSyn),
    ];

    private static byte[] Tcp(Scan scan, uint host, int port, int flags) =>
        FrameBuilder.Tcp(scan.Actor, scan.SourcePort(), host, port, flags, scan.Sequence(),
            flags == TcpFlags.Ack ? scan.Sequence() : 0, 0);

    private static IEnumerable<byte[]> AnswerSyn(Scan scan, int number, byte[] probe)
    {
        (uint host, int port, int sourcePort, uint sequence) = Read(probe);
        if (number % 3 == 0)
        {
            // Open: the tool drops what it opened.
            uint own = scan.Sequence();
            yield return FrameBuilder.Tcp(host, port, scan.Actor, sourcePort, TcpFlags.Syn | TcpFlags.Ack, own, sequence + 1, 0);
            yield return FrameBuilder.Tcp(scan.Actor, sourcePort, host, port, TcpFlags.Rst, sequence + 1, 0, 0);
        }
        else
        {
            yield return FrameBuilder.Tcp(host, port, scan.Actor, sourcePort, TcpFlags.Rst | TcpFlags.Ack, 0, sequence + 1, 0);
        }
    }

    private static IEnumerable<byte[]> AnswerReset(Scan scan, int number, byte[] probe)
    {
        (uint host, int port, int sourcePort, uint sequence) = Read(probe);
        yield return FrameBuilder.Tcp(host, port, scan.Actor, sourcePort, TcpFlags.Rst | TcpFlags.Ack, 0, sequence + 1, 0);
    }

    /// <summary>
    /// A segment of no connection that has ACK is answered by a reset with the number that it acknowledged (RFC 9293, 3.10.7.1).
    /// </summary>
    private static IEnumerable<byte[]> AnswerAck(Scan scan, int number, byte[] probe)
    {
        (uint host, int port, int sourcePort, _) = Read(probe);
        yield return FrameBuilder.Tcp(host, port, scan.Actor, sourcePort, TcpFlags.Rst, Number(probe, 42, 4), 0, 0);
    }

    private static IEnumerable<byte[]> AnswerUdp(Scan scan, int number, byte[] probe)
    {
        (uint host, int port, int sourcePort, _) = Read(probe);
        yield return number % 3 == 0 ? FrameBuilder.Udp(host, port, scan.Actor, sourcePort, 40)
            : FrameBuilder.Unreachable(probe, 3);
    }

    private static (uint Host, int Port, int SourcePort, uint Sequence) Read(byte[] probe) =>
        (Number(probe, 30, 4), (int)Number(probe, 36, 2), (int)Number(probe, 34, 2), Number(probe, 38, 4));

    private static uint Number(byte[] frame, int at, int octets)
    {
        uint number = 0;
        for (int i = 0; i < octets; i++)
        {
            number = (number << 8) | frame[at + i];
        }

        return number;
    }

    private static class TcpFlags
    {
        public const int Fin = Sensor.Frames.Tcp.Fin;
        public const int Syn = Sensor.Frames.Tcp.Syn;
        public const int Rst = Sensor.Frames.Tcp.Rst;
        public const int Ack = Sensor.Frames.Tcp.Ack;
    }
}
