using System.Text;
using Appliance.Sensor.Lines;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>A time that RFC 5424 can't write becomes the nearest that it can: no clock may end the program.</summary>
[TestClass]
public sealed class TimeOfMessageTests
{
    [TestMethod]
    [DataRow(0, 0, 0, "1970-01-01T00:00:00.000Z")]
    [DataRow(-1, 86_399, 999, "1970-01-01T00:00:00.000Z")]
    [DataRow(0, -1, 0, "1970-01-01T00:00:00.000Z")]
    [DataRow(0, 0, -1, "1970-01-01T00:00:00.000Z")]
    [DataRow(-719_469, 0, 0, "1970-01-01T00:00:00.000Z")]
    [DataRow(int.MinValue, 5, 5, "1970-01-01T00:00:00.000Z")]
    [DataRow(2_932_896, 86_399, 999, "9999-12-31T23:59:59.999Z")]
    [DataRow(2_932_897, 3_661, 7, "9999-12-31T01:01:01.007Z")]
    [DataRow(int.MaxValue, 0, 0, "9999-12-31T00:00:00.000Z")]
    public void Days_outside_of_four_digits_become_the_nearest(int days, int seconds, int milliseconds, string expected)
    {
        var line = new LineBuffer(new Words(string.Empty), LineBuffer.MakePairs());
        line.PutTime(days, seconds, milliseconds);
        Assert.AreEqual(expected, Encoding.ASCII.GetString(line.Bytes, 0, line.Length));
    }
}
