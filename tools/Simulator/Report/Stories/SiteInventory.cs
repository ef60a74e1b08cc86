using System;
using System.Collections.Generic;
using System.Globalization;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report.Stories;

/// <summary>Who lives in a box's network: of each host the newest line that tells of it.</summary>
internal sealed class SiteInventory
{
    /// <summary>Hosts kept: a box tells of 96 a day, and of others when these are gone.</summary>
    private const int MostHosts = 400;

    private readonly SortedDictionary<string, AlertLine> _hosts = new(StringComparer.Ordinal);

    /// <summary>The hosts' lines, by address.</summary>
    public IReadOnlyCollection<AlertLine> Hosts => _hosts.Values;

    /// <summary>Takes a message.</summary>
    /// <param name="line">What it says.</param>
    public void Take(AlertLine line)
    {
        if (line["address"] is { Length: > 0 } host)
        {
            string key = KeyOf(host);
            AlertLine? before = _hosts.GetValueOrDefault(key);
            if (IsNewer(line, before) && (before is not null || _hosts.Count < MostHosts))
            {
                _hosts[key] = line;
            }
        }
    }

    private static bool IsNewer(AlertLine line, AlertLine? before) => before?.Time is not { } time || line.Time is not { } now || now >= time;

    // Addresses in the order of their numbers, stations that speak no IP behind them.
    private static string KeyOf(string host) => Network.TryRange(host, out uint address, out _)
        ? address.ToString("x8", CultureInfo.InvariantCulture) : "~" + host;
}
