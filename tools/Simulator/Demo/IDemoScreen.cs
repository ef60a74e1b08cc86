using System;
using System.Collections.Generic;
using Appliance.Playback.Alerts;
using Appliance.Simulator.Alerts;

namespace Appliance.Simulator.Demo;

/// <summary>Where the demo shows what its collector receives.</summary>
internal interface IDemoScreen
{
    /// <summary>Says what is going to happen.</summary>
    void Begin(int captures, Tables tables, Uri collector);

    /// <summary>A capture went through the sensor.</summary>
    void Replayed(string capture, long frames);

    /// <summary>A line arrived.</summary>
    void Alert(Incident incident, bool isNew);

    /// <summary>All captures are through: how the incidents ended.</summary>
    void End(IReadOnlyList<Incident> incidents, Func<Incident, Prose> proseOf, Replayer replayer, long received);
}
