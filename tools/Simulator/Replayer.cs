using System;
using Appliance.Firmware;
using Appliance.Playback.Captures;
using Appliance.Sensor;
using Appliance.SignatureTool;
using Appliance.Simulator.Box;
using Appliance.Simulator.Outputs;

namespace Appliance.Simulator;

/// <summary>Plays captures to a simulated box, one after the other.</summary>
internal sealed class Replayer : IDisposable
{
    private readonly ReplayPort _port;
    private readonly SimulatedBox _box;
    private readonly AlertOutputs _outputs;
    private bool _isStarted;

    /// <summary>Makes a box that waits for its first capture.</summary>
    /// <param name="tables">The table.</param>
    /// <param name="outputs">Where alerts go.</param>
    /// <param name="matches">Where matches go; null for nowhere.</param>
    /// <param name="options">Ring, speed, losses, storage, keys and faults.</param>
    public Replayer(Tables tables, AlertOutputs outputs, MatchFile? matches, ReplayOptions options)
    {
        _outputs = outputs;
        Ring = options.Ring;
        // A table of the box's storage counts in place of the one that it would start with.
        Home = new HomeWatch(() => Box.Running);
        _port = new ReplayPort(options, options.Faults.Port) { Home = Home };
        _box = new SimulatedBox(tables, options, outputs, matches, _port, new CaptureClock(() => _port.Stamp, () =>
            _port.WallClock, options.Faults.Clock), _port.Numbers);
        Collector = options.Collector is null ? null : new Collector(options.Collector, _box);
    }

    /// <summary>The box.</summary>
    public SimulatedBox Box => _box;

    /// <summary>Whether any frame was of the site's home network.</summary>
    public HomeWatch Home { get; }

    /// <summary>The collector; null when none was given.</summary>
    public Collector? Collector { get; }

    /// <summary>The sensor, for its counters.</summary>
    public TapSensor Sensor => _box.Program.Sensor;

    /// <summary>Slots in the ring.</summary>
    public int Ring { get; }

    /// <summary>Called after each turn of the program; null for nobody.</summary>
    public Action? AfterTurn { get; set; }

    /// <summary>Called when the box has started; null for nobody.</summary>
    public Action? Started { get; set; }

    /// <summary>Looks at every frame that reaches the port; null for nobody.</summary>
    public IFrameWatch? Watch
    {
        set => _port.Watch = value;
    }

    /// <summary>Captures begun.</summary>
    public int Files { get; private set; }

    /// <summary>Messages of the box.</summary>
    public long Alerts => _outputs.Count;

    /// <summary>Microseconds since the first frame.</summary>
    public long Stamp => _port.Stamp;

    /// <summary>Frames that reached the port.</summary>
    public long Frames => _port.Frames;

    /// <summary>Octets of those frames.</summary>
    public long Octets => _port.Octets;

    /// <summary>Frames that the interest mask let through, lost ones included.</summary>
    public long Kept => _port.Kept;

    /// <summary>Frames that the interest mask counted only.</summary>
    public long Skipped => Frames - Kept - _port.Counter(PortCounter.Missed) - _port.Counter(PortCounter.Copies);

    /// <summary>Frames that were let through and found no slot, or were lost on purpose.</summary>
    public long Lost => _port.Lost;

    /// <summary>Packets left out because their interface is not Ethernet.</summary>
    public long OtherLinkTypes { get; private set; }

    /// <summary>What came of it, for the statistics.</summary>
    public RunFigures Figures => new(Frames, Octets, Kept, Lost, _port.Counter(PortCounter.Missed),
        _port.Counter(PortCounter.Copies), OtherLinkTypes, Ring, _box)
    {
        Span = _port.Span,
        Sampled = _port.Counter(PortCounter.Sampled),
        Unseen = _port.Counter(PortCounter.Unseen),
        IsElsewhere = Home.IsElsewhere,
    };

    /// <summary>Set to end the replay before its time; what is open is closed all the same.</summary>
    public bool Stop
    {
        get => _port.Stop;
        set => _port.Stop = value;
    }

    /// <summary>Replays one capture to its end.</summary>
    /// <exception cref="CaptureException">It is damaged; the frames before that are replayed.</exception>
    public void Run(CaptureReader reader)
    {
        Files++;
        if (_port.Begin(reader))
        {
            Start();
        }

        while (!_port.IsAtEnd)
        {
            _box.Turn();
            AfterTurn?.Invoke();
            _outputs.Flush();
            if (_outputs.IsAbandoned)
            {
                Stop = true;
            }
        }

        OtherLinkTypes += reader.Skipped;
        _port.End(reader);
        if (_port.Damage is not null)
        {
            throw _port.Damage;
        }
    }

    /// <summary>Lets the box watch a network that is quiet.</summary>
    /// <param name="seconds">For so long.</param>
    public void Rest(int seconds)
    {
        for (int second = 0; second < seconds && _port.Frames > 0; second++)
        {
            _port.Rest();
            _box.Turn();
            AfterTurn?.Invoke();
            _outputs.Flush();
        }
    }

    /// <summary>Closes what is open. No capture can follow.</summary>
    public void Finish()
    {
        Start();
        _box.Finish();
        _outputs.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _box.Dispose();

    // Not before there is a frame, which says what time it is; without any at last all the same.
    private void Start()
    {
        if (!_isStarted)
        {
            _isStarted = true;
            _box.Start();
            Started?.Invoke();
        }
    }
}
