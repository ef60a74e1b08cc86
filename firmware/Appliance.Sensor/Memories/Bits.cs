namespace Appliance.Sensor.Memories;

/// <summary>Sets of up to 32 in one word.</summary>
public static class Bits
{
    /// <summary>How many are set.</summary>
    /// <param name="word">The word.</param>
    public static int CountOf(int word)
    {
        int count = 0;
        while (word != 0)
        {
            word &= word - 1;
            count++;
        }

        return count;
    }
}
