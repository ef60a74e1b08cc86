using System.Globalization;
using System.Linq;
using System.Text;

namespace Appliance.BoardPictures;

/// <summary>A board's README.</summary>
public static class BoardPage
{
    /// <summary>Makes the page.</summary>
    /// <param name="profile">The board.</param>
    /// <returns>Markdown.</returns>
    public static string Make(BoardProfile profile)
    {
        var page = new StringBuilder();
        void Line(string text = "") => page.Append(text).Append('\n');

        Line($"# {profile.Name}");
        Line();
        Line("<!-- Made from board.toml by tools/BoardPictures; don't edit. -->");
        Line();
        Line(profile.Summary);
        Line();
        Line($"![How to wire it](wiring.svg)");
        Line();
        Line("| | |");
        Line("|---|---|");
        Line($"| module | {profile.Module} |");
        Line($"| its flash is read | {profile.Flash} |");
        Line($"| image | `{profile.Target}`, with the settings below |");
        Line($"| mirror port | {profile.Phy.Chip}, address {Number(profile.Phy.Address)} |");
        Line($"| its clock | {profile.Clock.Source} |");
        Line($"| beside Wi-Fi | {profile.Clock.Wifi} |");
        Line($"| uplink | {profile.Uplink} |");
        Line($"| power | {profile.Power} |");
        Line($"| ring | {Number(profile.Ring)} slots, {Number(profile.Ring * 144)} octets |");
        Line();
        Line("## Wires");
        Line();
        Line("| device | its pin | board | printed | carries | |");
        Line("|---|---|---|---|---|---|");
        foreach (DeviceProfile device in profile.Devices)
        {
            foreach (WireProfile wire in device.Wires)
            {
                string net = PinUse.NetOf(profile, wire)!;
                string gpio = PinUse.GpioOf(net) is { } number ? "GPIO " + Number(number) : net;
                string through = wire.Through.Length > 0 ? "through " + wire.Through : "";
                string text = string.Join("; ", new[] { through, wire.Strap }.Where(t => t.Length > 0));
                Line($"| {device.Name} | {wire.Signal} | {PinUse.PlaceOf(profile, wire)} | {PinUse.LabelOf(profile, wire)} | {gpio} | {text} |");
            }
        }

        foreach (string note in profile.Notes)
        {
            Line();
            Line(note);
        }

        Line();
        Line("## Why this board can't transmit into the mirror");
        Line();
        foreach (string line in QuietText(profile).Split('\n'))
        {
            Line(line);
        }

        Line();
        Line("## Pins");
        Line();
        Line("| GPIO | used for | direction |");
        Line("|---|---|---|");
        foreach (PinUse use in PinUse.All(profile))
        {
            Line($"| {Number(use.Gpio)} | {use.By} | {use.Direction} |");
        }

        Line();
        string free = string.Join(", ", PinUse.Free(profile).Select(gpio =>
            Number(gpio) + (Esp32.IsInputOnly(gpio) ? " (input only)"
                : Esp32.Straps.ContainsKey(gpio) ? " (decides about the start: leave it open)" : "")));
        Line($"Free on the headers: {(free.Length > 0 ? free : "none")}.");
        Line("GPIO 1 and 3 are the console, by which the box is programmed.");
        Line();
        Line("## Settings of the image");
        Line();
        Line("| file | line | why |");
        Line("|---|---|---|");
        foreach (SettingProfile setting in profile.Settings)
        {
            Line($"| {setting.File} | `{setting.Line}` | {setting.Why} |");
        }

        Line();
        Line("## Parts");
        Line();
        Line("| | part | |");
        Line("|---|---|---|");
        foreach (PartProfile part in profile.Parts)
        {
            Line($"| {Number(part.Count)} | {part.Name} | {part.Text} |");
        }

        Line();
        Line("Facts from:");
        Line();
        foreach (string source in profile.Sources)
        {
            Line($"- {source}");
        }

        return page.ToString();
    }

    private static string QuietText(BoardProfile profile) => $"""
        - A frame leaves the {profile.Phy.Chip} only while its TX_EN input is high (RMII specification 1.2, 5.4). That input is wired to GPIO
          {Number(Esp32.TransmitEnable)} and to nothing else, and the ESP32's MAC can drive it through that one pad alone (ESP32 datasheet,
          IO_MUX). The hook makes the pad a plain output, low, and latches it with the chip's pad hold before the MAC is started; so too the
          two data lines.
        - Behind that the MAC's transmitter and its DMA are switched off, there is no driver that a network interface could be attached to,
          and what software hands to the MAC is refused and counted.
        - The heartbeat's transmit counter is what looks at TX_EN's pad and the registers found, plus what was refused. It does not count what the
          PHY itself does: link pulses and idle symbols, without which there is no link. They carry no frame.
        - From power-on until the hook is opened GPIO {Number(Esp32.TransmitEnable)} is an input and nothing drives TX_EN; the PHY is off, or
          its MAC without a clock. An image without the hook has none of this: flash only images that were built as
          hardware/mirror-port/README.md says.
        """;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
