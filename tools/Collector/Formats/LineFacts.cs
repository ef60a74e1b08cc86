using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Appliance.Playback.Alerts;

namespace Appliance.Collector.Formats;

/// <summary>What every form asks of a line.</summary>
internal static class LineFacts
{
    /// <summary>Who makes the box, for forms that want a vendor; a site that ships its own replaces it.</summary>
    public const string Vendor = "Passive tap";

    /// <summary>The product.</summary>
    public const string Product = "tap";

    /// <summary>The version of the alert format (ALERTS.md).</summary>
    public const string Version = "1";

    /// <summary>Host, boot and number name an incident for ever.</summary>
    public static string NameOf(AlertLine line) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{line.HostName}/{line.Boot?.ToString(CultureInfo.InvariantCulture) ?? "-"}/{line["id"]}");

    /// <summary>The time of the oldest frame; null without a clock.</summary>
    public static DateTimeOffset? First(AlertLine line) => line.Time - TimeSpan.FromSeconds(line.Number("dur"));

    /// <summary>What it is called: by its rule, else by its kind.</summary>
    public static string Title(AlertLine line) => line["name"].Length > 0 ? $"{line["name"]} ({line.Kind})" : line.Kind;

    /// <summary>A single address, not a prefix and not a word.</summary>
    public static bool IsAddress(string text) => IPAddress.TryParse(text, out _);

    /// <summary>A single IPv6 address.</summary>
    public static bool IsVersion6(string text) => IPAddress.TryParse(text, out IPAddress? ip)
        && ip.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>
    /// Whether the actor is at home, as far as the line alone can tell: by his MAC address, by a private address, or since he
    /// asks his own neighbours. The report knows it by the profile.
    /// </summary>
    public static bool IsInside(AlertLine line)
    {
        string source = line["src"].Split('/')[0];
        if (PhysicalAddress.TryParse(source.ToUpperInvariant().Replace(':', '-'), out _) && source.Length == 17)
        {
            return true;
        }

        if (!IPAddress.TryParse(source, out IPAddress? ip))
        {
            return false;
        }

        byte[] octets = ip.GetAddressBytes();
        return PrivateAddress.Is(ip) || (octets.Length == 4 && IPAddress.TryParse(line["dst"].Split('/')[0], out IPAddress? target)
            && target.GetAddressBytes() is { Length: 4 } asked && asked[0] == octets[0] && asked[1] == octets[1]);
    }

    /// <summary>Techniques of MITRE ATT&amp;CK by number; none for what the site profile explains.</summary>
    public static IReadOnlyList<string> Techniques(AlertLine line) =>
        line["expected"].Length > 0 ? [] : KindTechniques.Of(line.Kind, IsInside(line));

    /// <summary>The values of a list, without the mark that there are more.</summary>
    public static string[] List(string value) => value.TrimEnd('+').Split(',', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The single addresses that a line names: the actor, the target, who answered, who was asked.</summary>
    public static string[] Addresses(AlertLine line) =>
        [.. new[] { line["src"], line["dst"] }.Concat(List(line["answeredBy"])).Concat(List(line["hosts"]))
            .Where(a => (a.Contains('.', StringComparison.Ordinal) || a.Contains(':', StringComparison.Ordinal)) && IsAddress(a))
                .Distinct()];

    /// <summary>Milliseconds since 1970.</summary>
    public static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds()
        .ToString(CultureInfo.InvariantCulture);
}
