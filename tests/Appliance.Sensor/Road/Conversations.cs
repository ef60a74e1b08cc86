using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Traffic;

namespace Appliance.Sensor.Tests.Road;

/// <summary>
/// Random life of a small network, attackers among it: whole conversations whose frames interleave. The same seed gives the same
/// frames.
/// </summary>
internal sealed class Conversations
{
    private const string Net = "10.1.2.";
    private const string Net6 = "2001:db8:1::";

    // Ports that the rules of the test name (the first ones), and ports that none does.
    private static readonly int[] Ports = [12345, 27374, 445, 5900, 7000, 161, 80, 104, 11112, 4242, 53, 2000, 1600];
    private static readonly string[] OddFlags = ["", "SF", "SR", "FPU", "F", "SFRPAU", "S", "SP", "U", "SEC", "R", "RF"];

    private readonly Random _random;
    private readonly Lan _lan = new(Net + "0/24", Net6 + "/64");
    private readonly List<TimedFrame> _frames = [];
    private long _time;

    private Conversations(int seed)
    {
        _random = new Random(seed);
    }

    /// <summary>Makes the frames of a seed, in order of time.</summary>
    /// <param name="seed">Any number.</param>
    /// <returns>The frames; times are microseconds since the tap started.</returns>
    public static IReadOnlyList<TimedFrame> Of(int seed)
    {
        var made = new Conversations(seed);
        made._time = made._random.Next(3) == 0 ? 0 : made._random.Next(700) * Capture.Second;
        int count = made._random.Next(3, 26);
        for (int i = 0; i < count; i++)
        {
            made.Add();
            made._time += made.Pause();
        }

        return [.. made._frames.OrderBy(frame => frame.Time)];
    }

    private void Add()
    {
        switch (_random.Next(18))
        {
            case 0 or 1:
                Connection(Host(), Any(), Port(), _random.Next(6));
                break;
            case 2:
                Connection(Outside(), Host(), Port(), _random.Next(6));
                break;
            case 3 or 4:
                Datagrams(Host(), Any(), Port());
                break;
            case 5:
                Datagrams(Outside(), Host(), Port());
                break;
            case 6:
                Poll();
                break;
            case 7:
                Echo(Any(), Host());
                break;
            case 8:
                WhoHas(Host(), Host());
                break;
            case 9:
                Sweep();
                break;
            case 10:
                PortScan();
                break;
            case 11:
                Together();
                break;
            case 12:
                Unasked();
                break;
            case 13:
                Odd();
                break;
            case 14:
                Six();
                break;
            case 15:
                Broadcasts();
                break;
            case 16:
                DarkPolling();
                break;
            default:
                Late();
                break;
        }
    }

    // What lies between two conversations: nothing, an answer's wait, a connection's, a story's.
    private long Pause() => _random.Next(9) switch
    {
        0 => 4 * Capture.Second,
        1 => 80 * Capture.Second,
        2 => _random.Next(20) == 0 ? 4 * Capture.Day : 700 * Capture.Second,
        _ => _random.Next(900_000),
    };

    private string Host() => Net + (1 + _random.Next(_random.Next(2) == 0 ? 8 : 60));

    private string Outside() => _random.Next(3) == 0 ? $"198.51.{_random.Next(200)}.{_random.Next(1, 250)}"
        : "203.0.113." + _random.Next(1, 12);

    private string Any() => _random.Next(2) == 0 ? Host() : Outside();

    private int Port() => Ports[_random.Next(Ports.Length)];

    private int Own() => _random.Next(1024, 1100);

    private Ip Between(string from, string to) => _lan.Ip(from, to) with
    {
        TimeToLive = from.StartsWith(Net, StringComparison.Ordinal) ? 64 : 110 + _random.Next(2),
        Identification = _random.Next(65536),
    };

    private void Put(long time, byte[] frame) => _frames.Add(new TimedFrame(time, frame));

    // How far a connection comes: a SYN alone, refused, accepted, data one way, both ways, or ended by a reset.
    private void Connection(string client, string server, int port, int steps)
    {
        int own = Own();
        long sequence = _random.Next();
        long answer = _random.Next();
        long time = _time;
        for (int i = _random.Next(3); i >= 0; i--)
        {
            Put(time += 500_000, Between(client, server).Tcp(own, port, _random.Next(9) == 0 ? "SEC" : "S", sequence));
        }

        if (steps == 0)
        {
            return;
        }

        if (steps == 1)
        {
            Put(time + 300, Between(server, client).Tcp(port, own, "RA", 0, sequence + 1));
            return;
        }

        time += _random.Next(8) == 0 ? 20 * Capture.Second : 300;
        Put(time, Between(server, client).Tcp(port, own, "SA", answer, sequence + 1));
        Put(time += 300, Between(client, server).Tcp(own, port, "A", sequence + 1, answer + 1));
        if (steps > 2)
        {
            for (int i = _random.Next(4); i >= 0; i--)
            {
                Put(time += 20_000, Between(client, server).Tcp(own, port, "PA", sequence + 1, answer + 1,
                    payload: new byte[60]));
                Put(time += 20_000, Between(server, client).Tcp(port, own, "PA", answer + 1, sequence + 61,
                    payload: new byte[90]));
            }
        }

        if (steps > 3)
        {
            time += _random.Next(3) * 4 * Capture.Second;
            string end = steps == 4 ? "FA" : _random.Next(2) == 0 ? "RA" : "R";
            Put(time, Between(client, server).Tcp(own, port, end, sequence + 61, answer + 91));
            Put(time + 300, Between(server, client).Tcp(port, own, "FA", answer + 91, sequence + 62));
        }
    }

