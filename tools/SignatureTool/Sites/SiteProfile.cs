using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.SignatureTool.Rules;

namespace Appliance.SignatureTool.Sites;

/// <summary>A group of hosts that rules may name as <c>$NAME</c>.</summary>
/// <param name="Name">The name without <c>$</c>.</param>
/// <param name="Members">Its addresses.</param>
/// <param name="Criticality">1 to 5.</param>
public sealed record HostGroup(string Name, AddressList Members, int Criticality);

/// <summary>A benign explanation, signed with the table.</summary>
/// <param name="Name">What it is, at most <see cref="Sensor.Signatures.TableFormat.MostExpectedName"/> ASCII characters.</param>
/// <param name="Source">The sources it is about.</param>
/// <param name="Destination">The destinations it is about.</param>
/// <param name="Protocol">A protocol number of IP; null for any.</param>
/// <param name="Ports">The destination ports.</param>
/// <param name="Serves">It explains no frame: its destinations serve the ports in good faith.</param>
public sealed record Explanation(
    string Name, AddressList Source, AddressList Destination, int? Protocol, PortSet Ports, bool Serves = false)
{
    /// <summary>Who answers for it; empty when the profile doesn't say.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Where it was agreed, such as a change's number; empty when the profile doesn't say.</summary>
    public string Ticket { get; init; } = "";

    /// <summary>The last day on which it explains anything; null for no end.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Where it stands in the profile.</summary>
    public Place? Place { get; init; }

    /// <summary>Who answers for it and where it was agreed, for messages; empty when the profile says neither.</summary>
    public string Origin => string.Join(", ", new[] { Owner, Ticket }.Where(t => t.Length > 0));
}

/// <summary>An imaging device that the profile lists.</summary>
/// <param name="Name">Its calling AE title, or its application (MSH-3): at most
/// <see cref="Sensor.Signatures.TableFormat.MostCaller"/>
/// ASCII characters.</param>
/// <param name="Addresses">Where it may call from.</param>
/// <param name="Protocol">0: it calls by DICOM, 1: it sends HL7, 2: a weak service that is accepted of these servers, 3: hosts
/// that may be there.</param>
public sealed record ImagingCaller(string Name, AddressList Addresses, int Protocol);

/// <summary>What a site says about itself: its network, its important hosts, its benign oddities, where alerts go.</summary>
public sealed record SiteProfile
{
    /// <summary>Groups that every rule file may name; one that the profile leaves out is empty.</summary>
    public static readonly IReadOnlyList<string> StandardGroups = ["DNS_SERVERS", "PACS", "MODALITIES", "HL7_SERVERS", "PROXIES"];

    /// <summary>The site's name; empty when it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where the name stands, or the section that lacks it; null without that section.</summary>
    public Place? NamePlace { get; init; }

    /// <summary>The tag by which alerts name the site; empty when the profile names none.</summary>
    public string Tag { get; init; } = "";

    /// <summary>The private enterprise number of the alerts' structured data.</summary>
    public int Enterprise { get; init; } = Sensor.Signatures.TableFormat.DocumentationEnterprise;

    /// <summary>Every line could be read: what the profile doesn't say, it leaves out.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>The board, by the name of its folder in hardware/boards; empty when the profile doesn't say. It decides whether
    /// TLS fits.</summary>
    public string Board { get; init; } = "";

    /// <summary>Days after its making on which a table is not old yet; null when the profile doesn't say: it never is.</summary>
    public int? FreshDays { get; init; }

    /// <summary><c>$HOME_NET</c></summary>
    public AddressList Home { get; init; } = AddressList.Nothing;

    /// <summary>The groups that have members.</summary>
    public IReadOnlyList<HostGroup> Groups { get; init; } = [];

    /// <summary>The benign explanations, those who serve a suspect port in good faith among them.</summary>
    public IReadOnlyList<Explanation> Expected { get; init; } = [];

    /// <summary>The imaging devices that the profile lists; when there is one of a protocol, callers that are not listed are
    /// told.</summary>
    public IReadOnlyList<ImagingCaller> Callers { get; init; } = [];

    /// <summary>Where alerts go, as <c>udp://host:port</c>; empty when the profile doesn't say.</summary>
    public string Collector { get; init; } = "";

    /// <summary>The collector's certificate authority, an X.509 certificate as DER; empty when there is none.</summary>
    public IReadOnlyList<byte> Authority { get; init; } = [];

    /// <summary>The file that <see cref="Authority"/> was read from; empty when there is none.</summary>
    public string AuthorityFile { get; init; } = "";

    /// <summary>The SNTP server; empty when the profile doesn't say.</summary>
    public string Clock { get; init; } = "";

    /// <summary>Criticality, 1 to 5, of a home address that is in no group.</summary>
    public int HomeCriticality { get; init; } = 2;

    /// <summary>What the site's countermeasures take off a severity, 0 to 5.</summary>
    public int Countermeasures { get; init; } = 2;
}
