using System;
using System.Collections.Generic;
using System.Device.Gpio;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Appliance.Firmware;
using Appliance.Firmware.Device;
using Appliance.Firmware.Messages;
using Appliance.MirrorPort;
using Appliance.Sensor;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using Mono.Cecil;
using Mono.Cecil.Cil;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Runtime.Native;

[assembly: DoNotParallelize]

namespace Appliance.NanoHost.Tests;

/// <summary>The adapters of the device, each over the stand-in of what it adapts.</summary>
[TestClass]
public sealed class AdapterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private string _folder = null!;

    [TestInitialize]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("box-").FullName;

    [TestCleanup]
    public void RemoveFolder()
    {
        NetworkInterface.Image = null;
        Directory.Delete(_folder, recursive: true);
    }

    [TestMethod]
    public void The_box_is_put_together_and_watches()
    {
        TapProgram program = Program.Build(Root());
        var lines = new Lines();
        program.Copy = lines;
        program.Start();
        for (int i = 0; i < 40; i++)
        {
            MirrorHook.Receive(new Ip("203.0.113.66", $"10.1.2.{i + 1}").Tcp(40000 + i, 31337, "S", i));
        }

        int slots = 0;
        for (int turn = 0; turn < 20 && slots < 40; turn++)
        {
            slots += program.Turn();
        }

        Assert.AreEqual(40, slots);
        Assert.AreEqual(40, program.Sensor.Frames);
        program.Finish();
        Assert.IsTrue(lines.Text.Exists(l => l.Contains("part=\"self-test\" state=\"passed\"", StringComparison.Ordinal)),
            string.Join('\n', lines.Text));
        Assert.IsTrue(lines.Text.Exists(l => l.Contains(" sweep [", StringComparison.Ordinal)), string.Join('\n', lines.Text));
        Assert.IsGreaterThanOrEqualTo(34, MirrorHook.Interest.Length);
        Assert.IsTrue(File.Exists(Root() + "boot0.tap"));
    }

    [TestMethod]
    public void The_watchdog_runs_before_whatever_may_end_the_program()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(typeof(Program).Assembly.Location);
        Instruction[] body = [.. module.GetType(typeof(Program).FullName).Methods.Single(m => m.Name == nameof(Program.Build))
            .Body.Instructions];
        string[] calls = [.. body.Select(i => i.Operand).OfType<MethodReference>().Select(m => $"{m.DeclaringType.Name}.{m.Name}")];
        CollectionAssert.AreEqual(
            new[] { "SystemInfo.get_TargetName", "Board.Of", "HookPort..ctor", "HookPort.StartWatchdog", "RgbLight..ctor",
                "RgbLight.Show" },
            calls[..6], "what may throw before the watchdog runs leaves a box that does nothing");
        Instruction start = body.Single(i => i.Operand is MethodReference { Name: nameof(HookPort.StartWatchdog) });
        Assert.AreEqual(TapProgram.WatchdogMilliseconds, start.Previous.Operand);
    }

    [TestMethod]
    public void The_light_says_that_the_box_starts_before_it_has_begun()
    {
        Board board = Board.Of(SystemInfo.TargetName);
        new RgbLight(board).Show(Firmware.Light.Colour.Off);
        Program.Build(Root());
        foreach (int pin in new[] { board.Red, board.Green, board.Blue })
        {
            Assert.AreEqual(PinValue.High, GpioController.LevelOf(pin), "all three are white");
        }
    }

    [TestMethod]
    public void Files_are_written_whole_and_renaming_refuses_to_replace()
    {
        var storage = new FlashStorage(Root());
        byte[] octets = [1, 2, 3, 4];
        Assert.IsFalse(storage.Exists("a"));
        Assert.AreEqual(-1, storage.LengthOf("a"));
        Assert.IsTrue(storage.Write("a", octets[..1], octets[1..3]));
        Assert.AreEqual(3, storage.LengthOf("a"));
        byte[] read = new byte[10];
        Assert.AreEqual(3, storage.Read("a", 0, read));
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, read[..3]);
        Assert.AreEqual(1, storage.Read("a", 2, read));
        Assert.AreEqual(3, read[0]);
        Assert.AreEqual(0, storage.Read("a", 3, read));
        Assert.AreEqual(-1, storage.Read("z", 0, read));
        Assert.IsTrue(storage.Write("b", octets, []));
        Assert.IsFalse(storage.Move("a", "b"));
        Assert.IsTrue(storage.Move("a", "c"));
        Assert.IsTrue(storage.Delete("c"));
        Assert.IsFalse(storage.Exists("c"));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void A_write_that_fails_says_so_and_leaves_no_file_open()
    {
        var storage = new FlashStorage(Root());
        File.CreateSymbolicLink(Path.Combine(_folder, "full"), "/dev/full");
        Assert.IsFalse(storage.Write("full", [1], [2, 3]));
        Assert.IsFalse(Directory.GetFiles("/proc/self/fd").Any(file => new FileInfo(file).LinkTarget == "/dev/full"));
    }

    [TestMethod]
    public void The_inbox_is_made_and_listed_below_the_root()
    {
        var storage = new FlashStorage(Root());
        Assert.IsEmpty(storage.List("inbox"));
        File.WriteAllBytes(Path.Combine(_folder, "inbox", "new.sigtab"), [1]);
        string[] files = storage.List("inbox");
        Assert.HasCount(1, files);
        Assert.AreEqual(1, storage.LengthOf(files[0]));
    }

    [TestMethod]
    [DataRow(CollectorAddress.Udp, SocketType.Dgram, ProtocolType.Udp)]
    [DataRow(CollectorAddress.Tcp, SocketType.Stream, ProtocolType.Tcp)]
    public void The_uplink_carries_octets(int protocol, SocketType type, ProtocolType protocolType)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, type, protocolType);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (type == SocketType.Stream)
        {
            listener.Listen();
        }

        var uplink = new NetworkUplink();
        byte[] host = Encoding.ASCII.GetBytes("127.0.0.1");
        uplink.Open(protocol, host, ((IPEndPoint)listener.LocalEndPoint!).Port, host, 0, 0);
        Assert.IsTrue(SpinWait.SpinUntil(() => uplink.State() == UplinkState.Open, Patience));
        byte[] octets = Encoding.ASCII.GetBytes("5 hello");
        Assert.AreEqual(octets.Length, uplink.Send(octets, 0, octets.Length));
        using Socket reader = type == SocketType.Stream ? listener.Accept() : listener;
        byte[] received = new byte[100];
        int length = reader.Receive(received);
        Assert.AreEqual("5 hello", Encoding.ASCII.GetString(received, 0, length));
        uplink.Close();
        Assert.AreEqual(-1, uplink.Send(octets, 0, octets.Length));
    }

    [TestMethod]
    public void The_uplink_carries_octets_over_tls()
    {
        using CollectorCertificate certificate = CollectorCertificate.For(IPAddress.Loopback);
        using var collector = new TlsCollector(certificate);
        NetworkUplink uplink = OpenTls(certificate, collector.Port, UplinkState.Open);
        byte[] octets = Encoding.ASCII.GetBytes("xx5 hello");
        Assert.AreEqual(7, uplink.Send(octets, 2, 7));
        Assert.IsTrue(SpinWait.SpinUntil(() => collector.Received().Length == 7, Patience));
        Assert.AreEqual("5 hello", Encoding.ASCII.GetString(collector.Received()));
        uplink.Close();
        Assert.AreEqual(-1, uplink.Send(octets, 2, 7));
    }

    [TestMethod]
    [DataRow("another authority")]
    [DataRow("expired")]
    [DataRow("another host")]
    public void A_collector_that_can_not_prove_who_it_is_gets_nothing(string what)
    {
        using CollectorCertificate shown = CollectorCertificate.For(
            what == "another host" ? IPAddress.Parse("192.0.2.10") : IPAddress.Loopback, what == "expired");
        using CollectorCertificate other = CollectorCertificate.For(IPAddress.Loopback);
        using var collector = new TlsCollector(shown);
        NetworkUplink uplink = OpenTls(what == "another authority" ? other : shown, collector.Port, UplinkState.Failed);
        Assert.AreEqual(-1, uplink.Send([1], 0, 1));
        Assert.IsEmpty(collector.Received());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_collector_that_resets_the_handshake_or_never_answers_it_fails(bool resets)
    {
        using CollectorCertificate certificate = CollectorCertificate.For(IPAddress.Loopback);
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var reset = new Thread(() =>
        {
            using Socket socket = listener.Accept();
            socket.Receive(new byte[1]);
            socket.LingerState = new LingerOption(true, 0);
        });
        if (resets)
        {
            reset.Start();
        }

        OpenTls(certificate, ((IPEndPoint)listener.LocalEndPoint!).Port, UplinkState.Failed);
        Assert.IsTrue(!resets || reset.Join(Patience));
    }

    // The authority stands somewhere in a table's octets.
    private static NetworkUplink OpenTls(CollectorCertificate trusted, int port, int expected)
    {
        byte[] authority = trusted.Authority.RawData;
        byte[] table = [9, 9, 9, .. authority, 9];
        var uplink = new NetworkUplink();
        uplink.Open(CollectorAddress.Tls, Encoding.ASCII.GetBytes("127.0.0.1"), port, table, 3, authority.Length);
        Assert.IsTrue(SpinWait.SpinUntil(() => uplink.State() == expected, Patience), $"{uplink.State()}");
        return uplink;
    }

    [TestMethod]
    public void A_connection_that_nobody_takes_fails()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var uplink = new NetworkUplink();
        byte[] host = Encoding.ASCII.GetBytes("127.0.0.1");
        uplink.Open(CollectorAddress.Tcp, host, ((IPEndPoint)socket.LocalEndPoint!).Port, host, 0, 0);
        Assert.IsTrue(SpinWait.SpinUntil(() => uplink.State() == UplinkState.Failed, Patience));
    }

    [TestMethod]
    public void A_port_that_takes_no_datagrams_is_noticed_though_alerts_are_rare()
    {
        const long Second = 1_000_000;
        byte[] address = Encoding.ASCII.GetBytes($"udp://127.0.0.1:{ClosedPort()}");
        byte[] line = Encoding.ASCII.GetBytes("<85>1 - tap - - sweep - x");
        var sender = new SyslogSender(new NetworkUplink(), 16384, 1);
        sender.UseCollector(address, 0, address.Length, [], 0, 0);
        long away = 0;
        for (int second = 0; second < 300; second++)
        {
            if (second % 20 == 0)
            {
                sender.Alert(line, line.Length, 5);
            }

            sender.Pump(second * Second);

            // The thread that connects naps in real time.
            for (int wait = 0; wait < 100 && second - away > 1 && !sender.IsOpen && sender.Failures == 0; wait++)
            {
                Thread.Sleep(20);
                sender.Pump(second * Second);
            }

            Assert.IsTrue(second < 19 || sender.Failures > 0, "before the next alert finds it out");
            away = sender.IsOpen ? second : away;
            Thread.Sleep(5);
        }

        Assert.IsGreaterThan(3, sender.Failures);
        Assert.AreEqual(15, sender.Queue.Count + sender.Queue.Unconfirmed, "nothing counts as arrived");
    }

    [TestMethod]
    public void What_a_collector_sends_over_udp_is_no_refusal()
    {
        using var collector = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        collector.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var uplink = new NetworkUplink();
        byte[] host = Encoding.ASCII.GetBytes("127.0.0.1");
        uplink.Open(CollectorAddress.Udp, host, ((IPEndPoint)collector.LocalEndPoint!).Port, host, 0, 0);
        Assert.IsTrue(SpinWait.SpinUntil(() => uplink.State() == UplinkState.Open, Patience));
        uplink.Send([1], 0, 1);
        EndPoint box = new IPEndPoint(IPAddress.Any, 0);
        collector.ReceiveFrom(new byte[9], ref box);
        collector.SendTo(new byte[100], box);
        for (int i = 0; i < 5; i++)
        {
            Thread.Sleep(10);
            Assert.AreEqual(UplinkState.Open, uplink.State());
        }
    }

    // A listener whose queue is full answers nobody: a connection to it is made in minutes, if ever.
    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void A_collector_that_never_answers_does_not_hold_the_next_one_up()
    {
        using Socket hole = Listener(0);
        EndPoint there = hole.LocalEndPoint!;
        Socket[] full = [.. Enumerable.Range(0, 4).Select(_ =>
        {
            var one = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            one.ConnectAsync(there);
            return one;
        })];
        Thread.Sleep(100);
        using Socket well = Listener(5);
        byte[] host = Encoding.ASCII.GetBytes("127.0.0.1");
        var uplink = new NetworkUplink();
        for (int i = 0; i < 3; i++)
        {
            uplink.Open(CollectorAddress.Tcp, host, ((IPEndPoint)there).Port, host, 0, 0);
            Thread.Sleep(300);
            Assert.AreEqual(UplinkState.Opening, uplink.State());
            uplink.Close();
        }

        uplink.Open(CollectorAddress.Tcp, host, ((IPEndPoint)well.LocalEndPoint!).Port, host, 0, 0);
        Assert.IsTrue(SpinWait.SpinUntil(() => uplink.State() == UplinkState.Open, Patience), $"{uplink.State()}");
        foreach (Socket one in full)
        {
            one.Dispose();
        }
    }

    // The order is that of an ESP32's image. An access point has an address of its own, and nobody collects alerts there.
    [TestMethod]
    [DataRow("station 0.0.0.0, point 192.168.4.1, ethernet 192.0.2.7", true, 3, DisplayName = "W5500")]
    [DataRow("station 0.0.0.0, point 192.168.4.1, ethernet 0.0.0.0", false, 3, DisplayName = "W5500 without an address")]
    [DataRow("station 192.0.2.8, point 192.168.4.1, ethernet 0.0.0.0", false, 3, DisplayName = "Wi-Fi is not taken for the W5500")]
    [DataRow("station 192.0.2.8, point 192.168.4.1", true, 1, DisplayName = "Wi-Fi")]
    [DataRow("station 0.0.0.0, point 192.168.4.1", false, 1, DisplayName = "Wi-Fi without an address")]
    [DataRow("ethernet 192.0.2.7", true, 1, DisplayName = "an image without Wi-Fi")]
    [DataRow("point 192.168.4.1", false, 0, DisplayName = "an access point only")]
    [DataRow("", false, 0, DisplayName = "no network")]
    public void The_uplink_is_the_wired_interface_or_else_the_wifi_station(string image, bool hasLink, int mac)
    {
        NetworkInterface[] all = [.. image.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select((text, i) =>
            NetworkInterface.Of(TypeOf(text.Split(' ')[0]), (byte)(i + 1), text.Split(' ')[1]))];
        NetworkInterface.Image = () => all;
        var uplink = new NetworkUplink();
        Assert.AreEqual(hasLink, uplink.IsLinkUp());
        CollectionAssert.AreEqual(mac == 0 ? new byte[6] : [0x02, 0, 0, 0, 0, (byte)mac], uplink.MacAddress());
    }

    [TestMethod]
    public void The_host_name_is_that_of_the_interface_that_sends()
    {
        NetworkInterface.Image = () =>
        [
            NetworkInterface.Of(NetworkInterfaceType.Wireless80211, 0x11, "0.0.0.0"),
            NetworkInterface.Of(NetworkInterfaceType.WirelessAP, 0x12, "192.168.4.1"),
            NetworkInterface.Of(NetworkInterfaceType.Ethernet, 0xee, "192.0.2.7"),
        ];
        TapProgram program = Program.Build(Root());
        var lines = new Lines();
        program.Copy = lines;
        program.Start();
        Assert.AreEqual("tap-0000ee", Encoding.ASCII.GetString(program.HostName));
        string test = lines.Text.Single(l => l.Contains("part=\"self-test\"", StringComparison.Ordinal));
        Assert.Contains("uplink=\"link-up\"", test, test);
    }

    [TestMethod]
    public void Interfaces_that_can_not_be_asked_are_no_link_and_end_no_loop()
    {
        NetworkInterface.Image = () => throw new InvalidOperationException("the W5500 did not start");
        TapProgram program = Program.Build(Root());
        program.Start();
        program.Turn();
        Assert.AreEqual("tap-000000", Encoding.ASCII.GetString(program.HostName));
        var uplink = new NetworkUplink();
        Assert.IsFalse(uplink.IsLinkUp());
        NetworkInterface.Image = () => [NetworkInterface.Of(NetworkInterfaceType.Ethernet, 1, "192.0.2.7")];
        NetworkChange.RaiseAvailability(true);
        Assert.IsTrue(SpinWait.SpinUntil(uplink.IsLinkUp, TimeSpan.FromSeconds(20)), "what failed once is looked at again");
    }

    [TestMethod]
    public void The_loop_looks_at_no_interface_and_a_change_is_seen_by_its_event()
    {
        var lookers = new System.Collections.Concurrent.ConcurrentBag<int>();
        string address = "0.0.0.0";
        NetworkInterface.Image = () =>
        {
            lookers.Add(Environment.CurrentManagedThreadId);
            return [NetworkInterface.Of(NetworkInterfaceType.Ethernet, 1, address)];
        };
        var uplink = new NetworkUplink();
        Assert.IsFalse(uplink.IsLinkUp());
        lookers.Clear();
        for (int second = 0; second < 600; second++)
        {
            uplink.IsLinkUp();
        }

        address = "192.0.2.7";
        NetworkChange.RaiseAddress();
        Assert.IsTrue(SpinWait.SpinUntil(uplink.IsLinkUp, TimeSpan.FromSeconds(20)));
        address = "0.0.0.0";
        NetworkChange.RaiseAvailability(false);
        Assert.IsTrue(SpinWait.SpinUntil(() => !uplink.IsLinkUp(), TimeSpan.FromSeconds(20)));
        Assert.DoesNotContain(Environment.CurrentManagedThreadId, lookers);
    }

    [TestMethod]
    public void A_link_without_an_address_is_known_by_its_event()
    {
        NetworkInterface.Image = () => [NetworkInterface.Of(NetworkInterfaceType.Ethernet, 1, "0.0.0.0")];
        var uplink = new NetworkUplink();
        Assert.IsFalse(uplink.HasCarrier());
        NetworkChange.RaiseAvailability(true);
        Assert.IsTrue(uplink.HasCarrier());
        Assert.IsFalse(uplink.IsLinkUp());
        NetworkChange.RaiseAvailability(false);
        Assert.IsFalse(uplink.HasCarrier());
        NetworkInterface.Image = () => [NetworkInterface.Of(NetworkInterfaceType.Ethernet, 1, "192.0.2.7")];
        Assert.IsTrue(new NetworkUplink().HasCarrier(), "an address needs one");
    }

    [TestMethod]
    [DataRow("192.0.2.1", "192.0.2.1")]
    [DataRow("127.0.0.1", "127.0.0.1")]
    [DataRow("localhost", "127.0.0.1")]
    public void Literal_addresses_need_no_name_server(string host, string expected)
    {
        IPAddress address = new HostAddress().Of(Encoding.ASCII.GetBytes(host));
        Assert.IsTrue(address.ToString() == expected || IPAddress.IsLoopback(address), address.ToString());
    }

    [TestMethod]
    public void The_light_drives_three_pins()
    {
        Board board = Board.Of("ESP32_WT32_ETH01");
        Assert.IsTrue(new RgbLight(board).Show(Firmware.Light.Colour.Yellow));
        Assert.AreEqual(PinValue.High, GpioController.LevelOf(board.Red));
        Assert.AreEqual(PinValue.High, GpioController.LevelOf(board.Green));
        Assert.AreEqual(PinValue.Low, GpioController.LevelOf(board.Blue));
        Assert.IsFalse(new RgbLight(Board.Of("SOMETHING_ELSE")).Show(Firmware.Light.Colour.Green),
            "an unknown board has no light");
    }

    [TestMethod]
    public void The_clock_keeps_the_time_and_tells_the_chip()
    {
        var clock = new DeviceClock();
        long before = clock.Now();
        Assert.IsGreaterThanOrEqualTo(before, clock.Now());
        long wanted = 1_795_000_000_000_000;
        clock.SetOffset(wanted - clock.Now());
        Assert.IsLessThan(1_000_000, Math.Abs(clock.Now() + clock.Offset() - wanted));
        Assert.AreEqual(DateTimeOffset.FromUnixTimeSeconds(wanted / 1_000_000).Year, Rtc.LastSet.Year);
    }

    [TestMethod]
    public void Each_cause_of_the_chip_has_its_reason()
    {
        var port = new HookPort(64);
        int[] causes = [ResetCause.PowerOn, ResetCause.External, ResetCause.Software, ResetCause.TaskWatchdog, ResetCause.Panic,
            ResetCause.Brownout];
        int[] reasons = [.. causes.Select(cause =>
        {
            MirrorHook.Cause = cause;
            return port.RestartReason();
        })];
        CollectionAssert.AreEqual(
            new[] { RestartReason.PowerOn, RestartReason.Pin, RestartReason.Software, RestartReason.Watchdog,
                RestartReason.Panic, RestartReason.Brownout },
            reasons);
        MirrorHook.Cause = ResetCause.PowerOn;
    }

    [TestMethod]
    public void A_batch_knows_how_full_the_ring_is_behind_it()
    {
        var port = new HookPort(64);
        for (int i = 0; i < 20; i++)
        {
            MirrorHook.Receive(new byte[60]);
        }

        var batch = new SlotBatch(8);
        int[] waiting = new int[3];
        for (int i = 0; i < waiting.Length; i++)
        {
            batch.Count = 0;
            port.Read(batch);
            waiting[i] = batch.Waiting;
        }

        CollectionAssert.AreEqual(new[] { 1 + (12 * 256 / 64), 1 + (4 * 256 / 64), 1 }, waiting);
    }

    [TestMethod]
    public void The_memorys_figures_are_those_of_the_image()
    {
        var port = new HookPort(64);
        NativeMemory.Internal = (320_000, 61_816, 46_328);
        NativeMemory.External = default;
        Assert.AreEqual(61_816, port.Memory(MemoryFigure.Free));
        Assert.AreEqual(46_328, port.Memory(MemoryFigure.Block));
        Assert.AreEqual(-1, port.Memory(MemoryFigure.ExternalFree), "a board without PSRAM");
        Assert.AreEqual(-1, port.Memory(MemoryFigure.ExternalBlock));
        NativeMemory.External = (4_194_304, 3_700_000, 3_600_000);
        Assert.AreEqual(3_700_000, port.Memory(MemoryFigure.ExternalFree));
        Assert.AreEqual(3_600_000, port.Memory(MemoryFigure.ExternalBlock));
        NativeMemory.External = default;
    }

    [TestMethod]
    [DataRow("ESP32_WT32_ETH01", 14, 17, 35)]
    [DataRow("ESP32_OLIMEX", 14, 13, 36)]
    [DataRow("ESP32_OLIMEX_WROVER", 14, 13, 36)]
    public void Managed_codes_functions_leave_the_mirror_ports_pins(string target, int clock, int mosi, int miso)
    {
        // RMII, MDC and MDIO: the same on each ESP32.
        int[] mirror = [0, 18, 19, 21, 22, 23, 25, 26, 27];
        Configuration.Restart();
        Assert.IsNotEmpty(Configuration.Functions.Values.Intersect(mirror), "as the image begins");
        Assert.IsTrue(UplinkPins.Of(target)!.Claim());
        Assert.IsEmpty(Configuration.Functions.Where(function => mirror.Contains(function.Value)));
        CollectionAssert.AreEquivalent(
            new Dictionary<DeviceFunction, int>
            {
                [DeviceFunction.SPI1_CLOCK] = clock,
                [DeviceFunction.SPI1_MOSI] = mosi,
                [DeviceFunction.SPI1_MISO] = miso,
                [DeviceFunction.I2C1_CLOCK] = clock,
                [DeviceFunction.I2C1_DATA] = mosi,
                [DeviceFunction.I2C2_CLOCK] = clock,
                [DeviceFunction.I2C2_DATA] = mosi,
                [DeviceFunction.COM1_RTS] = mosi,
                [DeviceFunction.COM1_CTS] = miso,
                [DeviceFunction.COM1_TX] = 1,
                [DeviceFunction.COM1_RX] = 3,
            },
            Configuration.Functions.ToArray());
    }

    [TestMethod]
    public void Of_a_board_that_is_not_known_no_pin_is_touched() => Assert.IsNull(UplinkPins.Of("SOMETHING_ELSE"));

    private static Socket Listener(int queue)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(queue);
        return listener;
    }

    private static int ClosedPort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static NetworkInterfaceType TypeOf(string word) => word switch
    {
        "station" => NetworkInterfaceType.Wireless80211,
        "point" => NetworkInterfaceType.WirelessAP,
        _ => NetworkInterfaceType.Ethernet,
    };

    private string Root() => _folder + Path.DirectorySeparatorChar;

    private sealed class Lines : IAlertSink
    {
        public System.Collections.Generic.List<string> Text { get; } = [];

        public void Alert(byte[] line, int length, int severity) => Text.Add(Encoding.ASCII.GetString(line, 0, length));
    }
}
