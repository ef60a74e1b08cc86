using Appliance.Sensor.Frames;

namespace Appliance.Playback;

/// <summary>A frame within the octets that came from the port, and reads of them that never reach behind what was
/// captured.</summary>
public struct Unwrapped
{
    /// <summary>Where its octets are.</summary>
    public byte[] Octets;

    /// <summary>Where it begins there.</summary>
    public int At;

    /// <summary>Octets that are there.</summary>
    public int Captured;

    /// <summary>Octets that it had where it was mirrored: more than captured when the mirror, or the capture, cut it.</summary>
    public int Wire;

    /// <summary>What was taken off it.</summary>
    public Wrapping Wrapping;

    internal readonly bool Has(int at, int count) => at <= Captured && count <= Captured - at;

    internal readonly int Octet(int at) => Octets[At + at];

    internal readonly int Number(int at) => (Octets[At + at] << 8) | Octets[At + at + 1];

    internal readonly int Nibble(int at) => Octets[At + at] >> 4;

    // Version 4 and a header of at least 20 octets.
    internal readonly bool IsIpv4(int at) => (uint)(Octet(at) - Ipv4.PlainHeader) <= 0x4f - 0x45;
}

/// <summary>Where an inner frame, or the packet behind a type, begins and ends.</summary>
internal struct Layer
{
    public int At;

    // Octets that the wire carried, counted as At from the frame's first.
    public int End;

    // The type of a packet that has no Ethernet header of its own; 0 for a frame.
    public int Type;

    public Wrapping Wrapping;

    // The frame in it does not end where its wrapping does.
    public bool IsCut;
}
