using System;
using System.Collections.Generic;
using Appliance.Bench.Frames;
using Appliance.Sensor.Frames;

namespace Appliance.Bench.Traffic;

/// <summary>
/// Ordinary traffic of an imaging VLAN without end, the same at every run: 85 % data of standing connections, the rest their
/// beginnings and ends, names, time, ARP, pings and broadcasts. Nothing in it deserves an incident.
/// </summary>
internal static class OrdinaryFrames
{
    private const int Connections = 400;
    private const uint Home = SensorRig.Home;
    private const uint Servers = Home + 10;
    private const int ServerCount = 8;
    private const uint Clients = Home + 100;
    private const int ClientCount = 60;

    // Ports that servers of a VLAN have: DICOM, HL7 over MLLP, HTTPS, SMB.
    private static readonly int[] ServerPorts = [104, 11112, 2575, 443, 445];
    private static readonly int[] DataLengths = [0, 0, 180, 1400, 1400];

    /// <summary>Makes frames.</summary>
    /// <param name="count">How many.</param>
    /// <returns>Microseconds since the start, and the frame.</returns>
    public static IEnumerable<(long Time, byte[] Frame)> Make(int count)
    {
        var random = new Random(20000407);
        var standing = new List<Connection>();
        var waiting = new Queue<byte[]>();
        long time = 0;
        int nextPort = 0;
        for (int i = 0; i < count; i++)
        {
            time += random.Next(20, 180);
            if (waiting.TryDequeue(out byte[]? follows))
            {
                yield return (time, follows);
                continue;
            }

            int kind = random.Next(1000);
            if (standing.Count < Connections || kind < 12)
            {
                if (standing.Count == Connections)
                {
                    int ending = random.Next(Connections);
                    standing[ending].End(waiting);
                    standing.RemoveAt(ending);
                }

                nextPort = (nextPort + 1) % 16000;
                var connection = new Connection(
                    Clients + (uint)random.Next(ClientCount), 49152 + nextPort, Servers + (uint)random.Next(ServerCount),
                    ServerPorts[random.Next(ServerPorts.Length)], (uint)random.Next(), (uint)random.Next());
                connection.Begin(waiting);
                standing.Add(connection);
            }
            else if (kind < 925)
            {
                waiting.Enqueue(standing[random.Next(Connections)].Data(random.Next(2) == 0, DataLengths[random.Next(DataLengths.Length)]));
            }
            else
            {
                Other(kind, random, waiting);
            }

            yield return (time, waiting.Dequeue());
        }
    }

    private static void Other(int kind, Random random, Queue<byte[]> waiting)
    {
        uint client = Clients + (uint)random.Next(ClientCount);
        uint server = Servers + (uint)random.Next(ServerCount);
        int port = 49152 + random.Next(16000);
        if (kind < 950)
        {
            waiting.Enqueue(FrameBuilder.Udp(client, port, SensorRig.Dns, 53, 36));
            waiting.Enqueue(FrameBuilder.Udp(SensorRig.Dns, 53, client, port, 120));
        }
        else if (kind < 960)
        {
            waiting.Enqueue(FrameBuilder.Udp(client, 123, SensorRig.Dns, 123, 48));
            waiting.Enqueue(FrameBuilder.Udp(SensorRig.Dns, 123, client, 123, 48));
        }
        else if (kind < 980)
        {
            waiting.Enqueue(FrameBuilder.Arp(client, server, 1));
            waiting.Enqueue(FrameBuilder.Arp(server, client, 2));
        }
        else if (kind < 985)
        {
            waiting.Enqueue(FrameBuilder.Echo(client, server, 8, port, 1));
            waiting.Enqueue(FrameBuilder.Echo(server, client, 0, port, 1));
        }
        else if (kind < 995)
        {
            waiting.Enqueue(FrameBuilder.Udp(client, 137, 0xffffffff, 137, 50));
        }
        else
        {
            waiting.Enqueue(FrameBuilder.SpanningTree());
        }
    }

    private sealed class Connection(uint client, int clientPort, uint server, int serverPort, uint clientSequence, uint serverSequence)
    {
        private uint _clientNext = clientSequence;
        private uint _serverNext = serverSequence;

        public void Begin(Queue<byte[]> frames)
        {
            frames.Enqueue(FromClient(Tcp.Syn, 0));
            _clientNext++;
            frames.Enqueue(FromServer(Tcp.Syn | Tcp.Ack, 0));
            _serverNext++;
            frames.Enqueue(FromClient(Tcp.Ack, 0));
            frames.Enqueue(Data(true, 180));
            frames.Enqueue(Data(false, 180));
        }

        public byte[] Data(bool fromClient, int length)
        {
            int flags = length == 0 ? Tcp.Ack : Tcp.Ack | Tcp.Psh;
            byte[] frame = fromClient ? FromClient(flags, length) : FromServer(flags, length);
            if (fromClient)
            {
                _clientNext += (uint)length;
            }
            else
            {
                _serverNext += (uint)length;
            }

            return frame;
        }

        public void End(Queue<byte[]> frames)
        {
            frames.Enqueue(FromClient(Tcp.Fin | Tcp.Ack, 0));
            _clientNext++;
            frames.Enqueue(FromServer(Tcp.Fin | Tcp.Ack, 0));
            _serverNext++;
            frames.Enqueue(FromClient(Tcp.Ack, 0));
        }

        private byte[] FromClient(int flags, int length) =>
            FrameBuilder.Tcp(client, clientPort, server, serverPort, flags, _clientNext, (flags & Tcp.Ack) != 0 ? _serverNext : 0, length);

        private byte[] FromServer(int flags, int length) =>
            FrameBuilder.Tcp(server, serverPort, client, clientPort, flags, _serverNext, _clientNext, length);
    }
}
