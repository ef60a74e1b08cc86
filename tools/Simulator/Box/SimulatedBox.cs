using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Firmware;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Keys;
using Appliance.SignatureTool.Sites;
using Appliance.Simulator.Faults;
using Appliance.Simulator.Light;
using Appliance.Simulator.Outputs;

namespace Appliance.Simulator.Box;

/// <summary>A box without hardware: the firmware's own program, unmodified, between interfaces that .NET implements.</summary>
internal sealed class SimulatedBox : IDisposable
{
    /// <summary>Keys the hashes: the same replay gives the same lines.</summary>
    private const int Seed = 20000407;

    private readonly TapSettings _settings;
    private readonly IMirrorPort _port;
    private readonly IStorage _storage;
    private readonly StorageFaults _power;
    private readonly IClock _clock;
    private readonly MatchFile? _matches;
    private readonly long[] _numbers;
    private readonly SignatureTable _builtIn;

    /// <summary>Builds a box and does not start it.</summary>
    /// <param name="tables">Its built-in table.</param>
    /// <param name="options">What the command line asks for.</param>
    /// <param name="outputs">Where its messages go.</param>
    /// <param name="matches">Where matches go; null for nowhere.</param>
    /// <param name="port">Its mirror port.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="numbers">A slot of a batch: the number of its frame.</param>
    public SimulatedBox(Tables tables, ReplayOptions options, AlertOutputs outputs, MatchFile? matches, IMirrorPort port,
        IClock clock,
        long[] numbers)
    {
        Outputs = outputs;
        Timeline = new LightTimeline(outputs.Light);
        _matches = matches;
        _numbers = numbers;
        _port = port;
        _clock = clock;
        _storage = options.Storage is null ? new MemoryStorage() : new FolderStorage(options.Storage, options.Faults.Storage);
        _power = options.Faults.Storage;
        Uplink = new SimulatedUplink(options.Collector is not null, clock.Now, options.Faults.Collector);
        _settings = new TapSettings
        {
            Slots = options.Ring,
            BuiltIn = () => tables.Table.Bytes[..tables.Table.Length],
            Keys = [.. options.Keys.Select(KeyOf)],
            Collector = Collector.Octets(options.Collector),
            NeedsKeys = options.Storage is not null,
            Board = options.Board,
            HasImaging = SiteBoard.HasImaging(tables.BoardOf(options)),
            Seed = Seed,
            IsQuiet = !options.IsTalkative,
            SkipsPlainDays = !options.IsTalkative && options.Report is null,
        };
        _builtIn = tables.Table;
        tables.InUse = () => Running;
        try
        {
            Program = Build();
        }
        catch (PowerCutException e)
        {
            Program = BuildAgain(e);
        }
    }

    /// <summary>The table in use; before the start the built-in one.</summary>
    public SignatureTable Running => Program.Store.Running is { Length: > 0 } running ? running : _builtIn;

    /// <summary>The table in use is the one that the box was made with, and none of its storage.</summary>
    public bool UsesBuiltIn => Running.Bytes.AsSpan(0, Running.Length).SequenceEqual(_builtIn.Bytes.AsSpan(0, _builtIn.Length));

    /// <summary>The program.</summary>
    public TapProgram Program { get; private set; }

    /// <summary>The uplink.</summary>
    public SimulatedUplink Uplink { get; }

    /// <summary>The light.</summary>
    public SimulatedLight Light { get; } = new();

    /// <summary>What the light showed, from when to when.</summary>
    public LightTimeline Timeline { get; }

    /// <summary>Where messages go.</summary>
    public AlertOutputs Outputs { get; }

    /// <summary>Times that the power failed.</summary>
    public int PowerCuts { get; private set; }

    /// <summary>Starts the program; power that fails meanwhile comes back and starts it again.</summary>
    public void Start()
    {
        Timeline.Look(Program.Light, _clock.Now());
        Endure(() => Program.Start());
    }

    /// <summary>One turn of the loop.</summary>
    public void Turn()
    {
        try
        {
            Program.Turn();
        }
        catch (PowerCutException e)
        {
            ComeBack(e);
        }

        Timeline.Look(Program.Light, _clock.Now());
    }

    /// <summary>Ends a replay.</summary>
    public void Finish()
    {
        Uplink.IsLastChance = true;
        Endure(() => Program.Finish());
        Timeline.Look(Program.Light, _clock.Now());
        Uplink.Finish();
    }

    /// <inheritdoc/>
    public void Dispose() => Uplink.Dispose();

    private static TrustedKey KeyOf(PublicKey key) => new([.. key.Id.Octets], [.. key.Point]);

    private void Endure(Action what)
    {
        try
        {
            what();
        }
        catch (PowerCutException e)
        {
            ComeBack(e);
        }
    }

    private void ComeBack(PowerCutException e)
    {
        Program = BuildAgain(e);
        Program.Start();
    }

    private TapProgram BuildAgain(PowerCutException e)
    {
        Console.Error.WriteLine($"tapsim: {e.Message}; the box starts again");
        PowerCuts++;
        Uplink.Close();
        _power.Restore();
        return Build();
    }

    private TapProgram Build()
    {
        var program = new TapProgram(_settings, _port, _storage, Uplink, _clock, Light, new PublicKeyCheck()) { Copy = Outputs };
        if (_matches is not null)
        {
            _matches.Attach(program.Store, _numbers);
            program.Sensor.Matches = _matches;
        }

        return program;
    }
}
