using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Road;

/// <summary>
/// Reads a decoded frame for the trackers: who lives, whom it asks, what it quotes. The batch loop does the same inline for plain frames;
/// everything else comes here.
/// </summary>
public sealed class FrameReader
{
    /// <summary>First fragments that split a TCP header.</summary>
    public int SplitHeaders;

    private readonly KeyedHash _hash;
    private readonly Connections _connections;
    private readonly Hosts _hosts;
    private readonly Judge _judge;
    private readonly Observer _observer;
    private readonly Broadcasts _broadcasts;
    private readonly FragmentJoiner _joiner;
    private readonly IncidentTable _incidents;
    private readonly Teller _teller;
    private readonly Probe _probe;
    private SignatureTable _table;

    /// <summary>Ties the trackers together.</summary>
    public FrameReader(KeyedHash hash, Connections connections, Hosts hosts, Judge judge, Observer observer,
        Broadcasts broadcasts, FragmentJoiner joiner, IncidentTable incidents, Teller teller, SignatureTable table)
    {
        _hash = hash;
        _connections = connections;
        _hosts = hosts;
        _judge = judge;
        _observer = observer;
        _broadcasts = broadcasts;
        _joiner = joiner;
        _incidents = incidents;
        _teller = teller;
        _probe = observer.Probe;
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
    /// <param name="now">Centiseconds.</param>
    public void JoinFragments(Frame frame, int now)
    {
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

        if (_joiner.Join(frame, actor, target, now))
        {
            frame.Decode(_joiner.Bytes, _joiner.At, _joiner.Length, _joiner.Length);
            _observer.IsSplit = frame.Problem == 0;
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
        probe.Bytes = frame.Bytes;
        int version = frame.IpVersion;
        if (version == 6)
        {
            IdentifySix(frame, probe);
        }
        else if (version == 4 || frame.ArpOperation != 0)
        {
            Identify(frame, probe);
        }
        else
        {
            if (frame.IsBroadcast && !OrdinaryBroadcasts.IsLink(frame.EtherType, frame.ServiceAccessPoints))
            {
                TakeLinkBroadcast(frame, probe);
            }

            return;
        }

        if (version == 0)
        {
            TakeArp(frame, probe);
        }
        else if (frame.IsMulticast)
        {
            if (frame.IsBroadcast && version == 4)
            {
                TakeBroadcast(frame, probe);
            }
        }
        else
        {
            TakeUnicast(frame, probe);
        }
    }

    private void TakeUnicast(Frame frame, Probe probe)
    {
        if (frame.HasPorts)
        {
            int protocol = frame.Protocol;
            probe.SourcePort = frame.SourcePort;
            probe.Port = frame.DestinationPort;
            probe.TransportAt = frame.TransportAt;
            int entry = _connections.Find(protocol, probe.Actor, probe.SourcePort, probe.Target, probe.Port);
            if (protocol == IpProtocol.Tcp)
            {
                _observer.TakeTcp(entry);
            }
            else
            {
                _observer.Ask(entry);
            }
        }
        else if (frame.IcmpType >= 0)
        {
            TakeIcmp(frame, probe);
        }
    }

    private void Identify(Frame frame, Probe probe)
    {
        int source = frame.Source;
        int target = frame.Destination;
        probe.Version = 4;
        probe.Actor = source;
        probe.Target = target;
        probe.Protocol = frame.Protocol;
        probe.Flags = frame.TcpFlags;
        probe.IpAt = frame.NetworkAt;
        int home = _table.HomeIndex(source);
        _observer.FromHome = home >= 0;
        if (home >= 0)
        {
            _hosts.Hear(_hosts.BitOf(home));
        }

        home = _table.HomeIndex(target);
        _observer.ToHome = home >= 0;
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
        probe.Protocol = frame.Protocol;
        probe.Flags = frame.TcpFlags;
        probe.IpAt = 0;
        probe.Ttl = frame.TimeToLive;
        probe.Identification = 0;
        probe.Addresses = bytes;
        probe.SourceAt = sourceAt;
        probe.DestinationAt = targetAt;
        bool fromHome = _table.IsHome6(bytes, sourceAt);
        _observer.FromHome = fromHome;
        bool toHome = _table.IsHome6(bytes, targetAt);
        _observer.ToHome = toHome;
        probe.LivingBit = toHome ? _hosts.BitOf6(probe.Target) : -1;
        if (fromHome)
        {
            _hosts.Hear(_hosts.BitOf6(probe.Actor));
        }
    }

    private void TakeIcmp(Frame frame, Probe probe)
    {
        byte[] bytes = frame.Bytes;
        int type = frame.IcmpType;
        bool isSix = frame.IpVersion == 6;
        int at = frame.TransportAt;
        // Both versions' echoes share one protocol number here, as both count as one kind of sweep.
        probe.Protocol = IpProtocol.Icmp;
        probe.Flags = 0;
        if (type == (isSix ? Icmp.EchoRequestV6 : Icmp.EchoRequest))
        {
            probe.SourcePort = (bytes[at + Icmp.Identifier] << 8) | bytes[at + Icmp.Identifier + 1];
            probe.Port = 0;
            _observer.Ask(_connections.Find(IpProtocol.Icmp, probe.Actor, probe.SourcePort, probe.Target, 0));
        }
        else if (type == (isSix ? Icmp.EchoReplyV6 : Icmp.EchoReply))
        {
            probe.SourcePort = 0;
            probe.Port = (bytes[at + Icmp.Identifier] << 8) | bytes[at + Icmp.Identifier + 1];
            int entry = _connections.Find(IpProtocol.Icmp, probe.Actor, 0, probe.Target, probe.Port);
            if (entry >= 0 && !_connections.FromOpener)
            {
                _observer.Answer(entry);
            }
        }
        else if (type == (isSix ? Icmp.UnreachableV6 : Icmp.Unreachable))
        {
            TakeUnreachable(frame, probe, isSix);
        }
    }

    /// <summary>An ICMP error quotes the datagram that it is about: that try was refused.</summary>
    private void TakeUnreachable(Frame frame, Probe probe, bool isSix)
    {
        byte[] bytes = frame.Bytes;
        int at = frame.PayloadAt;
        int headerLength = isSix ? Ipv6.HeaderLength : Ipv4.HeaderLength;
        int captured = frame.CapturedEnd - at;
        if (captured < headerLength + 8 || frame.PayloadLength < headerLength + 8)
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
            if (headerLength < Ipv4.HeaderLength || captured < headerLength + 8)
            {
                return;
            }

            protocol = bytes[at + Ipv4.Protocol];
            int addressAt = at + Ipv4.Source;
            source = (bytes[addressAt] << 24) | (bytes[addressAt + 1] << 16) | (bytes[addressAt + 2] << 8) | bytes[addressAt + 3];
            addressAt = at + Ipv4.Destination;
            target = (bytes[addressAt] << 24) | (bytes[addressAt + 1] << 16) | (bytes[addressAt + 2] << 8) | bytes[addressAt + 3];
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
        if (entry >= 0 && _connections.FromOpener && (_connections.States[entry] & Connections.Accepted) == 0)
        {
            int state = _connections.States[entry];
            _connections.Touch(entry, probe.Now, Connections.WasRefused);
            if ((state & (Connections.Judged | Connections.WasRefused)) == Connections.Judged)
            {
                // The message speaks for the target, whoever sent it.
                probe.Actor = target;
                probe.Target = source;
                probe.Protocol = protocol;
                probe.SourcePort = targetPort;
                probe.Addresses = bytes;
                probe.SourceAt = at + Ipv6.Destination;
                _judge.AnswerLate(probe, Outcome.Refused, entry, state);
            }
        }
    }

    private void TakeArp(Frame frame, Probe probe)
    {
        probe.Protocol = Probe.Arp;
        probe.SourcePort = 0;
        probe.Port = 0;
        probe.IpAt = 0;
        probe.Ttl = 0;
        probe.Identification = 0;
        probe.Flags = 0;
        // An address probe (sender 0) or an announcement (sender is target) asks for nobody else.
        if (probe.Actor == 0 || probe.Actor == probe.Target)
        {
            return;
        }

        int entry = _connections.Find(Probe.Arp, probe.Actor, 0, probe.Target, 0);
        if (frame.ArpOperation == Arp.Request)
        {
            _observer.Ask(entry);
        }
        else if (frame.ArpOperation == Arp.Reply && entry >= 0 && !_connections.FromOpener)
        {
            _judge.SeeArpReply();
            _observer.Answer(entry);
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
        probe.Ttl = frame.TimeToLive;
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

        int[] cells = _incidents.Cells;
        probe.IsSuspect = false;
        probe.Expected = _table.ExpectedOf(frame);
        if (record < 0)
        {
            record = _teller.Open(Kind.Broadcast, probe);
            int row = record * Column.Count;
            cells[row + Column.Owner] = place;
            cells[row + Column.Port] = probe.Port;
            cells[row + Column.Form] = form;
            cells[row + Column.First] = _broadcasts.FirstOf(place);
            cells[row + Column.Frames] = _broadcasts.InPeriod - 1;
            cells[row + Column.Destinations] = 1;
            cells[row + Column.Size] = 1;
            _broadcasts.Tie(place, record);
            _teller.Relate(record);
        }

        _incidents.Absorb(record, probe);
        cells[(record * Column.Count) + Column.Period] = _broadcasts.PeriodOf(place);
        _teller.Consider(record);
    }
}
