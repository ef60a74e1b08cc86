using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Tracking;

/// <summary>
/// Looks at each decoded frame: who lives, what was tried, what was answered, what answers nothing. Tries go to the judge, unsolicited answers to
/// the inverse maps, broadcasts to theirs.
/// </summary>
public sealed class Observer
{
    /// <summary>First fragments that split a TCP header.</summary>
    public int SplitHeaders;

    private readonly KeyedHash _hash;
    private readonly Connections _connections;
    private readonly Hosts _hosts;
    private readonly MirrorHealth _mirror;
    private readonly Judge _judge;
    private readonly InverseMaps _inverse;
    private readonly Broadcasts _broadcasts;
    private readonly FragmentJoiner _joiner;
    private readonly IncidentTable _incidents;
    private readonly Teller _teller;
    private readonly Probe _probe = new Probe();
    private SignatureTable _table;
    private bool _fromHome;
    private bool _toHome;
    private bool _isSplit;

    /// <summary>Ties the trackers together.</summary>
    public Observer(KeyedHash hash, Connections connections, Hosts hosts, MirrorHealth mirror, Judge judge, InverseMaps inverse,
        Broadcasts broadcasts, FragmentJoiner joiner, IncidentTable incidents, Teller teller, SignatureTable table)
    {
        _hash = hash;
        _connections = connections;
        _hosts = hosts;
        _mirror = mirror;
        _judge = judge;
        _inverse = inverse;
        _broadcasts = broadcasts;
        _joiner = joiner;
        _incidents = incidents;
        _teller = teller;
        _table = table;
    }

    /// <summary>Takes another table.</summary>
    /// <param name="table">The table.</param>
    public void UseTable(SignatureTable table)
    {
        _table = table;
    }

    /// <summary>Puts split TCP headers together before anything else looks at the frame, which is decoded anew when one is complete.</summary>
    /// <param name="frame">A fragment.</param>
    public void JoinFragments(Frame frame)
    {
        _isSplit = false;
        if (frame.Protocol != IpProtocol.Tcp || (!frame.SplitsHeader && frame.FragmentOffset == 0) || frame.FragmentOffset >= Tcp.HeaderLength)
        {
            return;
        }

        SplitHeaders += frame.SplitsHeader ? 1 : 0;
        int actor = frame.Source;
        int target = frame.Destination;
        if (frame.IpVersion == 6)
        {
            actor = _hash.OfAddress(frame.Bytes, frame.SourceAt, Ipv6.AddressLength);
            target = _hash.OfAddress(frame.Bytes, frame.DestinationAt, Ipv6.AddressLength);
        }

        if (_joiner.Join(frame, actor, target))
        {
            frame.Decode(_joiner.Bytes, _joiner.At, _joiner.Length, _joiner.Length);
            _isSplit = frame.Problem == 0;
        }
    }

    /// <summary>Takes in a decoded frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="stamp">Microseconds since the tap started.</param>
    /// <param name="wall">Microseconds since 1970.</param>
    /// <param name="signature">The signature that says most of it, -1 for none.</param>
    public void Take(Frame frame, long stamp, long wall, int signature)
    {
        Probe probe = _probe;
        int now = (int)(stamp / 10000);
        probe.Now = now;
        probe.Fine = ((int)stamp - (now * 10000)) / 10;
        probe.Wall = wall;
        probe.Signature = signature;
        int version = frame.IpVersion;
        if (version == 4)
        {
            Identify(frame, probe, 4);
        }
        else if (version == 6)
        {
            IdentifySix(frame, probe);
        }
        else if (frame.ArpOperation != 0)
        {
            Identify(frame, probe, 4);
            TakeArp(frame, probe);
            return;
        }
        else
        {
            if (frame.IsBroadcast && !OrdinaryBroadcasts.IsLink(frame.EtherType, frame.ServiceAccessPoints))
            {
                TakeLinkBroadcast(frame, probe);
            }

            return;
        }

        if (_fromHome != _toHome && !frame.IsMulticast)
        {
            bool isSegment = frame.Protocol == IpProtocol.Tcp
                && (frame.TcpFlags & (Tcp.Ack | Tcp.Syn | Tcp.Rst)) == Tcp.Ack;
            _mirror.Cross(_toHome, isSegment);
        }

        if (frame.IsMulticast)
        {
            if (frame.IsBroadcast && version == 4)
            {
                TakeBroadcast(frame, probe);
            }

            return;
        }

        if (frame.HasPorts)
        {
            probe.SourcePort = frame.SourcePort;
            probe.Port = frame.DestinationPort;
            if (frame.Protocol == IpProtocol.Tcp)
            {
                TakeTcp(frame, probe);
            }
            else
            {
                TakeUdp(frame, probe);
            }
        }
        else if (frame.IcmpType >= 0)
        {
            TakeIcmp(frame, probe);
        }
    }

