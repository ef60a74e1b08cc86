namespace Appliance.Firmware.Health;

/// <summary>How often a link fell within the last hour, to five minutes.</summary>
public sealed class FlapCount
{
    private const int Parts = 12;
    private const long Part = 300000000;

    private readonly int[] _falls = new int[Parts];
    private long _part;

    /// <summary>The link fell.</summary>
    /// <param name="now">Microseconds.</param>
    public void Note(long now)
    {
        Forget(now);
        _falls[(int)(_part % Parts)]++;
    }

    /// <summary>Falls within the last hour.</summary>
    /// <param name="now">Microseconds.</param>
    public int Count(long now)
    {
        Forget(now);
        int count = 0;
        for (int i = 0; i < Parts; i++)
        {
            count += _falls[i];
        }

        return count;
    }

    private void Forget(long now)
    {
        long part = now / Part;
        long first = part - _part > Parts ? part - Parts : _part;
        for (long forgotten = first + 1; forgotten <= part; forgotten++)
        {
            _falls[(int)(forgotten % Parts)] = 0;
        }

        _part = part;
    }
}
