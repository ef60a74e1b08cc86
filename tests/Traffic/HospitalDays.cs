using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;

namespace Appliance.Traffic;

/// <summary>
/// Days of an imaging VLAN on which nothing is wrong and much is odd: hosts that are off at night, a PACS that verifies all the
/// same, a monitor, a backup, guests, pings of the DHCP server, pages of which half fails, a day of patches, an archive that is
/// down for an hour. The same seed gives the same days.
/// </summary>
public sealed class HospitalDays
{
    private const int FirstGuest = 200;
    private const string TimeServer = "192.0.2.1";

    private readonly string _net;
    private readonly Lan _lan;
    private readonly int _seed;
    private readonly string[] _modalities;
    private readonly string[] _stations;
    private readonly string[] _printers;
    private readonly bool[] _isAlwaysOn;

    private Capture _capture = new();
    private Talk _talk;
    private Talk _far;
    private Random _random;

    /// <summary>Makes a network.</summary>
    /// <param name="net">The first three octets of its /24 with the point behind them.</param>
    /// <param name="modalities">How many scanners and consoles, 90 at most.</param>
    /// <param name="stations">How many reading stations, 40 at most.</param>
    /// <param name="seed">Chooses everything else.</param>
    public HospitalDays(string net, int modalities, int stations, int seed)
    {
        _net = net;
        _lan = new Lan(net + "0/24");
        _seed = seed;
        _modalities = [.. Enumerable.Range(20, modalities).Select(Host)];
        _stations = [.. Enumerable.Range(120, stations).Select(Host)];
        _printers = [.. Enumerable.Range(170, 1 + (stations / 8)).Select(Host)];
        _random = new Random(seed);
        _isAlwaysOn = [.. _modalities.Select(_ => _random.Next(4) == 0)];
        _talk = new Talk(_lan, _capture, seed);
        _far = new Talk(_lan, _capture, seed);
    }

    private string Router => Host(254);

    private string Pacs => Host(5);

    private string SecondPacs => Host(6);

    private string NameServer => Host(7);

    private string DhcpServer => Host(8);

    private string Monitor => Host(9);

    private string BackupServer => Host(10);

    private string FileServer => Host(11);

    private string Balancer => Host(12);

    private IEnumerable<string> Servers => [Pacs, SecondPacs, NameServer, DhcpServer, Monitor, BackupServer, FileServer,
        Balancer];

    /// <summary>One day, from midnight to midnight.</summary>
    /// <param name="first">Midnight before the first day, microseconds since 1970.</param>
    /// <param name="day">Its number, from 0.</param>
    /// <returns>Its frames in order of time.</returns>
    public Capture Day(long first, int day)
    {
        _random = new Random((_seed * 1_000) + day);
        _capture = new Capture();
        _talk = new Talk(_lan, _capture, (_seed * 1_000) + day + 1);
        _far = new Talk(_lan, _capture, (_seed * 1_000) + day + 2) { RoundTrip = 38_000, DistantTtl = 51 };
        long midnight = first + (day * Capture.Day);
        bool isWeekend = day % 7 >= 5;

        ClocksAreSet(midnight);
        NightOfTheArchive(midnight + (2 * Capture.Hour));
        Backup(midnight + (3 * Capture.Hour));
        Monitoring(midnight);
        Balancing(midnight);
        Broadcasts(midnight);
        Morning(midnight + (7 * Capture.Hour));
        Modalities(midnight, isWeekend, isArchiveDown: day == 20);
        Stations(midnight, isWeekend);
        Guests(midnight + (8 * Capture.Hour), day);
        if (day == 10)
        {
            Patches(midnight + (22 * Capture.Hour));
        }

        if (day % 7 == 3)
        {
            ClosedFirewall(midnight + (13 * Capture.Hour));
        }

        return Capture.Merge(_capture);
    }

    private static bool IsDay(long sinceMidnight) => sinceMidnight is >= 7 * Capture.Hour and < 19 * Capture.Hour;

    private void ClocksAreSet(long midnight)
    {
        foreach (string host in Servers)
        {
            for (int turn = 0; turn < 6; turn++)
            {
                long time = midnight + (turn * 4 * Capture.Hour) + Within(Capture.Hour);
                _far.Datagrams(time, host, 123, TimeServer, 123, Payload.Ntp(3), Payload.Ntp(4));
            }
        }
    }

    /// <summary>The archive verifies every modality at two: those that are off don't answer ARP.</summary>
    private void NightOfTheArchive(long time)
    {
        for (int i = 0; i < _modalities.Length; i++)
        {
            time += 3 * Capture.Second;
            if (_isAlwaysOn[i])
            {
                Found(time, Pacs, _modalities[i]);
                _talk.Connection(time + 600, Pacs, Port(), _modalities[i], 104, 1, 200, 120);
            }
            else
            {
                NotFound(time, Pacs, _modalities[i]);
            }
        }
    }

    private void Backup(long time)
    {
        foreach (string host in _modalities.Where((_, i) => _isAlwaysOn[i]).Concat([Pacs, FileServer]))
        {
            _talk.Connection(time, BackupServer, Port(), host, 10_000, 2, 400, 4_000);
            time += 40 * Capture.Second;
        }
    }

