using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor.Signatures;
using Superpower;
using Superpower.Model;

namespace Appliance.SignatureTool.Rules;

/// <summary>
/// Reads rule files. An error does not end the reading: the rest of the option, or of the rule, is passed over and all that
/// is wrong in all files is told at once.
/// </summary>
public sealed class RuleReader
{
    private readonly Func<string, AddressList?> _variable;
    private readonly List<Diagnostic> _diagnostics;
    private readonly bool _lenient;

    // What was read without a word: rules name the same few lists again and again.
    private readonly Dictionary<string, AddressList> _addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PortSet> _ports = new(StringComparer.Ordinal);
    private string _file = "";

    // What the header of the rule that is read became, and a protocol of IP that it names.
    private readonly List<string> _became = [];
    private int _ipProtocol;

    // The file ends in a comment, so that what is missing at its end may be behind it.
    private bool _cut;

    /// <summary>Makes a reader.</summary>
    /// <param name="variable">Gives the value of a variable, named without <c>$</c>; null when there is none of that
    /// name.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <param name="lenient">Rules with errors are left out and listed once each, and older dialects' modifiers of a content are
    /// read.</param>
    public RuleReader(Func<string, AddressList?> variable, List<Diagnostic> diagnostics, bool lenient = false)
    {
        _lenient = lenient;
        _variable = variable;
        _diagnostics = diagnostics;
    }

    /// <summary>Names of variables that there are, to suggest one.</summary>
    public IEnumerable<string> VariableNames { get; init; } = [];

    /// <summary>How many rules were left out.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Reads the rules of a file; those with errors are left out and reported.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="text">Its text.</param>
    public IReadOnlyList<Rule> Read(string file, string text)
    {
        _file = file;
        Token<RuleToken>[] tokens = [.. new RuleLexer().Tokenize(text)];
        _cut = tokens.Length > 0 && tokens[^1].Kind == RuleToken.OpenComment;
        if (_cut)
        {
            // Also an error where rules may be left out: nobody can say which rules are lost.
            Report(tokens[^1].Position, null, tokens[^1].ToStringValue()[0] == '#'
                ? "this comment is never closed: '#end' is missing at the beginning of a line, and every rule behind it is lost"
                : "this comment is never closed: '*/' is missing, and every rule behind it is lost");
            tokens = tokens[..^1];
        }

        var rules = new List<Rule>();
        int at = 0;
        while (at < tokens.Length)
        {
            int before = _diagnostics.Count;
            int first = at;
            Rule? rule = ReadRule(tokens, ref at);
            bool wrong = _diagnostics.Skip(before).Any(d => d.Severity == Severity.Error);
            if (wrong && _lenient)
            {
                LeaveOut(tokens.AsSpan(first, at - first), before);
            }
            else if (rule is not null && !wrong)
            {
                rules.Add(rule);
            }
        }

        return rules;
    }

    // One line a rule or setting: its first reason, how many more there are, and which rule it is.
    private void LeaveOut(ReadOnlySpan<Token<RuleToken>> rule, int before)
    {
        Diagnostic[] reasons = [.. _diagnostics.Skip(before).Where(d => d.Severity == Severity.Error)];
        string more = reasons.Length == 1 ? "" : $" (and {reasons.Length - 1} more)";
        string sid = "";
        for (int i = 0; i + 2 < rule.Length && sid.Length == 0; i++)
        {
            bool found = rule[i].Kind == RuleToken.Word && rule[i + 1].Kind == RuleToken.Colon && rule[i].ToStringValue() == "sid";
            sid = found ? $" [sid {rule[i + 2].ToStringValue()}]" : "";
        }

        LeftOut += rule[0].Kind == RuleToken.Setting ? 0 : 1;
        _diagnostics.RemoveRange(before, _diagnostics.Count - before);
        _diagnostics.Add(reasons[0] with
        {
            Severity = Severity.LeftOut,
            Message = reasons[0].Message + more + sid,
            Reason = reasons[0].Message
        });
    }

    private void Report(Position where, string? option, string message)
    {
        _diagnostics.Add(new Diagnostic(Severity.Error, _file, where.Line, where.Column, option, message));
    }

