using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Appliance.BoardPictures;

/// <summary>A GPIO and what takes it.</summary>
/// <param name="Gpio">Its number.</param>
/// <param name="By">What takes it.</param>
/// <param name="Direction">Seen from the ESP32: "out", "in", "both".</param>
/// <param name="Wire">The wire of the profile; null for what the board itself has connected.</param>
public sealed record PinUse(int Gpio, string By, string Direction, WireProfile? Wire)
{
    /// <summary>What a header's pin carries.</summary>
    /// <returns>Null when the profile has no such pin.</returns>
    public static string? NetOf(BoardProfile profile, WireProfile wire)
    {
        HeaderProfile? header = profile.Headers.FirstOrDefault(h => h.Name == wire.Header);
        return header is not null && wire.Pin >= 1 && wire.Pin <= header.Pins.Count ? header.Pins[wire.Pin - 1] : null;
    }

    /// <summary>What the board has printed beside a wire's pin; of a socket its name.</summary>
    public static string LabelOf(BoardProfile profile, WireProfile wire)
    {
        HeaderProfile header = profile.Headers.First(h => h.Name == wire.Header);
        return header.Socket ? header.Name : header.Labels[wire.Pin - 1];
    }

    /// <summary>Where a wire goes on the board: a header and its pin, or a socket.</summary>
    public static string PlaceOf(BoardProfile profile, WireProfile wire) =>
        profile.Headers.First(h => h.Name == wire.Header).Socket ? $"{wire.Header} socket"
            : string.Create(CultureInfo.InvariantCulture, $"{wire.Header} pin {wire.Pin}");

    /// <summary>The GPIO that a header's pin carries.</summary>
    /// <returns>Null when it carries none.</returns>
    public static int? GpioOf(string? net) =>
        net is not null && net.StartsWith("GPIO", StringComparison.Ordinal)
            && int.TryParse(net.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out int gpio) ? gpio : null;

    /// <summary>Every GPIO that the box uses, ascending.</summary>
    public static IReadOnlyList<PinUse> All(BoardProfile profile)
    {
        var uses = new List<PinUse>();
        foreach ((int gpio, string signal) in Esp32.Rmii)
        {
            uses.Add(new PinUse(gpio, "mirror port " + signal, gpio is 19 or 21 or 22 ? "out" : "in", null));
        }

        uses.Add(new PinUse(profile.Phy.Mdc, "mirror port MDC", "out", null));
        uses.Add(new PinUse(profile.Phy.Mdio, "mirror port MDIO", "both", null));
        uses.Add(new PinUse(profile.Clock.Gpio, "mirror port clock, 50 MHz", profile.Clock.Direction, null));
        if (profile.Phy.Enable >= 0)
        {
            uses.Add(new PinUse(profile.Phy.Enable, "mirror port: " + profile.Phy.EnableText, "out", null));
        }

        foreach (DeviceProfile device in profile.Devices)
        {
            foreach (WireProfile wire in device.Wires)
            {
                if (GpioOf(NetOf(profile, wire)) is { } gpio)
                {
                    uses.Add(new PinUse(gpio, $"{device.Name} {wire.Signal}", wire.Direction, wire));
                }
            }
        }

        return [.. uses.OrderBy(use => use.Gpio)];
    }

    /// <summary>GPIOs on the headers that nothing takes, ascending.</summary>
    public static IReadOnlyList<int> Free(BoardProfile profile)
    {
        var taken = All(profile).Select(use => use.Gpio).ToHashSet();
        return [.. profile.Headers.SelectMany(header => header.Pins).Select(GpioOf).OfType<int>().Distinct()
            .Where(gpio => !taken.Contains(gpio) && !Esp32.IsConsole(gpio) && !(profile.Psram && Esp32.IsPsram(gpio))).Order()];
    }
}
