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
public sealed class ModernClinic(string net, string net6, int seed = 1)
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

    /// <summary>
    /// A station looks for printers and screens by mDNS, SSDP and WS-Discovery; twenty-four answer to its port, each by unicast,
    /// and it asks each what it can do (IPP, DIAL).
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic ScreensAndPrinters(long start)
    {
        string station = Host(210);
        for (int turn = 0; turn < 6; turn++)
        {
            long time = start + (turn * 4 * Capture.Minute);
            int port = Port();
            _capture.Add(time, Talk.Between(station, "224.0.0.251").Udp(port, 5353, Payload.DnsQuery(0, "_ipp._tcp.local", 12)));
            _capture.Add(time + 90, Talk.Between(station, "239.255.255.250").Udp(port, 1900, new byte[130]));
            _capture.Add(time + 190, Talk.Between(station, "239.255.255.250").Udp(port, 3702, new byte[600]));
            for (int i = 0; i < 24; i++)
            {
                string device = Host(100 + i);
                Found(time + 900 + (i * 300), device, station);
                _capture.Add(time + 1_500 + (i * 300), Talk.Between(device, station).Udp(5353, port, new byte[180]));
                _capture.Add(time + 41_500 + (i * 7_300), Talk.Between(device, station).Udp(1900, port, new byte[300]));
                _capture.Add(time + 241_500 + (i * 5_100), Talk.Between(device, station).Udp(3702, port, new byte[700]));
                Talk.Connection(time + Capture.Second + (i * 40_000L), station, Port(), device, i % 3 == 0 ? 8008 : 631, 1, 300, 900);
            }
        }

        return this;
    }

    /// <summary>A browser speaks QUIC with forty servers; a firewall drops it to forty others, which it then reaches by
    /// TCP.</summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic QuicAndFallback(long start)
    {
        for (int i = 0; i < 80; i++)
        {
            string server = Outside(i);
            long time = start + (i * 3 * Capture.Second);
            int port = Port();
            if (i % 2 == 0)
            {
                Far.Datagrams(time, Host(211), port, server, 443, new byte[1_200], new byte[1_200]);
                Far.Datagrams(time + 60_000, Host(211), port, server, 443, new byte[400], new byte[1_200]);
                continue;
            }

            for (int turn = 0; turn < 3; turn++)
            {
                Far.Datagrams(time + (turn * 300_000L), Host(211), port, server, 443, new byte[1_200], null);
            }

            Far.Connection(time + 250_000, Host(211), Port(), server, 443, 2, 400, 3_000);
        }

        return this;
    }

    /// <summary>
    /// Meetings: ICE asks by STUN the private, public and relayed candidates of eight others, most of which answer nothing; media
    /// then flow through one relay, and by another ten minutes later.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic MeetingsByIce(long start)
    {
        for (int call = 0; call < 12; call++)
        {
            string station = Host(210 + (call % 4));
            long time = start + (call * 9 * Capture.Minute);
            int own = 50_000 + _random.Next(60);
            for (int peer = 0; peer < 8; peer++)
            {
                string[] candidates =
                [
                    $"10.{40 + peer}.7.{20 + call}", $"192.168.{peer}.{30 + call}", $"172.17.0.{1 + peer}",
                        Outside(300 + (call * 8) + peer),
                ];
                for (int turn = 0; turn < 4; turn++)
                {
                    foreach (string candidate in candidates)
                    {
                        Far.Datagrams(time + (turn * 500_000L) + (peer * 20_000), station, own, candidate, 50_000 + (peer * 7),
                            new byte[100],
                            null);
                    }
                }
            }

            string relay = Outside(280 + (call % 3));
            for (int i = 0; i < 60; i++)
            {
                Far.Datagrams(time + (3 * Capture.Second) + (i * Capture.Second), station, own, relay, 3478 + (call % 4), new byte[172],
                    new byte[172]);
            }
        }

        return this;
    }

    /// <summary>
    /// Two colleagues of the same VLAN talk directly: each asks the other's candidates, those of its virtual adapters (which
    /// nobody has) too.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic MeetingsInside(long start)
    {
        for (int call = 0; call < 10; call++)
        {
            string one = Host(210 + call);
            string other = Host(230 + (call % 6));
            long time = start + (call * 6 * Capture.Minute);
            int own = 50_000 + _random.Next(60);
            int its = 50_000 + _random.Next(60);
            for (int turn = 0; turn < 3; turn++)
            {
                Talk.Datagrams(time + (turn * 400_000L), one, own, "192.168.56.1", its, new byte[100], null);
                Talk.Datagrams(time + (turn * 400_000L) + 90, one, own, "172.28.16.1", its, new byte[100], null);
            }

            for (int i = 0; i < 100; i++)
            {
                Talk.Datagrams(time + Capture.Second + (i * 200_000L), one, own, other, its, new byte[172], new byte[172]);
            }

            // Its last datagrams meet a closed port.
            for (int i = 0; i < 3; i++)
            {
                byte[] late = Talk.Between(one, other).Udp(own, its, new byte[172]);
                _capture.Add(time + (25 * Capture.Second) + (i * 20_000), late);
                _capture.Add(time + (25 * Capture.Second) + (i * 20_000) + 300, Talk.Between(other, one).PortUnreachable(late));
            }
        }

        return this;
    }

    /// <summary>
    /// Twenty phones at one exchange: SIP, then speech at two new ports a call, and beside each the control port above it, at
    /// which the exchange hears nothing and says so by ICMP.
    /// </summary>
    /// <param name="start">When it begins.</param>
    /// <param name="exchange">The exchange's address.</param>
    /// <param name="calls">How many calls.</param>
    public ModernClinic Phones(long start, string exchange, int calls)
    {
        for (int call = 0; call < calls; call++)
        {
            string phone = Host(130 + (call % 20));
            long time = start + (call * 40 * Capture.Second);
            int own = 16_384 + (2 * _random.Next(8_000));
            int its = 10_000 + (2 * _random.Next(5_000));
            Talk.Datagrams(time, phone, 5060, exchange, 5060, new byte[700], new byte[500]);
            for (int i = 0; i < 40; i++)
            {
                Talk.Datagrams(time + Capture.Second + (i * 500_000L), phone, own, exchange, its, new byte[172], new byte[172]);
            }

            for (int i = 0; i < 4; i++)
            {
                long when = time + Capture.Second + (i * 5 * Capture.Second);
                byte[] control = Talk.Between(phone, exchange).Udp(own + 1, its + 1, new byte[60]);
                _capture.Add(when, control);
                _capture.Add(when + 700, Talk.Between(exchange, phone).PortUnreachable(control));
            }

            // What the phone still says after the exchange has hung up.
            byte[] late = Talk.Between(phone, exchange).Udp(own, its, new byte[172]);
            _capture.Add(time + (22 * Capture.Second), late);
            _capture.Add(time + (22 * Capture.Second) + 700, Talk.Between(exchange, phone).PortUnreachable(late));
        }

        return this;
    }

    /// <summary>Phones talk with each other, at new ports each time; their control ports stay silent.</summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic PhonesTalk(long start)
    {
        for (int call = 0; call < 60; call++)
        {
            // The reception's phone has a part in all.
            string one = Host(130);
            string other = Host(131 + (call % 18));
            long time = start + (call * 50 * Capture.Second);
            int own = 16_384 + (2 * _random.Next(8_000));
            int its = 16_384 + (2 * _random.Next(8_000));
            for (int i = 0; i < 40; i++)
            {
                Talk.Datagrams(time + Capture.Second + (i * 500_000L), one, own, other, its, new byte[172], new byte[172]);
            }

            for (int i = 0; i < 4; i++)
            {
                Talk.Datagrams(time + Capture.Second + (i * 5 * Capture.Second), one, own + 1, other, its + 1, new byte[60], null);
                Talk.Datagrams(time + (2 * Capture.Second) + (i * 5 * Capture.Second), other, its + 1, one, own + 1, new byte[60], null);
            }
        }

        return this;
    }

    /// <summary>Thirty hosts set their clocks by a pool's servers, which are others each time; one in ten is gone.</summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic ClocksByAPool(long start)
    {
        for (int turn = 0; turn < 200; turn++)
        {
            string host = Host(100 + (turn % 30));
            bool isGone = turn % 10 == 7;
            Far.Datagrams(start + (turn * 20 * Capture.Second), host, 123, Outside(turn), 123, Payload.Ntp(3),
                isGone ? null : Payload.Ntp(4));
        }

        return this;
    }

    /// <summary>
    /// The night of updates: each station fetches pieces from neighbours at port 7680, of which the service's list has thirty; a
    /// third are off and answer no ARP, some refuse.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic UpdatesFromNeighbours(long start)
    {
        for (int i = 0; i < 12; i++)
        {
            string station = Host(200 + i);
            for (int peer = 0; peer < 12; peer++)
            {
                string other = Host(200 + ((i + peer + 1) % 30));
                long time = start + (i * 3 * Capture.Minute) + (peer * 2 * Capture.Second);
                int number = (i + peer + 1) % 30;
                if (number % 3 == 2)
                {
                    NotFound(time, station, other);
                    continue;
                }

                Found(time, station, other);
                _ = number % 7 == 3 ? Talk.Refused(time + 900, station, Port(), other, 7680)
                    : Talk.Connection(time + 900, station, Port(), other, 7680, 3, 200, 9_000);
            }
        }

        return this;
    }

    /// <summary>
    /// One station answers for thirty that sleep, as a wake-up proxy does: it announces each by ARP with its own MAC, answers who
    /// asks for them, and pings them now and then.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic ProxyForSleepers(long start)
    {
        byte[] proxy = _lan.MacOf(Host(205));
        for (int i = 0; i < 30; i++)
        {
            string sleeper = Host(100 + i);
            long time = start + (i * 20 * Capture.Second);
            Found(time, sleeper, Router);
            Far.Datagrams(time + Capture.Second, sleeper, 123, Outside(1), 123, Payload.Ntp(3), Payload.Ntp(4));
            long asleep = start + (20 * Capture.Minute) + (i * 4 * Capture.Second);
            _capture.Add(asleep, Arp(Lan.Broadcast, proxy, 1, proxy, sleeper, new byte[6], sleeper));
            for (int turn = 1; turn < 4; turn++)
            {
                long asked = asleep + (turn * 7 * Capture.Minute);
                _capture.Add(asked, _lan.WhoHas(Router, sleeper, isRouter: true));
                _capture.Add(asked + 300, Arp(_lan.RouterMac, proxy, 2, proxy, sleeper, _lan.RouterMac, Router));
            }
        }

        return this;
    }

    /// <summary>A load balancer's standby takes over: it announces sixty addresses by ARP within a second, three times.</summary>
    /// <param name="start">When it begins.</param>
    /// <param name="isReply">Announced by replies, not by questions (RFC 5227, 3; keepalived sends one or the other).</param>
    /// <param name="isVirtual">Who uses the addresses lived before.</param>
    public ModernClinic BalancerTakesOver(long start, bool isReply, bool isVirtual)
    {
        byte[] mac = [0x02, 0x77, 1, 2, 3, 4];
        for (int i = 0; isVirtual && i < 60; i++)
        {
            Far.Connection(start - (10 * Capture.Minute) + (i * Capture.Second), Outside(i), Port(), Host(20 + i), 443, 1, 300, 900);
        }

        for (int turn = 0; turn < 3; turn++)
        {
            for (int i = 0; i < 60; i++)
            {
                string address = Host(20 + i);
                _capture.Add(start + (turn * 5 * Capture.Second) + (i * 9_000),
                    Arp(Lan.Broadcast, mac, isReply ? 2 : 1, mac, address, isReply ? Lan.Broadcast : new byte[6], address));
            }
        }

        for (int i = 0; i < 60; i++)
        {
            Far.Connection(start + (20 * Capture.Second) + (i * 20_000), Outside(i), Port(), Host(20 + i), 443, 1, 300, 900);
        }

        return this;
    }

    /// <summary>
    /// A hypervisor dies; forty machines start on another host, whose switch announces each by RARP, and each asks for the
    /// router.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic MachinesMove(long start)
    {
        for (int i = 0; i < 40; i++)
        {
            string machine = Host(20 + i);
            byte[] mac = _lan.MacOf(machine);
            for (int turn = 0; turn < 6; turn++)
            {
                byte[] announcement = new Octets().U16(1).U16(0x0800).U8(6).U8(4).U16(3).Add(mac).U32(0).Add(mac).U32(0).ToArray();
                _capture.Add(start + (i * 60_000) + (turn * Capture.Second), Lan.Frame(Lan.Broadcast, mac, 0x8035, announcement));
            }

            _capture.Add(start + (9 * Capture.Second) + (i * 50_000), Arp(Lan.Broadcast, mac, 1, mac, machine, new byte[6], machine));
            Found(start + (10 * Capture.Second) + (i * 50_000), machine, Router);
        }

        return this;
    }

    /// <summary>
    /// The second router takes over (VRRP): from one second to the next a MAC that nobody heard before asks by ARP for a hundred
    /// and twenty hosts, all of which answer.
    /// </summary>
    /// <param name="start">When it begins.</param>
    /// <param name="absent">Hosts among them that are off.</param>
    public ModernClinic RouterTakesOver(long start, int absent)
    {
        string second = Host(253);
        for (int i = 0; i < 40; i++)
        {
            Ip ip = Talk.Between(Host(252), "224.0.0.18") with { TimeToLive = 255 };
            _capture.Add(start - (40 * Capture.Second) + (i * Capture.Second), ip.Datagram(112, new byte[20]));
        }

        for (int i = 0; i < 40; i++)
        {
            Ip ip = Talk.Between(second, "224.0.0.18") with { TimeToLive = 255 };
            _capture.Add(start + (i * Capture.Second), ip.Datagram(112, new byte[20]));
        }

        for (int i = 0; i < 120; i++)
        {
            long time = start + 400_000 + (i * 11_000);
            if (absent > 0 && i % (120 / absent) == 3)
            {
                NotFound(time, second, Host(20 + i));
                continue;
            }

            Found(time, second, Host(20 + i));
        }

        return this;
    }

    /// <summary>
    /// Power is back on the whole VLAN: a hundred hosts ask for an address, probe it three times and announce it, ask for the
    /// router and for an archive that is not up yet; the DHCP server looks before each offer; a quarter of an hour later the
    /// archive is up and verifies all of them.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic PowerIsBack(long start)
    {
        string dhcp = Host(8);
        string archive = Host(5);
        for (int i = 0; i < 100; i++)
        {
            string host = Host(20 + i);
            byte[] mac = _lan.MacOf(host);
            long time = start + (30 * Capture.Second) + Within(Capture.Minute);
            Dhcp(time, mac, dhcp, host);
            for (int turn = 0; turn < 3; turn++)
            {
                _capture.Add(time + (2 * Capture.Second) + (turn * 900_000L), Arp(Lan.Broadcast, mac, 1, mac, "0.0.0.0",
                    new byte[6], host));
            }

            _capture.Add(time + (5 * Capture.Second), Arp(Lan.Broadcast, mac, 1, mac, host, new byte[6], host));
            _capture.Add(time + (7 * Capture.Second), Arp(Lan.Broadcast, mac, 1, mac, host, new byte[6], host));
            Found(time + (8 * Capture.Second), host, Router);
            for (int turn = 0; turn < 8; turn++)
            {
                NotFound(time + (10 * Capture.Second) + (turn * Capture.Minute), host, archive);
            }

            for (int turn = 0; turn < 3; turn++)
            {
                Talk.Refused(time + (10 * Capture.Minute) + (turn * Capture.Minute), host, Port(), archive, 104);
            }

            Found(start + (15 * Capture.Minute) + (i * 2 * Capture.Second), archive, host);
            _ = i % 10 == 4 ? Talk.Refused(start + (15 * Capture.Minute) + (i * 2 * Capture.Second) + 900, archive, Port(), host, 104)
                : Talk.Connection(start + (15 * Capture.Minute) + (i * 2 * Capture.Second) + 900, archive, Port(), host, 104, 1,
                    200, 120);
        }

        return this;
    }

    /// <summary>
    /// A switch has forgotten its addresses: for a minute it floods what goes to thirty hosts, whose answers the tap does not
    /// see.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic FloodsUnknownUnicast(long start)
    {
        var flooded = new Capture();
        var talk = new Talk(_lan, flooded, seed + 3) { RoundTrip = 24_000, DistantTtl = 51 };
        for (int i = 0; i < 200; i++)
        {
            string host = Host(100 + (i % 30));
            _ = i % 20 == 0 ? talk.Refused(start + (i * 300_000L), host, 30_000 + i, Outside(i % 20), 443)
                : talk.Connection(start + (i * 300_000L), host, 30_000 + i, Outside(i % 20), 443, 2, 300, 900, isReset: i % 2 == 0);
        }

        // What comes from outside alone.
        _capture.Frames.AddRange(flooded.Frames.Where(frame => frame.Bytes.AsSpan(6, 6).SequenceEqual(_lan.RouterMac)));
        return this;
    }

    /// <summary>
    /// An interface engine holds a channel to each of twenty ports of the archive's broker all day; then the broker starts anew
    /// and refuses all of them for five minutes.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic BrokerStartsAnew(long start)
    {
        string engine = Host(15);
        string broker = Host(16);
        for (int turn = 0; turn < 36; turn++)
        {
            for (int channel = 0; channel < 20; channel++)
            {
                Talk.Connection(start + (turn * 10 * Capture.Minute) + (channel * 7 * Capture.Second), engine, Port(), broker,
                    6_661 + channel, 2, 400,
                    90);
            }
        }

        for (int turn = 0; turn < 10; turn++)
        {
            for (int channel = 0; channel < 20; channel++)
            {
                Talk.Refused(start + (6 * Capture.Hour) + (turn * 30 * Capture.Second) + (channel * 20_000), engine, Port(),
                    broker, 6_661 + channel);
            }
        }

        return this;
    }

    /// <summary>
    /// A server polls sixty pumps every half a minute, of which forty lie in the store, switched off since before the tap was
    /// there.
    /// </summary>
    /// <param name="start">When it begins.</param>
    /// <param name="off">How many are off.</param>
    public ModernClinic Pumps(long start, int off)
    {
        for (int turn = 0; turn < 60; turn++)
        {
            for (int i = 0; i < 60; i++)
            {
                long time = start + (turn * 30 * Capture.Second) + (i * 300_000L);
                string pump = Host(60 + ((i * 7) % 60));
                if (i < off)
                {
                    NotFound(time, Host(17), pump);
                    continue;
                }

                if (turn % 10 == 0)
                {
                    Found(time, Host(17), pump);
                }

                Talk.Connection(time + 900, Host(17), Port(), pump, 3_001, 1, 120, 240);
            }
        }

        return this;
    }

    /// <summary>
    /// Stations with privacy addresses (RFC 8981): a new one a day and for each start; the router asks by neighbour solicitation
    /// for those of yesterday, since answers still come for them.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic PrivacyAddresses(long start)
    {
        for (int i = 0; i < 40; i++)
        {
            string gone = Address6(1_000 + i);
            string now = Address6(2_000 + i);
            long time = start + (i * 20 * Capture.Second);
            Solicit(time, "::", _lan.MacOf(now), now);
            Solicit(time + Capture.Second, Address6(1), _lan.RouterMac, now);
            Advertise(time + Capture.Second + 300, now, Address6(1));
            Far.Connection(time + (2 * Capture.Second), now, Port(), "2001:db8:77::" + (i + 1).ToString("x",
                CultureInfo.InvariantCulture), 443, 2,
                300, 900);
            for (int turn = 0; turn < 3; turn++)
            {
                Solicit(time + (10 * Capture.Second) + (turn * Capture.Second), Address6(1), _lan.RouterMac, gone);
            }
        }

        return this;
    }

    /// <summary>
    /// IPv6 that leads nowhere: each browser tries it first for each of sixty servers, and 250 ms later IPv4, which works (RFC
    /// 8305).
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic HappyEyeballs(long start)
    {
        for (int i = 0; i < 240; i++)
        {
            long time = start + (i * 5 * Capture.Second);
            string station = Host(210 + (i % 6));
            string station6 = Address6(210 + (i % 6));
            Far.Unanswered(time, station6, Port(), string.Create(CultureInfo.InvariantCulture, $"2001:db8:{i % 60:x}::5"), 443, 1);
            Far.Connection(time + 250_000, station, Port(), Outside(i % 60), 443, 2, 300, 1_200);
        }

        return this;
    }

    /// <summary>
    /// A station finds its domain: CLDAP to ten controllers, of which two are down; Kerberos, LDAP, SMB to those that answered;
    /// an RPC service at a port of its own on each.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic Domain(long start)
    {
        for (int i = 0; i < 20; i++)
        {
            string station = Host(200 + i);
            long time = start + (i * 40 * Capture.Second);
            for (int controller = 0; controller < 10; controller++)
            {
                string server = string.Create(CultureInfo.InvariantCulture, $"10.1.{controller}.10");
                bool isUp = controller % 5 != 4;
                Far.Datagrams(time, station, Port(), server, 389, new byte[180], isUp ? new byte[160] : null);
                if (isUp)
                {
                    Far.Datagrams(time + 90_000, station, Port(), server, 88, new byte[220], new byte[200]);
                    Far.Connection(time + 190_000, station, Port(), server, 88, 1, 1_400, 1_500);
                    Far.Connection(time + 290_000, station, Port(), server, 445, 4, 300, 600);
                    Far.Connection(time + 390_000, station, Port(), server, 135, 2, 160, 200);
                    Far.Connection(time + 490_000, station, Port(), server, 49_664 + _random.Next(40), 2, 400, 300);
                }
                else
                {
                    Far.Unanswered(time + Capture.Second, station, Port(), server, 445);
                }
            }
        }

        return this;
    }

    /// <summary>
    /// Print queues fail over: a server sends each of thirty queues to the printer's first address, which is off for half, then
    /// to the second.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic PrintQueues(long start)
    {
        for (int i = 0; i < 30; i++)
        {
            long time = start + (i * Capture.Minute);
            string first = Host(60 + i);
            if (i % 2 == 0)
            {
                NotFound(time, Host(18), first);
                Found(time + (4 * Capture.Second), Host(18), Host(100 + i));
                Talk.Connection(time + (5 * Capture.Second), Host(18), Port(), Host(100 + i), 9100, 1, 9_000, 10);
                continue;
            }

            Found(time, Host(18), first);
            Talk.Connection(time + 900, Host(18), Port(), first, 9100, 1, 9_000, 10);
        }

        return this;
    }

    /// <summary>
    /// Traps, flow records and log lines, which nobody answers: power supplies, switches and consoles send them to one server
    /// each; a server that pushes to twenty panels.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic OneWayDatagrams(long start)
    {
        for (int turn = 0; turn < 40; turn++)
        {
            for (int i = 0; i < 20; i++)
            {
                long time = start + (turn * 45 * Capture.Second) + (i * Capture.Second);
                if (turn % 8 == 0)
                {
                    Found(time - 9_000, Host(100 + i), Host(19));
                    Found(time - 8_000, Host(100 + i), Host(14));
                    Found(time - 7_000, Host(13), Host(130 + i));
                }

                Talk.Datagrams(time, Host(100 + i), 161, Host(19), 162, new byte[120], null);
                Talk.Datagrams(time + 1_000, Host(100 + i), 514, Host(19), 514, new byte[140], null);
                Talk.Datagrams(time + 2_000, Host(100 + i), 50_000, Host(14), 2055, new byte[400], null);
                Talk.Datagrams(time + 3_000, Host(13), 40_000, Host(130 + i), 7_788, new byte[60], null);
            }
        }

        return this;
    }

    /// <summary>
    /// What switches and clocks say of themselves: LLDP, CDP, RSTP with changes, PTP by UDP and Ethernet, IGMP, HSRP, loop
    /// detection, CAPWAP's search for a controller, Network Load Balancing's heartbeats, bedside monitors that look for their
    /// central station.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic SwitchesAndClocks(long start)
    {
        byte[] bridge = [0x02, 0x5a, 0, 0, 0, 9];
        for (int second = 0; second < 900; second++)
        {
            long time = start + (second * Capture.Second);
            if (second % 2 == 0)
            {
                int flags = second % 200 < 8 ? 0x3d : 0x3c;
                byte[] bpdu = new Octets().U8(0x42).U8(0x42).U8(3).U16(0).U8(2).U8(2).U8(flags).PadTo(39).ToArray();
                _capture.Add(time, Lan.LlcFrame([1, 0x80, 0xc2, 0, 0, 0], bridge, bpdu));
                _capture.Add(time + 40_000, Lan.Frame(Lan.Broadcast, bridge, 0x9000, new byte[46]));
            }

            if (second % 30 == 0)
            {
                _capture.Add(time + 7, Lan.Frame([1, 0x80, 0xc2, 0, 0, 0x0e], bridge, 0x88cc, new byte[120]));
                _capture.Add(time + 17, Lan.LlcFrame([1, 0, 0x0c, 0xcc, 0xcc, 0xcc], bridge, new byte[120]));
                _capture.Add(time + 27, Lan.Frame([1, 0x80, 0xc2, 0, 0, 0x13], bridge, 0x893a, new byte[46]));
            }

            _capture.Add(time + 100, Lan.Frame([1, 0x1b, 0x19, 0, 0, 0], bridge, 0x88f7, new byte[46]));
            _capture.Add(time + 200, Talk.Between(Host(3), "224.0.1.129").Udp(319, 319, new byte[44]));
            _capture.Add(time + 300, Talk.Between(Host(3), "224.0.1.129").Udp(320, 320, new byte[64]));
            _capture.Add(time + 400, Talk.Between(Host(252), "224.0.0.2").Udp(1985, 1985, new byte[20]));
            _capture.Add(time + 500, Lan.Frame(Lan.Broadcast, _lan.MacOf(Host(30)), 0x886f, new byte[1_400]));
            _capture.Add(time + 600, Lan.Frame(Lan.Broadcast, _lan.MacOf(Host(31)), 0x886f, new byte[1_400]));
            if (second % 10 == 3)
            {
                Ip access = Talk.Between(Host(140), "255.255.255.255") with { DestinationMac = Lan.Broadcast };
                _capture.Add(time + 700, access.Udp(40_000, 5246, new byte[120]));
                Ip monitor = Talk.Between(Host(141), Host(255)) with { DestinationMac = Lan.Broadcast };
                _capture.Add(time + 800, monitor.Udp(24_105, 24_005, new byte[200]));
            }
        }

        return this;
    }

    /// <summary>Tunnels: IKE and ESP in UDP, WireGuard to peers of which some are gone, GRE, and keys that are made anew each
    /// hour.</summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic Tunnels(long start)
    {
        for (int i = 0; i < 120; i++)
        {
            long time = start + (i * 20 * Capture.Second);
            Far.Datagrams(time, Host(212), 4500, Outside(3), 4500, new byte[200], new byte[200]);
            Far.Datagrams(time + 1_000, Host(213), 51_820, Outside(4), 51_820, new byte[148], new byte[92]);
            Far.Datagrams(time + 2_000, Host(213), 51_820, Outside(5 + (i % 3)), 51_820, new byte[148], null);
            Far.Datagrams(time + 3_000, Host(212), 500, Outside(3), 500, new byte[300], new byte[300]);
            _capture.Add(time + 4_000, Far.Between(Host(214), Outside(9)).Datagram(47, new byte[60]));
            _capture.Add(time + 5_000, Far.Between(Outside(9), Host(214)).Datagram(47, new byte[60]));
        }

        return this;
    }

    /// <summary>
    /// A name server of the VLAN asks three hundred others on the way to its answers, one in twelve of which is gone; its clients
    /// give up after five seconds and its late answers meet closed ports.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic NameServerResolves(long start)
    {
        for (int i = 0; i < 300; i++)
        {
            long time = start + (i * 4 * Capture.Second);
            string name = string.Create(CultureInfo.InvariantCulture, $"host{i}.example");
            int port = Port();
            string client = Host(200 + (i % 8));
            byte[] question = Payload.DnsQuery(i, name);
            byte[] answer = Payload.DnsAnswer(i, name, [203, 0, 113, 9]);
            bool isGone = i % 12 == 5;
            _capture.Add(time, Talk.Between(client, Host(7)).Udp(port, 53, question));
            Far.Datagrams(time + 900, Host(7), Port(), Outside(i), 53, question, isGone ? null : answer);
            if (isGone)
            {
                Far.Datagrams(time + (2 * Capture.Second), Host(7), Port(), Outside(i), 53, question, null);
                byte[] late = Talk.Between(Host(7), client).Udp(53, port, answer);
                _capture.Add(time + (9 * Capture.Second), late);
                _capture.Add(time + (9 * Capture.Second) + 300, Talk.Between(client, Host(7)).PortUnreachable(late));
                continue;
            }

            _capture.Add(time + 60_000, Talk.Between(Host(7), client).Udp(53, port, answer));
        }

        return this;
    }

    /// <summary>A balancer looks every two seconds at ten backends, four ports each, half-open; two are down, one
    /// refuses.</summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic BalancerChecks(long start)
    {
        int[] ports = [443, 8443, 11_112, 2762];
        for (int turn = 0; turn < 300; turn++)
        {
            for (int i = 0; i < 10; i++)
            {
                foreach (int port in ports)
                {
                    long time = start + (turn * 2 * Capture.Second) + (i * 100_000) + port;
                    switch (i)
                    {
                        case 3:
                            Talk.Unanswered(time, Host(12), Port(), Host(40 + i), port, 0);
                            break;
                        case 7:
                            Talk.Refused(time, Host(12), Port(), Host(40 + i), port);
                            break;
                        default:
                            Talk.HalfOpen(time, Host(12), Port(), Host(40 + i), port);
                            break;
                    }
                }
            }
        }

        return this;
    }

    /// <summary>
    /// The archive sends what was asked for (C-MOVE) and what it committed to (N-EVENT-REPORT) to twenty-five consoles; those
    /// that were switched off for the night answer nothing, though they stored by day.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic CommitmentsAtNight(long start)
    {
        for (int i = 0; i < 25; i++)
        {
            Talk.Connection(start + (i * Capture.Minute), Host(60 + i), Port(), Host(5), 104, 3, 1_400, 120);
            long night = start + (9 * Capture.Hour) + (i * 10 * Capture.Second);
            if (i % 4 == 0)
            {
                Talk.Connection(night, Host(5), Port(), Host(60 + i), 11_112, 1, 300, 120);
                continue;
            }

            for (int turn = 0; turn < 4; turn++)
            {
                NotFound(night + (turn * 10 * Capture.Minute), Host(5), Host(60 + i));
                Talk.Unanswered(night + (turn * 10 * Capture.Minute) + (4 * Capture.Second), Host(5), Port(), Host(60 + i), 11_112);
            }
        }

        return this;
    }

    /// <summary>
    /// Consoles and readers that speak web: FHIR, DICOMweb, each at a port of its own, through two reverse proxies; short
    /// connections that end by resets.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic WebOfImages(long start)
    {
        int[] ports = [443, 8042, 8080, 8443, 9443, 3000];
        for (int i = 0; i < 400; i++)
        {
            Talk.Connection(start + (i * 2 * Capture.Second), Host(200 + (i % 20)), Port(), Host(40 + (i % 5)), ports[i % 6], 3,
                500, 6_000,
                isReset: i % 3 == 0);
        }

        return this;
    }

    /// <summary>An old modality sends by active FTP: the server opens each transfer to a new port of it, from port 20.</summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic ActiveFtp(long start)
    {
        for (int i = 0; i < 40; i++)
        {
            long time = start + (i * 30 * Capture.Second);
            Talk.Connection(time, Host(33), 1_024 + i, Host(11), 21, 6, 20, 40, pause: 200_000);
            Talk.Connection(time + 700_000, Host(11), 20, Host(33), 1_100 + i, 1, 10, 9_000);
        }

        return this;
    }

    /// <summary>An administrator follows the way to three servers by UDP, as traceroute does.</summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic Traceroutes(long start)
    {
        for (int i = 0; i < 3; i++)
        {
            for (int hop = 0; hop < 8; hop++)
            {
                for (int probe = 0; probe < 3; probe++)
                {
                    byte[] frame = (Talk.Between(Host(215), Outside(i)) with { TimeToLive = hop + 1 })
                        .Udp(40_000 + i, 33_434 + (hop * 3) + probe, new byte[32]);
                    long time = start + (i * Capture.Minute) + (hop * 500_000L) + (probe * 9_000);
                    _capture.Add(time, frame);
                    byte[] over = Far.Between(hop == 7 ? Outside(i) : $"10.255.{hop}.1", Host(215))
                        .Icmp(hop == 7 ? 3 : 11, hop == 7 ? 3 : 0, new Octets().U32(0).Add(frame.AsSpan(14, 28)).ToArray());
                    _capture.Add(time + 5_000, over);
                }
            }
        }

        return this;
    }

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
