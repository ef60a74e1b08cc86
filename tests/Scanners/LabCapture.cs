using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using Appliance.Detection.Tests;
using Appliance.Traffic;
using Tomlyn;

namespace Appliance.Scanners.Tests;

/// <summary>One entry of a manifest: how a capture was made, and what is right to say of it.</summary>
internal sealed record LabCapture
{
    /// <summary>The file's name without its ending.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>What it shows, where the command does not say it.</summary>
    public string What { get; init; } = string.Empty;

    /// <summary>Where the command ran: <c>inside</c>, <c>outside</c>, or a host's number.</summary>
    public string From { get; init; } = string.Empty;

    /// <summary>The VLAN has IPv6 too.</summary>
    public bool Ipv6 { get; init; }

    /// <summary>The router has to ask for hosts that are off; otherwise it still knows them.</summary>
    public bool RouterAsks { get; init; }

    /// <summary>The line of shell that made it.</summary>
    public string Command { get; init; } = string.Empty;

    /// <summary>What runs meanwhile, a place and a line of shell each: <c>110: dhcpd ...</c>.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Tool and version.</summary>
    public string Made { get; init; } = string.Empty;

    /// <summary>The stamps were rewritten: so many seconds lie between the actor's frames. 0: they are as captured.</summary>
    public int Stretch { get; init; }

    /// <summary>How many frames.</summary>
    public int Frames { get; init; }

    /// <summary>
    /// The incident's kind; <c>|</c> between those that are all right. Of ordinary life: the one that may be told; empty for any.
    /// </summary>
    public string Kind { get; init; } = string.Empty;

    /// <summary>Its proto; empty where several are right.</summary>
    public string Proto { get; init; } = string.Empty;

    /// <summary>The actor: an address, a prefix or a MAC.</summary>
    public string Src { get; init; } = string.Empty;

    /// <summary>How many actors.</summary>
    public int Srcs { get; init; } = 1;

    /// <summary>How many hosts; 0 where that is open.</summary>
    public int Dsts { get; init; }

    /// <summary>How many of those hosts the tap can see; 0 for all.</summary>
    public int Shown { get; init; }

    /// <summary>How many ports; 0 where one or none is told.</summary>
    public int Ports { get; init; }

    /// <summary>The one port; 0 for many or none.</summary>
    public int Dport { get; init; }

    /// <summary>
    /// From and to which severity is right: 2 of a sweep, one more in front of nobody's group, one more when ports answer.
    /// </summary>
    public IReadOnlyList<int> Severity { get; init; } = [2, 4];

    /// <summary>Lines of incidents at most, updates included.</summary>
    public int Lines { get; init; } = 16;

    /// <summary>The tool that gives itself away.</summary>
    public string Tool { get; init; } = string.Empty;

    /// <summary>The sensor tells it rightly.</summary>
    public bool Seen { get; init; }

    /// <summary>Where it does not: why.</summary>
    public string Why { get; init; } = string.Empty;

    /// <summary>The sensor names the tool.</summary>
    public bool Named { get; init; }

    /// <summary>Of ordinary life: the highest severity that may be told of it; 0 for silence.</summary>
    public int Most { get; init; }

    /// <summary>Of ordinary life: the sensor tells no more than that.</summary>
    public bool Quiet { get; init; }

    /// <summary>Programs without which it can't be made.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>It can be made again by its command.</summary>
    public bool Again { get; init; } = true;

    /// <summary>Frames that the file keeps, the first and the last; 0 for all.</summary>
    public int Ends { get; init; }

    /// <summary>What the profile says beside the home network.</summary>
    public string Profile { get; init; } = string.Empty;

    /// <summary>Of an imaging network: all that is right to tell, an incident each (<see cref="RightAnswer"/>).</summary>
    public IReadOnlyList<string> Told { get; init; } = [];

    /// <summary>Of an imaging network: lines of the inventory that there must be.</summary>
    public IReadOnlyList<string> Inventory { get; init; } = [];

    public override string ToString() => Name;

    /// <summary>Reads a manifest.</summary>
    /// <param name="folder">Its folder under tests/captures.</param>
    public static IReadOnlyList<LabCapture> Read(string folder)
    {
        var options = new TomlSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
        Manifest manifest = TomlSerializer.Deserialize<Manifest>(File.ReadAllText(PathOf(folder, "manifest.toml")), options)
            ?? throw new InvalidDataException($"the manifest of {folder} is empty");
        return manifest.Capture;
    }

    /// <summary>The path of a file beside the captures.</summary>
    public static string PathOf(string folder, string file) => Repository.PathOf("tests", "captures", folder, file);

    /// <summary>What is not right about what was said; empty when all is.</summary>
    /// <param name="findings">What was said.</param>
    /// <param name="isAmidOthers">Others were heard too, of whom something may be told as information.</param>
    public IReadOnlyList<string> Complaints(Findings findings, bool isAmidOthers = false)
    {
        AlertLine[] incidents = [.. findings.Incidents.Where(incident => !isAmidOthers || incident.Number("severity") > 1)];
        if (incidents.Length != 1)
        {
            return [Text($"{incidents.Length} incidents in place of one")];
        }

        AlertLine incident = incidents[0];
        var complaints = new List<string>();
        void Check(bool isRight, string what)
        {
            if (!isRight)
            {
                complaints.Add(what);
            }
        }

        int severity = incident.Number("severity");
        int hosts = Shown > 0 ? Shown : Dsts;
        (int ports, bool isMore) = PortsOf(incident);
        int lines = findings.Lines.Count(line => line.IsIncident && line.Id == incident.Id);
        Check(Kind.Split('|').Contains(incident.Kind), $"kind {incident.Kind}, not {Kind}");
        Check(Proto.Length == 0 || incident["proto"] == Proto, $"proto {incident["proto"]}, not {Proto}");
        Check(Src.Split('|').Contains(incident["src"]), $"src {incident["src"]}, not {Src}");
        Check(incident.Number("srcs") == Srcs, Text($"srcs {incident["srcs"]}, not {Srcs}"));
        Check(Dsts == 0 || incident.Number("dsts") == hosts, Text($"dsts {incident["dsts"]}, not {hosts}"));
        Check(Dport == 0 || incident.Number("dport") == Dport, Text($"dport {incident["dport"]}, not {Dport}"));
        Check(Proto != "arp" || incident["dport"] == "0", Text($"dport {incident["dport"]} of a question that has no port"));
        Check(Ports == 0 || (ports == Ports && !isMore), Text($"{ports}{(isMore ? "+" : string.Empty)} ports, not {Ports}"));
        Check(severity >= Severity[0] && severity <= Severity[^1], Text($"severity {severity}"));
        Check(lines <= Lines, Text($"{lines} lines, more than {Lines}"));
        return complaints;
    }

    /// <summary>
    /// How many ports a line tells of: <c>60 ports</c> or <c>1024+ ports</c> in its words, else those that it lists.
    /// </summary>
    private static (int Ports, bool IsMore) PortsOf(AlertLine incident)
    {
        string[] words = incident.Message.Split(' ');
        int at = Array.FindIndex(words, word => word.TrimEnd(',', ':') == "ports");
        return at > 0 && int.TryParse(words[at - 1].TrimEnd('+'), NumberStyles.None, CultureInfo.InvariantCulture, out int ports)
            ? (ports, words[at - 1].EndsWith('+'))
            : (incident["dports"].Split(',', StringSplitOptions.RemoveEmptyEntries).Length, false);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Manifest
    {
        public List<LabCapture> Capture { get; init; } = [];
    }
}
