using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using Appliance.Sensor.Lines;
using CsCheck;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Sensor.Tests.Lines;

[TestClass]
public sealed class LineBufferTests
{
    [TestMethod]
    public void NumbersAreDecimal()
    {
        List<int> numbers = [0, int.MaxValue, int.MaxValue - 1];
        for (long power = 1; power <= int.MaxValue; power *= 10)
        {
            numbers.AddRange([(int)power - 1, (int)power, (int)power + 1]);
        }

        foreach (int number in numbers)
        {
            Assert.AreEqual(number.ToString((IFormatProvider?)null), Written(line => line.PutNumber(number)));
        }

        Gen.Int[0, int.MaxValue].Sample(number => Written(line =>
            line.PutNumber(number)) == number.ToString((IFormatProvider?)null));
    }

    [TestMethod]
    public void Ipv4IsDotted()
    {
        Gen.Byte.Array[4].Sample(
            octets => Written(line => line.PutIpv4((octets[0] << 24) | (octets[1] << 16) | (octets[2] << 8) | octets[3]))
                == new IPAddress(octets).ToString(),
            iter: 20_000);
        for (int octet = 0; octet < 256; octet++)
        {
            Assert.AreEqual($"{octet}.0.255.{octet}", Written(line => line.PutIpv4((octet << 24) | (255 << 8) | octet)));
        }
    }

    [TestMethod]
    public void Ipv6IsCanonical()
    {
        // Every pattern of zero groups, with groups of one to four digits between them.
        int[] groups = [0x1, 0xab, 0x100, 0xffff, 0x8, 0xf0, 0xabc, 0x1000];
        for (int pattern = 0; pattern < 256; pattern++)
        {
            CheckIpv6([.. Enumerable.Range(0, 8).SelectMany(i => Group((pattern & (1 << i)) != 0 ? groups[i] : 0))]);
        }

        // As .NET writes no other.
        CheckIpv6([59, 63, 29, 0, 0, 0, 9, 0, 0, 0, 94, 254, 0, 0, 0, 0]);
        Gen<byte> octet = Gen.Frequency((3, Gen.Const((byte)0)), (1, Gen.Byte));
        octet.Array[16].Sample(CheckIpv6, iter: 20_000);
        Gen.Byte.Array[16].Sample(CheckIpv6, iter: 5_000);
    }

    [TestMethod]
    public void APrefixHasItsOwnBitsAlone()
    {
        Gen.Select(Gen.Byte.Array[16], Gen.Int[0, 128]).Sample(
            given =>
            {
                (byte[] octets, int bits) = given;
                byte[] masked = [.. octets.Select((octet, i) => (byte)(octet & (0xff00 >> Math.Clamp(bits - (i * 8), 0, 8))))];
                Assert.AreEqual(
                    Text(masked),
                    Written(line => line.PutIpv6(octets, 0, bits)),
                    $"{new IPAddress(octets)}/{bits}");
            },
            iter: 20_000);
    }

    [TestMethod]
    [DataRow("1970-01-01T00:00:00.000Z")]
    [DataRow("1972-02-29T23:59:59.999Z")]
    [DataRow("1999-12-31T23:59:59.009Z")]
    [DataRow("2000-02-28T00:00:00.090Z")]
    [DataRow("2000-02-29T12:34:56.789Z")]
    [DataRow("2000-03-01T00:00:00.001Z")]
    [DataRow("2000-12-31T09:08:07.010Z")]
    [DataRow("2023-02-28T23:59:59.999Z")]
    [DataRow("2024-02-29T00:00:00.100Z")]
    [DataRow("2038-01-19T03:14:08.000Z")]
    [DataRow("2099-12-31T23:59:59.999Z")]
    [DataRow("2100-02-28T00:00:00.000Z")]
    [DataRow("2100-03-01T00:00:00.000Z")]
    public void TimesAreThoseOfTheCalendar(string text)
    {
        DateTimeOffset time = DateTimeOffset.Parse(text, null);
        Assert.AreEqual(text, Time(time));
    }

