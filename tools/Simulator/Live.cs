using System;
using System.Diagnostics;
using Appliance.Firmware;
using Appliance.SignatureTool;
using Appliance.Simulator.Box;
using Appliance.Simulator.Faults;
using Appliance.Simulator.Outputs;
using Appliance.Simulator.Report;

namespace Appliance.Simulator;

/// <summary>The command <c>live</c>: a simulated box on a real network interface, until it is interrupted.</summary>
internal static class Live
{
    /// <summary>Watches; without an interface, lists those that can be watched.</summary>
    /// <returns>A constant of <see cref="ExitCode"/>; an interface that went away while it was watched can't be used.</returns>
    /// <exception cref="ReplayException">The interface can't be watched or an output not be written.</exception>
    public static int Run(ReplayOptions options)
    {
        if (options.Interface is null)
        {
            Console.Out.WriteLine(string.Join(Environment.NewLine, LivePort.Names()));
            return ExitCode.Done;
        }

        Collector.CheckHost(options.Collector);
        Tables tables = Tables.Load(options);
        Replay.SayNotes(tables);
        using LivePort port = LivePort.Open(options);
        using var outputs = new RunOutputs(options, tables);
        var clock = new CaptureClock(port.Now, () => port.WallClock, options.Faults.Clock);
        using var box = new SimulatedBox(tables, options, outputs.Alerts, outputs.Matches, port, clock, port.Numbers);
        var home = new HomeWatch(() => box.Running);
        port.Home = home;
        Collector? collector = options.Collector is null ? null : new Collector(options.Collector, box);
        using var interruption = new Interruption(() => { });
        long started = Stopwatch.GetTimestamp();
        TimeSpan limit = options.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
        box.Start();
        Replay.SayWhoseHome(options, tables, box, null);
        Console.Error.WriteLine($"tapsim: watching {options.Interface}");
        while (!interruption.HasCome && !port.IsGone && !outputs.Alerts.IsAbandoned && Stopwatch.GetElapsedTime(started) < limit)
        {
            box.Turn();
            outputs.Alerts.Flush();
        }

        TimeSpan took = Stopwatch.GetElapsedTime(started);
        box.Finish();
        var figures = new RunFigures(port.Frames, port.Octets, port.Kept, port.Lost, port.Counter(PortCounter.Missed),
            port.Counter(PortCounter.Copies), 0, options.Ring, box)
        {
            Sampled = port.Counter(PortCounter.Sampled),
            Unseen = port.Counter(PortCounter.Unseen),
            IsElsewhere = home.IsElsewhere,
        };
        outputs.Finish(new ReportSources("interface", [options.Interface!]), figures, collector, took);
        FaultNotes.Say(options.Faults, box, port.Now(), collector is not null);
        Replay.SayElsewhere(home, options, box);
        if (port.IsGone)
        {
            Console.Error.WriteLine($"tapsim: {options.Interface}: the interface is gone");
        }

        bool isDelivered = collector is null || Replay.Delivered(collector);
        return isDelivered && !port.IsGone && !outputs.HasFailed ? ExitCode.Done : ExitCode.UnusableInput;
    }
}