    private Rule? ReadRule(Token<RuleToken>[] tokens, ref int at)
    {
        int first = at;
        while (at < tokens.Length && tokens[at].Kind != RuleToken.Open)
        {
            if (tokens[at].Kind == RuleToken.Setting && at == first)
            {
                (string word, string lesson) = Statement.LessonOf(tokens[at++].Span);
                Report(tokens[first].Position, word, lesson);
                return null;
            }

            if (at > first && BeginsStatement(tokens[at]))
            {
                Report(tokens[first].Position, null, "this rule has no options; '( ... )' is missing");
                return null;
            }

            at++;
        }

        Token<RuleToken>[] header = tokens[first..at];
        RuleHeader? head = _cut && at == tokens.Length ? null
            : ReadHeader(header, at < tokens.Length ? tokens[at].Position : tokens[^1].Position);
        if (at == tokens.Length)
        {
            if (header.Length > 0 && !_cut)
            {
                Report(header[0].Position, null, "this rule has no options; '( ... )' is missing");
            }

            return null;
        }

        Position open = tokens[at++].Position;
        var options = new RuleOptions(_file, _diagnostics, head?.Protocol ?? 0, _lenient);
        options.Became(_became, _ipProtocol);
        while (at < tokens.Length && tokens[at].Kind != RuleToken.Close)
        {
            if (BeginsStatement(tokens[at]))
            {
                string next = tokens[at].Kind == RuleToken.Setting ? "another line" : "the next rule";
                Report(open, null, $"this '(' is never closed: {next} begins before ')'");
                return null;
            }

            int option = at;
            while (at < tokens.Length && tokens[at].Kind is not (RuleToken.Semicolon or RuleToken.Close) && !BeginsStatement(tokens[at]))
            {
                at++;
            }

            Token<RuleToken>[] parts = tokens[option..at];
            if (at < tokens.Length && tokens[at].Kind == RuleToken.Semicolon)
            {
                at++;
            }
            else if (parts.Length > 0 && !(_cut && at == tokens.Length) && parts[^1].Kind is not (RuleToken.OpenText or RuleToken.OpenList))
            {
                Report(parts[^1].Position, parts[0].ToStringValue(), "';' is missing behind this option");
            }

            if (parts.Length > 0)
            {
                options.Read(parts);
            }
        }

        if (at == tokens.Length)
        {
            if (!_cut)
            {
                Report(open, null, "this '(' is never closed: the file ends before ')'");
            }

            return null;
        }

        at++;
        return head is null || header.Length == 0 ? null : options.Finish(head, PlaceOf(header[0].Position));
    }

    private Place PlaceOf(Position position)
    {
        return new Place(_file, position.Line, position.Column);
    }

    private static bool BeginsStatement(Token<RuleToken> token)
    {
        return token.Kind is RuleToken.Setting or RuleToken.Action;
    }