    private void Datagrams(string client, string server, int port)
    {
        int own = Own();
        long time = _time;
        byte[] question = Between(client, server).Udp(own, port, new byte[_random.Next(40)]);
        Put(time, question);
        switch (_random.Next(4))
        {
            case 0:
                Put(time + Capture.Second, question);
                break;
            case 1:
                Put(time + 200, Between(server, client).PortUnreachable(question));
                break;
            default:
                for (int i = _random.Next(4); i >= 0; i--)
                {
                    Put(time += 30_000, Between(server, client).Udp(port, own, new byte[50]));
                    Put(time += 30_000, Between(client, server).Udp(own, port, new byte[30]));
                }

                break;
        }
    }

    // A monitor asks printers again and again by the same ports: nothing but answers is ever heard of them, and of some not even
    // that.
    private void Poll()
    {
        string monitor = Outside();
        int own = Own();
        int rounds = _random.Next(2, 6);
        int step = _random.Next(2) == 0 ? 60 : 90;
        string[] printers = [Net + _random.Next(200, 206), Net + _random.Next(206, 212)];
        for (int round = 0; round < rounds; round++)
        {
            foreach (string printer in printers)
            {
                long time = _time + (round * step * Capture.Second);
                Put(time, Between(monitor, printer).Udp(own, 161, new byte[30]));
                if (_random.Next(5) != 0)
                {
                    Put(time + 900, Between(printer, monitor).Udp(161, own, new byte[60]));
                }
            }
        }

        // Somebody else asks them too.
        string other = Outside();
        for (int i = 0; i < 2; i++)
        {
            foreach (string printer in printers)
            {
                Put(_time + (rounds * step * Capture.Second) + (i * 5 * Capture.Second), Between(other, printer).Udp(own, 9100,
                    new byte[30]));
            }
        }
    }

    private void Echo(string from, string to)
    {
        int id = _random.Next(100);
        byte[] question = Between(from, to).Echo(isReply: false, id, 1);
        Put(_time, question);
        if (_random.Next(3) != 0)
        {
            Put(_time + (_random.Next(4) == 0 ? 10 * Capture.Second : 400), Between(to, from).Echo(isReply: true, id, 1));
        }
    }

    private void WhoHas(string from, string to)
    {
        for (int i = _random.Next(12); i >= 0; i--)
        {
            string target = i == 0 ? to : Net + _random.Next(1, 250);
            Put(_time + (i * 100_000), _lan.WhoHas(from, target));
            if (_random.Next(2) == 0)
            {
                Put(_time + (i * 100_000) + 300, _lan.IsAt(target, from));
            }
        }
    }

    private void Sweep()
    {
        string actor = _random.Next(3) == 0 ? Host() : Outside();
        int port = Port();
        bool isUdp = _random.Next(4) == 0;
        int count = _random.Next(2, 40);
        int first = _random.Next(1, 200);
        long step = _random.Next(3) switch { 0 => 1_000, 1 => 200_000, _ => 9 * Capture.Second };
        string network = _random.Next(4) == 0 ? "198.51.100." : Net;
        for (int i = 0; i < count; i++)
        {
            string target = network + (first + (_random.Next(5) == 0 ? _random.Next(40) : i));
            string source = _random.Next(30) == 0 || actor.StartsWith("203.", StringComparison.Ordinal) ? actor : actor;
            byte[] frame = isUdp ? Between(source, target).Udp(3000, port, new byte[20])
                : Between(source, target).Tcp(3000 + i, port, "S", 77);
            Put(_time + (i * step), frame);
            switch (_random.Next(6))
            {
                case 0 when !isUdp:
                    Put(_time + (i * step) + 400, Between(target, source).Tcp(port, 3000 + i, "RA", 0, 78));
                    break;
                case 1 when !isUdp:
                    Put(_time + (i * step) + (_random.Next(3) == 0 ? 5 * Capture.Second : 400), Between(target, source).Tcp(port,
                        3000 + i, "SA", 9, 78));
                    Put(_time + (i * step) + (6 * Capture.Second), Between(source, target).Tcp(3000 + i, port, "R", 78));
                    break;
                case 1:
                    Put(_time + (i * step) + 400, Between(target, source).Udp(port, 3000, new byte[20]));
                    break;
                case 2 when isUdp:
                    Put(_time + (i * step) + 400, Between(target, source).PortUnreachable(frame));
                    break;
            }
        }
    }

