using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Text;
using Appliance.Scanners.Tests.Lab;
using Appliance.Traffic;

namespace Appliance.Scanners.Tests;

/// <summary>Makes captures anew: runs the command of a manifest's entry on the VLAN and records what passes.</summary>
internal sealed class LabRun : IDisposable
{
    /// <summary>When each committed capture begins: the afternoon of the tests' ordinary traffic.</summary>
    public static readonly long Start = Capture.Utc(2026, 3, 2, "13:20:00");

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Dictionary<bool, Vlan> _vlans = [];

    /// <summary>Makes the networks.</summary>
    /// <param name="problem">Why that is not possible.</param>
    /// <returns>Null where it is not.</returns>
    public static LabRun? Make(out string problem) => Make([false, true], out problem);

    /// <summary>Makes some of the networks.</summary>
    /// <param name="kinds">Which: with IPv6, or without.</param>
    /// <param name="problem">Why that is not possible.</param>
    /// <returns>Null where it is not.</returns>
    public static LabRun? Make(bool[] kinds, out string problem)
    {
        var run = new LabRun();
        foreach (bool isIpv6 in kinds)
        {
            if (Vlan.Make(isIpv6, out problem) is not { } vlan)
            {
                run.Dispose();
                return null;
            }

            run._vlans[isIpv6] = vlan;
        }

        problem = string.Empty;
        return run;
    }

    /// <summary>Runs one.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="said">What the tool said.</param>
    /// <returns>What passed the mirror port, its stamps beginning at <see cref="Start"/>.</returns>
    public Capture Record(LabCapture entry, out string said)
    {
        Vlan vlan = _vlans[entry.Ipv6];
        vlan.Forget(entry.RouterAsks);
        using var folder = new TemporaryFolder();
        folder.Write("hosts", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(99, 23).Select(number =>
            FormattableString.Invariant($"{Vlan.Net}{number} host{number}\n")))
            // Servers ask for their own name, and would wait for a name server that there is not.
            + $"127.0.1.1 {Environment.MachineName}\n"));
        folder.Write("resolv.conf", Encoding.ASCII.GetBytes($"nameserver {Vlan.Net}53\n"));
        using Recorder recorder = Recorder.Start(vlan.Mirror);
        var servers = new List<IDisposable>();
        Capture frames;
        try
        {
            foreach (string server in entry.Servers)
            {
                int colon = server.IndexOf(": ", StringComparison.Ordinal);
                servers.Add(vlan.Serve(server[..colon], server[(colon + 2)..], folder.Path));
            }

            said = vlan.Run(entry.From, entry.Command, Limit, folder.Path);
            frames = recorder.Stop();
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
        }

        if (frames.Frames.Count == 0)
        {
            return frames;
        }

        long shift = Start - frames.Frames[0].Time;
        Capture shifted = Capture.Merge(frames).Retimed((_, time) => time + shift);
        return entry.Stretch == 0 ? shifted : Stretched(shifted, entry);
    }

    public void Dispose()
    {
        foreach (Vlan vlan in _vlans.Values)
        {
            vlan.Dispose();
        }
    }

    /// <summary>Puts the actor's frames so many seconds apart; what answers them keeps its distance.</summary>
    [SuppressMessage("Style", "IDE0072", Justification = "reads better")]
    private static Capture Stretched(Capture capture, LabCapture entry)
    {
        long gap = entry.Stretch * Capture.Second;
        long probe = -1;
        long newTime = Start;
        long oldTime = Start;
        return capture.Retimed((number, time) =>
        {
            if (Essentials.IsOf(entry, capture.Frames[number].Bytes))
            {
                probe++;
                newTime = Start + (probe * gap);
                oldTime = time;
            }

            return newTime + Math.Min(time - oldTime, gap / 2);
        });
    }
}