    /// <summary>SNMP each half an hour; who is off does not answer ARP.</summary>
    private void Monitoring(long midnight)
    {
        for (long since = 0; since < Capture.Day; since += 30 * Capture.Minute)
        {
            long time = midnight + since;
            for (int i = 0; i < _modalities.Length; i++)
            {
                time += 400_000;
                if (_isAlwaysOn[i] || IsDay(since))
                {
                    _talk.Datagrams(time, Monitor, 32_000, _modalities[i], 161, new byte[43], new byte[58]);
                }
                else if (since % (2 * Capture.Hour) == 0)
                {
                    NotFound(time, Monitor, _modalities[i]);
                }
            }
        }
    }

    private void Balancing(long midnight)
    {
        for (long since = 0; since < Capture.Day; since += 5 * Capture.Minute)
        {
            _talk.HalfOpen(midnight + since, Balancer, Port(), Pacs, 11_112);
            _talk.HalfOpen(midnight + since + 1_000, Balancer, Port(), SecondPacs, 11_112);
        }
    }

    private void Broadcasts(long midnight)
    {
        for (int i = 0; i < 6; i++)
        {
            string host = _stations[i % _stations.Length];
            Ip toAll = _talk.Between(host, _net + "255") with { DestinationMac = Lan.Broadcast };
            Ip everywhere = _talk.Between(_modalities[i], "255.255.255.255") with { DestinationMac = Lan.Broadcast };
            for (long since = 7 * Capture.Hour; since < 19 * Capture.Hour; since += 12 * Capture.Minute)
            {
                _capture.Add(midnight + since + (i * 7_000_000L), toAll.Udp(138, 138, new byte[201]));
            }

            for (long since = 7 * Capture.Hour; since < 19 * Capture.Hour; since += Capture.Hour)
            {
                long time = midnight + since + Within(50 * Capture.Minute);
                _capture.Add(time, toAll.Udp(137, 137, Payload.NameQuery(_random.Next(65_536), "ARCHIVE")));
                _capture.Add(time + 1_000, _talk.Between(host, "239.255.255.250").Udp(Port(), 3702, new byte[600]));
                _capture.Add(time + 2_000, _talk.Between(host, "239.255.255.250").Udp(Port(), 1900, new byte[130]));
                _capture.Add(time + 3_000, _talk.Between(host, "224.0.0.251").Udp(5353, 5353, new byte[60]));

                // A serial server's tool looks for its Lantronix boards.
                _capture.Add(time + 4_000, everywhere.Udp(Port(), 30_718, [0, 0, 0, 0xf8]));
            }
        }
    }

    /// <summary>The scheduler wakes the modalities that it knows, and looks for them before they are up.</summary>
    private void Morning(long time)
    {
        for (int i = 0; i < _modalities.Length; i++)
        {
            if (!_isAlwaysOn[i] && i % 3 == 0)
            {
                byte[] mac = _lan.MacOf(_modalities[i]);
                byte[] magic = [.. Lan.Broadcast, .. Enumerable.Repeat(mac, 16).SelectMany(octets => octets)];
                Ip ip = _talk.Between(FileServer, _net + "255") with { DestinationMac = Lan.Broadcast };
                _capture.Add(time + (i * 20_000L), ip.Udp(Port(), 9, magic));
                NotFound(time + (5 * Capture.Second) + (i * 200_000L), FileServer, _modalities[i]);
            }
        }

        for (int i = 0; i < _modalities.Length; i++)
        {
            if (!_isAlwaysOn[i])
            {
                IsSwitchedOn(time + (2 * Capture.Minute) + Within(40 * Capture.Minute), _modalities[i]);
            }
        }
    }

    private void Modalities(long midnight, bool isWeekend, bool isArchiveDown)
    {
        for (int i = 0; i < _modalities.Length; i++)
        {
            int studies = isWeekend ? 2 : 4 + _random.Next(8);
            for (int study = 0; study < studies; study++)
            {
                long since = (8 * Capture.Hour) + Within(11 * Capture.Hour);
                long time = midnight + since;
                if (isArchiveDown && since is >= 14 * Capture.Hour and < 15 * Capture.Hour)
                {
                    // The archive is down, then its second is tried.
                    _talk.Refused(time, _modalities[i], Port(), Pacs, 104);
                    _talk.Connection(time + (2 * Capture.Second), _modalities[i], Port(), SecondPacs, 104, 2, 1_400, 120);
                }
                else
                {
                    _talk.Connection(time, _modalities[i], Port(), Pacs, 104, 2, 1_400, 120);
                }
            }

            // The archive asks by day, too.
            for (int turn = 0; turn < 3; turn++)
            {
                long time = midnight + ((9 + (3 * turn)) * Capture.Hour) + (i * 2 * Capture.Second);
                _talk.Connection(time, Pacs, Port(), _modalities[i], 104, 1, 200, 120);
            }
        }
    }

