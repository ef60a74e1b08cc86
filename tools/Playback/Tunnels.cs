using Appliance.Sensor.Frames;

namespace Appliance.Playback;

/// <summary>What a tunnel carries; the same, check by check, as the hook's core/Tunnels.cpp.</summary>
internal static class Tunnels
{
    private const int TypePppoe = 0x8864;
    private const int TypeMpls = 0x8847;
    private const int TypeMplsMulticast = 0x8848;
    private const int GreEthernet = 0x6558;
    private const int GreErspan2 = 0x88be;
    private const int GreErspan3 = 0x22eb;
    private const int ProtocolGre = 47;
    private const int PortVxlan = 4789;
    private const int PortOldVxlan = 8472;
    private const int PortVxlanGpe = 4790;
    private const int PortGeneve = 6081;
    private const int PortTzsp = 37008;
    private const int MostLabels = 8;
    private const int MostPadding = 46;

    /// <summary>Finds the frame or packet that a tunnel carries.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="outer">The packet in it.</param>
    /// <param name="finding">Gets what the wrapping says.</param>
    /// <param name="sessions">The mirrors that number their frames.</param>
    /// <param name="inner">Gets where it is.</param>
    /// <returns>Whether there is one.</returns>
    public static bool FindInner(in Unwrapped frame, in Layer outer, ref UnwrapFinding finding, MirrorSessions sessions, out Layer inner)
    {
        inner = default;
        bool isFound = false;
        switch (outer.Type)
        {
            case Ethernet.TypeIpv4:
            case Ethernet.TypeIpv6:
                isFound = FindInIp(frame, outer, ref inner, ref finding, sessions);
                break;
            case TypeMpls:
            case TypeMplsMulticast:
                isFound = FindInMpls(frame, outer, ref inner);
                finding.Unreadable = isFound ? 0 : outer.Type;
                break;
            case TypePppoe:
                isFound = FindInPppoe(frame, outer, ref inner);
                break;
        }

        int least = inner.Type == 0 ? Ethernet.HeaderLength : 1;
        return isFound && inner.At + least <= inner.End && frame.Has(inner.At, least);
    }

    private static bool IsChecksumRight(in Unwrapped frame, int at, int length)
    {
        int sum = 0;
        for (int end = at + length; at < end; at += 2)
        {
            sum += frame.Number(at);
        }

        sum = (sum & 0xffff) + (sum >> 16);
        return (sum & 0xffff) + (sum >> 16) == 0xffff;
    }

    // How surely an Ethernet frame begins there: 2 when its type and what follows it fit each other, 1 when its length is right,
    // else 0.
    private static int LikelinessOfEthernet(in Unwrapped frame, int at, int end)
    {
        if (!frame.Has(at, Ethernet.HeaderLength + 2) || at + Ethernet.HeaderLength > end)
        {
            return 0;
        }

        int behind = at + Ethernet.HeaderLength;
        int left = end - behind;
        int type = frame.Number(behind - 2);
        return type switch
        {
            Ethernet.TypeIpv4 => frame.IsIpv4(behind) ? 2 : 0,
            Ethernet.TypeIpv6 => frame.Nibble(behind) == 6 ? 2 : 0,
            Ethernet.TypeArp => frame.Number(behind) == 1 ? 2 : 0,
            Ethernet.TypeVlan or Ethernet.TypeServiceVlan or Ethernet.TypeOldQinQ => 2,
            _ => type < Ethernet.LeastType && (type == left || (type < left && left <= MostPadding)) ? 1 : 0,
        };
    }

    private static bool FindInMpls(in Unwrapped frame, in Layer outer, ref Layer inner)
    {
        int at = outer.At;
        bool isBottom = false;
        for (int labels = 0; !isBottom; labels++, at += 4)
        {
            if (labels == MostLabels || !frame.Has(at, 4))
            {
                return false;
            }

            isBottom = (frame.Octet(at + 2) & 1) != 0;
        }

        if (!frame.Has(at, Ipv4.HeaderLength) || at + Ipv4.HeaderLength > outer.End)
        {
            return false;
        }

        int left = outer.End - at;
        int header = (frame.Octet(at) & 15) << 2;
        int total = frame.Number(at + Ipv4.TotalLength);
        if (frame.IsIpv4(at) && frame.Has(at, header) && total >= header && total <= left && IsChecksumRight(frame, at, header))
        {
            inner = new Layer { At = at, End = outer.End, Type = Ethernet.TypeIpv4, Wrapping = Wrapping.Mpls };
            return true;
        }

        if (frame.Nibble(at) == 6)
        {
            int length = Ipv6.HeaderLength + frame.Number(at + Ipv6.PayloadLength);
            if (length <= left && left - length < MostPadding)
            {
                inner = new Layer { At = at, End = outer.End, Type = Ethernet.TypeIpv6, Wrapping = Wrapping.Mpls };
                return true;
            }
        }

        int without = LikelinessOfEthernet(frame, at, outer.End);
        int with = frame.Nibble(at) == 0 ? LikelinessOfEthernet(frame, at + 4, outer.End) : 0;
        bool hasControlWord = with > without || (with == without && frame.Number(at) == 0);
        inner = new Layer { At = hasControlWord ? at + 4 : at, End = outer.End, Wrapping = Wrapping.MplsEthernet };
        return with + without != 0;
    }

