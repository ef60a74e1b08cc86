using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Firmware.Health;
using Appliance.Firmware.Messages;
using Appliance.Simulator.Box;

namespace Appliance.Simulator;

/// <summary>What was wrong with the mirror when a run ended: silence says less of the network then, or nothing.</summary>
internal static class MirrorNotes
{
    private static readonly string[] Sentences = HealthSentence.Texts.Split('|');

    private static readonly int[] Blinding =
        [MirrorFaults.NoMirror, MirrorFaults.Unreadable, MirrorFaults.Foreign, MirrorFaults.OneSided, MirrorFaults.Partial];

    /// <summary>The box's own sentence on each fault that stands.</summary>
    /// <param name="box">The box.</param>
    public static IEnumerable<string> Of(SimulatedBox box) => Standing(box, [.. Blinding, MirrorFaults.Doubled]);

    /// <summary>The gravest that keeps incidents from being seen; null for none.</summary>
    /// <param name="box">The box.</param>
    public static string? WhyBlind(SimulatedBox box) => Standing(box, Blinding).FirstOrDefault();

    private static IEnumerable<string> Standing(SimulatedBox box, IEnumerable<int> faults) =>
        faults.Where(box.Program.Sight.IsTold).Select(fault => Sentences[HealthSentence.Mirror + fault]);
}
