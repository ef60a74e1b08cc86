using System;
using System.Linq;

namespace Appliance.Traffic;

/// <summary>What happens when something fails, moves, wakes or starts anew.</summary>
public sealed partial class ModernClinic
{
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
    /// Power is back on the whole VLAN: all hosts ask for an address, probe it three times and announce it, ask for the
    /// router and for an archive that is not up yet; the DHCP server looks before each offer; a quarter of an hour later the
    /// archive is up and verifies all of them.
    /// </summary>
    /// <param name="start">When it begins.</param>
    /// <param name="hosts">How many.</param>
    /// <param name="span">Within which time they come up.</param>
    public ModernClinic PowerIsBack(long start, int hosts = 100, long span = Capture.Minute)
    {
        string dhcp = Host(8);
        string archive = Host(5);
        for (int i = 0; i < hosts; i++)
        {
            string host = Host(20 + i);
            byte[] mac = _lan.MacOf(host);
            long time = start + (30 * Capture.Second) + Within(span);
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
}
