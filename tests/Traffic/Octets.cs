using System;
using System.Collections.Generic;

namespace Appliance.Traffic;

/// <summary>Octets written one field after the other, numbers in network byte order.</summary>
public sealed class Octets
{
    private readonly List<byte> _bytes = [];

    /// <summary>How many there are.</summary>
    public int Length => _bytes.Count;

    /// <summary>Adds one octet.</summary>
    /// <param name="value">Its value; higher bits are dropped.</param>
    /// <returns>This.</returns>
    public Octets U8(int value)
    {
        _bytes.Add((byte)value);
        return this;
    }

    /// <summary>Adds two octets.</summary>
    /// <param name="value">Their value; higher bits are dropped.</param>
    /// <returns>This.</returns>
    public Octets U16(int value) => U8(value >> 8).U8(value);

    /// <summary>Adds four octets.</summary>
    /// <param name="value">Their value; higher bits are dropped.</param>
    /// <returns>This.</returns>
    public Octets U32(long value) => U16((int)(value >> 16)).U16((int)value);

    /// <summary>Adds octets.</summary>
    /// <param name="octets">The octets.</param>
    /// <returns>This.</returns>
    public Octets Add(ReadOnlySpan<byte> octets)
    {
        _bytes.AddRange(octets);
        return this;
    }

    /// <summary>Adds ASCII characters.</summary>
    /// <param name="text">The characters.</param>
    /// <returns>This.</returns>
    public Octets Text(string text) => Add(System.Text.Encoding.ASCII.GetBytes(text));

    /// <summary>Adds zeros until there are so many octets; does nothing when there are.</summary>
    /// <param name="length">How many octets there shall be.</param>
    /// <returns>This.</returns>
    public Octets PadTo(int length)
    {
        while (_bytes.Count < length)
        {
            _bytes.Add(0);
        }

        return this;
    }

    /// <summary>The octets.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>Octets written as hexadecimal digits, blanks and line ends between them, as tcpdump prints them.</summary>
    /// <param name="text">The digits.</param>
    /// <returns>The octets.</returns>
    public static byte[] Hex(string text) =>
        Convert.FromHexString(text.Replace(" ", string.Empty, StringComparison.Ordinal)
            .Replace("\r", string.Empty, StringComparison.Ordinal).Replace("\n", string.Empty, StringComparison.Ordinal));
}
