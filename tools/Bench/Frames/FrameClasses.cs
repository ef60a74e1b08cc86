using System;
using System.Collections.Generic;
using Appliance.Bench.Cost;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;

namespace Appliance.Bench.Frames;

/// <summary>The kinds of frames that are measured, in the order of the table.</summary>
internal static class FrameClasses
{
    // What one call of the sensor takes in: its price is spread over them.
    private const int Ring = 64;

    // Attempts, which all wait for their outcome at once.
    private const int Batch = 32;

    // Ten seconds on the slowest ESP32: the watchdog waits for thirty.
    private const int HostileLimit = 500_000_000;
    private const int SuspectPort = 12345;
    private const uint Stranger = 0xc0000263;

    /// <summary>All of them.</summary>
    /// <param name="table">The shipped rules' table file.</param>
    /// <param name="largeTable">A table file of 200 signatures.</param>
    public static IReadOnlyList<FrameClass> All(byte[] table, byte[] largeTable)
    {
        return
        [
            new SensorClass("skipped: TCP data", 3000, table, rig => Established(rig, Tcp.Ack | Tcp.Psh, 1400, false)),
            new SensorClass("established: sign of life", 17000, table, rig => Established(rig, Tcp.Ack | Tcp.Psh, 1400, true)),
            new SensorClass("established: FIN", 17000, table, rig => Established(rig, Tcp.Ack | Tcp.Fin, 0, false)),
            new SensorClass("established: reset", 17000, table, rig => Established(rig, Tcp.Ack | Tcp.Rst, 0, false)),
            new SensorClass("established: UDP reply", 17000, table, UdpReply),
            new SensorClass("SYN, tracked and judged: accepted", 64000, table, rig => Attempts(rig, 1, false)),
            new SensorClass("SYN, tracked and judged: refused", 55000, table, rig => Attempts(rig, 2, false)),
            new SensorClass("SYN, tracked and judged: silent", 55000, table, rig => Attempts(rig, 0, false)),
            new SensorClass("SYN-ACK", 0, table, rig => Attempts(rig, 1, true)),
            new SensorClass("UDP question, judged", 0, table, UdpQuestion),
            new SensorClass("SYN over IPv6, judged: silent", 120000, table, SynSix),
            new SensorClass("joins an open incident: SYN of a sweep", 72000, table, rig => Sweep(rig, false)),
            new SensorClass("an alert line", 456000, table, rig => Sweep(rig, true)),
            new SensorClass("ARP request, judged: answered", 0, table, rig => ArpAsk(rig, 1)),
            new SensorClass("ARP reply", 0, table, rig => ArpAsk(rig, 2)),
            new SensorClass("broadcast, ordinary", 0, table, rig => Many(rig, FrameBuilder.Udp(SensorRig.Modality, 137, 0xffffffff, 137, 50))),
            new SensorClass("LLC", 0, table, rig => Many(rig, FrameBuilder.SpanningTree())),
            new SensorClass("undecodable", 0, table, rig => Many(rig, SensorRig.Syn(0, 1)[..40])),
            new SensorClass("a second without frames", 0, table, Idle),
            new EyesClass("imaging eyes: sign of life", 3_000, table, i => SensorRig.Segment(0, 50000 + i, Tcp.Ack, 1400), true),
            new EyesClass("imaging eyes: SYN", 3_000, table, i => SensorRig.Syn(0, 50000 + i), false),
            new EyesClass("imaging eyes: datagram", 3_000, table,
                i => FrameBuilder.Udp(SensorRig.Dns, 53, SensorRig.Modality, 50000 + i, 120), false),
            new EyesClass("imaging eyes: first SYN of a host", 0, table,
                i => FrameBuilder.Tcp(SensorRig.Modality + (uint)i, 50000, SensorRig.Dns, 443, Tcp.Syn, 1000, 0, 0), false, false),
            new EyesClass("imaging eyes: association asked for", 0, table, i => EyesClass.Request(50000 + i), false, false),
            new EyesClass("imaging eyes: HL7 message", 0, table, i => EyesClass.Message(50000 + i), false, false),
            new LoadClass("loading 200 signatures", 20_700_000, largeTable),
            new LoadClass("loading a hostile table: conditions", HostileLimit, HostileTable.SharedConditions()),
            new LoadClass("loading a hostile table: ranges", HostileLimit, HostileTable.SharedRanges()),
            new LoadClass("loading a hostile table: flags", HostileLimit, HostileTable.TurnsOfFlags()),
            new DecodeClass("TCP", SensorRig.Segment(0, 50000, Tcp.Ack, 1400)),
            new DecodeClass("TCP, tagged", FrameBuilder.Tagged(SensorRig.Syn(0, 50000), 7)),
            new DecodeClass("TCP over IPv6", FrameBuilder.TcpOverIpv6(1, 50000, 2, 5000, Tcp.Syn)),
            new DecodeClass("UDP", FrameBuilder.Udp(SensorRig.Modality, 50000, SensorRig.Dns, 53, 40)),
            new DecodeClass("ICMP echo", FrameBuilder.Echo(SensorRig.Modality, SensorRig.Pacs, 8, 1, 1)),
            new DecodeClass("ARP", FrameBuilder.Arp(SensorRig.Modality, SensorRig.Pacs, 1)),
            new DecodeClass("LLC", FrameBuilder.SpanningTree()),
            new DecodeClass("cut short", SensorRig.Syn(0, 50000)[..40], Undecodable.IpLengthLies),
        ];
    }

