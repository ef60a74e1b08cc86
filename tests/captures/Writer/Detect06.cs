using System.Collections.Generic;
using System.Linq;
using Appliance.Traffic;

namespace Appliance.CaptureWriter;

/// <summary>
/// Detect 6: webanalyzer.somenet.gov queries four hosts that never speak, by threes. Times, ports and length are printed. Chosen:
/// the day (Tuesday 28 March), the querier's address (a documentation one, RFC 5737), TTL, ids, and the contents: 50 octets
/// are a NetBIOS node status query, which is retried twice after 1.5 s. What makes the four dark is that others were heard: six
/// hosts of both networks set their clocks every 17 minutes and talk to the VLAN's name server.
/// </summary>
internal static class Detect06
{
    private const string Analyzer = "198.51.100.77";
    private const string TimeServer = "198.51.100.123";

    private static readonly string[] Alive = ["212.12", "212.35", "212.67", "213.4", "213.15", "213.57"];

    private static readonly (string Clock, string Target)[] Queries =
    [
        ("15:09:34.402695", "212.8"), ("15:09:35.894114", "212.8"), ("15:09:37.393968", "212.8"),
        ("15:12:14.537011", "212.124"), ("15:12:16.036261", "212.124"), ("15:12:17.535980", "212.124"),
        ("16:06:19.881266", "213.7"), ("16:06:21.372891", "213.7"), ("16:06:22.872286", "213.7"),
        ("16:08:56.209947", "212.49"), ("16:08:57.701418", "212.49"), ("16:08:59.202073", "212.49"),
        ("16:18:31.553671", "212.49"), ("16:18:33.049327", "212.49"), ("16:18:34.550180", "212.49"),
    ];

    public static Capture Build()
    {
        var queries = new Capture();
        for (int i = 0; i < Queries.Length; i++)
        {
            (string clock, string target) = Queries[i];
            Ip ip = Places.Imaging.Ip(Analyzer, "128.231." + target) with
            {
                TimeToLive = 122,
                Identification = 0x2100 + (i * 0x0300)
            };

            // The retries repeat the transaction id of the first of their three.
            queries.Add(At(clock), ip.Udp(137, 137, Payload.NodeStatusQuery(0x8412 + (2 * (i / 3)))));
        }

        return Capture.Merge(Others().Prepend(queries));
    }

    private static IEnumerable<Capture> Others()
    {
        const string nameServer = Places.Net1 + "53";
        for (int host = 0; host < Alive.Length; host++)
        {
            string address = "128.231." + Alive[host];
            var traffic = new Capture();
            for (int turn = 0; turn < 5; turn++)
            {
                long time = At("15:02:11.204118") + (host * 41_307_119L) + (turn * 17 * Capture.Minute);
                int id = (host << 12) + turn;
                Ip toClock = Places.Imaging.Ip(address, TimeServer) with { Identification = id };
                Ip fromClock = Places.Imaging.Ip(TimeServer, address) with { Identification = 0x5000 + id, TimeToLive = 58 };
                traffic.Add(time, toClock.Udp(123, 123, Payload.Ntp(3)));
                traffic.Add(time + 21_440, fromClock.Udp(123, 123, Payload.Ntp(4)));

                long asked = time + (2 * Capture.Second);
                Ip query = Places.Imaging.Ip(address, nameServer) with { Identification = id + 0x100 };
                Ip answer = Places.Imaging.Ip(nameServer, address) with { Identification = 0x7000 + id };
                traffic.Add(asked, query.Udp(1025 + turn, 53, Payload.DnsQuery(id, "pacs.imaging.example")));
                traffic.Add(asked + 610, answer.Udp(53, 1025 + turn,
                    Payload.DnsAnswer(id, "pacs.imaging.example", [128, 231, 212, 35])));
            }

            yield return traffic;
        }
    }

    private static long At(string clock) => Capture.Utc(2000, 3, 28, clock);
}
