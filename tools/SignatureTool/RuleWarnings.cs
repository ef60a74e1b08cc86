using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Rules;

namespace Appliance.SignatureTool;

/// <summary>
/// Rules that compile and are hardly meant: those that nothing satisfies, those that another one shadows, and those that make the
/// interest mask expensive.
/// </summary>
internal static class RuleWarnings
{
    // TCP flags of the data frames of an established connection, which are nearly all frames of an imaging network.
    private static readonly (int Flags, string Name)[] DataFrames = [(0x10, "ACK"), (0x18, "ACK and PSH")];

    // What carries images and files in bulk: DICOM, its TLS ports and the second common one, SMB, NFS, HTTPS.
    private static readonly int[] BulkPorts = [104, 2761, 2762, 11112, 445, 2049, 443];

    // A full segment of a path with the least MSS that is common (RFC 879).
    private const int BulkSegment = 536;

    // More ports than a service has, so that whole ranges of clients are in it.
    private const int ManyPorts = 1000;

    /// <summary>Looks for them.</summary>
    /// <param name="all">All rules, also those that the site leaves inactive.</param>
    /// <param name="active">The rules of the table, in its order.</param>
    /// <param name="eyes">What the imaging eyes ask for, where there are some.</param>
    /// <param name="diagnostics">Gets the warnings.</param>
    public static void Find(IReadOnlyList<Rule> all, IReadOnlyList<Rule> active, IReadOnlyList<Opening> eyes, List<Diagnostic> diagnostics)
    {
        var impossible = new HashSet<Rule>(ReferenceEqualityComparer.Instance);
        foreach (Rule rule in all)
        {
            foreach (Contradiction found in Contradiction.Of(rule))
            {
                impossible.Add(rule);
                diagnostics.Add(Warning(rule, found.Reason + ": this rule can't match") with { Option = found.Option });
            }
        }

        // What can't match costs nothing, and is in nobody's shadow.
        IReadOnlyList<Rule> rules = [.. active.Where(r => !impossible.Contains(r))];
        var wanted = new SignatureIndex();
        List<Opening> openings = [.. eyes];
        foreach (Rule rule in rules)
        {
            IReadOnlyList<Opening> own = rule.Conditions.OfType<FlagsCondition>().Any() ? [] : Opening.Of(rule);
            bool isOpening = own.Count > 0 && Interest.TryOpen(rule, openings);
            if (Expense(rule, wanted) is not { } expense)
            {
                continue;
            }

            if (!isOpening)
            {
                diagnostics.Add(Warning(rule, own.Count == 0 ? expense : string.Create(CultureInfo.InvariantCulture,
                    $"too many openings: a table has room for {TableFormat.MostOpenings}, of which the imaging eyes have {eyes.Count} and "
                    + $"rules before this one the others; {expense}, or leave out a rule whose content stands at the payload's first octet")));
            }
            else if (own[0].Compared == 1 && own[0].Most >= BulkSegment)
            {
                diagnostics.Add(Warning(rule, "one octet is little to know a payload by: the mirror port will keep about one bulk segment "
                    + "in 256; compare three octets from the payload's first on, or name a port that carries no bulk data"));
            }
        }

        // A table has no room for more, and who makes one has other worries.
        if (rules.Count <= SignatureTable.MostSignatures)
        {
            FindShadows(rules, diagnostics);
        }
    }

    private static Diagnostic Warning(Rule rule, string message)
    {
        return new Diagnostic(Severity.Warning, rule.Place.File, rule.Place.Line, rule.Place.Column, null, message);
    }

    private static string? Expense(Rule rule, SignatureIndex wanted)
    {
        if (rule.Protocol is not (RuleProtocol.Tcp or RuleProtocol.Ip))
        {
            return null;
        }

        if (rule.Conditions.OfType<FlagsCondition>().FirstOrDefault() is { } asked)
        {
            string[] data = [.. DataFrames.Where(d => wanted.Wants(asked.Mode, asked.Test, d.Flags & ~asked.Ignore)).Select(d => d.Name)];
            return data.Length == 0 ? null
                : $"these flags are also those of data frames ({string.Join("; ", data)}): the mirror port will keep every such frame of "
                    + $"every connection";
        }

        PortSet ports = rule.SourcePorts.Count < rule.DestinationPorts.Count ? rule.SourcePorts : rule.DestinationPorts;
        int[] bulk = [.. BulkPorts.Where(p => ports.Ranges is { } ranges && ranges.Any(r => p >= r.Low && p <= r.High))];
        return ports.Ranges is null ? "without flags and ports, the mirror port will keep every TCP frame; add flags:S or ports"
            : ports.Count >= ManyPorts ? string.Create(CultureInfo.InvariantCulture,
                $"without flags, the mirror port will keep every TCP frame of {ports.Count} ports; add flags:S or name fewer")
            : bulk.Length > 0 ? $"without flags, the mirror port will keep every TCP frame of port {string.Join(", ", bulk)}, which "
                + $"carries bulk data; add flags:S, "
                + "or a content with its depth at the payload's first octet"
            : null;
    }

