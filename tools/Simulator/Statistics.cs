using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Appliance.Firmware.Messages;
using Appliance.Playback;
using Appliance.Imaging;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Simulator.Alerts;
using Appliance.Simulator.Outputs;

namespace Appliance.Simulator;

/// <summary>The file of <c>--stats</c>.</summary>
internal static class Statistics
{
    /// <summary>Writes the counters as JSON.</summary>
    /// <returns>The file's octets, a line end behind them.</returns>
    public static ReadOnlySpan<byte> Write(RunFigures run, Tables tables, Collector? collector, TimeSpan took)
    {
        TapSensor sensor = run.Box.Program.Sensor;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("frames", run.Frames);
            json.WriteNumber("bytes", run.Octets);
            json.WriteNumber("kept", run.Kept);
            json.WriteNumber("skipped", run.Frames - run.Kept - run.Missed - run.Copies);
            json.WriteNumber("lost", run.Lost);
            json.WriteNumber("missed", run.Missed);
            json.WriteNumber("copies", run.Copies);
            json.WriteNumber("sampled", run.Sampled);
            json.WriteNumber("unseen", run.Unseen);
            if (run.Span is { } span)
            {
                json.WriteNumber("droppedBefore", span.Dropped);
            }

            json.WriteNumber("notEthernet", run.OtherLinkTypes);
            json.WriteNumber("signatures", tables.Table.Count);
            json.WriteNumber("matches", sensor.MatchCount);
            json.WriteNumber("alerts", run.Box.Outputs.Count);
            WriteCounts(json, "undecodable", Enumerable.Range(1, Undecodable.Count - 1)
                .Select(reason => (UndecodableWord.Of(reason), sensor.UndecodableByReason[reason])));
            ImagingEyes? imaging = run.Box.Program.Imaging;
            WriteCounts(json, "incidents", Enumerable.Range(0, Kind.Count)
                .Select(kind => (KindProse.WordOf(kind), sensor.IncidentsOf(kind)))
                .Append(("dicom-guess", imaging?.StoriesOf(0) ?? 0)).Append(("dicom-caller", imaging?.StoriesOf(1) ?? 0))
                .Append(("weak-service", imaging?.StoriesOf(2) ?? 0)).Append(("new-host", imaging?.StoriesOf(3) ?? 0)));
            WriteCounts(json, "evictions", DeviceMemory.EvictionsOf(sensor).Append(("imaging", imaging?.Evictions() ?? 0)));
            AlertQueue queue = run.Box.Program.Sender.Queue;
            json.WriteStartObject("sender");
            json.WriteNumber("sent", run.Box.Program.Sender.Sent);
            json.WriteNumber("waiting", queue.Count);
            json.WriteNumber("dropped", queue.Dropped);
            json.WriteNumber("repeated", queue.Repeated);
            json.WriteNumber("breaks", run.Box.Program.Sender.Breaks);
            json.WriteEndObject();
            if (collector is not null)
            {
                json.WriteStartObject("collector");
                json.WriteString("address", collector.Address.OriginalString);
                json.WriteNumber("sent", collector.Sent);
                json.WriteNumber("undelivered", collector.Undelivered);
                json.WriteEndObject();
            }

            json.WriteNumber("seconds", Math.Round(took.TotalSeconds, 6));
            json.WriteNumber("framesPerSecond", took > TimeSpan.Zero ? Math.Round(run.Frames / took.TotalSeconds) : 0);
            IReadOnlyList<(string Part, int Octets)> memory = DeviceMemory.Of(run.Box.Program, run.Ring);
            WriteCounts(json, "deviceMemory", memory.Append(("total", memory.Sum(part => part.Octets))));
            json.WriteStartObject("boards");
            foreach ((string board, IReadOnlyList<(string Part, int Octets)> parts) in BoardMemory.Of(run.Box.Program))
            {
                WriteCounts(json, board, parts);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, IEnumerable<(string Name, int Count)> counts)
    {
        json.WriteStartObject(name);
        foreach ((string key, int count) in counts)
        {
            json.WriteNumber(key, count);
        }

        json.WriteEndObject();
    }
}
