using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace Appliance.SignatureTool;

/// <summary>A range of addresses of one IP version, both ends included.</summary>
/// <param name="Version">4 or 6.</param>
/// <param name="Low">The lowest address as a number.</param>
/// <param name="High">The highest address as a number.</param>
public readonly record struct AddressRange(int Version, UInt128 Low, UInt128 High)
{
    /// <summary>Every IPv4 address.</summary>
    public static readonly AddressRange All4 = new(4, 0, uint.MaxValue);

    /// <summary>Every IPv6 address.</summary>
    public static readonly AddressRange All6 = new(6, 0, UInt128.MaxValue);

    /// <summary>The range as people write it: an address, or the first and last one.</summary>
    public override string ToString()
    {
        return Low == High ? AddressOf(Low) : AddressOf(Low) + "-" + AddressOf(High);
    }

    /// <summary>All of the other range lies in this one.</summary>
    /// <param name="other">The other range.</param>
    public bool Contains(AddressRange other)
    {
        return Version == other.Version && Low <= other.Low && High >= other.High;
    }

    private string AddressOf(UInt128 number)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(Version == 4 ? bytes[12..] : bytes).ToString();
    }
}

/// <summary>A set of addresses as ranges of each IP version, ascending, neither overlapping nor touching.</summary>
public sealed class AddressSet
{
    /// <summary>No address.</summary>
    public static readonly AddressSet Empty = new([]);

    /// <summary>Every address.</summary>
    public static readonly AddressSet All = new([AddressRange.All4, AddressRange.All6]);

    /// <summary>Makes a set.</summary>
    /// <param name="ranges">Ranges in any order; they may overlap.</param>
    public AddressSet(IEnumerable<AddressRange> ranges)
    {
        var all = ranges.ToList();
        Ranges4 = Merge(all.Where(r => r.Version == 4));
        Ranges6 = Merge(all.Where(r => r.Version == 6));
    }

    /// <summary>The IPv4 ranges.</summary>
    public IReadOnlyList<AddressRange> Ranges4 { get; }

    /// <summary>The IPv6 ranges.</summary>
    public IReadOnlyList<AddressRange> Ranges6 { get; }

    /// <summary>The set has no address.</summary>
    public bool IsEmpty => Ranges4.Count == 0 && Ranges6.Count == 0;

    /// <summary>The set has every address.</summary>
    public bool IsAll => Ranges4.Count == 1 && Ranges4[0] == AddressRange.All4 && Ranges6.Count == 1 && Ranges6[0] == AddressRange.All6;

    /// <summary>The addresses of this set that are not in the other.</summary>
    /// <param name="other">The other set.</param>
    public AddressSet Without(AddressSet other)
    {
        return new AddressSet(Subtract(Ranges4, other.Ranges4).Concat(Subtract(Ranges6, other.Ranges6)));
    }

    private static List<AddressRange> Merge(IEnumerable<AddressRange> ranges)
    {
        var merged = new List<AddressRange>();
        foreach (AddressRange range in ranges.OrderBy(r => r.Low))
        {
            if (merged.Count > 0 && (merged[^1].High == UInt128.MaxValue || range.Low <= merged[^1].High + 1))
            {
                merged[^1] = merged[^1] with { High = UInt128.Max(merged[^1].High, range.High) };
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    private static IEnumerable<AddressRange> Subtract(IReadOnlyList<AddressRange> from, IReadOnlyList<AddressRange> what)
    {
        foreach (AddressRange range in from)
        {
            UInt128 low = range.Low;
            bool left = true;
            foreach (AddressRange hole in what.Where(h => h.High >= range.Low && h.Low <= range.High))
            {
                if (hole.Low > low)
                {
                    yield return range with { Low = low, High = hole.Low - 1 };
                }

                left = hole.High < range.High;
                if (!left)
                {
                    break;
                }

                low = hole.High + 1;
            }

            if (left)
            {
                yield return range with { Low = low };
            }
        }
    }
}
