using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Simulator.Report.Stories;

namespace Appliance.Simulator.Report.Words;

/// <summary>Numbers, times and services as people say them.</summary>
internal static class Phrase
{
    private static readonly string[] Severities = ["unknown", "info", "low", "medium", "high", "critical"];

    /// <summary>What is usually sought behind a port: trojans and services of the practical, and of an imaging network.</summary>
    private static readonly Dictionary<int, string> Ports = new()
    {
        [21] = "FTP",
        [22] = "SSH",
        [23] = "Telnet",
        [25] = "SMTP",
        [53] = "DNS",
        [80] = "HTTP",
        [104] = "DICOM",
        [110] = "POP3",
        [111] = "portmapper",
        [135] = "Windows RPC",
        [137] = "NetBIOS name service",
        [139] = "Windows sharing",
        [143] = "IMAP",
        [161] = "SNMP",
        [389] = "LDAP",
        [443] = "HTTPS",
        [445] = "Windows sharing",
        [502] = "Modbus",
        [515] = "printing",
        [1080] = "SOCKS proxy",
        [1243] = "SubSeven",
        [1433] = "SQL Server",
        [1434] = "SQL Server",
        [1600] = "Shivka-Burka, or ISSD",
        [2575] = "HL7",
        [2762] = "DICOM over TLS",
        [3128] = "web proxy",
        [3306] = "MySQL",
        [3389] = "Remote Desktop",
        [4242] = "DICOM",
        [5432] = "PostgreSQL",
        [5555] = "Android debugging",
        [5556] = "Back Orifice",
        [5900] = "VNC",
        [8080] = "web proxy",
        [11112] = "DICOM",
        [12345] = "NetBus",
        [12346] = "NetBus",
        [20034] = "NetBus 2",
        [27347] = "SubSeven, most likely a misprint of 27374",
        [27374] = "SubSeven",
        [31337] = "Back Orifice",
    };

    /// <summary>A number and what it counts.</summary>
    public static string Count(long number, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many ?? one + "s")}");

    /// <summary>A time to the second; a word where there was no clock.</summary>
    public static string Time(DateTimeOffset? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "no clock";

    /// <summary>A time to the minute.</summary>
    public static string Minute(DateTimeOffset? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "no clock";

    /// <summary>A duration in the unit that people would say.</summary>
    public static string Duration(double seconds)
    {
        TimeSpan span = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 1e9));
        return span switch
        {
            { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0.#} days"),
            { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} hours"),
            { TotalMinutes: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0.#} minutes"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.##} s"),
        };
    }

    /// <summary>The word for a severity.</summary>
    public static string Severity(int severity) => Severities[Math.Clamp(severity, 0, 5)];

    /// <summary>A port with what is usually sought there.</summary>
    public static string Port(string port) => int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && Ports.TryGetValue(number, out string? name) ? $"{port} ({name})" : port;

    /// <summary>By what protocol and to which ports.</summary>
    public static string Service(Facts facts)
    {
        string port = facts["dport"];
        if (port is not ("" or "0"))
        {
            return $"{facts["proto"]} port {Port(port)}";
        }

        string[] ports = [.. facts.List("dports")];
        return ports.Length == 0 ? facts["proto"]
            : $"{(facts["proto"] == "ip" ? "TCP and UDP" : facts["proto"])} ports "
                + $"{List([.. ports.Select(Port)])}{(facts.IsMore("dports") ? " and others" : "")}";
    }

    /// <summary>The service in a few letters, for tables.</summary>
    public static string ShortService(Facts facts)
    {
        string ports = facts["dport"] is "" or "0" ? facts["dports"] : facts["dport"];
        return ports.Length == 0 ? facts["proto"] : $"{facts["proto"]}/{ports.Replace(",", ", ", StringComparison.Ordinal)}";
    }

    /// <summary>Names with commas, and how many more there are, named or not.</summary>
    /// <param name="names">The names that are known.</param>
    /// <param name="total">How many there are.</param>
    /// <param name="most">Names that are written.</param>
    public static string ListOf(IReadOnlyList<string> names, long total, int most = 40) => total <= names.Count ? List(names, most)
        : string.Join(", ", names.Take(most)) + string.Create(CultureInfo.InvariantCulture, $" and {total - Math.Min(names.Count, most)} more");

    /// <summary>Names with commas, and "and" before the last.</summary>
    public static string List(IReadOnlyList<string> names, int most = 40)
    {
        if (names.Count > most)
        {
            return string.Join(", ", names.Take(most)) + string.Create(CultureInfo.InvariantCulture, $" and {names.Count - most} "
                + $"more");
        }

        return names.Count < 2 ? string.Concat(names) : string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1];
    }

    /// <summary>Who did it.</summary>
    public static string Actor(Story story)
    {
        long count = story.Facts.Number("srcs");
        string source = story.Facts["src"];
        return count <= 1 ? source
            : source is "various" or "" ? Count(count, "source")
            : string.Create(CultureInfo.InvariantCulture, $"{source} ({count} sources)");
    }

    /// <summary>To whom.</summary>
    public static string Target(Story story)
    {
        long count = story.Facts.Number("dsts");
        return count <= 1 ? story.Facts["dst"] : string.Create(CultureInfo.InvariantCulture, $"{story.Facts["dst"]} ({count} "
            + $"hosts)");
    }
}
