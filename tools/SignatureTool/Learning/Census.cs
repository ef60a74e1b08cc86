using System;
using System.Collections.Generic;
using System.Net;
using Appliance.Playback.Captures;
using Appliance.Sensor;
using Appliance.Sensor.Frames;

namespace Appliance.SignatureTool.Learning;

/// <summary>Who lives in a capture, and who was served what by whom: the facts of which a profile is proposed. IPv4.</summary>
internal sealed class Census
{
    /// <summary>Connections followed at a time; beyond, all are begun anew: a capture of that many new ones is a flood, not a
    /// site.</summary>
    private const int MostConnections = 500_000;

    private const long Day = 24L * 3600 * 1_000_000;
    private const int MostSpeech = 16;
    private const int ArpLength = 28;

    private readonly Dictionary<(uint Client, uint Server, Service Service), Relation> _relations = [];
    private readonly Dictionary<(uint Client, int ClientPort, uint Server, Service Service), Connection> _connections = [];
    private readonly Frame _frame = new();
    private readonly byte[] _slot = new byte[SlotBatch.SlotLength];

    /// <summary>Frames taken in.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames of IPv6, which a proposal leaves out.</summary>
    public long FramesOfSix { get; private set; }

    /// <summary>Addresses that spoke ARP for themselves: they are on this segment.</summary>
    public HashSet<uint> Speakers { get; } = [];

    /// <summary>Private addresses that sent a frame, for captures without ARP.</summary>
    public HashSet<uint> PrivateSenders { get; } = [];

    /// <summary>Days, since 1970, of which there is a frame.</summary>
    public SortedSet<long> Days { get; } = [];

    /// <summary>Who asked whom for what.</summary>
    public IReadOnlyCollection<Relation> Relations => _relations.Values;

    /// <summary>Whether an address is private (RFC 1918).</summary>
    public static bool IsPrivate(uint address) => address >> 24 == 10 || address >> 20 == 0xac1 || address >> 16 == 0xc0a8;

    /// <summary>Whether an address or a prefix is one of the internet, so that it may be anybody's.</summary>
    /// <param name="actor">As a line has it.</param>
    public static bool IsPublic(string actor)
    {
        string address = actor.Split('/')[0];
        return Words.NumberOf(address) is { } number ? !IsPrivate(number)
            : IPAddress.TryParse(address, out IPAddress? six) && !six.IsIPv6UniqueLocal && !six.IsIPv6LinkLocal;
    }

    /// <summary>Takes in the frame that a reader stands at.</summary>
    public void Take(CaptureReader reader)
    {
        Frames++;
        Days.Add(reader.Time / Day);
        int captured = Math.Min(reader.Captured, _slot.Length);
        Array.Copy(reader.Buffer, reader.At, _slot, 0, captured);
        _slot.AsSpan(captured).Clear();
        _frame.Decode(_slot, 0, captured, Math.Max(reader.WireLength, captured));
        Frame frame = _frame;
        if (frame.ArpOperation != 0 && captured >= ArpLength)
        {
            Hear(Speakers, (uint)frame.Source);
        }

        FramesOfSix += frame.IpVersion == 6 ? 1 : 0;
        if (frame.IpVersion != 4 || frame.Problem != 0)
        {
            return;
        }

        if (IsPrivate((uint)frame.Source))
        {
            PrivateSenders.Add((uint)frame.Source);
        }

        if (!frame.HasPorts || frame.IsMulticast || (frame.Protocol != IpProtocol.Tcp && frame.Protocol != IpProtocol.Udp))
        {
            return;
        }

        if (frame.Protocol == IpProtocol.Tcp)
        {
            TakeTcp(reader.Time);
        }
        else
        {
            TakeUdp(reader.Time);
        }
    }

    private static void Hear(HashSet<uint> speakers, uint address)
    {
        // An address conflict probe and what no host has.
        if (address >> 24 is > 0 and < 224 and not 127 && address >> 16 != 0xa9fe)
        {
            speakers.Add(address);
        }
    }

