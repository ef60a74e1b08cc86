using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;
using Appliance.Sensor.Tracking;

namespace Appliance.Sensor;

/// <summary>
/// The batch loop. Nearly every frame of an imaging network is a plain one: unicast IPv4 without options, whole, TCP or UDP, tagged at most
/// once, and no signature names its port. Such a frame is read, its connection looked up and touched right here, in one method whose locals
/// are paid for once a batch; a frame that opens or answers something goes on to the observer; anything else is decoded.
/// </summary>
public sealed partial class TapSensor
{
    /// <summary>First octet of an IPv4 header without options: version 4, five words.</summary>
    private const int PlainHeader = 0x45;

    /// <summary>Octets captured of an untagged frame that reach to the end of a TCP header without options.</summary>
    private const int LeastCaptured = Ethernet.HeaderLength + Ipv4.HeaderLength + Tcp.HeaderLength;

    /// <summary>Takes in a batch of slots.</summary>
    /// <param name="batch">The slots; their stamps never go back.</param>
    public void Process(SlotBatch batch)
    {
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
        long stamp = _stamp;
        int skipped = 0;
        int count = batch.Count;
        int at = -SlotBatch.SlotLength;
        for (int i = 0; i < count; i++)
        {
            at += SlotBatch.SlotLength;
            stamp = stamps[i];
            if (stamp >= nextTick)
            {
                Tick(stamp);
                nextTick = _nextTick;
                stampUnits = (int)(stamp / 10000) >> Connections.StampShift;
            }

            int length = lengths[i];
            int ip = at + Ethernet.HeaderLength;
            int least = LeastCaptured << SlotBatch.CapturedShift;
            if (bytes[ip - 2] == Ethernet.TypeVlan >> 8)
            {
                // Behind one 802.1Q tag; a longer stack is seen at the next test and decoded.
                ip += Ethernet.TagLength;
                least = (LeastCaptured + Ethernet.TagLength) << SlotBatch.CapturedShift;
            }

            // An unequal type or header, or not 0: the type's low octet, more fragments, the fragment offset.
            if (bytes[ip - 2] != Ethernet.TypeIpv4 >> 8 || bytes[ip] != PlainHeader || length < least
                || (bytes[ip - 1] | (bytes[ip + Ipv4.FlagsAndFragment] & 63) | bytes[ip + Ipv4.FlagsAndFragment + 1]) != 0)
            {
                Take(bytes, i, at, length, stamp);
                continue;
            }

            int protocol = bytes[ip + Ipv4.Protocol];
            int ports = ip + Ipv4.HeaderLength;
            int sourcePort;
            int port;
            int wanted;
            int flags = 0;
            bool isSegment = false;
            if (protocol == IpProtocol.Tcp)
            {
                flags = bytes[ports + Tcp.Flags];
                isSegment = (flags & (Tcp.Ack | Tcp.Syn | Tcp.Rst)) == Tcp.Ack;
                // An established segment that nothing needs. A slot kept as a sign of life is told by its length's upper bits.
                if (isSegment && (flags & Tcp.Fin) == 0 && length < SlotBatch.SignOfLife
                    && (!wantsSegments || !table.WantsSegmentOf((bytes[ports] << 8) | bytes[ports + 1], (bytes[ports + 2] << 8) | bytes[ports + 3])))
                {
                    skipped++;
                    continue;
                }

                wanted = flagsWanted[flags];
                int segment = ((bytes[ip + Ipv4.TotalLength] << 8) | bytes[ip + Ipv4.TotalLength + 1]) - Ipv4.HeaderLength;
                int header = (bytes[ports + Tcp.DataOffset] & 0xf0) >> 2;
                if (header < Tcp.HeaderLength || header > segment || segment > (length & SlotBatch.WireLengthMask) + at - ports
                    || wanted > mostWanted)
                {
                    Take(bytes, i, at, length, stamp);
                    continue;
                }
            }
            else
            {
                wanted = SignatureIndex.WantedByPort;
                int datagram = (bytes[ports + Udp.Length] << 8) | bytes[ports + Udp.Length + 1];
                if (protocol != IpProtocol.Udp || matchesAnyUdp || datagram < Udp.HeaderLength
                    || datagram != ((bytes[ip + Ipv4.TotalLength] << 8) | bytes[ip + Ipv4.TotalLength + 1]) - Ipv4.HeaderLength
                    || datagram > (length & SlotBatch.WireLengthMask) + at - ports)
                {
                    Take(bytes, i, at, length, stamp);
                    continue;
                }
            }

            sourcePort = (bytes[ports] << 8) | bytes[ports + 1];
            port = (bytes[ports + 2] << 8) | bytes[ports + 3];
            // Whether a signature names one of the ports.
            int namedAt = -1;
            int namedEnd = 0;
            if (wanted != 0)
            {
                if (protocol == IpProtocol.Tcp ? hasTcpSource : hasUdpSource)
                {
                    Take(bytes, i, at, length, stamp);
                    continue;
                }

                int indexKey = (protocol == IpProtocol.Tcp ? SignatureIndex.TcpDestination : SignatureIndex.UdpDestination) | port;
                int bucket = (indexKey + (indexKey >> 10)) & (SignatureIndex.Buckets - 1);
                namedEnd = starts[bucket + 1];
                for (int named = starts[bucket]; named < namedEnd; named++)
                {
                    if (indexKeys[named] == indexKey)
                    {
                        namedAt = named;
                        break;
                    }
                }
            }

            int source = (bytes[ip + 12] << 24) | (bytes[ip + 13] << 16) | (bytes[ip + 14] << 8) | bytes[ip + 15];
            int target = (bytes[ip + 16] << 24) | (bytes[ip + 17] << 16) | (bytes[ip + 18] << 8) | bytes[ip + 19];
            // Connections.Find, inline.
            int key = ((((source << 1) + first) * ((target << 1) + first)) + ((sourcePort + second) * (port + second)) + protocol) * third;
            key = key == 0 ? 1 : key;
            int entry = ((key >> Connections.SetShift) & Connections.SetMask) * Limits.ConnectionWays;
            int state = 0;
            bool fromOpener = false;
            if (keys[entry] != key && keys[++entry] != key && keys[++entry] != key && keys[++entry] != key)
            {
                entry = -1;
            }
            else
            {
                state = states[entry];
                fromOpener = (source == target ? sourcePort < port : source < target) == ((state & Connections.OpenedBySmaller) != 0);

                if (namedAt < 0 && protocol == IpProtocol.Tcp)
                {
                    if (isSegment)
                    {
                        if ((state & Connections.Noted) == 0)
                        {
                            state |= observer.NoteSides(state, fromOpener);
                        }

                        if ((flags & Tcp.Fin) != 0)
                        {
                            state |= Connections.Ended;
                        }

                        if ((state & (Connections.Opening | Connections.Accepted | Connections.BothWays))
                            == (Connections.Opening | Connections.Accepted))
                        {
                            // Connections.ShowsDataBothWays, inline.
                            int number = numbers[entry];
                            int sent = (bytes[ports + 6] << 8) | bytes[ports + 7];
                            int heard = (bytes[ports + 10] << 8) | bytes[ports + 11];
                            if ((((fromOpener ? sent : heard) - (number >> 16)) & 0xffff) > 2
                                && (((fromOpener ? heard : sent) - number) & 0xffff) > 2)
                            {
                                state |= Connections.BothWays;
                            }
                        }

                        states[entry] = (stampUnits << Connections.StateBits) | (state & 255);
                        continue;
                    }
                }
                else if (namedAt < 0 && (state & Connections.Accepted) != 0
                    && ((stampUnits - (state >> Connections.StateBits)) & 0xffffff) < Limits.ConnectTimeout >> Connections.StampShift)
                {
                    states[entry] = (stampUnits << Connections.StateBits) | (state & 255);
                    continue;
                }
            }

            int homeIndex = source - home;
            bool fromHome = homeIndex >= 0 && homeIndex < homeSize;
            if (fromHome)
            {
                homeIndex += homeBase;
            }
            else if (homes > 1)
            {
                homeIndex = source - home2;
                fromHome = homeIndex >= 0 && homeIndex < homeSize2;
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
            bool toHome = homeIndex >= 0 && homeIndex < homeSize;
            if (toHome)
            {
                homeIndex += homeBase;
            }
            else if (homes > 1)
            {
                homeIndex = target - home2;
                toHome = homeIndex >= 0 && homeIndex < homeSize2;
                homeIndex += homeBase2;
                if (!toHome && homes > 2)
                {
                    homeIndex = table.HomeIndex(target);
                    toHome = homeIndex >= 0;
                }
            }

            int signature = PlainMatcher.None;
            if (namedAt >= 0 && (bytes[at] & 1) == 0)
            {
                signature = _plain.Match(namedAt, namedEnd, flags, fromHome, toHome, Matches, i);
                if (signature != PlainMatcher.None)
                {
                    if (signature == PlainMatcher.NeedsDecoding)
                    {
                        Take(bytes, i, at, length, stamp);
                        continue;
                    }

                    MatchCount += _plain.Count;
                }
            }

            if ((bytes[at] & 1) != 0)
            {
                Take(bytes, i, at, length, stamp);
                continue;
            }

            _stamp = stamp;
            int now = (int)(stamp / 10000);
            connections.Key = key;
            connections.BySmaller = source == target ? sourcePort < port : source < target;
            connections.FromOpener = fromOpener;
            probe.Now = now;
            probe.Fine = ((int)stamp - (now * 10000)) / 10;
            probe.Version = 4;
            probe.Actor = source;
            probe.Target = target;
            probe.Protocol = protocol;
            probe.SourcePort = sourcePort;
            probe.Port = port;
            probe.Signature = signature;
            probe.Flags = flags;
            probe.Bytes = bytes;
            probe.IpAt = ip;
            probe.LivingBit = !toHome ? -1 : isExact ? homeIndex : _hosts.BitOf(homeIndex);
            observer.FromHome = fromHome;
            observer.ToHome = toHome;
            observer.IsSplit = false;
            if (protocol != IpProtocol.Tcp)
            {
                observer.Ask(entry);
            }
            else if (entry < 0 && (flags & Tcp.ClassicFlags) == Tcp.Syn)
            {
                observer.Try(probe, connections.Add(now, Connections.Opening, (bytes[ports + 6] << 8) | bytes[ports + 7]), false);
            }
            else
            {
                probe.TransportAt = ports;
                probe.Wall = stamp + _wallClock;
                observer.TakeTcp(entry);
            }
        }

        _stamp = stamp;
        Skipped += skipped;
        Frames += count;
    }
}
