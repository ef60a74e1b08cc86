using System;
using System.Linq;

namespace Appliance.Traffic;

/// <summary>Frames in what switches put around them: tags, shims and tunnels.</summary>
public static class Wrap
{
    private static readonly Ip Outer = new("192.0.2.1", "192.0.2.9");

    /// <summary>Cisco VN-Tag (0x8926).</summary>
    public static byte[] VnTag(byte[] frame) => Shim(frame, 0x89, 0x26, 0x80, 0x03, 0x00, 0x05);

    /// <summary>IEEE 802.1BR E-tag (0x893f).</summary>
    public static byte[] ETag(byte[] frame) => Shim(frame, 0x89, 0x3f, 0x20, 0x01, 0x00, 0x07, 0x00, 0x00);

    /// <summary>Cisco CMD (0x8909) with a security group tag.</summary>
    public static byte[] Cmd(byte[] frame) => Shim(frame, 0x89, 0x09, 1, 1, 0, 1, 0, 17);

    /// <summary>A Marvell DSA tag, which has no type.</summary>
    public static byte[] Dsa(byte[] frame) => Shim(frame, 0xc0, 0x18, 0x00, 0x01);

    /// <summary>PPP over Ethernet around a frame's packet, IPv4 or IPv6.</summary>
    public static byte[] Pppoe(byte[] frame)
    {
        int protocol = frame[12] == 0x08 ? 0x0021 : 0x0057;
        return new Octets().Add(frame.AsSpan(0, 12)).U16(0x8864).U8(0x11).U8(0).U16(7).U16(frame.Length - 14 + 2).U16(protocol)
            .Add(frame.AsSpan(14)).ToArray();
    }

    /// <summary>MPLS with so many labels around a frame's packet.</summary>
    public static byte[] Mpls(byte[] frame, int labels = 1) =>
        new Octets().Add(frame.AsSpan(0, 12)).U16(0x8847).Add(Labels(labels)).Add(frame.AsSpan(14)).ToArray();

    /// <summary>MPLS around a whole frame.</summary>
    public static byte[] MplsEthernet(byte[] frame, bool hasControlWord, int labels = 2) =>
        new Octets().Add([2, 0, 0, 0, 0, 9, 2, 0, 0, 0, 0, 8]).U16(0x8847).Add(Labels(labels)).Add(new byte[hasControlWord ? 4 : 0])
            .Add(frame).ToArray();

    /// <summary>GRE with an Ethernet frame.</summary>
    public static byte[] Gre(byte[] frame, bool hasKey = false) => hasKey
        ? InGre(0x2000, 0x6558, new Octets().U32(99).Add(frame).ToArray())
        : InGre(0, 0x6558, frame);

    /// <summary>ERSPAN of type I.</summary>
    public static byte[] Erspan1(byte[] frame) => InGre(0, 0x88be, frame);

    /// <summary>ERSPAN of type II.</summary>
    public static byte[] Erspan2(byte[] frame, uint sequence, int session = 5, bool isTruncated = false) => InGre(0x1000, 0x88be,
        new Octets().U32(sequence).U16(0x1000 | 12).U16((isTruncated ? 0x0400 : 0) | session).U32(3).Add(frame).ToArray());

    /// <summary>ERSPAN of type III.</summary>
    public static byte[] Erspan3(byte[] frame, uint sequence, int session = 6, bool isTruncated = false, bool hasPlatform = false,
        bool isPacket = false) => InGre(0x1000, 0x22eb, new Octets().U32(sequence).U16(0x2000 | 12)
            .U16((isTruncated ? 0x0400 : 0) | session).U32(123456).U16(0).U8(isPacket ? 2 << 2 : 0).U8(hasPlatform ? 1 : 0)
            .Add(new byte[hasPlatform ? 8 : 0]).Add(frame.AsSpan(isPacket ? 14 : 0)).ToArray());

    /// <summary>VXLAN.</summary>
    public static byte[] Vxlan(byte[] frame, int port = 4789) =>
        Outer.Udp(50000, port, new Octets().U8(8).U8(0).U16(0).U32(77 << 8).Add(frame).ToArray(), withChecksum: false);

    /// <summary>VXLAN's generic extension with a frame's packet.</summary>
    public static byte[] VxlanGeneric(byte[] frame) =>
        Outer.Udp(50000, 4790, new Octets().U8(0x0c).U8(0).U8(0).U8(1).U32(77 << 8).Add(frame.AsSpan(14)).ToArray());

    /// <summary>GENEVE with so many words of options.</summary>
    public static byte[] Geneve(byte[] frame, int words = 0) =>
        Outer.Udp(50000, 6081, new Octets().U8(words).U8(0).U16(0x6558).U32(77 << 8).Add(new byte[4 * words]).Add(frame).ToArray());

    /// <summary>TZSP, with a field and padding where it has some.</summary>
    public static byte[] Tzsp(byte[] frame, bool hasFields = false) => Outer.Udp(50000, 37008, new Octets().U8(1).U8(0).U16(1)
        .Add(hasFields ? new byte[] { 10, 1, 0xc4, 0, 41, 2, 5, 0xdc } : []).U8(1).Add(frame).ToArray());

    /// <summary>A tunnel's frame over IPv6 instead of IPv4: the same payload, in another outer packet.</summary>
    public static byte[] OverIpv6(byte[] wrapped) => new Ip("2001:db8::1", "2001:db8::9").Datagram(wrapped[23], wrapped[34..]);

    private static byte[] Shim(byte[] frame, params byte[] shim) => [.. frame[..12], .. shim, .. frame[12..]];

    private static byte[] Labels(int count) =>
        [.. Enumerable.Range(1, count).SelectMany(label => new byte[] { 0, (byte)label, (byte)(label == count ? 1 : 0), 64 })];

    private static byte[] InGre(int flags, int protocol, byte[] behind) =>
        Outer.Datagram(47, new Octets().U16(flags).U16(protocol).Add(behind).ToArray());
}