    private static bool FindInPppoe(in Unwrapped frame, in Layer outer, ref Layer inner)
    {
        const int Header = 6;
        if (!frame.Has(outer.At, Header + 2))
        {
            return false;
        }

        int length = frame.Number(outer.At + 4);
        int protocol = frame.Number(outer.At + Header);
        if (frame.Octet(outer.At) != 0x11 || frame.Octet(outer.At + 1) != 0 || length < 2 || length > outer.End - outer.At - Header
            || protocol is not (0x0021 or 0x0057))
        {
            return false;
        }

        inner = new Layer
        {
            At = outer.At + Header + 2,
            End = outer.At + Header + length,
            Type = protocol == 0x0021 ? Ethernet.TypeIpv4 : Ethernet.TypeIpv6,
            Wrapping = Wrapping.Pppoe,
        };
        return true;
    }

    private static int TypeOfPacket(in Unwrapped frame, int at) => !frame.Has(at, 1) ? 0 : frame.Nibble(at) switch
    {
        4 => Ethernet.TypeIpv4,
        6 => Ethernet.TypeIpv6,
        _ => 0,
    };

    private static bool FindInErspan(in Unwrapped frame, ref Layer inner, ref UnwrapFinding finding, int version)
    {
        int header = version == 1 ? 8 : 12;
        if (!frame.Has(inner.At, header) || frame.Nibble(inner.At) != version)
        {
            return false;
        }

        int erspan = inner.At;
        finding.IsTruncated = (frame.Octet(erspan + 2) & 4) != 0;
        inner.IsCut |= finding.IsTruncated;
        inner.Wrapping = version == 1 ? Wrapping.Erspan2 : Wrapping.Erspan3;
        if (version == 2)
        {
            int kind = (frame.Octet(erspan + 10) >> 2) & 31;
            inner.At += (frame.Octet(erspan + 11) & 1) != 0 ? 8 : 0;
            inner.Type = kind == 2 ? TypeOfPacket(frame, inner.At + header) : 0;
            if (kind != 0 && inner.Type == 0)
            {
                return false;
            }
        }

        inner.At += header;
        return true;
    }

    private static bool FindInGre(in Unwrapped frame, int source, ref Layer inner, ref UnwrapFinding finding, MirrorSessions sessions)
    {
        const int HasChecksum = 0x8000;
        const int HasRouting = 0x4000;
        const int HasKey = 0x2000;
        const int HasSequence = 0x1000;
        const int Version = 7;
        if (!frame.Has(inner.At, 4))
        {
            return false;
        }

        int flags = frame.Number(inner.At);
        int protocol = frame.Number(inner.At + 2);
        if ((flags & (HasRouting | Version)) != 0)
        {
            return false;
        }

        inner.At += 4 + ((flags & HasChecksum) != 0 ? 4 : 0) + ((flags & HasKey) != 0 ? 4 : 0);
        int sequenceAt = inner.At;
        inner.At += (flags & HasSequence) != 0 ? 4 : 0;
        if (!frame.Has(sequenceAt, inner.At - sequenceAt))
        {
            return false;
        }

        if (protocol == GreEthernet)
        {
            inner.Wrapping = Wrapping.GreTap;
            return true;
        }

        if (protocol == GreErspan2 && (flags & HasSequence) == 0)
        {
            inner.Wrapping = Wrapping.Erspan1;
            return true;
        }

        if (protocol is not (GreErspan2 or GreErspan3))
        {
            return false;
        }

        int erspan = inner.At;
        if (!FindInErspan(frame, ref inner, ref finding, protocol == GreErspan2 ? 1 : 2))
        {
            finding.Unreadable = protocol;
            return false;
        }

        if ((flags & HasSequence) != 0)
        {
            uint session = (uint)frame.Number(erspan + 2) & 0x3ff;
            uint sequence = ((uint)frame.Number(sequenceAt) << 16) | (uint)frame.Number(sequenceAt + 2);
            finding.IsLate = sessions.See((session << 16) | (uint)source, sequence, out finding.Gap);
        }

        return true;
    }

