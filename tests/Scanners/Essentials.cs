using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using Appliance.Scanners.Tests.Lab;
using Appliance.Traffic;

namespace Appliance.Scanners.Tests;

/// <summary>What two runs of a tool have in common, whatever ports and orders it rolls: whom the actor asked, and how.</summary>
/// <param name="Hosts">How many addresses it sent to or asked for.</param>
/// <param name="Ports">How many destination ports it sent to.</param>
/// <param name="Protocols">Over which protocols: <c>arp</c>, or numbers of IP.</param>
internal sealed record Essentials(int Hosts, int Ports, string Protocols)
{
    private static readonly byte[] RouterMac = [0x02, 0x52, 0, 0, 0, 1];

    /// <summary>Takes them from a capture.</summary>
    /// <param name="entry">Says where the actor stands.</param>
    /// <param name="capture">The frames.</param>
    public static Essentials Of(LabCapture entry, Capture capture) => Of(capture, frame => IsOf(entry, frame), ushort.MaxValue);

    /// <summary>Takes them from all frames of a capture: whom anybody asked, at ports that no client of Linux rolls.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="capture">The frames.</param>
    public static Essentials OfAll(LabCapture entry, Capture capture) =>
        Of(capture, frame => frame.Length >= 42 && TypeOf(frame) is 0x0806 or 0x0800, 32_767);

    private static Essentials Of(Capture capture, Func<byte[], bool> isOf, int lastPort)
    {
        var hosts = new HashSet<IPAddress>();
        var ports = new HashSet<int>();
        var protocols = new SortedSet<string>(StringComparer.Ordinal);
        foreach (byte[] frame in capture.Frames.Select(frame => frame.Bytes).Where(isOf))
        {
            int type = TypeOf(frame);
            if (type == 0x0806)
            {
                protocols.Add("arp");
                hosts.Add(new IPAddress(frame.AsSpan(38, 4)));
                continue;
            }

            bool isIpv6 = type == 0x86dd;
            int protocol = isIpv6 ? frame[20] : frame[23];
            int at = isIpv6 ? 54 : 14 + ((frame[14] & 15) * 4);
            protocols.Add(protocol.ToString(System.Globalization.CultureInfo.InvariantCulture));
            bool isSolicitation = isIpv6 && protocol == 58 && frame[54] == 135;
            hosts.Add(new IPAddress(isSolicitation ? frame.AsSpan(62, 16) : isIpv6 ? frame.AsSpan(38, 16) : frame.AsSpan(30, 4)));
            bool isFirst = isIpv6 || (BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(20)) & 0x1fff) == 0;
            if (protocol is 6 or 17 or 132 && isFirst)
            {
                int port = BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(at + 2));
                if (port <= lastPort)
                {
                    ports.Add(port);
                }
            }
        }

        return new Essentials(hosts.Count, ports.Count, string.Join(' ', protocols));
    }

    /// <summary>Whether the actor sent a frame: it carries the actor's MAC, or comes through the router from outside.</summary>
    public static bool IsOf(LabCapture entry, byte[] frame)
    {
        bool isRouters = frame.AsSpan(6, 6).SequenceEqual(RouterMac);
        return TypeOf(frame) switch
        {
            _ when frame.Length < 42 => false,
            0x0806 => !isRouters && entry.From == "inside" && frame[11] == 99,
            0x86dd when isRouters && frame[20] == 58 && frame[54] is 135 or 136 => false,
            0x0800 or 0x86dd => entry.From == "outside" ? isRouters : frame[11] == 99 || !IsHosts(frame),
            _ => false,
        };
    }

    private static bool IsHosts(byte[] frame) =>
        frame.AsSpan(6, 6).SequenceEqual(RouterMac) || (frame.AsSpan(6, 4).SequenceEqual((ReadOnlySpan<byte>)[2, 4, 10, 20])
            && frame[11] != 99);

    private static int TypeOf(byte[] frame) => BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(12));
}
