using Appliance.Sensor.Frames;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Road;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor;

/// <summary>
/// The batch loop. Nearly every frame of an imaging network is a plain one: unicast IPv4 without options, whole, TCP or UDP, tagged at most
/// once, and no signature names its port. Such a frame is read, its connection looked up and touched right here, in one method whose locals
/// are paid for once a batch; a frame that opens or answers something goes on to the observer; anything else is decoded.
/// </summary>
public sealed partial class TapSensor
{
    /// <summary>Octets captured of an untagged frame that reach to the end of a TCP header without options.</summary>
    private const int LeastCaptured = Ethernet.HeaderLength + Ipv4.HeaderLength + Tcp.HeaderLength;

    /// <summary>Takes in a batch of slots.</summary>
    /// <param name="batch">The slots; their stamps never go back.</param>
    public void Process(SlotBatch batch)
    {
        // The device addresses the first four locals for less than the others.
        int[] words = batch.Words;
        int start;
        int ip;
        int ports;
        byte[] bytes = batch.Bytes;
        int[] lengths = batch.Lengths;
        long[] stamps = batch.Stamps;
        SignatureTable table = _table;
        SignatureIndex index = table.Index;
        byte[] flagsWanted = index.FlagsWanted;
        short[] starts = index.Starts;
        int[] indexKeys = index.Keys;
        bool wantsSegments = table.WantsSegments;
        bool matchesAnyUdp = index.IpAlways.Length > 0 || index.UdpAlways.Length > 0;
        // Flags that a signature without a port wants are above this; where a signature wants any IP frame, all are.
        int mostWanted = index.IpAlways.Length > 0 ? -1 : SignatureIndex.WantedByPort;
        bool hasTcpSource = index.HasTcpSource;
        bool hasUdpSource = index.HasUdpSource;
        int home = table.LargestHome;
        int homeSize = table.LargestHomeSize;
        int homeBase = table.LargestHomeBase;
        int home2 = table.SecondHome;
        int homeSize2 = table.SecondHomeSize;
        int homeBase2 = table.SecondHomeBase;
        int homes = table.HomeRanges;
        int[] living = _hosts.Living;
        bool isExact = _hosts.IsExact;
        Observer observer = _observer;
        Probe probe = observer.Probe;
        PendingAttempts pending = _pending;
        byte[] ofActors = _suspicions.OfActors;
        Connections connections = _connections;
        int[] keys = connections.Keys;
        int[] states = connections.States;
        int[] numbers = connections.Numbers;
        int first = _hash.First;
        int second = _hash.Second;
        int third = _hash.Third;
        long nextTick = _nextTick;
        // Connections are stamped to 0.64 s, so the time of the last tick does.
        int stampUnits = (int)(_stamp / 10000) >> Connections.StampShift;
        int count = batch.Count;
        int end = count << SlotBatch.WordShift;
        bool mayTick = count > 0 && stamps[count - 1] >= nextTick;
        // While a try on a suspect port waits, the data on its connection tell a service from a probe that was merely answered.
        bool isSuspectWaiting = pending.SuspectsWaiting > 0;
        // The form of the slots that are skipped; none are where a signature or a suspect try wants some. A sign of life is not.
        int skipped = wantsSegments || isSuspectWaiting ? -1 : SlotBatch.Established;
        int others = 0;
        for (start = 0; start < end; start += SlotBatch.SlotWords)
        {
            if (mayTick && stamps[start >> SlotBatch.WordShift] >= nextTick)
            {
                long time = stamps[start >> SlotBatch.WordShift];
                Tick(time);
                nextTick = _nextTick;
                stampUnits = (int)(time / 10000) >> Connections.StampShift;
            }

            if ((lengths[start >> SlotBatch.WordShift] & (SlotBatch.Established | SlotBatch.SignOfLife)) == skipped)
            {
                continue;
            }

            others++;
            int i = start >> SlotBatch.WordShift;
            int length = lengths[i];
            // Of a slot's words the third ends with the type, the fourth begins the IP header (SlotBatch.Words).
            ip = start + 4;
            int least = LeastCaptured << SlotBatch.CapturedShift;
            int type = words[ip - 1] & 0xffff;
            if (type == Ethernet.TypeVlan)
            {
                // Behind one 802.1Q tag; a longer stack is seen at the next test and decoded.
                type = words[ip] & 0xffff;
                ip++;
                least = (LeastCaptured + Ethernet.TagLength) << SlotBatch.CapturedShift;
            }

            // Another type or header, more fragments or a fragment offset.
            int total = words[ip];
            if (type != Ethernet.TypeIpv4 || total >> 24 != Ipv4.PlainHeader || (words[ip + 1] & 0x3fff) != 0 || length < least)
            {
                Take(batch, i);
                continue;
            }

            int protocol = (words[ip + 2] >> 16) & 255;
            ports = words[ip + 5];
            int sourcePort;
            int port;
            int wanted;
            int flags;
            bool isSegment;
            if (protocol == IpProtocol.Tcp)
            {
                int header = words[ip + 8];
                flags = (header >> 16) & 255;
                isSegment = (flags & (Tcp.Ack | Tcp.Syn)) == Tcp.Ack;
                // The same behind a tag, or where a signature wants other segments than this.
                if (isSegment && (flags & (Tcp.Fin | Tcp.Rst)) == 0 && (length & SlotBatch.SignOfLife) == 0 && !isSuspectWaiting
                    && (!wantsSegments || !table.WantsSegmentOf((ports >> 16) & 0xffff, ports & 0xffff)))
                {
                    others--;
                    continue;
                }

                wanted = flagsWanted[flags];
                int segment = (total & 0xffff) - Ipv4.HeaderLength;
                header = (header >> 26) & 0x3c;
                // Where the frame is longer than the datagram says, the rest is padding.
                if (header < Tcp.HeaderLength || header > segment
                    || (total & 0xffff) > (length & SlotBatch.WireLengthMask) - ((ip << 2) & ((SlotBatch.SlotWords * 4) - 1)) + SlotBatch.WordPadding
                    || wanted > mostWanted)
                {
                    Take(batch, i);
                    continue;
                }
            }
            else
            {
                flags = 0;
                isSegment = false;
                wanted = SignatureIndex.WantedByPort;
                int datagram = (words[ip + 6] >> 16) & 0xffff;
                if (protocol != IpProtocol.Udp || matchesAnyUdp || datagram < Udp.HeaderLength
                    || datagram != (total & 0xffff) - Ipv4.HeaderLength
                    || (total & 0xffff) > (length & SlotBatch.WireLengthMask) - ((ip << 2) & ((SlotBatch.SlotWords * 4) - 1)) + SlotBatch.WordPadding)
                {
                    Take(batch, i);
                    continue;
                }
            }

            sourcePort = (ports >> 16) & 0xffff;
            port = ports & 0xffff;
            // Whether a signature names one of the ports.
            int namedAt = -1;
            if (wanted != 0)
            {
                if (protocol == IpProtocol.Tcp ? hasTcpSource : hasUdpSource)
                {
                    Take(batch, i);
                    continue;
                }

                int indexKey = (protocol == IpProtocol.Tcp ? SignatureIndex.TcpDestination : SignatureIndex.UdpDestination) | port;
                int bucket = (indexKey + (indexKey >> 10)) & (SignatureIndex.Buckets - 1);
                int namedEnd = starts[bucket + 1];
                for (int named = starts[bucket]; named < namedEnd; named++)
                {
                    if (indexKeys[named] == indexKey)
                    {
                        namedAt = named;
                        break;
                    }
                }
            }

            int source = words[ip + 3];
            int target = words[ip + 4];
            // Connections.Find, inline.
            int key = ((source + (sourcePort * second) + first) * (target + (port * second) + first)) + protocol;
            key = (key ^ (key >> 15)) * third;
            if (key == 0)
            {
                key = 1;
            }

            int entry = ((key >> Connections.SetShift) & Connections.SetMask) * Limits.ConnectionWays;
            if (keys[entry] != key && keys[++entry] != key && keys[++entry] != key && keys[++entry] != key)
            {
                entry = -1;
            }
            else
            {
                int state = states[entry];
                bool fromOpener = (source == target ? sourcePort < port : source < target) == ((state & Connections.OpenedBySmaller) != 0);

                if (namedAt < 0 && protocol == IpProtocol.Tcp)
                {
                    // A reset that refuses is evidence, which the observer takes in.
                    if (isSegment && ((flags & Tcp.Rst) == 0 || (state & Connections.Accepted) != 0))
                    {
                        if ((state & Connections.Noted) == 0)
                        {
                            state |= observer.NoteSides(state, fromOpener);
                        }

                        if ((flags & (Tcp.Fin | Tcp.Rst)) != 0)
                        {
                            state |= Connections.Ended;
                        }

                        if ((state & (Connections.Opening | Connections.Accepted | Connections.BothWays))
                            == (Connections.Opening | Connections.Accepted))
                        {
                            // Connections.ShowsDataBothWays, inline.
                            int number = numbers[entry];
                            int sent = words[ip + 6];
                            int heard = words[ip + 7];
                            if ((((fromOpener ? sent : heard) - (number >> 16)) & 0xffff) > 2
                                && (((fromOpener ? heard : sent) - number) & 0xffff) > 2)
                            {
                                state |= Connections.BothWays;
                                if ((state & Connections.Watched) == Connections.Watched)
                                {
                                    _judge.Converse(4, fromOpener ? source : target, fromOpener ? port : sourcePort,
                                        probe.NumberOf(fromOpener ? target : source));
                                }
                            }
                        }

                        states[entry] = (stampUnits << Connections.StateBits) | (state & 255);
                        continue;
                    }
                }
                else if (namedAt < 0
                    && ((stampUnits - (state >> Connections.StateBits)) & 0xffffff) < Limits.ConnectTimeout >> Connections.StampShift)
                {
                    if ((state & Connections.Accepted) != 0)
                    {
                        states[entry] = (stampUnits << Connections.StateBits) | (state & 255);
                        continue;
                    }

                    // Observer.Answer, inline: the first answer, unless its question was judged already.
                    if (!fromOpener && (state & Connections.Judged) == 0)
                    {
                        if ((state & Connections.Noted) == 0)
                        {
                            _mirror.SeeBothWays();
                        }

                        states[entry] = (stampUnits << Connections.StateBits) | (state & 255)
                            | Connections.Accepted | Connections.BothWays | Connections.Noted;
                        continue;
                    }
                }
            }

            int homeIndex = source - home;
            bool fromHome = (uint)homeIndex < (uint)homeSize;
            if (fromHome)
            {
                homeIndex += homeBase;
            }
            else if (homes > 1)
            {
                homeIndex = source - home2;
                fromHome = (uint)homeIndex < (uint)homeSize2;
                homeIndex += homeBase2;
                if (!fromHome && homes > 2)
                {
                    homeIndex = table.HomeIndex(source);
                    fromHome = homeIndex >= 0;
                }
            }

            if (fromHome)
            {
                if (!isExact)
                {
                    homeIndex = _hosts.BitOf(homeIndex);
                }

                if ((living[homeIndex >> 5] & (1 << (homeIndex & 31))) == 0)
                {
                    _hosts.Hear(homeIndex);
                }
            }

            homeIndex = target - home;
            bool toHome = (uint)homeIndex < (uint)homeSize;
            if (toHome)
            {
                homeIndex += homeBase;
            }
            else if (homes > 1)
            {
                homeIndex = target - home2;
                toHome = (uint)homeIndex < (uint)homeSize2;
                homeIndex += homeBase2;
                if (!toHome && homes > 2)
                {
                    homeIndex = table.HomeIndex(target);
                    toHome = homeIndex >= 0;
                }
            }

            int signature = PlainMatcher.None;
            if (namedAt >= 0 && (bytes[i * SlotBatch.SlotLength] & 1) == 0)
            {
                signature = _plain.Match(namedAt, flags, fromHome, toHome, Matches, i);
                if (signature != PlainMatcher.None)
                {
                    if (signature == PlainMatcher.NeedsDecoding)
                    {
                        Take(batch, i);
                        continue;
                    }

                    MatchCount += _plain.Count;
                }
            }

            if ((bytes[i * SlotBatch.SlotLength] & 1) != 0)
            {
                Take(batch, i);
                continue;
            }

            long stamp = stamps[i];
            int now = (int)(stamp / 10000);
            int fine = ((int)stamp - (now * 10000)) / 10;
            int livingBit = !toHome ? -1 : isExact ? homeIndex : _hosts.BitOf(homeIndex);
            connections.Key = key;
            bool bySmaller = source == target ? sourcePort < port : source < target;
            connections.BySmaller = bySmaller;
            connections.FromOpener = entry >= 0 && bySmaller == ((states[entry] & Connections.OpenedBySmaller) != 0);
            bool isSyn = entry < 0 && protocol == IpProtocol.Tcp && (flags & Tcp.ClassicFlags) == Tcp.Syn;
            if (isSyn)
            {
                entry = connections.Add(now, Connections.Opening, words[ip + 6]);
                int actorSlot = ((source * first) >> Suspicions.SlotShift) & Suspicions.SlotMask;
                if (ofActors[actorSlot] != 0)
                {
                    int life = words[ip + 2];
                    int joined = !fromHome && !toHome ? -1 : _running.Join(actorSlot, source, target, ports, (life & ~0xffffff) | flags,
                        signature, words[ip + 1], livingBit, now, fine, stamp + _wallClock);
                    if (joined > 0)
                    {
                        // Counted as unanswered, which an answer corrects.
                        states[entry] |= joined == RunningSweeps.NewDark ? Connections.Judged | Connections.WasDark : Connections.Judged;
                    }

                    if (joined >= 0)
                    {
                        continue;
                    }
                }
                else if (signature < 0)
                {
                    // Observer.Try and Judge.Await, inline for what nearly every SYN is: nobody's signature, of an actor of no suspicion.
                    if (fromHome || toHome)
                    {
                        if (pending.IsFull())
                        {
                            _judge.MakeRoom();
                        }

                        int life = words[ip + 2];
                        pending.AddPlain(now, source, target, ports, IpProtocol.Tcp | (4 << 9) | (flags << 16) | (life & ~0xffffff),
                            words[ip + 1] & ~0xffff, ((livingBit + 1) << 19) | (fine << 9) | entry, key);
                    }

                    continue;
                }
            }

            _stamp = stamp;
            probe.Now = now;
            probe.Fine = fine;
            probe.Version = 4;
            probe.Actor = source;
            probe.Target = target;
            probe.Protocol = protocol;
            probe.SourcePort = sourcePort;
            probe.Port = port;
            probe.Signature = signature;
            probe.Flags = flags;
            probe.Bytes = bytes;
            int ipAt = (i * SlotBatch.SlotLength) + ((ip << 2) & ((SlotBatch.SlotWords * 4) - 1)) - SlotBatch.WordPadding;
            probe.IpAt = ipAt;
            probe.LivingBit = livingBit;
            observer.FromHome = fromHome;
            observer.ToHome = toHome;
            observer.IsSplit = false;
            if (protocol != IpProtocol.Tcp)
            {
                observer.Ask(entry);
            }
            else if (isSyn)
            {
                observer.Try(probe, entry, false);
                if (probe.IsSuspect)
                {
                    isSuspectWaiting = true;
                    skipped = -1;
                }
            }
            else
            {
                probe.TransportAt = ipAt + Ipv4.HeaderLength;
                probe.Wall = stamp + _wallClock;
                observer.TakeTcp(entry);
            }
        }

        if (count > 0)
        {
            _stamp = stamps[count - 1];
        }

        Skipped += count - others;
        Frames += count;
    }
}
