using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
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
    public static ReadOnlySpan<byte> Write(Replayer replayer, Tables tables, Collector? collector, TimeSpan took)
    {
        TapSensor sensor = replayer.Sensor;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("frames", replayer.Frames);
            json.WriteNumber("bytes", replayer.Octets);
            json.WriteNumber("kept", replayer.Kept);
            json.WriteNumber("skipped", replayer.Skipped);
            json.WriteNumber("lost", replayer.Lost);
            json.WriteNumber("notEthernet", replayer.OtherLinkTypes);
            json.WriteNumber("signatures", tables.Table.Count);
            json.WriteNumber("matches", sensor.MatchCount);
            json.WriteNumber("alerts", replayer.Alerts);
            WriteCounts(json, "undecodable", Enumerable.Range(1, Undecodable.Count - 1)
                .Select(reason => (Undecodable.NameOf(reason), sensor.UndecodableByReason[reason])));
            WriteCounts(json, "incidents", Enumerable.Range(0, Kind.Count).Select(kind => (KindProse.WordOf(kind), sensor.IncidentsOf(kind))));
            WriteCounts(json, "evictions", DeviceMemory.EvictionsOf(sensor));
            if (collector is not null)
            {
                json.WriteStartObject("collector");
                json.WriteString("address", collector.Address.OriginalString);
                json.WriteNumber("sent", collector.Sent);
                json.WriteNumber("undelivered", collector.Undelivered);
                json.WriteEndObject();
            }

            json.WriteNumber("seconds", Math.Round(took.TotalSeconds, 6));
            json.WriteNumber("framesPerSecond", took > TimeSpan.Zero ? Math.Round(replayer.Frames / took.TotalSeconds) : 0);
            IReadOnlyList<(string Part, int Octets)> memory = DeviceMemory.Of(replayer.Box.Program, replayer.Ring);
            WriteCounts(json, "deviceMemory", memory.Append(("total", memory.Sum(part => part.Octets))));
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
