using System.Globalization;

namespace Appliance.Traffic;

/// <summary>What servers and those who look after them do.</summary>
public sealed partial class ModernClinic
{
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
}