    private void PortScan()
    {
        string actor = Any();
        string target = Host();
        int count = _random.Next(3, 30);
        for (int i = 0; i < count; i++)
        {
            int port = _random.Next(3) == 0 ? Port() : 20 + i;
            long time = _time + (i * 150_000L);
            Put(time, Between(actor, target).Tcp(4000 + i, port, "S", 5));
            if (_random.Next(2) == 0)
            {
                Put(time + 300, Between(target, actor).Tcp(port, 4000 + i, _random.Next(5) == 0 ? "SA" : "RA", 0, 6));
            }
        }
    }

    // Several sources at one host, or a source for each host.
    private void Together()
    {
        bool isNetwork = _random.Next(2) == 0;
        string target = Host();
        int count = _random.Next(2, 9);
        for (int i = 0; i < count; i++)
        {
            string actor = isNetwork ? "192.0.2." + (10 + i) : Outside();
            string at = isNetwork ? Net + (70 + i) : target;
            Put(_time + (i * 2 * Capture.Second), Between(actor, at).Tcp(5000, _random.Next(2) == 0 ? 12345 : 27374, "S", 9));
        }
    }

    private void Unasked()
    {
        int count = _random.Next(1, 6);
        for (int i = 0; i < count; i++)
        {
            string to = Net + _random.Next(1, 250);
            string flags = _random.Next(3) switch { 0 => "R", 1 => "RA", _ => "SA" };
            Put(_time + (i * 40_000), Between("203.0.113." + _random.Next(1, 4), to).Tcp(80, Own(), flags, _random.Next(2) * 33,
                1));
        }
    }

    private void Odd()
    {
        string actor = Any();
        int count = _random.Next(1, 6);
        for (int i = 0; i < count; i++)
        {
            string flags = OddFlags[_random.Next(OddFlags.Length)];
            Put(_time + (i * 30_000), Between(actor, Net + (30 + i)).Tcp(6000, Port(), flags, 1, 1));
        }
    }

    private void Six()
    {
        string client = Net6 + _random.Next(1, 9);
        int port = Port();
        for (int i = _random.Next(10); i >= 0; i--)
        {
            string server = _random.Next(3) == 0 ? "2001:db8:2::5" : Net6 + (10 + i);
            PutBent(_time + (i * 50_000), Between(client, server).Tcp(7000 + i, port, _random.Next(9) == 0 ? "SP" : "S", 4));
            if (_random.Next(3) == 0)
            {
                PutBent(_time + (i * 50_000) + 200, Between(server, client).Tcp(port, 7000 + i, _random.Next(2) == 0 ? "SA" : "RA",
                    8, 5));
                PutBent(_time + (i * 50_000) + 400, Between(client, server).Tcp(7000 + i, port, "A", 5, 9, payload: new byte[40]));
                PutBent(_time + (i * 50_000) + 600, Between(server, client).Tcp(port, 7000 + i, "FA", 900, 45));
            }
        }

        PutBent(_time, Between(client, Net6 + "1").Udp(8000, 53, new byte[20]));
        PutBent(_time + 300, Between(Net6 + "1", client).Udp(53, 8000, new byte[40]));
        PutBent(_time + 500, Between(client, Net6 + "7").Udp(8001, 1600, new byte[20]));
    }

    // One of three has an octet of its headers changed: lengths lie, flags are odd, other protocols follow.
    private void PutBent(long time, byte[] frame)
    {
        if (_random.Next(3) == 0)
        {
            frame[_random.Next(12, 74)] = (byte)_random.Next(256);
        }

        Put(time, frame);
    }

    private void Broadcasts()
    {
        string from = Host();
        int count = _random.Next(2, 9);
        for (int i = 0; i < count; i++)
        {
            Put(_time + (i * 30 * Capture.Second), Between(from, "255.255.255.255").Udp(1600, 1600, new byte[20]));
        }
    }

    private void DarkPolling()
    {
        string from = Any();
        int own = Own();
        for (int i = 0; i < 4; i++)
        {
            Put(_time + (i * 3 * Capture.Second), Between(from, Net + (180 + (i & 1))).Tcp(own, 5000, "S", 3));
        }
    }

    // An answer long after its attempt was judged; or a conversation that comes after that.
    private void Late()
    {
        string client = Any();
        string server = Host();
        int port = Port();
        int own = Own();
        long time = _time;
        Put(time, Between(client, server).Tcp(own, port, "S", 100));
        time += _random.Next(2, 70) * Capture.Second;
        Put(time, Between(server, client).Tcp(port, own, _random.Next(3) == 0 ? "RA" : "SA", 200, 101));
        time += _random.Next(2, 9) * Capture.Second;
        Put(time, Between(client, server).Tcp(own, port, "FA", 400, 500));
    }
}
