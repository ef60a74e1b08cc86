using System;
using System.Text;
using Appliance.Playback.Alerts;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Playback.Tests;

/// <summary>Lines are read back as RFC 5424 says.</summary>
[TestClass]
public sealed class AlertLineTests
{
    [TestMethod]
    public void AnIncidentIsReadBack()
    {
        AlertLine line = Parse("<85>1 2000-04-07T05:22:07.776Z tap-1f2e3d tap - sweep [incident@32473 id=\"17\" state=\"open\" "
            + "dst=\"128.231.212.0/26\" dsts=\"6\"][meta sequenceId=\"5\"] BackOrifice 5556 sweep");
        Assert.AreEqual(85, line.Priority);
        Assert.AreEqual(new DateTimeOffset(2000, 4, 7, 5, 22, 7, 776, TimeSpan.Zero), line.Time);
        Assert.AreEqual(("tap-1f2e3d", "sweep", "BackOrifice 5556 sweep"), (line.HostName, line.Kind, line.Message));
        Assert.AreEqual((17L, 6L, "open", ""), (line.Number("id"), line.Number("dsts"), line["state"], line["sequenceId"]));
        Assert.IsTrue(line.IsIncident);
    }

    [TestMethod]
    public void NilValuesAndEscapes()
    {
        AlertLine line = Parse("<81>1 - - tap - health -");
        Assert.IsNull(line.Time);
        Assert.IsFalse(line.IsIncident);
        Assert.AreEqual("a\"b]c\\d\\e", Parse("<1>1 - h a p m [incident@32473 name=\"a\\\"b\\]c\\\\d\\e\"] x")["name"]);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("hello")]
    [DataRow("<192>1 - - - - - -")]
    [DataRow("<85>2 - - - - - -")]
    [DataRow("<85>1 yesterday h a p m -")]
    [DataRow("<85>1 - h a")]
    [DataRow("<85>1 - h a p m [x")]
    [DataRow("<85>1 - h a p m [x y=\"z]")]
    [DataRow("<85>1 - h a p m text")]
    public void WhatIsNoMessageIsRefusedWithThePlace(string text)
    {
        Assert.IsFalse(AlertLine.TryParse(Encoding.UTF8.GetBytes(text), out _, out string? problem));
        StringAssert.Contains(problem, "octet ");
    }

    private static AlertLine Parse(string text)
    {
        Assert.IsTrue(AlertLine.TryParse(Encoding.UTF8.GetBytes(text), out AlertLine? line, out string? problem), problem);
        return line;
    }
}
