using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.NetworkInformation;
using Appliance.Playback.Captures;
using Appliance.SignatureTool;

namespace Appliance.Simulator;

/// <summary>
/// The site profile of a run without <c>--site</c>: the private networks (RFC 1918, RFC 4193), and what the capture or the interface itself
/// shows to be local. Somebody else's profile would make every scan look like foreign traffic, and its silence would mean nothing.
/// </summary>
internal sealed class DefaultSite
{
    /// <summary>What messages call the profile, which is no file.</summary>
    public const string Name = "(no --site)";

    private static readonly string[] Private = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"];

    private DefaultSite(IReadOnlyCollection<string> local, string where, bool isOfUse = true)
    {
        string[] home = [.. Private.Concat(local)];
        Text = $"""
            [site]
            home = [{string.Join(", ", home.Select(h => $"\"{h}\""))}]
            """;
        Note = !isOfUse ? string.Empty : local.Count == 0
            ? "no --site: the home network is what is private (RFC 1918, RFC 4193)"
            : $"no --site: the home network is what is private (RFC 1918, RFC 4193) and, as {where} shows, {Listed(local)}";
    }

    /// <summary>The profile, as TOML.</summary>
    public string Text { get; }

    /// <summary>What the user should know of it, one line; empty where there was no frame.</summary>
    public string Note { get; }

    /// <summary>The profile for captures; null where they show the network of the shipped example, the practical's.</summary>
    /// <param name="captures">The files.</param>
    /// <param name="example">The home network of the shipped example.</param>
    public static DefaultSite? ForCaptures(IReadOnlyList<string> captures, AddressSet example)
    {
        LocalNetworks networks = LocalNetworks.Of(captures);
        return example.Ranges4.Any(range => networks.Saw((uint)range.Low, (uint)range.High))
            ? null : new DefaultSite([.. networks.Texts], captures.Count == 1 ? "the capture" : "a capture", networks.Frames > 0);
    }

    /// <summary>The profile for a network interface.</summary>
    /// <param name="name">The interface.</param>
    public static DefaultSite ForInterface(string name)
    {
        var networks = NetworkInterface.GetAllNetworkInterfaces().Where(i => i.Name == name)
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Where(a => !a.Address.IsIPv6LinkLocal && !System.Net.IPAddress.IsLoopback(a.Address))
            .Select(a => $"{a.Address}/{a.PrefixLength}").Distinct(StringComparer.Ordinal);
        return new DefaultSite([.. networks], name);
    }

    // More of a long list help nobody.
    private static string Listed(IReadOnlyCollection<string> networks)
    {
        const int most = 6;
        return string.Join(", ", networks.Take(most)) + (networks.Count > most ? $" and {networks.Count - most} more" : "");
    }
}
