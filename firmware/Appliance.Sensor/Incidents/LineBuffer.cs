using System;

namespace Appliance.Sensor.Incidents;

/// <summary>
/// Octets of a line under construction. Words are byte arrays made at start, since the device allocates for every string it touches.
/// </summary>
public sealed class LineBuffer
{
    /// <summary>Octets of a message at most: RFC 5424 section 6.1 has every receiver take 480.</summary>
    public const int Limit = 480;

    /// <summary>Room behind the limit for what turns out not to fit and is taken back.</summary>
    private const int Slack = 160;

    /// <summary>The octets.</summary>
    public readonly byte[] Bytes = new byte[Limit + Slack];

    /// <summary>How many are written.</summary>
    public int Length;

    private readonly byte[] _digits = new byte[20];

    /// <summary>A word as octets, to be made once at start.</summary>
    /// <param name="word">ASCII text.</param>
    public static byte[] Word(string word)
    {
        // Encoding is not in CoreLibrary.
        var octets = new byte[word.Length];
        for (int i = 0; i < octets.Length; i++)
        {
            octets[i] = (byte)word[i];
        }

        return octets;
    }

    /// <summary>Writes a word, or nothing when there is no room even in the slack.</summary>
    /// <param name="word">The word.</param>
    public void Put(byte[] word)
    {
        int length = word.Length;
        if (Length + length <= Bytes.Length)
        {
            Array.Copy(word, 0, Bytes, Length, length);
            Length += length;
        }
    }

    /// <summary>Writes octets from an array.</summary>
    /// <param name="from">The array.</param>
    /// <param name="at">Where they begin.</param>
    /// <param name="length">How many.</param>
    public void PutFrom(byte[] from, int at, int length)
    {
        if (Length + length <= Bytes.Length)
        {
            Array.Copy(from, at, Bytes, Length, length);
            Length += length;
        }
    }

    /// <summary>Writes one octet.</summary>
    /// <param name="octet">An ASCII character.</param>
    public void PutOctet(int octet)
    {
        if (Length < Bytes.Length)
        {
            Bytes[Length++] = (byte)octet;
        }
    }

    /// <summary>Writes a number in decimal.</summary>
    /// <param name="number">0 or more.</param>
    public void PutNumber(int number)
    {
        byte[] bytes = Bytes;
        int length = Length;
        if (length + 11 > bytes.Length)
        {
            return;
        }

        if (number < 10)
        {
            bytes[length] = (byte)(number + '0');
            Length = length + 1;
            return;
        }

        byte[] digits = _digits;
        int count = 0;
        while (number != 0)
        {
            int rest = number / 10;
            digits[count++] = (byte)(number - (rest * 10) + '0');
            number = rest;
        }

        while (count > 0)
        {
            bytes[length++] = digits[--count];
        }

        Length = length;
    }

    /// <summary>Writes a number with leading zeros.</summary>
    /// <param name="number">0 or more.</param>
    /// <param name="digits">How many digits.</param>
    public void PutDigits(int number, int digits)
    {
        if (Length + digits > Bytes.Length)
        {
            return;
        }

        for (int i = Length + digits - 1; i >= Length; i--)
        {
            int rest = number / 10;
            Bytes[i] = (byte)(number - (rest * 10) + '0');
            number = rest;
        }

        Length += digits;
    }

    /// <summary>Writes an IPv4 address.</summary>
    /// <param name="address">The address.</param>
    public void PutIpv4(int address)
    {
        PutNumber((address >> 24) & 255);
        PutOctet('.');
        PutNumber((address >> 16) & 255);
        PutOctet('.');
        PutNumber((address >> 8) & 255);
        PutOctet('.');
        PutNumber(address & 255);
    }

    /// <summary>Writes an IPv6 address in its canonical form (RFC 5952).</summary>
    /// <param name="from">Where it stands.</param>
    /// <param name="at">Offset of its 16 octets.</param>
    /// <param name="bits">Bits that count; the others are written as zeros.</param>
    public void PutIpv6(byte[] from, int at, int bits)
    {
        int bestStart = -1;
        int bestLength = 1;
        int start = -1;
        for (int i = 0; i <= 8; i++)
        {
            if (i < 8 && Group(from, at, i, bits) == 0)
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                if (i - start > bestLength)
                {
                    bestStart = start;
                    bestLength = i - start;
                }

                start = -1;
            }
        }

        for (int i = 0; i < 8; i++)
        {
            if (i == bestStart)
            {
                PutOctet(':');
                PutOctet(':');
                i += bestLength - 1;
                continue;
            }

            if (i > 0 && i != bestStart + bestLength)
            {
                PutOctet(':');
            }
            else if (i > 0 && bestStart < 0)
            {
                PutOctet(':');
            }

            PutHex(Group(from, at, i, bits));
        }
    }

    /// <summary>Writes a number in lower-case hexadecimal, without leading zeros.</summary>
    /// <param name="number">16 bits.</param>
    public void PutHex(int number)
    {
        bool isWriting = false;
        for (int shift = 12; shift >= 0; shift -= 4)
        {
            int digit = (number >> shift) & 15;
            isWriting |= digit != 0 || shift == 0;
            if (isWriting)
            {
                PutOctet(digit < 10 ? digit + '0' : digit + 'a' - 10);
            }
        }
    }

    /// <summary>Cuts what stands behind the limit, at the last space before it, so that no word is halved.</summary>
    /// <param name="from">Nothing before this is cut.</param>
    public void CutWords(int from)
    {
        if (Length <= Limit)
        {
            return;
        }

        int end = Limit;
        while (end > from && Bytes[end] != ' ')
        {
            end--;
        }

        Length = end;
    }

    private int Group(byte[] from, int at, int group, int bits)
    {
        int value = (from[at + (group << 1)] << 8) | from[at + (group << 1) + 1];
        int left = bits - (group << 4);
        return left >= 16 ? value : left <= 0 ? 0 : value & (0xffff << (16 - left)) & 0xffff;
    }
}
