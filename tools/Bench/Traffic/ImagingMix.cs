using System;
using System.Collections.Generic;
using Appliance.Bench.Frames;
using Appliance.Sensor.Frames;

namespace Appliance.Bench.Traffic;

/// <summary>A frame of the mix.</summary>
/// <param name="Time">Microseconds since the start.</param>
/// <param name="Bytes">The frame.</param>
/// <param name="IsBulk">It is a segment of an image.</param>
internal readonly record struct MixFrame(long Time, byte[] Bytes, bool IsBulk);

/// <summary>What comes on top of a mix: 1,000 frames a second.</summary>
internal enum MixFlood
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>One stranger asks 250 hosts for one port, again and again.</summary>
    Sweep,

    /// <summary>Eight strangers ask 250 hosts for ports of all kinds.</summary>
    Scans,

    /// <summary>Senders that somebody forges, each another, ask the archive for DICOM.</summary>
    Forged,

    /// <summary>One stranger asks one host for one port after the other.</summary>
    Ports,

    /// <summary>Senders that somebody forges, each another, ask 250 hosts for a trojan's port.</summary>
    Trojan,

    /// <summary>Senders that somebody forges, each another, ask a modality for a service that the site keeps to itself.</summary>
    Restricted,

    /// <summary>Senders that somebody forges, each another, ask the archive for DICOM, which answers each.</summary>
    Answered,

    /// <summary>The same at a trojan's port of a modality.</summary>
    Talk,

    /// <summary>One stranger asks one host for one UDP port after the other, and each is refused by ICMP.</summary>
    Datagrams,

    /// <summary>A station asks by ARP for one host after the other in another's name each time.</summary>
    Arp,

    /// <summary>SYNs in two fragments each, the first too short for the TCP header, by forged senders.</summary>
    Fragments,

    /// <summary>Senders that somebody forges, each another, ask 250 hosts for a trojan's port, half of them by IPv6.</summary>
    Six,

    /// <summary>Senders of the site, which somebody inside forges, ask 250 hosts for a trojan's port.</summary>
    Inside,
}

/// <summary>
/// What an imaging VLAN carries at 100 Mb/s, the same at every run. Eight associations store at once, each images of half a
/// megabyte in segments of 1,460 octets of random data, an acknowledgement for two of them and an answer for each image; forty
/// images later it is released, and another one opened. Beside them a second has four associations that only ask (verifications,
/// worklists), two HL7 messages and their acknowledgements on connections of their own, six web connections of twenty exchanges,
/// ten names, two times, eight ARP questions, two echoes, three broadcasts and a bridge's. The wire's octets count preamble,
/// check sequence and gap.
/// </summary>
internal sealed class ImagingMix
{
    /// <summary>Octets a second.</summary>
    public const int Rate = 12_500_000;

    /// <summary>SYNs a second of a flood.</summary>
    public const int FloodRate = 1_000;

    // What the wire carries beside a frame: preamble and start 8, check sequence 4, gap 12.
    private const int Overhead = 24;
    private const int Segment = 1460;
    private const int SegmentsOfImage = 360;
    private const int ImagesOfAssociation = 40;
    private const int Stores = 8;
    private const int Second = 1_000_000;

    // Of the payload's beginning so much is random: what a slot holds, and more.
    private const int Seen = 100;

    private const uint Gateway = SensorRig.Home + 1;
    private const uint Ris = SensorRig.Home + 20;
    private const uint Station = SensorRig.Home + 60;
    private const uint Outsider = 0xc0000200;

    /// <summary>Who sweeps while a flood hides him, 192.0.2.77.</summary>
    private const uint Sweeper = Outsider + 77;

    private readonly Random _random = new(20000407);
    private readonly Queue<(byte[] Frame, bool IsBulk)> _others = new();
    private readonly Store[] _stores = new Store[Stores];
    private readonly MixFlood _flood;
    private readonly bool _hides;
    private byte[] _last = [];
    private uint _forger;
    private int _port = 49152;
    private long _octets;

    /// <summary>Makes a mix.</summary>
    /// <param name="flood">What comes on top of it.</param>
    /// <param name="hides">One in twenty frames of the flood is a sweep's that it hides.</param>
    public ImagingMix(MixFlood flood, bool hides = false)
    {
        _hides = hides;
        _flood = flood;
    }

