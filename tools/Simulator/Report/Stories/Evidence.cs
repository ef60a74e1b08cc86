using System.Collections.Generic;

namespace Appliance.Simulator.Report.Stories;

/// <summary>The frames of the captures that an incident was made of.</summary>
/// <param name="Frames">Where they stand, such as <c>detect09.pcap frames 1-40</c>.</param>
/// <param name="Targets">The targets in the order in which they were first asked.</param>
/// <param name="Answered">Those of them that answered.</param>
/// <param name="Dark">Those of them that sent no frame in any capture.</param>
internal sealed record Evidence(
    IReadOnlyList<string> Frames, IReadOnlyList<string> Targets, IReadOnlySet<string> Answered, IReadOnlySet<string> Dark);
