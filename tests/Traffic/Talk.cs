using System;

namespace Appliance.Traffic;

/// <summary>
/// Conversations of two hosts as whole exchanges, added to a capture. Each returns when its last frame was on the wire.
/// </summary>
/// <param name="lan">Whose VLAN it happens on.</param>
/// <param name="capture">Where the frames go.</param>
/// <param name="seed">Makes sequence numbers and IP ids, the same ones each time.</param>
public sealed class Talk(Lan lan, Capture capture, int seed = 1)
{
    /// <summary>Largest segment on Ethernet.</summary>
    public const int SegmentSize = 1460;

    private readonly Random _random = new(seed);
    private int _id = seed * 7919;

    /// <summary>Time to the other side and back, in microseconds.</summary>
    public long RoundTrip { get; init; } = 400;

    /// <summary>TTL with which frames of hosts that are not at home arrive.</summary>
    public int DistantTtl { get; init; } = 116;

    /// <summary>Begins a datagram with a TTL and an id as the sender's stack would give it.</summary>
    /// <param name="source">Source address.</param>
    /// <param name="destination">Destination address.</param>
    /// <returns>The datagram's header fields.</returns>
    public Ip Between(string source, string destination) => lan.Ip(source, destination) with
    {
        TimeToLive = lan.IsHome(source) ? 64 : DistantTtl,
        Identification = _id++ & 0xffff,
        DontFragment = true,
    };

    /// <summary>A connection in full: handshake, data both ways, FINs.</summary>
    /// <param name="time">When the SYN is sent.</param>
    /// <param name="client">Who connects.</param>
    /// <param name="clientPort">From where.</param>
    /// <param name="server">To whom.</param>
    /// <param name="port">To which port.</param>
    /// <param name="exchanges">How many requests and responses.</param>
    /// <param name="request">Octets of a request.</param>
    /// <param name="response">Octets of a response.</param>
    /// <param name="pause">Microseconds between exchanges.</param>
    /// <param name="isReset">The client ends it by a reset, as browsers and scripts do, not by FINs.</param>
    /// <returns>When it was over.</returns>
    public long Connection(long time, string client, int clientPort, string server, int port, int exchanges = 1,
        int request = 200,
        int response = 900, long pause = 1000, bool isReset = false)
    {
        uint c = NextSequence();
        uint s = NextSequence();
        time = Handshake(time, client, clientPort, server, port, c, s);
        c++;
        s++;
        for (int i = 0; i < exchanges; i++)
        {
            c = Send(ref time, client, clientPort, server, port, c, s, request);
            s = Send(ref time, server, port, client, clientPort, s, c, response);
            time += pause;
        }

        if (isReset)
        {
            capture.Add(time, Between(client, server).Tcp(clientPort, port, "RA", c, s, window: 0));
            return time;
        }

        capture.Add(time, Between(client, server).Tcp(clientPort, port, "FA", c, s));
        capture.Add(time += RoundTrip, Between(server, client).Tcp(port, clientPort, "FA", s, c + 1));
        capture.Add(time += RoundTrip / 2, Between(client, server).Tcp(clientPort, port, "A", c + 1, s + 1));
        return time;
    }

    /// <summary>A SYN that is refused by a reset.</summary>
    /// <param name="time">When the SYN is sent.</param>
    /// <param name="client">Who connects.</param>
    /// <param name="clientPort">From where.</param>
    /// <param name="server">To whom.</param>
    /// <param name="port">To which port.</param>
    /// <returns>When it was over.</returns>
    public long Refused(long time, string client, int clientPort, string server, int port)
    {
        uint c = NextSequence();
        capture.Add(time, Syn(client, clientPort, server, port, c));
        capture.Add(time += RoundTrip, Between(server, client).Tcp(port, clientPort, "RA", 0, c + 1, window: 0));
        return time;
    }

