using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.MirrorPort.Tests;

/// <summary>What the intake says of losses before the box: estimated on sampled connections, and that the mirror was full. The
/// hook and the workstation say the same.</summary>
[TestClass]
[NeedsNativeTools]
public sealed class LossTests
{
    // No port is asked for: all data is skipped.
    private static readonly byte[] Section = new byte[34];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(0.001, 6000)]
    [DataRow(0.003, 3000)]
    [DataRow(0.01, 1500)]
    [DataRow(0.03, 1000)]
    [DataRow(0.1, 800)]
    [DataRow(0.3, 800)]
    public void The_estimate_is_within_a_fifth_of_the_truth(double loss, int rounds)
    {
        double estimate = Estimate(new Transfers(1), 12, rounds, loss, out long sampled);
        TestContext.WriteLine($"{loss:P2}: estimated {estimate:P3} of {sampled}");
        Assert.IsGreaterThan(1000, sampled);
        Assert.AreEqual(loss, estimate, loss / 5);
    }

    [TestMethod]
    [DataRow(0.03)]
    [DataRow(0.2)]
    public void The_network_losing_frames_itself_changes_nothing(double loss)
    {
        double estimate = Estimate(new Transfers(2) { NetworkLoss = 0.01, Swapped = 0.002 }, 12, 1500, loss, out _);
        Assert.AreEqual(loss, estimate, loss / 5);
    }

    [TestMethod]
    public void A_thousand_mirrors_that_lose_nothing_are_not_blamed()
    {
        for (int seed = 0; seed < 1000; seed++)
        {
            var transfers = new Transfers(seed) { NetworkLoss = 0.02, Swapped = 0.005, IsDoubled = seed % 4 == 0 };
            double estimate = Estimate(transfers, 4, 6, 0, out long sampled);
            Assert.AreEqual(0, estimate, $"seed {seed}");
            Assert.IsGreaterThan(20, sampled, $"seed {seed}");
        }
    }

    [TestMethod]
    public void The_hook_and_the_workstation_estimate_alike()
    {
        foreach (double loss in new[] { 0, 0.02, 0.3 })
        {
            var random = new Random(9);
            List<(uint, byte[])> frames = [.. new Transfers(5) { NetworkLoss = 0.02, Swapped = 0.01 }.Frames(24, 12, 6)
                .Where(_ => random.NextDouble() >= loss)];
            (FrameIntake intake, _) = IntakeAgreement.Check(frames);
            Assert.IsGreaterThan(300, intake.Counter(IntakeCounter.Sampled));
            Assert.AreEqual(loss > 0, intake.Counter(IntakeCounter.Unseen) > 0);
        }
    }

    [TestMethod]
    public void Both_estimate_alike_whatever_comes()
    {
        // Frames of few connections in any order, with octets changed: each way through the sample is taken.
        var random = new Random(4);
        byte[][] some = [.. new Transfers(6).Frames(3, 4, 4).Select(frame => frame.Frame)];
        var frames = new List<(uint, byte[])>();
        for (int i = 0; i < 20000; i++)
        {
            byte[] frame = [.. some[random.Next(some.Length)]];
            if (random.Next(3) == 0)
            {
                frame[34 + random.Next(20)] ^= (byte)(1 << random.Next(8));
            }

            if (random.Next(4) == 0)
            {
                frame[40 + random.Next(2)] = (byte)random.Next(256);
            }

            frames.Add(((uint)i * 9000, frame));
        }

        (FrameIntake intake, _) = IntakeAgreement.Check(frames);
        Assert.IsGreaterThan(100, intake.Counter(IntakeCounter.Sampled));
    }

    [TestMethod]
    public void Sixteen_connections_are_sampled_and_one_that_falls_silent_makes_room()
    {
        var frames = new List<(uint, byte[])>();
        long before = 0;
        foreach (uint begin in new[] { 0u, 60_000_000u })
        {
            frames.AddRange(new Transfers((int)begin + 1).Frames(40, 3, 3).Select(frame => (frame.Stamp + begin, frame.Frame)));
            (FrameIntake intake, _) = IntakeAgreement.Check(frames);
            long now = intake.Counter(IntakeCounter.Sampled);
            long data = frames.Count(frame => frame.Item2.Length > 60);
            Assert.IsGreaterThan(before + 100, now, "new connections are sampled");
            Assert.IsLessThan(data * 3 / 4, now, "not all of forty");
            before = now;
        }
    }

    [TestMethod]
    public void Answers_to_a_scan_take_no_place_for_long()
    {
        var frames = new List<(uint, byte[])>();
        for (int i = 0; i < 256; i++)
        {
            frames.Add((1_000_000, new Ip("10.1.3.1", "10.9.9.9").Tcp(1000 + i, 55555, "SA", sequence: i, acknowledgment: 7)));
        }

        frames.AddRange(new Transfers(3).Frames(8, 6, 4).Select(frame => (frame.Stamp + 8_000_000, frame.Frame)));
        (FrameIntake intake, _) = IntakeAgreement.Check(frames);
        Assert.IsGreaterThan(100, intake.Counter(IntakeCounter.Sampled));
    }

    [TestMethod]
    [DataRow("none", 0)]
    [DataRow("client", 40)]
    [DataRow("server", 0)]
    public void Connections_of_which_a_side_is_missing_are_halves_and_no_loss(string missing, int halves)
    {
        // Every third connection lacks a side. Where it is the server's nothing of it is sampled: its first kept frame that
        // acknowledges is its last.
        var frames = new List<(uint, byte[])>();
        for (int i = 0; i < 120; i++)
        {
            foreach ((bool isClient, byte[] frame) in Conversation(i))
            {
                if (i % 3 != 0 || missing != (isClient ? "client" : "server"))
                {
                    frames.Add((1_000_000 + ((uint)i * 700_000) + ((uint)frames.Count * 200), frame));
                }
            }
        }

        (FrameIntake intake, _) = IntakeAgreement.Check(frames);
        Assert.AreEqual(halves, intake.Counter(IntakeCounter.Halves));
        Assert.IsInRange(70, 120, intake.Counter(IntakeCounter.Wholes));
        Assert.AreEqual(0, intake.Counter(IntakeCounter.Unseen));
        Assert.IsGreaterThan(200, intake.Counter(IntakeCounter.Sampled));
    }

    [TestMethod]
    public void A_long_half_is_known_once_its_place_is_taken()
    {
        // Signs of life alone show it: each data frame is kept here. It never ends, and falls silent.
        var frames = new List<(uint, byte[])>();
        var server = new Ip("10.1.3.1", "10.1.2.3");
        for (int i = 0; i < 50; i++)
        {
            frames.Add((1_000_000 + ((uint)i * 1000), server.Tcp(104, 40000, "A", sequence: 1 + (i * 100), acknowledgment: 9 + (i / 4), payload: new byte[100])));
        }

        frames.Add((60_000_000, new Ip("10.1.3.1", "10.1.2.4").Tcp(104, 40000, "A", sequence: 1, acknowledgment: 7, payload: new byte[9])));
        var intake = new FrameIntake();
        foreach ((uint stamp, byte[] frame) in frames)
        {
            Assert.AreEqual(0, intake.Counter(IntakeCounter.Halves));
            intake.Take(frame, 0, frame.Length, frame.Length, stamp);
        }

        Assert.AreEqual(1, intake.Counter(IntakeCounter.Halves));
        Assert.AreEqual(0, intake.Counter(IntakeCounter.Unseen));
    }

    [TestMethod]
    public void Answers_to_nothing_are_no_halves_however_many_they_are()
    {
        // Backscatter: SYN-ACKs sent again and again, and resets; nobody has asked.
        var frames = new List<(uint, byte[])>();
        for (int i = 0; i < 400; i++)
        {
            string flags = i % 4 == 3 ? "R" : "SA";
            frames.Add((1_000_000 + ((uint)i * 400_000), new Ip("192.0.2.7", $"10.1.2.{(i / 4) + 1}")
            { Identification = i }.Tcp(80, 2000 + (i / 4), flags, sequence: 1000 + (i / 4), acknowledgment: 5)));
        }

        (FrameIntake intake, _) = IntakeAgreement.Check(frames);
        Assert.AreEqual(0, intake.Counter(IntakeCounter.Halves));
        Assert.AreEqual(0, intake.Counter(IntakeCounter.Wholes));
    }

    [TestMethod]
    public void Seconds_in_which_the_line_was_full_are_counted_once_each()
    {
        // 1,250 octets with what Ethernet adds take 100 microseconds: the line is wholly full; of three seconds, in the first and
        // the last.
        byte[] frame = new Ip("10.1.2.3", "10.1.2.4").Udp(5000, 5001, new byte[1250 - 24 - 42]);
        var frames = new List<(uint, byte[])>();
        foreach (uint second in new[] { 0u, 2u })
        {
            for (uint i = 0; i < 3000; i++)
            {
                byte[] other = [.. frame];
                (other[18], other[19]) = ((byte)(i >> 8), (byte)i);
                frames.Add(((second * 1_000_000) + 300_000 + (i * 100), other));
            }
        }

        (FrameIntake intake, _) = IntakeAgreement.Check(frames);
        Assert.AreEqual(2, intake.Counter(IntakeCounter.FullSeconds));

        // At 94 % it is not.
        (intake, _) = IntakeAgreement.Check([.. frames.Select((f, i) => ((uint)(i * 106.4), f.Item2))]);
        Assert.AreEqual(0, intake.Counter(IntakeCounter.FullSeconds));
    }

    // A whole association: a question of two segments, an answer of three, and both sides' ends.
    private static IEnumerable<(bool IsClient, byte[] Frame)> Conversation(int number)
    {
        var client = new Ip($"10.1.2.{(number % 9) + 1}", "10.1.3.1");
        var server = new Ip("10.1.3.1", $"10.1.2.{(number % 9) + 1}");
        int port = 40000 + number;
        long to = 7000 + (number * 5000L);
        long from = 90000 + (number * 7000L);
        int id = 0;
        (bool, byte[]) Client(string flags, int octets, long acknowledgment)
        {
            byte[] frame = (client with { Identification = ++id }).Tcp(port, 104, flags, to, acknowledgment, payload: new byte[octets]);
            to += octets + (flags.Contains('S') || flags.Contains('F') ? 1 : 0);
            return (true, frame);
        }

        (bool, byte[]) Server(string flags, int octets)
        {
            byte[] frame = (server with { Identification = ++id }).Tcp(104, port, flags, from, to, payload: new byte[octets]);
            from += octets + (flags.Contains('S') || flags.Contains('F') ? 1 : 0);
            return (false, frame);
        }

        yield return Client("S", 0, 0);
        yield return Server("SA", 0);
        yield return Client("A", 0, from);
        yield return Client("A", 300, from);
        yield return Client("PA", 90, from);
        yield return Server("A", 0);
        yield return Server("A", 400);
        yield return Server("PA", 70);
        yield return Client("A", 0, from);
        yield return Server("FA", 0);
        yield return Client("FA", 0, from);
        yield return Server("A", 0);
    }

    // Through the workstation's intake, which does what the hook does.
    private static double Estimate(Transfers transfers, int connections, int rounds, double loss, out long sampled)
    {
        var random = new Random(77);
        var intake = new FrameIntake();
        intake.UseInterest(Section, 0, 0);
        foreach ((uint stamp, byte[] frame) in transfers.Frames(connections, rounds, 4))
        {
            if (random.NextDouble() >= loss)
            {
                intake.Take(frame, 0, frame.Length, frame.Length, stamp);
            }
        }

        sampled = intake.Counter(IntakeCounter.Sampled);
        return (double)intake.Counter(IntakeCounter.Unseen) / sampled;
    }
}
