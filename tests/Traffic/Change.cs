using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Net;

namespace Appliance.Traffic;

/// <summary>Changes to finished, untagged IPv4 frames that leave their meaning alone, checksums right.</summary>
public static class Change
{
    private const int HeaderAt = 14;

    /// <summary>Inserts VLAN tags.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="tags">EtherType and VLAN number of each, the outermost first.</param>
    /// <returns>The tagged frame.</returns>
    public static byte[] Tagged(byte[] frame, params (int Type, int Vlan)[] tags)
    {
        var tagged = new Octets().Add(frame.AsSpan(0, 12));
        foreach ((int type, int vlan) in tags)
        {
            tagged.U16(type).U16(vlan);
        }

        return tagged.Add(frame.AsSpan(12)).ToArray();
    }

    /// <summary>Adds IP options; other frames than IPv4 without options stay as they are.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="options">The options, padded to words.</param>
    /// <returns>The frame with options.</returns>
    public static byte[] WithOptions(byte[] frame, byte[] options)
    {
        if (!IsPlainIpv4(frame))
        {
            return frame;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(HeaderAt + 2));
        byte[] header = [.. frame.AsSpan(HeaderAt, 20), .. options];
        header[0] = (byte)(0x40 | (header.Length / 4));
        SetU16(header, 2, length + options.Length);
        return Rebuild(frame, header, frame.AsSpan(HeaderAt + 20, length - 20));
    }

    /// <summary>Cuts a datagram into fragments (RFC 791, 3.2); other frames than IPv4 without options stay as they are.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="size">Octets of payload in each, a multiple of eight.</param>
    /// <param name="isReversed">The last fragment is sent first, as old Linux did.</param>
    /// <returns>The fragments.</returns>
    public static IEnumerable<byte[]> Fragmented(byte[] frame, int size = 8, bool isReversed = false)
    {
        if (!IsPlainIpv4(frame))
        {
            return [frame];
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(HeaderAt + 2)) - 20;
        var fragments = new List<byte[]>();
        for (int at = 0; at < length; at += size)
        {
            int part = Math.Min(size, length - at);
            byte[] header = frame.AsSpan(HeaderAt, 20).ToArray();
            SetU16(header, 2, 20 + part);
            SetU16(header, 6, (at / 8) | (at + part < length ? 0x2000 : 0));
            fragments.Add(Rebuild(frame, header, frame.AsSpan(HeaderAt + 20 + at, part)));
        }

        if (isReversed)
        {
            fragments.Reverse();
        }

        return fragments;
    }

    /// <summary>Gives an IPv4 frame other addresses, also in what an ICMP error quotes. MAC addresses stay.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="map">The new address of an old one; the same for those that stay.</param>
    /// <returns>The frame with its IP, TCP and UDP checksums updated (RFC 1624).</returns>
    public static byte[] Readdressed(byte[] frame, Func<IPAddress, IPAddress> map)
    {
        if (frame.Length < 34 || frame[12] != 8 || frame[13] != 0)
        {
            return frame;
        }

        byte[] changed = [.. frame];
        long before = Checksum.Sum(frame.AsSpan(HeaderAt + 12, 8));
        map(new IPAddress(frame.AsSpan(HeaderAt + 12, 4))).GetAddressBytes().CopyTo(changed, HeaderAt + 12);
        map(new IPAddress(frame.AsSpan(HeaderAt + 16, 4))).GetAddressBytes().CopyTo(changed, HeaderAt + 16);
        long after = Checksum.Sum(changed.AsSpan(HeaderAt + 12, 8));
        Adjust(changed, HeaderAt + 10, before, after);
        int transport = HeaderAt + ((frame[HeaderAt] & 15) * 4);
        bool isFirst = (BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(HeaderAt + 6)) & 0x1fff) == 0;
        if (isFirst && frame[HeaderAt + 9] == 6)
        {
            Adjust(changed, transport + 16, before, after);
        }
        else if (isFirst && frame[HeaderAt + 9] == 17 && (frame[transport + 6] | frame[transport + 7]) != 0)
        {
            Adjust(changed, transport + 6, before, after);
        }
        else if (isFirst && frame[HeaderAt + 9] == 1 && frame[transport] == 3)
        {
            int quoted = transport + 8;
            long quotedBefore = Checksum.Sum(frame.AsSpan(quoted + 12, 8));
            map(new IPAddress(frame.AsSpan(quoted + 12, 4))).GetAddressBytes().CopyTo(changed, quoted + 12);
            map(new IPAddress(frame.AsSpan(quoted + 16, 4))).GetAddressBytes().CopyTo(changed, quoted + 16);
            Adjust(changed, quoted + 10, quotedBefore, Checksum.Sum(changed.AsSpan(quoted + 12, 8)));
            int end = HeaderAt + BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(HeaderAt + 2));
            SetU16(changed, transport + 2, 0);
            SetU16(changed, transport + 2, Checksum.Of(changed.AsSpan(transport, end - transport)));
        }

        return changed;
    }

    /// <summary>Moves the addresses of one network into another of the same size or larger, host numbers kept.</summary>
    /// <param name="from">The network that is moved.</param>
    /// <param name="to">Where to.</param>
    /// <returns>A map for <see cref="Readdressed"/>.</returns>
    public static Func<IPAddress, IPAddress> Move(string from, string to)
    {
        IPNetwork old = IPNetwork.Parse(from);
        uint mask = old.PrefixLength == 0 ? 0 : uint.MaxValue << (32 - old.PrefixLength);
        uint target = BinaryPrimitives.ReadUInt32BigEndian(IPNetwork.Parse(to).BaseAddress.GetAddressBytes());
        return address =>
        {
            if (!old.Contains(address))
            {
                return address;
            }

            byte[] moved = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(moved,
                (target & mask) | (BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes()) & ~mask));
            return new IPAddress(moved);
        };
    }

    private static bool IsPlainIpv4(byte[] frame) =>
        frame.Length >= 34 && frame[12] == 8 && frame[13] == 0 && frame[HeaderAt] == 0x45 && (frame[HeaderAt + 6] & 0x3f) == 0;

    private static byte[] Rebuild(byte[] frame, byte[] header, ReadOnlySpan<byte> payload)
    {
        SetU16(header, 10, 0);
        SetU16(header, 10, Checksum.Of(header));
        return new Octets().Add(frame.AsSpan(0, HeaderAt)).Add(header).Add(payload).PadTo(Lan.LeastFrame).ToArray();
    }

    private static void Adjust(byte[] frame, int at, long before, long after)
    {
        long sum = (~BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(at)) & 0xffff) + after;
        for (long less = before; less > 0; less -= 0xffff)
        {
            // Subtraction in ones' complement is adding the complement, word by word of the old sum.
            sum += ~Math.Min(less, 0xffff) & 0xffff;
        }

        while (sum >> 16 != 0)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        SetU16(frame, at, (int)(~sum & 0xffff));
    }

    private static void SetU16(byte[] octets, int at, int value) =>
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(at), (ushort)value);
}
