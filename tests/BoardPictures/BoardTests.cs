using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Appliance.Firmware.Device;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.BoardPictures.Tests;

/// <summary>Each board's files are what its profile gives, and firmware and settings have the same pins.</summary>
[TestClass]
public sealed class BoardTests
{
    public static IEnumerable<object[]> Boards =>
        Directory.GetFiles(Repository.PathOf("hardware", "boards"), "board.toml", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(path => new object[] { Path.GetRelativePath(Repository.Root, path) });

    [TestMethod]
    public void ThereAreThreeBoardsAndOneHasExternalMemory()
    {
        BoardProfile[] boards = [.. Boards.Select(board => Read((string)board[0]))];
        Assert.HasCount(3, boards);
        Assert.AreEqual(1, boards.Count(board => board.Psram));
    }

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void ItsFilesAreWhatTheProfileGives(string board)
    {
        foreach ((string name, string text) in Program.Files(Read(board)))
        {
            string path = Path.Combine(Path.GetDirectoryName(Repository.PathOf(board))!, name);
            Assert.AreEqual(
                text, File.ReadAllText(path), $"{path} differs from its profile: dotnet run --project tools/BoardPictures");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void ItsSheetHasEveryPartItsPriceAndTheImagesName(string board)
    {
        BoardProfile profile = Read(board);
        string sheet = SheetPage.Make(profile);
        foreach (PartProfile part in profile.Parts)
        {
            StringAssert.Contains(sheet, part.Euro.Count == 0 ? $"| {part.Name} | {part.Text} |  |"
                : $"| {part.Name} | {part.Text} | {part.Euro[0]} to {part.Euro[1]} € |");
            Assert.IsTrue(part.Euro.Count == 0 || (part.Euro.Count == 2 && part.Euro[0] > 0 && part.Euro[0] <= part.Euro[1]), part.Name);
        }

        Assert.IsGreaterThanOrEqualTo(6, profile.Parts.Count(p => p.Euro.Count == 2));
        StringAssert.Contains(sheet, $"`nanoff --target {profile.Target} --update --serialport PORT --clrfile nanoCLR.bin`");
        Assert.IsTrue(profile.Usb.Length > 0 && profile.Start.Length > 0, "how it is programmed, and powered before MIRROR is in");
    }

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void ItsPictureShowsEveryWire(string board)
    {
        BoardProfile profile = Read(board);
        XDocument picture = XDocument.Parse(WiringPicture.Make(profile));
        string[] texts = [.. picture.Descendants().Where(element => element.Name.LocalName == "text")
            .Select(element => element.Value)];
        foreach (WireProfile wire in profile.Devices.SelectMany(device => device.Wires))
        {
            Assert.Contains(wire.Signal, texts);
            string place = PinUse.PlaceOf(profile, wire);
            string label = PinUse.LabelOf(profile, wire);
            Assert.Contains(label == wire.Header ? place : $"{place} \"{label}\"", texts);
            string net = PinUse.NetOf(profile, wire)!;
            Assert.Contains(PinUse.GpioOf(net) is { } gpio ? $"GPIO {gpio}" : net, texts);
        }

        Assert.Contains("held low, latched", texts);
        Assert.Contains("MIRROR", texts);
        Assert.Contains("UPLINK", texts);
    }

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void ItsPinsAreDrawnAsTheBoardHasThem(string board)
    {
        BoardProfile profile = Read(board);
        XElement[] texts = [.. XDocument.Parse(WiringPicture.Make(profile)).Descendants().Where(e => e.Name.LocalName == "text")];
        foreach ((HeaderProfile header, bool isLeft) in profile.Headers.Where(h => !h.Socket).Select((h, i) => (h, i == 0)))
        {
            // The row of a header: the labels that stand towards the middle of the board, from the antenna down.
            string[] drawn = [.. texts.Where(t => (string?)t.Attribute("font-size") == "14.5"
                    && (string?)t.Attribute("text-anchor") == (isLeft ? "start" : "end"))
                .OrderBy(t => (double)t.Attribute("y")!).Select(t => t.Value)];
            CollectionAssert.AreEqual(header.PinOne == "antenna" ? header.Labels : [.. header.Labels.AsEnumerable().Reverse()], drawn);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void ItsPageNamesWhatIsPrintedAndHowItGetsPower(string board)
    {
        BoardProfile profile = Read(board);
        string[] page = BoardPage.Make(profile).Split('\n');
        foreach (WireProfile wire in profile.Devices.SelectMany(device => device.Wires))
        {
            Assert.IsTrue(page.Any(line => line.Contains($"| {wire.Signal} | {PinUse.PlaceOf(profile, wire)} | {PinUse.LabelOf(profile, wire)} |",
                StringComparison.Ordinal)), wire.Signal);
        }

        Assert.IsTrue(page.Any(line => line.StartsWith("| Power supply | ", StringComparison.Ordinal) && line.Contains("| 5V |",
            StringComparison.Ordinal)));
    }

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void ItsImageSettingsAreItsWires(string board)
    {
        BoardProfile profile = Read(board);
        DeviceProfile uplink = profile.Devices.Single(device => device.Kind == "uplink");
        foreach ((string signal, string setting) in new[]
        {
            ("SCLK", "SCLK"), ("MOSI", "MOSI"), ("MISO", "MISO"), ("SCS", "CS"), ("INT", "INT"),
        })
        {
            int gpio = GpioOf(profile, uplink, signal);
            Assert.Contains($"CONFIG_ESP32_ETHERNET_SPI_{setting}_GPIO={gpio}", profile.Settings.Select(s => s.Line).ToArray());
        }

        Assert.IsTrue(profile.Settings.Any(s => s.Line == $"CONFIG_ETH_RMII_CLK_{(profile.Clock.Direction == "in" ? "INPUT" : "OUTPUT")}=y"));
        Assert.IsTrue(profile.Settings.Any(s => s.Line == "CONFIG_ETH_SOFT_FLOW_CONTROL=n"));
    }

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void ItsFlashIsReadFourBitsAtOnceAt80MHz(string board)
    {
        BoardProfile profile = Read(board);
        string file = profile.Psram ? "sdkconfig.default_ble_rev3.esp32" : "sdkconfig.default_nopsram.esp32";
        string[] chip = [.. profile.Settings.Where(s => s.File == file).Select(s => s.Line)];
        Assert.Contains("CONFIG_ESPTOOLPY_FLASHMODE_QIO=y", chip);
        Assert.Contains("CONFIG_ESPTOOLPY_FLASHFREQ_80M=y", chip);
        Assert.IsFalse(chip.Any(line => line.Contains("FLASHMODE_DIO", StringComparison.Ordinal)
            || line.Contains("FLASHFREQ_40M", StringComparison.Ordinal)));

        // Beside flash at 80 MHz ESP-IDF takes PSRAM at 40, which is its default, or at 80; no other pair.
        Assert.IsFalse(profile.Settings.Any(s => s.Line.StartsWith("CONFIG_SPIRAM_SPEED", StringComparison.Ordinal)));
        Assert.Contains("| its flash is read | four bits at once at 80 MHz (QIO)", BoardPage.Make(profile));

        // Each setting goes into one of the two files that the image is built from.
        Assert.IsTrue(profile.Settings.All(s => s.File == file || s.File == profile.Target + "_defconfig"));
    }

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void MemoryThatNothingUsesDoesNotCountAsFree(string board) => Assert.Contains(
        "CONFIG_ESP_SYSTEM_ALLOW_RTC_FAST_MEM_AS_HEAP=n", Read(board).Settings.Select(s => s.Line).ToArray());

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void TheFirmwareHasItsLightAndItsRing(string board)
    {
        BoardProfile profile = Read(board);
        var firmware = Board.Of(profile.Target);
        DeviceProfile light = profile.Devices.Single(device => device.Kind == "light");
        Assert.AreEqual(GpioOf(profile, light, "red"), firmware.Red);
        Assert.AreEqual(GpioOf(profile, light, "green"), firmware.Green);
        Assert.AreEqual(GpioOf(profile, light, "blue"), firmware.Blue);
        Assert.AreEqual(profile.Ring, firmware.Ring);
    }

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void TheFirmwareHasItsUplinksPins(string board)
    {
        BoardProfile profile = Read(board);
        UplinkPins pins = UplinkPins.Of(profile.Target)!;
        DeviceProfile uplink = profile.Devices.Single(device => device.Kind == "uplink");
        Assert.AreEqual(GpioOf(profile, uplink, "SCLK"), pins.Clock);
        Assert.AreEqual(GpioOf(profile, uplink, "MOSI"), pins.Mosi);
        Assert.AreEqual(GpioOf(profile, uplink, "MISO"), pins.Miso);
    }

    private static int GpioOf(BoardProfile profile, DeviceProfile device, string signal) =>
        PinUse.GpioOf(PinUse.NetOf(profile, device.Wires.Single(wire => wire.Signal == signal)))!.Value;

    private static BoardProfile Read(string board) => ProfileReader.Read(Repository.PathOf(board));
}
