using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Appliance.Simulator.Tests.Report;

/// <summary>A box as its collector hears it: lines with a row of sequence numbers.</summary>
internal sealed class BoxLines(string host, string site, long boot = 1)
{
    private readonly List<(DateTimeOffset Time, string Text)> _lines = [];
    private long _sequence;
    private long _id;

    /// <summary>All lines, in the order in which they were sent.</summary>
    public IEnumerable<string> Lines => _lines.Select(l => l.Text);

    /// <summary>All lines with the time at which they were sent.</summary>
    public IReadOnlyList<(DateTimeOffset Time, string Text)> Timed => _lines;

    /// <summary>An incident that opens and closes.</summary>
    /// <param name="first">Its first frame.</param>
    /// <param name="seconds">How long it took.</param>
    /// <param name="kind">MSGID.</param>
    /// <param name="severity">1 to 5.</param>
    /// <param name="parameters">What stands between severity and site.</param>
    /// <param name="words">The sentence.</param>
    public long Incident(DateTimeOffset first, int seconds, string kind, int severity, string parameters, string words = "words")
    {
        _id++;
        Told(first, _id, 0, "open", kind, severity, parameters, words);
        Told(first, _id, seconds, "closed", kind, severity, parameters, words);
        return _id;
    }

    /// <summary>One line of an incident.</summary>
    public void Told(DateTimeOffset first, long id, int seconds, string state, string kind, int severity, string parameters,
        string words)
    {
        int at = parameters.IndexOf(" dur=", StringComparison.Ordinal);
        string facts = at >= 0 ? parameters : parameters + Number(" dur", seconds);
        Add(first.AddSeconds(seconds), 88 - severity > 87 ? 86 : 87 - severity, kind,
            $"[incident@32473 id=\"{id}\" state=\"{state}\" severity=\"{severity}\" {facts} site=\"{site}\"]", words);
    }

    /// <summary>A heartbeat a minute.</summary>
    public void Watch(DateTimeOffset from, DateTimeOffset to, int every = 60, int tableAge = 86400)
    {
        for (DateTimeOffset time = from; time < to; time = time.AddSeconds(every))
        {
            Add(time, 86, "heartbeat", $"[heartbeat@32473 frames=\"{_sequence * 100}\" kept=\"{_sequence}\" lost=\"0\" "
                + "missed=\"0\" evictions=\"0\" table=\"7\" "
                + $"tableAge=\"{tableAge}\" transmitted=\"0\" dropped=\"0\" repeated=\"0\"]", "watching");
        }
    }

    /// <summary>A health message.</summary>
    public void Health(DateTimeOffset time, string part, string state, string more = "")
    {
        Add(time, 84, "health", $"[health@32473 part=\"{part}\" state=\"{state}\"{more}]", $"{part} {state}");
    }

    /// <summary>What it saw of the imaging network in a day.</summary>
    public void Inventory(DateTimeOffset time, int associations, int rejected, int tls, int messages, string more = "")
    {
        Add(time, 86, "inventory", $"[inventory@32473 part=\"imaging\" associations=\"{associations}\" rejected=\"{rejected}\" "
            + $"tls=\"{tls}\" "
            + $"messages=\"{messages}\" untold=\"0\"{more}]", "DICOM associations in the clear");
    }

    private void Add(DateTimeOffset time, int priority, string kind, string element, string words)
    {
        _sequence++;
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"<{priority}>1 {time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fff}Z {host} tap {boot} "
            + $"{kind} {element}[meta sequenceId=\"{_sequence}\" ")
            .Append(CultureInfo.InvariantCulture, $"sysUpTime=\"{_sequence * 100}\"] {words}");
        _lines.Add((time, line.ToString()));
    }

    private static string Number(string name, long value) => string.Create(CultureInfo.InvariantCulture, $"{name}=\"{value}\"");
}
