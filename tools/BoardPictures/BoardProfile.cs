using System.Collections.Generic;

namespace Appliance.BoardPictures;

/// <summary>What board.toml says; hardware/boards/README.md explains each entry.</summary>
public sealed class BoardProfile
{
    /// <summary>The board's name as its maker writes it.</summary>
    public string Name { get; set; } = "";

    /// <summary>One sentence: for whom it is.</summary>
    public string Summary { get; set; } = "";

    /// <summary>nanoFramework's image that this one is built from; also what the device calls itself.</summary>
    public string Target { get; set; } = "";

    /// <summary>The module on it: chip, flash, external memory.</summary>
    public string Module { get; set; } = "";

    /// <summary>How its flash is read, and why it takes that.</summary>
    public string Flash { get; set; } = "";

    /// <summary>It has external memory, which takes GPIO 16 and 17.</summary>
    public bool Psram { get; set; }

    /// <summary>Slots of the ring.</summary>
    public int Ring { get; set; }

    /// <summary>How the box is powered.</summary>
    public string Power { get; set; } = "";

    /// <summary>What powers it while nothing is in MIRROR.</summary>
    public string Start { get; set; } = "";

    /// <summary>What connects it to the computer that programs it, and the driver for that.</summary>
    public string Usb { get; set; } = "";

    /// <summary>Which uplinks serve, and why.</summary>
    public string Uplink { get; set; } = "";

    /// <summary>Where the facts come from.</summary>
    public List<string> Sources { get; set; } = [];

    /// <summary>What a technician has to know before soldering.</summary>
    public List<string> Notes { get; set; } = [];

    /// <summary>The mirror port's PHY.</summary>
    public PhyProfile Phy { get; set; } = new();

    /// <summary>Its 50 MHz clock.</summary>
    public ClockProfile Clock { get; set; } = new();

    /// <summary>The board's headers, pin by pin.</summary>
    public List<HeaderProfile> Headers { get; set; } = [];

    /// <summary>What is connected, in the order of the picture.</summary>
    public List<DeviceProfile> Devices { get; set; } = [];

    /// <summary>What to buy.</summary>
    public List<PartProfile> Parts { get; set; } = [];

    /// <summary>Settings of the image.</summary>
    public List<SettingProfile> Settings { get; set; } = [];
}

/// <summary>The mirror port's PHY.</summary>
public sealed class PhyProfile
{
    /// <summary>Its chip.</summary>
    public string Chip { get; set; } = "";

    /// <summary>Its address on the management interface, 0 to 31.</summary>
    public int Address { get; set; }

    /// <summary>GPIO that switches it, or its oscillator, on; -1: none.</summary>
    public int Enable { get; set; } = -1;

    /// <summary>What that pin does.</summary>
    public string EnableText { get; set; } = "";

    /// <summary>GPIO of the management clock.</summary>
    public int Mdc { get; set; } = 23;

    /// <summary>GPIO of the management data.</summary>
    public int Mdio { get; set; } = 18;
}

/// <summary>The 50 MHz clock of the RMII bus.</summary>
public sealed class ClockProfile
{
    /// <summary>"in": the board has an oscillator. "out": the ESP32 makes it.</summary>
    public string Direction { get; set; } = "";

    /// <summary>The GPIO that it goes through: 0 in; 0, 16 or 17 out.</summary>
    public int Gpio { get; set; }

    /// <summary>Where it comes from.</summary>
    public string Source { get; set; } = "";

    /// <summary>What that means beside Wi-Fi.</summary>
    public string Wifi { get; set; } = "";
}

/// <summary>A header of the board; the first stands left and the second right, seen from above with the antenna at the
/// top.</summary>
public sealed class HeaderProfile
{
    /// <summary>Its name on the board.</summary>
    public string Name { get; set; } = "";

    /// <summary>What its pins carry, from pin 1 on: "GPIO5", "3V3", "GND", ...</summary>
    public List<string> Pins { get; set; } = [];

    /// <summary>What the board has printed beside each.</summary>
    public List<string> Labels { get; set; } = [];

    /// <summary>Which end pin 1 is at: "antenna" or "rj45".</summary>
    public string PinOne { get; set; } = "";

    /// <summary>It is a socket for one plug, such as USB, and no row of pins.</summary>
    public bool Socket { get; set; }
}

/// <summary>Something that is connected to the board.</summary>
public sealed class DeviceProfile
{
    /// <summary>What it is.</summary>
    public string Name { get; set; } = "";

    /// <summary>What it is for.</summary>
    public string Purpose { get; set; } = "";

    /// <summary>"uplink", "light" or "power".</summary>
    public string Kind { get; set; } = "";

    /// <summary>Its wires, from the top.</summary>
    public List<WireProfile> Wires { get; set; } = [];
}

/// <summary>A wire from the board to a device.</summary>
public sealed class WireProfile
{
    /// <summary>The device's pin.</summary>
    public string Signal { get; set; } = "";

    /// <summary>The board's header.</summary>
    public string Header { get; set; } = "";

    /// <summary>The header's pin, from 1.</summary>
    public int Pin { get; set; }

    /// <summary>Seen from the ESP32: "out", "in" or "power".</summary>
    public string Direction { get; set; } = "";

    /// <summary>A part in the wire, such as "330 Ω".</summary>
    public string Through { get; set; } = "";

    /// <summary>Why a pin that decides about the start may be used all the same.</summary>
    public string Strap { get; set; } = "";
}

/// <summary>A part to buy.</summary>
public sealed class PartProfile
{
    /// <summary>How many.</summary>
    public int Count { get; set; } = 1;

    /// <summary>What.</summary>
    public string Name { get; set; } = "";

    /// <summary>What for, or what to look for.</summary>
    public string Text { get; set; } = "";

    /// <summary>Its price in euro, from and to, for all of them; an order of magnitude. Empty: not worth naming.</summary>
    public List<int> Euro { get; set; } = [];
}

/// <summary>A setting of the image.</summary>
public sealed class SettingProfile
{
    /// <summary>File in nf-interpreter.</summary>
    public string File { get; set; } = "";

    /// <summary>The line.</summary>
    public string Line { get; set; } = "";

    /// <summary>Why.</summary>
    public string Why { get; set; } = "";
}
