using System.Text;
using Appliance.Firmware.Messages;
using Appliance.Sensor.Lines;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests;

/// <summary>Many texts in one array.</summary>
[TestClass]
public sealed class PhrasesTests
{
    [TestMethod]
    [DataRow(0, "one")]
    [DataRow(1, "")]
    [DataRow(2, "the third")]
    [DataRow(3, "")]
    [DataRow(99, "")]
    public void Each_text_is_found_by_its_number(int number, string text)
    {
        var phrases = new Phrases("one||the third|");
        var line = new LineBuffer(new Words(string.Empty), LineBuffer.MakePairs());
        phrases.Put(line, number);
        Assert.AreEqual(text, Encoding.ASCII.GetString(line.Bytes, 0, line.Length));
    }
}
