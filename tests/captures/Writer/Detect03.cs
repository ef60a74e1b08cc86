using Appliance.Traffic;

namespace Appliance.CaptureWriter;

/// <summary>
/// Detect 3: telnet into two DNS servers, refused by tcpwrappers. A log; the frames that cause it are a complete handshake which
/// the server closes without a word, because the wrapper decides only after it accepted. Chosen: the servers' addresses (dns1 is
/// 128.231.212.53, dns3 is 128.231.213.53), source ports, TTL, sequence numbers and everything below a second.
/// </summary>
internal static class Detect03
{
    private const string Client = "194.90.83.130";
    private const int RoundTrip = 182_400;

    public static Capture Build()
    {
        var capture = new Capture();
        Refuse(capture, Capture.Utc(2000, 3, 22, "04:38:12.611835"), Places.Net1 + "53", 1043, 0x2d10, 771204533, 3320118016);
        Refuse(capture, Capture.Utc(2000, 3, 22, "04:38:15.904127"), Places.Net2 + "53", 1044, 0x2d16, 772096110, 1844931072);
        return capture;
    }

    private static void Refuse(Capture capture, long time, string server, int port, int id, uint clientSequence,
        uint serverSequence)
    {
        uint c = clientSequence;
        uint s = serverSequence;
        capture.Add(time, From(0).Tcp(port, 23, "S", c, options: TcpOption.Mss(1460)));
        capture.Add(time + 210, To(0).Tcp(23, port, "SA", s, c + 1, 49152, TcpOption.Mss(1460)));
        capture.Add(time + RoundTrip, From(1).Tcp(port, 23, "A", c + 1, s + 1, 8760));

        // The wrapper looks the client up in the DNS (the mismatch of the log) before it closes.
        capture.Add(time + RoundTrip + 310_000, To(1).Tcp(23, port, "FA", s + 1, c + 1, 49152));
        capture.Add(time + (2 * RoundTrip) + 310_000, From(2).Tcp(port, 23, "A", c + 1, s + 2, 8760));
        capture.Add(time + (2 * RoundTrip) + 311_000, From(3).Tcp(port, 23, "FA", c + 1, s + 2, 8760));
        capture.Add(time + (2 * RoundTrip) + 311_150, To(2).Tcp(23, port, "A", s + 2, c + 2, 49152));

        Ip From(int n) => Places.Imaging.Ip(Client, server) with
        {
            TimeToLive = 44,
            Identification = id + n,
            DontFragment = true
        };
        Ip To(int n) => Places.Imaging.Ip(server, Client) with { TimeToLive = 60, Identification = 0x7711 + n };
    }
}
