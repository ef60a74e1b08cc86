using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Rules;

namespace Appliance.SignatureTool;

/// <summary>How a payload begins that the mirror port has to keep (FORMAT.md, section 16).</summary>
/// <param name="Low">First port, at either end.</param>
/// <param name="High">Last port.</param>
/// <param name="Least">Least octets of payload.</param>
/// <param name="Most">Most octets of payload.</param>
/// <param name="Octets">The payload's octets from its first on, at most twelve; null for one that is not compared. The first is
/// compared.</param>
internal sealed record Opening(int Low, int High, int Least, int Most, IReadOnlyList<byte?> Octets)
{
    /// <summary>The payload is a PDU whose length, its fifth and sixth octet, is no less than what the segment has behind
    /// them.</summary>
    public bool IsSized { get; init; }

    /// <summary>
    /// What the imaging eyes ask for, on every port: PS3.8 9.3 (a request and an accept of version 1; a reject and an abort have
    /// four octets behind the length), and of those whose head comes in a segment of its own what stands behind it, a reject's
    /// head, and its reason where that is a title; MLLP R2 with the header of HL7 v2, or the header alone; RFC 5246 7.4.1.3; and
    /// what weak services say first: MS-CIFS 2.2.4.52.2, MS-RDPBCGR 2.2.1.2, RFC 6143 7.1.1 and 7.1.2 (a version, one to four
    /// security types, a decision), RFC 854.
    /// </summary>
    public static IReadOnlyList<Opening> Imaging { get; } =
    [
        Of(74, 65535, "01 00 00 00 .. .. 00 01 00 00") with { IsSized = true },
        Of(74, 65535, "02 00 00 00 .. .. 00 01 00 00") with { IsSized = true },
        Of(68, 1024, "00 01 00 00"),
        Of(6, 10, "03 00 00 00 00 04"),
        Of(4, 4, "00 .. 01 07"),
        Of(10, 10, "07 00 00 00 00 04 00 00"),
        Of(8, 65535, "0b 4d 53 48"),
        Of(8, 65535, "4d 53 48 7c"),
        Of(11, 65535, "16 03 .. .. .. 02"),
        Of(39, 1024, "00 00 .. .. ff 53 4d 42 72"),
        Of(11, 19, "03 00 00 .. .. d0"),
        Of(5900, 5999, 2, 2, "01 01"),
        Of(5900, 5999, 3, 3, "02"),
        Of(5900, 5999, 4, 4, "03"),
        Of(5900, 5999, 5, 5, "04"),
        Of(5900, 5999, 12, 12, "52 46 42 20 30 30 33 2e 30 30"),
        Of(5900, 5999, 4, 4, "00 00 00 01"),
        Of(23, 23, 3, 1460, "ff"),
    ];

    /// <summary>What a rule without <c>flags</c> asks for, where its contents stand at fixed places and one of them at the
    /// payload's first octet.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>An opening a port range; empty when the rule needs whole connections.</returns>
    public static IReadOnlyList<Opening> Of(Rule rule)
    {
        byte?[] octets = new byte?[TableFormat.OpeningReach];
        int least = 1;
        int most = 65535;
        foreach (RuleCondition condition in rule.Conditions)
        {
            if (condition is ContentCondition { Absent: false } content && content.Depth == content.Pattern.Count)
            {
                least = Math.Max(least, content.Offset + content.Pattern.Count);
                for (int i = 0; i < content.Pattern.Count && content.Offset + i < octets.Length; i++)
                {
                    // Of a letter whose case does not matter there are two.
                    byte octet = content.Pattern[i];
                    octets[content.Offset + i] = content.NoCase && octet is >= (byte)'A' and <= (byte)'Z' ? octets[content.Offset + i]
                        : octet;
                }
            }
            else if (condition is RangeCondition { Field: Condition.PayloadSize, Outside: false } size)
            {
                least = Math.Max(least, (int)Math.Min(size.Low, 65535));
                most = Math.Min(most, (int)Math.Min(size.High, 65535));
            }
        }

        if (octets[0] is null || least > most || rule.Protocol is not (RuleProtocol.Tcp or RuleProtocol.Ip))
        {
            return [];
        }

        PortSet shorter = rule.SourcePorts.Count < rule.DestinationPorts.Count ? rule.SourcePorts : rule.DestinationPorts;
        return [.. (shorter.Ranges ?? [(0, 65535)]).Select(range => new Opening(range.Low, range.High, least, most, octets))];
    }

    /// <summary>Octets that are compared.</summary>
    public int Compared => Octets.Count(o => o is not null);

    /// <summary>The record.</summary>
    public IEnumerable<byte> Pack()
    {
        int which = IsSized ? TableFormat.OpeningSized : 0;
        for (int i = 0; i < Octets.Count; i++)
        {
            which |= Octets[i] is null ? 0 : 1 << i;
        }

        int[] numbers = [Low, High, Least, Most, which];
        return numbers.SelectMany(n => new[] { (byte)(n >> 8), (byte)n })
            .Concat(Enumerable.Range(0, TableFormat.OpeningReach).Select(i => i < Octets.Count ? Octets[i] ?? 0 : (byte)0));
    }

    private static Opening Of(int least, int most, string octets)
    {
        return Of(0, 65535, least, most, octets);
    }

    private static Opening Of(int low, int high, int least, int most, string octets)
    {
        return new Opening(low, high, least, most, [.. octets.Split(' ').Select(o => o == ".." ? (byte?)null : Convert.ToByte(o, 16))]);
    }
}
