using System;
using System.IO;
using System.Linq;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.BoardPictures.Tests;

/// <summary>A profile that asks of a pin what it can't do is refused, with the pin and the reason.</summary>
[TestClass]
public sealed class PinCheckTests
{
    [TestMethod]
    [DataRow("GPIO14", "GPIO33", "GPIO 33 is used twice", DisplayName = "used twice")]
    [DataRow("GPIO14", "GPIO36", "input only", DisplayName = "an output on an input")]
    [DataRow("GPIO14", "GPIO39", "input only", DisplayName = "an output on another input")]
    [DataRow("GPIO14", "GPIO2", "decides about the start", DisplayName = "a strap")]
    [DataRow("GPIO14", "GPIO15", "decides about the start", DisplayName = "a strap that is no chip select")]
    [DataRow("GPIO14", "GPIO12", "decides about the start", DisplayName = "the strap of the flash's voltage")]
    [DataRow("GPIO14", "GPIO9", "the flash has it", DisplayName = "the flash")]
    [DataRow("GPIO14", "GPIO1", "the console has it", DisplayName = "the console")]
    [DataRow("GPIO14", "GPIO21", "GPIO 21 is used twice", DisplayName = "TX_EN")]
    [DataRow("GPIO14", "GPIO27", "GPIO 27 is used twice", DisplayName = "the RMII bus")]
    [DataRow("GPIO14", "GPIO24", "no such pin", DisplayName = "a pin that there is not")]
    [DataRow("GPIO14", "GND", "is not a pin for 'out'", DisplayName = "a signal on ground")]
    public void AnUnfitPinIsRefused(string pin, string other, string why)
    {
        BoardProfile profile = Wt32();
        foreach (HeaderProfile header in profile.Headers)
        {
            int at = header.Pins.IndexOf(pin);
            if (at >= 0)
            {
                header.Pins[at] = other;
            }
        }

        string[] complaints = [.. PinCheck.Complaints(profile)];
        Assert.IsTrue(
            complaints.Any(complaint => complaint.Contains(why, StringComparison.Ordinal)), string.Join('\n', complaints));
    }

    [TestMethod]
    public void ThePinsOfExternalMemoryAreTaken()
    {
        BoardProfile profile = Wt32();
        profile.Psram = true;
        Assert.IsTrue(PinCheck.Complaints(profile).Any(complaint =>
            complaint.Contains("GPIO 17 can't serve as W5500 module MOSI: the external memory", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void AChipSelectOnAStrapNeedsItsReason()
    {
        BoardProfile profile = Wt32();
        profile.Devices[0].Wires.Single(wire => wire.Signal == "SCS").Strap = "";
        Assert.HasCount(1, PinCheck.Complaints(profile).ToArray());
    }

    [TestMethod]
    [DataRow("in", 17)]
    [DataRow("out", 4)]
    [DataRow("both", 0)]
    public void AClockThatTheChipCantHaveIsRefused(string direction, int gpio)
    {
        BoardProfile profile = Wt32();
        profile.Clock.Direction = direction;
        profile.Clock.Gpio = gpio;
        Assert.IsTrue(PinCheck.Complaints(profile).Any(complaint =>
            complaint.StartsWith("the clock goes", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void AHeaderWithoutItsMarksOrItsFirstPinIsRefused()
    {
        BoardProfile profile = Wt32();
        profile.Headers[0].Labels.RemoveAt(12);
        profile.Headers[1].PinOne = "";
        profile.Devices.RemoveAll(device => device.Kind == "power");
        CollectionAssert.AreEqual(
            new[]
            {
                "header 'left' has 13 pins and 12 labels",
                "header 'right': 'pin_one' is '', which is neither antenna nor rj45",
                "one device of kind 'power' has to be listed",
            },
            PinCheck.Complaints(profile).ToArray());
    }

    [TestMethod]
    public void AProfileWithMistakesNamesFileAndEachOfThem()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("board.toml");
        File.WriteAllText(path, File.ReadAllText(Wt32Path())
            .Replace("ring = 304", "ring = 5000", StringComparison.Ordinal)
            .Replace("summary =", "# summary =", StringComparison.Ordinal));
        ProfileException thrown = Assert.ThrowsExactly<ProfileException>(() => ProfileReader.Read(path));
        Assert.Contains($"{path}: 'summary' is missing", thrown.Message);
        Assert.Contains($"{path}: 'ring' is 5000", thrown.Message);

        File.WriteAllText(path, "name = ");
        Assert.StartsWith(path, Assert.ThrowsExactly<ProfileException>(() => ProfileReader.Read(path)).Message);
    }

    private static string Wt32Path() => Repository.PathOf("hardware", "boards", "wt32-eth01", "board.toml");

    private static BoardProfile Wt32() => ProfileReader.Read(Wt32Path());
}