    private void Identify(Frame frame, Probe probe, int version)
    {
        int source = frame.Source;
        int target = frame.Destination;
        probe.Version = version;
        probe.Actor = source;
        probe.Target = target;
        probe.Number = (target + ((target >> 16) * 0x9e37)) & 0xffff;
        probe.Protocol = frame.Protocol;
        probe.Ttl = frame.TimeToLive;
        probe.Flags = frame.TcpFlags;
        probe.Identification = frame.Identification;
        int home = _table.HomeIndex(source);
        _fromHome = home >= 0;
        if (home >= 0)
        {
            _hosts.Hear(_hosts.BitOf(home));
        }

        home = _table.HomeIndex(target);
        _toHome = home >= 0;
        probe.LivingBit = home >= 0 ? _hosts.BitOf(home) : -1;
    }

    private void IdentifySix(Frame frame, Probe probe)
    {
        byte[] bytes = frame.Bytes;
        int sourceAt = frame.SourceAt;
        int targetAt = frame.DestinationAt;
        probe.Version = 6;
        probe.Actor = _hash.OfAddress(bytes, sourceAt, Ipv6.AddressLength);
        probe.Target = _hash.OfAddress(bytes, targetAt, Ipv6.AddressLength);
        probe.Number = (((bytes[targetAt + 14] << 8) | bytes[targetAt + 15]) + _hash.OfAddress(bytes, targetAt, 14)) & 0xffff;
        probe.Protocol = frame.Protocol;
        probe.Ttl = frame.TimeToLive;
        probe.Flags = frame.TcpFlags;
        probe.Identification = 0;
        probe.Addresses = bytes;
        probe.SourceAt = sourceAt;
        probe.DestinationAt = targetAt;
        _fromHome = _table.IsHome6(bytes, sourceAt);
        _toHome = _table.IsHome6(bytes, targetAt);
        if (_fromHome)
        {
            _hosts.Hear(_hosts.BitOf6(probe.Actor));
        }

        probe.LivingBit = _toHome ? _hosts.BitOf6(probe.Target) : -1;
    }

    private void Try(Frame frame, Probe probe, int entry, bool isSuspect)
    {
        // An outside host that is tried from outside is no concern of this VLAN's; a local machine that sweeps others is.
        if (!_toHome && !(_fromHome && probe.Protocol == IpProtocol.Tcp))
        {
            return;
        }

        int signature = probe.Signature;
        int traits = signature >= 0 ? _table.Traits(signature) : 0;
        probe.IsSuspect = isSuspect || (traits & Traits.Suspect) != 0;
        probe.IsRestricted = (traits & Traits.RestrictedService) != 0;
        probe.Expected = _table.ExpectedOf(frame);
        probe.Connection = entry;
        probe.ConnectionKey = _connections.LastKey();
        _judge.Await(probe);
    }

    private void TakeTcp(Frame frame, Probe probe)
    {
        Connections connections = _connections;
        int now = probe.Now;
        int flags = frame.TcpFlags & Tcp.ClassicFlags;
        int entry = connections.Find(IpProtocol.Tcp, probe.Actor, probe.SourcePort, probe.Target, probe.Port);
        bool isImpossible = (flags & (Tcp.Syn | Tcp.Rst | Tcp.Ack)) == 0
            || ((flags & Tcp.Syn) != 0 && (flags & (Tcp.Fin | Tcp.Rst)) != 0);
        if (isImpossible || (flags & (Tcp.Syn | Tcp.Ack)) == Tcp.Syn)
        {
            if (entry < 0)
            {
                entry = connections.Add(now, Connections.Opening, frame.Sequence);
            }
            else if (connections.FromOpener && connections.Repeats(entry, frame.Sequence) && connections.AgeOf(entry, now) < Limits.ConnectTimeout)
            {
                connections.Touch(entry, now, 0);
                return;
            }
            else
            {
                connections.Restart(entry, now, Connections.Opening, frame.Sequence);
            }

            Try(frame, probe, entry, isImpossible || _isSplit);
        }
        else if ((flags & Tcp.Syn) != 0)
        {
            TakeSynAck(frame, probe, entry);
        }
        else if ((flags & Tcp.Rst) != 0)
        {
            TakeReset(frame, probe, entry);
        }
        else
        {
            TakeSegment(frame, probe, entry, (flags & Tcp.Fin) != 0 ? Connections.Ended : 0);
        }
    }

