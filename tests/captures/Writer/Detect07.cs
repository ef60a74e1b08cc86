using Appliance.Traffic;

namespace Appliance.CaptureWriter;

/// <summary>
/// Detect 7: 22 resets from port 80 of six hosts of one /24 that answer nothing, over four days. All is printed but the days (the
/// clock runs through midnight three times: 30 March to 2 April), TTL and IP id of all but one (49 and 469), which are the same
/// TTL and small ids of a counter that an idle host advances.
/// </summary>
internal static class Detect07
{
    private static readonly Reset[] Resets =
    [
        new(30, "23:41:00.300460", "153", "213.5", 63694, 3618313488, 112),
        new(31, "03:16:41.998171", "154", "212.55", 28430, 3087512077, 201),
        new(31, "03:35:06.871755", "153", "212.67", 8497, 971785307, 130),
        new(31, "04:50:22.608371", "154", "212.47", 21427, 859913805, 268),
        new(31, "05:19:01.152543", "154", "213.57", 8117, 1544118613, 290),
        new(31, "05:50:25.648816", "153", "213.18", 60179, 3575887728, 177),
        new(31, "09:48:12.439100", "154", "212.37", 36871, 2048786269, 469),
        new(31, "15:41:52.825619", "153", "213.7", 29912, 2045183752, 341),
        new(31, "15:56:36.579087", "152", "212.79", 28047, 2433793293, 95),
        new(31, "15:57:01.985515", "176", "212.67", 52111, 893334842, 1022),
        new(31, "16:04:47.246961", "153", "213.15", 65292, 1714241317, 356),
        new(31, "18:09:50.759571", "176", "212.12", 64557, 4052446528, 1107),
        new(31, "18:43:24.396538", "180", "213.7", 3846, 2901898522, 58),
        new(31, "19:43:49.925457", "152", "212.126", 15109, 2587073094, 149),
        new(32, "06:18:05.089964", "152", "212.79", 36762, 3824865851, 233),
        new(32, "11:15:20.125994", "176", "213.57", 15529, 219468150, 1560),
        new(32, "12:39:00.479330", "180", "212.90", 3129, 1044520726, 204),
        new(33, "04:02:36.470463", "180", "212.79", 13902, 3730043421, 377),
        new(33, "07:05:01.224520", "176", "212.90", 5870, 3100835108, 1899),
        new(33, "07:05:01.257073", "153", "212.90", 5870, 3100835108, 842),
        new(33, "08:06:01.000345", "152", "213.57", 14045, 3144551732, 480),
        new(33, "08:13:33.906535", "178", "212.68", 21353, 2548065327, 611),
    ];

    public static Capture Build()
    {
        var capture = new Capture();
        foreach (Reset reset in Resets)
        {
            Ip ip = Places.Imaging.Ip("212.108.4." + reset.Source, "128.231." + reset.Target) with
            {
                TimeToLive = 49,
                TypeOfService = 0x20,
                Identification = reset.Id,
            };
            long time = Capture.Utc(2000, 3, 1, reset.Clock) + ((reset.Day - 1) * Capture.Day);
            capture.Add(time, ip.Tcp(80, reset.Port, "RA", 0, reset.Acknowledgment, window: 0));
        }

        return capture;
    }

    /// <summary>A line of the trace; days count from 1 March, so that 32 is 1 April.</summary>
    private sealed record Reset(int Day, string Clock, string Source, string Target, int Port, uint Acknowledgment, int Id);
}