    private RuleHeader? ReadHeader(Token<RuleToken>[] header, Position end)
    {
        _became.Clear();
        _ipProtocol = 0;
        if (header.Length == 0)
        {
            Report(end, null, "a rule begins with 'alert', a protocol, addresses and ports");
            return null;
        }

        foreach (Token<RuleToken> token in header)
        {
            if (token.Kind is RuleToken.OpenList or RuleToken.OpenText or RuleToken.Text or RuleToken.Backslash)
            {
                Report(token.Position, null, token.Kind == RuleToken.OpenList ? "']' is missing at the end of this list"
                    : token.Kind == RuleToken.Backslash ? "a backslash stands only at the end of a line"
                        : "no quotation marks in a header");
                return null;
            }
        }

        string action = header[0].ToStringValue();
        (string? note, string reason) = _lenient ? Dialect.Action(action) : (null, "");
        if (note is not null)
        {
            _became.Add(note);
        }
        else if (action != "alert")
        {
            Report(header[0].Position, null, $"unknown action '{action}'; only 'alert' is possible" + (reason.Length > 0 ? $": {reason}"
                : "")
                + (Statement.Actions.Contains(action) ? "" : Suggestion.For(action, ["alert"])));
            return null;
        }

        if (header.Length == 1)
        {
            Report(end, null, "a protocol is missing behind 'alert'");
            return null;
        }

        string word = header[1].ToStringValue();
        int protocol = word switch { "tcp" => 1, "udp" => 2, "icmp" => 3, "ip" => 4, "eth" => 5, _ => _lenient ? OfOthers(word) : 0 };
        if (protocol == 0)
        {
            Report(header[1].Position, null, $"unknown protocol '{word}'; possible are tcp, udp, icmp, ip and eth"
                + (_lenient ? Dialect.WhyNot(word) : "")
                + (Statement.Protocols.Contains(word) ? "" : Suggestion.For(header[1].ToStringValue(), ["tcp", "udp", "icmp", "eth"])));
        }

        int arrow = Array.FindIndex(header, t => t.ToStringValue() is "->" or "<>" or "<-" or "=>");
        if (arrow < 0)
        {
            Report(header[^1].Position, null, "'->' or '<>' is missing between the sides of the header");
            return null;
        }

        if (header[arrow].ToStringValue() == "<-")
        {
            Report(header[arrow].Position, null, "Snort has no '<-'; exchange the sides and write '->'");
        }

        if (header[arrow].ToStringValue() == "=>")
        {
            Report(header[arrow].Position, null, "'=>' asks for both sides of a transaction, and a signature looks at single frames: "
                + "write '->'");
        }

        (AddressList source, PortSet sourcePorts) = ReadSide(header[2..arrow], header[arrow].Position, "left");
        (AddressList destination, PortSet destinationPorts) = ReadSide(header[(arrow + 1)..], end, "right");
        if (word == "sctp" && (sourcePorts.Ranges ?? destinationPorts.Ranges) is not null)
        {
            Report(header[1].Position, null, "a signature has ports of tcp and udp alone; write any");
        }
        else if (protocol is RuleProtocol.Ip or RuleProtocol.Icmp && (sourcePorts.Ranges ?? destinationPorts.Ranges) is not null)
        {
            // It matches far more than it seems to.
            _diagnostics.Add(new Diagnostic(Severity.Warning, _file, header[1].Position.Line, header[1].Position.Column, null,
                $"{word} ignores ports, as in Snort 3: write any, or a rule of tcp and one of udp"));
        }

        if (word is "ipv4" or "ip4" or "ipv6" or "ip6" or "icmpv6")
        {
            // One side's addresses say the version for both: of those that the rule names.
            AddressRange all = word is "ipv4" or "ip4" ? AddressRange.All4 : AddressRange.All6;
            bool isRight = source.Any && !destination.Any;
            AddressList narrow = Only(isRight ? destination : source, all);
            (source, destination) = isRight ? (source, narrow) : (narrow, destination);
            if (narrow.In.Count == 0)
            {
                Report(header[1].Position, null, $"no address of IPv{all.Version} is left on a side of this rule");
            }
        }

        return new RuleHeader(protocol, source, sourcePorts, destination, destinationPorts, header[arrow].ToStringValue() == "<>");
    }

    // Protocols of others that are those of a signature under another name.
    private int OfOthers(string protocol)
    {
        (int number, string becomes) = protocol switch
        {
            "tcp-pkt" => (RuleProtocol.Tcp, "tcp: signatures look at single segments anyway"),
            "ipv4" or "ip4" => (RuleProtocol.Ip, "ip with addresses of IPv4"),
            "ipv6" or "ip6" => (RuleProtocol.Ip, "ip with addresses of IPv6"),
            "icmpv6" => (RuleProtocol.Icmp, "icmp with addresses of IPv6"),
            "sctp" => (RuleProtocol.Ip, "ip with ip_proto:132"),
            _ => (0, ""),
        };
        _ipProtocol = protocol == "sctp" ? 132 : 0;
        if (number != 0)
        {
            _became.Add($"{protocol} became {becomes}");
        }

        return number;
    }

    private static AddressList Only(AddressList list, AddressRange all) =>
        list with { Any = false, In = list.Any ? [all] : [.. list.In.Where(r => r.Version == all.Version)] };

    // A group of others that the profile has not is what their own configuration makes of it.
    private AddressList? GroupOfOthers(string name)
    {
        AddressList? own = _variable(name);
        return own is not null || !_lenient || Dialect.GroupFor(name) is not { } group ? own : _variable(group);
    }

