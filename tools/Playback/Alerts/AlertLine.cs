using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Appliance.Playback.Alerts;

/// <summary>One RFC 5424 message, read back as a collector reads it.</summary>
public sealed class AlertLine
{
    /// <summary>APP-NAME of the box's messages.</summary>
    public const string Application = "tap";

    private static readonly string[] OwnElements = ["incident", "heartbeat", "health", "table", "inventory"];

    /// <summary>Parameters in the case in which boxes write them; a collector's JSON may have them in lower case.</summary>
    private static readonly string[] Names =
    [
        "id", "state", "severity", "sid", "proto", "src", "srcs", "dst", "dsts", "dport", "frames", "name", "answeredBy",
        "hosts", "dur", "ttl", "flags", "sport", "stride", "unseen", "answered", "refused", "silent", "dark", "related",
        "list", "period", "group", "expected", "lost", "dports", "tool", "site", "into", "meta", "sequenceId", "sysUpTime",
        "boots", "kept", "missed", "evictions", "table", "tableAge", "transmitted", "dropped", "repeated", "memory", "part",
        "tableHash", "memoryBlock", "external", "externalBlock", "flaps", "days", "keys", "mirrorFull", "copies", "verdict",
        "reason", "source", "sequence", "signatures", "key", "matched", "of", "running", "slot", "problem", "damagedSlots",
        "associations", "rejected", "tls", "messages", "untold", "share", "type", "found", "missing", "speed", "rate", "waiting",
        "turns", "resets", "step", "octets", "restart", "storage", "hook", "mirror", "uplink", "clock", "collector", "light",
        "ring", "receiver", "blind", "blindWhy", "blindSince", "which", "why", "since", "leftOut",
    ];

    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> KnownNames =
        Names.ToDictionary(n => n).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly Dictionary<string, string> AnyCase = Names.ToDictionary(n => n, StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, string> _parameters = [];
    private string _element = string.Empty;

    private AlertLine()
    {
    }

    /// <summary>PRI: facility times eight plus syslog severity.</summary>
    public int Priority { get; private init; }

    /// <summary>TIMESTAMP; null where the sender had no clock.</summary>
    public DateTimeOffset? Time { get; private init; }

    /// <summary>HOSTNAME.</summary>
    public string HostName { get; private init; } = string.Empty;

    /// <summary>APP-NAME.</summary>
    public string Program { get; private init; } = string.Empty;

    /// <summary>PROCID: the boot count; null where it is not known.</summary>
    public long? Boot { get; private init; }

    /// <summary>MSGID: the kind of the incident.</summary>
    public string Kind { get; private init; } = string.Empty;

    /// <summary>sequenceId, which counts the messages of a boot from 1; 0 when it is not there.</summary>
    public long Sequence { get; private set; }

    /// <summary>The sender had no clock (timeQuality, RFC 5424, 7.1.2): a relay may have written when it received the line as its
    /// time.</summary>
    public bool IsUndated { get; private set; }

    /// <summary>The text behind the structured data.</summary>
    public string Message { get; private set; } = string.Empty;

    /// <summary>Whether the line tells of an incident; heartbeats and health do not.</summary>
    public bool IsIncident => _element == OwnElements[0];

    /// <summary>A box wrote it: its APP-NAME and one of its elements.</summary>
    public bool IsOwn => Program == Application && _element.Length > 0;

    /// <summary>The parameters of the box's own element, by name.</summary>
    public IReadOnlyDictionary<string, string> Parameters => _parameters;

    /// <summary>A parameter of the box's own element; empty when it is not there.</summary>
    public string this[string name] => _parameters.GetValueOrDefault(name, string.Empty);

    /// <summary>A parameter that is a number; 0 when it is not there.</summary>
    public long Number(string name)
    {
        return long.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : 0;
    }

    /// <summary>Reads a message.</summary>
    /// <param name="octets">One message without framing.</param>
    /// <param name="line">What it says.</param>
    /// <param name="problem">Why it is none: what was expected, at which octet.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> octets, [NotNullWhen(true)] out AlertLine? line, [NotNullWhen(false)] out string? problem)
    {
        line = Read(octets, out problem);
        return problem is null && line is not null;
    }

    /// <summary>Reads a message as far as it goes, since what stands before a cut is still true.</summary>
    /// <param name="octets">One message without framing.</param>
    /// <param name="problem">What was expected, at which octet; null when the message is whole.</param>
    /// <returns>What it says; null where not even the header can be read.</returns>
    public static AlertLine? Read(ReadOnlySpan<byte> octets, out string? problem)
    {
        problem = null;
        var text = new Text(Encoding.UTF8.GetString(octets));
        if (!text.Take('<') || !text.Number(191, out int priority) || !text.Take('>') || !text.Take('1') || !text.Take(' '))
        {
            problem = $"octet {text.At}: '<PRI>1 ' was expected (RFC 5424, 6.2)";
            return null;
        }

        string stamp = text.Word();
        if (!TryTime(stamp, out DateTimeOffset? time))
        {
            problem = $"octet {text.At}: '{stamp}' is no TIMESTAMP (RFC 5424, 6.2.3)";
            return null;
        }

        string host = text.Word();
        string program = text.Word();
        long? boot = BootOf(text.Word());
        var parsed = new AlertLine
        {
            Priority = priority,
            Time = time,
            HostName = host,
            Program = program,
            Boot = boot,
            Kind = text.Word()
        };
        if (parsed.Kind.Length == 0)
        {
            problem = $"octet {text.At}: HOSTNAME APP-NAME PROCID MSGID were expected (RFC 5424, 6.2)";
            return null;
        }

        if (!text.Take('-') && !parsed.ReadElements(text))
        {
            problem = $"octet {text.At}: malformed structured data (RFC 5424, 6.3)";
            return parsed;
        }

        text.Take(' ');
        parsed.Message = text.Rest();
        return parsed;
    }

    /// <summary>Makes a line of what a collector has taken apart and written as JSON.</summary>
    /// <param name="header">The header; its parameters are empty.</param>
    /// <param name="element">The name of the box's own element, without the enterprise number.</param>
    /// <param name="parameters">The element's parameters.</param>
    /// <param name="message">The text.</param>
    public static AlertLine Of(AlertHeader header, string element, IEnumerable<KeyValuePair<string, string>> parameters,
        string message)
    {
        var line = new AlertLine
        {
            Priority = header.Priority,
            Time = TryTime(header.Time, out DateTimeOffset? time) ? time : null,
            HostName = header.HostName,
            Program = header.Program,
            Boot = BootOf(header.Process),
            Kind = header.Kind,
            Sequence = header.Sequence,
            IsUndated = header.IsUndated,
            Message = message,
        };
        if (Array.IndexOf(OwnElements, element) >= 0)
        {
            line._element = element;
            foreach (KeyValuePair<string, string> parameter in parameters)
            {
                line._parameters[AnyCase.GetValueOrDefault(parameter.Key, parameter.Key)] = parameter.Value;
            }
        }

        return line;
    }

    private static bool TryTime(string stamp, out DateTimeOffset? time)
    {
        time = null;
        if (stamp == "-")
        {
            return true;
        }

        bool isTime = DateTimeOffset.TryParse(stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out DateTimeOffset t);
        time = isTime ? t : null;
        return isTime;
    }

    private static long? BootOf(string process)
    {
        return long.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out long boot) ? boot : null;
    }

