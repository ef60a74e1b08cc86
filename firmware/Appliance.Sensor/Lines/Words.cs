namespace Appliance.Sensor.Lines;

/// <summary>
/// Many words in one array, each found by its number: on the device a word in an array of its own takes 32 octets besides, for
/// the array and the field that holds it.
/// </summary>
public sealed class Words
{
    /// <summary>The words, one behind the other.</summary>
    public readonly byte[] Octets;

    /// <summary>Where each word begins, and at last where the last one ends.</summary>
    public readonly ushort[] Starts;

    /// <summary>Packs words.</summary>
    /// <param name="texts">ASCII, each word with <c>|</c> behind it.</param>
    public Words(string texts)
    {
        byte[] octets = LineBuffer.Word(texts);
        int count = 0;
        for (int i = 0; i < octets.Length; i++)
        {
            count += octets[i] == '|' ? 1 : 0;
        }

        Octets = new byte[octets.Length - count];
        Starts = new ushort[count + 1];
        int word = 0;
        int at = 0;
        for (int i = 0; i < octets.Length; i++)
        {
            if (octets[i] == '|')
            {
                word++;
                Starts[word] = (ushort)at;
            }
            else
            {
                Octets[at] = octets[i];
                at++;
            }
        }
    }
}
