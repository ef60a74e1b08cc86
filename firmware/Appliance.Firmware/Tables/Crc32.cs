namespace Appliance.Firmware.Tables;

/// <summary>CRC-32 (IEEE 802.3, as in zip) of short records.</summary>
public static class Crc32
{
    /// <summary>The checksum of octets.</summary>
    /// <param name="octets">Where they are.</param>
    /// <param name="length">How many, from the first.</param>
    public static int Of(byte[] octets, int length)
    {
        int crc = -1;
        for (int i = 0; i < length; i++)
        {
            crc ^= octets[i];
            for (int bit = 0; bit < 8; bit++)
            {
                crc = ((crc >> 1) & 0x7fffffff) ^ ((crc & 1) != 0 ? unchecked((int)0xedb88320) : 0);
            }
        }

        return ~crc;
    }
}
