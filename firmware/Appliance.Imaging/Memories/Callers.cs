namespace Appliance.Imaging.Memories;

/// <summary>
/// From which address each name called first: a DICOM title whose association was accepted, or the sender of HL7 messages.
/// Learned again after a restart. By IPv4 and by IPv6 a name has an address each: a host that has both has not moved.
/// </summary>
public sealed class Callers
{
    /// <summary>Nothing was known of the name.</summary>
    public const int IsNew = 0;

    /// <summary>It called from there before, or is known to be used by several.</summary>
    public const int IsKnown = 1;

    /// <summary>It called from another address, and this was not said yet.</summary>
    public const int HasMoved = 2;

    /// <summary>Names that are remembered; the one that was not heard for longest gives way.</summary>
    public const int Most = 96;

    // An address, or this: several use the name.
    private const int Several = 0;

    // Of each its hash, 0 for none, its address or Several, and when it was heard.
    private const int Columns = 3;
    private readonly int[] _cells = new int[Most * Columns];

    /// <summary>Where the name that was looked for last called from before, where it <see cref="HasMoved"/>.</summary>
    public int Before;

    /// <summary>Hears a name.</summary>
    /// <param name="name">Its hash.</param>
    /// <param name="version">4 or 6.</param>
    /// <param name="address">Where it calls from; an IPv4 address or a fold.</param>
    /// <param name="now">Centiseconds.</param>
    /// <returns>A constant of this class.</returns>
    public int Hear(int name, int version, int address, int now)
    {
        name = version == 6 ? ~name : name;
        name = name == 0 ? 1 : name;
        int[] cells = _cells;
        int oldest = 0;
        for (int at = 0; at < cells.Length; at += Columns)
        {
            if (cells[at] == name)
            {
                cells[at + 2] = now;
                if (cells[at + 1] == address || cells[at + 1] == Several)
                {
                    return IsKnown;
                }

                Before = cells[at + 1];
                cells[at + 1] = Several;
                return HasMoved;
            }

            // A free place, else the one that was not heard for longest.
            if (cells[oldest] != 0 && (cells[at] == 0 || cells[at + 2] - cells[oldest + 2] < 0))
            {
                oldest = at;
            }
        }

        cells[oldest] = name;
        cells[oldest + 1] = address;
        cells[oldest + 2] = now;
        return IsNew;
    }
}
