using System.Linq;
using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Appliance.Sensor.Lines;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Faults;

/// <summary>What the light shows of incidents.</summary>
[TestClass]
public sealed class IncidentLightTests
{
    [TestMethod]
    public void A_high_incident_is_shown_for_a_while()
    {
        Box box = new Box().Start().Run(5);
        byte[] line = "<83>1 - tap - - sweep - x"u8.ToArray();
        box.Program.Alert(line, line.Length, SyslogSeverity.Error);
        box.Port.HasLink = true;
        box.Run(20);
        Assert.AreEqual(LightCode.Incident, box.Shown);
        Assert.AreEqual(Colour.Blue, box.Light.Shown[^1].Colour);
    }
}
