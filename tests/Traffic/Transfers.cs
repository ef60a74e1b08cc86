using System;
using System.Collections.Generic;
using System.Linq;

namespace Appliance.Traffic;

/// <summary>TCP connections as a mirror shows them that loses nothing: transfers and questions with answers, several at a
/// time.</summary>
/// <param name="seed">Makes each run the same.</param>
public sealed class Transfers(int seed)
{
    private readonly Random _random = new(seed);
    private long _stamp = 1_000_000;

    /// <summary>Share of segments that the network itself loses before the mirror, and sends again.</summary>
    public double NetworkLoss { get; init; }

    /// <summary>Share of frames that the mirror shows behind the next one.</summary>
    public double Swapped { get; init; }

    /// <summary>Each frame is shown twice.</summary>
    public bool IsDoubled { get; init; }

    /// <summary>Octets of the largest segment.</summary>
    public int Largest { get; init; } = 400;

    /// <summary>Microseconds from one frame to the next.</summary>
    public int Gap { get; init; } = 120;

    /// <summary>The frames of so many rounds: in each, every connection asks and is answered.</summary>
    public IEnumerable<(uint Stamp, byte[] Frame)> Frames(int connections, int rounds, int segments)
    {
        Connection[] all = [.. Enumerable.Range(0, connections).Select(i => new Connection(_random, i))];
        byte[]? held = null;
        foreach (byte[] frame in All(all, rounds, segments))
        {
            if (held is null && _random.NextDouble() < Swapped)
            {
                held = frame;
                continue;
            }

            foreach (byte[] shown in held is null ? new[] { frame } : [frame, held])
            {
                _stamp += Gap;
                yield return ((uint)_stamp, shown);
                if (IsDoubled)
                {
                    _stamp += 5;
                    yield return ((uint)_stamp, shown);
                }
            }

            held = null;
        }
    }

    private IEnumerable<byte[]> All(Connection[] all, int rounds, int segments)
    {
        foreach (Connection one in all)
        {
            yield return one.Client("S", 0, isSyn: true);
            yield return one.Server("SA", 0, isSyn: true);
            yield return one.Client("A", 0);
        }

        for (int round = 0; round < rounds; round++)
        {
            foreach (Connection one in all)
            {
                yield return one.Client("PA", _random.Next(1, Largest));
                foreach (byte[] frame in Answer(one, _random.Next(1, 2 * segments)))
                {
                    yield return frame;
                }
            }
        }

        // What came last is acknowledged once more, as a keep-alive asks for it.
        foreach (Connection one in all)
        {
            yield return one.Client("A", 0);
        }
    }

    // Segments, of which the client acknowledges every second; what the network lost comes again three segments later.
    private IEnumerable<byte[]> Answer(Connection one, int segments)
    {
        var again = new Queue<(byte[] Frame, int Due)>();
        long lost = -1;
        for (int i = 0; i < segments || again.Count > 0; i++)
        {
            if (again.TryPeek(out (byte[] Frame, int Due) next) && (next.Due <= i || i >= segments))
            {
                yield return again.Dequeue().Frame;
                lost = -1;
                yield return one.Client("A", 0);
                continue;
            }

            long from = one.ServerNext;
            byte[] frame = one.Server("A", i == segments - 1 ? _random.Next(1, Largest) : Largest);
            if (again.Count == 0 && _random.NextDouble() < NetworkLoss)
            {
                again.Enqueue((frame, i + 3));
                lost = from;
                continue;
            }

            yield return frame;
            if (i % 2 == 1 || i == segments - 1)
            {
                // While something is missing the client says so again and again.
                yield return one.Client("A", 0, lost >= 0 ? lost : null);
            }
        }
    }

    private sealed class Connection(Random random, int number)
    {
        private readonly Ip _client = new($"10.1.2.{number + 1}", "10.1.3.1");
        private readonly Ip _server = new("10.1.3.1", $"10.1.2.{number + 1}");
        private readonly int _port = 40000 + (number * 7);
        private long _clientNext = random.NextInt64(1L << 32);
        private int _clientIds;
        private int _serverIds;

        public long ServerNext { get; private set; } = random.NextInt64(1L << 32);

        public byte[] Client(string flags, int octets, long? acknowledgment = null, bool isSyn = false)
        {
            byte[] frame = (_client with { Identification = ++_clientIds & 0xffff })
                .Tcp(_port, 104, flags, _clientNext, isSyn ? 0 : acknowledgment ?? ServerNext, payload: new byte[octets]);
            _clientNext = (_clientNext + octets + (isSyn ? 1 : 0)) & 0xffffffff;
            return frame;
        }

        public byte[] Server(string flags, int octets, bool isSyn = false)
        {
            byte[] frame = (_server with { Identification = ++_serverIds & 0xffff })
                .Tcp(104, _port, flags, ServerNext, _clientNext, payload: new byte[octets]);
            ServerNext = (ServerNext + octets + (isSyn ? 1 : 0)) & 0xffffffff;
            return frame;
        }
    }
}
