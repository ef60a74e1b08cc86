using System;
using System.Globalization;
using System.Net;
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

    /// <summary>Milliseconds since 1970.</summary>
    public static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds()
        .ToString(CultureInfo.InvariantCulture);
}
