using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;

namespace Appliance.SignatureTool.Rules;

/// <summary>Reads port lists: <c>any</c>, ports, ranges with either end left out, nested lists, and <c>!</c> before
/// each.</summary>
public sealed class PortListParser
{
    private const int Ports = 65536;

    private readonly Action<Position, string> _report;
    private readonly TextParser<Part> _list;
    private bool _wrong;

    /// <summary>Makes a parser.</summary>
    /// <param name="report">Told of what is wrong and where.</param>
    public PortListParser(Action<Position, string> report)
    {
        _report = (where, message) =>
        {
            _wrong = true;
            report(where, message);
        };
        TextParser<Part> single = Span.WithoutAny(c => char.IsWhiteSpace(c) || c is ',' or '[' or ']' or '!').Named("a port")
            .Then(w => Blank.Value(Single(w)));
        TextParser<Part> nested =
            from open in Character.EqualTo('[')
            from blank in Blank
            from start in Here
            from items in Parse.Ref(() => Item!).ManyDelimitedBy(Character.EqualTo(',').IgnoreThen(Blank))
            from close in Character.EqualTo(']').IgnoreThen(Blank)
            select items.Length > 0 ? Join(items) : Empty(start);
        Item =
            from bangs in Character.EqualTo('!').IgnoreThen(Blank).Many()
            from value in nested.Or(single)
                // Snort 3 takes any number of them for one.
            select bangs.Length == 0 ? value : value.Negate();
        _list = Item.AtEnd();
    }

    /// <summary>Told of lists that are right and hardly meant.</summary>
    public Action<Position, string>? Warn { get; init; }

    private static TextParser<Unit> Blank { get; } =
        Character.WhiteSpace.Or(Character.EqualTo('\\').Then(_ => Character.In('\r', '\n'))).Many().Value(Unit.Value);

    private static TextParser<Position> Here { get; } = input => Result.Value(input.Position, input, input);

    private TextParser<Part> Item { get; }

    /// <summary>Reads a list; what is wrong is reported, and every port returned.</summary>
    /// <param name="text">Its text.</param>
    public PortSet Read(TextSpan text)
    {
        Result<Part> result = _list(text);
        if (!result.HasValue)
        {
            _report(result.ErrorPosition, "ports: " + result.FormatErrorMessageFragment());
            return PortSet.Any;
        }

        if (_wrong)
        {
            return PortSet.Any;
        }

        IReadOnlyList<(int Low, int High)> ranges = result.Value.Resolve();
        if (ranges.Count == 0)
        {
            _report(text.Position, "no port is left: everything in this list is negated");
            return PortSet.Any;
        }

        if (ranges.Count > 255)
        {
            _report(text.Position, "this list has more than 255 ranges, which the table has no room for; split the rule");
            return PortSet.Any;
        }

        if (ranges is not [(0, Ports - 1)])
        {
            return new PortSet(ranges);
        }

        if (!text.EqualsValueIgnoreCase("any"))
        {
            Warn?.Invoke(text.Position, "this list has every port; if that is meant, write any");
        }

        return PortSet.Any;
    }

    private Part Empty(Position where)
    {
        _report(where, "this list is empty; name ports, or write any");
        return new Part([(0, Ports - 1)], [], true);
    }

    private static Part Join(Part[] items)
    {
        return items.Length == 1 ? items[0] : new Part(
            Merge(items.SelectMany(i => i.In)), Merge(items.SelectMany(i => i.Out)), items.Any(i => i.HasIn));
    }

    private Part Single(TextSpan span)
    {
        (int Low, int High) range = (0, Ports - 1);
        string text = span.ToStringValue();
        if (text.Equals("any", StringComparison.OrdinalIgnoreCase))
        {
            return new Part([range], [], true);
        }

        if (text[0] == '$')
        {
            _report(span.Position, $"unknown variable {text}; there are no variables for ports");
        }
        else
        {
            string[] ends = text.Split(':');
            int low = 0;
            int high = Ports - 1;
            bool right = ends.Length <= 2 && text != ":"
                && (ends[0].Length == 0 || Number(ends[0], out low)) && (ends[^1].Length == 0 || Number(ends[^1], out high));
            if (!right)
            {
                _report(span.Position, $"'{text}' is no port and no range; ports are 0 to 65535, ranges 1024:, :1023 or 20:25");
            }
            else if (low > high)
            {
                _report(span.Position, $"the range {text} ends before it begins");
            }

            range = right && low <= high ? (low, high) : range;
        }

        return new Part([range], [], true);
    }

    private static bool Number(string text, out int number)
    {
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < Ports;
    }

    // Ascending, neither overlapping nor touching.
    private static List<(int Low, int High)> Merge(IEnumerable<(int Low, int High)> ranges)
    {
        var merged = new List<(int Low, int High)>();
        foreach ((int low, int high) in ranges.Order())
        {
            if (merged.Count > 0 && low <= merged[^1].High + 1)
            {
                merged[^1] = (merged[^1].Low, Math.Max(merged[^1].High, high));
            }
            else
            {
                merged.Add((low, high));
            }
        }

        return merged;
    }

    // A list with nothing but negations begins with every port.
    private sealed record Part(IReadOnlyList<(int Low, int High)> In, IReadOnlyList<(int Low, int High)> Out, bool HasIn)
    {
        public Part Negate()
        {
            return HasIn ? new Part(Out, In, Out.Count > 0) : new Part(Out, In, true);
        }

        public List<(int Low, int High)> Resolve()
        {
            var left = new List<(int Low, int High)>();
            foreach ((int low, int high) in HasIn ? In : [(0, Ports - 1)])
            {
                int from = low;
                foreach ((int holeLow, int holeHigh) in Out.Where(o => o.High >= low && o.Low <= high))
                {
                    if (holeLow > from)
                    {
                        left.Add((from, holeLow - 1));
                    }

                    from = Math.Max(from, holeHigh + 1);
                }

                if (from <= high)
                {
                    left.Add((from, high));
                }
            }

            return left;
        }
    }
}