    /// <summary>A SYN that is answered, and reset by its sender: a half-open probe.</summary>
    /// <param name="time">When the SYN is sent.</param>
    /// <param name="client">Who probes.</param>
    /// <param name="clientPort">From where.</param>
    /// <param name="server">Whom.</param>
    /// <param name="port">Which port.</param>
    /// <returns>When it was over.</returns>
    public long HalfOpen(long time, string client, int clientPort, string server, int port)
    {
        uint c = NextSequence();
        uint s = NextSequence();
        capture.Add(time, Syn(client, clientPort, server, port, c));
        capture.Add(time += RoundTrip, Between(server, client).Tcp(port, clientPort, "SA", s, c + 1));
        capture.Add(time += RoundTrip, Between(client, server).Tcp(clientPort, port, "R", c + 1, 0, window: 0));
        return time;
    }

    /// <summary>A SYN that nobody answers, sent again after 3 and 9 seconds with the same sequence number.</summary>
    /// <param name="time">When the SYN is sent first.</param>
    /// <param name="client">Who connects.</param>
    /// <param name="clientPort">From where.</param>
    /// <param name="server">To whom.</param>
    /// <param name="port">To which port.</param>
    /// <param name="retransmissions">How often it is sent again.</param>
    /// <returns>When the last one was sent.</returns>
    public long Unanswered(long time, string client, int clientPort, string server, int port, int retransmissions = 2)
    {
        uint c = NextSequence();
        capture.Add(time, Syn(client, clientPort, server, port, c));
        long wait = 3 * Capture.Second;
        for (int i = 0; i < retransmissions; i++)
        {
            time += wait;
            wait *= 2;
            capture.Add(time, Syn(client, clientPort, server, port, c));
        }

        return time;
    }

    /// <summary>A request in a UDP datagram and its response.</summary>
    /// <param name="time">When it is asked.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="clientPort">From where.</param>
    /// <param name="server">Whom.</param>
    /// <param name="port">At which port.</param>
    /// <param name="request">The question.</param>
    /// <param name="response">The answer; null for none.</param>
    /// <returns>When it was over.</returns>
    public long Datagrams(long time, string client, int clientPort, string server, int port, byte[] request, byte[]? response)
    {
        capture.Add(time, Between(client, server).Udp(clientPort, port, request));
        if (response is not null)
        {
            capture.Add(time += RoundTrip, Between(server, client).Udp(port, clientPort, response));
        }

        return time;
    }

    /// <summary>A SYN as a workstation's stack sends it.</summary>
    /// <param name="client">Who connects.</param>
    /// <param name="clientPort">From where.</param>
    /// <param name="server">To whom.</param>
    /// <param name="port">To which port.</param>
    /// <param name="sequence">Its sequence number.</param>
    /// <returns>The frame.</returns>
    public byte[] Syn(string client, int clientPort, string server, int port, uint sequence) =>
        Between(client, server).Tcp(clientPort, port, "S", sequence, options: TcpOption.MssSack(SegmentSize));

    /// <summary>A new initial sequence number, never 0.</summary>
    /// <returns>The number.</returns>
    public uint NextSequence() => (uint)_random.NextInt64(1, 1L << 32);

    private long Handshake(long time, string client, int clientPort, string server, int port, uint c, uint s)
    {
        capture.Add(time, Syn(client, clientPort, server, port, c));
        capture.Add(time += RoundTrip,
            Between(server, client).Tcp(port, clientPort, "SA", s, c + 1, options: TcpOption.MssSack(SegmentSize)));
        capture.Add(time += RoundTrip / 2, Between(client, server).Tcp(clientPort, port, "A", c + 1, s + 1));
        return time + (RoundTrip / 2);
    }

    private uint Send(ref long time, string source, int sourcePort, string destination, int port, uint sequence,
        uint acknowledged, int octets)
    {
        for (int sent = 0; sent < octets;)
        {
            int size = Math.Min(SegmentSize, octets - sent);
            sent += size;
            string flags = sent == octets ? "PA" : "A";
            capture.Add(time, Between(source, destination).Tcp(sourcePort, port, flags, sequence, acknowledged,
                payload: new byte[size]));
            sequence += (uint)size;
            time += 120;
        }

        // The other side acknowledges.
        capture.Add(time += RoundTrip, Between(destination, source).Tcp(port, sourcePort, "A", acknowledged, sequence));
        time += RoundTrip / 4;
        return sequence;
    }
}
