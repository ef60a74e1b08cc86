using System;
using System.Collections.Generic;
using Appliance.Firmware.Light;

namespace Appliance.Simulator.Light;

/// <summary>What the light of a box shows, from when to when.</summary>
/// <param name="told">Is told of each change; null for nobody.</param>
internal sealed class LightTimeline(Action<LightChange>? told)
{
    /// <summary>Changes kept; a light that changes more often is told of and not kept.</summary>
    private const int Most = 1000;

    private readonly List<LightChange> _changes = [];
    private int _shown = -1;

    /// <summary>The changes, the first when the box started.</summary>
    public IReadOnlyList<LightChange> Changes => _changes;

    /// <summary>When the box was looked at last, since the first frame.</summary>
    public TimeSpan End { get; private set; }

    /// <summary>Looks at the light, after each turn of the program.</summary>
    /// <param name="light">The light.</param>
    /// <param name="stamp">Microseconds since the first frame.</param>
    public void Look(StatusLight light, long stamp)
    {
        End = TimeSpan.FromMicroseconds(stamp);
        if (light.Shown == _shown)
        {
            return;
        }

        _shown = light.Shown;
        var change = new LightChange(_shown, light.ColourOf(_shown), light.RhythmOf(_shown), End);
        if (_changes.Count < Most)
        {
            _changes.Add(change);
        }

        told?.Invoke(change);
    }
}
