using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Appliance.Playback;
using Appliance.Playback.Captures;
using Appliance.Sensor;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.MirrorPort.Tests;

/// <summary>The hook and <see cref="SlotMaking.Put"/> make the same slot of a frame: octets, zeros behind them, words, lengths
/// and shape.</summary>
[TestClass]
[NeedsNativeTools]
public sealed class SlotAgreementTests
{
    [TestMethod]
    public void BothMakeTheSameSlot()
    {
        byte[][] frames = [.. Frames()];
        using var folder = new TemporaryFolder();
        string path = folder.File("frames");
        using (var writer = new BinaryWriter(File.Create(path)))
        {
            foreach (byte[] frame in frames)
            {
                writer.Write(frame.Length);
                writer.Write(frame);
            }
        }

        (int code, string output) = NativeBuild.Run(Path.Combine(NativeBuild.Folder("address"), "read_slots"), path);

        Assert.AreEqual(0, code, output);
        string[] slots = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(frames.Length, slots);
        var batch = new SlotBatch(1);
        var shapes = new HashSet<int>();
        for (int i = 0; i < frames.Length; i++)
        {
            Array.Fill(batch.Bytes, (byte)0x77);
            batch.Count = 0;
            batch.Put(frames[i], 0, frames[i].Length, frames[i].Length, false, 0);
            Assert.AreEqual(Written(batch), slots[i], Convert.ToHexString(frames[i].AsSpan(0, Math.Min(frames[i].Length, 80))));
            shapes.Add(batch.Lengths[0] & (SlotBatch.ShapeMask | SlotBatch.Tagged));
        }

        int[] all =
        [
            SlotBatch.ShapeOther, SlotBatch.ShapeSegment, SlotBatch.ShapeTcp, SlotBatch.ShapeUdp, SlotBatch.ShapeSegment | SlotBatch.Tagged,
            SlotBatch.ShapeTcp | SlotBatch.Tagged, SlotBatch.ShapeUdp | SlotBatch.Tagged,
        ];
        CollectionAssert.AreEquivalent(all, shapes.ToArray(), "every shape comes, and no other");
    }

    private static string Written(SlotBatch batch)
    {
        var line = new StringBuilder(batch.Lengths[0].ToString("x8", CultureInfo.InvariantCulture)).Append(' ');
        foreach (int word in batch.Words)
        {
            line.Append(word.ToString("x8", CultureInfo.InvariantCulture));
        }

        return line.Append(' ').Append(Convert.ToHexStringLower(batch.Bytes)).ToString();
    }

    // The ten detects and a part of an ordinary hour, each frame as it is, tagged once and twice, cut, padded, and with a bit of
    // its headers changed.
    private static IEnumerable<byte[]> Frames()
    {
        var random = new Random(1);
        foreach (byte[] frame in Captured().Concat(new OrdinaryTraffic(new Hospital(), 5).Hour(0).Build().Frames.Take(1500)
            .Select(frame => frame.Bytes)))
        {
            byte[] tagged = Change.Tagged(frame, (0x8100, 3));
            yield return frame;
            yield return tagged;
            yield return Change.Tagged(frame, (0x88a8, 3), (0x8100, 4));
            yield return [.. frame, .. new byte[random.Next(1, 9)]];
            for (int i = 0; i < 4; i++)
            {
                byte[] changed = [.. i % 2 == 0 ? frame : tagged];
                changed[random.Next(Math.Min(changed.Length, 60))] ^= (byte)(1 << random.Next(8));
                yield return changed;
            }

            yield return frame[..random.Next(14, frame.Length)];
        }
    }

    private static IEnumerable<byte[]> Captured()
    {
        foreach (string file in Directory.GetFiles(Repository.PathOf("tests", "captures"), "*.pcap").Order(StringComparer.Ordinal))
        {
            using CaptureReader reader = CaptureReader.Open(file);
            while (reader.Read())
            {
                yield return reader.Buffer[reader.At..(reader.At + reader.Captured)];
            }
        }
    }
}