    private void TakeSynAck(Frame frame, Probe probe, int entry)
    {
        Connections connections = _connections;
        int now = probe.Now;
        if (entry >= 0 && !connections.FromOpener)
        {
            int state = connections.State(entry);
            connections.Accept(entry, frame.Sequence);
            connections.Touch(entry, now, Connections.Accepted);
            _mirror.Answer((state & Connections.Opening) != 0, 0);
            if ((state & (Connections.Judged | Connections.Accepted)) == Connections.Judged)
            {
                AnswerLate(frame, probe);
            }

            return;
        }

        if (entry >= 0)
        {
            // Sent again by a server whose SYN was not seen.
            connections.Touch(entry, now, 0);
        }

        _mirror.Answer(false, _fromHome ? probe.Actor : probe.Actor & ~255);
        if (_toHome)
        {
            _inverse.Note(frame, probe);
        }
    }

    private void TakeReset(Frame frame, Probe probe, int entry)
    {
        Connections connections = _connections;
        if (entry < 0)
        {
            if (_toHome)
            {
                _inverse.Note(frame, probe);
            }

            return;
        }

        int state = connections.State(entry);
        int add = Connections.Ended;
        if (!connections.FromOpener && (state & Connections.Accepted) == 0)
        {
            add |= Connections.WasRefused;
        }

        TakeSegment(frame, probe, entry, add);
    }

    private void TakeSegment(Frame frame, Probe probe, int entry, int add)
    {
        Connections connections = _connections;
        int now = probe.Now;
        if (entry < 0)
        {
            // Already under way when the tap came: remembered so that its end is no riddle.
            connections.Add(now, add, frame.Sequence);
            return;
        }

        int state = connections.State(entry);
        if ((state & (Connections.Opening | Connections.Accepted)) == (Connections.Opening | Connections.Accepted)
            && (frame.TcpFlags & Tcp.Ack) != 0
            && connections.ShowsDataBothWays(entry, frame.Sequence, frame.Acknowledgment, connections.FromOpener))
        {
            add |= Connections.BothWays;
        }

        connections.Touch(entry, now, add);
    }

    private void TakeUdp(Frame frame, Probe probe)
    {
        int entry = _connections.Find(IpProtocol.Udp, probe.Actor, probe.SourcePort, probe.Target, probe.Port);
        Ask(frame, probe, entry);
    }

    /// <summary>A datagram, an echo or a who-has: a question when its sender opened the flow, an answer when the other side did.</summary>
    private void Ask(Frame frame, Probe probe, int entry)
    {
        Connections connections = _connections;
        int now = probe.Now;
        if (entry < 0)
        {
            entry = connections.Add(now, Connections.Opening, 0);
            Try(frame, probe, entry, false);
            return;
        }

        int age = connections.AgeOf(entry, now);
        int state = connections.State(entry);
        if (connections.FromOpener)
        {
            if (age >= Limits.ConnectTimeout)
            {
                connections.Restart(entry, now, Connections.Opening, 0);
                Try(frame, probe, entry, false);
            }
            else if ((state & Connections.Accepted) == 0)
            {
                if (!connections.IsFresh(entry, now))
                {
                    connections.Touch(entry, now, 0);
                    Try(frame, probe, entry, false);
                }
            }
            else
            {
                connections.Touch(entry, now, 0);
            }

            return;
        }

        if (age >= Limits.ConnectTimeout && probe.Protocol == IpProtocol.Udp)
        {
            // After a long silence whoever speaks first asks.
            connections.Restart(entry, now, Connections.Opening, 0);
            Try(frame, probe, entry, false);
            return;
        }

        Answer(frame, probe, entry);
    }

