using System;
using System.Collections.Generic;
using System.IO;
using Appliance.Sensor.Signatures;

namespace Appliance.MirrorPort.Tests;

/// <summary>Commands for the program that runs the hook's core (emulated/RunCore.cpp says what each does).</summary>
internal sealed class CoreInput : IDisposable
{
    private readonly BinaryWriter _writer;

    /// <summary>Begins a file of commands.</summary>
    /// <param name="path">Where it is written.</param>
    public CoreInput(string path) => _writer = new BinaryWriter(File.Create(path));

    /// <summary>Puts an interest mask into use.</summary>
    public void Mask(ReadOnlySpan<byte> section, int ranges, ReadOnlySpan<byte> openings)
    {
        _writer.Write(1);
        _writer.Write(section.Length + openings.Length);
        _writer.Write(ranges);
        _writer.Write(openings.Length / TableFormat.OpeningRecord);
        _writer.Write(section);
        _writer.Write(openings);
    }

    /// <summary>A frame comes from the MAC.</summary>
    public void Frame(uint stamp, ReadOnlySpan<byte> frame)
    {
        _writer.Write(2);
        _writer.Write(stamp);
        _writer.Write(frame.Length);
        _writer.Write(frame);
    }

    /// <summary>The managed loop takes all that waits.</summary>
    public void Read() => _writer.Write(3);

    /// <summary>Counts the instructions that a frame takes.</summary>
    public void Measure(ReadOnlySpan<byte> frame)
    {
        _writer.Write(4);
        _writer.Write(frame.Length);
        _writer.Write(frame);
    }

    /// <summary>Counts the instructions that a frame of a transfer takes, each beginning where the one before ended.</summary>
    public void MeasureTransfer(ReadOnlySpan<byte> frame)
    {
        _writer.Write(6);
        _writer.Write(frame.Length);
        _writer.Write(frame);
    }

    /// <summary>Writes the counters.</summary>
    public void Counters() => _writer.Write(5);

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    /// <summary>Frames of random octets behind headers that are nearly right: the ways that no capture has.</summary>
    /// <param name="count">How many.</param>
    public static IEnumerable<byte[]> RandomFrames(int count)
    {
        var random = new Random(10);
        int[] types = [0x0800, 0x0800, 0x0800, 0x86dd, 0x0806, 0x8100, 0x88a8, 0x9100, 0x0026];
        for (int i = 0; i < count; i++)
        {
            var frame = new byte[random.Next(14, 400)];
            random.NextBytes(frame);
            frame[0] &= (byte)(random.Next(8) == 0 ? 0xff : 0xfe);
            int at = 12;
            int type = types[random.Next(types.Length)];
            while (type is 0x8100 or 0x88a8 or 0x9100 && at + 8 < frame.Length)
            {
                (frame[at], frame[at + 1]) = ((byte)(type >> 8), (byte)type);
                at += 4;
                type = types[random.Next(types.Length)];
            }

            (frame[at], frame[at + 1]) = ((byte)(type >> 8), (byte)type);
            if (at + 22 < frame.Length)
            {
                frame[at + 2] = (byte)(type == 0x86dd ? 0x60 : random.Next(4) == 0 ? 0x46 : 0x45);
                int total = random.Next(4) == 0 ? random.Next(65536) : frame.Length - at - 2;
                (frame[at + 4], frame[at + 5]) = ((byte)(total >> 8), (byte)total);
                (frame[at + 8], frame[at + 9]) = (random.Next(4) == 0 ? frame[at + 8] : (byte)0x40, (byte)0);
                frame[at + (type == 0x86dd ? 8 : 11)] = random.Next(3) == 0 ? (byte)17 : (byte)6;
            }

            if (at + 36 < frame.Length && type == 0x0800 && random.Next(2) == 0)
            {
                // Data of a connection.
                (frame[at + 2], frame[at + 34], frame[at + 35]) = (0x45, 0x50, 0x10);
            }

            yield return frame;
        }
    }
}
