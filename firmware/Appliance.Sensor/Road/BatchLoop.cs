using Appliance.Sensor.Frames;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Road;

/// <summary>
/// The batch loop, the one method that is inlined by hand, its locals paid for once a batch. It does what nearly every frame
/// needs and no more: skips data that nobody needs, tells by the slot's shape what must be decoded, hears that the sender lives,
/// looks its connection up, and touches one that stands. What opens a connection, answers unasked, is named by a signature's port
/// or of any other shape goes on to <see cref="PlainFrames"/> or <see cref="DecodedFrames"/>, which meet again in
/// <see cref="Flows"/>.
/// </summary>
public sealed class BatchLoop
{
    /// <summary>Slots taken in.</summary>
    public long Frames;

    private readonly Connections _connections;
    private readonly Hosts _hosts;
    private readonly Matching _matching;
    private readonly PlainFrames _plain;
    private readonly SixFrames _six;
    private readonly DecodedFrames _decoded;
    private readonly Clockwork _clock;

    /// <summary>Makes it of what it works on.</summary>
    public BatchLoop(Connections connections, Hosts hosts, Matching matching, PlainFrames plain, SixFrames six,
        DecodedFrames decoded, Clockwork clock)
    {
        _connections = connections;
        _hosts = hosts;
        _matching = matching;
        _plain = plain;
        _six = six;
        _decoded = decoded;
        _clock = clock;
    }