    private void Answer(Frame frame, Probe probe, int entry)
    {
        int state = _connections.State(entry);
        _connections.Touch(entry, probe.Now, Connections.Accepted | Connections.BothWays);
        if ((state & (Connections.Judged | Connections.Accepted)) == Connections.Judged)
        {
            AnswerLate(frame, probe);
        }
    }

    private void AnswerLate(Frame frame, Probe probe)
    {
        int actor = probe.Actor;
        int port = probe.Port;
        probe.Actor = probe.Target;
        probe.Target = actor;
        probe.Port = probe.SourcePort;
        probe.SourcePort = port;
        probe.Number = probe.Version == 6
            ? (((frame.Bytes[frame.SourceAt + 14] << 8) | frame.Bytes[frame.SourceAt + 15])
                + _hash.OfAddress(frame.Bytes, frame.SourceAt, 14)) & 0xffff
            : probe.NumberOf(actor);
        _judge.AnswerLate(probe);
    }

    private void TakeIcmp(Frame frame, Probe probe)
    {
        byte[] bytes = frame.Bytes;
        int type = frame.IcmpType;
        bool isSix = frame.IpVersion == 6;
        int at = frame.TransportAt;
        if (type == (isSix ? Icmp.EchoRequestV6 : Icmp.EchoRequest))
        {
            probe.SourcePort = (bytes[at + Icmp.Identifier] << 8) | bytes[at + Icmp.Identifier + 1];
            probe.Port = 0;
            probe.Flags = 0;
            int entry = _connections.Find(IpProtocol.Icmp, probe.Actor, probe.SourcePort, probe.Target, 0);
            Ask(frame, probe, entry);
        }
        else if (type == (isSix ? Icmp.EchoReplyV6 : Icmp.EchoReply))
        {
            int identifier = (bytes[at + Icmp.Identifier] << 8) | bytes[at + Icmp.Identifier + 1];
            int entry = _connections.Find(IpProtocol.Icmp, probe.Actor, 0, probe.Target, identifier);
            if (entry >= 0 && !_connections.FromOpener)
            {
                probe.SourcePort = 0;
                probe.Port = identifier;
                Answer(frame, probe, entry);
            }
        }
        else if (type == (isSix ? Icmp.UnreachableV6 : Icmp.Unreachable))
        {
            TakeUnreachable(frame, probe.Now, isSix);
        }
    }

    /// <summary>An ICMP error quotes the datagram that it is about: that try was refused.</summary>
    private void TakeUnreachable(Frame frame, int now, bool isSix)
    {
        byte[] bytes = frame.Bytes;
        int at = frame.PayloadAt;
        int headerLength = isSix ? Ipv6.HeaderLength : Ipv4.HeaderLength;
        if (frame.CapturedEnd - at < headerLength + 8 || frame.PayloadLength < headerLength + 8)
        {
            return;
        }

        int source;
        int target;
        int protocol;
        if (isSix)
        {
            protocol = bytes[at + Ipv6.NextHeader];
            source = _hash.OfAddress(bytes, at + Ipv6.Source, Ipv6.AddressLength);
            target = _hash.OfAddress(bytes, at + Ipv6.Destination, Ipv6.AddressLength);
        }
        else
        {
            headerLength = (bytes[at] & 15) << 2;
            if (headerLength < Ipv4.HeaderLength || frame.CapturedEnd - at < headerLength + 8)
            {
                return;
            }

            protocol = bytes[at + Ipv4.Protocol];
            int s = at + Ipv4.Source;
            source = (bytes[s] << 24) | (bytes[s + 1] << 16) | (bytes[s + 2] << 8) | bytes[s + 3];
            target = (bytes[s + 4] << 24) | (bytes[s + 5] << 16) | (bytes[s + 6] << 8) | bytes[s + 7];
        }

        int sourcePort = 0;
        int targetPort = 0;
        int ports = at + headerLength;
        if (protocol == IpProtocol.Tcp || protocol == IpProtocol.Udp)
        {
            sourcePort = (bytes[ports] << 8) | bytes[ports + 1];
            targetPort = (bytes[ports + 2] << 8) | bytes[ports + 3];
        }
        else if (protocol == IpProtocol.Icmp || protocol == IpProtocol.Icmpv6)
        {
            protocol = IpProtocol.Icmp;
            sourcePort = (bytes[ports + Icmp.Identifier] << 8) | bytes[ports + Icmp.Identifier + 1];
        }

        int entry = _connections.Find(protocol, source, sourcePort, target, targetPort);
        if (entry >= 0 && _connections.FromOpener && (_connections.State(entry) & Connections.Accepted) == 0)
        {
            _connections.Touch(entry, now, Connections.WasRefused);
        }
    }

