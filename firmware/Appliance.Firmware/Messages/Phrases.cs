using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Messages;

/// <summary>
/// Many short texts in one array: on the device an array of its own costs each text 32 octets besides. Found by counting, which
/// is quick enough for what is said now and then.
/// </summary>
public sealed class Phrases
{
    private readonly byte[] _octets;

    /// <summary>Packs texts.</summary>
    /// <param name="texts">ASCII texts, each with <c>|</c> behind it.</param>
    public Phrases(string texts)
    {
        _octets = LineBuffer.Word(texts);
    }

    /// <summary>Writes a text.</summary>
    /// <param name="line">Takes it.</param>
    /// <param name="number">Its number, from 0; behind the last one there is nothing to write.</param>
    public void Put(LineBuffer line, int number)
    {
        byte[] octets = _octets;
        int at = 0;
        for (; number > 0 && at < octets.Length; at++)
        {
            number -= octets[at] == '|' ? 1 : 0;
        }

        int end = at;
        while (end < octets.Length && octets[end] != '|')
        {
            end++;
        }

        line.PutFrom(octets, at, end - at);
    }
}
