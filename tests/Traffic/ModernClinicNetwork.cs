using System;
using System.Linq;

namespace Appliance.Traffic;

/// <summary>What switches, clocks, tunnels and way-finders say.</summary>
public sealed partial class ModernClinic
{
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
}
