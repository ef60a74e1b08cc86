using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Appliance.BoardPictures;

/// <summary>
/// The board's two rows of pins as they are seen from above: which end pin 1 is at, what is printed beside each pin, and what
/// goes to it.
/// </summary>
internal static class HeaderPicture
{
    private const int Row = 27;
    private const int End = 58;
    private const int Title = 44;

    private const string Ink = "#1f2933";
    private const string Soft = "#52606d";
    private const string Open = "#9aa5b1";

    /// <summary>How high it is.</summary>
    public static int HeightOf(BoardProfile profile) => Title + (2 * End) + (Rows(profile) * Row) + 46;

    /// <summary>Draws.</summary>
    public static void Draw(Svg svg, BoardProfile profile, int left, int right, int top)
    {
        IReadOnlyDictionary<WireProfile, string> colours = WireColours.Of(profile);
        HeaderProfile[] headers = [.. profile.Headers.Where(header => !header.Socket)];
        int middle = (left + right) / 2;
        int boardLeft = middle - 190;
        int boardRight = middle + 190;
        int boardTop = top + Title;
        int height = (2 * End) + (Rows(profile) * Row);
        svg.Text(left, top + 18, "The pins, seen from above", 18, Ink, isBold: true);
        svg.Text(left, top + 40, "large: what is printed beside the pin; pin 1 is the square one", 13, Soft);

        svg.Box(boardLeft, boardTop, boardRight - boardLeft, height, "#f0f4f8", "#486581", 12);
        svg.Box(middle - 80, boardTop + 8, 160, 34, "#ffffff", "#334e68", 4, 1.5);
        svg.Text(middle, boardTop + 30, "antenna's end", 13, Ink, "middle");
        svg.Box(middle - 80, boardTop + height - 42, 160, 56, "#d9e2ec", "#486581", 6);
        svg.Text(middle, boardTop + height - 8, "RJ45: MIRROR", 15, Ink, "middle", isBold: true);

        for (int side = 0; side < headers.Length; side++)
        {
            HeaderProfile header = headers[side];
            bool isLeft = side == 0;
            int x = isLeft ? boardLeft + 20 : boardRight - 20;
            int inwards = isLeft ? 1 : -1;
            svg.Text(x - (inwards * 6), boardTop + End - 10, header.Name, 13, Soft, isLeft ? "start" : "end");
            for (int pin = 1; pin <= header.Pins.Count; pin++)
            {
                int place = header.PinOne == "antenna" ? pin - 1 : header.Pins.Count - pin;
                DrawPin(svg, profile, colours, header, pin, x, boardTop + End + (place * Row) + (Row / 2), inwards);
            }
        }
    }

    private static void DrawPin(Svg svg, BoardProfile profile, IReadOnlyDictionary<WireProfile, string> colours, HeaderProfile header, int pin,
        int x, int y, int inwards)
    {
        (DeviceProfile Device, WireProfile Wire)[] wires = [.. profile.Devices.SelectMany(device => device.Wires.Select(wire => (device, wire)))
            .Where(one => one.wire.Header == header.Name && one.wire.Pin == pin)];
        string colour = wires.Length == 0 ? Open : colours[wires[0].Wire];
        string fill = wires.Length == 0 ? "#ffffff" : colour;
        string anchor = inwards > 0 ? "start" : "end";
        string outside = inwards > 0 ? "end" : "start";
        if (pin == 1)
        {
            svg.Box(x - 7, y - 7, 14, 14, fill, colour, 0);
        }
        else
        {
            svg.Circle(x, y, 7, fill, colour);
        }

        svg.Text(x + (inwards * 16), y + 4.5, pin.ToString(CultureInfo.InvariantCulture), 11, Soft, anchor);
        svg.Text(x + (inwards * 40), y + 5, header.Labels[pin - 1], 14.5, wires.Length == 0 ? Open : Ink, anchor, isBold: wires.Length > 0);
        if (wires.Length == 0)
        {
            return;
        }

        svg.Line(x - (inwards * 9), y, x - (inwards * 60), y, colour);
        string text = string.Join(" and ", wires.Select(one => $"{one.Device.Name}: {one.Wire.Signal}"));
        svg.Text(x - (inwards * 68), y + 5, text, 14, Ink, outside);
    }

    private static int Rows(BoardProfile profile) => profile.Headers.Where(header => !header.Socket).Max(header => header.Pins.Count);
}