    private static void FindShadows(IReadOnlyList<Rule> rules, List<Diagnostic> diagnostics)
    {
        Shape[] shapes = [.. rules.Select(r => new Shape(r))];
        var contained = new Dictionary<(AddressSet, AddressSet), bool>();
        bool Contains(AddressSet wide, AddressSet narrow)
        {
            if (ReferenceEquals(wide, narrow) || wide.IsAll)
            {
                return true;
            }

            if (!contained.TryGetValue((wide, narrow), out bool result))
            {
                result = narrow.Without(wide).IsEmpty;
                contained[(wide, narrow)] = result;
            }

            return result;
        }

        for (int b = 0; b < shapes.Length; b++)
        {
            for (int a = 0; a < shapes.Length; a++)
            {
                bool first = shapes[a].Worth > shapes[b].Worth || (shapes[a].Worth == shapes[b].Worth && a < b);
                if (first && shapes[a].Covers(shapes[b], Contains))
                {
                    Rule wide = rules[a];
                    string why = shapes[a].Worth > shapes[b].Worth ? "which weighs more (kind, suspect, priority)"
                        : "which stands before it";
                    diagnostics.Add(Warning(rules[b], string.Create(CultureInfo.InvariantCulture,
                        $"{rules[b].Gid}:{rules[b].Sid} will never name an incident: whatever it matches is matched by "
                            + $"{wide.Gid}:{wide.Sid} "
                        + $"({wide.Place.File}:{wide.Place.Line}), {why}")));
                    break;
                }
            }
        }
    }

    /// <summary>What decides whether a rule matches whatever another one does.</summary>
    private sealed class Shape
    {
        private static readonly (int Low, int High)[] EveryPort = [(0, 65535)];

        private readonly Rule _rule;
        private readonly AddressSet _source;
        private readonly AddressSet _destination;
        private readonly IReadOnlyList<(int Low, int High)> _sourcePorts;
        private readonly IReadOnlyList<(int Low, int High)> _destinationPorts;

        public Shape(Rule rule)
        {
            _rule = rule;
            _source = rule.Source.Resolve();
            _destination = rule.Destination.Resolve();
            _sourcePorts = rule.SourcePorts.Ranges ?? EveryPort;
            _destinationPorts = rule.DestinationPorts.Ranges ?? EveryPort;

            // The order in which the sensor prefers one of a frame's signatures: a restricted service, a suspect one, the more
            // lethal.
            Worth = (rule.RestrictedService ? 32 : 0) + (rule.Suspect ? 16 : 0) + rule.Priority;
        }

        public int Worth { get; }

        public bool Covers(Shape other, Func<AddressSet, AddressSet, bool> contains)
        {
            bool protocol = _rule.Protocol == other._rule.Protocol
                || (_rule.Protocol == RuleProtocol.Ip && other._rule.Protocol is RuleProtocol.Tcp or RuleProtocol.Udp or RuleProtocol.Icmp);
            return protocol && CoversWay(other, contains, false) && (!other._rule.BothWays || CoversWay(other, contains, true))
                && _rule.Conditions.All(c => other._rule.Conditions.Any(o => Implies(o, c)));
        }

        // Frames that go from the other's left to its right, or back.
        private bool CoversWay(Shape other, Func<AddressSet, AddressSet, bool> contains, bool back)
        {
            AddressSet from = back ? other._destination : other._source;
            AddressSet to = back ? other._source : other._destination;
            IReadOnlyList<(int, int)> fromPorts = back ? other._destinationPorts : other._sourcePorts;
            IReadOnlyList<(int, int)> toPorts = back ? other._sourcePorts : other._destinationPorts;
            return (Holds(_destinationPorts, toPorts) && Holds(_sourcePorts, fromPorts) && contains(_source, from)
                && contains(_destination, to))
                || (_rule.BothWays && Holds(_destinationPorts, fromPorts) && Holds(_sourcePorts, toPorts)
                    && contains(_source, to) && contains(_destination, from));
        }

        private static bool Holds(IReadOnlyList<(int Low, int High)> wide, IReadOnlyList<(int Low, int High)> narrow)
        {
            foreach ((int low, int high) in narrow)
            {
                bool held = false;
                for (int i = 0; i < wide.Count && !held; i++)
                {
                    held = low >= wide[i].Low && high <= wide[i].High;
                }

                if (!held)
                {
                    return false;
                }
            }

            return true;
        }

        // Whatever satisfies the one satisfies the other. Rates count for themselves: only the same one is passed at the same
        // time.
        private static bool Implies(RuleCondition narrow, RuleCondition wide)
        {
            return narrow.Equals(wide)
                || (narrow is RangeCondition { Outside: false } n && wide is RangeCondition { Outside: false } w
                    && n.Field == w.Field && n.Low >= w.Low && n.High <= w.High)
                || (narrow is FlagsCondition nf && wide is FlagsCondition wf && Implies(nf, wf));
        }

        private static bool Implies(FlagsCondition narrow, FlagsCondition wide)
        {
            var index = new SignatureIndex();
            return Enumerable.Range(0, 256).All(f => !index.Wants(narrow.Mode, narrow.Test, f & ~narrow.Ignore)
                || index.Wants(wide.Mode, wide.Test, f & ~wide.Ignore));
        }
    }
}
