using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Appliance.Traffic;

/// <summary>Who lives on an imaging VLAN: the cast of <see cref="OrdinaryTraffic"/>.</summary>
/// <param name="net">The first three octets of its /24 with the point behind them.</param>
/// <param name="home">All address ranges of its home; null for that /24.</param>
public sealed class Hospital(string net = "128.231.212.", params string[]? home)
{
    /// <summary>The VLAN.</summary>
    public Lan Lan { get; } = new(home is null || home.Length == 0 ? [net + "0/24"] : home);

    /// <summary>The archive that modalities store to.</summary>
    public string Pacs => Host(35);

    /// <summary>The name server.</summary>
    public string NameServer => Host(53);

    /// <summary>The syslog server, which never answers.</summary>
    public string SyslogServer => Host(60);

    /// <summary>The station that polls by SNMP.</summary>
    public string Monitor => Host(61);

    /// <summary>The web proxy.</summary>
    public string Proxy => Host(62);

    /// <summary>The router's own address on the VLAN.</summary>
    public string Router => Host(254);

    /// <summary>Twenty scanners and consoles.</summary>
    public IReadOnlyList<string> Modalities { get; } = [.. Enumerable.Range(160, 20)
        .Select(n => net + n.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Ten reading stations.</summary>
    public IReadOnlyList<string> Workstations { get; } = [.. Enumerable.Range(210, 10)
        .Select(n => net + n.ToString(CultureInfo.InvariantCulture))];

    /// <summary>An address of the /24.</summary>
    /// <param name="number">Its last octet.</param>
    /// <returns>The address.</returns>
    public string Host(int number) => net + number.ToString(CultureInfo.InvariantCulture);
}
