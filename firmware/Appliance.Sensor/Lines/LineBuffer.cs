using System;

namespace Appliance.Sensor.Lines;

/// <summary>
/// Octets of a line under construction. Words are octets made at start, since the device allocates for every string it touches.
/// </summary>
public sealed class LineBuffer
{
    /// <summary>Octets of a message at most: RFC 5424 section 6.1 has every receiver take 480.</summary>
    public const int Limit = 480;

    /// <summary>Room behind the limit for what turns out not to fit and is taken back.</summary>
    private const int Slack = 160;

    private const int Capacity = Limit + Slack;

    // Where a number of any length still fits.
    private const int LastNumber = Capacity - 11;

    // 9999-12-31: no year of five digits has room.
    private const int LastDay = 2932896;

    // Where an IPv4 address still fits.
    private const int LastIpv4 = LastNumber - 12;

    /// <summary>The octets.</summary>
    public readonly byte[] Bytes = new byte[Capacity];

    /// <summary>How many are written.</summary>
    public int Length;

    private const int PairOctets = 200;

    // "00" to "99": a pair is read for less than it is divided for.
    private readonly byte[] _pairs;

    private readonly byte[] _words;
    private readonly ushort[] _starts;

    /// <summary>Makes an empty line.</summary>
    /// <param name="words">The words that <see cref="PutWord(int)"/> writes.</param>
    /// <param name="pairs">What <see cref="MakePairs"/> made: one for all lines.</param>
    public LineBuffer(Words words, byte[] pairs)
    {
        _words = words.Octets;
        _starts = words.Starts;
        _pairs = pairs;
    }