    /// <summary>Makes frames, in the order of time.</summary>
    /// <param name="seconds">For how long.</param>
    public IEnumerable<MixFrame> Make(int seconds)
    {
        for (int i = 0; i < Stores; i++)
        {
            _stores[i] = new Store(SensorRig.Modality + (uint)i, NextPort());
        }

        int turn = 0;
        for (int second = 0; second < seconds; second++)
        {
            // What is not bulk lies evenly over the second.
            Others(second);
            int others = _others.Count;
            int floods = 0;
            long begin = _octets;
            for (int told = 0; _octets - begin < Rate;)
            {
                long at = _octets - begin;
                if (told < others && at * others >= (long)told * Rate)
                {
                    told++;
                    (byte[] frame, bool isBulk) = _others.Dequeue();
                    yield return Timed(frame, isBulk);
                }
                else if (_flood != MixFlood.None && floods < FloodRate && at * FloodRate >= (long)floods * Rate)
                {
                    yield return new MixFrame(_octets * Second / Rate, Flood((second * FloodRate) + floods++), false);
                }
                else
                {
                    Store store = _stores[turn++ % Stores];
                    if (store.IsOver)
                    {
                        _stores[(turn - 1) % Stores] = new Store(SensorRig.Modality + (uint)_random.Next(SensorRig.Modalities), NextPort());
                    }

                    (byte[] frame, bool isBulk) = store.Next(_random);
                    yield return Timed(frame, isBulk);
                }
            }
        }
    }

    private MixFrame Timed(byte[] frame, bool isBulk)
    {
        var timed = new MixFrame(_octets * Second / Rate, frame, isBulk);
        _octets += Math.Max(frame.Length, 60) + Overhead;
        return timed;
    }

    private byte[] Flood(int number)
    {
        int port = 1024 + (number % 60000);
        uint sequence = (uint)number;
        if (_hides && number % 20 == 8)
        {
            return FrameBuilder.Tcp(Sweeper, port, SensorRig.Home + (uint)(number / 20 % 250), 5001, Tcp.Syn, sequence, 0, 0);
        }

        return _flood switch
        {
            MixFlood.Sweep => FrameBuilder.Tcp(Outsider, port, SensorRig.Home + (uint)(number % 250), 5000, Tcp.Syn, sequence, 0, 0),
            MixFlood.Scans => FrameBuilder.Tcp(Outsider + (uint)(number % 8), port, SensorRig.Home + (uint)(number % 250),
                2000 + (number * 7 % 30000), Tcp.Syn, sequence, 0, 0),
            MixFlood.Ports => FrameBuilder.Tcp(Outsider, port, Station, 1 + number, Tcp.Syn, sequence, 0, 0),
            MixFlood.Trojan => FrameBuilder.Tcp(Forger(), port, SensorRig.Home + (uint)(number % 250), 12345, Tcp.Syn, sequence, 0, 0),
            MixFlood.Restricted => FrameBuilder.Tcp(Forger(), port, SensorRig.Modality, 23, Tcp.Syn, sequence, 0, 0),
            MixFlood.Answered => Pair(number, port, SensorRig.Pacs, 104),
            MixFlood.Talk => Pair(number, port, SensorRig.Modality + 1, 12345),
            MixFlood.Datagrams when number % 2 == 0 => _last = FrameBuilder.Udp(Outsider, port, Station, 1 + number, 8),
            MixFlood.Datagrams => FrameBuilder.Unreachable(_last, 3),
            MixFlood.Arp => FrameBuilder.Arp(SensorRig.Home + 60 + (Forger() % 40), SensorRig.Home + 100 + (uint)(number % 150), 1),
            MixFlood.Fragments => Fragment(number, port),
            MixFlood.Six when number % 2 != 0 =>
                FrameBuilder.TcpOverIpv6(Forger(), port, SensorRig.Home + (uint)(number % 250), 12345, Tcp.Syn),
            MixFlood.Six => FrameBuilder.Tcp(Forger(), port, SensorRig.Home + (uint)(number % 250), 12345, Tcp.Syn, sequence, 0, 0),
            MixFlood.Inside => FrameBuilder.Tcp(SensorRig.Home + 1 + (Forger() % 250), port, SensorRig.Home + (uint)(number % 250), 12345,
                Tcp.Syn, sequence, 0, 0),
            _ => FrameBuilder.Tcp(Forger(), port, SensorRig.Pacs, 104, Tcp.Syn, sequence, 0, 0),
        };
    }

    // A SYN, then its answer.
    private byte[] Pair(int number, int port, uint server, int serverPort)
    {
        if (number % 2 == 0)
        {
            _forger = Forger();
            return FrameBuilder.Tcp(_forger, port, server, serverPort, Tcp.Syn, (uint)number, 0, 0);
        }

        return FrameBuilder.Tcp(server, serverPort, _forger, port - 1, Tcp.Syn | Tcp.Ack, 7, (uint)number, 0);
    }