    private bool ReadElements(Text text)
    {
        if (!text.Next('['))
        {
            return false;
        }

        while (text.Take('['))
        {
            string element = text.Name();
            int at = element.IndexOf('@', StringComparison.Ordinal);
            bool isOwn = at > 0 && Array.IndexOf(OwnElements, element[..at]) >= 0;
            if (isOwn)
            {
                _element = element[..at];
            }

            while (text.Take(' '))
            {
                string name = text.Name();
                if (name.Length == 0 || !text.Take('=') || !text.Quoted(out string value))
                {
                    return false;
                }

                if (isOwn)
                {
                    _parameters[name] = value;
                }
                else if (element == "meta" && name == "sequenceId")
                {
                    Sequence = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long sequence) ? sequence
                        : 0;
                }
                else if (element == "timeQuality" && name == "isSynced")
                {
                    IsUndated = value == "0";
                }
            }

            if (!text.Take(']'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A place in a text that only goes forward.</summary>
    private sealed class Text(string text)
    {
        public int At { get; private set; }

        public bool Next(char c) => At < text.Length && text[At] == c;

        public bool Take(char c)
        {
            bool there = Next(c);
            At += there ? 1 : 0;
            return there;
        }

        public bool Number(int most, out int value)
        {
            int start = At;
            value = 0;
            while (At < text.Length && char.IsAsciiDigit(text[At]) && At - start < 3)
            {
                value = (value * 10) + text[At++] - '0';
            }

            return At > start && value <= most;
        }

        /// <summary>Up to the next space, which is passed.</summary>
        public string Word()
        {
            int start = At;
            int end = text.IndexOf(' ', start);
            if (end < 0)
            {
                return string.Empty;
            }

            At = end + 1;
            return text[start..end];
        }

        /// <summary>An SD-NAME. Those of boxes are one object each, since a collector has millions of lines.</summary>
        public string Name()
        {
            int start = At;
            while (At < text.Length && text[At] is > ' ' and < (char)127 and not '=' and not ']' and not '"')
            {
                At++;
            }

            return KnownNames.TryGetValue(text.AsSpan(start, At - start), out string? known) ? known : text[start..At];
        }

        /// <summary>A PARAM-VALUE in its quotes, where a backslash stands before a quote, a backslash or a bracket.</summary>
        public bool Quoted(out string value)
        {
            value = string.Empty;
            if (!Take('"'))
            {
                return false;
            }

            // Values of a box never need escaping.
            int end = text.AsSpan(At).IndexOfAny('"', '\\');
            if (end >= 0 && text[At + end] == '"')
            {
                value = text.Substring(At, end);
                At += end + 1;
                return true;
            }

            var found = new StringBuilder();
            while (At < text.Length && text[At] != '"')
            {
                if (text[At] == '\\' && At + 1 < text.Length && text[At + 1] is '"' or '\\' or ']')
                {
                    At++;
                }

                found.Append(text[At++]);
            }

            value = found.ToString();
            return Take('"');
        }

        public string Rest() => text[At..];
    }
}
