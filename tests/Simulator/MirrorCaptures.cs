using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Traffic;

namespace Appliance.Simulator.Tests;

/// <summary>What comes by the mirror port of a VLAN, 10.20.0.0/24, whose mirror is right, or wrong in one way.</summary>
internal static class MirrorCaptures
{
    private const long Start = 1_700_000_000L * Capture.Second;

    /// <summary>The profile of the VLAN; it names collector and time server, so that the light has nothing else to say.</summary>
    public const string Site = """
        [site]
        name = "vlan"
        home = ["10.20.0.0/24"]
        [collector]
        address = "udp://192.0.2.10:514"
        [clock]
        server = "192.0.2.1"
        """;

    /// <summary>A capture of parts, each with what it shows and for how many seconds.</summary>
    public static Capture Of(params (string What, int Seconds)[] parts)
    {
        var capture = new Capture();
        int second = 0;
        foreach ((string what, int seconds) in parts)
        {
            for (int end = second + seconds; second < end; second++)
            {
                foreach ((long after, byte[] frame) in Frames(what, second))
                {
                    capture.Add(Start + (second * Capture.Second) + after, frame);
                }
            }
        }

        return capture;
    }

    /// <summary>Hours of parts that take turns.</summary>
    public static Capture InTurns(int hours, int seconds, string what, string other) =>
        Of([.. Enumerable.Range(0, hours * 3600 / (2 * seconds)).SelectMany(_ => new[] { (other, seconds), (what, seconds) })]);

    private static IEnumerable<(long After, byte[] Frame)> Frames(string what, int second)
    {
        switch (what)
        {
            case "quiet":
                return [];
            case "broadcasts":
                byte[] broadcast = Udp("10.20.0.21", "10.20.0.255", second);
                Array.Fill(broadcast, (byte)0xff, 0, 6);
                return [(0, broadcast)];
            case "sealed":
                return Conversation(second).Select(f => (f.After, Seal(f.Frame)));
            case "elsewhere":
                return [(0, Udp("10.9.9.10", "10.9.9.20", second)), (9000, Udp("10.9.9.20", "10.9.9.10", second))];
            case "twice":
                return Conversation(second).SelectMany(f => new[] { f, (f.After + 90, f.Frame) });
            case "answers":
                return Conversation(second).Where(f => f.Frame[29] == 10);
            case "third":
                return Conversation(second).Where(f => second % 3 != 0 || f.Frame[29] == 10);
            case "good":
                return Conversation(second);
            default:
                throw new ArgumentException(what);
        }
    }

    // An association of a console, .21 to .40, with the archive, .10.
    private static IEnumerable<(long After, byte[] Frame)> Conversation(int second)
    {
        string console = $"10.20.0.{21 + (second % 20)}";
        var to = new Ip(console, "10.20.0.10") { Identification = second & 0xffff, DestinationMac = [2, 0, 0, 0, 0, 10] };
        var from = new Ip("10.20.0.10", console) { Identification = second & 0xffff, DestinationMac = [2, 0, 0, 0, 0, (byte)(21 + (second % 20))] };
        int port = 30000 + (second % 20000);
        long own = 1000L * second;
        long other = 7000L * second;
        return
        [
            (0, to.Tcp(port, 104, "S", own)), (1000, from.Tcp(104, port, "SA", other, own + 1)),
            (2000, to.Tcp(port, 104, "A", own + 1, other + 1)), (3000, to.Tcp(port, 104, "PA", own + 1, other + 1, payload: new byte[200])),
            (5000, from.Tcp(104, port, "PA", other + 1, own + 201, payload: new byte[150])),
            (6000, to.Tcp(port, 104, "FA", own + 201, other + 151)), (7000, from.Tcp(104, port, "FA", other + 151, own + 202)),
            (8000, to.Tcp(port, 104, "A", own + 202, other + 152)),
        ];
    }

    private static byte[] Udp(string source, string target, int number) =>
        new Ip(source, target) { Identification = number & 0xffff, DestinationMac = [2, 0, 0, 0, 1, byte.Parse(target.Split('.')[3])] }
            .Udp(40000, 40001, [(byte)(number >> 8), (byte)number]);

    private static byte[] Seal(byte[] frame)
    {
        byte[] octets = [.. frame];
        (octets[12], octets[13]) = (0x88, 0xe5);
        return octets;
    }
}
