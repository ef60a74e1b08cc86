using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;

namespace Appliance.SignatureTool.Rules;

/// <summary>Reads port lists: <c>any</c>, ports, ranges with either end left out, nested lists, and <c>!</c> before each.</summary>
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
            from open in Character.EqualTo('[').IgnoreThen(Blank)
            from items in Parse.Ref(() => Item!).ManyDelimitedBy(Character.EqualTo(',').IgnoreThen(Blank))
            from close in Character.EqualTo(']').IgnoreThen(Blank)
            select Join(items);
        Item =
            from bangs in Character.EqualTo('!').IgnoreThen(Blank).Many()
            from value in nested.Or(single)
                // Snort 3 takes any number of them for one.
            select bangs.Length == 0 ? value : value.Negate();
        _list = Item.AtEnd();
    }

    private static TextParser<Unit> Blank { get; } =
        Character.WhiteSpace.Or(Character.EqualTo('\\').Then(_ => Character.In('\r', '\n'))).Many().Value(Unit.Value);

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

        BitArray ports = result.Value.Resolve();
        var ranges = new List<(int, int)>();
        for (int port = 0; port < Ports; port++)
        {
            if (ports[port])
            {
                int low = port;
                while (port + 1 < Ports && ports[port + 1])
                {
                    port++;
                }

                ranges.Add((low, port));
            }
        }

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

        return ranges is [(0, Ports - 1)] ? PortSet.Any : new PortSet(ranges);
    }

    private Part Join(Part[] items)
    {
        var joined = new Part(new BitArray(Ports), new BitArray(Ports), false);
        foreach (Part item in items)
        {
            joined = new Part(joined.In.Or(item.In), joined.Out.Or(item.Out), joined.HasIn || item.HasIn);
        }

        return joined;
    }

    private Part Single(TextSpan span)
    {
        var ports = new BitArray(Ports);
        string text = span.ToStringValue();
        if (text.Equals("any", StringComparison.OrdinalIgnoreCase))
        {
            ports.SetAll(true);
        }
        else if (text[0] == '$')
        {
            _report(span.Position, $"unknown variable {text}; there are no variables for ports");
            ports.SetAll(true);
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

            for (int port = low; right && port <= high; port++)
            {
                ports[port] = true;
            }
        }

        return new Part(ports, new BitArray(Ports), true);
    }

    private static bool Number(string text, out int number)
    {
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < Ports;
    }

    // A list with nothing but negations begins with every port.
    private sealed record Part(BitArray In, BitArray Out, bool HasIn)
    {
        public Part Negate()
        {
            return HasIn ? new Part(Out, In, Out.HasAnySet()) : new Part(Out, In, true);
        }

        public BitArray Resolve()
        {
            BitArray ports = HasIn ? new BitArray(In) : new BitArray(Ports, true);
            return ports.And(new BitArray(Out).Not());
        }
    }
}
