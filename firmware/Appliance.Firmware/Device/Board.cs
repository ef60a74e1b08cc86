using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Device;

/// <summary>What differs between boards: the pins of the light and how large a ring there is room for. hardware/boards has a
/// profile of each.</summary>
public sealed class Board
{
    /// <summary>The pin is not connected.</summary>
    public const int None = -1;

    /// <summary>Pin of the light's red part.</summary>
    public readonly int Red;

    /// <summary>Pin of its green part.</summary>
    public readonly int Green;

    /// <summary>Pin of its blue part.</summary>
    public readonly int Blue;

    /// <summary>
    /// Slots of the ring; 144 octets of native memory each. A burst of 300 frames at line rate has room in 304 without anybody
    /// reading.
    /// </summary>
    public readonly int Ring;

    /// <summary>Octets of the queue of messages.</summary>
    public readonly int Queue;

    /// <summary>Slots that are handed over at once.</summary>
    public readonly int Batch;

    /// <summary>TLS to the collector fits into its memory (README.md, "Memory").</summary>
    public readonly bool HasTls;

    /// <summary>Its memory has room for the imaging eyes (README.md, "Memory").</summary>
    public bool HasImaging => HasTls;

    /// <summary>Which tables are for it: a constant of <see cref="BoardClass"/>.</summary>
    public int Class => HasTls ? BoardClass.Large : BoardClass.Small;

    private Board(int red, int green, int blue, int ring, int queue, int batch, bool hasTls)
    {
        HasTls = hasTls;
        Red = red;
        Green = green;
        Blue = blue;
        Ring = ring;
        Queue = queue;
        Batch = batch;
    }

    /// <summary>The board that an image is for.</summary>
    /// <param name="target">The name of the image's target.</param>
    public static Board Of(string target)
    {
        switch (target)
        {
            case "ESP32_WT32_ETH01":
                return new Board(32, 33, 4, 304, 3008, 8, false);
            case "ESP32_OLIMEX":
                return new Board(32, 33, 4, 304, 3008, 8, false);
            case "ESP32_OLIMEX_WROVER":
                return new Board(32, 33, 4, 1024, 131072, 64, true);
            default:
                // An unknown board has no light that it would be safe to drive.
                return new Board(None, None, None, 304, 3008, 8, false);
        }
    }
}