    private void TakeArp(Frame frame, Probe probe)
    {
        probe.Protocol = Probe.Arp;
        probe.SourcePort = 0;
        probe.Port = 0;
        probe.Ttl = 0;
        probe.Flags = 0;
        // An address probe (sender 0) or an announcement (sender is target) asks for nobody else.
        if (probe.Actor == 0 || probe.Actor == probe.Target)
        {
            return;
        }

        int entry = _connections.Find(Probe.Arp, probe.Actor, 0, probe.Target, 0);
        if (frame.ArpOperation == Arp.Request)
        {
            Ask(frame, probe, entry);
        }
        else if (frame.ArpOperation == Arp.Reply && entry >= 0 && !_connections.FromOpener)
        {
            _judge.SeeArpReply();
            Answer(frame, probe, entry);
        }
    }

    private void TakeBroadcast(Frame frame, Probe probe)
    {
        if (!frame.HasPorts || (frame.Protocol == IpProtocol.Udp && OrdinaryBroadcasts.IsUdp(frame.DestinationPort)))
        {
            return;
        }

        probe.SourcePort = frame.SourcePort;
        probe.Port = frame.DestinationPort;
        int target = frame.Destination;
        bool isNetwork = target != -1 && ((target & 255) == 0 || (_table.HomeIndex(target) >= 0 && _table.HomeIndex(target - 1) < 0));
        NoteBroadcast(frame, probe, isNetwork ? Broadcasts.NetworkAddress : Broadcasts.AllOnes);
    }

    private void TakeLinkBroadcast(Frame frame, Probe probe)
    {
        byte[] bytes = frame.Bytes;
        int source = frame.Start + Ethernet.Source;
        probe.Version = 0;
        probe.Actor = (bytes[source + 2] << 24) | (bytes[source + 3] << 16) | (bytes[source + 4] << 8) | bytes[source + 5];
        probe.Target = 0;
        probe.Number = 0;
        probe.Protocol = frame.EtherType >= 0 ? -1 : -2;
        probe.Port = frame.EtherType >= 0 ? frame.EtherType : frame.ServiceAccessPoints;
        probe.SourcePort = 0;
        probe.Ttl = 0;
        probe.Flags = 0;
        probe.Addresses = bytes;
        probe.SourceAt = source;
        NoteBroadcast(frame, probe, Broadcasts.NotIp);
    }

    private void NoteBroadcast(Frame frame, Probe probe, int form)
    {
        int place = _broadcasts.Note(probe);
        int record = _broadcasts.IncidentOf(place);
        if (record < 0 && _broadcasts.InPeriod < Limits.Broadcasts)
        {
            return;
        }

        probe.IsSuspect = false;
        probe.Expected = _table.ExpectedOf(frame);
        if (record < 0)
        {
            record = _teller.Open(Kind.Broadcast, probe);
            _broadcasts.Tie(place, record);
            int row = record * Column.Count;
            _incidents.Cells[row + Column.Owner] = place;
            _incidents.Cells[row + Column.Port] = probe.Port;
            _incidents.Cells[row + Column.Form] = form;
            _incidents.Cells[row + Column.First] = _broadcasts.FirstOf(place);
            _incidents.Cells[row + Column.Frames] = _broadcasts.InPeriod - 1;
            _incidents.Cells[row + Column.Destinations] = 1;
            _incidents.Cells[row + Column.Size] = 1;
            _teller.Relate(record);
        }

        _incidents.Absorb(record, probe);
        _incidents.Cells[(record * Column.Count) + Column.Period] = _broadcasts.PeriodOf(place);
        _teller.Consider(record);
    }
}
