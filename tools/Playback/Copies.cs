using System;
using Appliance.Sensor;
using Appliance.Sensor.Frames;

namespace Appliance.Playback;

/// <summary>
/// Notices copies of a frame: the same packet, time to live and what depends on it aside, within two milliseconds; addresses and
/// tags of its frame don't matter. The same as the hook's core/Copies.h, which says why.
/// </summary>
internal sealed class Copies
{
    private const int Places = 32;
    private const int None = Places;
    private const uint Window = 2000;
    private const int MostTags = 2;
    private const int Least = Ethernet.HeaderLength + (MostTags * Ethernet.TagLength) + 34;
    private const int ArpPacket = 28;

    private readonly Remembered?[] _slots = new Remembered?[Places + 1];
    private int _place;

    /// <summary>Whether a slot of the last two milliseconds has this frame.</summary>
    public bool IsCopy(in Unwrapped frame, long now)
    {
        _place = PlaceOf(frame);
        Remembered? slot = _slots[_place];
        return slot is not null && unchecked((uint)now - (uint)slot.Stamp) <= Window && IsSame(slot, frame);
    }

    /// <summary>The frame that was asked for last got a slot.</summary>
    public void Remember(in Unwrapped frame, long now)
    {
        if (_place == None)
        {
            return;
        }

        Remembered slot = _slots[_place] ??= new Remembered();
        slot.Stamp = now;
        slot.Captured = Math.Min(frame.Captured, SlotBatch.SlotLength);
        slot.Wire = Math.Min(frame.Wire, SlotBatch.WireLengthMask);
        Array.Copy(frame.Octets, frame.At, slot.Octets, 0, slot.Captured);
    }

    private static int PlaceOf(in Unwrapped frame)
    {
        if (frame.Captured < Least)
        {
            return None;
        }

        int packet = NetworkOf(frame.Octets, frame.At);
        int low = frame.Nibble(packet) == 6 ? 33 : 27;
        return (frame.Octet(packet + 5) ^ frame.Octet(packet + 19) ^ frame.Octet(packet + low)) % Places;
    }

    // Where the packet begins, counted from the frame's first octet: behind at most two tags.
    private static int NetworkOf(byte[] octets, int at)
    {
        int network = Ethernet.HeaderLength;
        int type = TypeAt(octets, at, network);
        for (int tags = 0; tags < MostTags && type is (Ethernet.TypeVlan or Ethernet.TypeServiceVlan or Ethernet.TypeOldQinQ); tags++)
        {
            network += Ethernet.TagLength;
            type = TypeAt(octets, at, network);
        }

        return network;
    }

    private static int TypeAt(byte[] octets, int at, int network) => (octets[at + network - 2] << 8) | octets[at + network - 1];

    private static bool IsSame(Remembered slot, in Unwrapped frame)
    {
        int slotAt = NetworkOf(slot.Octets, 0);
        int at = NetworkOf(frame.Octets, frame.At);
        int type = TypeAt(frame.Octets, frame.At, at);
        if (TypeAt(slot.Octets, 0, slotAt) != type)
        {
            return false;
        }

        int left = Math.Min(frame.Wire, SlotBatch.WireLengthMask) - at;
        int length = type switch
        {
            Ethernet.TypeIpv4 => frame.Number(at + Ipv4.TotalLength),
            Ethernet.TypeIpv6 => Ipv6.HeaderLength + frame.Number(at + Ipv6.PayloadLength),
            Ethernet.TypeArp => ArpPacket,
            _ => left,
        };
        int count = Math.Min(length, Math.Min(Math.Min(frame.Captured, SlotBatch.SlotLength) - at, slot.Captured - slotAt));
        if (length == left && slot.Wire - slotAt != left)
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            bool isAside = (type == Ethernet.TypeIpv4 && i is (Ipv4.TimeToLive or 10 or 11)) || (type == Ethernet.TypeIpv6 && i == Ipv6.HopLimit);
            if (slot.Octets[slotAt + i] != frame.Octet(at + i) && !isAside)
            {
                return false;
            }
        }

        return true;
    }

    private sealed class Remembered
    {
        public readonly byte[] Octets = new byte[SlotBatch.SlotLength];
        public long Stamp;
        public int Captured;
        public int Wire;
    }
}
