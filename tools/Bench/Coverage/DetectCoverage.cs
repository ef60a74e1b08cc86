using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Appliance.Playback;
using Appliance.Playback.Captures;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;

namespace Appliance.Bench.Coverage;

/// <summary>Which of the ten detects are seen when frames are lost.</summary>
internal static class DetectCoverage
{
    private const long Second = 1_000_000;

    private const string Site = """
        [site]
        name = "practical"
        home = ["128.231.212.0/23", "24.3.21.199"]
        [groups]
        DNS_SERVERS = ["128.231.212.53", "128.231.213.53"]
        """;

    /// <summary>What each is, from the first.</summary>
    private static readonly string[] Kinds =
    [
        "distributed-probe", "sweep", "restricted-service", "distributed-probe", "sweep", "dark-host", "inverse-map", "broadcast",
            "sweep", "sweep",
    ];

    /// <summary>Runs all and writes the table as Markdown.</summary>
    /// <param name="folder">Where detect01.pcap to detect10.pcap are.</param>
    /// <param name="runs">Runs a cell.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="CaptureException">One of them can't be read.</exception>
    public static void Write(string folder, int runs, TextWriter output)
    {
        byte[] table = BenchTable.ShippedFor(Site);
        output.WriteLine();
        output.WriteLine("| detect | kind | " + string.Join(" | ", CoverageTable.Losses.Select(lost => Text($"{lost} % lost")))
            + " |");
        output.WriteLine("|---|---|" + string.Concat(Enumerable.Repeat("---:|", CoverageTable.Losses.Length)));
        for (int number = 1; number <= Kinds.Length; number++)
        {
            IReadOnlyList<(long Time, byte[] Frame)> frames = Read(Path.Combine(folder, Text($"detect{number:00}.pcap")));
            output.WriteLine(Text($"| {number} | {Kinds[number - 1]} | ") + string.Join(" | ", CoverageTable.Losses.Select(lost =>
                CoverageTable.Cell(Seen(table, frames, Kinds[number - 1], lost, runs), runs))) + " |");
        }
    }

    /// <summary>In how many runs an incident of the kind is told.</summary>
    /// <param name="table">A table file.</param>
    /// <param name="frames">The detect.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="lost">The share lost, in per cent.</param>
    /// <param name="runs">How many runs.</param>
    private static int Seen(byte[] table, IReadOnlyList<(long Time, byte[] Frame)> frames, string kind, int lost, int runs)
    {
        bool[] seen = new bool[runs];
        Parallel.For(0, runs, run => seen[run] = IsSeen(table, frames, kind, lost / 100.0, 1 + run));
        return seen.Count(isSeen => isSeen);
    }

    private static bool IsSeen(byte[] table, IReadOnlyList<(long Time, byte[] Frame)> frames, string kind, double lost, int seed)
    {
        var random = new Random(seed);
        var signatures = new SignatureTable();
        int problem = signatures.Load(table, table.Length);
        if (problem != 0)
        {
            throw new InvalidDataException($"the sensor refuses the bench's table: problem {problem}");
        }

        var sink = new KindSink(kind);
        var sensor = new TapSensor(signatures, sink, seed);
        sensor.SetWallClock(frames[0].Time);
        var batch = new SlotBatch(1);
        long now = 0;
        foreach ((long time, byte[] frame) in frames)
        {
            long stamp = Math.Max(now, time - frames[0].Time);
            for (long step = Second; now < stamp; step *= 2)
            {
                now = Math.Min(now + step, stamp);
                sensor.Tick(now);
            }

            if (random.NextDouble() < lost)
            {
                sensor.NoteLost(1);
                continue;
            }

            batch.Put(frame, 0, frame.Length, frame.Length, false, stamp);
            sensor.Process(batch);
            batch.Count = 0;
        }

        sensor.Finish();
        return sink.IsSeen;
    }

    private static List<(long Time, byte[] Frame)> Read(string path)
    {
        var frames = new List<(long, byte[])>();
        using CaptureReader reader = CaptureReader.Open(path);
        while (reader.Read())
        {
            frames.Add((reader.Time, reader.Buffer.AsSpan(reader.At, reader.Captured).ToArray()));
        }

        return frames;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class KindSink(string kind) : IAlertSink
    {
        public bool IsSeen { get; private set; }

        public void Alert(byte[] line, int length, int severity) =>
            IsSeen |= Encoding.ASCII.GetString(line, 0, length).Contains($" {kind} [", StringComparison.Ordinal);
    }
}
