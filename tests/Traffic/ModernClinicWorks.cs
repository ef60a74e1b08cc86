using System;
using System.Linq;

namespace Appliance.Traffic;

/// <summary>What people do to the network on purpose: migrations, installations, updates, replacements.</summary>
public sealed partial class ModernClinic
{
    /// <summary>
    /// An archive is replaced: the new one fetches from the old one, verifies fifty modalities of which one in eight is off and
    /// one in eight does not know it yet and refuses, and sends them worklists from then on.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic ArchiveMoves(long start)
    {
        string old = Host(5);
        string archive = Host(6);
        Found(start - Capture.Minute, archive, old);
        for (int i = 0; i < 400; i++)
        {
            Talk.Connection(start + (i * 9 * Capture.Second), archive, Port(), old, 104, 1, 300, 200);
            Talk.Connection(start + (i * 9 * Capture.Second) + Capture.Second, old, Port(), archive, 11_112, 2, 1_400, 120);
        }

        for (int turn = 0; turn < 4; turn++)
        {
            for (int i = 0; i < 50; i++)
            {
                string modality = Host(60 + i);
                long time = start + (turn * 20 * Capture.Minute) + (i * 4 * Capture.Second);
                if (i % 8 == 3)
                {
                    NotFound(time, archive, modality);
                    continue;
                }

                Found(time, archive, modality);
                _ = i % 8 == 6 && turn < 2 ? Talk.Refused(time + 900, archive, Port(), modality, 104)
                    : Talk.Connection(time + 900, archive, Port(), modality, 104, 1, 200, 120);
            }
        }

        return this;
    }

    /// <summary>
    /// A modality is installed: it gets an address, and its engineer tries archive, worklist and printer by echo and at the ports
    /// that the maker's list has, until each answers.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic ModalityIsInstalled(long start)
    {
        string modality = Host(77);
        byte[] mac = _lan.MacOf(modality);
        Dhcp(start, mac, Host(8), modality);
        for (int turn = 0; turn < 3; turn++)
        {
            _capture.Add(start + (2 * Capture.Second) + (turn * 900_000L), Arp(Lan.Broadcast, mac, 1, mac, "0.0.0.0", new byte[6],
                modality));
        }

        (string Server, int[] Ports)[] tried =
            [(Host(5), [11_112, 4_242, 2_104, 104]), (Host(14), [105, 3_320, 104]), (Host(31), [6_000, 104])];
        long time = start + Capture.Minute;
        foreach ((string server, int[] ports) in tried)
        {
            Found(time, modality, server);
            for (int i = 0; i < 4; i++)
            {
                _capture.Add(time + (i * Capture.Second), Talk.Between(modality, server).Icmp(8, 0, new Octets().U16(1).U16(i)
                    .PadTo(36).ToArray()));
                _capture.Add(time + (i * Capture.Second) + 500, Talk.Between(server, modality).Icmp(0, 0, new Octets().U16(1).U16(i)
                    .PadTo(36).ToArray()));
            }

            for (int i = 0; i < ports.Length; i++)
            {
                time += 40 * Capture.Second;
                _ = i == ports.Length - 1 ? Talk.Connection(time, modality, Port(), server, ports[i], 1, 200, 120)
                    : Talk.Refused(time, modality, Port(), server, ports[i]);
            }

            time += Capture.Minute;
        }

        return this;
    }

    /// <summary>
    /// A night of updates: sixty stations fetch from a server outside that is overrun and refuses one in three, start anew, and
    /// ask for the router, names, archive and file server again.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic UpdateNight(long start)
    {
        for (int i = 0; i < 60; i++)
        {
            string station = Host(100 + i);
            byte[] mac = _lan.MacOf(station);
            long time = start + Within(20 * Capture.Minute);
            for (int turn = 0; turn < 6; turn++)
            {
                _ = (i + turn) % 3 == 0 ? Far.Refused(time + (turn * Capture.Minute), station, Port(), "192.0.2.85", 8_530)
                    : Far.Connection(time + (turn * Capture.Minute), station, Port(), "192.0.2.85", 8_530, 3, 400, 9_000);
            }

            time += 30 * Capture.Minute;
            _capture.Add(time, Arp(Lan.Broadcast, mac, 1, mac, "0.0.0.0", new byte[6], station));
            _capture.Add(time + Capture.Second, Arp(Lan.Broadcast, mac, 1, mac, station, new byte[6], station));
            Found(time + (2 * Capture.Second), station, Router);
            Found(time + (3 * Capture.Second), station, Host(53));
            Found(time + (4 * Capture.Second), station, Host(11));
            Talk.Connection(time + (5 * Capture.Second), station, Port(), Host(11), 445, 4, 300, 900);
            Talk.Connection(time + (6 * Capture.Second), station, Port(), Host(5), 104, 1, 300, 900);
        }

        return this;
    }

