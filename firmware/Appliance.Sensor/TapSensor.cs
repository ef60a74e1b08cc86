using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Road;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor;

/// <summary>
/// The sensor: slots in, alert lines out. No I/O and no clock: time is the stamps of the slots, so that a replay and a box decide
/// alike, and a step of the wall clock moves nothing but the times in the lines. This is its face, and where its rooms are put
/// together.
/// </summary>
public sealed class TapSensor
{
    /// <summary>
    /// Who speaks: the program's own messages have the same host, boot count and enterprise number, and count in the same row.
    /// </summary>
    public readonly LineOrigin Origin;

    /// <summary>Which home hosts were heard.</summary>
    public readonly Hosts Hosts;

    /// <summary>What the mirror port shows.</summary>
    public readonly MirrorHealth Mirror;

    /// <summary>The connections; like the memories below it counts what it had to forget.</summary>
    public readonly Connections Connections;

    /// <summary>Who failed once.</summary>
    public readonly Newcomers Newcomers;

    /// <summary>Whom each actor asked before.</summary>
    public readonly Acquaintances Acquaintances;

    /// <summary>What is not yet an incident.</summary>
    public readonly Suspicions Suspicions;

    /// <summary>Hosts at which several actors knock.</summary>
    public readonly SharedTargets Shared;

    /// <summary>Senders of broadcasts.</summary>
    public readonly Broadcasts Broadcasts;

    /// <summary>Split headers.</summary>
    public readonly FragmentJoiner Joiner;

    /// <summary>What is reported.</summary>
    public readonly IncidentTable Incidents;

    /// <summary>Knows whether answers to nothing are evidence.</summary>
    public readonly InverseMaps Inverse;

    private readonly AlertWriter _writer;
    private readonly Teller _teller;
    private readonly Matching _matching;
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

        // Whom most others ask come first, since the device names the first four locals in one octet.
        Suspicions suspicions;
        IncidentTable incidents;
        SiteView site;
        Teller teller;

        // Memories.
        var hash = new KeyedHash(seed);
        var connections = new Connections(hash);
        var hosts = new Hosts(hash);
        hosts.UseHome(table.HomeSize, false);
        var pending = new PendingAttempts(connections);
        var newcomers = new Newcomers(hash);
        var acquaintances = new Acquaintances();
        suspicions = new Suspicions(hash);
        var shared = new SharedTargets();
        var broadcasts = new Broadcasts(hash);
        var joiner = new FragmentJoiner(hash);

        // Incidents.
        incidents = new IncidentTable();
        incidents.Stations.Questions = pending;
        Origin = new LineOrigin(table.Enterprise);
        var severity = new Severity(incidents, table);
        var writer = new AlertWriter(incidents, severity, table, Origin);
        teller = new Teller(incidents, new IncidentOwners(suspicions, shared, broadcasts), new TargetLists(), writer, severity,
            sink, table);

        // Judging: first what stands alone, last the judge who asks them all.
        site = new SiteView(table, hash, hosts);
        var mirror = new MirrorHealth();
        var contacts = new FirstContacts(acquaintances, new Companions(), suspicions.Keys, site);
        var threshold = new WalkThreshold(suspicions, site);
        var earlier = new EarlierAttempts(pending);
        var start = new SuspicionStart(suspicions, earlier, site, threshold);
        var polled = new PolledHosts(suspicions, site);
        var counts = new OutcomeCounts(incidents, suspicions, site);
        var dark = new DarkPolling(suspicions, shared, threshold, polled, incidents, counts, teller);
        var wide = new WideScans(suspicions, incidents, contacts, counts, teller);
        var arp = new ArpBursts(suspicions, incidents, site, teller);
        var joining = new Joining(suspicions, incidents, counts, dark, site, wide, arp);
        var running = new RunningSweeps(suspicions, connections, incidents, joining, site, teller);
        var restricted = new RestrictedServices(suspicions, start, earlier, pending, incidents, site, teller);
        var merging = new Merging(suspicions, incidents, counts, running, teller);
        var replay = new TargetReplay(suspicions, incidents, earlier, polled, site, contacts);
        var promotion = new Promotion(suspicions, incidents, merging, replay, counts, site,
            new OutwardFailures(suspicions, incidents, teller));
        var suspect = new SuspectServices(suspicions, start, pending, incidents, counts, site, teller);
        var conclusions = new Conclusions(threshold, dark, promotion, restricted, shared, contacts, arp);
        var networks = new NetworkSweeps(suspicions, start, threshold, incidents, counts, teller);
        var distributed = new DistributedProbes(shared, hash, incidents, teller);
        var evidence = new Evidence(suspicions, start, joining, conclusions, networks, restricted, distributed);
        var judge = new Judge(pending, newcomers, suspicions, site, evidence, suspect, contacts);
        var late = new LateAnswers(suspicions, newcomers, counts, restricted, suspect, threshold, teller);
        var inverse = new InverseMaps(new HeldAnswers(), connections, suspicions, start, mirror, incidents, teller);
        _change = new TableChange(judge, running, suspicions, shared, site);

