using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.NetworkInformation;
using System.Text.RegularExpressions;
using Appliance.Playback.Captures;
using Appliance.SignatureTool;

namespace Appliance.Simulator;

/// <summary>
/// The site profile of a run without <c>--site</c>: the private networks (RFC 1918, RFC 4193), and what the capture or the
/// interface itself shows to be local. Somebody else's profile would make every scan look like foreign traffic, and its silence
/// would mean nothing.
/// </summary>
internal sealed class DefaultSite
{
    /// <summary>What messages call the profile, which is no file.</summary>
    public const string Name = "(no --site)";

    private static readonly string[] Private = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"];

    private DefaultSite(string text, string note)
    {
        Text = text;
        Note = note;
    }

    /// <summary>The profile, as TOML.</summary>
    public string Text { get; }

    /// <summary>What the user should know of it, one line; empty where there was no frame.</summary>
    public string Note { get; }

    /// <summary>
    /// The profile for captures. The network of the shipped example, the practical's, is a real and public one: it is at home
    /// where a capture is of it, and else as far away as any other. A capture of nothing else has the example as it stands, as
    /// the demo does.
    /// </summary>
    /// <param name="captures">The files.</param>
    /// <param name="example">The home network of the shipped example.</param>
    /// <param name="text">The shipped example's text: its collector and its clock are any site's, so that nobody is told that he
    /// named none.</param>
    public static DefaultSite ForCaptures(IReadOnlyList<string> captures, AddressSet example, string text)
    {
        (uint Low, uint High)[] known = [.. example.Ranges4.Select(range => ((uint)range.Low, (uint)range.High))];
        bool IsKnown(uint address)
        {
            // Asked twice a frame.
            foreach ((uint low, uint high) in known)
            {
                if (address >= low && address <= high)
                {
                    return true;
                }
            }

            return false;
        }

        LocalNetworks networks = LocalNetworks.Of(captures, IsKnown);
        string[] local = [.. networks.Texts];
        string where = captures.Count == 1 ? "the capture" : "a capture";
        if (!networks.IsOfKnown)
        {
            return new DefaultSite("[site]\n" + Home(local) + "\n" + Section(text, "collector") + Section(text, "clock"),
                networks.Frames > 0 ? Words(local, where) : string.Empty);
        }

        Match home = HomeLine(text);
        string[] own = Ranges(home);
        return local.Length == 0 && !networks.HasPrivate
            ? new DefaultSite(text, $"no --site: the home network is the shipped example's, {string.Join(" and ", own)}, as {where} shows")
            : new DefaultSite(WithHome(text, home, [.. own, .. local]), Words([.. local, .. own], where));
    }

    /// <summary>
    /// The profile for a network interface. Nothing of it was seen yet, so that the shipped example, the practical's network,
    /// stays at home beside what is private and the interface's own networks.
    /// </summary>
    /// <param name="name">The interface.</param>
    /// <param name="example">The shipped example's text.</param>
    public static DefaultSite ForInterface(string name, string example)
    {
        string[] local =
        [
            .. NetworkInterface.GetAllNetworkInterfaces().Where(i => i.Name == name)
                .SelectMany(i => i.GetIPProperties().UnicastAddresses)
                .Where(a => !a.Address.IsIPv6LinkLocal && !System.Net.IPAddress.IsLoopback(a.Address))
                .Select(a => $"{a.Address}/{a.PrefixLength}").Distinct(StringComparer.Ordinal),
        ];
        Match home = HomeLine(example);
        string[] own = Ranges(home);
        return new DefaultSite(WithHome(example, home, [.. own, .. local]),
            Words(local, name) + $", and the shipped example's, {string.Join(" and ", own)}");
    }

    private static string Words(IReadOnlyCollection<string> local, string where) =>
        "no --site: the home network is what is private (RFC 1918, RFC 4193)" + (local.Count == 0 ? string.Empty : $" and, as {where} shows, {Listed(local)}");

    private static Match HomeLine(string text) => Regex.Match(text, @"^home = \[(?<list>[^\]]*)\]", RegexOptions.Multiline);

    private static string[] Ranges(Match home) => [.. home.Groups["list"].Value.Split(',').Select(r => r.Trim().Trim('"'))];

    private static string WithHome(string text, Match home, IEnumerable<string> ranges) =>
        text[..home.Index] + Home(ranges) + text[(home.Index + home.Length)..];

    private static string Section(string text, string name) =>
        Regex.Match(text, $@"^\[{name}\]\n(?:(?!\[).*\n?)*", RegexOptions.Multiline).Value.TrimEnd() + "\n";

    private static string Home(IEnumerable<string> more) =>
        $"home = [{string.Join(", ", Private.Concat(more).Select(r => $"\"{r}\""))}]";

    // More of a long list help nobody.
    private static string Listed(IReadOnlyCollection<string> networks)
    {
        const int most = 6;
        return string.Join(", ", networks.Take(most)) + (networks.Count > most ? $" and {networks.Count - most} more" : "");
    }
}
