using System;
using Appliance.Sensor.Frames;

namespace Appliance.Playback;

/// <summary>
/// Estimates what is lost before the box: on sixteen TCP connections it looks for octets that were acknowledged and never seen,
/// and counts them as segments of the mean length of those seen; and whether both sides of a connection come. The same as the
/// hook's core/LossSample.h, which says why.
/// </summary>
internal sealed class LossSample
{
    private const int Flows = 16;
    private const int Free = 256;
    private const uint LargestGap = 1u << 20;
    private const uint ManyOctets = 1u << 28;
    private const int UnitShift = 20;
    private const uint Idle = 30;
    private const uint IdleAtFirst = 5;
    private const uint UsualSegment = 1460;
    private const int Fin = Tcp.Fin;
    private const int Syn = Tcp.Syn;
    private const int Rst = Tcp.Rst;
    private const int Ack = Tcp.Ack;

    private readonly Flow[] _flows = new Flow[Flows];
    private uint _now;
    private uint _octets;
    private uint _seenBefore;
    private uint _missing;

    /// <summary>Makes an empty sample.</summary>
    public LossSample()
    {
        for (int i = 0; i < Flows; i++)
        {
            _flows[i] = new Flow();
        }
    }

    /// <summary>Segments of sampled connections that were seen.</summary>
    public uint Seen { get; private set; }

    /// <summary>Segments that were acknowledged and not seen.</summary>
    public uint Unseen { get; private set; }

    /// <summary>Sampled connections of which both sides came.</summary>
    public uint Wholes { get; private set; }

    /// <summary>Sampled connections that went on, of which one side only came.</summary>
    public uint Halves { get; private set; }

    /// <summary>A TCP segment.</summary>
    /// <param name="frame">Its frame.</param>
    /// <param name="at">Where its header is.</param>
    /// <param name="length">Octets that IP leaves from there.</param>
    public void See(in Unwrapped frame, int at, int length)
    {
        int tag = TagOf(frame, at);
        Flow flow = _flows[tag % Flows];
        if (flow.Tag != tag)
        {
            return;
        }

        int back = frame.Number(at) == flow.Port ? 0 : 1;
        Side own = flow.Sides[back];
        Side other = flow.Sides[1 - back];
        int data = length - (frame.Nibble(at + Tcp.DataOffset) << 2);
        if (data >= 0 && (frame.Octet(at + Tcp.Flags) & (Fin | Syn | Rst | Ack)) == Ack)
        {
            if (data == 0)
            {
                if (other.IsPlain && unchecked(other.Next - Read32(frame, at + 8)) < LargestGap)
                {
                    return;
                }
            }
            else if (Read32(frame, at + 4) == own.Next)
            {
                own.Next = unchecked(own.Next + (uint)data);
                Count((uint)data);
                flow.Last = _now;
                if (other.IsPlain)
                {
                    return;
                }
            }
        }

        SeeOdd(frame, at, data, flow);
    }

    /// <summary>A segment that gets a slot: its connection may become one of the sampled, when its place is free.</summary>
    public void Consider(in Unwrapped frame, int at, int length, long now)
    {
        _now = (uint)(now >> UnitShift);
        int flags = frame.Octet(at + Tcp.Flags);
        int tag = TagOf(frame, at);
        Flow flow = _flows[tag % Flows];
        int data = length - (frame.Nibble(at + Tcp.DataOffset) << 2);
        if ((flags & (Ack | Rst)) != Ack || data < 0 || frame.Number(at) == frame.Number(at + 2)
            || (flow.Tag != Free && unchecked(_now - flow.Last) < Idle))
        {
            return;
        }

        Judge(flow);
        flow.Tag = tag;
        flow.Port = frame.Number(at);
        flow.Ports = Read32(frame, at);
        flow.Hosts = HostsOf(frame, at);
        flow.Last = unchecked(_now - Idle + IdleAtFirst);
        flow.Sides[0].Begin(unchecked(Read32(frame, at + 4) + (uint)data + ((flags & (Syn | Fin)) != 0 ? 1u : 0)));
        flow.Sides[1].Begin(Read32(frame, at + 8));
        flow.Start = unchecked(flow.Sides[0].Next + flow.Sides[1].Next);
        (flow.Sides[0].IsOtherUnseen, flow.Sides[1].IsOtherUnseen, flow.IsJudged) = (true, false, false);
    }

    /// <summary>Forgets old lengths slowly; called now and then.</summary>
    public void Age()
    {
        if (_octets >= ManyOctets)
        {
            _octets >>= 1;
            _seenBefore += (Seen - _seenBefore) >> 1;
        }
    }

    private static int TagOf(in Unwrapped frame, int at) => frame.Octet(at + 1) ^ frame.Octet(at + 3);

    private static uint Read32(in Unwrapped frame, int at) => ((uint)frame.Number(at) << 16) | (uint)frame.Number(at + 2);

    private static int HostsOf(in Unwrapped frame, int at) =>
        frame.Octet(at - 1) ^ frame.Octet(frame.Octet(Ethernet.Type) == Ethernet.TypeIpv6 >> 8 ? at - 17 : at - 5);

    private static uint Turned(uint ports) => (ports >> 16) | (ports << 16);

