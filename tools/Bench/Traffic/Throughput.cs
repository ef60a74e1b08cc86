using System;
using System.Diagnostics;
using System.IO;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;

namespace Appliance.Bench.Traffic;

/// <summary>How many frames a second the sensor takes on this machine, in process, all of them kept.</summary>
internal static class Throughput
{
    private const int Runs = 5;

    /// <summary>Measures with the shipped rules; each run has a sensor of its own.</summary>
    /// <param name="frames">How many frames a run has.</param>
    /// <param name="output">Where the figures go, a line a run.</param>
    public static void Measure(int frames, TextWriter output)
    {
        byte[] file = BenchTable.Shipped();
        SlotBatch batch = Slots.Of(OrdinaryFrames.Make(frames), frames);
        double best = 0;
        for (int run = 0; run < Runs; run++)
        {
            var table = new SignatureTable();
            int problem = table.Load(file, file.Length);
            if (problem != 0)
            {
                throw new InvalidDataException($"the sensor refuses the bench's table: problem {problem}");
            }

            var sink = new CountingSink();
            var sensor = new TapSensor(table, sink, 12345);
            sensor.SetWallClock(PcapWriter.Start * 1_000_000);
            long start = Stopwatch.GetTimestamp();
            sensor.Process(batch);
            sensor.Finish();
            double perSecond = frames / Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = Math.Max(best, perSecond);
            output.WriteLine(FormattableString.Invariant($"run {run + 1}: {perSecond:N0} frames/s, {sink.Lines} alert lines"));
        }

        output.WriteLine(FormattableString.Invariant($"best of {Runs}: {best:N0} frames/s"));
    }

    private sealed class CountingSink : IAlertSink
    {
        public int Lines { get; private set; }

        public void Alert(byte[] line, int length, int severity) => Lines++;
    }
}
