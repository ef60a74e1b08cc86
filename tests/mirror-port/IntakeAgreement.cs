using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.MirrorPort.Tests;

/// <summary>Frames through the hook's intake and through the workstation's: verdicts, slots and counters have to be the
/// same.</summary>
internal static class IntakeAgreement
{
    /// <summary>No port is asked for: a mask that skips all data.</summary>
    private static readonly byte[] Section = new byte[34];

    /// <summary>Sends frames through both.</summary>
    /// <param name="frames">Each with its stamp in microseconds, below 2^32.</param>
    /// <returns>The workstation's intake, and the slots that it filled.</returns>
    public static (FrameIntake Intake, SlotBatch Slots) Check(IReadOnlyList<(uint Stamp, byte[] Frame)> frames)
    {
        var intake = new FrameIntake();
        intake.UseInterest(Section, 0, 0);
        var slots = new SlotBatch(frames.Count);
        var expected = new StringBuilder();
        using var folder = new TemporaryFolder();
        string path = folder.File("commands");
        using (var input = new CoreInput(path))
        {
            input.Mask(Section, 0, []);
            var batch = new SlotBatch(1);
            foreach ((uint stamp, byte[] frame) in frames)
            {
                input.Frame(stamp, frame);
                input.Read();
                Interest interest = intake.Take(frame, 0, frame.Length, frame.Length, stamp);
                expected.Append(interest switch { Interest.Skip => 's', Interest.Copy => 'c', _ => 'k' }).Append('\n');
                if (interest is Interest.Keep or Interest.SignOfLife)
                {
                    intake.Put(slots);
                    batch.Count = 0;
                    intake.Put(batch);
                    Write(expected, batch);
                }
            }

            input.Counters();
        }

        for (int which = 0; which < IntakeCounter.Count; which++)
        {
            expected.Append(intake.Counter(which).ToString(CultureInfo.InvariantCulture)).Append(which + 1 == IntakeCounter.Count ? '\n' : ' ');
        }

        (int code, string output) = NativeBuild.RunWith(path, Path.Combine(NativeBuild.Folder("address"), "run_core"));
        Assert.AreEqual(0, code, output);
        string[] hook = [.. output.Split('\n').Where(line => line.Length > 0)];
        string[] station = [.. expected.ToString().Split('\n').Where(line => line.Length > 0)];

        // The line before the last has counters that the workstation's ports have themselves.
        hook = [.. hook[..^2], hook[^1]];
        int frameNumber = -1;
        for (int i = 0; i < Math.Min(hook.Length, station.Length); i++)
        {
            frameNumber += hook[i].Length == 1 ? 1 : 0;
            if (hook[i] != station[i])
            {
                string frame = frameNumber < frames.Count ? Convert.ToHexString(frames[frameNumber].Frame) : "";
                Assert.Fail($"frame {frameNumber} {frame}:\nhook {hook[i]}\nhere {station[i]}");
            }
        }

        Assert.HasCount(station.Length, hook);
        return (intake, slots);
    }

    private static void Write(StringBuilder text, SlotBatch slot)
    {
        text.Append(((uint)slot.Stamps[0]).ToString("x8", CultureInfo.InvariantCulture)).Append(' ')
            .Append(((uint)slot.Lengths[0]).ToString("x8", CultureInfo.InvariantCulture)).Append(' ');
        foreach (int word in slot.Words)
        {
            text.Append(((uint)word).ToString("x8", CultureInfo.InvariantCulture));
        }

        // A batch that is used again has zeros behind a frame, as the hook's: each slot starts empty here.
        text.Append(' ').Append(Convert.ToHexStringLower(slot.Bytes)).Append('\n');
        Array.Clear(slot.Bytes);
    }
}
