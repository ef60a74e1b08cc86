using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;

namespace Appliance.SignatureTool.Rules;

/// <summary>
/// An address list as Snort 3 understands it: ranges that match and ranges that don't. A list with nothing but negations begins
/// with every address; <c>!</c> before a list or a variable turns each of its parts over.
/// </summary>
/// <param name="Any">The list has <c>any</c>.</param>
/// <param name="In">Ranges that match.</param>
/// <param name="Out">Ranges that don't, whatever else the list says.</param>
/// <param name="Groups">Variables that the list names, without <c>$</c>.</param>
public sealed record AddressList(bool Any, IReadOnlyList<AddressRange> In, IReadOnlyList<AddressRange> Out, IReadOnlyList<string> Groups)
{
    /// <summary><c>any</c></summary>
    public static readonly AddressList Everything = new(true, [], [], []);

    /// <summary>A list without members, as a group that the site leaves out.</summary>
    public static readonly AddressList Nothing = new(false, [], [], []);

    /// <summary>A list that was turned over from one without members still lets nothing out.</summary>
    public bool IsNegated { get; init; }

    /// <summary><c>!any</c> is somewhere in the list, which can't match and which Snort refuses.</summary>
    public bool NegatesAny { get; init; }

    private AddressSet? _resolved;

    // A changed copy has other addresses than the original.
    private AddressList(AddressList original)
    {
        (Any, In, Out, Groups) = original;
        IsNegated = original.IsNegated;
        NegatesAny = original.NegatesAny;
    }

    /// <summary>The addresses that match.</summary>
    public AddressSet Resolve()
    {
        return _resolved ??= Resolved();
    }

    private AddressSet Resolved()
    {
        AddressSet within = Any || (In.Count == 0 && (Out.Count > 0 || IsNegated)) ? AddressSet.All : new AddressSet(In);
        return within.Without(new AddressSet(Out));
    }

    /// <summary>A range that the list names although a wider one is negated, which Snort refuses; null when there is
    /// none.</summary>
    public AddressRange? Conflict()
    {
        // A range inside a wider one of its sign is no part of the list any more.
        foreach (AddressRange range in In.Where(r => !In.Any(w => w != r && w.Contains(r))))
        {
            if (Out.Any(o => o.Contains(range)))
            {
                return range;
            }
        }

        return null;
    }

    /// <summary>
    /// Two ranges of one sign that begin alike and end differently: Snort 3 keeps only one of them in its lists, and not always
    /// the wider one; null when there are none.
    /// </summary>
    public (AddressRange First, AddressRange Second)? Ambiguity()
    {
        foreach (IReadOnlyList<AddressRange> ranges in new[] { In, Out })
        {
            foreach (IGrouping<(int, UInt128), AddressRange> alike in ranges.GroupBy(r => (r.Version, r.Low)))
            {
                AddressRange[] different = [.. alike.Distinct()];
                if (different.Length > 1)
                {
                    return (different[0], different[1]);
                }
            }
        }

        return null;
    }

    /// <summary><c>!</c> before the list.</summary>
    public AddressList Negate()
    {
        return this with { Any = false, In = Out, Out = In, IsNegated = !IsNegated, NegatesAny = NegatesAny || Any };
    }

    /// <summary>Both lists as parts of one.</summary>
    /// <param name="other">The other list.</param>
    public AddressList Join(AddressList other)
    {
        return new AddressList(Any || other.Any, [.. In, .. other.In], [.. Out, .. other.Out], [.. Groups, .. other.Groups])
        {
            IsNegated = IsNegated || other.IsNegated,
            NegatesAny = NegatesAny || other.NegatesAny,
        };
    }
}

/// <summary>Reads address lists: <c>any</c>, addresses, CIDR blocks, ranges, variables, nested lists, and <c>!</c> before
/// each.</summary>
public sealed class AddressListParser
{
    private readonly Func<string, AddressList?> _variable;
    private readonly Action<TextSpan, string> _report;
    private readonly TextParser<AddressList> _list;
    private readonly bool _zeroIsAny;

    /// <summary>Makes a parser.</summary>
    /// <param name="variable">Gives the value of a variable, named without <c>$</c>; null when there is none of that
    /// name.</param>
    /// <param name="report">Told of what is wrong and where, except for the syntax.</param>
    /// <param name="zeroIsAny">0.0.0.0 and :: stand for every address, as in Snort 3, whatever their prefix length.</param>
    public AddressListParser(Func<string, AddressList?> variable, Action<TextSpan, string> report, bool zeroIsAny)
    {
        _zeroIsAny = zeroIsAny;
        _variable = variable;
        _report = report;
        TextParser<TextSpan> word = Span.WithoutAny(c => char.IsWhiteSpace(c) || c is ',' or '[' or ']' or '!').Named("an address");
        TextParser<AddressList> item = Parse.Ref(() => Item!);
        TextParser<AddressList> nested =
            from open in Character.EqualTo('[')
            from blank in Blank
            from rest in Rest
            from items in item.ManyDelimitedBy(Character.EqualTo(',').IgnoreThen(Blank))
            from close in Character.EqualTo(']').IgnoreThen(Blank)
            select items.Length > 0 ? items.Aggregate(AddressList.Nothing, (a, b) => a.Join(b)) : Empty(rest);
        TextParser<AddressList> single = word.Then(w => Blank.Value(Single(w)));
        Item =
            from bangs in Character.EqualTo('!').IgnoreThen(Blank).Many()
            from value in nested.Or(single)
            select bangs.Length % 2 == 0 ? value : value.Negate();
        _list = Item.AtEnd();
    }

