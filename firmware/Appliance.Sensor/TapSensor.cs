using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Road;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor;

/// <summary>
/// The sensor: slots in, alert lines out. No I/O and no clock: time is the stamps of the slots, so that a replay and a box decide alike, and a
/// step of the wall clock moves nothing but the times in the lines. This is its face, and where its rooms are put together.
/// </summary>
public sealed class TapSensor
{
    /// <summary>Who speaks: the program's own messages have the same host, boot count and enterprise number, and count in the same row.</summary>
    public readonly LineOrigin Origin;

    private readonly KeyedHash _hash;
    private readonly Connections _connections;
    private readonly Hosts _hosts;
    private readonly PendingAttempts _pending;
    private readonly Newcomers _newcomers;
    private readonly Suspicions _suspicions;
    private readonly SharedTargets _shared;
    private readonly Broadcasts _broadcasts;
    private readonly FragmentJoiner _joiner;
    private readonly HeldAnswers _held;
    private readonly MirrorHealth _mirror;
    private readonly TargetLists _lists;
    private readonly IncidentTable _incidents;
    private readonly AlertWriter _writer;
    private readonly Teller _teller;
    private readonly SiteView _site;
    private readonly Matching _matching;
    private readonly InverseMaps _inverse;
    private readonly TableChange _change;
    private readonly DecodedFrames _decoded;
    private readonly Clockwork _clock;
    private readonly BatchLoop _loop;
    private SignatureTable _table;

    /// <summary>Makes a sensor; all memory that it will ever use is taken here.</summary>
    /// <param name="table">The signatures and the site profile.</param>
    /// <param name="sink">Where alert lines go.</param>
    /// <param name="seed">Keys the hashes; on the device a random number drawn at start.</param>
    public TapSensor(SignatureTable table, IAlertSink sink, int seed)
    {
        table.FindLargestHome();
        _table = table;

        // Memories.
        _hash = new KeyedHash(seed);
        _connections = new Connections(_hash);
        _hosts = new Hosts(_hash);
        _hosts.UseHome(table.HomeSize, false);
        _pending = new PendingAttempts(_connections);
        _newcomers = new Newcomers(_hash);
        _suspicions = new Suspicions(_hash);
        _shared = new SharedTargets();
        _broadcasts = new Broadcasts(_hash);
        _joiner = new FragmentJoiner(_hash);
        _held = new HeldAnswers();

        // Incidents.
        _incidents = new IncidentTable();
        _lists = new TargetLists();
        Origin = new LineOrigin(table.Enterprise);
        var severity = new Severity(_incidents, table);
        _writer = new AlertWriter(_incidents, severity, table, Origin);
        _teller = new Teller(_incidents, new IncidentOwners(_suspicions, _shared, _broadcasts), _lists, _writer, severity, sink,
            table);

        // Judging: first what stands alone, last the judge who asks them all.
        _site = new SiteView(table, _hash, _hosts);
        _mirror = new MirrorHealth();
        var threshold = new WalkThreshold(_suspicions);
        var earlier = new EarlierAttempts(_pending);
        var start = new SuspicionStart(_suspicions, earlier, _site);
        var polled = new PolledHosts(_suspicions, _site);
        var counts = new OutcomeCounts(_incidents, _suspicions, _site);
        var dark = new DarkPolling(_suspicions, _shared, threshold, polled, _incidents, counts, _teller);
        var joining = new Joining(_suspicions, _incidents, counts, dark, _site, _teller);
        var running = new RunningSweeps(_suspicions, _connections, _hosts, _incidents, joining, _site, _teller);
        var restricted = new RestrictedServices(_suspicions, start, earlier, _pending, _incidents, _site, _teller);
        var merging = new Merging(_suspicions, _incidents, counts, running, _teller);
        var replay = new TargetReplay(_suspicions, _incidents, earlier, polled, _site);
        var promotion = new Promotion(_suspicions, _incidents, merging, replay, counts, _site, _teller);
        var suspect = new SuspectServices(_suspicions, start, _pending, _incidents, _hosts, _site, _teller);
        var conclusions = new Conclusions(threshold, dark, promotion, restricted, _shared, _site, _teller);
        var networks = new NetworkSweeps(_suspicions, start, threshold, _incidents, counts, _teller);
        var distributed = new DistributedProbes(_shared, _hash, _site, _incidents, _teller);
        var evidence = new Evidence(_suspicions, start, joining, conclusions, networks, restricted, distributed);
        var judge = new Judge(_connections, _pending, _newcomers, _suspicions, _site, evidence, suspect);
        var late = new LateAnswers(_suspicions, _newcomers, counts, restricted, suspect, _teller);
        _inverse = new InverseMaps(_hash, _held, _connections, _suspicions, _mirror, _incidents, _teller);
        _change = new TableChange(judge, running, _suspicions, _shared, _site);

        // The road.
        _matching = new Matching(_site, _pending);
        var attempts = new Attempts(_suspicions, running, judge, _site);
        var flows = new Flows(_connections, _mirror, attempts, _inverse, late, new Conversations(restricted, suspect, _site), _site);
        var identities = new Identities(_site, _hosts, _hash);
        _decoded = new DecodedFrames(_matching, identities, new SplitHeaders(_joiner, identities), flows,
            new IcmpMessages(_connections, identities, flows), new ArpMessages(_connections, threshold, flows),
            new BroadcastFrames(_site, new PeriodicBroadcasts(_broadcasts, _incidents, _teller)));
        _clock = new Clockwork(_site, judge, new Settling(_inverse, distributed), _decoded, _hosts,
            new MirrorWatch(_mirror, _site, _teller), _teller);
        var plain = new PlainFrames(_site, _matching, _connections, _suspicions, running, judge, _decoded);
        _loop = new BatchLoop(_connections, _hosts, _matching, plain, _decoded, _clock);
    }