    private void Stations(long midnight, bool isWeekend)
    {
        foreach (string station in _stations)
        {
            if (isWeekend && _random.Next(3) > 0)
            {
                continue;
            }

            IsSwitchedOn(midnight + (7 * Capture.Hour) + Within(2 * Capture.Hour), station);
            for (int turn = 0; turn < 12; turn++)
            {
                long time = midnight + (9 * Capture.Hour) + Within(9 * Capture.Hour);
                string name = string.Create(CultureInfo.InvariantCulture, $"www{turn}.example");
                _talk.Datagrams(time, station, Port(), NameServer, 53, Payload.DnsQuery(turn, name),
                    Payload.DnsAnswer(turn, name, [203, 0, 113, 9]));
                (string server, int port) = turn % 2 == 0 ? (FileServer, 445) : (Pacs, 104);
                _talk.Connection(time + Capture.Second, station, Port(), server, port, 2, 300, 1_400);
            }

            Page(midnight + (9 * Capture.Hour) + Within(9 * Capture.Hour), station);
            string printer = _printers[_random.Next(_printers.Length)];
            bool isOff = _random.Next(5) == 0;
            for (int turn = 0; turn < 4; turn++)
            {
                long time = midnight + (10 * Capture.Hour) + (turn * 30 * Capture.Second) + Within(Capture.Hour);
                if (isOff)
                {
                    NotFound(time, station, printer);
                }
                else
                {
                    _talk.Datagrams(time, station, Port(), printer, 161, new byte[80], new byte[90]);
                }
            }
        }
    }

    /// <summary>A page with its pictures from twelve servers, a third of which refuse or keep silent.</summary>
    private void Page(long time, string station)
    {
        for (int i = 0; i < 12; i++)
        {
            string server = string.Create(CultureInfo.InvariantCulture,
                $"{50 + _random.Next(100)}.{_random.Next(256)}.{_random.Next(256)}.{1 + _random.Next(250)}");
            int port = _random.Next(8) == 0 ? 80 : 443;
            switch (_random.Next(6))
            {
                case 0:
                    _far.Refused(time + (i * 90_000L), station, Port(), server, port);
                    break;
                case 1:
                    _far.Unanswered(time + (i * 90_000L), station, Port(), server, port);
                    break;
                default:
                    _far.Connection(time + (i * 90_000L), station, Port(), server, port, 1, 420, 2_800);
                    break;
            }
        }
    }

    /// <summary>
    /// Guests come with the visiting hour. The DHCP server asks for each address that it is about to offer; the gateway for those
    /// who left.
    /// </summary>
    private void Guests(long time, int day)
    {
        for (int i = 0; i < 8; i++)
        {
            string guest = Host(FirstGuest + (((day * 8) + i) % 48));
            long came = time + Within(8 * Capture.Hour);
            byte[] mac = _lan.MacOf(guest);
            Ip ask = new Ip("0.0.0.0", "255.255.255.255") { SourceMac = mac, DestinationMac = Lan.Broadcast, TimeToLive = 128 };
            byte[] message = new Octets().U8(1).U8(1).U8(6).U8(0).U32(_random.Next()).PadTo(28).Add(mac).PadTo(236)
                .U32(0x63825363).U8(53).U8(1).U8(1).U8(255).PadTo(300).ToArray();
            _capture.Add(came, ask.Udp(68, 67, message));
            NotFound(came + 400, DhcpServer, guest);
            _capture.Add(came + Capture.Second + 900, (_talk.Between(DhcpServer, guest) with { DestinationMac = mac })
                .Udp(67, 68, message));
            Found(came + (2 * Capture.Second), Router, guest);
            Page(came + (20 * Capture.Second), guest);
            for (int turn = 0; turn < 4; turn++)
            {
                NotFound(came + (50 * Capture.Minute) + Within(2 * Capture.Hour), Router, guest);
            }
        }
    }

    /// <summary>The night of patches: every station starts anew, two or three times.</summary>
    private void Patches(long time)
    {
        foreach (string station in _stations)
        {
            for (int turn = 0; turn < 3; turn++)
            {
                IsSwitchedOn(time + Within(Capture.Hour), station);
                _far.Connection(time + Within(Capture.Hour), station, Port(), "203.0.113.40", 443, 3, 500, 4_000);
            }
        }
    }

    /// <summary>A console calls home to twelve addresses of its maker; the firewall lets none through.</summary>
    private void ClosedFirewall(long time)
    {
        for (int i = 0; i < 12; i++)
        {
            string server = string.Create(CultureInfo.InvariantCulture, $"198.51.100.{10 + (i * 7)}");
            _talk.Unanswered(time + (i * 4 * Capture.Second), _modalities[1], Port(), server, 443);
        }
    }

    private void IsSwitchedOn(long time, string host)
    {
        Found(time, host, Router);
        Found(time + 5_000, host, NameServer);
        Found(time + 9_000, host, Pacs);
        _far.Datagrams(time + Capture.Second, host, 123, TimeServer, 123, Payload.Ntp(3), Payload.Ntp(4));
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

    private string Host(int number) => _net + number.ToString(CultureInfo.InvariantCulture);

    private long Within(long span) => _random.NextInt64(span);

    private int Port() => 49_152 + _random.Next(16_000);
}
