using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Imaging.Tests;

/// <summary>Whatever comes: nothing is thrown, nothing is read that the slot does not hold, no line is too long.</summary>
[TestClass]
public sealed class RobustnessTests
{
    private static readonly byte[] Stamps = [1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2];

    [TestMethod]
    public void FramesCutAtEachLengthAndWithRandomOctetsAreTaken()
    {
        var ward = new Ward("[imaging.dicom]\nCT1 = \"10.20.30.31\"\n");
        var batch = new SlotBatch(1);
        var random = new Random(3);
        long stamp = 1_000_000;
        int frames = 0;
        foreach (byte[] frame in Frames())
        {
            for (int length = 0; length <= frame.Length; length++)
            {
                Take(frame[..length], frame.Length);
            }

            for (int i = 0; i < 500; i++)
            {
                byte[] changed = [.. frame];
                for (int octet = 0; octet < 3; octet++)
                {
                    changed[random.Next(Math.Min(frame.Length, SlotBatch.SlotLength))] = (byte)random.Next(256);
                }

                Take(changed, random.Next(4) == 0 ? random.Next(1600) : frame.Length);
            }
        }

        Assert.IsGreaterThan(20000, frames);
        ward.Finish();

        void Take(byte[] frame, int wire)
        {
            batch.Count = 0;

            // What was in the slot before must not matter.
            random.NextBytes(batch.Bytes);
            batch.Put(frame, 0, Math.Min(frame.Length, SlotBatch.SlotLength), wire, false, stamp += 1000);
            ward.Eyes.Process(batch);
            frames++;
        }
    }

    [TestMethod]
    public void ACutTitleIsNobodys()
    {
        // IPv6, a tag and timestamps leave 12 octets of the calling title.
        var ward = new Ward("[imaging.dicom]\nSTATION_NUMBER_1 = \"2001:db8:20::31\"\n");
        foreach (string calling in new[] { "STATION_NUMBER_1", "STATION_NUMBER_2" })
        {
            byte[] frame = new Ip("2001:db8:20::99", "2001:db8:20::112").Tcp(40000, 104, "PA", options: Stamps,
                payload: Dicom.Request("PACS", calling));
            ward.See(Change.Tagged(frame, (0x8100, 3)));
        }

        Assert.AreEqual(2, ward.Kept);
        Assert.IsEmpty(ward.Lines);
    }

    [TestMethod]
    public void ALineAtAllItsMaximaHasItsFirstElevenParametersAndTheSite()
    {
        var ward = new Ward("[[expected]]\nname = \"An explanation of 32 characters.\"\nsource = \"2001:db8:20:0:1111:2222:3333:4444\"\n");
        ward.Sensor.Origin.UseHost("a-name-of-24-characters-"u8.ToArray());
        ward.Sensor.Origin.UseBoot(int.MaxValue);
        ward.Sensor.Origin.UseEnterprise(int.MaxValue);
        for (int i = 0; i < 300; i++)
        {
            ward.Reject("2001:db8:20:0:1111:2222:3333:4444", "2001:db8:20:0:5555:6666:7777:8888",
                FormattableString.Invariant($"TITLE_NUMBER_{i:000}"),
                "CALLING_TITLE_16", 0x30);
        }

        ward.Accept("2001:db8:20:0:1111:2222:3333:4444", "2001:db8:20:0:5555:6666:7777:8888", "TITLE_NUMBER_XYZ", "CALLING_TITLE_16", 0x30);
        string line = ward.Finish().Of("dicom-guess").Last();
        string[] names = ["id", "state", "severity", "sid", "proto", "src", "srcs", "dst", "dsts", "dport", "frames"];
        int at = 0;
        foreach (string name in names.Append("site"))
        {
            int next = line.IndexOf(name + "=\"", at, StringComparison.Ordinal);
            Assert.IsGreaterThan(at, next, name + " in " + line);
            at = next;
        }
    }

    private static IEnumerable<byte[]> Frames()
    {
        byte[][] payloads =
        [
            Dicom.Request("PACS", "WS1", 0x30), Dicom.Accept("PACS", "WS1"), Dicom.Reject(), Dicom.Abort(),
                Hl7.Message("LAB", "A", "RIS", "B"),
            [0x16, 3, 1, 0, 90, 2, 0, 0, 86, 3, 1], [3, 0, 0, 0x13, 0x0e, 0xd0, 0, 0, 0x12, 0x34, 0, 2, 0, 8, 0, 0, 0, 0, 0],
            [0, 0, 0, 95, 0xff, 0x53, 0x4d, 0x42, 0x72, 0, 0, 0, 0, 0x98, .. new byte[40]], [1, 1], [0, 0, 0, 1], [0xff, 0xfd, 0x18],
            Dicom.Request("PACS", "WS1", 0x30)[6..], Dicom.Reject()[..6], Dicom.Reject()[6..], Hl7.Message("LAB", "A", "RIS", "B")[1..],
            [2, 1, 16], [4, 2, 3, 4, 1], "RFB 003.003\n"u8.ToArray(),
        ];
        foreach (byte[] payload in payloads)
        {
            foreach ((int from, int to) in new[] { (40000, 104), (23, 40000), (5900, 40000), (40000, 5900) })
            {
                byte[] frame = new Ip("10.20.30.31", Ward.Pacs).Tcp(from, to, "PA", options: Stamps, payload: payload);
                yield return frame;
                yield return Change.Tagged(frame, (0x8100, 3), (0x8100, 4));
                yield return new Ip("2001:db8:20::31", "2001:db8:20::112").Tcp(from, to, "PA", payload: payload);
            }
        }
    }
}
