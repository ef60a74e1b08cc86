using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Appliance.SignatureTool.Rules;
using Superpower.Model;
using Tomlyn.Syntax;

namespace Appliance.SignatureTool.Sites;

/// <summary>What the values of a site profile may be, and what is said when they are something else.</summary>
internal sealed class ProfileValues
{
    private readonly string _file;
    private readonly List<Diagnostic> _diagnostics;

    // Lines of which nothing is sure. What else is wrong is told all the same, but not what may only be missing because of them.
    private readonly IReadOnlySet<int> _broken;

    public ProfileValues(string file, List<Diagnostic> diagnostics, IReadOnlySet<int> broken)
    {
        _file = file;
        _diagnostics = diagnostics;
        _broken = broken;
    }

    /// <summary>A protocol number of IP; null for any.</summary>
    public int? Protocol(KeyValueSyntax pair)
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
                Report(ValueOf(pair), "proto", $"'{text}' is no protocol; possible are tcp, udp, icmp, icmpv6, igmp, ip and numbers from "
                    + $"0 to 255"
                    + Suggestion.For(text, ["tcp", "udp", "icmp", "icmpv6", "igmp"]));
                return null;
        }
    }

    /// <summary>Ports: a number, a list of them, or a text as rules have it.</summary>
    public PortSet Ports(KeyValueSyntax pair)
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

    /// <summary>The same without the empty list: an explanation of nothing would look like one of something.</summary>
    public AddressList AnyAddresses(KeyValueSyntax pair)
    {
        if (pair.Value is ArraySyntax { Items.ChildrenCount: 0 })
        {
            Report(ValueOf(pair), KeyOf(pair.Key), "is an empty list; name addresses, or leave the key out for any");
        }

        return Addresses(pair);
    }

    /// <summary>Addresses: a text, or a list of them.</summary>
    public AddressList Addresses(KeyValueSyntax pair)
    {
        IEnumerable<ValueSyntax?> values = pair.Value is ArraySyntax array ? array.Items.Select(i => i.Value) : [pair.Value];
        AddressList list = AddressList.Nothing;
        foreach (ValueSyntax? value in values)
        {
            if (value is not StringValueSyntax text)
            {
                Report((SyntaxNode?)value ?? pair, KeyOf(pair.Key),
                    "needs addresses in quotation marks, e.g. [\"10.1.2.0/24\", \"10.1.3.7\"]");
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

    /// <summary>A text that fits into a table and an alert; empty when it is none.</summary>
    public string Text(KeyValueSyntax pair)
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

    /// <summary>A number.</summary>
    public int Number(KeyValueSyntax pair, int least, int most)
    {
        if (pair.Value is IntegerValueSyntax number && number.Value >= least && number.Value <= most)
        {
            return (int)number.Value;
        }

        Report(ValueOf(pair), KeyOf(pair.Key), $"needs a number from {least} to {most}");
        return least;
    }

    /// <summary>A day, as TOML's local date or in quotation marks; null when it is none.</summary>
    public DateOnly? Day(KeyValueSyntax pair)
    {
        string text = pair.Value switch
        {
            DateTimeValueSyntax date => date.ToString().Trim(),
            StringValueSyntax quoted => quoted.Value ?? "",
            _ => "",
        };
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            return day;
        }

        Report(ValueOf(pair), KeyOf(pair.Key), "needs a day, such as until = 2027-06-30");
        return null;
    }

    /// <summary>A key without quotation marks.</summary>
    public static string KeyOf(KeySyntax? key)
    {
        return key?.ToString().Trim().Trim('"', '\'') ?? "";
    }

    /// <summary>A value, or its key when it has none.</summary>
    public static SyntaxNode ValueOf(KeyValueSyntax pair)
    {
        return (SyntaxNode?)pair.Value ?? pair;
    }

    /// <summary>Words as a sentence lists them.</summary>
    public static string Listed(IReadOnlyList<string> words)
    {
        return words.Count == 1 ? words[0] : string.Join(", ", words.SkipLast(1)) + " and " + words[^1];
    }

    /// <summary>Says that a section has no such key.</summary>
    public void Unknown(KeyValueSyntax pair, string section, string[] keys)
    {
        Report(pair, KeyOf(pair.Key), $"unknown key; {section} has {Listed(keys)}" + Suggestion.For(KeyOf(pair.Key), keys));
    }

    /// <summary>Says that something is missing, unless it may stand in a line that could not be read.</summary>
    public void Lacks(SyntaxNode where, string option, string message)
    {
        if (_broken.Count == 0)
        {
            Report(where, option, message);
        }
    }

    /// <summary>Says what is wrong.</summary>
    public void Report(SyntaxNode where, string? option, string message)
    {
        if (!_broken.Contains(where.Span.Start.Line + 1))
        {
            _diagnostics.Add(At(where, Severity.Error, option, message));
        }
    }

    /// <summary>Where something stands.</summary>
    public Place PlaceOf(SyntaxNode node)
    {
        return new Place(_file, node.Span.Start.Line + 1, node.Span.Start.Column + 1);
    }

    /// <summary>A diagnostic for something.</summary>
    public Diagnostic At(SyntaxNode where, Severity severity, string? option, string message)
    {
        Place place = PlaceOf(where);
        return new Diagnostic(severity, _file, place.Line, place.Column, option, message);
    }
}