    private void TakeTcp(long time)
    {
        const int opening = Tcp.Syn | Tcp.Ack;
        int flags = _frame.TcpFlags;
        if ((flags & opening) == Tcp.Syn)
        {
            Begin(time, false);
            return;
        }

        bool fromServer = !_connections.TryGetValue(KeyOf(false), out Connection? connection);
        if (connection is null && !_connections.TryGetValue(KeyOf(true), out connection))
        {
            return;
        }

        if ((flags & opening) == opening && fromServer && !connection.IsAccepted)
        {
            connection.IsAccepted = true;
            connection.Relation.Accepted++;
            connection.Relation.AcceptedDays.Add(time / Day);
        }

        if (_frame.PayloadLength > 0)
        {
            Data(connection, fromServer, time);
        }
    }

    private void TakeUdp(long time)
    {
        bool fromServer = _connections.TryGetValue(KeyOf(true), out Connection? connection);
        if (!fromServer && !_connections.TryGetValue(KeyOf(false), out connection))
        {
            connection = Begin(time, true);
        }

        if (fromServer && !connection!.IsAccepted)
        {
            connection.IsAccepted = true;
            connection.Relation.Accepted++;
            connection.Relation.AcceptedDays.Add(time / Day);
        }

        Data(connection!, fromServer, time);
    }

    private Connection Begin(long time, bool isUdp)
    {
        var key = KeyOf(false);
        if (!isUdp && _connections.TryGetValue(key, out Connection? again) && !again.HasClientData && time - again.Began < Day / 24)
        {
            // A SYN sent again.
            return again;
        }

        if (_connections.Count >= MostConnections)
        {
            _connections.Clear();
        }

        if (!_relations.TryGetValue((key.Client, key.Server, key.Service), out Relation? relation))
        {
            relation = new Relation { Client = key.Client, Server = key.Server, Service = key.Service };
            _relations[(key.Client, key.Server, key.Service)] = relation;
        }

        relation.Attempts++;
        return _connections[key] = new Connection(relation, time);
    }

    private void Data(Connection connection, bool fromServer, long time)
    {
        Relation relation = connection.Relation;
        if (fromServer)
        {
            relation.Received += _frame.PayloadLength;
            connection.HasServerData = true;
        }
        else
        {
            relation.Sent += _frame.PayloadLength;
            if (!connection.HasClientData)
            {
                connection.HasClientData = true;
                relation.Speech |= SpeechOf();
            }
        }

        if (connection.HasServerData && connection.HasClientData)
        {
            relation.Days.Add(time / Day);
            relation.Conversations += connection.IsCounted ? 0 : 1;
            connection.IsCounted = true;
        }
    }

    private Speech SpeechOf()
    {
        int header = _frame.Protocol == IpProtocol.Udp ? Udp.HeaderLength : (_slot[_frame.TransportAt + Tcp.DataOffset] >> 4) << 2;
        int at = _frame.TransportAt + header;
        int length = Math.Min(MostSpeech, _frame.CapturedEnd - at);
        ReadOnlySpan<byte> data = length <= 0 ? [] : _slot.AsSpan(at, length);
        return data.StartsWith("\u000bMSH|"u8) ? Speech.Hl7
            : data.StartsWith("CONNECT "u8) || data.StartsWith("GET http://"u8) || data.StartsWith("POST http://"u8) ? Speech.Proxy
            : data.Length >= 8 && data[0] == 1 && data[1] == 0 && data[6] == 0 && (data[7] & 1) == 1 ? Speech.Dicom : Speech.None;
    }

    private (uint Client, int ClientPort, uint Server, Service Service) KeyOf(bool fromServer) => fromServer
        ? ((uint)_frame.Destination, _frame.DestinationPort, (uint)_frame.Source, new Service(_frame.Protocol, _frame.SourcePort))
        : ((uint)_frame.Source, _frame.SourcePort, (uint)_frame.Destination, new Service(_frame.Protocol, _frame.DestinationPort));

    private sealed class Connection(Relation relation, long began)
    {
        public Relation Relation { get; } = relation;

        public long Began { get; } = began;

        public bool IsAccepted { get; set; }

        public bool HasClientData { get; set; }

        public bool HasServerData { get; set; }

        public bool IsCounted { get; set; }
    }
}