        // The road.
        var matching = new Matching(site, pending);
        var flows = new Flows(connections, mirror, new Attempts(suspicions, running, judge, site), inverse, late,
            new Conversations(restricted, suspect, site), site);
        var identities = new Identities(site, hosts, hash);
        var lone = new LoneFrames(incidents, site, teller);
        var decoded = new DecodedFrames(matching, identities, new SplitHeaders(joiner, identities, lone), flows,
            new IcmpMessages(connections, identities, flows, new NeighbourMessages(connections, identities, threshold, flows),
                new CallsToAll(incidents, counts, site, teller, lone)),
            new ArpMessages(connections, threshold, flows, incidents.Stations),
            new BroadcastFrames(site, new PeriodicBroadcasts(broadcasts, incidents, teller), contacts));
        var clock = new Clockwork(site, judge, inverse, distributed, decoded, mirror, teller);
        _loop = new BatchLoop(connections, hosts, matching,
            new PlainFrames(site, matching, connections, suspicions, running, judge, decoded), new SixFrames(matching, decoded),
            decoded, clock);

        // What the face asks.
        Connections = connections;
        Newcomers = newcomers;
        Acquaintances = acquaintances;
        Hosts = hosts;
        Suspicions = suspicions;
        Shared = shared;
        Broadcasts = broadcasts;
        Joiner = joiner;
        Mirror = mirror;
        Incidents = incidents;
        Inverse = inverse;
        _writer = writer;
        _teller = teller;
        _matching = matching;
        _decoded = decoded;
        _clock = clock;
    }

    /// <summary>Told of each match; null on the device.</summary>
    public IMatchSink? Matches
    {
        get => _matching.Sink;
        set => _matching.Sink = value;
    }

    /// <summary>The line under construction, for whoever else tells of incidents in the sensor's numbers and words.</summary>
    public SyslogLine Line => _writer.Line;

    /// <summary>Slots taken in.</summary>
    public long Frames => _loop.Frames;

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
        return Mirror.IsOneSided;
    }

    /// <summary>Says that frames were lost before they reached the sensor.</summary>
    /// <param name="count">How many more.</param>
    public void NoteLost(int count)
    {
        _teller.Lost += count;
        Inverse.LostAt = (int)(_clock.Stamp / 10000);
    }

    /// <summary>Uses another table from the next slot on; what is tracked stays.</summary>
    /// <param name="table">A loaded table.</param>
    /// <param name="sameHome">Its home ranges are those of the table before.</param>
    public void UseTable(SignatureTable table, bool sameHome)
    {
        _change.Use(table);
        Hosts.UseHome(table.HomeSize, sameHome);
        _teller.UseTable(table);
        _matching.UseTable(table);
        table.FindLargestHome();
        _table = table;
    }

    /// <summary>
    /// Begins to listen, where stamps do not begin at 0, and anew while frames are lost: who is silent is judged by what was
    /// heard since.
    /// </summary>
    /// <param name="stamp">Microseconds.</param>
    public void Begin(long stamp)
    {
        Hosts.Listen((int)(stamp / 10000));
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

    /// <summary>Gives away the number of an incident, for whoever else tells of some.</summary>
    public int NextIncident()
    {
        return Incidents.NextId();
    }

    /// <summary>Incidents opened of a kind.</summary>
    /// <param name="kind">A constant of <see cref="Kind"/>.</param>
    public int IncidentsOf(int kind)
    {
        return Incidents.Opened[kind];
    }
}
