using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>Broadcasts that every network has: what they are for explains them, so none of them is an incident.</summary>
public static class OrdinaryBroadcasts
{
    /// <summary>The UDP port at which Wake-on-LAN mostly is sent.</summary>
    public const int WakePort = 9;

    /// <summary>The EtherType of Wake-on-LAN.</summary>
    public const int WakeType = 0x0842;

    /// <summary>
    /// UDP destination ports, ascending: IANA's names unless said, and of a maker's devices what its documentation or Wireshark's
    /// dissector says.
    /// </summary>
    private static readonly ushort[] UdpPorts =
    {
        7, // echo: Wake-on-LAN
        9, // discard: Wake-on-LAN
        67, // bootps
        68, // bootpc
        111, // sunrpc: NIS clients look for their server
        123, // ntp
        137, // netbios-ns
        138, // netbios-dgm
        161, // snmp: printer discovery
        177, // xdmcp
        427, // svrloc
        513, // who: rwhod, every three minutes
        520, // router: RIP
        631, // ipp: CUPS browsing
        1434, // ms-sql-m
        1604, // icabrowser: Citrix
        1900, // ssdp
        1947, // sentinelsrm: licence dongles
        2190, // tivoconnect: TiVo recorders
        2228, // ehome-ms
        2362, // Digi device servers (ADDP)
        3289, // enpc: Epson
        3483, // slim-devices: Squeezebox players
        3702, // ws-discovery
        4201, // Zebra printers (Link-OS discovery)
        4800, // Moxa serial device servers
        5246, // capwap-control: access points look for their controller
        5353, // mdns
        5355, // llmnr
        5678, // MikroTik neighbours
        6646, // McAfee sensors
        6666, // Tuya, plain
        6667, // Tuya, encrypted
        7000, // Tuya, asked by its application
        8200, // Aruba discovery (ADP)
        8612, // canon-bjnp2
        9003, // Roon
        9999, // TP-Link Kasa
        10001, // Ubiquiti discovery
        12222, // LWAPP, as CAPWAP
        12223, // LWAPP, as CAPWAP
        15000, // Kaspersky network agents
        17500, // db-lsp: Dropbox
        20002, // TP-Link Tapo
        21027, // Syncthing
        22350, // CodeMeter: licence dongles
        24005, // Philips IntelliVue monitors (Data Export Interface)
        27036, // Steam
        30718, // Lantronix serial device servers (77FEh)
        32410, // Plex players (GDM)
        32412, // Plex players (GDM)
        32413, // Plex servers (GDM)
        32414, // Plex servers (GDM)
        34964, // profinet-cm
        44818, // EtherNet-IP-2
        47808, // bacnet
        56700, // LIFX lamps
        57621, // Spotify
        62976, // D-Link (DDP)
        63322, // Netgear switches (NSDP)
        63324, // Netgear switches (NSDP 2)
        65001, // HDHomeRun receivers
    };

    /// <summary>EtherTypes, ascending (IEEE registry).</summary>
    private static readonly ushort[] EtherTypes =
    {
        0x0806, // ARP
        0x0842, // Wake-on-LAN
        0x8035, // RARP: a virtual machine moved (vSphere, Hyper-V)
        0x809b, // AppleTalk
        0x80f3, // AppleTalk ARP
        0x8137, // IPX
        0x8863, // PPPoE discovery
        0x886d, // Intel adapter teams (ANS)
        0x886f, // Microsoft Network Load Balancing, a beat a second
        0x887b, // HomePlug
        0x8892, // PROFINET
        0x8899, // Realtek loop detection
        0x88a2, // ATA over Ethernet
        0x88a4, // EtherCAT
        0x88cc, // LLDP
        0x88d9, // LLTD: Windows maps its network
        0x88e1, // HomePlug AV
        0x8912, // HomePlug media
        0x8ffd, // Aruba Instant access points
        0x9000, // loopback test
    };

    /// <summary>IEEE 802.2 pairs of service access points, ascending.</summary>
    private static readonly ushort[] AccessPoints =
    {
        0x4242, // spanning tree
        0xe0e0, // IPX
        0xf0f0, // NetBEUI
        0xffff, // raw IPX
    };

    /// <summary>Whether a UDP broadcast is ordinary.</summary>
    /// <param name="port">Its destination port.</param>
    public static bool IsUdp(int port)
    {
        return Holds(UdpPorts, port);
    }

    /// <summary>Whether a broadcast that is not IP is ordinary.</summary>
    /// <param name="etherType">Its EtherType, -1 in an LLC frame.</param>
    /// <param name="accessPoints">Its DSAP and SSAP, -1 when it is not LLC.</param>
    public static bool IsLink(int etherType, int accessPoints)
    {
        return etherType >= 0 ? Holds(EtherTypes, etherType) : Holds(AccessPoints, accessPoints);
    }

    private static bool Holds(ushort[] sorted, int value)
    {
        int low = 0;
        int high = sorted.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            int found = sorted[middle];
            if (found == value)
            {
                return true;
            }

            if (found < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return false;
    }
}
