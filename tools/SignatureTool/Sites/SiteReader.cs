using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Rules;
using Superpower.Model;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Appliance.SignatureTool.Sites;

/// <summary>Reads a site profile (TOML); everything that is wrong in it is told at once.</summary>
public sealed class SiteReader
{
    private const int DnsCriticality = 4;
    private const int GroupCriticality = 3;

    private static readonly string[] Sections = ["site", "groups", "expected", "collector", "clock", "severity"];

    private readonly string _file;
    private readonly List<Diagnostic> _diagnostics;

    // Lines of which nothing is sure. What else is wrong is told all the same, but not what may only be missing because of them.
    private IReadOnlySet<int> _broken = new HashSet<int>();

    private SiteReader(string file, List<Diagnostic> diagnostics)
    {
        _file = file;
        _diagnostics = diagnostics;
    }

    /// <summary>Reads a profile; what could be read is returned even when there are errors.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    public static SiteProfile Read(string file, string text, List<Diagnostic> diagnostics)
    {
        return new SiteReader(file, diagnostics).Read(text);
    }

    private SiteProfile Read(string text)
    {
        DocumentSyntax document = SyntaxParser.Parse(text, _file, true);
        _broken = TomlErrors.Tell(document, _file, text, _diagnostics);
        var profile = new SiteProfile { IsWhole = _broken.Count == 0 };
        foreach (KeyValueSyntax pair in document.KeyValues)
        {
            Report(pair, KeyOf(pair.Key), $"stands in no section; the sections are {Listed(Sections)}");
        }

        var groups = new List<(KeyValueSyntax Pair, AddressList Members)>();
        var criticalities = new List<(KeyValueSyntax Pair, int Value)>();
        var expected = new List<Explanation>();
        foreach (TableSyntaxBase table in document.Tables)
        {
            string section = KeyOf(table.Name);
            bool array = table is TableArraySyntax;
            if (array != (section == "expected") && Sections.Contains(section))
            {
                Report(table, section, array ? $"stands once, as [{section}]" : "is a list; write [[expected]]");
                continue;
            }

            switch (section)
            {
                case "site":
                    profile = ReadSite(table, profile);
                    break;
                case "groups":
                    groups.AddRange(table.Items.Select(pair => (pair, Addresses(pair))));
                    break;
                case "expected":
                    expected.Add(ReadExpected(table));
                    break;
                case "collector":
                    profile = ReadCollector(table, profile);
                    break;
                case "clock":
                    profile = ReadClock(table, profile);
                    break;
                case "severity":
                    criticalities.AddRange(table.Items.Select(pair => (pair, Number(pair, KeyOf(pair.Key) == "countermeasures" ? 0 : 1, 5))));
                    break;
                default:
                    Report(table, section, $"unknown section; possible are {Listed(Sections)}" + Suggestion.For(section, Sections));
                    break;
            }
        }

        return Finish(profile, groups, criticalities, expected);
    }

