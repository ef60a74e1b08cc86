using Appliance.Sensor.Incidents;

namespace Appliance.Firmware.Messages;

/// <summary>
/// Many short texts in one array: on the device an array of its own costs each text 32 octets besides. Found by counting, which is quick enough
/// for what is said now and then.
/// </summary>
public sealed class Phrases
{
    /// <summary>The texts, each with an octet 0 behind it.</summary>
    public readonly byte[] Octets;

    /// <summary>Where the text begins that was found last.</summary>
    public int At;

    /// <summary>Octets of it.</summary>
    public int Length;

    /// <summary>Packs texts.</summary>
    /// <param name="texts">ASCII texts, each with <c>|</c> behind it.</param>
    public Phrases(string texts)
    {
        Octets = LineBuffer.Word(texts);
        for (int i = 0; i < Octets.Length; i++)
        {
            if (Octets[i] == '|')
            {
                Octets[i] = 0;
            }
        }
    }

    /// <summary>Finds a text.</summary>
    /// <param name="number">Its number, from 0; behind the last one the text found is empty.</param>
    public void Find(int number)
    {
        byte[] octets = Octets;
        int at = 0;
        for (; number > 0 && at < octets.Length; at++)
        {
            number -= octets[at] == 0 ? 1 : 0;
        }

        At = at;
        while (at < octets.Length && octets[at] != 0)
        {
            at++;
        }

        Length = at - At;
    }
}
