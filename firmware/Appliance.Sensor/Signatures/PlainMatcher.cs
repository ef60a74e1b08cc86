namespace Appliance.Sensor.Signatures;

/// <summary>
/// Matches a plain IPv4 frame by numbers that the batch loop has at hand, without decoding it. Most rules of a tap say no more
/// than protocol, one port, flags, and home or not home at either end; what says more is left to <see cref="SignatureMatcher"/>,
/// which decides alike for these.
/// </summary>
public sealed class PlainMatcher
{
    /// <summary>No signature is satisfied.</summary>
    public const int None = -1;

    /// <summary>The frame must be decoded and matched in full.</summary>
    public const int NeedsDecoding = -2;

    // An end of a rule: any address, home, not home. Anything else is left to the full matcher.
    private const int AnyEnd = 0;
    private const int HomeEnd = 1;
    private const int OutsideEnd = 2;
    private const int OtherEnd = 3;

    private readonly SignatureTable _table;
    private readonly SignatureIndex _index;

    // A signature: source end, destination end << 2, flags mode << 4; 255 where it must be matched in full.
    private readonly byte[] _ends;
    private readonly byte[] _flags;
    private readonly byte[] _ignored;
    private readonly byte[] _worth;

    // What was asked last, and what was said to it.
    private int _asked = -1;
    private int _answer;

    /// <summary>Makes a matcher of a loaded table.</summary>
    /// <param name="table">The table.</param>
    public PlainMatcher(SignatureTable table)
    {
        _table = table;
        _index = table.Index;
        _ends = new byte[table.Count];
        _flags = new byte[table.Count];
        _ignored = new byte[table.Count];
        _worth = new byte[table.Count];
        for (int s = 0; s < table.Count; s++)
        {
            Prepare(s);
        }
    }

    /// <summary>
    /// Which of two signatures says more of a frame: a restricted service, then what is suspect, then the more lethal.
    /// </summary>
    /// <param name="signature">The signature.</param>
    public int WorthOf(int signature)
    {
        return _worth[signature];
    }

    /// <summary>Matches by a port's entries in the index.</summary>
    /// <param name="entry">The first entry of the port's bucket that has its key.</param>
    /// <param name="flags">TCP flags; 0 for UDP.</param>
    /// <param name="fromHome">The source is at home.</param>
    /// <param name="toHome">The destination is at home.</param>
    /// <returns>The signature that says most of the frame, <see cref="None"/> or <see cref="NeedsDecoding"/>.</returns>
    public int Match(int entry, int flags, bool fromHome, bool toHome)
    {
        // A sweep asks the same again and again.
        int asked = (entry << 10) | (flags << 2) | (fromHome ? 2 : 0) | (toHome ? 1 : 0);
        if (asked == _asked)
        {
            return _answer;
        }

        int i = entry;
        int s;
        int[] keys = _index.Keys;
        int key = keys[entry];
        short[] entries = _index.Entries;
        byte[] ends = _ends;
        // An end that asks for home, and one that asks for anything else, in the bits of a signature's ends.
        int refused = (fromHome ? OutsideEnd : HomeEnd) | (toHome ? OutsideEnd << 2 : HomeEnd << 2);
        int best = None;
        int bestWorth = -1;
        int count = 0;
        int end = _index.Starts[((key + (key >> 10)) & (SignatureIndex.Buckets - 1)) + 1];
        for (; i < end; i++)
        {
            if (keys[i] != key)
            {
                continue;
            }

            s = entries[i];
            if (s >= SignatureIndex.BySource || ends[s] == 255)
            {
                _asked = -1;
                return NeedsDecoding;
            }

            int rule = ends[s];
            if ((rule & refused) == 0 && (rule < 16 || _index.Wants((rule >> 4) - 1, _flags[s], flags & ~_ignored[s])))
            {
                count++;
                if (_worth[s] > bestWorth)
                {
                    best = s;
                    bestWorth = _worth[s];
                }
            }
        }

        Count = count;
        _asked = asked;
        _answer = best;
        return best;
    }

    /// <summary>How many signatures the last frame satisfied.</summary>
    public int Count;

    private void Prepare(int s)
    {
        byte[] bytes = _table.Bytes;
        int at = _table.SignaturesAt + (s * TableFormat.SignatureRecord);
        int traits = _table.Traits(s);
        _worth[s] = (byte)(_table.Lethality(s) + ((traits & Traits.RestrictedService) != 0 ? 32 : 0)
            + ((traits & Traits.Suspect) != 0 ? 16 : 0));
        int conditions = _table.U16(at + TableFormat.SignatureConditions);
        int mode = 0;
        if (bytes[conditions] == Condition.Flags)
        {
            mode = bytes[conditions + 1] + 1;
            _flags[s] = bytes[conditions + 2];
            _ignored[s] = bytes[conditions + 3];
            conditions += 4;
        }

        int source = _table.EndOf(_table.U16(at + TableFormat.SignatureSource));
        int destination = _table.EndOf(_table.U16(at + TableFormat.SignatureDestination));
        bool isPlain = bytes[conditions] == Condition.End && source != OtherEnd && destination != OtherEnd && mode < 15
            && _table.U16(at + TableFormat.SignatureSourcePorts) == 0 && (traits & Traits.BothWays) == 0;
        _ends[s] = isPlain ? (byte)(source | (destination << 2) | (mode << 4)) : (byte)255;
    }
}
