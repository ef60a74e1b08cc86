namespace Appliance.Sensor.Memories;

/// <summary>Prefixes of IPv4 addresses.</summary>
public static class Prefix
{
    /// <summary>Shortens a prefix to what two IPv4 addresses share.</summary>
    /// <param name="a">An address.</param>
    /// <param name="b">Another.</param>
    /// <param name="length">The prefix so far, 0-32.</param>
    public static int Shared(int a, int b, int length)
    {
        uint differing = (uint)(a ^ b);
        while (length > 0 && differing >> (32 - length) != 0)
        {
            length--;
        }

        return length;
    }
}
