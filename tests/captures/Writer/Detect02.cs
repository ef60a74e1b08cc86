using System.Globalization;
using Appliance.Traffic;

namespace Appliance.CaptureWriter;

/// <summary>
/// Detect 2: SYN-FIN from port 53 to port 53 of 25 hosts in a row within half a second. Times, addresses and ports are Snort's.
/// Chosen: IP id 39426, window 1028 and a random acknowledgment number without ACK, the marks of the scanner (synscan) that
/// sent most such probes in early 2000; TTL, and sequence numbers, which it drew anew for each probe.
/// </summary>
internal static class Detect02
{
    private static readonly string[] Times =
    [
        "02:25:46.587048", "02:25:46.608902", "02:25:46.630302", "02:25:46.651612", "02:25:46.672247", "02:25:46.692692",
        "02:25:46.710063", "02:25:46.734950", "02:25:46.753369", "02:25:46.770616", "02:25:46.790791", "02:25:46.808440",
        "02:25:46.828961", "02:25:46.851741", "02:25:46.873321", "02:25:46.930169", "02:25:46.951785", "02:25:46.957222",
        "02:25:46.965475", "02:25:46.976485", "02:25:46.990538", "02:25:47.017313", "02:25:47.030220", "02:25:47.050602",
        "02:25:47.070911",
    ];

    public static Capture Build()
    {
        var capture = new Capture();
        var numbers = new Sequence(2);
        for (int i = 0; i < Times.Length; i++)
        {
            string target = Places.Net1 + (i + 1).ToString(CultureInfo.InvariantCulture);
            Ip ip = Places.Imaging.Ip("194.112.42.193", target) with { TimeToLive = 26, Identification = 39426 };
            capture.Add(Capture.Utc(2000, 3, 18, Times[i]), ip.Tcp(53, 53, "SF", numbers.Next(), numbers.Next(), window: 1028));
        }

        return capture;
    }
}
