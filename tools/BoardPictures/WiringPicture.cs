using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Appliance.BoardPictures;

/// <summary>
/// The wiring picture: the switch on the left, the board in the middle, what is connected to it on the right. Each wire is one
/// straight line, so that it can be followed with a finger.
/// </summary>
public static class WiringPicture
{
    private const int Width = 1280;
    private const int Top = 150;
    private const int Row = 34;
    private const int DeviceGap = 40;
    private const int BoardLeft = 330;
    private const int BoardRight = 760;
    private const int DeviceLeft = 960;
    private const int DeviceRight = 1240;
    private const int HeaderRow = 62;

    private const string Ink = "#1f2933";
    private const string Soft = "#52606d";
    private const string Ground = "#374151";
    private const string Mirror = "#0f766e";

    /// <summary>Draws.</summary>
    /// <param name="profile">The board.</param>
    /// <returns>The picture as SVG.</returns>
    public static string Make(BoardProfile profile)
    {
        int rows = profile.Devices.Sum(device => device.Wires.Count);
        int bottom = Top + profile.Devices.Count * HeaderRow + rows * Row + (profile.Devices.Count - 1) * DeviceGap + 10;
        bottom = bottom > Top + 430 ? bottom : Top + 430;
        int headers = bottom + 36;
        int foot = headers + HeaderPicture.HeightOf(profile);
        int height = foot + 96;
        var svg = new Svg(Width, height, $"{profile.Name}: how to wire the tap");

        svg.Text(40, 56, profile.Name, 30, Ink, isBold: true);
        svg.Text(40, 88, profile.Module, 17, Soft);

        DrawBoard(svg, profile, bottom);
        DrawSwitch(svg);
        DrawDevices(svg, profile);
        HeaderPicture.Draw(svg, profile, 40, Width - 40, headers);
        DrawFoot(svg, profile, foot);
        return svg.ToString();
    }

    private static void DrawBoard(Svg svg, BoardProfile profile, int bottom)
    {
        svg.Box(BoardLeft, Top - 20, BoardRight - BoardLeft, bottom - Top + 20, "#f0f4f8", "#486581", 14);
        svg.Text((BoardLeft + BoardRight) / 2.0, Top + 8, profile.Name, 16, Ink, "middle", isBold: true);

        // The mirror port's side.
        svg.Box(BoardLeft - 26, Top + 60, 70, 76, "#d9e2ec", "#486581", 6);
        svg.Text(BoardLeft + 9, Top + 96, "RJ45", 14, Ink, "middle");
        svg.Text(BoardLeft + 9, Top + 116, "MIRROR", 14, Ink, "middle", isBold: true);
        svg.Box(BoardLeft + 74, Top + 48, 130, 100, "#ffffff", Mirror, 8);
        svg.Text(BoardLeft + 139, Top + 82, profile.Phy.Chip, 16, Ink, "middle", isBold: true);
        svg.Text(BoardLeft + 139, Top + 106, "PHY, address " + Number(profile.Phy.Address), 13, Soft, "middle");
        svg.Text(BoardLeft + 139, Top + 128, "mirror port", 13, Soft, "middle");
        svg.Line(BoardLeft + 44, Top + 98, BoardLeft + 74, Top + 98, Mirror);

        int chip = Top + 218;
        svg.Box(BoardLeft + 30, chip, 260, 180, "#ffffff", "#334e68", 8);
        svg.Text(BoardLeft + 160, chip + 106, "ESP32", 22, Ink, "middle", isBold: true);
        svg.Text(BoardLeft + 160, chip + 132, profile.Psram ? "with external memory" : "internal memory only", 13, Soft, "middle");

        // Received bits go down; TX_EN is cut.
        svg.Line(BoardLeft + 108, Top + 148, BoardLeft + 108, chip, Mirror, 4);
        svg.Line(BoardLeft + 102, chip - 12, BoardLeft + 108, chip - 2, Mirror, 3);
        svg.Line(BoardLeft + 114, chip - 12, BoardLeft + 108, chip - 2, Mirror, 3);
        svg.Text(BoardLeft + 98, Top + 176, "RXD0, RXD1", 12, Mirror, "end");
        svg.Text(BoardLeft + 98, Top + 194, "CRS_DV", 12, Mirror, "end");
        svg.Line(BoardLeft + 168, Top + 148, BoardLeft + 168, Top + 172, Ground, 3);
        svg.Line(BoardLeft + 168, Top + 194, BoardLeft + 168, chip, Ground, 3, "2 6");
        svg.Line(BoardLeft + 160, Top + 175, BoardLeft + 176, Top + 191, Ink, 4);
        svg.Line(BoardLeft + 176, Top + 175, BoardLeft + 160, Top + 191, Ink, 4);
        svg.Text(BoardLeft + 184, Top + 178, "TX_EN (GPIO 21)", 12, Ink, isBold: true);
        svg.Text(BoardLeft + 184, Top + 196, "held low, latched", 12, Ink);

        bool isIn = profile.Clock.Direction == "in";
        svg.Box(BoardLeft + 50, chip + 18, 220, 56, isIn ? "#e3f9e5" : "#fff8e1", isIn ? "#207227" : "#8d6b1f", 6, 1.5);
        svg.Text(BoardLeft + 160, chip + 41, $"50 MHz {(isIn ? "into" : "out of")} GPIO {Number(profile.Clock.Gpio)}", 14, Ink, "middle", isBold: true);
        svg.Text(BoardLeft + 160, chip + 62, isIn ? "from the board's oscillator" : "made by the ESP32: no Wi-Fi", 12.5, Ink, "middle");
        if (profile.Phy.Enable >= 0)
        {
            svg.Text(BoardLeft + 160, chip + 160, $"GPIO {Number(profile.Phy.Enable)}: {profile.Phy.EnableText}", 12.5, Soft, "middle");
        }
    }