    private SiteProfile Finish(
        SiteProfile profile, List<(KeyValueSyntax Pair, AddressList Members)> groups,
        List<(KeyValueSyntax Pair, int Value)> criticalities, List<Explanation> expected)
    {
        if (profile.Home.Resolve().IsEmpty && profile.IsWhole)
        {
            _diagnostics.Add(new Diagnostic(Severity.Error, _file, 0, 0, "home",
                "the profile must say what the home network is: [site] home = [\"10.1.2.0/24\"]"));
        }

        foreach ((KeyValueSyntax pair, AddressList _) in groups)
        {
            string name = KeyOf(pair.Key);
            if (name is "HOME_NET" or "EXTERNAL_NET" || name.Length > TableFormat.MostName
                || !name.All(c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_') || name[0] is >= '0' and <= '9')
            {
                Report(pair, name, name is "HOME_NET" or "EXTERNAL_NET" ? "is made from 'home' in [site]"
                    : $"is no group name; it needs capital letters, digits and '_', at most {TableFormat.MostName}"
                        + Suggestion.For(name, SiteProfile.StandardGroups));
            }
            else if (SiteProfile.StandardGroups.FirstOrDefault(s => IsSlip(name, s, groups)) is { } meant)
            {
                _diagnostics.Add(At(pair, Severity.Warning, name, $"is a group of your own; did you mean '{meant}', which the shipped rules name?"));
            }
        }

        foreach ((KeyValueSyntax pair, int _) in criticalities)
        {
            string name = KeyOf(pair.Key);
            if (name is not ("countermeasures" or "home") && !SiteProfile.StandardGroups.Contains(name)
                && !groups.Any(g => KeyOf(g.Pair.Key) == name))
            {
                Report(pair, name, "unknown key; possible are countermeasures, home and the names of groups"
                    + Suggestion.For(name, ["countermeasures", "home", .. groups.Select(g => KeyOf(g.Pair.Key)), .. SiteProfile.StandardGroups]));
            }
        }

        int Criticality(string name, int otherwise)
        {
            return criticalities.Where(c => KeyOf(c.Pair.Key) == name).Select(c => (int?)c.Value).FirstOrDefault() ?? otherwise;
        }

        if (profile.Board.Length > 0 && profile.Collector.StartsWith("tls:", StringComparison.Ordinal) && !SiteBoard.HasTls(profile.Board))
        {
            _diagnostics.Add(new Diagnostic(Severity.Error, _file, 0, 0, "board",
                $"TLS to the collector does not fit on {profile.Board}: it takes some 42 KB of native memory, and the board has 28 KB left (no PSRAM); "
                + "use tcp:// or udp://, or a board with PSRAM"));
        }

        if (profile.Authority.Count > 0 && profile.Clock.Length == 0 && profile.IsWhole)
        {
            _diagnostics.Add(new Diagnostic(Severity.Error, _file, 0, 0, "clock",
                "[clock] is missing: a tls collector's certificate is valid from and until a day, which a box without a time server "
                + "does not know; it would never send a message"));
        }

        if (profile.Collector.Length == 0 && !_diagnostics.Any(d => d.Severity == Severity.Error && d.File == _file))
        {
            _diagnostics.Add(new Diagnostic(Severity.Warning, _file, 0, 0, "collector",
                "no collector is named, so a box with this table tells nobody what it sees: [collector] address = \"udp://192.0.2.10:514\""));
        }

        return profile with
        {
            Groups = [.. groups.Where(g => !g.Members.Resolve().IsEmpty).Select(g => new HostGroup(
                KeyOf(g.Pair.Key), g.Members,
                Criticality(KeyOf(g.Pair.Key), KeyOf(g.Pair.Key) == "DNS_SERVERS" ? DnsCriticality : GroupCriticality)))],
            Expected = expected,
            HomeCriticality = Criticality("home", profile.HomeCriticality),
            Countermeasures = Criticality("countermeasures", profile.Countermeasures),
        };
    }

    // A name beside a standard one that the profile doesn't have; PACS2 is no slip of the finger.
    private static bool IsSlip(string name, string standard, List<(KeyValueSyntax Pair, AddressList Members)> groups)
    {
        return name != standard && !groups.Any(g => KeyOf(g.Pair.Key) == standard) && !name.StartsWith(standard, StringComparison.Ordinal)
            && Suggestion.For(name, [standard]).Length > 0;
    }

    private SiteProfile ReadSite(TableSyntaxBase table, SiteProfile profile)
    {
        profile = profile with { NamePlace = PlaceOf(table) };
        foreach (KeyValueSyntax pair in table.Items)
        {
            switch (KeyOf(pair.Key))
            {
                case "name":
                    int before = _diagnostics.Count;
                    profile = profile with { Name = Text(pair) };

                    // A name that can't be is told already, and need not be missed.
                    profile = profile with { NamePlace = _diagnostics.Count == before ? PlaceOf(ValueOf(pair)) : null };
                    break;
                case "board":
                    string board = Text(pair);
                    if (board.Length > 0 && !SiteBoard.IsKnown(board))
                    {
                        Report(ValueOf(pair), "board", $"'{board}' is no board that there is a profile of; there are {string.Join(", ", SiteBoard.Names)}"
                            + Suggestion.For(board, SiteBoard.Names));
                        break;
                    }

                    profile = profile with { Board = board };
                    break;
                case "home":
                    profile = profile with { Home = Addresses(pair) };
                    break;
                default:
                    Unknown(pair, "[site]", ["name", "home", "board"]);
                    break;
            }
        }

        return profile;
    }

    private SiteProfile ReadCollector(TableSyntaxBase table, SiteProfile profile)
    {
        bool authority = false;
        foreach (KeyValueSyntax pair in table.Items)
        {
            switch (KeyOf(pair.Key))
            {
                case "address":
                    string address = Text(pair);
                    if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("udp" or "tcp" or "tls")
                        || uri.Host.Length == 0 || uri.Port <= 0 || uri.PathAndQuery.Length > 1)
                    {
                        Report(ValueOf(pair), "address", $"'{address}' is no collector; write udp://192.0.2.10:514, or tcp:// or tls://");
                    }

                    profile = profile with { Collector = address };
                    break;
                case "ca":
                    authority = true;
                    profile = Certificate(pair, profile);
                    break;
                default:
                    Unknown(pair, "[collector]", ["address", "ca"]);
                    break;
            }
        }

        if (profile.Collector.StartsWith("tls:", StringComparison.Ordinal) && !authority)
        {
            Lacks(table, "ca", "is missing: a tls collector needs the file with its certificate authority");
        }

        return profile;
    }

    private SiteProfile Certificate(KeyValueSyntax pair, SiteProfile profile)
    {
        if (pair.Value is not StringValueSyntax { Value: { Length: > 0 } name })
        {
            Report(ValueOf(pair), "ca", "needs the name of a file in quotation marks");
            return profile;
        }

        string path = Path.Combine(Path.GetDirectoryName(_file) ?? "", name);
        AuthorityFile file = AuthorityFile.Read(path, DateTimeOffset.UtcNow);
        if (file.Problem is { } problem)
        {
            _diagnostics.Add(At(pair.Value, file.Octets.Count == 0 ? Severity.Error : Severity.Warning, "ca", $"{name}: {problem}"));
        }

        return profile with { Authority = file.Octets, AuthorityFile = path };
    }

    private SiteProfile ReadClock(TableSyntaxBase table, SiteProfile profile)
    {
        foreach (KeyValueSyntax pair in table.Items)
        {
            if (KeyOf(pair.Key) == "server")
            {
                profile = profile with { Clock = Text(pair) };
            }
            else
            {
                Unknown(pair, "[clock]", ["server"]);
            }
        }

        return profile;
    }

    private Explanation ReadExpected(TableSyntaxBase table)
    {
        string name = "";
        AddressList source = AddressList.Everything;
        AddressList destination = AddressList.Everything;
        int? protocol = null;
        PortSet ports = PortSet.Any;
        KeyValueSyntax? portPair = null;
        foreach (KeyValueSyntax pair in table.Items)
        {
            switch (KeyOf(pair.Key))
            {
                case "name":
                    name = Text(pair);
                    if (name.Length > TableFormat.MostExpectedName)
                    {
                        Report(ValueOf(pair), "name", $"has more than {TableFormat.MostExpectedName} characters, which an alert has no room for");
                    }

                    break;
                case "source":
                    source = AnyAddresses(pair);
                    break;
                case "destination":
                    destination = AnyAddresses(pair);
                    break;
                case "proto":
                    protocol = Protocol(pair);
                    break;
                case "port":
                    portPair = pair;
                    ports = Ports(pair);
                    break;
                default:
                    Unknown(pair, "[[expected]]", ["name", "source", "destination", "proto", "port"]);
                    break;
            }
        }

        if (name.Length == 0)
        {
            Lacks(table, "name", "is missing: an explanation says what it is");
        }

        if (source.Any && destination.Any && ports.Ranges is null)
        {
            Lacks(table, "expected", "explains everything; it needs a source, a destination or a port");
        }

        if (portPair is not null && protocol is not (6 or 17))
        {
            Lacks(portPair, "port", "needs proto = \"tcp\" or \"udp\"");
        }

        return new Explanation(name, source, destination, protocol, ports);
    }

    private int? Protocol(KeyValueSyntax pair)
    {
        if (pair.Value is IntegerValueSyntax)
        {
            return Number(pair, 0, 255);
        }

        string text = Text(pair);
        switch (text)
        {
            case "ip" or "any":
                return null;
            case "icmp":
                return 1;
            case "igmp":
                return 2;
            case "tcp":
                return 6;
            case "udp":
                return 17;
            case "icmpv6":
                return 58;
            default:
                Report(ValueOf(pair), "proto", $"'{text}' is no protocol; possible are tcp, udp, icmp, icmpv6, igmp, ip and numbers from 0 to 255"
                    + Suggestion.For(text, ["tcp", "udp", "icmp", "icmpv6", "igmp"]));
                return null;
        }
    }

    private PortSet Ports(KeyValueSyntax pair)
    {
        string text = pair.Value switch
        {
            IntegerValueSyntax number => number.Value.ToString(CultureInfo.InvariantCulture),
            ArraySyntax array => "[" + string.Join(',', array.Items.Select(i => i.Value is IntegerValueSyntax n
                ? n.Value.ToString(CultureInfo.InvariantCulture) : (i.Value as StringValueSyntax)?.Value ?? "?")) + "]",
            StringValueSyntax list => list.Value ?? "",
            _ => "?",
        };
        return new PortListParser((_, message) => Report(ValueOf(pair), "port", message)).Read(new TextSpan(text));
    }

    // An explanation of nothing would look like one of something.
    private AddressList AnyAddresses(KeyValueSyntax pair)
    {
        if (pair.Value is ArraySyntax { Items.ChildrenCount: 0 })
        {
            Report(ValueOf(pair), KeyOf(pair.Key), "is an empty list; name addresses, or leave the key out for any");
        }

        return Addresses(pair);
    }

    private AddressList Addresses(KeyValueSyntax pair)
    {
        IEnumerable<ValueSyntax?> values = pair.Value is ArraySyntax array ? array.Items.Select(i => i.Value) : [pair.Value];
        AddressList list = AddressList.Nothing;
        foreach (ValueSyntax? value in values)
        {
            if (value is not StringValueSyntax text)
            {
                Report((SyntaxNode?)value ?? pair, KeyOf(pair.Key), "needs addresses in quotation marks, e.g. [\"10.1.2.0/24\", \"10.1.3.7\"]");
                continue;
            }

            var parser = new AddressListParser(
                name => null, (span, message) => Report(text, KeyOf(pair.Key), message.Replace("; the site profile has no such group",
                    "; a profile has addresses only", StringComparison.Ordinal)), false);
            Result<AddressList> result = parser.Read(new TextSpan(text.Value ?? ""));
            if (!result.HasValue)
            {
                Report(text, KeyOf(pair.Key), "addresses: " + result.FormatErrorMessageFragment());
                continue;
            }

            list = list.Join(result.Value);
        }

        return list;
    }

    private string Text(KeyValueSyntax pair)
    {
        if (pair.Value is not StringValueSyntax { Value: { } text })
        {
            Report(ValueOf(pair), KeyOf(pair.Key), "needs a text in quotation marks");
            return "";
        }

        if (!RuleName.IsClean(text) || text.Length > 255)
        {
            Report(pair.Value, KeyOf(pair.Key), "has at most 255 printable ASCII characters and no '\"', '\\' or ']'");
            return "";
        }

        return text;
    }

    private int Number(KeyValueSyntax pair, int least, int most)
    {
        if (pair.Value is IntegerValueSyntax number && number.Value >= least && number.Value <= most)
        {
            return (int)number.Value;
        }

        Report(ValueOf(pair), KeyOf(pair.Key), $"needs a number from {least} to {most}");
        return least;
    }

    private static string KeyOf(KeySyntax? key)
    {
        return key?.ToString().Trim().Trim('"', '\'') ?? "";
    }

    private static SyntaxNode ValueOf(KeyValueSyntax pair)
    {
        return (SyntaxNode?)pair.Value ?? pair;
    }

    private static string Listed(IReadOnlyList<string> words)
    {
        return words.Count == 1 ? words[0] : string.Join(", ", words.SkipLast(1)) + " and " + words[^1];
    }

    private void Unknown(KeyValueSyntax pair, string section, string[] keys)
    {
        Report(pair, KeyOf(pair.Key), $"unknown key; {section} has {Listed(keys)}" + Suggestion.For(KeyOf(pair.Key), keys));
    }

    // What isn't there may stand in a line that could not be read.
    private void Lacks(SyntaxNode where, string option, string message)
    {
        if (_broken.Count == 0)
        {
            Report(where, option, message);
        }
    }

    private void Report(SyntaxNode where, string? option, string message)
    {
        if (!_broken.Contains(where.Span.Start.Line + 1))
        {
            _diagnostics.Add(At(where, Severity.Error, option, message));
        }
    }

    private Place PlaceOf(SyntaxNode node)
    {
        return new Place(_file, node.Span.Start.Line + 1, node.Span.Start.Column + 1);
    }

    private Diagnostic At(SyntaxNode where, Severity severity, string? option, string message)
    {
        Place place = PlaceOf(where);
        return new Diagnostic(severity, _file, place.Line, place.Column, option, message);
    }
}
