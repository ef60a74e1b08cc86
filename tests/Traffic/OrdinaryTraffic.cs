using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;

namespace Appliance.Traffic;

/// <summary>
/// What an imaging VLAN carries when nothing is wrong. Each method adds one kind of it; <see cref="Hour"/> adds all.
/// The same seed gives the same frames.
/// </summary>
public sealed class OrdinaryTraffic
{
    private readonly Hospital _hospital;
    private readonly Lan _lan;
    private readonly Capture _capture = new();
    private readonly Talk _talk;
    private readonly Talk _far;
    private readonly Random _random;
    private int _port = 1024;

    /// <summary>Makes an empty capture to add to.</summary>
    /// <param name="hospital">Who lives there.</param>
    /// <param name="seed">Chooses times, ports and sizes.</param>
    public OrdinaryTraffic(Hospital hospital, int seed)
    {
        _hospital = hospital;
        _lan = hospital.Lan;
        _random = new Random(seed);
        _talk = new Talk(_lan, _capture, seed);
        _far = new Talk(_lan, _capture, seed + 1) { RoundTrip = 38_000, DistantTtl = 51 };
    }

    /// <summary>What was added so far, in order of time.</summary>
    /// <returns>The frames.</returns>
    public Capture Build() => Capture.Merge(_capture);

    /// <summary>An hour of everything.</summary>
    /// <param name="start">When it begins, microseconds since 1970.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic Hour(long start)
    {
        HostsAreHeard(start);
        ArpOfTheRouter(start + Within(5));
        Dhcp(start + Within(50), _hospital.Workstations[_random.Next(10)]);
        NameServices(start);
        NetBios(start);
        SpanningTreeAndNeighbours(start + Within(20));
        OrdinaryBroadcasts(start);
        SnmpPolls(start);
        Syslog(start);
        PacsVerifiesModalities(start + Within(55));
        for (int i = 0; i < 3; i++)
        {
            StoreImages(start + Within(55), _hospital.Modalities[_random.Next(20)], 200_000);
            BrowserBurst(start + Within(55), _hospital.Workstations[_random.Next(10)]);
            ProxyUse(start + Within(55), _hospital.Workstations[_random.Next(10)]);
        }

        ZoneTransfer(start + Within(50));
        RefusedConnections(start + Within(50));
        RetransmittedSyns(start + Within(50));
        KeepAlives(start);
        Voice(start + Within(55));
        MulticastVideo(start + Within(55));
        EphemeralPortsThatEqualATrojans(start + Within(50));
        return this;
    }

    /// <summary>Everyone sets the clock: what makes hosts known to live.</summary>
    /// <param name="start">When it begins.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic HostsAreHeard(long start)
    {
        foreach (string host in _hospital.Modalities.Concat(_hospital.Workstations)
            .Concat([_hospital.Pacs, _hospital.NameServer, _hospital.SyslogServer, _hospital.Monitor, _hospital.Proxy]))
        {
            _far.Datagrams(start + Within(2), host, 123, "192.0.2.1", 123, Payload.Ntp(3), Payload.Ntp(4));
        }

        return this;
    }

    /// <summary>The router looks for living hosts, and by and by for three that are switched off.</summary>
    /// <param name="start">When it begins.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic ArpOfTheRouter(long start)
    {
        foreach (string host in _hospital.Modalities.Concat(_hospital.Workstations))
        {
            long time = start + Within(50);
            _capture.Add(time, _lan.WhoHas(_hospital.Router, host, isRouter: true));
            _capture.Add(time + 210, _lan.IsAt(host, _hospital.Router, isRouter: true));
        }

        for (int turn = 0; turn < 9; turn++)
        {
            _capture.Add(start + Within(50), _lan.WhoHas(_hospital.Router, _hospital.Host(240 + (turn % 3)), isRouter: true));
        }

        return this;
    }

    /// <summary>A workstation gets its address.</summary>
    /// <param name="time">When it asks.</param>
    /// <param name="host">The workstation.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic Dhcp(long time, string host)
    {
        byte[] mac = _lan.MacOf(host);
        foreach (int type in new[] { 1, 3 })
        {
            byte[] message = new Octets().U8(1).U8(1).U8(6).U8(0).U32(0x3903f326 + type).PadTo(28).Add(mac).PadTo(236)
                .U32(0x63825363).U8(53).U8(1).U8(type).U8(255).PadTo(300).ToArray();
            Ip ask = new Ip("0.0.0.0", "255.255.255.255") { SourceMac = mac, DestinationMac = Lan.Broadcast, TimeToLive = 128 };
            _capture.Add(time, ask.Udp(68, 67, message));
            message[0] = 2;
            Ip answer = _talk.Between(_hospital.Router, "255.255.255.255") with { DestinationMac = Lan.Broadcast };
            _capture.Add(time + 2400, answer.Udp(67, 68, message));
            time += 4000;
        }

        return this;
    }

