using System.Collections.Generic;

namespace Appliance.Traffic;

/// <summary>Builds a file octet by octet, in either byte order.</summary>
public sealed class OctetWriter(bool bigEndian)
{
    private readonly List<byte> _octets = [];

    public byte[] ToArray() => [.. _octets];

    public OctetWriter U8(params byte[] octets)
    {
        _octets.AddRange(octets);
        return this;
    }

    public OctetWriter U16(int value)
    {
        return bigEndian ? U8((byte)(value >> 8), (byte)value) : U8((byte)value, (byte)(value >> 8));
    }

    public OctetWriter U32(uint value)
    {
        return bigEndian
            ? U16((int)(value >> 16)).U16((int)(value & 0xffff))
            : U16((int)(value & 0xffff)).U16((int)(value >> 16));
    }

    public OctetWriter U64(ulong value)
    {
        return bigEndian ? U32((uint)(value >> 32)).U32((uint)value) : U32((uint)value).U32((uint)(value >> 32));
    }

    /// <summary>The header of a classic capture.</summary>
    public OctetWriter PcapHeader(uint magic = 0xa1b2c3d4, uint linkType = 1, int version = 2)
    {
        return U32(magic).U16(version).U16(4).U32(0).U32(0).U32(65535).U32(linkType);
    }

    /// <summary>A packet of a classic capture.</summary>
    public OctetWriter PcapPacket(uint seconds, uint fraction, byte[] frame, uint? wireLength = null)
    {
        return U32(seconds).U32(fraction).U32((uint)frame.Length).U32(wireLength ?? (uint)frame.Length).U8(frame);
    }

    /// <summary>A block of a pcapng capture, padded to four octets.</summary>
    public OctetWriter Block(uint type, byte[] body)
    {
        int padding = -body.Length & 3;
        uint length = (uint)(12 + body.Length + padding);
        return U32(type).U32(length).U8(body).U8(new byte[padding]).U32(length);
    }

    /// <summary>A section header block of unknown section length.</summary>
    public OctetWriter Section()
    {
        return Block(0x0a0d0d0a, new OctetWriter(bigEndian).U32(0x1a2b3c4d).U16(1).U16(0).U64(ulong.MaxValue).ToArray());
    }

    /// <summary>An interface description block.</summary>
    /// <param name="linkType">1 is Ethernet.</param>
    /// <param name="snapLength">0 is no limit.</param>
    /// <param name="options">Code and value of each option.</param>
    public OctetWriter Interface(int linkType = 1, uint snapLength = 0, params (int Code, byte[] Value)[] options)
    {
        var body = new OctetWriter(bigEndian).U16(linkType).U16(0).U32(snapLength);
        foreach ((int code, byte[] value) in options)
        {
            body.U16(code).U16(value.Length).U8(value).U8(new byte[-value.Length & 3]);
        }

        if (options.Length > 0)
        {
            body.U32(0);
        }

        return Block(1, body.ToArray());
    }

    /// <summary>An enhanced packet block.</summary>
    public OctetWriter Enhanced(uint from, ulong ticks, byte[] frame, uint? wireLength = null)
    {
        return Block(6, new OctetWriter(bigEndian).U32(from).U32((uint)(ticks >> 32)).U32((uint)ticks)
            .U32((uint)frame.Length).U32(wireLength ?? (uint)frame.Length).U8(frame).ToArray());
    }

    /// <summary>A simple packet block.</summary>
    public OctetWriter Simple(byte[] frame, uint? wireLength = null)
    {
        return Block(3, new OctetWriter(bigEndian).U32(wireLength ?? (uint)frame.Length).U8(frame).ToArray());
    }

    /// <summary>The packet block that the format had first.</summary>
    public OctetWriter Obsolete(int from, ulong ticks, byte[] frame)
    {
        return Block(2, new OctetWriter(bigEndian).U16(from).U16(0xffff).U32((uint)(ticks >> 32)).U32((uint)ticks)
            .U32((uint)frame.Length).U32((uint)frame.Length).U8(frame).ToArray());
    }
}
