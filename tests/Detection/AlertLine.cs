using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace Appliance.Detection.Tests;

/// <summary>
/// One line that the tap said, taken apart by the grammar of RFC 5424 and the rules of the design, strictly: a line that breaks
/// any of them is an error in itself, whatever the test is about.
/// </summary>
internal sealed partial class AlertLine
{
    /// <summary>Octets of a line at most.</summary>
    private const int MostOctets = 480;

    private const string Always = "id state severity sid proto src srcs dst dsts dport frames";

    private static readonly string[] Order =
        (Always + " name answeredBy hosts dur ttl flags sport stride unseen answered refused silent dark related list period group"
            + " expected lost dports tool site")
        .Split(' ');

    private AlertLine(string text, Match match)
    {
        UpTime = -1;
        Text = text;
        Priority = int.Parse(match.Groups["pri"].Value, CultureInfo.InvariantCulture);
        Kind = match.Groups["msgid"].Value;
        Time = match.Groups["time"].Value;
        Message = match.Groups["msg"].Value;
        foreach (Match element in Element().Matches(match.Groups["sd"].Value))
        {
            foreach (Match parameter in Parameter().Matches(element.Groups["params"].Value))
            {
                string name = parameter.Groups["name"].Value;
                if (element.Groups["id"].Value == "incident@32473")
                {
                    IsIncident = true;
                    if (!Parameters.TryAdd(name, parameter.Groups["value"].Value))
                    {
                        throw new FormatException($"parameter {name} stands twice in: {text}");
                    }

                    Names.Add(name);
                }
                else if (element.Groups["id"].Value == "meta" && name == "sequenceId")
                {
                    Sequence = int.Parse(parameter.Groups["value"].Value, CultureInfo.InvariantCulture);
                }
                else if (element.Groups["id"].Value == "meta" && name == "sysUpTime")
                {
                    UpTime = long.Parse(parameter.Groups["value"].Value, CultureInfo.InvariantCulture);
                }
            }
        }
    }

    public string Text { get; }

    public int Priority { get; }

    public string Time { get; }

    public string Kind { get; }

    public string Message { get; }

    public bool IsIncident { get; }

    /// <summary>The line's number (RFC 5424, 7.3.1), from 1.</summary>
    public int Sequence { get; }

    /// <summary>Hundredths of a second since the tap started (RFC 5424, 7.3.3).</summary>
    public long UpTime { get; }

    public int Id => Number("id");

    public string State => this["state"];

    /// <summary>A parameter; empty when it is not given.</summary>
    public string this[string name] => Parameters.GetValueOrDefault(name, string.Empty);

    private Dictionary<string, string> Parameters { get; } = [];

    private List<string> Names { get; } = [];

    /// <summary>A parameter as a number; 0 when it is not given.</summary>
    public int Number(string name) => this[name].Length == 0 ? 0
        : int.Parse(this[name], NumberStyles.None, CultureInfo.InvariantCulture);

    public override string ToString() => Text;

    /// <summary>Takes a line apart.</summary>
    /// <exception cref="FormatException">It breaks the grammar or a rule of the design.</exception>
    public static AlertLine Parse(string text)
    {
        Match match = Line().Match(text);
        if (!match.Success)
        {
            throw new FormatException("not an RFC 5424 message of the tap: " + text);
        }

        if (text.Length > MostOctets || text.Any(character => character is < ' ' or > '~'))
        {
            throw new FormatException($"{text.Length} octets, or other characters than printable ASCII: {text}");
        }

        var line = new AlertLine(text, match);
        if (line.IsIncident)
        {
            line.Check();
        }

        return line;
    }

    [GeneratedRegex(
        @"^<(?<pri>\d{1,3})>1 (?<time>-|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (?<host>[!-~]{1,255}) tap [1-9][0-9]*"
        + @" (?<msgid>[a-z-]{1,32}) (?<sd>-|(?:\[[^\]]+\])+)(?: (?<msg>.*))?$")]
    private static partial Regex Line();

    [GeneratedRegex("""\[(?<id>[!-~-[="\]]]{1,32})(?<params>(?: [!-~-[="\]]]{1,32}="[^"\\\]]*")*)\]""")]
    private static partial Regex Element();

    [GeneratedRegex("""(?<name>[!-~-[="\]]]+)="(?<value>[^"]*)" ?""")]
    private static partial Regex Parameter();

    private void Check()
    {
        string[] kinds =
        [
            "sweep", "port-scan", "distributed-probe", "restricted-service", "inverse-map", "dark-host", "broadcast", "suspect-service", "scan",
            "dicom-guess", "dicom-caller", "weak-service", "new-host",
        ];
        Rule(kinds.Contains(Kind), "unknown kind");
        Rule(State is "open" or "update" or "folded" or "closed", "unknown state");
        Rule(State == "folded" == Parameters.ContainsKey("into"), "'into' belongs to 'folded'");
        Rule(Number("severity") is >= 1 and <= 5, "severity is 1 to 5");
        int syslog = Number("severity") switch { 1 => 6, 2 => 5, 3 => 4, 4 => 3, _ => 2 };
        Rule(Priority == (10 * 8) + syslog, "PRI does not follow from the severity");
        string[] names = [.. Names.Where(name => name != "into")];
        Rule(names.Take(11).SequenceEqual(Always.Split(' ')), "the first eleven parameters are fixed");
        int[] places = [.. names.Select(name => Array.IndexOf(Order, name))];
        Rule(!places.Contains(-1), "unknown parameter");
        Rule(places.SequenceEqual(places.Order()), "parameters out of order");
        foreach (string name in names.Skip(11))
        {
            // The design's own example has dur="0": and flags="0" is how Snort writes none.
            Rule(this[name].Length > 0 && (this[name] != "0" || name is "dur" or "flags"),
                $"{name} is given only when it is known and not zero");
        }
    }

    private void Rule(bool holds, string what)
    {
        if (!holds)
        {
            throw new FormatException($"{what}: {Text}");
        }
    }
}
