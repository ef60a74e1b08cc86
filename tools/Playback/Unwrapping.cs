using System;
using Appliance.Sensor;
using Appliance.Sensor.Frames;

namespace Appliance.Playback;

/// <summary>What else a wrapping said.</summary>
public struct UnwrapFinding
{
    /// <summary>The ERSPAN header says that the mirror cut the frame.</summary>
    public bool IsTruncated;

    /// <summary>The frame is one of those that had not come before.</summary>
    public bool IsLate;

    /// <summary>Frames that the mirror numbered and that did not come before this one.</summary>
    public uint Gap;

    /// <summary>The EtherType of a frame to one host, or of its wrapping, that can't be read; 0 when it can; 0x001b is Marvell's
    /// DSA tag.</summary>
    public int Unreadable;
}

/// <summary>
/// Takes off what a switch put around the frames that it mirrors, so that the mask and the sensor see the frame itself: shims
/// between its addresses and its type, then one tunnel, then the shims of the frame in the tunnel. The same, octet by octet, as
/// the hook's core/Unwrapping.cpp.
/// </summary>
public sealed class Unwrapping
{
    /// <summary>The most octets that may stand before the inner frame's first ones and still be taken off: a capture that keeps
    /// less than these and a slot loses octets of inner frames.</summary>
    public const int MostOctets = 192;

    private const int TypeAt = Ethernet.Type;
    private const int TypeOldTag = 0x9200;
    private const int TypeVnTag = 0x8926;
    private const int TypeETag = 0x893f;
    private const int TypeCmd = 0x8909;
    private const int TypeDsa = 0x001b;
    private const int MostTags = 2;
    private const int MostShims = 8;
    private const int MostCmdWords = 4;

    private readonly MirrorSessions _sessions = new();

    // A frame whose addresses were moved in front of its packet; the port's own octets stay as they are.
    private readonly byte[] _moved = new byte[SlotBatch.SlotLength];

    /// <summary>Unwraps a frame. One whose headers are malformed stays as it is.</summary>
    /// <param name="frame">Comes as the port handed it over. Afterwards its octets may be this object's, until the next
    /// call.</param>
    public UnwrapFinding Unwrap(ref Unwrapped frame)
    {
        UnwrapFinding finding = default;
        if (!PassShims(frame, out Layer outer))
        {
            return finding;
        }

        if (!Tunnels.FindInner(frame, outer, ref finding, _sessions, out Layer inner))
        {
            finding.Unreadable = (frame.Octet(0) & 1) != 0 ? 0 : finding.Unreadable != 0 ? finding.Unreadable : Unreadable(frame, outer);
            if (outer.Wrapping != Wrapping.None)
            {
                MoveHeader(ref frame, outer);
            }

            return finding;
        }

        if (inner.Type != 0)
        {
            MoveHeader(ref frame, inner);
        }
        else
        {
            Shift(ref frame, inner.At, inner.End);
            if (PassShims(frame, out Layer shims) && shims.Wrapping != Wrapping.None)
            {
                MoveHeader(ref frame, shims);
            }

            frame.Wrapping = inner.Wrapping;
        }

        frame.Wire = inner.IsCut ? WireOf(frame) : frame.Wire;
        return finding;
    }

    private static int LengthOfShim(in Unwrapped frame, int at) => frame.Number(at) switch
    {
        Ethernet.TypeVlan or Ethernet.TypeServiceVlan or Ethernet.TypeOldQinQ or TypeOldTag => Ethernet.TagLength,
        TypeVnTag => 6,
        TypeETag => 8,
        TypeCmd => frame.Octet(at + 2) == 1 && frame.Octet(at + 3) is >= 1 and <= MostCmdWords ? 4 + (4 * frame.Octet(at + 3)) : 0,
        _ => 0,
    };

    private static Wrapping WrappingOf(int type) => type switch
    {
        TypeVnTag => Wrapping.VnTag,
        TypeETag => Wrapping.ETag,
        TypeCmd => Wrapping.Cmd,
        _ => Wrapping.Tags,
    };

    private static bool PassShims(in Unwrapped frame, out Layer layer)
    {
        layer = new Layer { At = TypeAt, End = frame.Wire };
        for (int shims = 0; shims <= MostShims; shims++)
        {
            if (layer.At + 4 > frame.Captured)
            {
                return false;
            }

            int length = LengthOfShim(frame, layer.At);
            int type = frame.Number(layer.At);
            if (length == 0)
            {
                layer.Type = type;
                layer.At += 2;
                return true;
            }

            Wrapping wrapping = WrappingOf(type);
            if (wrapping != Wrapping.Tags)
            {
                layer.Wrapping = wrapping;
            }
            else if (layer.Wrapping == Wrapping.None && (shims >= MostTags || type == TypeOldTag))
            {
                layer.Wrapping = Wrapping.Tags;
            }

            layer.At += length;
        }

        return false;
    }

    private static void Shift(ref Unwrapped frame, int by, int end)
    {
        frame.At += by;
        frame.Wire = end - by;
        frame.Captured = Math.Min(frame.Captured - by, frame.Wire);
    }

    private void MoveHeader(ref Unwrapped frame, in Layer layer)
    {
        byte[] octets = frame.Octets;
        int at = frame.At;
        Shift(ref frame, layer.At - Ethernet.HeaderLength, layer.End);
        frame.Captured = Math.Min(frame.Captured, _moved.Length);
        Array.Copy(octets, at, _moved, 0, TypeAt);
        _moved[TypeAt] = (byte)(layer.Type >> 8);
        _moved[TypeAt + 1] = (byte)layer.Type;
        int payload = Math.Max(frame.Captured - Ethernet.HeaderLength, 0);
        Array.Copy(octets, at + layer.At, _moved, Ethernet.HeaderLength, payload);
        frame.Octets = _moved;
        frame.At = 0;
        frame.Wrapping = layer.Wrapping;
    }

    private static int WireOf(in Unwrapped frame)
    {
        if (!PassShims(frame, out Layer layer) || layer.At + 6 > frame.Captured)
        {
            return frame.Wire;
        }

        int length = layer.Type switch
        {
            Ethernet.TypeIpv4 => frame.Number(layer.At + Ipv4.TotalLength),
            Ethernet.TypeIpv6 => Ipv6.HeaderLength + frame.Number(layer.At + Ipv6.PayloadLength),
            _ => 0,
        };
        return Math.Max(layer.At + length, frame.Wire);
    }

    private static bool IsRead(int type) => type is < 0x0600 or Ethernet.TypeIpv4 or Ethernet.TypeIpv6 or Ethernet.TypeArp
        or 0x0600 or 0x0bad or (>= 0x6000 and <= 0x6009) or 0x8035 or 0x80d5 or 0x809b or 0x80f3 or 0x8137 or 0x8138 or 0x8863 or 0x8864;

    private static int Unreadable(in Unwrapped frame, in Layer layer)
    {
        int type = layer.Type;
        if (type is Ethernet.TypeIpv4 or Ethernet.TypeIpv6 or Ethernet.TypeArp)
        {
            return 0;
        }

        if (layer.At + 6 <= frame.Captured)
        {
            int behind = layer.At + 4;
            int next = frame.Number(behind - 2);
            if ((next == Ethernet.TypeIpv4 && frame.IsIpv4(behind)) || (next == Ethernet.TypeIpv6 && frame.Nibble(behind) == 6)
                || (next == Ethernet.TypeArp && frame.Number(behind) == 1))
            {
                return TypeDsa;
            }
        }

        return IsRead(type) ? 0 : type;
    }
}