    private static void DrawSwitch(Svg svg)
    {
        svg.Box(40, Top + 38, 170, 120, "#e6f6f4", Mirror, 12);
        svg.Text(125, Top + 72, "Switch", 18, Ink, "middle", isBold: true);
        svg.Text(125, Top + 96, "mirror (SPAN) port", 13.5, Ink, "middle");
        svg.Text(125, Top + 116, "of the imaging VLAN", 13.5, Ink, "middle");
        svg.Text(125, Top + 140, "ingress off", 13.5, Soft, "middle");
        svg.Line(212, Top + 98, BoardLeft - 44, Top + 98, Mirror, 5);
        svg.Arrow(BoardLeft - 28, Top + 98, 1, Mirror);
        svg.Text(257, Top + 78, "frames in", 13, Mirror, "middle", isBold: true);
        svg.Text(257, Top + 126, "none out", 13, Ink, "middle", isBold: true);
    }

    private static void DrawDevices(Svg svg, BoardProfile profile)
    {
        int y = Top;
        IReadOnlyDictionary<WireProfile, string> colours = WireColours.Of(profile);
        foreach (DeviceProfile device in profile.Devices)
        {
            int height = HeaderRow + device.Wires.Count * Row + 6;
            svg.Box(DeviceLeft, y, DeviceRight - DeviceLeft, height, "#fffdf7", "#8d7a4f", 12);
            svg.Text((DeviceLeft + DeviceRight) / 2.0, y + 26, device.Name, 17, Ink, "middle", isBold: true);
            svg.Text((DeviceLeft + DeviceRight) / 2.0, y + 46, device.Purpose, 13, Soft, "middle");
            int row = y + HeaderRow + Row / 2 - 4;
            foreach (WireProfile wire in device.Wires)
            {
                DrawWire(svg, profile, wire, row, colours[wire]);
                row += Row;
            }

            DrawOutside(svg, device, y, height);

            y += height - 6 + DeviceGap;
        }
    }

