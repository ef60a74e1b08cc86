using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Appliance.Playback.Alerts;
using Appliance.Simulator.Outputs;

namespace Appliance.Simulator.Alerts;

/// <summary>
/// Incidents in plain lines for a person: each as it opens, and all of them as they ended; between them what the box says of
/// itself.
/// </summary>
internal sealed class IncidentText
{
    /// <summary>The bits of PRI that are its severity, and the highest that asks for somebody (RFC 5424 section 6.2.1).</summary>
    private const int Level = 7;
    private const int Warning = 4;

    private readonly LineFile _file;
    private readonly Func<Incident, Prose> _proseOf;
    private readonly SortedDictionary<long, Incident> _incidents = [];

    /// <summary>Makes a writer.</summary>
    /// <param name="file">Where the lines go.</param>
    /// <param name="proseOf">What an incident means and what to do about it.</param>
    public IncidentText(LineFile file, Func<Incident, Prose> proseOf)
    {
        _file = file;
        _proseOf = proseOf;
    }

    /// <summary>The line that announces an incident.</summary>
    public static string Opening(Incident incident)
    {
        return $"{incident.Time}  {incident.SeverityWord,-8}  #{incident.Id} {incident.Kind}: {incident.Newest.Message}";
    }

    /// <summary>The line for what the box says of itself and its tables.</summary>
    public static string Telling(AlertLine line)
    {
        return $"{Incident.TimeOf(line),-19}  {((line.Priority & Level) <= Warning ? "warning" : "notice"),-8}  {line.Kind}: {line.Message}";
    }

    /// <summary>The lines that tell how an incident ended.</summary>
    public static IEnumerable<string> Ending(Incident incident, Prose prose)
    {
        yield return $"#{incident.Id} {incident.Kind}, {incident.SeverityWord} ({incident.Severity} of 5), last seen {incident.Time}";
        yield return $"    {incident.Actor} -> {incident.Target}, {incident.Service}, {incident.Extent}";
        string found = string.Join("; ", new[] { incident.Answers, incident.Ties }.Where(f => f.Length > 0));
        foreach (string text in new[] { incident.Newest.Message, found, incident.Grounds, prose.Meaning, prose.Advice })
        {
            if (text.Length > 0)
            {
                yield return "    " + text;
            }
        }
    }

    /// <summary>Nobody reads any more.</summary>
    public bool IsBroken => _file.IsBroken;

    /// <summary>Takes one of the sensor's lines.</summary>
    public void Take(ReadOnlySpan<byte> octets)
    {
        if (!AlertLine.TryParse(octets, out AlertLine? line, out string? problem))
        {
            Write($"a line of the sensor can't be read: {problem}");
            return;
        }

        if (!line.IsIncident)
        {
            // The minute's heartbeat has counters only, and says that all is as it was.
            if (line.Kind != "heartbeat")
            {
                Write(Telling(line));
            }

            return;
        }

        Incident incident = Incident.Follow(_incidents, line, out bool isNew);
        if (isNew)
        {
            Write(Opening(incident));
        }
    }

    /// <summary>Writes how each incident ended.</summary>
    /// <param name="blindness">Why none says nothing of the network; null when it does.</param>
    public void Finish(string? blindness)
    {
        List<Incident> told = [.. _incidents.Values.Where(i => !i.IsFolded)];
        // Whoever reads only this, as behind a pipe, must not take it for an all-clear.
        Write(_incidents.Count > 0 ? string.Empty : blindness is null ? "no incidents" : $"no incidents: {blindness}");
        foreach (Incident incident in told)
        {
            foreach (string line in Ending(incident, _proseOf(incident)))
            {
                Write(line);
            }
        }

        if (told.Count > 0)
        {
            Write(string.Create(CultureInfo.InvariantCulture, $"{told.Count} incident{(told.Count == 1 ? string.Empty : "s")}"));
        }

        Flush();
    }

    /// <summary>Lets a reader see what there is.</summary>
    public void Flush()
    {
        _file.Flush();
    }

    private void Write(string text)
    {
        if (text.Length > 0)
        {
            _file.WriteLine(Encoding.UTF8.GetBytes(text));
        }
    }
}
