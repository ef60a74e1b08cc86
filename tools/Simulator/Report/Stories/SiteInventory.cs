using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Playback.Alerts;

namespace Appliance.Simulator.Report.Stories;

/// <summary>Who lives in a box's network: of each host the newest line that tells of it.</summary>
internal sealed class SiteInventory
{
    /// <summary>Hosts kept, those of whom was told last: a box tells of 96 a day, and of others when these are gone.</summary>
    private const int MostHosts = 400;

    private readonly SortedDictionary<string, (AlertLine Line, LineOrder Order)> _hosts = new(StringComparer.Ordinal);

    /// <summary>The hosts' lines, by address.</summary>
    public IReadOnlyCollection<AlertLine> Hosts => [.. _hosts.Values.Select(h => h.Line)];

    /// <summary>Takes a message.</summary>
    /// <param name="line">What it says.</param>
    /// <param name="order">Its place among the box's lines.</param>
    public void Take(AlertLine line, LineOrder order)
    {
        if (line["address"] is { Length: > 0 } host)
        {
            string key = KeyOf(host);
            if (!_hosts.TryGetValue(key, out (AlertLine Line, LineOrder Order) known) || Compare((line, order), known) > 0)
            {
                _hosts[key] = (line, order);
            }

            if (_hosts.Count > MostHosts)
            {
                _hosts.Remove(_hosts.MinBy(h => h.Value, Comparer<(AlertLine, LineOrder)>.Create(Compare)).Key);
            }
        }
    }

    // Within a start by number, else by time.
    private static int Compare((AlertLine Line, LineOrder Order) one, (AlertLine Line, LineOrder Order) other)
    {
        int byTime = Nullable.Compare(one.Line.Time, other.Line.Time);
        return one.Line.Boot != other.Line.Boot && byTime != 0 ? byTime : one.Order.CompareTo(other.Order);
    }

    // Addresses in the order of their numbers, stations that speak no IP behind them.
    private static string KeyOf(string host) => Network.TryRange(host, out uint address, out _)
        ? address.ToString("x8", CultureInfo.InvariantCulture) : "~" + host;
}
