using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Rules;

namespace Appliance.SignatureTool;

/// <summary>The part of the interest mask that rules ask for: which TCP frames of established connections the mirror port
/// keeps.</summary>
/// <param name="Flags">256 flag octets; a true one is wanted by a rule with <c>flags</c>.</param>
/// <param name="Ports">Port ranges that rules without <c>flags</c> want at either end.</param>
/// <param name="Rate">One in so many skipped frames is kept as a sign of life.</param>
/// <param name="Openings">How payloads begin that are wanted whatever their port ranges say: the imaging eyes' first, then those
/// of rules.</param>
internal sealed record Interest(bool[] Flags, IReadOnlyList<(int Low, int High)> Ports, int Rate, IReadOnlyList<Opening> Openings)
{
    // Bulk C-STORE is thousands of frames a second; one in 64 shows within a few ms that both ends live.
    private const int SignOfLifeRate = 64;

    // Enough for the shipped rules and a score of others; each takes four octets of the device's memory, and without it a long
    // conversation on the port passes for a probe that was answered.
    private const int SuspectRanges = 56;

    // A table with more signatures than this needs its 16 KB for them.
    private const int RichTable = 150;

    // A wider range is no trojan's port, and would keep ordinary data.
    private const int NarrowRange = 16;

    /// <summary>What rules ask for.</summary>
    /// <param name="rules">The active rules.</param>
    /// <param name="eyes">What the imaging eyes ask for, where there are some.</param>
    public static Interest Of(IReadOnlyCollection<Rule> rules, IReadOnlyList<Opening> eyes)
    {
        var index = new SignatureIndex();
        bool[] flags = new bool[256];
        bool[] ports = new bool[65536];
        List<Opening> openings = [.. eyes];
        int suspectRanges = rules.Count > RichTable ? SuspectRanges : 0;
        foreach (Rule rule in rules)
        {
            if (rule is { Suspect: true, Protocol: RuleProtocol.Tcp })
            {
                // Whether data flow on such a port tells a service from a probe that was answered; in good faith nobody uses it.
                foreach ((int low, int high) in (rule.DestinationPorts.Ranges ?? []).Where(range => range.High - range.Low < NarrowRange))
                {
                    if (!ports.AsSpan(low, high - low + 1).Contains(false) || suspectRanges++ >= SuspectRanges)
                    {
                        continue;
                    }

                    Array.Fill(ports, true, low, high - low + 1);
                }
            }

            if (rule.Conditions.OfType<FlagsCondition>().FirstOrDefault() is { } asked)
            {
                for (int f = 0; f < flags.Length; f++)
                {
                    flags[f] |= index.Wants(asked.Mode, asked.Test, f & ~asked.Ignore);
                }
            }
            else if (!TryOpen(rule, openings) && rule.Protocol is RuleProtocol.Tcp or RuleProtocol.Ip)
            {
                // A frame that satisfies the rule has ports of both lists; keeping those of the shorter one keeps them all.
                PortSet shorter = rule.SourcePorts.Count < rule.DestinationPorts.Count ? rule.SourcePorts : rule.DestinationPorts;
                foreach ((int low, int high) in shorter.Ranges ?? [(0, 65535)])
                {
                    for (int port = low; port <= high; port++)
                    {
                        ports[port] = true;
                    }
                }
            }
        }

        var ranges = new List<(int, int)>();
        for (int port = 0; port < ports.Length; port++)
        {
            int low = port;
            while (port < ports.Length && ports[port])
            {
                port++;
            }

            if (port > low)
            {
                ranges.Add((low, port - 1));
            }
        }

        return new Interest(flags, ranges, SignOfLifeRate, openings);
    }

    /// <summary>Whether the openings have room for those of a rule, or have them; they are put there.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="openings">Gets them.</param>
    public static bool TryOpen(Rule rule, List<Opening> openings)
    {
        IReadOnlyList<Opening> own = Opening.Of(rule);
        var packed = openings.Select(o => Convert.ToHexString([.. o.Pack()])).ToHashSet(StringComparer.Ordinal);
        Opening[] more = [.. own.Where(o => packed.Add(Convert.ToHexString([.. o.Pack()])))];
        if (own.Count == 0 || openings.Count + more.Length > TableFormat.MostOpenings)
        {
            return false;
        }

        openings.AddRange(more);
        return true;
    }
}
