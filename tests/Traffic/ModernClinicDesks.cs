using System.Globalization;

namespace Appliance.Traffic;

/// <summary>What people's stations, phones and browsers do.</summary>
public sealed partial class ModernClinic
{
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
}