    /// <summary>Clients ask the name server, which asks many servers of the outside.</summary>
    /// <param name="start">When it begins.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic NameServices(long start)
    {
        foreach (string host in _hospital.Workstations)
        {
            for (int i = 0; i < 3; i++)
            {
                int id = _random.Next(65536);
                string name = Text($"www{i}.example");
                long time = start + Within(58);
                _talk.Datagrams(time, host, NextPort(), _hospital.NameServer, 53, Payload.DnsQuery(id, name),
                    Payload.DnsAnswer(id, name, [203, 0, 113, 9]));
                string server = Text($"198.51.{_random.Next(100, 120)}.{_random.Next(1, 250)}");
                _far.Datagrams(time + 200, _hospital.NameServer, NextPort(), server, 53, Payload.DnsQuery(id ^ 1, name),
                    Payload.DnsAnswer(id ^ 1, name, [203, 0, 113, 9]));
            }
        }

        return this;
    }

    /// <summary>The secondary outside fetches the zone; the name server fetches one of its own, and telnets out.</summary>
    /// <param name="time">When it begins.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic ZoneTransfer(long time)
    {
        time = _far.Connection(time, "198.51.100.54", NextPort(), _hospital.NameServer, 53, 1, 40, 12_000);
        time = _far.Connection(time + 1000, _hospital.NameServer, NextPort(), "198.51.100.54", 53, 1, 40, 9_000);
        _far.Connection(time + 1000, _hospital.NameServer, NextPort(), "198.51.100.54", 23, 4, 20, 60);
        return this;
    }

    /// <summary>Name queries to all, announcements every twelve minutes, node status among living hosts.</summary>
    /// <param name="start">When it begins.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic NetBios(long start)
    {
        for (int i = 0; i < 6; i++)
        {
            string host = _hospital.Workstations[i];
            string other = _hospital.Workstations[(i + 1) % 10];
            int id = _random.Next(65536);
            Ip broadcast = _talk.Between(host, _hospital.Host(255)) with { DestinationMac = Lan.Broadcast };
            long time = start + Within(50);
            for (int turn = 0; turn < 3; turn++)
            {
                _capture.Add(time + (turn * 750_000L), broadcast.Udp(137, 137, Payload.NameQuery(id, "ARCHIVE")));
            }

            _talk.Datagrams(time + (3 * Capture.Second), host, 137, other, 137, Payload.NodeStatusQuery(id + 1),
                Payload.NameAnswer(id + 1, "READING", IPAddress.Parse(other).GetAddressBytes()));
            for (long announced = start + (i * 7_000_000L); announced < start + Capture.Hour; announced += 12 * Capture.Minute)
            {
                _capture.Add(announced, broadcast.Udp(138, 138, new byte[201]));
            }
        }

        return this;
    }

    /// <summary>A minute of bridge, discovery and loopback frames.</summary>
    /// <param name="start">When it begins.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic SpanningTreeAndNeighbours(long start)
    {
        byte[] bridge = [0x01, 0x80, 0xc2, 0, 0, 0];
        byte[] switchMac = [0x02, 0x52, 0, 0, 0, 0x10];
        for (int i = 0; i < 30; i++)
        {
            byte[] llc = new Octets().U8(0x42).U8(0x42).U8(3).PadTo(38).ToArray();
            _capture.Add(start + (i * 2 * Capture.Second), Lan.LlcFrame(bridge, switchMac, llc));
        }

        for (int i = 0; i < 7; i++)
        {
            long time = start + (i * 10 * Capture.Second);
            _capture.Add(time, Lan.Frame(switchMac, switchMac, 0x9000, new byte[46]));
            _capture.Add(time + 1000, Lan.Frame([0x01, 0x80, 0xc2, 0, 0, 0x0e], switchMac, 0x88cc, new byte[60]));
            byte[] cdp = new Octets().U8(0xaa).U8(0xaa).U8(3).U8(0).U8(0).U8(0x0c).U16(0x2000).PadTo(120).ToArray();
            _capture.Add(time + 2000, Lan.LlcFrame([0x01, 0x00, 0x0c, 0xcc, 0xcc, 0xcc], switchMac, cdp));
        }

        return this;
    }

