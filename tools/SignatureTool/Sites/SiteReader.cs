using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Rules;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Appliance.SignatureTool.Sites;

/// <summary>Reads a site profile (TOML); everything that is wrong in it is told at once.</summary>
public sealed class SiteReader
{
    private const int DnsCriticality = 4;
    private const int GroupCriticality = 3;

    private static readonly string[] Sections = ["site", "groups", "expected", "serves", "collector", "clock", "severity",
        "imaging.dicom", "imaging.hl7", "imaging.accepted", "imaging.hosts"];
    private static readonly string[] WeakServices = ["smb1", "tls", "rdp", "vnc", "telnet", "snmp", "old"];

    private readonly string _file;
    private readonly List<Diagnostic> _diagnostics;
    private readonly ProfileValues _values;

    private SiteReader(string file, List<Diagnostic> diagnostics, IReadOnlySet<int> broken)
    {
        _file = file;
        _diagnostics = diagnostics;
        _values = new ProfileValues(file, diagnostics, broken);
    }

    /// <summary>Reads a profile; what could be read is returned even when there are errors.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    public static SiteProfile Read(string file, string text, List<Diagnostic> diagnostics)
    {
        int before = diagnostics.Count;
        TomlRepair repair = TomlRepair.Of(file, text, diagnostics);
        DocumentSyntax document;
        try
        {
            document = SyntaxParser.Parse(repair.Text, file, true);
        }
        catch (TomlException)
        {
            // What the parser can't note and pass over.
            (int line, int column) = TomlErrors.TooDeep(repair.Text);
            diagnostics.Add(new Diagnostic(Severity.Error, file, line, column, null,
                $"here more than {TomlErrors.MostLevels} lists stand in each other; no key of a profile takes a list of lists"));
            return new SiteProfile { IsWhole = false };
        }

        TomlErrors.Tell(document, file, repair, diagnostics);
        SiteProfile profile = new SiteReader(file, diagnostics, repair.Broken).Read(document,
            new SiteProfile { IsWhole = repair.Broken.Count == 0 });

        // What concerns the whole file stands behind the lines.
        Diagnostic[] said = [.. diagnostics.Skip(before).OrderBy(d => d.Line == 0 ? int.MaxValue : d.Line).ThenBy(d => d.Column)];
        diagnostics.RemoveRange(before, diagnostics.Count - before);
        diagnostics.AddRange(said);
        return profile;
    }

    private SiteProfile Read(DocumentSyntax document, SiteProfile profile)
    {
        foreach (KeyValueSyntax pair in document.KeyValues)
        {
            _values.Report(pair, ProfileValues.KeyOf(pair.Key), $"stands in no section; the sections are {ProfileValues.Listed(Sections)}");
        }

        var groups = new List<(KeyValueSyntax Pair, AddressList Members)>();
        var criticalities = new List<(KeyValueSyntax Pair, int Value)>();
        var expected = new List<Explanation>();
        var imaging = new List<(KeyValueSyntax Pair, string Section, AddressList Hosts)>();
        foreach (TableSyntaxBase table in document.Tables)
        {
            string section = ProfileValues.KeyOf(table.Name);
            bool array = table is TableArraySyntax;
            if (array != (section is "expected" or "serves") && Sections.Contains(section))
            {
                _values.Report(table, section, array ? $"stands once, as [{section}]" : $"is a list; write [[{section}]]");
                continue;
            }

            switch (section)
            {
                case "site":
                    profile = ReadSite(table, profile);
                    break;
                case "groups":
                    groups.AddRange(table.Items.Select(pair => (pair, _values.Addresses(pair))));
                    break;
                case "expected":
                    expected.Add(ReadExpected(table));
                    break;
                case "serves":
                    expected.Add(ReadServes(table));
                    break;
                case "imaging.dicom" or "imaging.hl7" or "imaging.accepted" or "imaging.hosts":
                    ImagingCaller[] callers = [.. table.Items.Select(pair => ReadCaller(pair, section))];
                    imaging.AddRange(table.Items.Zip(callers, (pair, caller) => (pair, section, caller.Addresses)));
                    profile = profile with { Callers = [.. profile.Callers, .. callers] };
                    break;
                case "collector":
                    profile = ReadCollector(table, profile);
                    break;
                case "clock":
                    profile = ReadClock(table, profile);
                    break;
                case "severity":
                    criticalities.AddRange(table.Items.Select(pair =>
                        (pair, _values.Number(pair, ProfileValues.KeyOf(pair.Key) == "countermeasures" ? 0 : 1, 5))));
                    break;
                default:
                    _values.Report(table, section, $"unknown section; possible are {ProfileValues.Listed(Sections)}"
                        + Suggestion.For(section, Sections));
                    break;
            }
        }

        DoubtLists(profile, imaging);
        return Finish(profile, groups, criticalities, expected);
    }

