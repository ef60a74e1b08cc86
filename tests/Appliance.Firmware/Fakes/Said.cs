using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Fakes;

/// <summary>A message of the box, taken apart.</summary>
internal sealed partial class Said
{
    private readonly Dictionary<string, string> _parameters = [];

    public Said(string line)
    {
        Line = line;
        Match match = Pattern().Match(line);
        Assert.IsTrue(match.Success, $"no RFC 5424 message of the box: {line}");
        Assert.IsLessThanOrEqualTo(480, line.Length, line);
        Severity = match.Groups["severity"].Value[0] - '0';
        Time = match.Groups["time"].Value;
        Host = match.Groups["host"].Value;
        Kind = match.Groups["kind"].Value;
        Words = match.Groups["words"].Value;
        foreach (Match parameter in Parameter().Matches(match.Groups["data"].Value))
        {
            _parameters.Add(parameter.Groups[1].Value, parameter.Groups[2].Value);
        }
    }

    public string Line { get; }

    public int Severity { get; }

    public string Time { get; }

    public string Host { get; }

    public string Kind { get; }

    public string Words { get; }

    public int SequenceId => int.Parse(_parameters["sequenceId"], CultureInfo.InvariantCulture);

    public string this[string name] => _parameters.GetValueOrDefault(name, string.Empty);

    public long Number(string name) => long.Parse(_parameters[name], CultureInfo.InvariantCulture);

    public override string ToString() => Line;

    [GeneratedRegex("""^<8(?<severity>[0-7])>1 (?<time>-|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (?<host>[A-Za-z0-9-]{1,10}) tap (?<boot>[1-9][0-9]*) (?<kind>[a-z-]+) (?<data>(\[[a-zA-Z]+(@32473)?( [a-zA-Z]+="[^"\\\]]*")*\])+) (?<words>.+)$""")]
    private static partial Regex Pattern();

    [GeneratedRegex("([a-zA-Z]+)=\"([^\"]*)\"")]
    private static partial Regex Parameter();
}
