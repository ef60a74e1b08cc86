using Appliance.Traffic;

namespace Appliance.CaptureWriter;

/// <summary>
/// Detect 1: eight probes of seven sources at one cable host within nineteen hours. A log; <see cref="UnservedPort"/> says what
/// is chosen. The hop counts are spread, as those of seven real hosts are. 27347 is as printed (27374 was meant, most likely).
/// </summary>
internal static class Detect01
{
    public static Capture Build()
    {
        var capture = new Capture();
        UnservedPort.Tcp(capture, At("01:54:58.214407"), "24.3.57.38", 11111, 12345, 125, 0x4a03, 1207353);
        UnservedPort.Tcp(capture, At("03:14:13.730120"), "171.214.113.228", 2766, 1243, 110, 0x8c41, 59220116);
        UnservedPort.Tcp(capture, At("04:45:01.066518"), "208.61.109.243", 3578, 1243, 112, 0xd116, 7746201);
        UnservedPort.Tcp(capture, At("04:45:06.481993"), "208.61.109.243", 3832, 27347, 112, 0xe316, 7751634);
        UnservedPort.NodeStatus(capture, At("05:40:42.902245"), "24.24.100.172", 2147, 113, 0x1c08, 0x0a12);
        UnservedPort.NodeStatus(capture, At("14:56:08.350871"), "63.17.79.40", 4294, 108, 0x5b22, 0x0042);
        UnservedPort.Tcp(capture, At("17:20:44.117032"), "62.6.100.45", 1828, 27374, 105, 0x6f10, 34118709);
        UnservedPort.Tcp(capture, At("20:50:47.598316"), "194.27.62.179", 4857, 27374, 103, 0xb92c, 412206833);
        return capture;
    }

    private static long At(string clock) => Capture.Utc(2000, 3, 24, clock);
}