    /// <summary>The digits of the numbers below a hundred, and behind them a time of which they take the place.</summary>
    public static byte[] MakePairs()
    {
        var pairs = new byte[PairOctets + 24];
        Array.Copy(Word("0000-00-00T00:00:00.000Z"), 0, pairs, PairOctets, 24);
        for (int i = 0; i < 100; i++)
        {
            pairs[i * 2] = (byte)('0' + (i / 10));
            pairs[(i * 2) + 1] = (byte)('0' + (i % 10));
        }

        return pairs;
    }

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
        PutFrom(word, 0, word.Length);
    }

    /// <summary>Writes one of the line's words, or nothing when there is no room even in the slack.</summary>
    /// <param name="word">Its number.</param>
    public void PutWord(int word)
    {
        ushort[] starts = _starts;
        int from = starts[word];
        int length = starts[word + 1] - from;
        int end = Length + length;
        if (end <= Capacity)
        {
            Array.Copy(_words, from, Bytes, Length, length);
            Length = end;
        }
    }

    /// <summary>Adds a word and the number that it announces.</summary>
    /// <param name="word">The word's number.</param>
    /// <param name="number">Not negative.</param>
    public void PutWord(int word, int number)
    {
        // PutWord, inline: a line has some twenty of these, and a call costs as much again.
        ushort[] starts = _starts;
        int from = starts[word];
        int length = starts[word + 1] - from;
        int end = Length + length;
        if (end <= Capacity)
        {
            Array.Copy(_words, from, Bytes, Length, length);
            Length = end;
        }

        PutNumber(number);
    }

    /// <summary>Adds a number and the word for what it counts.</summary>
    /// <param name="number">Not negative.</param>
    /// <param name="word">The word's number.</param>
    public void PutNumber(int number, int word)
    {
        PutNumber(number);
        PutWord(word);
    }

    /// <summary>Writes octets from an array.</summary>
    /// <param name="from">The array.</param>
    /// <param name="at">Where they begin.</param>
    /// <param name="length">How many.</param>
    public void PutFrom(byte[] from, int at, int length)
    {
        int end = Length + length;
        if (end <= Capacity)
        {
            Array.Copy(from, at, Bytes, Length, length);
            Length = end;
        }
    }

    /// <summary>Writes a text whose length stands in the octet before it, as in a signature table.</summary>
    /// <param name="from">Where it stands.</param>
    /// <param name="at">Its first octet.</param>
    public void PutText(byte[] from, int at)
    {
        PutFrom(from, at, from[at - 1]);
    }

    /// <summary>Writes one octet.</summary>
    /// <param name="octet">An ASCII character.</param>
    public void PutOctet(int octet)
    {
        int at = Length;
        if (at < Capacity)
        {
            Bytes[at] = (byte)octet;
            Length = at + 1;
        }
    }

    /// <summary>Writes a number in decimal.</summary>
    /// <param name="number">0 or more.</param>
    public void PutNumber(int number)
    {
        byte[] bytes = Bytes;
        int at = Length;
        if (at > LastNumber)
        {
            return;
        }

        if (number < 10)
        {
            bytes[at] = (byte)(number + '0');
            Length = at + 1;
            return;
        }

        int last = at
            + (number < 100 ? 2 : number < 1000 ? 3 : number < 10000 ? 4 : number < 100000 ? 5 : DigitsOf(number));
        Length = last;
        byte[] pairs = _pairs;
        while (number >= 10)
        {
            // PutPair, inline: a call costs as much again.
            int rest = number / 100;
            int pair = (number - (rest * 100)) << 1;
            last -= 2;
            bytes[last] = pairs[pair];
            bytes[last + 1] = pairs[pair + 1];
            number = rest;
        }

        if (last > at)
        {
            bytes[at] = (byte)(number + '0');
        }
    }

    /// <summary>Writes a number with leading zeros.</summary>
    /// <param name="number">0 or more.</param>
    /// <param name="digits">How many digits.</param>
    public void PutDigits(int number, int digits)
    {
        int end = Length + digits;
        if (end > Capacity)
        {
            return;
        }

        for (int i = end - 1; i >= Length; i--)
        {
            Bytes[i] = (byte)((number % 10) + '0');
            number /= 10;
        }

        Length = end;
    }

    /// <summary>Writes a time as RFC 3339 has it, to the millisecond, in UTC.</summary>
    /// <param name="days">Days since 1970-01-01.</param>
    /// <param name="seconds">Seconds of the day.</param>
    /// <param name="milliseconds">Milliseconds of the second.</param>
    public void PutTime(int days, int seconds, int milliseconds)
    {
        int at = Length;
        if (at > Capacity - 24)
        {
            return;
        }

        // A clock that is wrong must not end the program.
        if (days < 0 || seconds < 0 || milliseconds < 0)
        {
            days = 0;
            seconds = 0;
            milliseconds = 0;
        }
        else if (days > LastDay)
        {
            days = LastDay;
        }

        Array.Copy(_pairs, PairOctets, Bytes, at, 24);
        Length = at + 24;

        // Days to a civil date, by eras of 400 years that begin on 1 March of year 0.
        int day = days + 719468;
        int era = day / 146097;
        int dayOfEra = day - (era * 146097);
        int year = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36524) - (dayOfEra / 146096)) / 365;
        day = dayOfEra - ((365 * year) + (year / 4) - (year / 100));
        int month = ((5 * day) + 2) / 153;
        day -= (((153 * month) + 2) / 5) - 1;
        month = month < 10 ? month + 3 : month - 9;
        year += (era * 400) + (month <= 2 ? 1 : 0);
        PutPair(at, year / 100);
        PutPair(at + 2, year % 100);
        PutPair(at + 5, month);
        PutPair(at + 8, day);
        PutPair(at + 11, seconds / 3600);
        PutPair(at + 14, seconds / 60 % 60);
        PutPair(at + 17, seconds % 60);
        PutPair(at + 20, milliseconds / 10);
        Bytes[at + 22] = (byte)((milliseconds % 10) + '0');
    }

    /// <summary>Writes an IPv4 address.</summary>
    /// <param name="address">The address.</param>
    public void PutIpv4(int address)
    {
        if (Length > LastIpv4)
        {
            return;
        }

        for (int shift = 24; shift >= 0; shift -= 8)
        {
            PutNumber((byte)(address >> shift));
            if (shift != 0)
            {
                PutOctet('.');
            }
        }
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

    /// <summary>Writes a MAC address.</summary>
    /// <param name="high">Its upper three octets, in the lowest bits.</param>
    /// <param name="low">Its lower three, in the lowest bits.</param>
    public void PutMac(int high, int low)
    {
        for (int shift = 40; shift >= 0; shift -= 8)
        {
            int octet = (byte)(shift >= 24 ? high >> (shift - 24) : low >> shift);
            if (shift != 40)
            {
                PutOctet(':');
            }

            PutHex(octet >> 4);
            PutHex(octet & 15);
        }
    }

    /// <summary>Cuts what stands behind a limit, at the last space before it, so that no word is halved.</summary>
    /// <param name="from">Nothing before this is cut.</param>
    /// <param name="limit">Octets that may stay.</param>
    public void CutWords(int from, int limit)
    {
        if (Length <= limit)
        {
            return;
        }

        // At the end of a clause, since half of one misleads ("266 more not"); in the first clause between words, and not behind
        // a short one: what "by" or "from" leads to would be missed.
        byte[] bytes = Bytes;
        int word = from;
        if (bytes[limit + 1] == ' ' && (bytes[limit] == ',' || bytes[limit] == ':'))
        {
            // A clause that fits to the last octet.
            Length = limit;
            return;
        }

        for (int end = limit; end > from; end--)
        {
            if (bytes[end] == ' ')
            {
                int last = bytes[end - 1];
                if (last == ',' || last == ':')
                {
                    word = end - 1;
                    break;
                }

                if (bytes[end + 1] == '(')
                {
                    word = end;
                    break;
                }

                if (word == from && bytes[end - 3] != ' ' && bytes[end - 4] != ' ' && bytes[end - 5] != ' ')
                {
                    word = end;
                }
            }
        }

        Length = word;
    }

    // Two digits, wherever they stand.
    private void PutPair(int at, int number)
    {
        byte[] bytes = Bytes;
        byte[] pairs = _pairs;
        number <<= 1;
        bytes[at] = pairs[number];
        bytes[at + 1] = pairs[number + 1];
    }

    private int DigitsOf(int number)
    {
        int digits = 6;
        for (number /= 1000000; number != 0; number /= 10)
        {
            digits++;
        }

        return digits;
    }

    private int Group(byte[] from, int at, int group, int bits)
    {
        int value = (from[at + (group << 1)] << 8) | from[at + (group << 1) + 1];
        int left = bits - (group << 4);
        return left >= 16 ? value : left <= 0 ? 0 : value & (ushort)(0xffff << (16 - left));
    }
}
