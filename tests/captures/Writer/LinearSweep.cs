using System.Collections.Generic;
using Appliance.Traffic;

namespace Appliance.CaptureWriter;

/// <summary>A SYN of detects 9 and 10 as tcpdump printed it.</summary>
/// <param name="Clock">Time of day.</param>
/// <param name="SourcePort">Source port.</param>
/// <param name="Target">The host it is sent to, without the 128.231 in front.</param>
/// <param name="Sequence">Sequence number.</param>
internal sealed record Probe(string Clock, int SourcePort, string Target, uint Sequence);

/// <summary>
/// The two sweeps of 209.235.11.254. Printed: time, ports, addresses, sequence numbers, window 8192, options mss 1460, nop,
/// wscale 0, nop, nop, timestamp, and DF. Chosen: TTL 53; IP ids in step with the source ports, since the tool opened them in
/// turn on a host that did nothing else; a clock of 2 Hz in the timestamps.
/// </summary>
internal static class LinearSweep
{
    public static Capture Build(long midnight, int port, int firstId, uint ticks, IEnumerable<Probe> probes)
    {
        var capture = new Capture();
        int firstPort = -1;
        long firstTime = 0;
        foreach (Probe probe in probes)
        {
            long time = midnight + Capture.Utc(1970, 1, 1, probe.Clock);
            if (firstPort < 0)
            {
                firstPort = probe.SourcePort;
                firstTime = time;
            }

            Ip ip = Places.Imaging.Ip("209.235.11.254", "128.231." + probe.Target) with
            {
                TimeToLive = 53,
                Identification = firstId + probe.SourcePort - firstPort,
                DontFragment = true,
            };
            long timestamp = ticks + ((time - firstTime) / (Capture.Second / 2));
            capture.Add(time, ip.Tcp(probe.SourcePort, port, "S", probe.Sequence,
                options: TcpOption.MssScaleTimestamp(1460, 0, timestamp)));
        }

        return capture;
    }
}
