using Appliance.Sensor.Frames;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Road;

/// <summary>The way of a frame that must be decoded: all but plain TCP and UDP, and what a signature looks into.</summary>
public sealed class DecodedFrames
{
    /// <summary>Undecodable slots by reason, a constant of <see cref="Undecodable"/>.</summary>
    public readonly int[] UndecodableByReason = new int[Undecodable.Count];

    /// <summary>Where plain and decoded frames meet again.</summary>
    public readonly Flows Flows;

    /// <summary>When a frame came, and who sends it.</summary>
    public readonly Identities Identities;

    /// <summary>The frame at hand; one at a time, so that <see cref="PlainFrames"/> fills it too.</summary>
    public readonly Probe Probe = new Probe();

    private readonly Matching _matching;
    private readonly SplitHeaders _splits;
    private readonly IcmpMessages _icmp;
    private readonly ArpMessages _arp;
    private readonly BroadcastFrames _broadcasts;
    private readonly Frame _frame = new Frame();

    /// <summary>Makes it of what it works on.</summary>
    public DecodedFrames(Matching matching, Identities identities, SplitHeaders splits, Flows flows, IcmpMessages icmp,
        ArpMessages arp, BroadcastFrames broadcasts)
    {
        _matching = matching;
        Identities = identities;
        _splits = splits;
        Flows = flows;
        _icmp = icmp;
        _arp = arp;
        _broadcasts = broadcasts;
    }

    /// <summary>Takes in a slot.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="slot">The slot's number in it.</param>
    public void Take(SlotBatch batch, int slot)
    {
        Frame frame = _frame;
        long stamp = batch.Stamps[slot];
        int length = batch.Lengths[slot];
        frame.Decode(batch.Bytes, slot * SlotBatch.SlotLength, (length >> SlotBatch.CapturedShift) & SlotBatch.CapturedMask,
            length & SlotBatch.WireLengthMask);
        bool isFragment = frame.IsFragment;
        bool isSplit = isFragment && _splits.Join(frame, (int)(stamp / 10000));
        if (frame.Problem != 0)
        {
            UndecodableByReason[frame.Problem]++;
            if (frame.IpVersion != 0)
            {
                // Rules about IP match it all the same; there is nothing in it to conclude anything from.
                _matching.OfDecoded(frame, slot, stamp);
            }

            return;
        }

        if ((length & SlotBatch.SignOfLife) == 0 && IsDull(frame))
        {
            return;
        }

        int signature = _matching.OfDecoded(frame, slot, stamp);
        Take(frame, stamp, signature >= 0 ? signature : _matching.OfOpening(frame, stamp), isSplit);
        if (isFragment)
        {
            _splits.TellOverlap(Probe);
        }
    }

    /// <summary>First fragments of split TCP headers whose partners did not come are attempts all the same.</summary>
    /// <param name="stamp">Microseconds since the tap started.</param>
    /// <param name="isEnd">The replay ends.</param>
    public void GiveUpFragments(long stamp, bool isEnd)
    {
        while (_splits.GiveUp(_frame, (int)(stamp / 10000), isEnd))
        {
            if (_frame.Problem == 0)
            {
                Take(_frame, stamp, -1, true);
            }
        }
    }

    // Data of an established connection that nobody needs, in a shape that the batch loop does not know.
    private bool IsDull(Frame frame)
    {
        return (frame.TcpFlags & (Tcp.Ack | Tcp.Syn | Tcp.Fin | Tcp.Rst)) == Tcp.Ack && frame.HasPorts && !frame.IsMulticast
            && !frame.IsFragment && !_matching.WantsSegment(frame.SourcePort, frame.DestinationPort);
    }

    private void Take(Frame frame, long stamp, int signature, bool isSplit)
    {
        Probe probe = Probe;
        Identities.SetTime(stamp, probe);
        probe.Signature = signature;
        probe.IsSplit = isSplit;
        probe.SizeAndWindow = 0;
        int version = frame.IpVersion;
        if (version == 0 && frame.ArpOperation == 0)
        {
            // Wake-on-LAN goes to one host or to all.
            if (frame.IsBroadcast || frame.EtherType == OrdinaryBroadcasts.WakeType)
            {
                _broadcasts.TakeLink(frame, probe);
            }

            return;
        }

        if (version == 6)
        {
            Identities.ReadSix(frame.Bytes, frame.SourceAt, probe);
        }
        else
        {
            Identities.Read(frame, probe);
        }

        if (version == 0)
        {
            _arp.Take(frame, probe);
            return;
        }

        probe.Protocol = frame.Protocol;
        probe.Flags = frame.TcpFlags;
        if (!frame.IsMulticast)
        {
            TakeUnicast(frame, probe);
        }
        else if (frame.IcmpType >= 0)
        {
            _icmp.TakeToAll(frame, probe);
        }
        else if (frame.IsBroadcast && version == 4)
        {
            _broadcasts.Take(frame, probe);
        }
    }

    private void TakeUnicast(Frame frame, Probe probe)
    {
        probe.Ttl = frame.TimeToLive;
        probe.Identification = frame.IpVersion == 4 ? frame.Identification : 0;
        if (frame.HasPorts)
        {
            probe.SourcePort = frame.SourcePort;
            probe.Port = frame.DestinationPort;
            probe.Sequence = frame.Sequence;
            probe.Acknowledgment = frame.Acknowledgment;
            // IPv6 has no id by which a tool could be told.
            probe.SizeAndWindow = frame.IpVersion == 4 ? frame.SizeAndWindow() : 0;
            Flows.TakeDecoded(probe);
        }
        else if (frame.IcmpType >= 0)
        {
            _icmp.Take(frame, probe);
        }
        else if (frame.FragmentOffset == 0 && frame.Protocol != IpProtocol.Tcp && frame.Protocol != IpProtocol.Udp)
        {
            _icmp.Others.Take(frame, probe);
        }
    }
}
