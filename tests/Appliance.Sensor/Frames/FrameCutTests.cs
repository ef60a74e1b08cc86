using System.Linq;
using Appliance.Playback;
using Appliance.Sensor.Frames;
using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Frames;

/// <summary>Frames that end early, frames of random octets, and frames one after the other in the same object.</summary>
[TestClass]
public sealed class FrameCutTests
{
    [TestMethod]
    public void AFrameCutAtAnyLengthSaysWhere()
    {
        foreach (FrameFixture fixture in FrameFixture.All)
        {
            for (int captured = 0; captured <= fixture.Octets.Length; captured++)
            {
                byte[] octets = fixture.Octets[..captured];
                Assert.AreEqual(
                    fixture.ReasonWhenCaptured(captured),
                    FrameFixture.ReasonOf(octets, fixture.Octets.Length),
                    $"{fixture}: {captured} octets captured");
                Assert.AreEqual(
                    fixture.ReasonWhenCarried(captured),
                    FrameFixture.ReasonOf(octets, captured),
                    $"{fixture}: {captured} octets on the wire");
            }
        }
    }

    [TestMethod]
    public void NothingOfAnyFixtureStaysForAnother()
    {
        var fresh = new FrameFacts[FrameFixture.All.Count];
        for (int i = 0; i < fresh.Length; i++)
        {
            fresh[i] = Decode(new Frame(), FrameFixture.All[i], int.MaxValue);
        }

        for (int first = 0; first < fresh.Length; first++)
        {
            for (int second = 0; second < fresh.Length; second++)
            {
                var reused = new Frame();
                Decode(reused, FrameFixture.All[first], int.MaxValue);
                FrameFacts said = Decode(reused, FrameFixture.All[second], int.MaxValue);
                Assert.AreEqual(fresh[second], said, $"{FrameFixture.All[second]} after {FrameFixture.All[first]}");
            }
        }
    }

    [TestMethod]
    public void NothingOfACutFrameStaysForAnother()
    {
        Gen<(int Fixture, int Captured)> step = Gen.Select(Gen.Int[0, FrameFixture.All.Count - 1], Gen.Int[0, 140]);
        step.Array[2, 6].Sample(
            steps =>
            {
                var reused = new Frame();
                foreach ((int fixture, int captured) in steps)
                {
                    FrameFacts said = Decode(reused, FrameFixture.All[fixture], captured);
                    Assert.AreEqual(Decode(new Frame(), FrameFixture.All[fixture], captured), said);
                }
            },
            iter: 5_000);
    }

    [TestMethod]
    public void RandomOctetsNeverThrow()
    {
        Gen.Select(Gen.Byte.Array[0, 160], Gen.Int[0, 2000]).Sample(
            given => CheckRange(given.Item1, given.Item2),
            iter: 20_000);
    }

    [TestMethod]
    public void FixturesWithRandomOctetsNeverThrow()
    {
        Gen.Select(Gen.Int[0, FrameFixture.All.Count - 1], Gen.Select(Gen.Int[0, 140], Gen.Byte).Array[1, 6], Gen.Int[0, 200],
            Gen.Int[0, 9])
            .Sample(
                given =>
                {
                    byte[] octets = [.. FrameFixture.All[given.Item1].Octets.Take(given.Item3)];
                    foreach ((int at, byte value) in given.Item2)
                    {
                        if (at < octets.Length)
                        {
                            octets[at] = value;
                        }
                    }

                    CheckRange(octets, given.Item4);
                },
                iter: 50_000);
    }

    private static void CheckRange(byte[] octets, int more)
    {
        int reason = FrameFixture.ReasonOf(octets, octets.Length + more);
        Assert.IsTrue(reason is >= Undecodable.None and < Undecodable.Count, $"reason {reason}");
        Assert.IsNotEmpty(UndecodableWord.Of(reason));
    }

    private static FrameFacts Decode(Frame frame, FrameFixture fixture, int captured)
    {
        byte[] octets = [.. fixture.Octets.Take(captured)];
        frame.Decode(octets, 0, octets.Length, fixture.Octets.Length);
        return FrameFacts.Of(frame);
    }
}
