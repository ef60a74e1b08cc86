using Appliance.Traffic;

namespace Appliance.CaptureWriter;

/// <summary>
/// Detect 5: a NetBus scan of which the firewalls of three hosts logged one packet each, and Snort one of them in full. Ports,
/// addresses, IP ids, length, DF and TTL are printed for all three; MAC addresses, sequence number, window and options for
/// 128.231.212.204. Its frame has that time; the two others have the log's second. They are put in the order of source port and
/// IP id (a counter with its octets swapped: AD05, AD08, AD09), half a millisecond to either side, and their sequence numbers
/// around the printed one.
/// </summary>
internal static class Detect05
{
    public static Capture Build()
    {
        var capture = new Capture();
        Probe("14:59:06.560321", "201", 2440, 1453, 0x46145CE);
        Probe("14:59:06.560788", "204", 2443, 2221, 0x46145DB);
        Probe("14:59:06.561104", "205", 2444, 2477, 0x46145DD);
        return capture;

        void Probe(string clock, string host, int sourcePort, int id, long sequence)
        {
            Ip ip = Places.Imaging.Ip("38.31.117.17", Places.Net1 + host) with
            {
                TimeToLive = 116,
                Identification = id,
                DontFragment = true,
                SourceMac = [0x00, 0xe0, 0xd0, 0x10, 0xef, 0x7f],
            };
            if (host == "204")
            {
                ip = ip with { DestinationMac = [0x00, 0x20, 0x78, 0x14, 0x1f, 0x7b] };
            }

            capture.Add(Capture.Utc(2000, 3, 27, clock),
                ip.Tcp(sourcePort, 12345, "S", sequence, window: 0x2000, options: TcpOption.MssSack(536)));
        }
    }
}