    // Each rule says it, also where its list was read before.
    private void SayGroups(string addresses)
    {
        foreach (string name in addresses.Split(['[', ']', ',', '!', ' ']).Where(w => w.StartsWith('$')).Select(w => w[1..]))
        {
            if (_lenient && _variable(name) is null && Dialect.GroupFor(name) is { } group)
            {
                _became.Add($"${name} became ${group}: the profile has no such group");
            }
        }
    }

    private PortSet? PortsOfOthers(string text)
    {
        string name = text.TrimStart('!').TrimStart('$');
        if (!_lenient || !text.TrimStart('!').StartsWith('$') || Dialect.PortsFor(name) is not { } ports)
        {
            return null;
        }

        bool isNot = text.StartsWith('!') != ports.StartsWith('!');
        string list = (isNot ? "!" : "") + ports.TrimStart('!');
        _became.Add($"{text} became {list}, which it is where nobody changes it");
        return new PortListParser((_, _) => { }).Read(new TextSpan(list));
    }

    private (AddressList Addresses, PortSet Ports) ReadSide(Token<RuleToken>[] side, Position end, string which)
    {
        if (side.Length == 0)
        {
            Report(end, null, $"the addresses on the {which} of the arrow are missing");
            return (AddressList.Everything, PortSet.Any);
        }

        if (side.Length > 2)
        {
            Report(side[2].Position, null, $"'{side[2].ToStringValue()}' is too much: a side has addresses and ports");
        }

        string addressText = side[0].ToStringValue();
        string portText = side.Length < 2 ? "any" : side[1].ToStringValue();
        SayGroups(addressText);
        PortSet? ofOthers = PortsOfOthers(portText);
        int before = _diagnostics.Count;
        bool knowsAddresses = _addresses.TryGetValue(addressText, out AddressList? known);
        AddressList list = known ?? ReadAddresses(side[0]);
        if (!knowsAddresses && before == _diagnostics.Count)
        {
            _addresses[addressText] = list;
        }

        if (ofOthers is not null)
        {
            return (list, ofOthers);
        }

        before = _diagnostics.Count;
        if (_ports.TryGetValue(portText, out PortSet? ports))
        {
            return (list, ports);
        }

        ports = side.Length < 2 ? PortSet.Any : new PortListParser((where, message) => Report(where, null, message))
        {
            Warn = (where, message) => _diagnostics.Add(new Diagnostic(Severity.Warning, _file, where.Line, where.Column, null, message)),
        }.Read(side[1].Span);
        if (before == _diagnostics.Count)
        {
            _ports[portText] = ports;
        }

        return (list, ports);
    }

    private AddressList ReadAddresses(Token<RuleToken> token)
    {
        var parser = new AddressListParser(GroupOfOthers, (span, message) => Report(span.Position, null, message), true)
        {
            VariableNames = VariableNames,
        };
        Result<AddressList> addresses = parser.Read(token.Span);
        if (!addresses.HasValue)
        {
            Report(addresses.ErrorPosition, null, "addresses: " + addresses.FormatErrorMessageFragment());
        }
        else if (addresses.Value.NegatesAny)
        {
            Report(token.Position, null, "!any matches nothing; Snort refuses it");
        }
        else if (addresses.Value.Conflict() is not null)
        {
            Report(token.Position, null, "a wider range is negated than one that matches; Snort refuses it, turn the logic round");
        }
        else if (addresses.Value.Ambiguity() is { } pair)
        {
            _diagnostics.Add(new Diagnostic(Severity.Warning, _file, token.Position.Line, token.Position.Column, null,
                $"{pair.First} and {pair.Second} begin alike: Snort 3 loses one of them, this table has both; leave one out"));
        }

        return addresses.HasValue ? addresses.Value : AddressList.Everything;
    }
}

/// <summary>What stands before a rule's parenthesis.</summary>
/// <param name="Protocol">A constant of <see cref="Sensor.Signatures.RuleProtocol"/>, 0 when it was wrong.</param>
/// <param name="Source">The addresses on the left.</param>
/// <param name="SourcePorts">The ports on the left.</param>
/// <param name="Destination">The addresses on the right.</param>
/// <param name="DestinationPorts">The ports on the right.</param>
/// <param name="BothWays"><c>&lt;&gt;</c> stands between them.</param>
public sealed record RuleHeader(
    int Protocol, AddressList Source, PortSet SourcePorts, AddressList Destination, PortSet DestinationPorts, bool BothWays);
