using System.Text;
using Appliance.Firmware.Messages;
using Appliance.Sensor.Lines;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>Counters of 64 bits in decimal.</summary>
[TestClass]
public sealed class LongNumberTests
{
    [TestMethod]
    [DataRow(0L, "0")]
    [DataRow(-1L, "-1")]
    [DataRow(2147483647L, "2147483647")]
    [DataRow(2147483648L, "2147483648")]
    [DataRow(-2147483648L, "-2147483648")]
    [DataRow(999999999L, "999999999")]
    [DataRow(-999999999L, "-999999999")]
    [DataRow(1000000000L, "1000000000")]
    [DataRow(-1000000000L, "-1000000000")]
    [DataRow(5000000000L, "5000000000")]
    [DataRow(4294967296007L, "4294967296007")]
    [DataRow(999999999999999999L, "999999999999999999")]
    [DataRow(1000000000000000000L, "1000000000000000000")]
    [DataRow(1000000002000000003L, "1000000002000000003")]
    [DataRow(long.MaxValue, "9223372036854775807")]
    [DataRow(long.MinValue, "-9223372036854775808")]
    public void NumbersOf64BitsAreDecimalWithTheirSign(long number, string text)
    {
        var line = new LineBuffer(new Words(""), LineBuffer.MakePairs());
        LongNumber.Put(line, number);
        Assert.AreEqual(text, Encoding.ASCII.GetString(line.Bytes, 0, line.Length));
    }
}