    /// <summary>Broadcasts and multicasts at a period that every network has: rwho, RIP, SSDP, mDNS, LLMNR.</summary>
    /// <param name="start">When it begins.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic OrdinaryBroadcasts(long start)
    {
        Ip toAll = _talk.Between(_hospital.Modalities[0], _hospital.Host(255)) with { DestinationMac = Lan.Broadcast };
        Ip oldToAll = _talk.Between(_hospital.Modalities[1], _hospital.Host(0)) with { DestinationMac = Lan.Broadcast };
        Ip routes = _talk.Between(_hospital.Router, _hospital.Host(255)) with
        {
            DestinationMac = Lan.Broadcast,
            SourceMac = _lan.RouterMac
        };
        for (long time = 0; time < Capture.Hour; time += 3 * Capture.Minute)
        {
            _capture.Add(start + time, toAll.Udp(513, 513, new byte[84]));
            _capture.Add(start + time + 9_000_000, oldToAll.Udp(513, 513, new byte[84]));
        }

        for (long time = 0; time < Capture.Hour / 4; time += 30 * Capture.Second)
        {
            _capture.Add(start + time, routes.Udp(520, 520, new byte[44]));
        }

        foreach (string host in _hospital.Workstations)
        {
            _capture.Add(start + Within(55), _talk.Between(host, "239.255.255.250").Udp(NextPort(), 1900, new byte[130]));
            _capture.Add(start + Within(55), _talk.Between(host, "224.0.0.251").Udp(5353, 5353, new byte[60]));
            _capture.Add(start + Within(55), _talk.Between(host, "224.0.0.252").Udp(NextPort(), 5355, new byte[36]));
        }

        return this;
    }

    /// <summary>The monitor polls ten hosts every five minutes; nine answer, the tenth has been switched off for long.</summary>
    /// <param name="start">When it begins.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic SnmpPolls(long start)
    {
        for (long turn = 0; turn < Capture.Hour; turn += 5 * Capture.Minute)
        {
            for (int i = 0; i < 10; i++)
            {
                string host = i == 9 ? _hospital.Host(240) : _hospital.Modalities[i];
                _talk.Datagrams(start + turn + (i * 40_000L), _hospital.Monitor, 32000, host, 161, new byte[43],
                    i == 9 ? null : new byte[58]);
            }
        }

        return this;
    }

    /// <summary>Log lines, which are never answered.</summary>
    /// <param name="start">When it begins.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic Syslog(long start)
    {
        foreach (string host in _hospital.Modalities)
        {
            for (int i = 0; i < 4; i++)
            {
                _talk.Datagrams(start + Within(58), host, 514, _hospital.SyslogServer, 514, new byte[90], null);
            }
        }

        return this;
    }

    /// <summary>The archive asks each of twenty modalities whether it is there (C-ECHO). All answer but two.</summary>
    /// <param name="time">When it begins.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic PacsVerifiesModalities(long time)
    {
        for (int i = 0; i < _hospital.Modalities.Count; i++)
        {
            string modality = _hospital.Modalities[i];
            if (i is 7 or 13)
            {
                _talk.Unanswered(time, _hospital.Pacs, NextPort(), modality, 104);
                time += 12 * Capture.Second;
            }
            else
            {
                time = _talk.Connection(time, _hospital.Pacs, NextPort(), modality, 104, 2, 205, 180) + 90_000;
            }
        }

        return this;
    }

    /// <summary>A modality stores a study at the archive.</summary>
    /// <param name="time">When it begins.</param>
    /// <param name="modality">Who stores.</param>
    /// <param name="octets">How much.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic StoreImages(long time, string modality, int octets)
    {
        _talk.Connection(time, modality, NextPort(), _hospital.Pacs, 104, 3, octets / 3, 120);
        return this;
    }

    /// <summary>A page with its pictures: sixteen servers within two seconds, some of which are slow or refuse.</summary>
    /// <param name="time">When it begins.</param>
    /// <param name="host">The browser's host.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic BrowserBurst(long time, string host)
    {
        for (int i = 0; i < 16; i++)
        {
            string server = Text($"203.0.{113 + (i / 12)}.{10 + (i * 11)}");
            long start = time + (i * 70_000L);
            if (i == 5)
            {
                _far.Refused(start, host, NextPort(), server, 80);
            }
            else if (i == 9)
            {
                _far.Unanswered(start, host, NextPort(), server, 80);
            }
            else
            {
                _far.Connection(start, host, NextPort(), server, 80, 2, 420, 6_000, isReset: i % 4 == 0);
            }
        }

        return this;
    }

    /// <summary>A reading station uses the proxy inside, which fetches from outside.</summary>
    /// <param name="time">When it begins.</param>
    /// <param name="host">The station.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic ProxyUse(long time, string host)
    {
        _talk.Connection(time, host, NextPort(), _hospital.Proxy, 3128, 3, 400, 3_000);
        _far.Connection(time + 2000, _hospital.Proxy, NextPort(), "203.0.113.77", 80, 3, 400, 3_000);
        return this;
    }

