namespace Appliance.Sensor.Frames;

/// <summary>
/// Numbers in network byte order. Where every frame passes they are read in place, for half of what a call costs.
/// </summary>
public static class BigEndian
{
    /// <summary>Reads 16 bits.</summary>
    /// <param name="bytes">Where they stand.</param>
    /// <param name="at">Offset of the first octet.</param>
    public static int Read16(byte[] bytes, int at)
    {
        return (bytes[at] << 8) | bytes[at + 1];
    }

    /// <summary>Reads 32 bits, an IPv4 address for instance.</summary>
    /// <param name="bytes">Where they stand.</param>
    /// <param name="at">Offset of the first octet.</param>
    public static int Read32(byte[] bytes, int at)
    {
        return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }

    /// <summary>Writes 32 bits.</summary>
    /// <param name="bytes">Where to.</param>
    /// <param name="at">Offset of the first octet.</param>
    /// <param name="number">The number.</param>
    public static void Write32(byte[] bytes, int at, int number)
    {
        bytes[at] = (byte)(number >> 24);
        bytes[at + 1] = (byte)(number >> 16);
        bytes[at + 2] = (byte)(number >> 8);
        bytes[at + 3] = (byte)number;
    }
}
