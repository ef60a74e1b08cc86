using Appliance.Sensor.Incidents;

namespace Appliance.Firmware.Messages;

/// <summary>
/// Many short texts in one array: on the device an array of its own costs each text 32 octets besides.
/// </summary>
public sealed class Phrases
{
    /// <summary>The texts, each with an octet 0 behind it.</summary>
    public readonly byte[] Octets;

    /// <summary>Where the text begins that was found last.</summary>
    public int At;

    /// <summary>Octets of it.</summary>
    public int Length;

    // Where each text begins, and behind the last one where the octets end: to count one's way there took as long as thirty frames.
    private readonly short[] _starts;

    /// <summary>Packs texts.</summary>
    /// <param name="texts">ASCII texts, each with <c>|</c> behind it.</param>
    public Phrases(string texts)
    {
        Octets = LineBuffer.Word(texts);
        int count = 0;
        for (int i = 0; i < Octets.Length; i++)
        {
            count += Octets[i] == '|' ? 1 : 0;
        }

        _starts = new short[count + 1];
        int text = 1;
        for (int i = 0; i < Octets.Length; i++)
        {
            if (Octets[i] == '|')
            {
                Octets[i] = 0;
                _starts[text] = (short)(i + 1);
                text++;
            }
        }
    }

    /// <summary>Finds a text.</summary>
    /// <param name="number">Its number, from 0; behind the last one the text found is empty.</param>
    public void Find(int number)
    {
        bool isThere = number + 1 < _starts.Length;
        At = isThere ? _starts[number] : Octets.Length;
        Length = isThere ? _starts[number + 1] - 1 - At : 0;
    }
}