    // Lists that say less, or more, than who wrote them meant.
    private void DoubtLists(SiteProfile profile, List<(KeyValueSyntax Pair, string Section, AddressList Hosts)> lists)
    {
        if (lists.Count > 0 && profile.Board.Length > 0 && !SiteBoard.HasImaging(profile.Board))
        {
            _diagnostics.Add(_values.At(lists[0].Pair, Severity.Warning, lists[0].Section,
                $"nobody will look: {profile.Board} has no memory for the imaging eyes (no PSRAM), and the lists of [imaging] are theirs; "
                + "use a board with PSRAM"));
        }

        AddressSet home = profile.Home.Resolve();
        foreach ((KeyValueSyntax pair, string section, AddressList list) in lists)
        {
            AddressSet hosts = list.Resolve();
            string? doubt = hosts.IsEmpty && pair.Value is ArraySyntax { Items.ChildrenCount: 0 }
                    ? $"is an empty list: no host is meant, and who is in no list of [{section}] is told of; name its addresses"
                : hosts.IsAll ? "is every address there is: " + (section == "imaging.hosts" ? "nobody is a newcomer" : section == "imaging.accepted"
                        ? "it is accepted of every server" : "whoever takes this name may call") + "; name the hosts that are meant"
                : !home.IsEmpty && !hosts.Without(home).IsEmpty
                    ? "has addresses outside home: hosts there can be anybody's; see that they are meant, or add their network to 'home'"
                : null;
            if (doubt is not null)
            {
                _diagnostics.Add(_values.At(ProfileValues.ValueOf(pair), Severity.Warning, ProfileValues.KeyOf(pair.Key), doubt));
            }
        }
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
            string name = ProfileValues.KeyOf(pair.Key);
            if (name is "HOME_NET" or "EXTERNAL_NET" || name.Length > TableFormat.MostName
                || !name.All(c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_') || name[0] is >= '0' and <= '9')
            {
                _values.Report(pair, name, name is "HOME_NET" or "EXTERNAL_NET" ? "is made from 'home' in [site]"
                    : $"is no group name; it needs capital letters, digits and '_', at most {TableFormat.MostName}"
                        + Suggestion.For(name, SiteProfile.StandardGroups));
            }
            else if (SiteProfile.StandardGroups.FirstOrDefault(s => IsSlip(name, s, groups)) is { } meant)
            {
                _diagnostics.Add(_values.At(pair, Severity.Warning, name,
                    $"is a group of your own; did you mean '{meant}', which the shipped rules name?"));
            }
        }

        foreach ((KeyValueSyntax pair, int _) in criticalities)
        {
            string name = ProfileValues.KeyOf(pair.Key);
            if (name is not ("countermeasures" or "home") && !SiteProfile.StandardGroups.Contains(name)
                && !groups.Any(g => ProfileValues.KeyOf(g.Pair.Key) == name))
            {
                _values.Report(pair, name, "unknown key; possible are countermeasures, home and the names of groups"
                    + Suggestion.For(name, ["countermeasures", "home", .. groups.Select(g => ProfileValues.KeyOf(g.Pair.Key)),
                        .. SiteProfile.StandardGroups]));
            }
        }

        int Criticality(string name, int otherwise)
        {
            return criticalities.Where(c => ProfileValues.KeyOf(c.Pair.Key) == name).Select(c =>
                (int?)c.Value).FirstOrDefault() ?? otherwise;
        }

        if (profile.Board.Length > 0 && profile.Collector.StartsWith("tls:", StringComparison.Ordinal) && !SiteBoard.HasTls(profile.Board))
        {
            _diagnostics.Add(new Diagnostic(Severity.Error, _file, 0, 0, "board",
                $"TLS to the collector does not fit on {profile.Board}: it takes some 42 KB of native memory, and the board has 28 KB "
                    + $"left (no PSRAM); "
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

        if (profile.Tag.Length == 0 && SiteTag.IsCut(profile.Name) && profile.NamePlace is { } place)
        {
            _diagnostics.Add(new Diagnostic(Severity.Warning, _file, place.Line, place.Column, "name",
                $"alerts name the site by '{SiteTag.Of(profile.Name)}', which another site may share; give it a tag of its own: "
                + "[site] tag = \"vlan-3\""));
        }

        return profile with
        {
            Tag = profile.Tag.Length > 0 ? profile.Tag : SiteTag.Of(profile.Name),
            Groups = [.. groups.Where(g => !g.Members.Resolve().IsEmpty).Select(g => new HostGroup(
                ProfileValues.KeyOf(g.Pair.Key), g.Members,
                Criticality(ProfileValues.KeyOf(g.Pair.Key), ProfileValues.KeyOf(g.Pair.Key) == "DNS_SERVERS" ? DnsCriticality
                    : GroupCriticality)))],
            Expected = expected,
            HomeCriticality = Criticality("home", profile.HomeCriticality),
            Countermeasures = Criticality("countermeasures", profile.Countermeasures),
        };
    }

    // A name beside a standard one that the profile doesn't have; PACS2 is no slip of the finger.
    private static bool IsSlip(string name, string standard, List<(KeyValueSyntax Pair, AddressList Members)> groups)
    {
        return name != standard && !groups.Any(g => ProfileValues.KeyOf(g.Pair.Key) == standard)
            && !name.StartsWith(standard, StringComparison.Ordinal)
            && Suggestion.For(name, [standard]).Length > 0;
    }

    private SiteProfile ReadSite(TableSyntaxBase table, SiteProfile profile)
    {
        profile = profile with { NamePlace = _values.PlaceOf(table) };
        foreach (KeyValueSyntax pair in table.Items)
        {
            switch (ProfileValues.KeyOf(pair.Key))
            {
                case "name":
                    int before = _diagnostics.Count;
                    profile = profile with { Name = _values.Text(pair) };

                    // A name that can't be is told already, and need not be missed.
                    profile = profile with
                    {
                        NamePlace = _diagnostics.Count == before ? _values.PlaceOf(ProfileValues.ValueOf(pair))
                        : null
                    };
                    break;
                case "board":
                    string board = _values.Text(pair);
                    if (board.Length > 0 && !SiteBoard.IsKnown(board))
                    {
                        _values.Report(ProfileValues.ValueOf(pair), "board",
                            $"'{board}' is no board that there is a profile of; there are {string.Join(", ", SiteBoard.Names)}"
                            + Suggestion.For(board, SiteBoard.Names));
                        break;
                    }

                    profile = profile with { Board = board };
                    break;
                case "tag":
                    string tag = _values.Text(pair);
                    if (!SiteTag.IsTag(tag))
                    {
                        _values.Report(ProfileValues.ValueOf(pair), "tag", $"'{tag}' is no tag; alerts have room for {SiteTag.Rule}");
                        break;
                    }

                    profile = profile with { Tag = tag };
                    break;
                case "enterprise":
                    profile = profile with { Enterprise = _values.Number(pair, 1, int.MaxValue) };
                    break;
                case "home":
                    profile = profile with { Home = _values.Addresses(pair) };
                    break;
                case "fresh_days":
                    profile = profile with { FreshDays = _values.Number(pair, 1, TableAge.MostDays) };
                    break;
                default:
                    _values.Unknown(pair, "[site]", ["name", "home", "board", "tag", "enterprise", "fresh_days"]);
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
            switch (ProfileValues.KeyOf(pair.Key))
            {
                case "address":
                    string address = _values.Text(pair);
                    if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("udp" or "tcp" or "tls")
                        || uri.Host.Length == 0 || uri.Port <= 0 || uri.PathAndQuery.Length > 1)
                    {
                        _values.Report(ProfileValues.ValueOf(pair), "address",
                            $"'{address}' is no collector; write udp://192.0.2.10:514, or tcp:// or tls://");
                    }

                    profile = profile with { Collector = address };
                    break;
                case "ca":
                    authority = true;
                    profile = Certificate(pair, profile);
                    break;
                default:
                    _values.Unknown(pair, "[collector]", ["address", "ca"]);
                    break;
            }
        }

        if (profile.Collector.StartsWith("tls:", StringComparison.Ordinal) && !authority)
        {
            _values.Lacks(table, "ca", "is missing: a tls collector needs the file with its certificate authority");
        }

        return profile;
    }

    private SiteProfile Certificate(KeyValueSyntax pair, SiteProfile profile)
    {
        if (pair.Value is not StringValueSyntax { Value: { Length: > 0 } name })
        {
            _values.Report(ProfileValues.ValueOf(pair), "ca", "needs the name of a file in quotation marks");
            return profile;
        }

        string path = Path.Combine(Path.GetDirectoryName(_file) ?? "", name);
        AuthorityFile file = AuthorityFile.Read(path, DateTimeOffset.UtcNow);
        if (file.Problem is { } problem)
        {
            _diagnostics.Add(_values.At(pair.Value, file.Octets.Count == 0 ? Severity.Error : Severity.Warning, "ca",
                $"{name}: {problem}"));
        }

        return profile with { Authority = file.Octets, AuthorityFile = path };
    }

    private SiteProfile ReadClock(TableSyntaxBase table, SiteProfile profile)
    {
        foreach (KeyValueSyntax pair in table.Items)
        {
            if (ProfileValues.KeyOf(pair.Key) == "server")
            {
                profile = profile with { Clock = _values.Text(pair) };
            }
            else
            {
                _values.Unknown(pair, "[clock]", ["server"]);
            }
        }

        return profile;
    }

    private ImagingCaller ReadCaller(KeyValueSyntax pair, string section)
    {
        string name = ProfileValues.KeyOf(pair.Key);
        int protocol = section switch { "imaging.dicom" => 0, "imaging.hl7" => 1, "imaging.accepted" => 2, _ => 3 };
        if (protocol == 2 && !WeakServices.Contains(name))
        {
            _values.Report(pair, name, $"is no weak service that is told; there are {ProfileValues.Listed(WeakServices)}"
                + Suggestion.For(name, WeakServices));
        }
        else if (name.Length is 0 or > TableFormat.MostCaller || name.Trim() != name
            || name.Any(c => c is < ' ' or > '~' or '"' or '\\' or ']'))
        {
            _values.Report(pair, name, $"is no {protocol switch { 0 => "AE title", 1 => "application", _ => "name of hosts" }}; it needs 1 to "
                + $"{TableFormat.MostCaller} ASCII characters "
                + "without quotation mark, backslash and ]");
        }

        return new ImagingCaller(name, _values.Addresses(pair), protocol);
    }

    private Explanation ReadExpected(TableSyntaxBase table)
    {
        string name = "";
        AddressList source = AddressList.Everything;
        AddressList destination = AddressList.Everything;
        int? protocol = null;
        PortSet ports = PortSet.Any;
        KeyValueSyntax? portPair = null;
        Explanation origin = OriginOf(table);
        foreach (KeyValueSyntax pair in table.Items)
        {
            switch (ProfileValues.KeyOf(pair.Key))
            {
                case "name":
                    name = _values.Text(pair);
                    if (name.Length > TableFormat.MostExpectedName)
                    {
                        _values.Report(ProfileValues.ValueOf(pair), "name",
                            $"has more than {TableFormat.MostExpectedName} characters, which an alert has no room for");
                    }

                    break;
                case "source":
                    source = _values.AnyAddresses(pair);
                    break;
                case "destination":
                    destination = _values.AnyAddresses(pair);
                    break;
                case "proto":
                    protocol = _values.Protocol(pair);
                    break;
                case "port":
                    portPair = pair;
                    ports = _values.Ports(pair);
                    break;
                case "owner" or "ticket" or "until":
                    break;
                default:
                    _values.Unknown(pair, "[[expected]]", ["name", "source", "destination", "proto", "port", "owner", "ticket", "until"]);
                    break;
            }
        }

        if (name.Length == 0)
        {
            _values.Lacks(table, "name", "is missing: an explanation says what it is");
        }

        if (source.Any && destination.Any && ports.Ranges is null)
        {
            _values.Lacks(table, "expected", "explains everything; it needs a source, a destination or a port");
        }

        if (portPair is not null && protocol is not (6 or 17))
        {
            _values.Lacks(portPair, "port", "needs proto = \"tcp\" or \"udp\"");
        }

        return origin with { Name = name, Source = source, Destination = destination, Protocol = protocol, Ports = ports };
    }

    // Who answers for an entry, and until when.
    private Explanation OriginOf(TableSyntaxBase table)
    {
        var origin = new Explanation("", AddressList.Everything, AddressList.Everything, null,
            PortSet.Any)
        { Place = _values.PlaceOf(table) };
        foreach (KeyValueSyntax pair in table.Items)
        {
            origin = ProfileValues.KeyOf(pair.Key) switch
            {
                "owner" => origin with { Owner = _values.Text(pair) },
                "ticket" => origin with { Ticket = _values.Text(pair) },
                "until" => origin with { Until = _values.Day(pair) },
                _ => origin,
            };
        }

        return origin;
    }

    private Explanation ReadServes(TableSyntaxBase table)
    {
        string name = "";
        AddressList hosts = AddressList.Nothing;
        int? protocol = 6;
        PortSet ports = PortSet.Any;
        bool hasHosts = false;
        foreach (KeyValueSyntax pair in table.Items)
        {
            switch (ProfileValues.KeyOf(pair.Key))
            {
                case "name":
                    name = _values.Text(pair);
                    if (name.Length > TableFormat.MostExpectedName)
                    {
                        _values.Report(ProfileValues.ValueOf(pair), "name", $"has more than {TableFormat.MostExpectedName} characters");
                    }

                    break;
                case "hosts":
                    hosts = _values.Addresses(pair);
                    hasHosts = true;
                    if (hosts.Resolve().IsAll)
                    {
                        _diagnostics.Add(_values.At(ProfileValues.ValueOf(pair), Severity.Warning, "hosts",
                            "is every address there is: whoever serves the port is taken for benign; name the hosts that are meant"));
                    }
                    else if (pair.Value is ArraySyntax { Items.ChildrenCount: 0 })
                    {
                        _diagnostics.Add(_values.At(ProfileValues.ValueOf(pair), Severity.Warning, "hosts",
                            "is an empty list: this entry does nothing; name the hosts that serve the port"));
                    }

                    break;
                case "proto":
                    protocol = _values.Protocol(pair);
                    if (protocol is not (6 or 17))
                    {
                        _values.Report(ProfileValues.ValueOf(pair), "proto", "a service has proto = \"tcp\" or \"udp\"");
                        protocol = 6;
                    }

                    break;
                case "port":
                    ports = _values.Ports(pair);
                    break;
                case "owner" or "ticket" or "until":
                    break;
                default:
                    _values.Unknown(pair, "[[serves]]", ["name", "hosts", "proto", "port", "owner", "ticket", "until"]);
                    break;
            }
        }

        if (name.Length == 0)
        {
            _values.Lacks(table, "name", "is missing: say what serves the port, such as \"backup agent\"");
        }

        if (!hasHosts)
        {
            _values.Lacks(table, "hosts", "is missing: name the hosts that serve the port, such as hosts = [\"10.1.2.9\"]");
        }

        if (ports.Ranges is null)
        {
            _values.Lacks(table, "port", "is missing: name the port that the hosts serve, such as port = 5555");
        }

        return OriginOf(table) with { Name = name, Destination = hosts, Protocol = protocol, Ports = ports, Serves = true };
    }
}
