namespace Appliance.Imaging.Memories;

/// <summary>Whose weak services were told, and when: each once a month.</summary>
public sealed class WeakHosts
{
    /// <summary>Services that are remembered; the one that was told first gives way.</summary>
    public const int Most = 128;

    private const int Month = 30 * 24 * 3600 * 100;

    // Of each a hash of host and weakness, 0 for none, and when it was told.
    private const int Columns = 2;
    private readonly int[] _cells = new int[Most * Columns];

    /// <summary>Whether a host's weakness was told within a month.</summary>
    /// <param name="host">Its address or fold.</param>
    /// <param name="weakness">A constant of <see cref="Stories.Reason"/>.</param>
    /// <param name="now">Centiseconds.</param>
    public bool IsTold(int host, int weakness, int now)
    {
        int at = Find(KeyOf(host, weakness));
        return at >= 0 && now - _cells[at + 1] < Month;
    }

    /// <summary>Remembers that it was told.</summary>
    /// <param name="host">Its address or fold.</param>
    /// <param name="weakness">A constant of <see cref="Stories.Reason"/>.</param>
    /// <param name="now">Centiseconds.</param>
    public void Tell(int host, int weakness, int now)
    {
        int key = KeyOf(host, weakness);
        int at = Find(key);
        if (at < 0)
        {
            at = 0;
            for (int i = 0; i < _cells.Length && _cells[at] != 0; i += Columns)
            {
                at = _cells[i] == 0 || _cells[i + 1] - _cells[at + 1] < 0 ? i : at;
            }
        }

        _cells[at] = key;
        _cells[at + 1] = now;
    }

    private int Find(int key)
    {
        for (int at = 0; at < _cells.Length; at += Columns)
        {
            if (_cells[at] == key)
            {
                return at;
            }
        }

        return -1;
    }

    private int KeyOf(int host, int weakness)
    {
        int key = (host ^ (weakness << 24)) * 0x01000193;
        key ^= (int)((uint)key >> 15);
        return key == 0 ? 1 : key;
    }
}
