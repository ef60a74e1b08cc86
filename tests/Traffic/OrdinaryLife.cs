using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Appliance.Traffic;

/// <summary>
/// What ordinary life does that looks like probing, each kind by itself: nothing of it is worth more than a low incident. The
/// same seed gives the same frames.
/// </summary>
/// <param name="hospital">Who lives there.</param>
/// <param name="seed">Chooses times, ports and numbers.</param>
public sealed class OrdinaryLife(Hospital hospital, int seed = 1)
{
    private readonly Capture _capture = new();
    private readonly Random _random = new(seed);
    private Talk? _talk;

    private Talk Talk => _talk ??= new Talk(hospital.Lan, _capture, seed) { RoundTrip = 900, DistantTtl = 51 };

    private Lan Lan => hospital.Lan;

    /// <summary>What was added so far, in order of time.</summary>
    public Capture Build() => Capture.Merge(_capture);

    /// <summary>
    /// All modalities speak by day; at night they are off, and every hour the archive asks for each by ARP and then no more, as a
    /// PACS verifies its callers.
    /// </summary>
    /// <param name="start">Noon of the day.</param>
    public OrdinaryLife ArchiveAsksSleepers(long start)
    {
        for (long hour = start; hour < start + (6 * Capture.Hour); hour += Capture.Hour)
        {
            foreach (string modality in hospital.Modalities)
            {
                Talk.Connection(hour + Within(50 * Capture.Minute), modality, Port(), hospital.Pacs, 104, 2, 400, 120);
            }
        }

        for (long night = start + (10 * Capture.Hour); night < start + (18 * Capture.Hour); night += Capture.Hour)
        {
            long time = night;
            foreach (string modality in hospital.Modalities)
            {
                for (int turn = 0; turn < 3; turn++)
                {
                    _capture.Add(time, Lan.WhoHas(hospital.Pacs, modality));
                    time += Capture.Second;
                }
            }
        }

        return this;
    }

    /// <summary>The same, but the archive still knows their MAC addresses: SYNs that nobody answers.</summary>
    /// <param name="start">Noon of the day.</param>
    public OrdinaryLife ArchiveConnectsToSleepers(long start)
    {
        foreach (string modality in hospital.Modalities)
        {
            Talk.Connection(start + Within(5 * Capture.Hour), modality, Port(), hospital.Pacs, 104, 2, 400, 120);
            Talk.Connection(start + Within(5 * Capture.Hour), hospital.Pacs, Port(), modality, 104, 2, 200, 120);
        }

        long time = start + (10 * Capture.Hour);
        foreach (string modality in hospital.Modalities)
        {
            time = Talk.Unanswered(time, hospital.Pacs, Port(), modality, 104) + (5 * Capture.Second);
        }

        return this;
    }

    /// <summary>A server pushes a status datagram to each of twelve living stations every minute; none ever answers.</summary>
    /// <param name="start">When it begins.</param>
    public OrdinaryLife DatagramsPushed(long start)
    {
        string[] stations = [.. hospital.Workstations, hospital.Modalities[0], hospital.Modalities[1]];
        foreach (string station in stations)
        {
            Talk.Datagrams(start + Within(Capture.Minute), station, 123, "192.0.2.1", 123, Payload.Ntp(3), Payload.Ntp(4));
        }

        for (long time = start + (5 * Capture.Minute); time < start + (35 * Capture.Minute); time += Capture.Minute)
        {
            for (int i = 0; i < stations.Length; i++)
            {
                Talk.Datagrams(time + (i * 2_000), hospital.Host(40), 40_000, stations[i], 7_788, new byte[120], null);
            }
        }

        return this;
    }

    /// <summary>
    /// Thirty guests come by DHCP, use the network and leave; for hours the gateway asks for them when late answers arrive.
    /// </summary>
    /// <param name="start">When they come.</param>
    public OrdinaryLife GatewayAsksForGuests(long start)
    {
        for (int i = 0; i < 30; i++)
        {
            string guest = hospital.Host(100 + i);
            long time = start + Within(2 * Capture.Hour);
            _capture.Add(time, Lan.WhoHas(hospital.Router, guest, isRouter: true));
            _capture.Add(time + 300, Lan.IsAt(guest, hospital.Router, isRouter: true));
            Talk.Connection(time + 1_000, guest, Port(), "203.0.113.20", 443, 3, 500, 4_000);
            for (int turn = 0; turn < 6; turn++)
            {
                _capture.Add(start + (3 * Capture.Hour) + Within(3 * Capture.Hour),
                    Lan.WhoHas(hospital.Router, guest, isRouter: true));
            }
        }

        return this;
    }

