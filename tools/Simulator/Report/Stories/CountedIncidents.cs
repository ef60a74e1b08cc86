using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace Appliance.Simulator.Report.Stories;

/// <summary>
/// Which incidents of one start of a box are told by number only, so that a later line of one counts it no second time.
/// </summary>
internal sealed class CountedIncidents
{
    private readonly Dictionary<long, TallyKey> _keys = [];

    /// <summary>Notes an incident.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="key">Under which it was counted.</param>
    public void Add(long id, TallyKey key) => _keys[id] = key;

    /// <summary>Whether an incident was counted, and under which key.</summary>
    public bool TryGet(long id, [NotNullWhen(true)] out TallyKey? key) => _keys.TryGetValue(id, out key);

    /// <summary>Forgets an incident that is told whole again.</summary>
    public void Remove(long id) => _keys.Remove(id);
}