    // The first sixteen octets of a TCP header, then the other four.
    private byte[] Fragment(int number, int port)
    {
        const int Transport = 34;
        const int FragmentAt = 20;
        const int Split = 16;
        bool isFirst = number % 2 == 0;
        if (isFirst)
        {
            _last = FrameBuilder.Tcp(Forger(), port, SensorRig.Home + (uint)(number % 250), 2000 + (number % 30000), Tcp.Syn,
                (uint)number, 0, 0);
        }

        byte[] frame = (byte[])_last.Clone();
        int length = isFirst ? Split : 4;
        frame[17] = (byte)(20 + length);
        frame[FragmentAt] = (byte)(isFirst ? 0x20 : 0);
        frame[FragmentAt + 1] = (byte)(isFirst ? 0 : Split / 8);
        if (!isFirst)
        {
            Array.Copy(_last, Transport + Split, frame, Transport, length);
        }

        return frame;
    }

    private uint Forger() => (uint)_random.Next(1 << 24, 0x70000000);

    private void Others(int second)
    {
        for (int i = 0; i < 4; i++)
        {
            var question = new Store(SensorRig.Modality + (uint)_random.Next(SensorRig.Modalities), NextPort())
            {
                Images = 3,
                Segments = 1,
                Length = 180,
            };
            while (!question.IsOver)
            {
                (byte[] frame, bool _) = question.Next(_random);
                _others.Enqueue((frame, false));
            }
        }

        for (int i = 0; i < 2; i++)
        {
            Talk(Ris, Station + 1, 2575, 1, "\u000bMSH|^~\\&|RIS|WARD|PACS|X|20261130||ORM^O01|",
                "\u000bMSH|^~\\&|PACS|X|RIS|WARD|20261130||ACK|");
        }

        for (int i = 0; i < 6; i++)
        {
            uint server = i < 3 ? Outsider + 100 + (uint)_random.Next(20) : SensorRig.Pacs;
            Talk(Station + (uint)_random.Next(20), server, 443, 20, "\u0017\u0003\u0003", "\u0017\u0003\u0003");
        }

        for (int i = 0; i < 10; i++)
        {
            uint client = SensorRig.Modality + (uint)_random.Next(SensorRig.Modalities);
            int port = NextPort();
            Add(FrameBuilder.Udp(client, port, SensorRig.Dns, 53, 40));
            Add(FrameBuilder.Udp(SensorRig.Dns, 53, client, port, 120));
        }

        for (int i = 0; i < 8; i++)
        {
            uint host = SensorRig.Modality + (uint)_random.Next(SensorRig.Modalities);
            Add(FrameBuilder.Arp(host, i % 2 == 0 ? SensorRig.Pacs : Gateway, 1));
            Add(FrameBuilder.Arp(i % 2 == 0 ? SensorRig.Pacs : Gateway, host, 2));
        }

        for (int i = 0; i < 2; i++)
        {
            uint host = SensorRig.Modality + (uint)_random.Next(SensorRig.Modalities);
            Add(FrameBuilder.Udp(host, 123, SensorRig.Dns, 123, 48));
            Add(FrameBuilder.Udp(SensorRig.Dns, 123, host, 123, 48));
            Add(FrameBuilder.Echo(SensorRig.Pacs, host, 8, second & 0xffff, i));
            Add(FrameBuilder.Echo(host, SensorRig.Pacs, 0, second & 0xffff, i));
            Add(FrameBuilder.Udp(host, 137, 0xffffffff, 137, 50));
        }

        Add(FrameBuilder.Udp(Station, 138, 0xffffffff, 138, 201));
        Add(FrameBuilder.SpanningTree());
    }

    // A connection of some exchanges.
    private void Talk(uint client, uint server, int serverPort, int exchanges, string question, string answer)
    {
        int port = NextPort();
        uint asked = 1001;
        uint answered = 5001;
        Add(FrameBuilder.Tcp(client, port, server, serverPort, Tcp.Syn, 1000, 0, 0));
        Add(FrameBuilder.Tcp(server, serverPort, client, port, Tcp.Syn | Tcp.Ack, 5000, asked, 0));
        Add(FrameBuilder.Tcp(client, port, server, serverPort, Tcp.Ack, asked, answered, 0));
        for (int i = 0; i < exchanges; i++)
        {
            const int Asks = 300;
            const int Answers = 900;
            Add(With(FrameBuilder.Tcp(client, port, server, serverPort, Tcp.Ack | Tcp.Psh, asked, answered, Asks), Asks, question));
            asked += Asks;
            Add(With(FrameBuilder.Tcp(server, serverPort, client, port, Tcp.Ack | Tcp.Psh, answered, asked, Answers), Answers, answer));
            answered += Answers;
        }

        Add(FrameBuilder.Tcp(client, port, server, serverPort, Tcp.Fin | Tcp.Ack, asked, answered, 0));
        Add(FrameBuilder.Tcp(server, serverPort, client, port, Tcp.Fin | Tcp.Ack, answered, asked + 1, 0));
        Add(FrameBuilder.Tcp(client, port, server, serverPort, Tcp.Ack, asked + 1, answered + 1, 0));
    }

