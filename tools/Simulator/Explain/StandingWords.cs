using System;
using System.Collections.Generic;
using System.Globalization;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;

namespace Appliance.Simulator.Explain;

/// <summary>How far a suspicion is from an incident, in words.</summary>
internal static class StandingWords
{
    /// <summary>Where the walk over outcomes has its top.</summary>
    public static int TopOf(Suspected what) => what.IsOutward ? OutcomeWalk.OutwardTop : OutcomeWalk.Top;

    /// <summary>How it stands.</summary>
    public static string Of(Suspected what, Standing now) => what.Kind switch
    {
        SuspectedKind.Sweep or SuspectedKind.PortScan or SuspectedKind.Network =>
            $"{Targets(now, what.Kind)}, walk {Text(now.Walk)} of {TopOf(what)}"
            + (now.Suspects > 0 ? $", suspect {now.Suspects} of {Limits.SuspectTargets}" : ""),
        SuspectedKind.SuspectService => "one conversation",
        SuspectedKind.Restricted => "one attempt",
        SuspectedKind.InverseMap => $"{now.Targets} of {Limits.InverseHosts} hosts",
        _ => Targets(now, what.Kind),
    };

    /// <summary>What changed; empty for nothing that counts.</summary>
    public static string Change(Suspected what, Standing before, Standing now)
    {
        if (now.First - before.Last > 0)
        {
            // Under the same key there is another one.
            return $"begun anew, since after {Duration(now.First - before.Last)} of silence the story was over ({Of(what, now)})";
        }

        var parts = new List<string>();
        string unit = what.Kind == SuspectedKind.PortScan ? "ports" : "hosts";
        if (now.Targets > before.Targets)
        {
            parts.Add($"{before.Targets} -> {now.Targets} {unit}");
        }
        else if (now.Targets < before.Targets)
        {
            parts.Add($"{before.Targets - now.Targets} {unit} taken out, which were dark when asked and live now");
        }

        if (now.Walk != before.Walk)
        {
            parts.Add($"walk {Text(before.Walk)} -> {Text(now.Walk)} of {TopOf(what)}"
                + (now.Walk < before.Walk - 1 && now.Targets == before.Targets ? " (a late answer)" : ""));
        }
        else if (now.Targets > before.Targets && what.Kind is SuspectedKind.Sweep or SuspectedKind.PortScan)
        {
            parts.Add($"the walk stays at {Text(now.Walk)} of {TopOf(what)}");
        }

        if (now.Suspects != before.Suspects)
        {
            parts.Add($"suspect {before.Suspects} -> {now.Suspects} of {Limits.SuspectTargets}");
        }

        return string.Join(", ", parts);
    }

    /// <summary>How many targets it has.</summary>
    public static string Targets(Standing standing, SuspectedKind kind = SuspectedKind.Sweep)
    {
        string unit = kind == SuspectedKind.PortScan ? "port" : "host";
        return $"{standing.Targets} {unit}{(standing.Targets == 1 ? "" : "s")}";
    }

    /// <summary>A span of time.</summary>
    /// <param name="centiseconds">How long.</param>
    public static string Duration(int centiseconds)
    {
        TimeSpan span = TimeSpan.FromMilliseconds(centiseconds * 10.0);
        return span switch
        {
            { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0.#} days"),
            { TotalHours: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} hours"),
            { TotalMinutes: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0.#} minutes"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.##} s"),
        };
    }

    private static string Text(int walk) => walk.ToString(CultureInfo.InvariantCulture);
}
