using System;
using System.Collections.Generic;
using System.Globalization;

namespace Appliance.Simulator.Faults;

/// <summary>What shall fail in a simulated box, as the options of the command line say.</summary>
internal sealed class FaultOptions
{
    /// <summary>The storage.</summary>
    public StorageFaults Storage { get; } = new();

    /// <summary>The mirror port.</summary>
    public PortFaults Port { get; } = new();

    /// <summary>The time server.</summary>
    public ClockFaults Clock { get; } = new();

    /// <summary>The collector.</summary>
    public CollectorFaults Collector { get; } = new();

    /// <summary>Those that were asked for.</summary>
    public List<NamedFault> All { get; } = [];

    /// <summary>Adds a fault.</summary>
    /// <param name="option">The option's name without <c>--fault-</c>.</param>
    /// <param name="text">Its value.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public string? Add(string option, string text)
    {
        int at = text.IndexOf('@');
        string kind = at < 0 ? text : text[..at];
        Moment when = new(0, long.MaxValue);
        if (at >= 0 && Timeless(option, kind) is { } timeless)
        {
            return $"'{text}': {timeless} takes no time; write {kind}";
        }

        if (at >= 0 && !Moment.TryParse(text[(at + 1)..], out when))
        {
            return $"'{text[(at + 1)..]}' is no time: FROM or FROM-TO in seconds from the first frame was expected";
        }

        var fault = new NamedFault($"--fault-{option} {text}", when);
        All.Add(fault);
        switch (option)
        {
            case "collector" when kind is "down" or "slow" or "reset":
                Collector.Add(kind, fault);
                return null;
            case "uplink" when kind is "down" or "flap":
                Collector.Link.Add(kind == "flap", fault);
                return null;
            case "uplink" when kind == "no-address":
                Collector.Address.Add(false, fault);
                return null;
            case "link" when kind is "down" or "flap":
                Port.Link.Add(kind == "flap", fault);
                return null;
            case "ring" when kind == "stall":
                Port.Stall(fault);
                return null;
            case "clock" when kind == "silent":
                Clock.Silence(fault);
                return null;
            case "clock" when kind == "unset":
                Clock.Unset(fault);
                return null;
            case "clock" when kind.StartsWith("step:", StringComparison.Ordinal) && TrySeconds(kind[5..], out long step):
                Clock.Step(step, fault);
                return null;
            case "storage" when kind == "full":
                Storage.Fill(fault);
                return null;
            case "storage" when (kind.StartsWith("cut:", StringComparison.Ordinal) || kind.StartsWith("torn:", StringComparison.Ordinal))
                && int.TryParse(kind[(kind.IndexOf(':') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture,
                    out int change) && change > 0:
                Storage.CutAt(change, kind[0] == 't', fault);
                return null;
            default:
                return $"'{text}' is none of {Expected(option)}";
        }
    }

    /// <summary>What an option takes.</summary>
    public static string Expected(string option) => option switch
    {
        "collector" => "down, slow, reset, each with @FROM or @FROM-TO behind it if wanted",
        "uplink" => "down, flap, no-address, each with @FROM or @FROM-TO behind it if wanted",
        "link" => "down, flap, each with @FROM or @FROM-TO behind it if wanted",
        "ring" => "stall, stall@FROM",
        "clock" => "step:±SECONDS@FROM, silent@FROM-TO, unset",
        _ => "cut:N, torn:N, full",
    };

    // What happens at the start or at a change of a file has no moment of the capture.
    private static string? Timeless(string option, string kind) => option switch
    {
        "clock" when kind == "unset" => kind,
        "storage" when kind.Split(':')[0] is "full" or "cut" or "torn" => kind.Split(':')[0],
        _ => null,
    };

    private static bool TrySeconds(string text, out long microseconds)
    {
        // More than a hundred years is another clock's trouble.
        bool isNumber = double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out double seconds)
            && Math.Abs(seconds) < 4e9;
        microseconds = isNumber ? (long)(seconds * 1e6) : 0;
        return isNumber;
    }
}
