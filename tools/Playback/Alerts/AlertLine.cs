using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Appliance.Playback.Alerts;

/// <summary>One RFC 5424 message, read back as a collector reads it.</summary>
public sealed class AlertLine
{
    /// <summary>How the SD-ID of an incident's parameters begins; the enterprise number of the box's site follows.</summary>
    public const string IncidentElement = "incident@";

    private readonly Dictionary<string, string> _incident = [];

    private AlertLine()
    {
    }

    /// <summary>PRI: facility times eight plus syslog severity.</summary>
    public int Priority { get; private init; }

    /// <summary>TIMESTAMP; null where the sender had no clock.</summary>
    public DateTimeOffset? Time { get; private init; }

    /// <summary>HOSTNAME.</summary>
    public string HostName { get; private init; } = string.Empty;

    /// <summary>MSGID: the kind of the incident.</summary>
    public string Kind { get; private init; } = string.Empty;

    /// <summary>The text behind the structured data.</summary>
    public string Message { get; private set; } = string.Empty;

    /// <summary>Whether the line tells of an incident; heartbeats and health do not.</summary>
    public bool IsIncident => _incident.Count > 0;

    /// <summary>A parameter of the incident; empty when it is not there.</summary>
    public string this[string name] => _incident.GetValueOrDefault(name, string.Empty);

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
        line = null;
        problem = null;
        var text = new Text(Encoding.UTF8.GetString(octets));
        if (!text.Take('<') || !text.Number(191, out int priority) || !text.Take('>') || !text.Take('1') || !text.Take(' '))
        {
            problem = $"octet {text.At}: '<PRI>1 ' was expected (RFC 5424, 6.2)";
            return false;
        }

        DateTimeOffset? time = null;
        string stamp = text.Word();
        if (stamp != "-")
        {
            if (!DateTimeOffset.TryParse(stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset t))
            {
                problem = $"octet {text.At}: '{stamp}' is no TIMESTAMP (RFC 5424, 6.2.3)";
                return false;
            }

            time = t;
        }

        string host = text.Word();
        text.Word();
        text.Word();
        var parsed = new AlertLine { Priority = priority, Time = time, HostName = host, Kind = text.Word() };
        if (parsed.Kind.Length == 0)
        {
            problem = $"octet {text.At}: HOSTNAME APP-NAME PROCID MSGID were expected (RFC 5424, 6.2)";
            return false;
        }

        if (!text.Take('-') && !parsed.ReadElements(text))
        {
            problem = $"octet {text.At}: malformed structured data (RFC 5424, 6.3)";
            return false;
        }

        text.Take(' ');
        parsed.Message = text.Rest();
        line = parsed;
        return true;
    }

    private bool ReadElements(Text text)
    {
        if (!text.Next('['))
        {
            return false;
        }

        while (text.Take('['))
        {
            bool isIncident = text.Name().StartsWith(IncidentElement, StringComparison.Ordinal);
            while (text.Take(' '))
            {
                string name = text.Name();
                if (name.Length == 0 || !text.Take('=') || !text.Quoted(out string value))
                {
                    return false;
                }

                if (isIncident)
                {
                    _incident[name] = value;
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

        /// <summary>An SD-NAME.</summary>
        public string Name()
        {
            int start = At;
            while (At < text.Length && text[At] is > ' ' and < (char)127 and not '=' and not ']' and not '"')
            {
                At++;
            }

            return text[start..At];
        }

        /// <summary>A PARAM-VALUE in its quotes, where a backslash stands before a quote, a backslash or a bracket.</summary>
        public bool Quoted(out string value)
        {
            value = string.Empty;
            if (!Take('"'))
            {
                return false;
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