    /// <summary>
    /// Discovery broadcasts of makers, each at the pace of its program: Plex (GDM, UDP 32412 and 32414: Plex, "What network ports
    /// do I need to allow"), Tuya (6666, 6667: ct-Open-Source/tuya-convert, scripts/tuya-discovery.py), TP-Link (9999:
    /// gadgetreactor/pyhs100, issue 9), D-Link (62976, its DDP), Lantronix (30718: Lantronix support, the query 00 00 00 F8),
    /// WS-Discovery (3702: OASIS WS-Discovery 1.1) and SSDP (1900: UPnP Device Architecture 2.0).
    /// </summary>
    /// <param name="start">When they begin.</param>
    public OrdinaryLife MakersLookForTheirDevices(long start)
    {
        (int Port, int Period, int Octets, bool IsMulticast)[] makers =
        [
            (32_412, 10, 21, false), (32_414, 10, 21, false), (6_666, 5, 172, false), (6_667, 5, 188, false),
                (9_999, 60, 29, false),
            (62_976, 30, 56, false), (30_718, 20, 4, false), (3_702, 60, 600, true), (1_900, 30, 130, true),
        ];
        for (int i = 0; i < makers.Length; i++)
        {
            (int port, int period, int octets, bool isMulticast) = makers[i];
            string sender = hospital.Workstations[i];
            Ip ip = isMulticast ? Talk.Between(sender, "239.255.255.250")
                : Talk.Between(sender, "255.255.255.255") with { DestinationMac = Lan.Broadcast };
            for (long time = start; time < start + (20 * Capture.Minute); time += period * Capture.Second)
            {
                _capture.Add(time + i, ip.Udp(Port(), port, new byte[octets]));
            }
        }

        return this;
    }

    /// <summary>Four stations ask a printer's state every half a minute; it is off for the evening.</summary>
    /// <param name="start">When it is switched off, having been used before.</param>
    public OrdinaryLife PrinterIsOff(long start)
    {
        string printer = hospital.Host(90);
        for (int i = 0; i < 4; i++)
        {
            Talk.Datagrams(start - Capture.Minute + (i * 1000), hospital.Workstations[i], Port(), printer, 161, new byte[80],
                new byte[90]);
            Talk.Connection(start - Capture.Minute + (i * 50_000), hospital.Workstations[i], Port(), printer, 9100, 3, 900, 10);
        }

        for (long time = start; time < start + (4 * Capture.Hour); time += 30 * Capture.Second)
        {
            for (int i = 0; i < 4; i++)
            {
                _capture.Add(time + (i * Capture.Second), Lan.WhoHas(hospital.Workstations[i], printer));
                Talk.Datagrams(time + (i * Capture.Second) + 300, hospital.Workstations[i], Port(), printer, 161, new byte[80],
                    null);
            }
        }

        return this;
    }

    /// <summary>A peer-to-peer client tries eighty peers of the outside; a third answer.</summary>
    /// <param name="start">When it begins.</param>
    public OrdinaryLife PeersFail(long start)
    {
        string client = hospital.Workstations[3];
        for (int i = 0; i < 80; i++)
        {
            string peer = string.Create(CultureInfo.InvariantCulture,
                $"{20 + (i * 2)}.{_random.Next(256)}.{_random.Next(256)}.{_random.Next(1, 255)}");
            int port = 6_881 + _random.Next(20_000);
            long time = start + (i * 700_000L);
            switch (i % 3)
            {
                case 0:
                    Talk.Connection(time, client, Port(), peer, port, 3, 300, 1_200);
                    break;
                case 1:
                    Talk.Unanswered(time, client, Port(), peer, port);
                    break;
                default:
                    Talk.Datagrams(time, client, 6_881, peer, port, new byte[68], null);
                    break;
            }
        }

        return this;
    }

    /// <summary>Consoles that broadcast to one port in one rhythm, each at a moment of its own.</summary>
    /// <param name="start">When they begin.</param>
    /// <param name="count">How many consoles.</param>
    public OrdinaryLife FleetBroadcasts(long start, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Ip ip = Talk.Between(hospital.Modalities[i], hospital.Host(255)) with { DestinationMac = Lan.Broadcast };
            for (int turn = 0; turn < 12; turn++)
            {
                _capture.Add(start + (i * 3_300_000L) + (turn * 120 * Capture.Second), ip.Udp(3_700 + turn, 1600, new byte[46]));
            }
        }

        return this;
    }

    private long Within(long span) => _random.NextInt64(span);

    private int Port() => 49_152 + _random.Next(16_000);
}
