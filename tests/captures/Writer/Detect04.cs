using Appliance.Traffic;

namespace Appliance.CaptureWriter;

/// <summary>
/// Detect 4: four single probes of unrelated sources at one cable host within half a day. A log; <see cref="UnservedPort"/> says
/// what is chosen.
/// </summary>
internal static class Detect04
{
    public static Capture Build()
    {
        var capture = new Capture();
        UnservedPort.Tcp(capture, At("02:36:00.512764"), "24.129.24.105", 4109, 8080, 114, 0x3305, 20518443);
        UnservedPort.Tcp(capture, At("08:07:29.284901"), "212.49.226.251", 1525, 1080, 104, 0x1a0c, 5011873);
        UnservedPort.Tcp(capture, At("12:09:07.873315"), "24.6.118.9", 1178, 27374, 121, 0x9440, 90123377);
        UnservedPort.Tcp(capture, At("13:59:03.049188"), "12.77.12.140", 4211, 1080, 110, 0xc71e, 133650902);
        return capture;
    }

    private static long At(string clock) => Capture.Utc(2000, 2, 27, clock);
}
