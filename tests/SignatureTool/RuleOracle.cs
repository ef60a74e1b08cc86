using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Rules;

namespace Appliance.SignatureTool.Tests;

/// <summary>Rules evaluated one by one on a frame as the words of the specification say, without tables, hashes and
/// shortcuts.</summary>
internal static class RuleOracle
{
    public static bool Matches(Rule rule, Frame frame)
    {
        bool transport = frame.Problem == 0 && frame.HasPorts;
        bool protocol = rule.Protocol switch
        {
            RuleProtocol.Tcp => frame.Protocol == 6 && transport,
            RuleProtocol.Udp => frame.Protocol == 17 && transport,
            RuleProtocol.Icmp => frame.IcmpType >= 0,
            _ => frame.IpVersion != 0,
        };
        return protocol && (Header(rule, frame, false) || (rule.BothWays && Header(rule, frame, true)))
            && rule.Conditions.All(c => Holds(c, frame));
    }

    private static bool Header(Rule rule, Frame frame, bool backwards)
    {
        (AddressRange source, AddressRange destination) = (AddressOf(frame, true), AddressOf(frame, false));
        (int sourcePort, int destinationPort) = (frame.SourcePort, frame.DestinationPort);
        if (backwards)
        {
            (source, destination) = (destination, source);
            (sourcePort, destinationPort) = (destinationPort, sourcePort);
        }

        return Contains(rule.Source, source) && Contains(rule.Destination, destination)
            && Contains(rule.SourcePorts, sourcePort) && Contains(rule.DestinationPorts, destinationPort);
    }

    private static bool Contains(AddressList list, AddressRange address)
    {
        bool within = list.Any || (list.In.Count == 0 && (list.Out.Count > 0 || list.IsNegated)) || list.In.Any(r => r.Contains(address));
        return within && !list.Out.Any(r => r.Contains(address));
    }

    private static bool Contains(PortSet ports, int port)
    {
        return ports.Ranges is null || ports.Ranges.Any(r => port >= r.Low && port <= r.High);
    }

    private static AddressRange AddressOf(Frame frame, bool source)
    {
        int at = source ? frame.SourceAt : frame.DestinationAt;
        UInt128 number = 0;
        foreach (byte octet in frame.Bytes.AsSpan(at, frame.IpVersion == 4 ? 4 : 16))
        {
            number = (number << 8) | octet;
        }

        return new AddressRange(frame.IpVersion, number, number);
    }

    private static bool Holds(RuleCondition condition, Frame frame)
    {
        bool isTcp = frame.Protocol == 6 && frame.HasPorts;
        switch (condition)
        {
            case FlagsCondition c:
                return isTcp && Bits(c.Mode, c.Test, frame.TcpFlags & ~c.Ignore);
            case FragmentCondition c:
                return Bits(c.Mode, c.Bits, frame.FragmentBits);
            case ProtocolCondition c:
                return c.Comparison switch
                {
                    Condition.Equal => frame.Protocol == c.Number,
                    Condition.NotEqual => frame.Protocol != c.Number,
                    Condition.Greater => frame.Protocol > c.Number,
                    _ => frame.Protocol < c.Number,
                };
            case RangeCondition c:
                long? value = c.Field switch
                {
                    Condition.PayloadSize => frame.PayloadLength,
                    Condition.TimeToLive => frame.TimeToLive,
                    Condition.Identification => frame.Identification,
                    Condition.Sequence => isTcp ? (uint)frame.Sequence : null,
                    Condition.Acknowledgment => isTcp ? (uint)frame.Acknowledgment : null,
                    Condition.Window => isTcp ? (frame.Bytes[frame.TransportAt + 14] << 8) | frame.Bytes[frame.TransportAt + 15] : null,
                    Condition.IcmpType => frame.IcmpType < 0 ? null : frame.IcmpType,
                    _ => frame.IcmpType < 0 ? null : frame.IcmpCode,
                };
                return value is { } v && (v >= c.Low && v <= c.High) != c.Outside;
            case ContentCondition c:
                int length = Math.Min(frame.PayloadLength, frame.CapturedEnd - frame.PayloadAt);
                byte[] payload = frame.Bytes[frame.PayloadAt..(frame.PayloadAt + Math.Max(0, length))];
                IEnumerable<byte> searched = payload.Skip(c.Offset).Take(c.Depth ?? payload.Length);
                string text = Convert.ToHexString([.. c.NoCase ? searched.Select(Upper) : searched]);
                int found = -2;
                do
                {
                    found = text.IndexOf(c.Text, found + 2, StringComparison.Ordinal);
                }
                while (found % 2 == 1);
                return found >= 0 != c.Absent;
            default:
                throw new ArgumentException("unexpected condition", nameof(condition));
        }
    }

    private static byte Upper(byte octet)
    {
        return octet is >= (byte)'a' and <= (byte)'z' ? (byte)(octet - 32) : octet;
    }

    private static bool Bits(int mode, int test, int bits)
    {
        return mode switch
        {
            Condition.Exactly => bits == test,
            Condition.All => (bits & test) == test,
            Condition.Any => (bits & test) != 0,
            _ => (bits & test) == 0,
        };
    }
}