    /// <summary>
    /// A server with forty connections that stood since the morning starts anew: each station's next request is of no connection,
    /// and is reset. Or another one takes its address over, which knows of none either.
    /// </summary>
    /// <param name="start">When it begins.</param>
    /// <param name="isOther">Another MAC announces the address.</param>
    public ModernClinic ServerStartsAnew(long start, bool isOther)
    {
        string server = Host(11);
        byte[] mac = isOther ? [0x02, 0x77, 9, 9, 9, 9] : _lan.MacOf(server);
        var numbers = new (int Port, uint C, uint S)[40];
        for (int i = 0; i < 40; i++)
        {
            string station = Host(100 + i);
            numbers[i] = (Port(), Talk.NextSequence(), Talk.NextSequence());
            (int port, uint c, uint s) = numbers[i];
            long time = start + (i * 2 * Capture.Second);
            Found(time, station, server);
            _capture.Add(time + 900, Talk.Syn(station, port, server, 445, c));
            _capture.Add(time + 1_200, Talk.Between(server, station).Tcp(445, port, "SA", s, c + 1));
            _capture.Add(time + 1_500, Talk.Between(station, server).Tcp(port, 445, "A", c + 1, s + 1));
            for (int turn = 0; turn < 18; turn++)
            {
                long talk = time + Capture.Minute + (turn * 20 * Capture.Minute);
                _capture.Add(talk, Talk.Between(station, server).Tcp(port, 445, "PA", c + 1 + ((uint)turn * 100), s + 1 + ((uint)turn * 80),
                    payload: new byte[100]));
                _capture.Add(talk + 700, Talk.Between(server, station).Tcp(445, port, "PA", s + 1 + ((uint)turn * 80),
                    c + 101 + ((uint)turn * 100), payload: new byte[80]));
            }
        }

        long anew = start + (7 * Capture.Hour);
        for (int turn = 0; turn < 3; turn++)
        {
            _capture.Add(anew + (turn * Capture.Second), Arp(Lan.Broadcast, mac, 1, mac, server, new byte[6], server));
        }

        for (int i = 0; i < 40; i++)
        {
            string station = Host(100 + i);
            (int port, uint c, uint s) = numbers[i];
            long time = anew + (10 * Capture.Second) + Within(5 * Capture.Minute);
            _capture.Add(time, Talk.Between(station, server).Tcp(port, 445, "PA", c + 1_801, s + 1_441, payload: new byte[100]));
            _capture.Add(time + 300, (Talk.Between(server, station) with { SourceMac = mac }).Tcp(445, port, "R", s + 1_441, 0, window: 0));
            Talk.Connection(time + Capture.Second, station, Port(), server, 445, 4, 300, 900);
        }

        return this;
    }

