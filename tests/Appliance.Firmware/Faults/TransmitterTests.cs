using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Faults;

/// <summary>A tap that sends is none.</summary>
[TestClass]
public sealed class TransmitterTests
{
    [TestMethod]
    public void A_mirror_port_that_transmits_is_an_alarm()
    {
        Box box = new Box().Start().Run(5);
        box.Port.Counters[PortCounter.Transmitted] = 1;
        box.Run(70);
        Said told = box.All.Single(s => s["part"] == "transmitter");
        Assert.AreEqual(3, told.Severity);
        Assert.AreEqual(1, box.All.Last(s => s.Kind == "heartbeat").Number("transmitted"));
        Assert.AreEqual(LightCode.Transmitted, box.Shown);
        Assert.AreEqual(Colour.Red, box.Light.Shown[^1].Colour);
    }
}
