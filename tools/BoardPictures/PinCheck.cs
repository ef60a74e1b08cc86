using System.Collections.Generic;
using System.Linq;

namespace Appliance.BoardPictures;

/// <summary>Finds pins that are used twice or for what they can't do.</summary>
public static class PinCheck
{
    /// <summary>Checks a profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <returns>A sentence for each thing that is wrong; none when all is well.</returns>
    public static IEnumerable<string> Complaints(BoardProfile profile)
    {
        return Basics(profile).Concat(Headers(profile)).Concat(Wires(profile)).Concat(Pins(profile));
    }

    private static IEnumerable<string> Headers(BoardProfile profile)
    {
        foreach (HeaderProfile header in profile.Headers.Where(header => !header.Socket))
        {
            if (header.Labels.Count != header.Pins.Count)
            {
                yield return $"header '{header.Name}' has {header.Pins.Count} pins and {header.Labels.Count} labels";
            }

            if (header.PinOne is not ("antenna" or "rj45"))
            {
                yield return $"header '{header.Name}': 'pin_one' is '{header.PinOne}', which is neither antenna nor rj45";
            }
        }

        if (profile.Headers.Count(header => !header.Socket) != 2)
        {
            yield return "two headers have to be listed, the left one first";
        }

        foreach (string kind in new[] { "uplink", "light", "power" })
        {
            if (profile.Devices.Count(device => device.Kind == kind) != 1)
            {
                yield return $"one device of kind '{kind}' has to be listed";
            }
        }
    }

    private static IEnumerable<string> Basics(BoardProfile profile)
    {
        (string Name, string Value)[] texts =
        [
            ("name", profile.Name), ("summary", profile.Summary), ("target", profile.Target), ("module", profile.Module),
            ("flash", profile.Flash), ("power", profile.Power), ("uplink", profile.Uplink), ("phy.chip", profile.Phy.Chip),
            ("clock.source", profile.Clock.Source), ("clock.wifi", profile.Clock.Wifi),
        ];
        foreach ((string name, string value) in texts)
        {
            if (value.Length == 0)
            {
                yield return $"'{name}' is missing";
            }
        }

        if (profile.Ring is < 16 or > 4096)
        {
            yield return $"'ring' is {profile.Ring}; the hook takes 16 to 4096 slots";
        }

        if (profile.Phy.Address is < 0 or > 31)
        {
            yield return $"'phy.address' is {profile.Phy.Address}; it goes from 0 to 31";
        }

        if (profile.Phy.Enable >= 0 && profile.Phy.EnableText.Length == 0)
        {
            yield return "'phy.enable_text' has to say what the enable pin does";
        }

        bool isClock = profile.Clock.Direction switch
        {
            "in" => profile.Clock.Gpio == 0,
            "out" => profile.Clock.Gpio is 0 or 16 or 17,
            _ => false,
        };
        if (!isClock)
        {
            yield return $"the clock goes '{profile.Clock.Direction}' through GPIO {profile.Clock.Gpio}; the ESP32 takes it in by GPIO 0 and "
                + "puts it out by 0, 16 or 17";
        }

        if (profile.Sources.Count == 0 || profile.Parts.Count == 0 || profile.Settings.Count == 0 || profile.Devices.Count == 0)
        {
            yield return "sources, parts, settings and devices have to be listed";
        }
    }

    private static IEnumerable<string> Wires(BoardProfile profile)
    {
        foreach (DeviceProfile device in profile.Devices)
        {
            foreach (WireProfile wire in device.Wires)
            {
                string what = $"{device.Name} {wire.Signal}";
                string? net = PinUse.NetOf(profile, wire);
                if (net is null)
                {
                    yield return $"{what}: there is no pin {wire.Pin} of header '{wire.Header}'";
                }
                else if (wire.Direction is not ("out" or "in" or "power"))
                {
                    yield return $"{what}: direction '{wire.Direction}' is none of out, in, power";
                }
                else if ((wire.Direction == "power") != (PinUse.GpioOf(net) is null))
                {
                    yield return $"{what}: pin {wire.Pin} of header '{wire.Header}' carries {net}, which is not a pin for '{wire.Direction}'";
                }
            }
        }
    }

    private static IEnumerable<string> Pins(BoardProfile profile)
    {
        IReadOnlyList<PinUse> uses = PinUse.All(profile);
        foreach (IGrouping<int, PinUse> pin in uses.GroupBy(use => use.Gpio).Where(group => group.Count() > 1))
        {
            yield return $"GPIO {pin.Key} is used twice: {string.Join(" and ", pin.Select(use => use.By))}";
        }

        foreach (PinUse use in uses)
        {
            if (Unfit(profile, use) is { } why)
            {
                yield return $"GPIO {use.Gpio} can't serve as {use.By}: {why}";
            }
        }
    }

    private static string? Unfit(BoardProfile profile, PinUse use)
    {
        int gpio = use.Gpio;
        if (Esp32.IsMissing(gpio))
        {
            return "the ESP32 has no such pin";
        }

        if (Esp32.IsFlash(gpio))
        {
            return "the flash has it";
        }

        if (profile.Psram && Esp32.IsPsram(gpio))
        {
            return "the external memory has it";
        }

        if (Esp32.IsConsole(gpio))
        {
            return "the console has it, by which the box is programmed";
        }

        if (Esp32.IsInputOnly(gpio) && use.Direction != "in")
        {
            return "it is an input only";
        }

        if (use.Wire is null || !Esp32.Straps.TryGetValue(gpio, out string? strap))
        {
            return null;
        }

        // A chip select idles high, as the straps of 5 and 15 ask.
        return gpio is 5 or 15 && use.Wire.Signal == "SCS" && use.Wire.Strap.Length > 0
            ? null
            : $"its level at reset decides about the start ({strap})";
    }
}
