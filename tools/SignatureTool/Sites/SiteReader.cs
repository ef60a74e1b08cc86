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

    private readonly string _file;
    private readonly List<Diagnostic> _diagnostics;

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
        foreach (DiagnosticMessage message in document.Diagnostics)
        {
            _diagnostics.Add(new Diagnostic(
                message.Kind == DiagnosticMessageKind.Error ? Severity.Error : Severity.Warning,
                _file, message.Span.Start.Line + 1, message.Span.Start.Column + 1, null, message.Message));
        }

        var profile = new SiteProfile();
        if (document.HasErrors)
        {
            return profile;
        }

        foreach (KeyValueSyntax pair in document.KeyValues)
        {
            Report(pair, KeyOf(pair.Key), "stands in no section; the sections are site, groups, expected, collector, clock and severity");
        }

        var groups = new List<(KeyValueSyntax Pair, AddressList Members)>();
        var criticalities = new List<(KeyValueSyntax Pair, int Value)>();
        var expected = new List<Explanation>();
        foreach (TableSyntaxBase table in document.Tables)
        {
            string section = KeyOf(table.Name);
            bool array = table is TableArraySyntax;
            if (array != (section == "expected") && section is "site" or "groups" or "expected" or "collector" or "clock" or "severity")
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
                    Report(table, section, "unknown section; possible are site, groups, expected, collector, clock and severity"
                        + Suggestion.For(section, ["site", "groups", "expected", "collector", "clock", "severity"]));
                    break;
            }
        }

        return Finish(profile, groups, criticalities, expected);
    }

    private SiteProfile Finish(
        SiteProfile profile, List<(KeyValueSyntax Pair, AddressList Members)> groups,
        List<(KeyValueSyntax Pair, int Value)> criticalities, List<Explanation> expected)
    {
        if (profile.Home.Resolve().IsEmpty)
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
                    : $"is no group name; it needs capital letters, digits and '_', at most {TableFormat.MostName}");
            }
        }

        foreach ((KeyValueSyntax pair, int _) in criticalities)
        {
            string name = KeyOf(pair.Key);
            if (name is not ("countermeasures" or "home") && !SiteProfile.StandardGroups.Contains(name)
                && !groups.Any(g => KeyOf(g.Pair.Key) == name))
            {
                Report(pair, name, "unknown key; possible are countermeasures, home and the names of groups");
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

        if (profile.Authority.Count > 0 && profile.Clock.Length == 0)
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

    private SiteProfile ReadSite(TableSyntaxBase table, SiteProfile profile)
    {
        foreach (KeyValueSyntax pair in table.Items)
        {
            switch (KeyOf(pair.Key))
            {
                case "name":
                    profile = profile with { Name = Text(pair) };
                    break;
                case "board":
                    string board = Text(pair);
                    if (!SiteBoard.IsKnown(board))
                    {
                        Report(pair.Value!, "board", $"'{board}' is no board that there is a profile of; there are {SiteBoard.Names}");
                        break;
                    }

                    profile = profile with { Board = board };
                    break;
                case "home":
                    profile = profile with { Home = Addresses(pair) };
                    break;
                default:
                    Report(pair, KeyOf(pair.Key), "unknown key; [site] has name, home and board" + Suggestion.For(KeyOf(pair.Key), ["name", "home", "board"]));
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
                        Report(pair.Value!, "address", $"'{address}' is no collector; write udp://192.0.2.10:514, or tcp:// or tls://");
                    }

                    profile = profile with { Collector = address };
                    break;
                case "ca":
                    authority = true;
                    profile = Certificate(pair, profile);
                    break;
                default:
                    Report(pair, KeyOf(pair.Key), "unknown key; [collector] has address and ca");
                    break;
            }
        }

        if (profile.Collector.StartsWith("tls:", StringComparison.Ordinal) && !authority)
        {
            Report(table, "ca", "is missing: a tls collector needs the file with its certificate authority");
        }

        return profile;
    }

    private SiteProfile Certificate(KeyValueSyntax pair, SiteProfile profile)
    {
        if (pair.Value is not StringValueSyntax { Value: { Length: > 0 } name })
        {
            Report((SyntaxNode?)pair.Value ?? pair, "ca", "needs the name of a file in quotation marks");
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
                Report(pair, KeyOf(pair.Key), "unknown key; [clock] has server");
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
                        Report(pair.Value!, "name", $"has more than {TableFormat.MostExpectedName} characters, which an alert has no room for");
                    }

                    break;
                case "source":
                    source = Addresses(pair);
                    break;
                case "destination":
                    destination = Addresses(pair);
                    break;
                case "proto":
                    protocol = Protocol(pair);
                    break;
                case "port":
                    portPair = pair;
                    ports = Ports(pair);
                    break;
                default:
                    Report(pair, KeyOf(pair.Key), "unknown key; [[expected]] has name, source, destination, proto and port");
                    break;
            }
        }

        if (name.Length == 0)
        {
            Report(table, "name", "is missing: an explanation says what it is");
        }

        if (source.Any && destination.Any && ports.Ranges is null)
        {
            Report(table, "expected", "explains everything; it needs a source, a destination or a port");
        }

        if (portPair is not null && protocol is not (6 or 17))
        {
            Report(portPair, "port", "needs proto = \"tcp\" or \"udp\"");
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
                Report(pair.Value!, "proto", $"'{text}' is no protocol; possible are tcp, udp, icmp, icmpv6, igmp, ip and numbers from 0 to 255");
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
        return new PortListParser((_, message) => Report(pair.Value!, "port", message)).Read(new TextSpan(text));
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
            Report((SyntaxNode?)pair.Value ?? pair, KeyOf(pair.Key), "needs a text in quotation marks");
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

        Report((SyntaxNode?)pair.Value ?? pair, KeyOf(pair.Key), $"needs a number from {least} to {most}");
        return least;
    }

    private static string KeyOf(KeySyntax? key)
    {
        return key?.ToString().Trim().Trim('"', '\'') ?? "";
    }

    private void Report(SyntaxNode where, string? option, string message)
    {
        _diagnostics.Add(At(where, Severity.Error, option, message));
    }

    private Diagnostic At(SyntaxNode where, Severity severity, string? option, string message)
    {
        SourceSpan span = where.Span;
        return new Diagnostic(severity, _file, span.Start.Line + 1, span.Start.Column + 1, option, message);
    }
}
