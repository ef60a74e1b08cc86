using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Net;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Appliance.Simulator.Box;

namespace Appliance.Simulator.Explain;

/// <summary>The frames of an actor, those included that the mirror port counts and does not copy.</summary>
internal sealed class FrameTally : IFrameWatch
{
    private const int EchoRequest = 8;
    private const int SixEchoRequest = 128;

    private readonly Actor _actor;
    private readonly KeyedHash _hash;
    private readonly SiteView _site;
    private readonly Frame _frame = new();
    private readonly byte[] _octets = new byte[SlotBatch.SlotLength];
    private readonly Dictionary<int, string> _sixes = [];

    /// <summary>Makes an empty tally.</summary>
    /// <param name="actor">Whose frames.</param>
    /// <param name="parts">The sensor's parts: who is at home, and by which hash IPv6 addresses are known again.</param>
    public FrameTally(Actor actor, SensorParts parts)
    {
        _actor = actor;
        _hash = parts.Get<KeyedHash>();
        _site = parts.Get<SiteView>();
    }

    /// <summary>Told of each frame from it with an IP target: version, protocol, target and port as the trackers know
    /// them.</summary>
    public Action<int, int, int, int>? Sent { get; set; }

    /// <summary>Broadcasts from it, each sort once: sender, target, port and protocol as the memory of broadcasts knows
    /// them.</summary>
    public HashSet<(int Actor, int Target, int Port, int Protocol)> Broadcasts { get; } = [];

    /// <summary>The frame that was seen last is one to the actor.</summary>
    public bool IsToActor { get; private set; }

    /// <summary>Frames from it.</summary>
    public long From { get; private set; }

    /// <summary>Frames to it.</summary>
    public long To { get; private set; }

    /// <summary>Frames from it that were counted and not copied: data of connections that stand.</summary>
    public long Skipped { get; private set; }

    /// <summary>Frames from it that ask for something: SYNs, datagrams, echo requests, who-has, neighbour
    /// solicitations.</summary>
    public long Openers { get; private set; }

    /// <summary>Those of them that ask a host of the home network.</summary>
    public long OpenersToHome { get; private set; }

    /// <summary>Those that ask for the owner of an IPv6 address before the asker has one (duplicate address detection), which the
    /// sensor passes over.</summary>
    public long Unaddressed { get; private set; }

    /// <summary>It is of the home network itself.</summary>
    public bool IsHome { get; private set; }

    /// <summary>The frame that was seen last, counted from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The frame that was seen last is from the actor and asks for something.</summary>
    public bool IsOpener { get; private set; }


    /// <inheritdoc/>
    public void See(ReadOnlySpan<byte> frame, Interest interest, int wireLength, long number)
    {
        Number = number;
        IsOpener = false;
        IsToActor = false;
        int captured = Math.Min(frame.Length, _octets.Length);
        frame[..captured].CopyTo(_octets);
        _octets.AsSpan(captured).Clear();
        _frame.Decode(_octets, 0, captured, wireLength);
        if (_actor.Sends(_frame))
        {
            From++;
            Skipped += interest == Interest.Skip ? 1 : 0;
            IsOpener = Asks();
            IsHome |= IsAtHome(_frame.Source, _frame.SourceAt);
            Openers += IsOpener ? 1 : 0;
            Unaddressed += IsOpener && IsSolicitation && _octets[_frame.SourceAt] == 0 ? 1 : 0;
            int askedAt = IsSolicitation ? _frame.TransportAt + Icmp.NeighbourTarget : _frame.DestinationAt;
            OpenersToHome += IsOpener && IsAtHome(_frame.Destination, askedAt) ? 1 : 0;
            if (_frame.IsBroadcast && _frame.Problem == 0)
            {
                NoteBroadcast();
            }

            if (_frame.IpVersion == 6)
            {
                int hash = _hash.OfAddress(_octets, _frame.DestinationAt, 16);
                _sixes.TryAdd(hash, new IPAddress(_octets.AsSpan(_frame.DestinationAt, 16)).ToString());
            }

            if (_frame.IpVersion != 0 && _frame.Problem == 0)
            {
                Sent?.Invoke(_frame.IpVersion, _frame.Protocol, _frame.IpVersion == 6
                    ? _hash.OfAddress(_octets, _frame.DestinationAt, 16) : _frame.Destination, _frame.DestinationPort);
            }
        }
        else if (_actor.Receives(_frame))
        {
            To++;
            IsToActor = true;
        }
    }

    /// <summary>An IPv6 address that the actor sent a frame to, by its hash.</summary>
    public string SixOf(int hash) => _sixes.GetValueOrDefault(hash, "an IPv6 host");

    // As Road/BroadcastFrames tells them apart.
    private void NoteBroadcast()
    {
        if (_frame.IpVersion == 4 && _frame.HasPorts)
        {
            Broadcasts.Add((_frame.Source, _frame.Destination, _frame.DestinationPort, _frame.Protocol));
        }
        else if (_frame.IpVersion == 0 && _frame.ArpOperation == 0)
        {
            int station = BinaryPrimitives.ReadInt32BigEndian(_octets.AsSpan(_frame.Start + Ethernet.Source + 2));
            Broadcasts.Add((station, 0, _frame.EtherType >= 0 ? _frame.EtherType : _frame.ServiceAccessPoints, _frame.EtherType >= 0 ? -1
                : -2));
        }
    }

    private bool IsAtHome(int address, int addressAt) => _frame.IpVersion == 6 ? _site.Table.IsHome6(_octets, addressAt)
        : _site.LivingBitOf(address) >= 0;

    private bool IsSolicitation => _frame.IpVersion == 6 && _frame.Protocol == IpProtocol.Icmpv6 && _frame.IcmpType == Icmp.NeighbourSolicitation
        && _frame.CapturedEnd - _frame.TransportAt >= Icmp.NeighbourTarget + 16;

    private bool Asks() => _frame.ArpOperation != 0 ? _frame.ArpOperation == 1
        : _frame.Protocol == IpProtocol.Tcp ? (_frame.TcpFlags & (Tcp.Syn | Tcp.Ack)) == Tcp.Syn
        : _frame.Protocol is IpProtocol.Icmp or IpProtocol.Icmpv6 ? _frame.IcmpType is EchoRequest or SixEchoRequest || IsSolicitation
        : _frame.Protocol != IpProtocol.None;
}
