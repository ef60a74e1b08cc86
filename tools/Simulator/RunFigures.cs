using Appliance.Simulator.Box;
using Appliance.Simulator.Faults;

namespace Appliance.Simulator;

/// <summary>What a run has counted.</summary>
/// <param name="Frames">Frames seen on the wire.</param>
/// <param name="Octets">Octets of those frames.</param>
/// <param name="Kept">Frames that the interest mask let through, lost ones included.</param>
/// <param name="Lost">Frames that were let through and found no slot, or were lost on purpose.</param>
/// <param name="Missed">Frames that a stalled receiver did not deliver.</param>
/// <param name="Copies">Frames that are copies of one that was kept, and were dropped.</param>
/// <param name="OtherLinkTypes">Packets left out because their interface is not Ethernet.</param>
/// <param name="Ring">Slots in the ring.</param>
/// <param name="Box">The box.</param>
internal sealed record RunFigures(long Frames, long Octets, long Kept, long Lost, long Missed, long Copies, long OtherLinkTypes,
    int Ring, SimulatedBox Box)
{
    /// <summary>Segments of the sampled TCP connections, seen or not.</summary>
    public long Sampled { get; init; }

    /// <summary>Of these, segments that were acknowledged and never seen: lost before the box.</summary>
    public long Unseen { get; init; }

    /// <summary>There were frames, and none of the site's home network.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>What the switch made of its mirror; null where nobody asked.</summary>
    public MirrorSpan? Span { get; init; }
}
