using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using Appliance.Scanners.Tests.Lab;
using Appliance.Traffic;

namespace Appliance.Scanners.Tests;

/// <summary>Traffic for cases that no scanner makes by itself: trojans in use, dense networks, mirrors that are none.</summary>
internal static class CaseTraffic
{
    /// <summary>When each begins.</summary>
    public static readonly long Start = LabRun.Start;

    private const string Outsider = "203.0.113.66";

    private static readonly Hospital Home = new(Vlan.Net);

    /// <summary>An outsider talks with a server on a modality: so many exchanges.</summary>
    /// <param name="port">Its port.</param>
    /// <param name="isUdp">Datagrams, not a connection.</param>
    /// <param name="isInside">The talker is a station of the VLAN.</param>
    public static Capture TrojanInUse(int port, bool isUdp, bool isInside)
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture) { RoundTrip = 38_000, DistantTtl = 51 };
        string actor = isInside ? Home.Workstations[4] : Outsider;
        if (!isUdp)
        {
            talk.Connection(Start, actor, 31_007, Home.Modalities[5], port, exchanges: 20, request: 24, response: 180,
                pause: Capture.Second);
            return capture;
        }

        for (int i = 0; i < 20; i++)
        {
            talk.Datagrams(Start + (i * Capture.Second), actor, 31_007, Home.Modalities[5], port, new byte[24], new byte[60]);
        }

        return capture;
    }

    /// <summary>UDP 1600 from port 1600, both ways, with an outsider: detect 8's other reading.</summary>
    public static Capture Port1600BothWays()
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture) { RoundTrip = 38_000, DistantTtl = 51 };
        for (int i = 0; i < 10; i++)
        {
            talk.Datagrams(Start + (i * 30 * Capture.Second), Outsider, 1600, Home.Modalities[5], 1600, new byte[46],
                new byte[46]);
        }

        return capture;
    }

    /// <summary>Two conversations on a port that trojans use too, and one host that is off: a service.</summary>
    public static Capture TwoServedOneOff()
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture);
        talk.Connection(Start, Home.Workstations[1], 40_001, Home.Modalities[1], 5555, exchanges: 30);
        talk.Connection(Start + Capture.Minute, Home.Workstations[1], 40_002, Home.Modalities[2], 5555, exchanges: 30);
        talk.Unanswered(Start + (2 * Capture.Minute), Home.Workstations[1], 40_003, Home.Modalities[3], 5555);
        return capture;
    }

    /// <summary>A station asks by ARP for sixty addresses in random order; a share of them answer.</summary>
    /// <param name="living">How many.</param>
    public static Capture DenseArp(int living)
    {
        var capture = new Capture();
        int[] order = [.. Enumerable.Range(100, 60)];
        new Random(7).Shuffle(order);
        for (int i = 0; i < order.Length; i++)
        {
            long time = Start + (i * 50_000L);
            capture.Add(time, Home.Lan.WhoHas(Home.Host(99), Home.Host(order[i])));
            if (order[i] - 100 < living)
            {
                capture.Add(time + 250, Home.Lan.IsAt(Home.Host(order[i]), Home.Host(99)));
            }
        }

        return capture;
    }

    /// <summary>Detect 7's resets within an hour, amid answered DNS questions.</summary>
    /// <param name="perSecond">How many questions a second.</param>
    public static Capture InverseMapAmidDns(double perSecond)
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture) { DistantTtl = 49 };
        long time = Start - (20 * Capture.Minute);
        for (int i = 0; time < Start + Capture.Hour; i++, time += (long)(Capture.Second / perSecond))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"host{i}.example");
            talk.Datagrams(time, Home.Workstations[i % 10], 1024 + (i * 7 % 60_000), Home.NameServer, 53,
                Payload.DnsQuery(i & 0xffff, name),
                Payload.DnsAnswer(i & 0xffff, name, [203, 0, 113, 9]));
        }

        AddResets(capture, talk, 150 * Capture.Second);
        return capture;
    }

    /// <summary>Detect 7's resets within an hour, amid ARP questions that are answered.</summary>
    /// <param name="perSecond">How many questions a second.</param>
    public static Capture InverseMapAmidArp(int perSecond)
    {
        var capture = new Capture();
        long gap = Capture.Second / perSecond;
        for (int i = 0; i * gap < Capture.Hour; i++)
        {
            // Ten stations ask twenty hosts that they know, one after the other.
            string asker = Home.Workstations[i % 10];
            string host = Home.Host(100 + (i / 10 % 20));
            capture.Add(Start - (20 * Capture.Minute) + (i * gap), Home.Lan.WhoHas(asker, host));
            capture.Add(Start - (20 * Capture.Minute) + (i * gap) + 200, Home.Lan.IsAt(host, asker));
        }

        AddResets(capture, new Talk(Home.Lan, capture) { DistantTtl = 49 }, 60 * Capture.Second);
        return capture;
    }

    /// <summary>A telnet login to the name server whose SYN carries PSH.</summary>
    public static Capture TelnetBySynPush()
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture) { RoundTrip = 38_000, DistantTtl = 51 };
        talk.Connection(Start, Outsider, 31_007, Home.NameServer, 23, exchanges: 6, request: 12, response: 40);
        TimedFrame syn = capture.Frames[0];
        capture.Frames[0] = syn with
        {
            Bytes = talk.Between(Outsider, Home.NameServer)
            .Tcp(31_007, 23, "SP", SequenceOf(syn.Bytes))
        };
        return capture;
    }

    /// <summary>
    /// An hour of connections of which the mirror lacks the client's half in some: one member of a link aggregation is not
    /// mirrored.
    /// </summary>
    /// <param name="one">One of so many.</param>
    public static Capture HalfAMirror(int one)
    {
        var whole = new Capture();
        var talk = new Talk(Home.Lan, whole);
        for (int i = 0; i < 600; i++)
        {
            talk.Connection(Start + (i * 6 * Capture.Second), Home.Workstations[i % 10], 20_000 + i, Home.Modalities[i % 20], 104,
                2, 300, 200);
        }

        // The hash of an aggregation: a flow goes one way over the member that is not mirrored.
        var seen = new Capture();
        foreach (TimedFrame frame in whole.Frames)
        {
            bool isClients = frame.Bytes[36] == 0 && frame.Bytes[37] == 104;
            int clientPort = isClients ? (frame.Bytes[34] << 8) | frame.Bytes[35] : 0;
            if (!isClients || clientPort % one != 0)
            {
                seen.Frames.Add(frame);
            }
        }

        return seen;
    }

    /// <summary>A sweep of 445 by a station, two hours later 399 ports of one of its hosts by the same.</summary>
    /// <param name="hosts">How many hosts the sweep has.</param>
    /// <param name="isRefused">All of them live and refuse; otherwise they are silent.</param>
    public static Capture PortScanAfterSweep(int hosts, bool isRefused)
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture);
        for (int i = 0; i < hosts; i++)
        {
            long time = Start + (i * 20_000L);
            _ = isRefused ? talk.Refused(time, Home.Host(99), 40_000 + i, Home.Host(100 + i), 445)
                : talk.Unanswered(time, Home.Host(99), 40_000 + (i * 3), Home.Host(100 + i), 445, 0);
        }

        for (int port = 1; port <= 399; port++)
        {
            talk.Refused(Start + (2 * Capture.Hour) + (port * 5_000L), Home.Host(99), 50_000, Home.Host(104), port);
        }

        return capture;
    }

    /// <summary>Sixty UDP ports in random order, all from one source port, each refused by ICMP.</summary>
    /// <param name="sourcePort">The source port: that of a service whose answers firewalls let in.</param>
    public static Capture UdpPortsFrom(int sourcePort)
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture) { DistantTtl = 51 };
        int[] ports = [.. Enumerable.Range(1, 60).Select(i => i * 17)];
        new Random(sourcePort).Shuffle(ports);
        for (int i = 0; i < ports.Length; i++)
        {
            byte[] probe = talk.Between(Outsider, Home.Host(110)).Udp(sourcePort, ports[i], []);
            capture.Add(Start + (i * 200_000L), probe);
            capture.Add(Start + (i * 200_000L) + 300, talk.Between(Home.Host(110), Outsider).PortUnreachable(probe));
        }

        return capture;
    }

    /// <summary>TCP ports of one host in random order, each refused.</summary>
    /// <param name="count">How many.</param>
    public static Capture Ports(int count)
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture) { DistantTtl = 51 };
        int[] ports = [.. Enumerable.Range(1, count)];
        new Random(count).Shuffle(ports);
        for (int i = 0; i < count; i++)
        {
            talk.Refused(Start + (i * 10_000L), Outsider, 50_123, Home.Host(110), ports[i]);
        }

        return capture;
    }

    /// <summary>Inside hosts look for servers outside that nobody lets them reach, day after day.</summary>
    /// <param name="hosts">How many hosts.</param>
    /// <param name="servers">How many servers each asks, those of the others and some of its own.</param>
    /// <param name="days">For how long.</param>
    public static Capture Outwards(int hosts, int servers, int days)
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture);
        for (int i = 0; i < days * servers * hosts; i++)
        {
            int host = i % hosts;
            int server = (host * 5) + (i / hosts % servers);
            string outside = string.Create(CultureInfo.InvariantCulture, $"198.51.{100 + (server >> 8)}.{server & 255}");
            talk.Unanswered(Start + (i / (hosts * servers) * Capture.Day) + (i % (hosts * servers) * 400_000L),
                Home.Host(20 + (host * 21)), 40_000 + i, outside, 443, 0);
        }

        return capture;
    }

    /// <summary>A SYN with data in two fragments.</summary>
    /// <param name="isOverlapping">
    /// The first holds the whole header and says ACK; the second writes most of it anew and says SYN. Otherwise the second goes
    /// on where the first ends, and so does a third and a fourth of another datagram, whose first ends within its header.
    /// </param>
    public static Capture Fragments(bool isOverlapping)
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture) { DistantTtl = 51 };
        byte[] syn = talk.Between(Outsider, Home.Host(110)).Tcp(40_001, 139, "S", 77, payload: new byte[24]);
        byte[] ack = [.. syn];
        ack[47] = 0x10;
        byte[][] whole = [.. Change.Fragmented(isOverlapping ? ack : syn, 24)];
        byte[][] tiny = [.. Change.Fragmented(syn, 8)];
        capture.Add(Start, whole[0]);
        if (isOverlapping)
        {
            capture.Add(Start + 200, tiny[1]);
            return capture;
        }

        capture.Add(Start + 200, whole[1]);
        byte[] another = talk.Between(Outsider, Home.Host(111)).Tcp(40_002, 139, "S", 78, payload: new byte[4]);
        foreach (byte[] fragment in Change.Fragmented(another, 8))
        {
            capture.Add(Start + Capture.Second, fragment);
        }

        return capture;
    }

    /// <summary>Sixteen outsiders sweep forty hosts each at once, each at a port of its own.</summary>
    public static Capture SixteenSweepsAtOnce()
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture) { DistantTtl = 51 };
        for (int i = 0; i < 40; i++)
        {
            for (int actor = 0; actor < 16; actor++)
            {
                string source = string.Create(CultureInfo.InvariantCulture, $"{11 + (actor * 12)}.7.{actor}.9");
                talk.Refused(Start + (i * 500_000L) + (actor * 7_000L), source, 41_000 + i, Home.Host(100 + i),
                    4_000 + (actor * 11));
            }
        }

        return capture;
    }

    /// <summary>Consoles that broadcast in one rhythm.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isIp">To UDP port 1600; else in frames of a type that nobody knows.</param>
    public static Capture Choir(int count, bool isIp)
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture);
        for (int i = 0; i < count; i++)
        {
            Ip ip = talk.Between(Home.Host(100 + i), Home.Host(255)) with { DestinationMac = Lan.Broadcast };
            for (int turn = 0; turn < 12; turn++)
            {
                capture.Add(Start + (i * 1_300_000L) + (turn * 120 * Capture.Second), isIp ? ip.Udp(3_700, 1600, new byte[46])
                    : Lan.Frame(Lan.Broadcast, ip.SourceMac, 0x88b5, new byte[46]));
            }
        }

        return capture;
    }

    /// <summary>
    /// Six devices look for their like by a port that no list has: each by itself, some every half a minute, some every two
    /// minutes.
    /// </summary>
    public static Capture Discoveries()
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture);
        for (int device = 0; device < 6; device++)
        {
            Ip ip = talk.Between(Home.Host(100 + device), Vlan.Net + "255") with { DestinationMac = Lan.Broadcast };
            long gap = (30 + (device * 18)) * Capture.Second;
            for (int i = 0; i * gap < Capture.Hour; i++)
            {
                capture.Add(Start + (device * 3_700_000L) + (i * gap), ip.Udp(34_569, 34_569, new byte[32]));
            }
        }

        return capture;
    }

    /// <summary>Detect 7's resets amid new TCP connections, so many a second, all answered.</summary>
    /// <param name="perSecond">How many.</param>
    public static Capture InverseMapAmidConnections(int perSecond)
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture) { DistantTtl = 49 };
        long gap = Capture.Second / perSecond;
        for (int i = 0; i * gap < 30 * Capture.Minute; i++)
        {
            talk.Connection(Start - (20 * Capture.Minute) + (i * gap), Home.Workstations[i % 10], 1024 + (i % 60_000), Home.Pacs,
                104, 1, 200, 120);
        }

        AddResets(capture, talk, 20 * Capture.Second);
        return capture;
    }

    /// <summary>An hour of connections whose SYN the mirror shows after its answer.</summary>
    /// <param name="late">Microseconds after it was sent.</param>
    public static Capture LateSyns(long late)
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture);
        for (int i = 0; i < 400; i++)
        {
            int first = capture.Frames.Count;
            talk.Connection(Start + (i * 9 * Capture.Second), Home.Workstations[i % 10], 20_000 + i, Home.Modalities[i % 20], 104,
                2, 300, 200);
            capture.Frames[first] = capture.Frames[first] with { Time = capture.Frames[first].Time + late };
        }

        return capture;
    }

    /// <summary>A capture each frame of which the mirror shows twice.</summary>
    /// <param name="capture">The capture.</param>
    public static Capture Doubled(Capture capture)
    {
        var doubled = new Capture();
        foreach (TimedFrame frame in capture.Frames)
        {
            doubled.Frames.Add(frame);
            doubled.Frames.Add(frame with { Time = frame.Time + 4 });
        }

        return doubled;
    }

    /// <summary>An access port in place of a mirror port: it hears what goes to all, and nothing else.</summary>
    public static Capture NotAMirror()
    {
        var heard = new Capture();
        foreach (int hour in new[] { 0, 1, 2 })
        {
            Capture all = new OrdinaryTraffic(Home, 50 + hour).Hour(Start + (hour * Capture.Hour)).Build();
            heard.Frames.AddRange(all.Frames.Where(frame => (frame.Bytes[0] & 1) == 1));
        }

        return Capture.Merge(heard);
    }

    /// <summary>
    /// A sweep of another network's hosts, which live and refuse: six minutes, since a mirror is called foreign after five.
    /// </summary>
    public static Capture OfAnotherNetwork()
    {
        var capture = new Capture();
        var lan = new Lan("192.168.1.0/24");
        var talk = new Talk(lan, capture) { DistantTtl = 51 };
        for (int i = 0; i < 120; i++)
        {
            talk.Refused(Start + (i * 3 * Capture.Second), Outsider, 40_000 + i,
                string.Create(CultureInfo.InvariantCulture, $"192.168.1.{1 + i}"), 445);
        }

        return capture;
    }

    /// <summary>Detect 9's sweep, each frame in a header of its own.</summary>
    /// <param name="around">What puts a frame into it.</param>
    public static Capture SweepInside(Func<byte[], byte[]> around)
    {
        var capture = new Capture();
        var talk = new Talk(Home.Lan, capture) { DistantTtl = 51 };
        for (int i = 0; i < 40; i++)
        {
            byte[] syn = talk.Between(Outsider, Home.Host(100 + i))
                .Tcp(64_181 + i, 5556, "S", talk.NextSequence(), options: TcpOption.Mss(1460));
            capture.Add(Start + (i * 5_000L), around(syn));
        }

        return capture;
    }

    /// <summary>
    /// ERSPAN type II: GRE (protocol 0x88be) with a sequence number and eight octets (draft-foschiano-erspan, 4.1).
    /// </summary>
    /// <param name="frame">The mirrored frame.</param>
    public static byte[] InErspan(byte[] frame)
    {
        byte[] gre = new Octets().U16(0x1000).U16(0x88be).U32(7).U16(0x1001).U16(0x0001).U32(0).Add(frame).ToArray();
        return new Ip("10.255.1.1", "10.255.1.2") { TimeToLive = 255 }.Datagram(47, gre);
    }

    /// <summary>A VN-Tag (EtherType 0x8926, four octets behind it) as fabric extenders put before the frame's own type.</summary>
    /// <param name="frame">The frame.</param>
    public static byte[] BehindVnTag(byte[] frame) =>
        new Octets().Add(frame.AsSpan(0, 12)).U16(0x8926).U16(0x0001).U16(0x0002).Add(frame.AsSpan(12)).ToArray();

    /// <summary>An ordinary hour before and around a capture, of the same VLAN.</summary>
    /// <param name="capture">The capture.</param>
    public static Capture Amid(Capture capture) => ScannerCaptureTests.Amid(capture);

    private static uint SequenceOf(byte[] frame) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(38));

    // Detect 7: 22 resets to twelve hosts that asked nothing.
    private static void AddResets(Capture capture, Talk talk, long gap)
    {
        for (int i = 0; i < 22; i++)
        {
            string source = string.Create(CultureInfo.InvariantCulture, $"212.108.4.{20 + (i % 6)}");
            capture.Add(Start + (i * gap), talk.Between(source, Home.Host(100 + (i * 5 % 12)))
                .Tcp(80, 1_000 + (i * 37), "RA", 0, talk.NextSequence(), window: 0));
        }
    }
}
