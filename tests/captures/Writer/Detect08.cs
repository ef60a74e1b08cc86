using Appliance.Traffic;

namespace Appliance.CaptureWriter;

/// <summary>
/// Detect 8: a GE console broadcasts to UDP port 1600 of its network address every two minutes. The trace of nine comes first,
/// then the four dumps. The octets of the dumps are given as printed, header checksums included; of the 46 octets of data
/// they hold 26, the rest is zero. Chosen: the days (3 and 4 April), the IP ids of the trace (a counter, as in the dumps), and
/// a source MAC address of Sun, who made that console's computer.
/// </summary>
internal static class Detect08
{
    private const int DatagramLength = 0x4a;
    private static readonly byte[] SunMac = [0x08, 0x00, 0x20, 0x0a, 0x3c, 0x51];

    private static readonly string[] Trace =
    [
        "21:57:18.468912", "21:59:18.478004", "22:01:18.487730", "22:03:18.498327", "22:05:18.507726", "22:07:18.517192",
        "22:09:18.527483", "22:11:18.536690", "22:13:18.546665",
    ];

    private static readonly (string Clock, string Dump)[] Dumps =
    [
        ("16:25:08.759896", """
            4500 004a 60ee 0000 3c11 72e1 80e7 d504
            80e7 d400 0e75 0640 0036 0000 0000 007e
            0000 05e8 4e4d 5231 0000 4943 3000 0000
            0000 0000 0000
            """),
        ("16:27:08.769361", """
            4500 004a 60ef 0000 3c11 72e0 80e7 d504
            80e7 d400 0e76 0640 0036 0000 0000 007e
            0000 05e8 4e4d 5231 0000 4943 3000 0000
            0000 0000 0000
            """),
        ("16:31:08.790067", """
            4500 004a 60f1 0000 3c11 72de 80e7 d504
            80e7 d400 0e78 0640 0036 0000 0000 007e
            0000 05e8 4e4d 5231 0000 4943 3000 0000
            0000 0000 0000
            """),
        ("16:33:08.799578", """
            4500 004a 60f2 0000 3c11 72dd 80e7 d504
            80e7 d400 0e79 0640 0036 0000 0000 007e
            0000 05e8 4e4d 5231 0000 4943 3000 0000
            0000 0000 0000
            """),
    ];

    public static Capture Build()
    {
        var capture = new Capture();
        byte[] data = new Octets().Add(Octets.Hex(Dumps[0].Dump)[28..]).PadTo(DatagramLength - 28).ToArray();
        for (int i = 0; i < Trace.Length; i++)
        {
            Ip ip = new Ip(Places.Net2 + "4", Places.Net1 + "0") with
            {
                TimeToLive = 60,
                Identification = 0x1d42 + i,
                SourceMac = SunMac,
                DestinationMac = Lan.Broadcast,
            };
            capture.Add(Capture.Utc(2000, 4, 3, Trace[i]), ip.Udp(4277 + i, 1600, data, withChecksum: false));
        }

        foreach ((string clock, string dump) in Dumps)
        {
            byte[] datagram = new Octets().Add(Octets.Hex(dump)).PadTo(DatagramLength).ToArray();
            capture.Add(Capture.Utc(2000, 4, 4, clock), Lan.Frame(Lan.Broadcast, SunMac, 0x0800, datagram));
        }

        return capture;
    }
}
