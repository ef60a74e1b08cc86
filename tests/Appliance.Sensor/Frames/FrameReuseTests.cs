using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Appliance.Sensor.Frames;
using Appliance.Traffic;
using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests;

/// <summary>
/// Nothing of one frame stays for the next, and a frame behind two VLAN tags means what it means without them.
/// </summary>
[TestClass]
public sealed class FrameReuseTests
{
    private const int TwoTags = 8;

    private static readonly byte[][] Templates =
    [
        new Ip("10.1.2.3", "10.9.8.7") { TimeToLive = 57, Identification = 4711, DontFragment = true }.Tcp(50000, 11112, "S", 99, 0),
        new Ip("10.1.2.3", "10.9.8.7").Tcp(50000, 11112, "PA", 123456, 654321, payload: new byte[200]),
        new Ip("10.1.2.3", "10.9.8.7").Udp(50000, 53, new byte[40]),
        Tagged(new Ip("10.1.2.3", "10.9.8.7").Tcp(50000, 104, "SA", 7, 8)),
        Tagged(new Ip("10.1.2.3", "10.9.8.7").Udp(137, 137, new byte[50])),
        new Ip("fd00::1", "fd00::2").Tcp(50000, 11112, "S", 99, 0),
    ];

    private static readonly Gen<(byte[] Frame, int Captured, int Extra)> Frames =
        Gen.Select(Gen.Int[0, Templates.Length - 1], Gen.Select(Gen.Int[0, 59], Gen.Byte).Array[0, 3], Gen.Int[0, 400], Gen.Int[0, 3])
            .Select(Mutate);

    [TestMethod]
    public void Tags_change_nothing_of_what_a_frame_says()
    {
        Frames.Sample(
            given =>
            {
                var direct = new Frame();
                var tagged = new Frame();
                byte[] behindTags = BehindTwoTags(given.Frame);
                int captured = Math.Max(given.Captured, Ethernet.HeaderLength);
                direct.Decode(given.Frame, 0, captured, given.Frame.Length + given.Extra);
                tagged.Decode(behindTags, 0, captured + TwoTags, behindTags.Length + given.Extra);

                // Three tags at most are there, so none of the two meets the limit.
                Dictionary<string, object?> expected = Said(tagged, TwoTags);
                expected[nameof(Frame.Tags)] = Math.Max(0, tagged.Tags - 2);
                AssertSame(expected, Said(direct, 0));
            },
            iter: 20_000);
    }

    [TestMethod]
    public void Nothing_of_a_frame_stays_for_the_next()
    {
        var reused = new Frame();
        Frames.Sample(
            given =>
            {
                var fresh = new Frame();
                fresh.Decode(given.Frame, 0, given.Captured, given.Frame.Length + given.Extra);
                reused.Decode(given.Frame, 0, given.Captured, given.Frame.Length + given.Extra);
                AssertSame(Said(fresh, 0), Said(reused, 0));
            },
            iter: 20_000,
            threads: 1);
    }

    [TestMethod]
    public void The_fields_of_a_plain_segment_are_those_of_its_octets()
    {
        var frame = new Frame();
        frame.Decode(Templates[0], 0, Templates[0].Length, Templates[0].Length);

        Assert.AreEqual(0x0a010203, frame.Source);
        Assert.AreEqual(0x0a090807, frame.Destination);
        Assert.AreEqual(50000, frame.SourcePort);
        Assert.AreEqual(11112, frame.DestinationPort);
        Assert.AreEqual(Tcp.Syn, frame.TcpFlags);
        Assert.AreEqual(99, frame.Sequence);
        Assert.AreEqual(57, frame.TimeToLive);
        Assert.AreEqual(4711, frame.Identification);
        Assert.AreEqual(2, frame.FragmentBits);
        Assert.AreEqual(34, frame.TransportAt);
        Assert.AreEqual(54, frame.PayloadAt);
        Assert.AreEqual(0, frame.PayloadLength);
    }

    private static (byte[] Frame, int Captured, int Extra) Mutate(int template, (int At, byte Value)[] changes, int captured, int extra)
    {
        byte[] frame = [.. Templates[template]];
        foreach ((int at, byte value) in changes)
        {
            if (at < frame.Length)
            {
                frame[at] = value;
            }
        }

        // Most frames are captured whole.
        return (frame, captured > 200 ? frame.Length : Math.Min(captured, frame.Length), extra);
    }

    private static byte[] Tagged(byte[] frame) => [.. frame[..12], 0x81, 0, 0, 7, .. frame[12..]];

    private static byte[] BehindTwoTags(byte[] frame) => [.. frame[..12], 0x88, 0xa8, 0, 7, 0x81, 0, 0, 9, .. frame[12..]];

    // All that a frame says, offsets as without the octets that were put in.
    private static Dictionary<string, object?> Said(Frame frame, int shift)
    {
        const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;
        var said = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (FieldInfo field in typeof(Frame).GetFields(Public).Where(f => f.Name != nameof(Frame.Bytes)))
        {
            said[field.Name] = field.GetValue(frame);
        }

        foreach (PropertyInfo property in typeof(Frame).GetProperties(Public))
        {
            object? value = property.GetValue(frame);
            bool isOffset = property.Name.EndsWith("At", StringComparison.Ordinal)
                || property.Name.EndsWith("End", StringComparison.Ordinal);
            bool isThere = property.Name == nameof(Frame.PayloadAt) ? frame.TransportAt != 0 : value is not 0;
            said[property.Name] = isOffset && isThere ? (int)value! - shift : value;
        }

        return said;
    }

    private static void AssertSame(Dictionary<string, object?> expected, Dictionary<string, object?> actual)
    {
        foreach ((string name, object? value) in expected)
        {
            Assert.AreEqual(value, actual[name], name);
        }
    }
}
