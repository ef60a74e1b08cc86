using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Simulator.Tests;

/// <summary>Alerts on the network, as plain sockets receive them.</summary>
[TestClass]
public sealed class CollectorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TemporaryFolder _folder = null!;

    [TestInitialize]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TestCleanup]
    public void RemoveFolder() => _folder.Dispose();

    [TestMethod]
    [DataRow("127.0.0.1")]
    [DataRow("::1")]
    public void UdpCarriesOneMessageADatagram(string host)
    {
        IPAddress address = IPAddress.Parse(host);
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !Socket.OSSupportsIPv6)
        {
            return;
        }

        using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        socket.Bind(new IPEndPoint(address, 0));
        string[] sent = Replay($"udp://{Literal(address)}:{PortOf(socket)}", 0, out string errors);
        Assert.AreEqual(TapsimRun.PracticalsHomeOfSome, errors);
        Assert.IsTrue(sent.Length >= 4);
        var received = new List<string>();
        byte[] datagram = new byte[65536];
        while (received.Count < sent.Length && socket.Poll(Patience, SelectMode.SelectRead))
        {
            received.Add(Encoding.UTF8.GetString(datagram, 0, socket.Receive(datagram)));
        }

        CollectionAssert.AreEqual(sent, received);
    }

    [TestMethod]
    public async Task TcpCarriesMessagesWithTheirLength()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<byte[]> stream = Task.Run(() =>
        {
            using Socket socket = listener.AcceptSocket();
            using var all = new MemoryStream();
            new NetworkStream(socket).CopyTo(all);
            return all.ToArray();
        });
        string[] sent = Replay($"tcp://127.0.0.1:{PortOf(listener.Server)}", 0, out string errors);
        Assert.AreEqual(TapsimRun.PracticalsHomeOfSome, errors);
        string expected = string.Concat(sent.Select(line => $"{Encoding.UTF8.GetByteCount(line)} {line}"));
        Assert.AreEqual(expected, Encoding.UTF8.GetString(await stream.WaitAsync(Patience)));
    }

    [TestMethod]
    public void AUdpCollectorThatIsDownCostsNothingButIsSaid()
    {
        string[] lines = Replay($"udp://127.0.0.1:{FreePort(SocketType.Dgram)}", 0, out string errors);
        StringAssert.Contains(errors, "connection refused (nothing listens there)");
        StringAssert.Contains(errors, $"of {lines.Length} alerts were not delivered");
    }

    [TestMethod]
    public void ATcpCollectorThatIsDownIsSaidAndTheReplayIsWhole()
    {
        string[] lines = Replay($"tcp://127.0.0.1:{FreePort(SocketType.Stream)}", 2, out string errors);
        StringAssert.Contains(errors, "connection refused (nothing listens there)");
        StringAssert.Contains(errors, $"{lines.Length} of {lines.Length} alerts were not delivered");
        CollectionAssert.AreEqual(TapsimRun.Run("replay", TapsimRun.Detect(5), TapsimRun.Detect(9), "--alerts",
            "-").Expect(0).Lines, lines);
        StringAssert.Contains(File.ReadAllText(_folder.File("stats")), $"\"undelivered\": {lines.Length}");
    }

    [TestMethod]
    public async Task ATcpCollectorThatHangsUpIsSaid()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task hangUp = Task.Run(() =>
        {
            // A reset, not a farewell.
            using Socket socket = listener.AcceptSocket();
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
            listener.Stop();
        });
        string[] lines = Replay($"tcp://127.0.0.1:{PortOf(listener.Server)}", 2, out string errors);
        await hangUp.WaitAsync(Patience);
        StringAssert.Contains(errors, $"of {lines.Length} alerts were not delivered");
    }

    [TestMethod]
    [DataRow("replay")]
    [DataRow("live")]
    public void AHostThatIsNotKnownIsSaidBeforeAnythingIsDone(string command)
    {
        string alerts = _folder.File("alerts");
        TapsimRun run = TapsimRun.Run(command, command == "live" ? "no-such-if" : TapsimRun.Detect(5), "--collector", "udp://collector.invalid:514",
            "--alerts", alerts).Expect(2);
        Assert.AreEqual("tapsim: --collector: udp://collector.invalid:514: the host name is not known\n", run.Errors);
        Assert.AreEqual(string.Empty, run.Output);
        Assert.IsFalse(File.Exists(alerts));
    }

    /// <summary>Replays two detects.</summary>
    /// <returns>The lines of --alerts.</returns>
    private string[] Replay(string collector, int exitCode, out string errors)
    {
        string alerts = _folder.File("alerts");
        TapsimRun run = TapsimRun.Run("replay", TapsimRun.Detect(5), TapsimRun.Detect(9), "--collector", collector, "--alerts",
            alerts,
            "--stats", _folder.File("stats")).Expect(exitCode);
        errors = run.Errors;
        return File.ReadAllLines(alerts);
    }

    private static string Literal(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    /// <summary>
    /// A port of the loopback address where nothing listens, below those that systems give to clients: a datagram of another test
    /// took one of these before the daemon that it was meant for.
    /// </summary>
    internal static int FreePort(SocketType type)
    {
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, type,
                type == SocketType.Dgram ? ProtocolType.Udp : ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, Random.Shared.Next(15_000, 32_000)));
                return PortOf(socket);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
            }
        }
    }
}
