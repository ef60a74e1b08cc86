using System;
using System.Globalization;
using System.Linq;
using Appliance.Firmware.Messages;
using Appliance.Simulator.Box;

namespace Appliance.Simulator.Faults;

/// <summary>What is to be said of the faults at the end: those that never came to pass, and what they kept from a
/// collector.</summary>
internal static class FaultNotes
{
    /// <summary>Says it on standard error.</summary>
    /// <param name="faults">What was asked for.</param>
    /// <param name="box">The box.</param>
    /// <param name="now">Microseconds that the box ran.</param>
    /// <param name="isReal">A collector was named, whose own account is said elsewhere.</param>
    public static void Say(FaultOptions faults, SimulatedBox box, long now, bool isReal)
    {
        foreach (NamedFault fault in faults.All.Where(fault => !fault.HasStruck))
        {
            string run = string.Create(CultureInfo.InvariantCulture, $"{now / 1e6:0.#} s");
            string why = fault.Text.StartsWith("--fault-storage", StringComparison.Ordinal)
                ? $"changes of files that the box began: {faults.Storage.Changes}"
                : now < fault.From
                ? $"the box ran for {run}"
                : $"nothing met it in {run}";
            Console.Error.WriteLine($"tapsim: {fault.Text} never came to pass: {why}");
        }

        AlertQueue queue = box.Program.Sender.Queue;
        int undelivered = queue.Count + queue.Dropped;
        if (!isReal && faults.Collector.IsAny && undelivered > 0)
        {
            Console.Error.WriteLine($"tapsim: {undelivered} of {box.Outputs.Count} messages were not delivered, as the faults ask: "
                + $"{queue.Count} still wait, {queue.Dropped} were dropped");
        }
    }
}