    /// <summary>Takes in a batch of slots.</summary>
    /// <param name="batch">The slots; their stamps never go back.</param>
    /// <param name="table">The signatures and the site profile.</param>
    public void Process(SlotBatch batch, SignatureTable table)
    {
        // The device addresses the first four locals for less than the others.
        int[] words = batch.Words;
        int ip;
        int ports;
        int start;
        int[] lengths = batch.Lengths;
        long[] stamps = batch.Stamps;
        SignatureIndex index = table.Index;
        byte[] flagsWanted = index.FlagsWanted;
        short[] starts = index.Starts;
        int[] indexKeys = index.Keys;
        // Flags that a signature without a destination port wants are above this, and the frame is decoded.
        int mostWanted = index.MostWanted();
        bool decodesUdp = index.WantsDatagrams();
        int home = table.LargestHome;
        int homeSize = table.LargestHomeSize;
        int homeBase = table.LargestHomeBase;
        Hosts hosts = _hosts;
        int[] living = hosts.Living;
        bool isExact = hosts.IsExact;
        bool hasOtherHomes = table.HomeRanges > 1;
        Matching matching = _matching;
        PendingAttempts pending = matching.Pending;
        Flows flows = _decoded.Flows;
        Connections connections = _connections;
        int[] keys = connections.Keys;
        int[] states = connections.States;
        int first = connections.Hash.First;
        int second = connections.Hash.Second;
        int third = connections.Hash.Third;
        long nextTick = _clock.NextTick;
        int count = batch.Count;
        int end = count << SlotBatch.WordShift;
        bool mayTick = count > 0 && stamps[count - 1] >= nextTick;
        // The form of the slots that are skipped; -1 where a signature or a suspect attempt wants some. A sign of life never is.
        int dull = table.WantsSegments ? -1 : SlotBatch.ShapeSegment;
        int skipped = pending.SuspectsWaiting > 0 ? -1 : dull;
        for (start = 0; start < end; start += SlotBatch.SlotWords)
        {
            if (mayTick && stamps[start >> SlotBatch.WordShift] >= nextTick)
            {
                _clock.Tick(stamps[start >> SlotBatch.WordShift]);
                nextTick = _clock.NextTick;
            }

            if ((lengths[start >> SlotBatch.WordShift] & (SlotBatch.ShapeMask | SlotBatch.SignOfLife)) == skipped)
            {
                continue;
            }

            int length = lengths[start >> SlotBatch.WordShift];
            int shape = length & SlotBatch.ShapeMask;
            if (shape == SlotBatch.ShapeOther)
            {
                if ((ushort)words[start + SlotBatch.IpWord - 1] != Ethernet.TypeIpv6 || !_six.Take(batch, start))
                {
                    _decoded.Take(batch, start >> SlotBatch.WordShift);
                }

                skipped = pending.SuspectsWaiting > 0 ? -1 : dull;
                continue;
            }

            ip = start + ((length & SlotBatch.Tagged) == 0 ? SlotBatch.IpWord : SlotBatch.IpWord + 1);
            ports = words[ip + 5];
            int protocol = IpProtocol.Udp;
            int flags = 0;
            bool mustDecode = decodesUdp;
            int wanted = SignatureIndex.WantedByPort;
            if (shape != SlotBatch.ShapeUdp)
            {
                protocol = IpProtocol.Tcp;
                flags = (byte)(words[ip + 8] >> 16);
                wanted = flagsWanted[flags];
                mustDecode = wanted > mostWanted;
                if (shape == SlotBatch.ShapeSegment && (length & SlotBatch.SignOfLife) == 0
                    && !matching.WantsSegment((int)((uint)ports >> 16), (ushort)ports))
                {
                    continue;
                }
            }

            if (mustDecode)
            {
                _decoded.Take(batch, start >> SlotBatch.WordShift);
                skipped = pending.SuspectsWaiting > 0 ? -1 : dull;
                continue;
            }

            int source = words[ip + 3];
            int target = words[ip + 4];
            int homeIndex = source - home;
            bool fromHome = (uint)homeIndex < (uint)homeSize;
            homeIndex += homeBase;
            if (!fromHome && hasOtherHomes)
            {
                homeIndex = table.HomeIndex(source);
                fromHome = homeIndex >= 0;
            }

            if (fromHome)
            {
                homeIndex = isExact ? homeIndex : hosts.BitOf(homeIndex);
                if ((living[homeIndex >> 5] & (1 << (homeIndex & 31))) == 0)
                {
                    hosts.Hear(homeIndex);
                }
            }

            // Connections.Seek, for a frame without a probe.
            int key = ((source + ((int)((uint)ports >> 16) * second) + first) * (target + ((ushort)ports * second) + first))
                + protocol;
            key = (key ^ (key >> 15)) * third;
            key = key == 0 ? 1 : key;
            int entry = ((key >> Connections.SetShift) & Connections.SetMask) * Limits.ConnectionWays;
            if (keys[entry] != key && keys[++entry] != key && keys[++entry] != key && keys[++entry] != key)
            {
                entry = -1;
            }

            // Whether a signature names the port.
            int named = -1;
            if (wanted != 0)
            {
                int indexKey = (protocol == IpProtocol.Udp ? SignatureIndex.UdpDestination : SignatureIndex.TcpDestination)
                    | (ushort)ports;
                int bucket = (indexKey + (indexKey >> 10)) & (SignatureIndex.Buckets - 1);
                int last = starts[bucket + 1];
                for (int i = starts[bucket]; i < last; i++)
                {
                    if (indexKeys[i] == indexKey)
                    {
                        named = i;
                        break;
                    }
                }
            }

            if (entry >= 0)
            {
                int state = states[entry];
                int now = (int)(stamps[start >> SlotBatch.WordShift] / 10000);
                bool fromOpener = (source == target ? (int)((uint)ports >> 16) < (ushort)ports : source < target)
                    == ((state & Connections.OpenedBySmaller) != 0);
                if (protocol == IpProtocol.Udp)
                {
                    bool isYoung = (((now >> Connections.StampShift) - (state >> Connections.StateBits)) & Connections.StampMask)
                        < Limits.ConnectTimeout >> Connections.StampShift;
                    if (named < 0 && isYoung && (state & Connections.Accepted) != 0)
                    {
                        states[entry] = ((now >> Connections.StampShift) << Connections.StateBits)
                            | (state & Connections.StateMask);
                        continue;
                    }

                    if (named < 0 && isYoung && !fromOpener && (state & Connections.Judged) == 0)
                    {
                        // The first answer.
                        flows.Accept(entry, now, Connections.BothWays);
                        continue;
                    }
                }
                else if (named < 0 && (flags & (Tcp.Ack | Tcp.Syn)) == Tcp.Ack && (state & Connections.Noted) != 0
                    && ((flags & Tcp.Rst) == 0 || (state & Connections.Accepted) != 0))
                {
                    // A reset that refuses is evidence, and so is the conversation on a watched connection.
                    bool isEvidence = false;
                    if ((state & (Connections.Opening | Connections.Accepted | Connections.BothWays))
                        == (Connections.Opening | Connections.Accepted)
                        && connections.ShowsDataBothWays(entry, words[ip + 6], words[ip + 7], fromOpener))
                    {
                        isEvidence = (state & Connections.Watched) == Connections.Watched;
                        state |= Connections.BothWays;
                    }

                    if (!isEvidence)
                    {
                        state |= (flags & (Tcp.Fin | Tcp.Rst)) != 0 ? Connections.Ended : 0;
                        states[entry] = ((now >> Connections.StampShift) << Connections.StateBits)
                            | (state & Connections.StateMask);
                        continue;
                    }
                }
            }

            _plain.Take(batch, ip, flags, named, key, entry, fromHome);
            skipped = pending.SuspectsWaiting > 0 ? -1 : dull;
        }

        if (count > 0)
        {
            _clock.Stamp = stamps[count - 1];
        }

        Frames += count;
    }
}
