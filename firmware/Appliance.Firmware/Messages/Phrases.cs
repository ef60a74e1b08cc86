using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Messages;

/// <summary>
/// Many short texts in one array: on the device an array of its own costs each text 32 octets besides.
/// </summary>
public sealed class Phrases
{
    private readonly byte[] _octets;

    // Where each text begins, and behind the last one where the octets end: to count one's way there took as long as thirty
    // frames.
    private readonly short[] _starts;

    /// <summary>Packs texts.</summary>
    /// <param name="texts">ASCII texts, each with <c>|</c> behind it.</param>
    public Phrases(string texts)
    {
        _octets = LineBuffer.Word(texts);
        int count = 0;
        for (int i = 0; i < _octets.Length; i++)
        {
            count += _octets[i] == '|' ? 1 : 0;
        }

        _starts = new short[count + 1];
        int text = 1;
        for (int i = 0; i < _octets.Length; i++)
        {
            if (_octets[i] == '|')
            {
                _starts[text] = (short)(i + 1);
                text++;
            }
        }
    }

    /// <summary>Writes a text.</summary>
    /// <param name="line">Takes it.</param>
    /// <param name="number">Its number, from 0; behind the last one there is nothing to write.</param>
    public void Put(LineBuffer line, int number)
    {
        if (number + 1 < _starts.Length)
        {
            line.PutFrom(_octets, _starts[number], _starts[number + 1] - 1 - _starts[number]);
        }
    }
}