    private static int Established(SensorRig rig, int flags, int payload, bool isSignOfLife)
    {
        int port = rig.Connect(Ring);
        rig.Pass(10_000_000);
        for (int i = 0; i < Ring; i++)
        {
            rig.Put(SensorRig.Segment(i, port + i, flags, payload), isSignOfLife);
        }

        rig.ProcessCounted();
        return Ring;
    }

    private static int UdpReply(SensorRig rig)
    {
        int port = rig.NextPort();
        for (uint i = 0; i < Batch; i++)
        {
            rig.Put(FrameBuilder.Udp(SensorRig.Modality + i, port, SensorRig.Dns, 53, 40));
        }

        rig.Process();
        for (uint i = 0; i < Batch; i++)
        {
            rig.Put(FrameBuilder.Udp(SensorRig.Dns, 53, SensorRig.Modality + i, port, 120));
        }

        rig.ProcessCounted();
        return Batch;
    }

    private static int UdpQuestion(SensorRig rig)
    {
        int port = rig.NextPort();
        for (uint i = 0; i < Batch; i++)
        {
            rig.Put(FrameBuilder.Udp(SensorRig.Modality + i, port, SensorRig.Dns, 53, 40));
        }

        rig.ProcessCounted();
        for (uint i = 0; i < Batch; i++)
        {
            rig.Put(FrameBuilder.Udp(SensorRig.Dns, 53, SensorRig.Modality + i, port, 120));
        }

        rig.Process();
        rig.PassCounted(5);
        return Batch;
    }

    // What comes back: 0 nothing, 1 SYN-ACK and a segment, 2 a reset.
    private static int Attempts(SensorRig rig, int answer, bool countAnswers)
    {
        int port = 0;
        for (int i = 0; i < Batch; i++)
        {
            port = rig.NextPort();
            rig.Put(SensorRig.Syn(i, port));
        }

        Count(rig, !countAnswers);
        for (int i = 0; i < Batch && answer != 0; i++)
        {
            int to = port - Batch + 1 + i;
            rig.Put(answer == 1 ? SensorRig.SynAck(i, to)
                : FrameBuilder.Tcp(SensorRig.Pacs, 5000, SensorRig.Modality + (uint)(i % SensorRig.Modalities), to, Tcp.Rst | Tcp.Ack, 0, 1001, 0));
        }

        Count(rig, countAnswers);
        if (countAnswers)
        {
            rig.Pass(5_000_000);
        }
        else
        {
            rig.PassCounted(5);
        }

        return Batch;
    }

    private static void Count(SensorRig rig, bool isCounted)
    {
        if (isCounted)
        {
            rig.ProcessCounted();
        }
        else
        {
            rig.Process();
        }
    }

    private static int SynSix(SensorRig rig)
    {
        for (uint i = 0; i < Batch; i++)
        {
            rig.Put(FrameBuilder.TcpOverIpv6(100 + i, rig.NextPort(), 10, 5000, Tcp.Syn));
        }

        rig.ProcessCounted();
        rig.PassCounted(5);
        return Batch;
    }

    // A sweep by a stranger: opened by 40 hosts, then 20 more that write no line, or those that make it write lines.
    private static int Sweep(SensorRig rig, bool countsLines)
    {
        const int Opening = 40;
        const int More = 20;
        if (!countsLines)
        {
            Probe(rig, 0, Opening);
            rig.Process();
            rig.Pass(5_000_000);
            rig.Pass(15_000_000);
            int before = rig.Alerts;
            Probe(rig, Opening, More);
            // Such a frame is done with at once: what time brings (a second without frames) is counted by itself.
            rig.ProcessCounted();
            rig.Pass(5_000_000);
            if (rig.Alerts == 0 || rig.Alerts != before)
            {
                throw new InvalidOperationException($"the sweep wrote {before} lines, and {rig.Alerts - before} more while only joining was measured");
            }

            return More;
        }

        Probe(rig, 0, Opening);
        rig.Process();
        rig.PassCounted(5);
        Meter.OnlyUnder("AlertWriter.WriteIncident");
        return rig.Alerts;
    }

    private static void Probe(SensorRig rig, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            rig.Put(FrameBuilder.Tcp(Stranger, 60000 + i, SensorRig.Home + 20 + (uint)i, SuspectPort, Tcp.Syn, 77, 0, 0));
        }
    }

    private static int ArpAsk(SensorRig rig, int counted)
    {
        for (uint i = 0; i < Batch; i++)
        {
            rig.Put(FrameBuilder.Arp(SensorRig.Pacs, SensorRig.Modality + i, 1));
        }

        Count(rig, counted == 1);
        for (uint i = 0; i < Batch; i++)
        {
            rig.Put(FrameBuilder.Arp(SensorRig.Modality + i, SensorRig.Pacs, 2));
        }

        Count(rig, counted == 2);
        if (counted == 1)
        {
            rig.PassCounted(5);
        }

        return Batch;
    }

    private static int Many(SensorRig rig, byte[] frame)
    {
        for (int i = 0; i < Ring; i++)
        {
            rig.Put(frame);
        }

        rig.ProcessCounted();
        return Ring;
    }

    private static int Idle(SensorRig rig)
    {
        rig.PassCounted(Batch);
        return Batch;
    }
}
