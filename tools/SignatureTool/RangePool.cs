using System.Collections.Generic;
using System.Linq;

namespace Appliance.SignatureTool;

/// <summary>The address ranges of one IP version in a table. Lists may share them: $HOME_NET as a group, or all of IPv6 in every
/// complement.</summary>
internal sealed class RangePool
{
    private readonly List<AddressRange> _ranges = [];

    // Where each range stands, so that thousands of lists are not looked for octet by octet.
    private readonly Dictionary<AddressRange, List<int>> _places = [];

    /// <summary>Makes a pool.</summary>
    /// <param name="first">Its first range.</param>
    public RangePool(AddressRange first)
    {
        Add([first]);
    }

    /// <summary>The ranges in the table's order.</summary>
    public IReadOnlyList<AddressRange> Ranges => _ranges;

    /// <summary>Where some ranges stand one behind the other; they are added where they stand nowhere yet.</summary>
    /// <param name="some">Ascending ranges.</param>
    public int Place(IReadOnlyList<AddressRange> some)
    {
        if (some.Count == 0)
        {
            return 0;
        }

        foreach (int place in _places.GetValueOrDefault(some[0], []))
        {
            if (place + some.Count <= _ranges.Count && some.Select((range, i) => _ranges[place + i] == range).All(same => same))
            {
                return place;
            }
        }

        return Add(some);
    }

    private int Add(IReadOnlyList<AddressRange> some)
    {
        int place = _ranges.Count;
        foreach (AddressRange range in some)
        {
            if (!_places.TryGetValue(range, out List<int>? places))
            {
                _places[range] = places = [];
            }

            places.Add(_ranges.Count);
            _ranges.Add(range);
        }

        return place;
    }
}