    /// <summary>
    /// A switch is replaced: for six minutes thirty modalities that sent before do not answer archive, monitor and worklist, then
    /// each comes back, announces itself and looks for the router.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic SwitchIsReplaced(long start)
    {
        for (int i = 0; i < 30; i++)
        {
            string modality = Host(60 + i);
            long time = start + (i * 5 * Capture.Second);
            Found(time, modality, Host(5));
            Talk.Connection(time + 900, modality, Port(), Host(5), 104, 2, 1_400, 120);
            Talk.Connection(time + Capture.Second, Host(5), Port(), modality, 104, 1, 200, 120);
            Talk.Datagrams(time + (2 * Capture.Second), Host(9), 32_000, modality, 161, new byte[43], new byte[58]);
            long gone = start + Capture.Hour + (i * 2 * Capture.Second);
            for (int turn = 0; turn < 3; turn++)
            {
                Talk.Unanswered(gone + (turn * 2 * Capture.Minute), Host(5), Port(), modality, 104, 3);
                NotFound(gone + (turn * 2 * Capture.Minute) + (20 * Capture.Second), Host(5), modality);
                Talk.Datagrams(gone + (turn * 2 * Capture.Minute), Host(9), 32_000, modality, 161, new byte[43], null);
                NotFound(gone + (turn * 2 * Capture.Minute) + (30 * Capture.Second), Host(9), modality);
            }

            byte[] mac = _lan.MacOf(modality);
            long back = start + Capture.Hour + (7 * Capture.Minute) + (i * 30_000);
            _capture.Add(back, Arp(Lan.Broadcast, mac, 1, mac, modality, new byte[6], modality));
            Found(back + 20_000, modality, Router);
            Found(back + 40_000, modality, Host(5));
            Talk.Connection(back + Capture.Second, modality, Port(), Host(5), 104, 2, 1_400, 120);
        }

        return this;
    }

    /// <summary>
    /// The range of addresses changes: sixty stations are given others, look whether these are free and announce them; archive,
    /// router and printers' server ask for the old ones for another hour.
    /// </summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic AddressesChange(long start)
    {
        for (int i = 0; i < 60; i++)
        {
            string before = Host(150 + i);
            string now = Host(40 + i);
            byte[] mac = _lan.MacOf(before);
            Found(start + (i * Capture.Second), before, Router);
            Talk.Connection(start + (i * Capture.Second) + 1_000, before, Port(), Host(5), 104, 1, 300, 900);
            long time = start + Capture.Hour + Within(30 * Capture.Minute);
            Dhcp(time, mac, Host(8), now);
            for (int turn = 0; turn < 3; turn++)
            {
                _capture.Add(time + (2 * Capture.Second) + (turn * 900_000L), Arp(Lan.Broadcast, mac, 1, mac, "0.0.0.0", new byte[6], now));
            }

            _capture.Add(time + (5 * Capture.Second), Arp(Lan.Broadcast, mac, 1, mac, now, new byte[6], now));
            _capture.Add(time + (6 * Capture.Second), Arp(Lan.Broadcast, mac, 1, mac, now, new byte[6], Router));
            for (int turn = 0; turn < 3; turn++)
            {
                NotFound(time + (10 * Capture.Minute) + (turn * 15 * Capture.Minute), Router, before);
                NotFound(time + (12 * Capture.Minute) + (turn * 15 * Capture.Minute), Host(5), before);
            }
        }

        return this;
    }

    /// <summary>Two stations have one address: each answers for it, each defends it, and each resets what the other
    /// opened.</summary>
    /// <param name="start">When it begins.</param>
    public ModernClinic AddressIsThereTwice(long start)
    {
        string address = Host(88);
        byte[] first = _lan.MacOf(address);
        byte[] second = [0x02, 0x66, 1, 1, 1, 1];
        for (int turn = 0; turn < 30; turn++)
        {
            long time = start + (turn * 40 * Capture.Second);
            byte[] mac = turn % 2 == 0 ? first : second;
            byte[] other = turn % 2 == 0 ? second : first;
            _capture.Add(time, Arp(Lan.Broadcast, mac, 1, mac, address, new byte[6], address));
            _capture.Add(time + 300, Arp(Lan.Broadcast, other, 1, other, address, new byte[6], address));
            foreach (int server in new[] { 5, 11, 14, 31 })
            {
                int port = Port();
                uint c = Talk.NextSequence();
                Ip ask = Talk.Between(address, Host(server)) with { SourceMac = mac };
                Ip answer = Talk.Between(Host(server), address) with { DestinationMac = other };
                _capture.Add(time + (server * 10_000), ask.Tcp(port, 104, "S", c, options: TcpOption.Mss(1460)));
                _capture.Add(time + (server * 10_000) + 300, answer.Tcp(104, port, "SA", 7_000, c + 1));
                _capture.Add(time + (server * 10_000) + 600, (ask with { SourceMac = other }).Tcp(port, 104, "R", c + 1, 0, window: 0));
            }
        }

        return this;
    }
}
