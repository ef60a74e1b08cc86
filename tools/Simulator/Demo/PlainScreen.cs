using System;
using System.Collections.Generic;
using System.Globalization;
using Appliance.Playback.Alerts;
using Appliance.Simulator.Alerts;

namespace Appliance.Simulator.Demo;

/// <summary>Plain lines, for a pipe or a file.</summary>
internal sealed class PlainScreen : IDemoScreen
{
    /// <inheritdoc/>
    public void Begin(int captures, Tables tables, Uri collector)
    {
        Console.WriteLine($"{captures} captures, {tables.Table.Count} signatures, collector inside at {collector.OriginalString}");
    }

    /// <inheritdoc/>
    public void Replayed(string capture, long frames)
    {
        Console.WriteLine($"{capture}: {frames} frames");
    }

    /// <inheritdoc/>
    public void Alert(Incident incident, bool isNew)
    {
        if (isNew)
        {
            Console.WriteLine($"  {IncidentText.Opening(incident)}");
        }
    }

    /// <inheritdoc/>
    public void End(IReadOnlyList<Incident> incidents, Func<Incident, Prose> proseOf, Replayer replayer, long received)
    {
        Console.WriteLine();
        foreach (Incident incident in incidents)
        {
            foreach (string line in IncidentText.Ending(incident, proseOf(incident)))
            {
                Console.WriteLine(line);
            }
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{incidents.Count} incidents from {replayer.Frames} frames; the collector received {received} of {replayer.Alerts} alerts"));
    }
}