    private static bool IsBehind(uint one, uint other) => unchecked((int)(one - other)) < 0;

    private void Count(uint octets)
    {
        _octets += octets;
        Seen++;
    }

    private void SeeOdd(in Unwrapped frame, int at, int data, Flow flow)
    {
        uint ports = Read32(frame, at);
        bool isBack = ports != flow.Ports;
        if ((isBack && Turned(ports) != flow.Ports) || data < 0 || HostsOf(frame, at) != flow.Hosts)
        {
            return;
        }

        Side own = flow.Sides[isBack ? 1 : 0];
        Side other = flow.Sides[isBack ? 0 : 1];
        if (other.IsOtherUnseen)
        {
            other.IsOtherUnseen = false;
            flow.IsJudged = false;
            Wholes++;
        }

        int flags = frame.Octet(at + Tcp.Flags);
        if ((flags & (Syn | Rst | Ack)) != Ack)
        {
            Judge(flow);
            flow.Tag = Free;
            return;
        }

        flow.Last = flow.IsJudged ? flow.Last : _now;
        uint sequence = Read32(frame, at + 4);
        uint end = unchecked(sequence + (uint)data);
        if (data != 0 && end != own.Next)
        {
            Follow(own, sequence, (uint)data);
        }
        else if (data != 0 && ((own.First.Octets != 0 && own.First.End == end) || (own.Second.Octets != 0 && own.Second.End == end)))
        {
            Fill(own, sequence, (uint)data);
        }

        Acknowledge(other, Read32(frame, at + 8), !own.IsOtherUnseen);
        if ((flags & Fin) != 0)
        {
            Judge(flow);
            own.Next = unchecked(own.Next + (end == own.Next ? 1u : 0));
            flow.Last = unchecked(_now - Idle + IdleAtFirst);
        }
    }

    private void Follow(Side side, uint sequence, uint octets)
    {
        uint ahead = unchecked(sequence - side.Next);
        uint end = unchecked(sequence + octets);
        if (ahead < LargestGap)
        {
            if (ahead != 0)
            {
                side.PassOver(ahead, sequence);
            }

            side.Next = end;
            Count(octets);
        }
        else if (unchecked(0 - ahead) >= LargestGap)
        {
            side.Begin(end);
        }
        else if (unchecked((int)(end - side.Next)) > 0)
        {
            side.Next = end;
            Count(octets);
        }
        else
        {
            Fill(side, sequence, octets);
        }
    }

    private void Fill(Side side, uint sequence, uint octets)
    {
        Gap gap = IsBehind(sequence, side.First.End) ? side.First : side.Second;
        if (gap.Octets != 0)
        {
            gap.Octets -= Math.Min(gap.Octets, octets);
            Count(octets);
            side.Settle();
        }
    }

    private void Acknowledge(Side side, uint number, bool isSeen)
    {
        if (side.First.Octets != 0 && IsBehind(side.Acknowledged, number))
        {
            while (side.First.Octets != 0 && !IsBehind(side.Acknowledged, side.First.End))
            {
                Miss(side.First.Octets);
                side.First.Octets = 0;
                side.Settle();
            }

            side.Acknowledged = number;
        }

        uint ahead = unchecked(number - side.Next);
        if (ahead != 0 && ahead < LargestGap)
        {
            if (isSeen)
            {
                side.PassOver(ahead, number);
            }

            side.Next = number;
            side.Acknowledged = number;
        }
    }

    private void Judge(Flow flow)
    {
        if (!flow.IsJudged && flow.Tag != Free && flow.Sides[0].IsOtherUnseen && unchecked(flow.Sides[0].Next + flow.Sides[1].Next) != flow.Start)
        {
            flow.IsJudged = true;
            Halves++;
        }
    }

    private void Miss(uint octets)
    {
        uint seen = unchecked(Seen - _seenBefore);
        uint mean = _octets < seen || seen == 0 ? UsualSegment : _octets / seen;
        _missing += octets;
        uint segments = _missing / mean;
        _missing -= segments * mean;
        Unseen += segments;
    }

    private sealed class Gap
    {
        public uint Octets;
        public uint End;
    }

    private sealed class Side
    {
        public readonly Gap First = new();
        public readonly Gap Second = new();
        public uint Next;
        public uint Acknowledged;
        public bool IsOtherUnseen;

        public bool IsPlain => First.Octets == 0 && !IsOtherUnseen;

        public void Begin(uint next)
        {
            Next = next;
            Acknowledged = next;
            (First.Octets, First.End, Second.Octets, Second.End) = (0, 0, 0, 0);
        }

        public void PassOver(uint octets, uint end)
        {
            if (First.Octets == 0)
            {
                Acknowledged = unchecked(end - octets);
            }

            Gap gap = First.Octets == 0 ? First : Second;
            gap.Octets += octets;
            gap.End = end;
        }

        public void Settle()
        {
            if (First.Octets == 0)
            {
                (First.Octets, First.End, Second.Octets, Second.End) = (Second.Octets, Second.End, 0, 0);
            }
        }
    }

    private sealed class Flow
    {
        public readonly Side[] Sides = [new Side(), new Side()];
        public int Tag = Free;
        public int Port;
        public uint Ports;
        public int Hosts;
        public uint Last;
        public uint Start;
        public bool IsJudged;
    }
}