    // What the device is on its other side.
    private static void DrawOutside(Svg svg, DeviceProfile device, int y, int height)
    {
        switch (device.Kind)
        {
            case "uplink":
                svg.Box(DeviceRight - 46, y + HeaderRow + 50, 70, 76, "#d9e2ec", "#486581", 6);
                svg.Text(DeviceRight - 11, y + HeaderRow + 86, "RJ45", 14, Ink, "middle");
                svg.Text(DeviceRight - 11, y + HeaderRow + 106, "UPLINK", 14, Ink, "middle", isBold: true);
                svg.Text(DeviceRight - 16, y + height - 42, "to the collector's", 13, Soft, "end");
                svg.Text(DeviceRight - 16, y + height - 24, "network", 13, Soft, "end");
                break;
            case "light":
                svg.Circle(DeviceRight - 50, y + HeaderRow + 52, 22, "#f3f8f3", "#7b8794");
                svg.Circle(DeviceRight - 50, y + HeaderRow + 52, 10, "#3fb950");
                break;
            default:
                // A plug.
                svg.Box(DeviceRight - 66, y + HeaderRow - 2, 34, 28, "#ffffff", "#7b8794", 4);
                svg.Line(DeviceRight - 32, y + HeaderRow + 5, DeviceRight - 20, y + HeaderRow + 5, "#7b8794", 4);
                svg.Line(DeviceRight - 32, y + HeaderRow + 19, DeviceRight - 20, y + HeaderRow + 19, "#7b8794", 4);
                break;
        }
    }

    private static void DrawWire(Svg svg, BoardProfile profile, WireProfile wire, int y, string colour)
    {
        string net = PinUse.NetOf(profile, wire)!;

        // The board's pin: what it carries, and where it is.
        svg.Box(BoardRight - 98, y - 12, 84, 24, "#ffffff", colour, 5, 1.5);
        svg.Text(BoardRight - 56, y + 5, PinUse.GpioOf(net) is { } gpio ? "GPIO " + Number(gpio) : net, 13.5, Ink, "middle", isBold: true);
        svg.Circle(BoardRight, y, 6, colour, "#ffffff", 1.5);
        svg.Text(BoardRight + 14, y - 6, PlaceAndLabel(profile, wire), 12, Soft);
        svg.Line(BoardRight + 6, y, DeviceLeft - 6, y, colour);
        if (wire.Through.Length > 0)
        {
            svg.Box(BoardRight + 128, y - 8, 58, 16, "#ffffff", colour, 2, 1.5);
            svg.Text(BoardRight + 157, y + 4.5, wire.Through, 11.5, Ink, "middle");
        }
        else if (wire.Direction != "power")
        {
            bool isOut = wire.Direction == "out";
            svg.Arrow(isOut ? DeviceLeft - 14 : BoardRight + 140, y, isOut ? 1 : -1, colour);
        }

        svg.Circle(DeviceLeft, y, 6, colour, "#ffffff", 1.5);
        svg.Text(DeviceLeft + 16, y + 5, wire.Signal, 14, Ink, isBold: true);
    }

    private static string PlaceAndLabel(BoardProfile profile, WireProfile wire)
    {
        string place = PinUse.PlaceOf(profile, wire);
        string label = PinUse.LabelOf(profile, wire);
        return label == wire.Header ? place : $"{place} \"{label}\"";
    }

    private static void DrawFoot(Svg svg, BoardProfile profile, int bottom)
    {
        svg.Line(40, bottom + 32, Width - 40, bottom + 32, "#cbd2d9", 1);
        svg.Text(40, bottom + 60, "Power: " + profile.Power, 14, Ink);
        svg.Text(40, bottom + 84, "All signals are 3.3 V. Arrows show who drives a wire. Keep the wires of the uplink under 10 cm.", 14, Soft);
        svg.Text(Width - 40, bottom + 84, "Made from board.toml", 12, "#7b8794", "end");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