    /// <summary>Told of each match; null on the device.</summary>
    public IMatchSink? Matches
    {
        get => _matching.Sink;
        set => _matching.Sink = value;
    }

    /// <summary>Slots taken in.</summary>
    public long Frames => _loop.Frames;

    /// <summary>Slots of established TCP segments that nothing needed.</summary>
    public long Skipped => _loop.Skipped + _decoded.Skipped;

    /// <summary>Signatures satisfied.</summary>
    public long MatchCount => _matching.Count;

    /// <summary>Undecodable slots by reason, a constant of <see cref="Sensor.Frames.Undecodable"/>.</summary>
    public int[] UndecodableByReason => _decoded.UndecodableByReason;

    /// <summary>Takes in a batch of slots.</summary>
    /// <param name="batch">The slots; their stamps never go back.</param>
    public void Process(SlotBatch batch)
    {
        _loop.Process(batch, _table);
    }

    /// <summary>Sets what must be added to a stamp to get Unix time, in microseconds.</summary>
    /// <param name="offset">The difference.</param>
    public void SetWallClock(long offset)
    {
        _clock.SetWallClock(offset);
        _writer.HasClock = true;
    }

    /// <summary>Says that the time of day is not known: lines carry none until it is set.</summary>
    public void LoseWallClock()
    {
        _writer.HasClock = false;
    }

    /// <summary>Whether the mirror port shows one direction only: the switch has to be set to mirror both.</summary>
    public bool IsMirrorOneSided()
    {
        return _mirror.IsOneSided;
    }

    /// <summary>Says that frames were lost before they reached the sensor.</summary>
    /// <param name="count">How many more.</param>
    public void NoteLost(int count)
    {
        _teller.Lost += count;
        _inverse.LostAt = (int)(_clock.Stamp / 10000);
    }

    /// <summary>Uses another table from the next slot on; what is tracked stays.</summary>
    /// <param name="table">A loaded table.</param>
    /// <param name="sameHome">Its home ranges are those of the table before.</param>
    public void UseTable(SignatureTable table, bool sameHome)
    {
        _change.Use(table);
        _hosts.UseHome(table.HomeSize, sameHome);
        _teller.UseTable(table);
        _matching.UseTable(table);
        table.FindLargestHome();
        _table = table;
    }

    /// <summary>Begins to listen, where stamps do not begin at 0: who is silent is judged by what was heard since.</summary>
    /// <param name="stamp">Microseconds.</param>
    public void Begin(long stamp)
    {
        _hosts.Since = (int)(stamp / 10000);
    }

    /// <summary>Lets time pass without frames.</summary>
    /// <param name="stamp">Microseconds; never goes back.</param>
    public void Tick(long stamp)
    {
        _clock.Tick(stamp);
    }

    /// <summary>Ends a replay: what waits is judged, what is open is closed.</summary>
    public void Finish()
    {
        _clock.Finish();
    }

    /// <summary>Incidents opened of a kind.</summary>
    /// <param name="kind">A constant of <see cref="Kind"/>.</param>
    public int IncidentsOf(int kind)
    {
        return _incidents.Opened[kind];
    }

    /// <summary>Entries that gave way to newer ones, in all tables.</summary>
    public int Evictions()
    {
        return _connections.Evictions + _suspicions.Evictions + _shared.Evictions + _broadcasts.Evictions + _joiner.Evictions
            + _incidents.Evictions;
    }
}