    [TestMethod]
    public void EveryDayUntil2200IsRight()
    {
        for (DateTimeOffset day = DateTimeOffset.UnixEpoch; day.Year < 2200; day = day.AddDays(1).AddMilliseconds(37))
        {
            Assert.AreEqual(day.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null), Time(day));
        }
    }

    [TestMethod]
    public void WordsAreCutAtASpaceAndNothingBefore()
    {
        var line = new LineBuffer(new Words(string.Empty), LineBuffer.MakePairs());
        line.Put(LineBuffer.Word(new string('x', 470)));
        line.Put(LineBuffer.Word(" twelve letters"));
        line.CutWords(470, 480);
        Assert.AreEqual(477, line.Length);

        // A word that ends exactly at the limit stays.
        line.Length = 470;
        line.Put(LineBuffer.Word(" ninechars and"));
        line.CutWords(470, 480);
        Assert.AreEqual(480, line.Length);

        line.Length = 470;
        line.Put(LineBuffer.Word(" overlimits"));
        line.CutWords(470, 480);
        Assert.AreEqual(470, line.Length);
    }

    [TestMethod]
    [DataRow(" sweep of 10.20.30.0/24 by 203.0.113.66", 28, " sweep of 10.20.30.0/24")]
    [DataRow(" sweep of 10.20.30.0/24 by 203.0.113.66", 31, " sweep of 10.20.30.0/24")]
    [DataRow(" DICOM sweep by 203.0.113.66", 17, " DICOM sweep")]
    [DataRow(": 8 hosts of 10.20.30.0/24, all from port 104", 42, ": 8 hosts of 10.20.30.0/24")]
    [DataRow(": 8 hosts, 3 silent, severity 2+2-2", 18, ": 8 hosts")]
    [DataRow(": 8 hosts, 3 silent, severity 2+2-2", 19, ": 8 hosts, 3 silent")]
    [DataRow(": 8 hosts, 3 silent, severity 2+2-2", 20, ": 8 hosts, 3 silent")]
    public void ASentenceDoesNotEndBeforeWhatAShortWordLeadsTo(string sentence, int room, string left)
    {
        var line = new LineBuffer(new Words(string.Empty), LineBuffer.MakePairs());
        line.Put(LineBuffer.Word(new string('x', 400)));
        line.Put(LineBuffer.Word(sentence));
        line.CutWords(400, 400 + room);
        Assert.AreEqual(left, System.Text.Encoding.ASCII.GetString(line.Bytes, 400, line.Length - 400));
    }

    [TestMethod]
    public void NothingIsWrittenBeyondTheBuffer()
    {
        byte[] word = LineBuffer.Word("0123456789");
        byte[] address = Enumerable.Repeat((byte)255, 16).ToArray();
        for (int length = 440; length <= 640; length++)
        {
            var line = new LineBuffer(new Words(string.Empty), LineBuffer.MakePairs()) { Length = length };
            line.Put(word);
            line.PutNumber(int.MaxValue);
            line.PutIpv4(-1);
            line.PutIpv6(address, 0, 128);
            line.PutDigits(7, 5);
            line.PutTime(0, 0, 0);
            line.PutFrom(word, 0, 10);
            line.PutOctet('.');
            Assert.IsLessThanOrEqualTo(line.Bytes.Length, line.Length);
        }
    }

    private static void CheckIpv6(byte[] octets)
    {
        string written = Written(line => line.PutIpv6([1, .. octets], 1, 128));
        Assert.AreEqual(Text(octets), written);
        CollectionAssert.AreEqual(octets, IPAddress.Parse(written).GetAddressBytes(), written);
    }

    /// <summary>.NET's text, but for what it writes with an IPv4 address in it: no such address is on a wire (RFC 5952 section
    /// 5).</summary>
    private static string Text(byte[] octets)
    {
        if (octets is [.., 0x5e, 0xfe, _, _, _, _])
        {
            // So .NET writes ISATAP's (RFC 5214 section 6.1), whose last groups it then does not shorten when they are zeros.
            string like = Text([.. octets[..11], 0xff, .. octets[12..]]);
            int at = like.LastIndexOf("5eff", StringComparison.Ordinal);
            return like.Remove(at, 4).Insert(at, "5efe");
        }

        string text = new IPAddress(octets).ToString();
        int last = text.LastIndexOf(':') + 1;
        if (!text.Contains('.', StringComparison.Ordinal))
        {
            return text;
        }

        byte[] four = IPAddress.Parse(text[last..]).GetAddressBytes();
        string hex = $"{(four[0] << 8) | four[1]:x}:{(four[2] << 8) | four[3]:x}";
        return text[..last] + hex;
    }

    private static byte[] Group(int value) => [(byte)(value >> 8), (byte)value];

    private static string Time(DateTimeOffset time)
    {
        long milliseconds = time.ToUnixTimeMilliseconds();
        long days = milliseconds / 86_400_000;
        int rest = (int)(milliseconds - (days * 86_400_000));
        return Written(line => line.PutTime((int)days, rest / 1000, rest % 1000));
    }

    private static string Written(Action<LineBuffer> write)
    {
        var line = new LineBuffer(new Words(string.Empty), LineBuffer.MakePairs());
        write(line);
        return Encoding.ASCII.GetString(line.Bytes, 0, line.Length);
    }
}
