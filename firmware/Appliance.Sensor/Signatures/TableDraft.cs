namespace Appliance.Sensor.Signatures;

/// <summary>
/// What is known of a table file while it is being checked: where its sections lie, and where in them a thing begins.
/// </summary>
public sealed class TableDraft
{
    /// <summary>Bit of <see cref="Programs"/>: a program of conditions begins there.</summary>
    public const int Program = 1;

    /// <summary>Bit of <see cref="Programs"/>: its first condition asks for TCP flags.</summary>
    public const int AsksFlags = 2;

    /// <summary>Bit of <see cref="Programs"/>: its first condition is about a frame that is not IP.</summary>
    public const int AsksLink = 4;

    /// <summary>Bit of <see cref="Programs"/>: its last condition is a rate.</summary>
    public const int AsksRate = 8;

    /// <summary>A bit for each octet of the file: a text or a list of ports begins there.</summary>
    public readonly byte[] Starts;

    /// <summary>An octet of the conditions' section: the kind of the program that begins there, 0 for none.</summary>
    public byte[] Programs = new byte[0];

    // Offset, length and items of each section.
    private readonly int[] _sections = new int[(TableFormat.LastSection + 1) * 3];

    /// <summary>Makes a draft.</summary>
    /// <param name="length">Octets of the file.</param>
    public TableDraft(int length)
    {
        Starts = new byte[(length >> 3) + 1];
    }

    /// <summary>Whether a text or a list of ports of a section begins.</summary>
    /// <param name="section">The section's number.</param>
    /// <param name="at">Where.</param>
    public bool Begins(int section, int at)
    {
        int[] sections = _sections;
        int offset = at - sections[section * 3];
        return offset >= 0 && offset < sections[(section * 3) + 1] && (Starts[at >> 3] & (1 << (at & 7))) != 0;
    }

    /// <summary>Offset of a section; 0 when it is not there.</summary>
    /// <param name="section">Its number.</param>
    public int At(int section)
    {
        return _sections[section * 3];
    }

    /// <summary>Octets of a section.</summary>
    /// <param name="section">Its number.</param>
    public int LengthOf(int section)
    {
        return _sections[section * 3 + 1];
    }

    /// <summary>Items that a section states.</summary>
    /// <param name="section">Its number.</param>
    public int ItemsOf(int section)
    {
        return _sections[section * 3 + 2];
    }

    /// <summary>Takes an entry of the directory.</summary>
    /// <param name="section">The section's number.</param>
    /// <param name="at">Its offset.</param>
    /// <param name="length">Octets.</param>
    /// <param name="items">Items.</param>
    public void Put(int section, int at, int length, int items)
    {
        _sections[section * 3] = at;
        _sections[section * 3 + 1] = length;
        _sections[section * 3 + 2] = items;
    }

    /// <summary>Two sections share an octet, which would mean two things.</summary>
    public bool Overlap()
    {
        int[] sections = _sections;
        for (int i = 3; i < sections.Length; i += 3)
        {
            int at = sections[i];
            int end = at + sections[i + 1];
            for (int k = i + 3; k < sections.Length; k += 3)
            {
                if (sections[k] < end && sections[k] + sections[k + 1] > at && at < end && sections[k + 1] > 0)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