    /// <summary>Names of variables that there are, to suggest one.</summary>
    public IEnumerable<string> VariableNames { get; init; } = [];

    private static TextParser<Unit> Blank { get; } =
        Character.WhiteSpace.Or(Character.EqualTo('\\').Then(_ => Character.In('\r', '\n'))).Many().Value(Unit.Value);

    private static TextParser<TextSpan> Rest { get; } = input => Result.Value(input, input, input);

    private TextParser<AddressList> Item { get; }

    /// <summary>Reads a list.</summary>
    /// <param name="text">Its text.</param>
    public Result<AddressList> Read(TextSpan text)
    {
        return _list(text);
    }

    private AddressList Empty(TextSpan where)
    {
        _report(where, "this list is empty; name addresses, or write any");
        return AddressList.Everything;
    }

    private AddressList Single(TextSpan span)
    {
        string text = span.ToStringValue();
        if (text.Equals("any", StringComparison.OrdinalIgnoreCase))
        {
            return AddressList.Everything;
        }

        if (text[0] == '$')
        {
            AddressList? value = _variable(text[1..]);
            if (value is null)
            {
                _report(span, $"unknown variable {text}; the site profile has no such group"
                    + Suggestion.For(text[1..], VariableNames, "$"));
                return AddressList.Everything;
            }

            return value with { Groups = [text[1..]] };
        }

        AddressRange? range = ReadRange(text, out string problem);
        if (range is null)
        {
            _report(span, problem);
            return AddressList.Everything;
        }

        if (range.Value.Low == 0 && !text.Contains('-', StringComparison.Ordinal) && _zeroIsAny)
        {
            // Snort 3 compares with nothing when the network's address is zero.
            return AddressList.Everything;
        }

        return new AddressList(false, [range.Value], [], []);
    }

    /// <summary>Reads an address, a CIDR block or a range.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">What is wrong when it is none.</param>
    public static AddressRange? ReadRange(string text, out string problem)
    {
        problem = "";
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash >= 0)
        {
            AddressRange? from = ReadAddress(text[..dash], ref problem);
            AddressRange? to = ReadAddress(text[(dash + 1)..], ref problem);
            if (from is null || to is null)
            {
                return null;
            }

            if (from.Value.Version != to.Value.Version || from.Value.Low > to.Value.Low)
            {
                problem = $"'{text}' is no range: its last address must be of the same kind and not below its first";
                return null;
            }

            return from.Value with { High = to.Value.Low };
        }

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        AddressRange? address = ReadAddress(slash < 0 ? text : text[..slash], ref problem);
        if (address is null || slash < 0)
        {
            return address;
        }

        int bits = address.Value.Version == 4 ? 32 : 128;
        string mask = text[(slash + 1)..];
        if (!int.TryParse(mask, NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > bits)
        {
            problem = $"'{mask}' is no prefix length of an IPv{address.Value.Version} address; it must be a number from 0 to {bits}";
            return null;
        }

        // Host bits in a block are ignored, as Snort does: 10.1.2.3/8 is 10.0.0.0/8.
        UInt128 hosts = length == 0 ? (address.Value.Version == 4 ? uint.MaxValue : UInt128.MaxValue)
            : (UInt128.One << (bits - length)) - 1;
        return address.Value with { Low = address.Value.Low & ~hosts, High = address.Value.Low | hosts };
    }

    private static AddressRange? ReadAddress(string text, ref string problem)
    {
        bool v4 = text.Count(c => c == '.') == 3 && !text.Contains(':', StringComparison.Ordinal);
        bool v6 = text.Contains(':', StringComparison.Ordinal) && !text.Contains('%', StringComparison.Ordinal)
            && !text.Contains('[', StringComparison.Ordinal);
        // A leading zero would make an octet octal for some readers and decimal for others.
        v4 = v4 && !text.Split('.').Any(o => o.Length != 1 && o.StartsWith('0'));
        if ((!v4 && !v6) || !IPAddress.TryParse(text, out IPAddress? address))
        {
            problem = $"'{text}' is no IPv4 or IPv6 address";
            return null;
        }

        UInt128 number = 0;
        foreach (byte octet in address.GetAddressBytes())
        {
            number = (number << 8) | octet;
        }

        return new AddressRange(address.AddressFamily == AddressFamily.InterNetwork ? 4 : 6, number, number);
    }
}
