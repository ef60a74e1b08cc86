using System;
using System.Buffers.Binary;

namespace Appliance.Playback.Captures;

/// <summary>The Ethernet header of a frame, as far as the tools look at frames by themselves.</summary>
public static class LinkHeader
{
    private const int FirstType = 12;
    private const int TagLength = 4;

    /// <summary>Where the EtherType behind all VLAN tags stands; -1 where the frame ends before it.</summary>
    /// <param name="frame">The frame's octets, from the destination address on.</param>
    public static int TypeAt(ReadOnlySpan<byte> frame)
    {
        int at = FirstType;
        while (at + TagLength + 2 <= frame.Length && BinaryPrimitives.ReadUInt16BigEndian(frame[at..]) is 0x8100 or 0x88a8 or 0x9100 or 0x9200)
        {
            at += TagLength;
        }

        return at + 2 <= frame.Length ? at : -1;
    }
}