    /// <summary>Stations try a service that is down: five different clients, and one that tries again and again.</summary>
    /// <param name="time">When it begins.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic RefusedConnections(long time)
    {
        for (int i = 0; i < 12; i++)
        {
            string client = _hospital.Workstations[i < 5 ? i : 5];
            _talk.Refused(time + (i * 2 * Capture.Second), client, NextPort(), _hospital.Pacs, 2762);
        }

        return this;
    }

    /// <summary>Stations try a server outside that is gone.</summary>
    /// <param name="time">When it begins.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic RetransmittedSyns(long time)
    {
        for (int i = 0; i < 4; i++)
        {
            _far.Unanswered(time + (i * 700_000L), _hospital.Workstations[i], NextPort(), "203.0.113.200", 443, 4);
        }

        return this;
    }

    /// <summary>A connection that is open for an hour and only kept alive.</summary>
    /// <param name="start">When it begins.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic KeepAlives(long start)
    {
        string client = _hospital.Workstations[8];
        int port = NextPort();
        uint c = _talk.NextSequence();
        uint s = _talk.NextSequence();
        _capture.Add(start, _talk.Syn(client, port, _hospital.Pacs, 2575, c));
        _capture.Add(start + 400, _talk.Between(_hospital.Pacs, client).Tcp(2575, port, "SA", s, c + 1));
        _capture.Add(start + 600, _talk.Between(client, _hospital.Pacs).Tcp(port, 2575, "A", c + 1, s + 1));
        _capture.Add(start + 900, _talk.Between(client, _hospital.Pacs)
            .Tcp(port, 2575, "PA", c + 1, s + 1, payload: new byte[80]));
        _capture.Add(start + 1300, _talk.Between(_hospital.Pacs, client)
            .Tcp(2575, port, "PA", s + 1, c + 81, payload: new byte[40]));
        for (long time = Capture.Minute; time < Capture.Hour; time += Capture.Minute)
        {
            _capture.Add(start + time, _talk.Between(client, _hospital.Pacs).Tcp(port, 2575, "A", c + 80, s + 41));
            _capture.Add(start + time + 400, _talk.Between(_hospital.Pacs, client).Tcp(2575, port, "A", s + 41, c + 81));
        }

        return this;
    }

    /// <summary>A telephone call: RTP both ways, one datagram every 20 ms.</summary>
    /// <param name="time">When it begins.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic Voice(long time)
    {
        for (int i = 0; i < 100; i++)
        {
            byte[] data = new Octets().U8(0x80).U8(0).U16(i).U32(i * 160).PadTo(172).ToArray();
            _capture.Add(time + (i * 20_000L), _talk.Between(_hospital.Workstations[2], "203.0.113.31").Udp(16384, 17002, data));
            _capture.Add(time + (i * 20_000L) + 7_000, _talk.Between("203.0.113.31", _hospital.Workstations[2])
                .Udp(17002, 16384, data));
        }

        return this;
    }

    /// <summary>The picture of an operating theatre, sent to a group.</summary>
    /// <param name="time">When it begins.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic MulticastVideo(long time)
    {
        for (int i = 0; i < 100; i++)
        {
            _capture.Add(time + (i * 12_000L), _talk.Between(_hospital.Modalities[3], "239.10.20.30")
                .Udp(5004, 5004, new byte[1328]));
        }

        return this;
    }

    /// <summary>Clients whose own port happens to be one that a trojan listens on; the answers go to that port.</summary>
    /// <param name="time">When it begins.</param>
    /// <returns>This.</returns>
    public OrdinaryTraffic EphemeralPortsThatEqualATrojans(long time)
    {
        int[] ports = [1243, 1600, 5556, 12345, 27374, 31337];
        for (int i = 0; i < ports.Length; i++)
        {
            _far.Connection(time + (i * Capture.Second), _hospital.Workstations[i], ports[i], "203.0.113.80", 80, 2, 300, 4_000);
            _talk.Datagrams(time + (i * Capture.Second) + 500_000, _hospital.Workstations[i], ports[i], _hospital.NameServer, 53,
                Payload.DnsQuery(ports[i], "pacs.example"), Payload.DnsAnswer(ports[i], "pacs.example", [203, 0, 113, 9]));
        }

        return this;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private long Within(int minutes) => _random.NextInt64(minutes * Capture.Minute);

    private int NextPort()
    {
        // Up to 5000, as stacks of that age gave them out, but none that a rule could know.
        _port = _port >= 4900 ? 1025 : _port + 1;
        return _port is 1080 or 1243 or 1600 or 2222 or 3128 or 3389 ? ++_port : _port;
    }
}
