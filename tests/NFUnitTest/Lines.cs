using Appliance.Sensor;

namespace NFUnitTest;

/// <summary>Keeps the lines that the sensor writes.</summary>
public sealed class Lines : IAlertSink
{
    private readonly string[] _lines = new string[32];

    /// <summary>How many there are; no more than 32 are kept.</summary>
    public int Count;

    /// <summary>The longest, in octets.</summary>
    public int Longest;

    /// <summary>All octets were printable ASCII.</summary>
    public bool IsPrintable = true;

    /// <inheritdoc/>
    public void Alert(byte[] line, int length, int severity)
    {
        var characters = new char[length];
        for (int i = 0; i < length; i++)
        {
            characters[i] = (char)line[i];
            IsPrintable &= line[i] >= 32 && line[i] < 127;
        }

        Longest = length > Longest ? length : Longest;
        if (Count < _lines.Length)
        {
            _lines[Count++] = new string(characters);
        }
    }

    /// <summary>How many lines have a text in them.</summary>
    public int With(string text)
    {
        int count = 0;
        for (int i = 0; i < Count; i++)
        {
            count += _lines[i].IndexOf(text) >= 0 ? 1 : 0;
        }

        return count;
    }

    /// <summary>A line.</summary>
    public string At(int index)
    {
        return _lines[index];
    }
}