    private static bool FindInTzsp(in Unwrapped frame, ref Layer inner)
    {
        const int Header = 4;
        const int MostFields = 16;
        if (!frame.Has(inner.At, Header) || frame.Octet(inner.At) != 1 || frame.Octet(inner.At + 1) > 1 || frame.Number(inner.At + 2) != 1)
        {
            return false;
        }

        inner.At += Header;
        for (int field = 0; field < MostFields && frame.Has(inner.At, 2); field++)
        {
            int tag = frame.Octet(inner.At);
            inner.At += tag > 1 ? 2 + frame.Octet(inner.At + 1) : 1;
            if (tag == 1)
            {
                inner.Wrapping = Wrapping.Tzsp;
                return true;
            }
        }

        return false;
    }

    private static bool FindInVxlan(in Unwrapped frame, ref Layer inner, bool isGeneric)
    {
        const int Header = 8;
        if (!frame.Has(inner.At, Header) || (frame.Octet(inner.At) & 8) == 0)
        {
            return false;
        }

        int flags = frame.Octet(inner.At);
        int next = frame.Octet(inner.At + 3);
        inner.At += Header;
        inner.Wrapping = Wrapping.Vxlan;
        if (isGeneric && (flags & 4) != 0)
        {
            inner.Type = next == 1 ? Ethernet.TypeIpv4 : next == 2 ? Ethernet.TypeIpv6 : 0;
            return inner.Type != 0 || next == 3;
        }

        return true;
    }

    private static bool FindInGeneve(in Unwrapped frame, ref Layer inner)
    {
        const int Header = 8;
        if (!frame.Has(inner.At, Header) || frame.Octet(inner.At) >> 6 != 0)
        {
            return false;
        }

        int protocol = frame.Number(inner.At + 2);
        inner.At += Header + (4 * (frame.Octet(inner.At) & 63));
        inner.Wrapping = Wrapping.Geneve;
        inner.Type = protocol == GreEthernet ? 0 : protocol;
        return protocol is GreEthernet or Ethernet.TypeIpv4 or Ethernet.TypeIpv6;
    }

    private static bool FindInUdp(in Unwrapped frame, ref Layer inner)
    {
        if (!frame.Has(inner.At, Udp.HeaderLength))
        {
            return false;
        }

        int port = frame.Number(inner.At + 2);
        inner.At += Udp.HeaderLength;
        return port switch
        {
            PortVxlan or PortOldVxlan or PortVxlanGpe => FindInVxlan(frame, ref inner, port == PortVxlanGpe),
            PortGeneve => FindInGeneve(frame, ref inner),
            PortTzsp => FindInTzsp(frame, ref inner),
            _ => false,
        };
    }

    private static bool FindInIp(in Unwrapped frame, in Layer outer, ref Layer inner, ref UnwrapFinding finding, MirrorSessions sessions)
    {
        bool isOld = outer.Type == Ethernet.TypeIpv4;
        int least = isOld ? Ipv4.HeaderLength : Ipv6.HeaderLength;
        int at = outer.At;
        if (!frame.Has(at, least))
        {
            return false;
        }

        int header = isOld ? (frame.Octet(at) & 15) << 2 : Ipv6.HeaderLength;
        int total = isOld ? frame.Number(at + Ipv4.TotalLength) : Ipv6.HeaderLength + frame.Number(at + Ipv6.PayloadLength);
        if (frame.Nibble(at) != (isOld ? 4 : 6) || header < least || total < header || total > outer.End - at
            || (isOld && (frame.Number(at + Ipv4.FlagsAndFragment) & 0x1fff) != 0))
        {
            return false;
        }

        inner = new Layer
        {
            At = at + header,
            End = at + total,
            IsCut = isOld && (frame.Octet(at + Ipv4.FlagsAndFragment) & 0x20) != 0,
        };
        int source = frame.Number(at + (isOld ? 14 : 22));
        return frame.Octet(at + (isOld ? Ipv4.Protocol : Ipv6.NextHeader)) switch
        {
            ProtocolGre => FindInGre(frame, source, ref inner, ref finding, sessions),
            IpProtocol.Udp => FindInUdp(frame, ref inner),
            _ => false,
        };
    }
}
