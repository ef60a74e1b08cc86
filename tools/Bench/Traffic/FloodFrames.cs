using System;
using System.Collections.Generic;
using Appliance.Bench.Frames;
using Appliance.Sensor.Frames;

namespace Appliance.Bench.Traffic;

/// <summary>
/// A line of 100 Mb/s that modalities fill with pictures, and a flood of SYNs from forged sources on top of it; the same at every
/// run.
/// </summary>
internal static class FloodFrames
{
    private const int Modalities = 10;
    private const int Segment = 1448;

    // Segments of an association: an ultrasound study of 5 MB.
    private const int Study = 3_500;

    private const uint Web = SensorRig.Home + 30;

    /// <summary>Both, in order of time.</summary>
    /// <param name="aSecond">SYNs a second; 0 for no flood.</param>
    /// <param name="sixPercent">How many of a hundred are IPv6.</param>
    /// <param name="answers">What the flooded server says: 0 nothing, else the flags of its answer.</param>
    public static IEnumerable<(long Time, byte[] Frame)> Make(int aSecond, int sixPercent, int answers)
    {
        using IEnumerator<(long Time, byte[] Frame)> mix = Imaging().GetEnumerator();
        mix.MoveNext();
        var random = new Random(20000407);
        for (long i = 1; ; i++)
        {
            long due = aSecond == 0 ? long.MaxValue : i * 1_000_000 / aSecond;
            while (mix.Current.Time < due)
            {
                yield return mix.Current;
                mix.MoveNext();
            }

            int port = random.Next(1024, 65536);
            uint source = 0x0b000000 + (uint)random.Next(1 << 24);
            if (random.Next(100) < sixPercent)
            {
                yield return (due, FrameBuilder.TcpOverIpv6(source, port, Web, 443, Tcp.Syn));
                continue;
            }

            uint sequence = (uint)random.Next();
            yield return (due, FrameBuilder.Tcp(source, port, Web, 443, Tcp.Syn, sequence, 0, 0));
            if (answers != 0)
            {
                yield return (due, FrameBuilder.Tcp(Web, 443, source, port, answers, 77, sequence + 1, 0));
            }
        }
    }

    // Full segments, an acknowledgment for two; beside them names, ARP, pings and broadcasts, some a second.
    private static IEnumerable<(long Time, byte[] Frame)> Imaging()
    {
        // Bits of 100 Mb/s: a hundred a microsecond.
        long bits = 0;
        int port = 50_000;
        var left = new int[Modalities];
        var ports = new int[Modalities];
        long rest = 0;
        for (long step = 0; ; step++)
        {
            int modality = (int)(step % Modalities);
            uint client = SensorRig.Modality + (uint)modality;
            var now = new List<byte[]>();
            if (left[modality] == 0)
            {
                if (ports[modality] != 0)
                {
                    now.Add(FromClient(client, ports[modality], Tcp.Fin | Tcp.Ack, 0));
                    now.Add(FromServer(client, ports[modality], Tcp.Fin | Tcp.Ack));
                    now.Add(FromClient(client, ports[modality], Tcp.Ack, 0));
                }

                port = port == 65_000 ? 50_000 : port + 1;
                ports[modality] = port;
                // Not all end at once.
                left[modality] = step < Modalities ? Study * (modality + 1) / Modalities : Study;
                now.Add(FrameBuilder.Tcp(client, port, SensorRig.Pacs, 104, Tcp.Syn, 1000, 0, 0));
                now.Add(FrameBuilder.Tcp(SensorRig.Pacs, 104, client, port, Tcp.Syn | Tcp.Ack, 5000, 1001, 0));
                now.Add(FromClient(client, port, Tcp.Ack, 0));
            }

            now.Add(FromClient(client, ports[modality], Tcp.Ack, Segment));
            now.Add(FromClient(client, ports[modality], Tcp.Ack | Tcp.Psh, Segment));
            now.Add(FromServer(client, ports[modality], Tcp.Ack));
            left[modality]--;
            if (bits / 100 >= rest)
            {
                rest += 200_000;
                Rest(now, client, (int)(rest / 200_000));
            }

            foreach (byte[] frame in now)
            {
                bits += (frame.Length + 24) * 8;
                yield return (bits / 100, frame);
            }
        }
    }

    // Five times a second.
    private static void Rest(List<byte[]> now, uint client, int turn)
    {
        now.Add(FrameBuilder.Udp(client, 40_000 + (turn % 20_000), SensorRig.Dns, 53, 36));
        now.Add(FrameBuilder.Udp(SensorRig.Dns, 53, client, 40_000 + (turn % 20_000), 120));
        if (turn % 2 == 0)
        {
            now.Add(FrameBuilder.Arp(client, SensorRig.Pacs, 1));
            now.Add(FrameBuilder.Arp(SensorRig.Pacs, client, 2));
        }

        if (turn % 5 == 0)
        {
            now.Add(FrameBuilder.Udp(client, 137, 0xffffffff, 137, 50));
            now.Add(FrameBuilder.Echo(client, SensorRig.Pacs, 8, turn & 0xffff, 1));
            now.Add(FrameBuilder.Echo(SensorRig.Pacs, client, 0, turn & 0xffff, 1));
        }
    }

    private static byte[] FromClient(uint client, int port, int flags, int length) =>
        FrameBuilder.Tcp(client, port, SensorRig.Pacs, 104, flags, 90_001, 90_001, length);

    private static byte[] FromServer(uint client, int port, int flags) =>
        FrameBuilder.Tcp(SensorRig.Pacs, 104, client, port, flags, 90_001, 90_001, 0);
}
