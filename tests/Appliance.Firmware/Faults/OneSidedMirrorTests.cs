using Appliance.Firmware.Light;
using Appliance.Firmware.Tests.Fakes;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Firmware.Tests.Faults;

/// <summary>A switch that mirrors one direction only.</summary>
[TestClass]
public sealed class OneSidedMirrorTests
{
    private const long Second = 1_000_000;

    [TestMethod]
    public void A_mirror_of_one_direction_is_shown_within_a_minute_until_both_are_seen()
    {
        Box box = new Box().Start();
        for (int i = 0; i < 40; i++)
        {
            // Answers of many servers, and nobody who asked.
            box.Port.Add((i + 1) * Second, new Ip($"198.51.{i}.1", "128.231.212.7").Tcp(443, 2000 + i, "SA", i));
        }

        box.Run(62);
        Assert.AreEqual(LightCode.OneSided, box.Shown);
        for (int i = 0; i < 60; i++)
        {
            long at = box.Clock.Micros + (i * Second);
            box.Port.Add(at, new Ip("128.231.212.7", "198.51.100.1").Tcp(3000 + i, 443, "S", i));
            box.Port.Add(at + 1000, new Ip("198.51.100.1", "128.231.212.7").Tcp(443, 3000 + i, "SA", i));
        }

        box.Run(62);
        Assert.AreNotEqual(LightCode.OneSided, box.Shown);
    }
}
