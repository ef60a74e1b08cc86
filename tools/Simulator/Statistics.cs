using System;
using System.Buffers;
using System.Text.Json;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Simulator.Outputs;

namespace Appliance.Simulator;

/// <summary>The file of <c>--stats</c>.</summary>
internal static class Statistics
{
    /// <summary>Writes the counters as JSON.</summary>
    /// <returns>The file's octets, a line end behind them.</returns>
    public static ReadOnlySpan<byte> Write(Replayer replayer, Tables tables, MatchFile? matches, Collector? collector, TimeSpan took)
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
            if (matches is not null)
            {
                json.WriteNumber("matches", matches.Count);
            }

            json.WriteNumber("alerts", replayer.Alerts);
            WriteCounts(json, "undecodable", Undecodable.Count, Undecodable.NameOf, sensor.UndecodableByReason, 1);
            WriteCounts(json, "incidents", sensor.IncidentKinds, sensor.IncidentsByKind);
            WriteCounts(json, "evictions", sensor.TableNames, sensor.EvictionsByTable);
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
            WriteCounts(json, "deviceMemory", sensor.MemoryParts, sensor.MemoryByPart);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan;
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, string[] names, int[] counts)
    {
        WriteCounts(json, name, names.Length, i => names[i], counts, 0);
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, int length, Func<int, string> names, int[] counts, int first)
    {
        json.WriteStartObject(name);
        for (int i = first; i < length; i++)
        {
            json.WriteNumber(names(i), counts[i]);
        }

        json.WriteEndObject();
    }
}