    private void Add(byte[] frame) => _others.Enqueue((frame, false));

    private int NextPort()
    {
        _port = _port == 65535 ? 49152 : _port + 1;
        return _port;
    }

    private static byte[] With(byte[] frame, int payload, string words)
    {
        System.Text.Encoding.Latin1.GetBytes(words).CopyTo(frame, frame.Length - payload);
        return frame;
    }

    // An association that stores: frame after frame of it.
    private sealed class Store(uint client, int port)
    {
        private const int Port = 104;

        private int _step;
        private int _image;
        private int _segment;
        private uint _sent = 1001;
        private uint _answered = 5001;
        private bool _isAcknowledged = true;

        public int Images { get; init; } = ImagesOfAssociation;

        public int Segments { get; init; } = SegmentsOfImage;

        public int Length { get; init; } = Segment;

        public bool IsOver { get; private set; }

        public (byte[] Frame, bool IsBulk) Next(Random random)
        {
            switch (_step++)
            {
                case 0:
                    return (FrameBuilder.Tcp(client, port, SensorRig.Pacs, Port, Tcp.Syn, 1000, 0, 0), false);
                case 1:
                    return (FrameBuilder.Tcp(SensorRig.Pacs, Port, client, port, Tcp.Syn | Tcp.Ack, 5000, _sent, 0), false);
                case 2:
                    return (Ask(Tcp.Ack, 0, ""), false);
                case 3:
                    return (Ask(Tcp.Ack | Tcp.Psh, 206, "\u0001" + Titles()), false);
                case 4:
                    return (Answer(206, "\u0002" + Titles()), false);
                case 5:
                    return Data(random);
                case 6:
                    return (Ask(Tcp.Ack | Tcp.Psh, 10, "\u0005\0\0\0\0\u0004"), false);
                case 7:
                    return (Answer(10, "\u0006\0\0\0\0\u0004"), false);
                case 8:
                    return (Ask(Tcp.Ack | Tcp.Fin, 0, ""), false);
                default:
                    IsOver = true;
                    return (FrameBuilder.Tcp(SensorRig.Pacs, Port, client, port, Tcp.Ack | Tcp.Fin, _answered, _sent + 1, 0), false);
            }
        }

        private (byte[] Frame, bool IsBulk) Data(Random random)
        {
            _step = 5;
            if (_segment == Segments)
            {
                // The image is there.
                _segment = 0;
                _step = ++_image == Images ? 6 : 5;
                return (Answer(128, "\u0004\0\0\0\0\u007a"), false);
            }

            if (!_isAcknowledged && (_segment & 1) == 0)
            {
                _isAcknowledged = true;
                return (FrameBuilder.Tcp(SensorRig.Pacs, Port, client, port, Tcp.Ack, _answered, _sent, 0), false);
            }

            _isAcknowledged = false;
            _segment++;
            byte[] frame = Ask(Tcp.Ack, Length, _segment == 1 ? "\u0004\0" : "");
            if (_segment > 1)
            {
                random.NextBytes(frame.AsSpan(frame.Length - Length, Math.Min(Length, Seen)));
            }

            return (frame, Length == Segment);
        }

        private byte[] Ask(int flags, int length, string words)
        {
            byte[] frame = With(FrameBuilder.Tcp(client, port, SensorRig.Pacs, Port, flags, _sent, _answered, length), length, words);
            _sent += (uint)length;
            return frame;
        }

        private byte[] Answer(int length, string words)
        {
            byte[] frame = FrameBuilder.Tcp(SensorRig.Pacs, Port, client, port, Tcp.Ack | Tcp.Psh, _answered, _sent, length);
            _answered += (uint)length;
            return With(frame, length, words);
        }

        // What a request and its acceptance have behind their type: length, version, both titles.
        private string Titles() => "\0\0\0\0\u00c8\0\u0001\0\0PACS            CT" + (client & 255) + "           ";
    }
}
