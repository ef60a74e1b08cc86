using System;
using Appliance.Firmware.Health;
using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Firmware.Tables;
using Appliance.Firmware.Time;
using Appliance.Imaging;
using Appliance.Sensor;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware;

/// <summary>
/// The program of the box: a self-test, then one loop: read a batch of slots, run the sensor, send what it says, keep the light.
/// It reaches the outside through five small interfaces, and after <see cref="Start"/> it allocates only when a new table comes.
/// </summary>
public sealed class TapProgram : IAlertSink
{
    /// <summary>Microseconds that <see cref="IMirrorPort.Read"/> may wait for a slot: the light's rhythm is kept in
    /// between.</summary>
    public const int WaitMicroseconds = 50000;

    /// <summary>
    /// Milliseconds after which a loop that hangs is restarted. The longest honest turns are the load of a new table with its
    /// signature, two seconds; a TLS handshake, which may hold the interpreter for eight; and the lookup of a name, which holds
    /// it for as long as lwIP asks name servers that do not answer.
    /// </summary>
    public const int WatchdogMilliseconds = 30000;

    /// <summary>
    /// Turns over which the look once a second is spread, one thing a turn: done at once it held the loop for as long as a burst
    /// of 4,000 frames a second takes to fill the ring.
    /// </summary>
    public const int LookTurns = 15;

    private const long Second = 1000000;

    /// <summary>How long the light remembers a high or critical incident.</summary>
    private const long IncidentTime = 600 * Second;

    /// <summary>Syslog's severity of an incident of severity high; more severe ones have a lower number.</summary>
    private const int HighIncident = 3;

    /// <summary>The sensor.</summary>
    public readonly TapSensor Sensor;

    /// <summary>What the imaging network's own protocols tell; null on a board without the memory for it.</summary>
    public readonly ImagingEyes? Imaging;

    /// <summary>The tables.</summary>
    public readonly TableStore Store;

    /// <summary>The way to the collector.</summary>
    public readonly SyslogSender Sender;

    /// <summary>The light.</summary>
    public readonly StatusLight Light;

    /// <summary>The time.</summary>
    public readonly ClockKeeper Clock;

    /// <summary>Whoever looks after the box.</summary>
    public readonly HealthWatch Health;

    /// <summary>What comes by the mirror port: a mirror of this site, or not.</summary>
    public readonly MirrorSight Sight;

    /// <summary>What is lost before the box.</summary>
    public readonly LossWatch Losses;

    /// <summary>What is left out while the ring fills.</summary>
    public readonly RingRelief Relief;

    /// <summary>Which detectors are blind.</summary>
    public readonly DetectorWatch Detectors;

    /// <summary>The slots of a turn.</summary>
    public readonly SlotBatch Batch;

    /// <summary>HOSTNAME of the messages: the name that the box was given, else <c>tap-</c> and the last three octets of the
    /// uplink's MAC address.</summary>
    public byte[] HostName = LineBuffer.Word("tap-000000");

    /// <summary>Starts of the box.</summary>
    public readonly BootCount Boots;

    private readonly TapSettings _settings;
    private readonly IMirrorPort _port;
    private readonly IStorage _storage;
    private readonly IUplink _uplink;
    private readonly IClock _clock;
    private readonly MessageWriter _writer;
    private readonly Heartbeat _heartbeat;
    private readonly TableDesk _desk;
    private SignatureTable _table;
    private long _offset = ClockOffset.Unknown;
    private long _lost;
    private long _now;
    private long _nextTick;
    private bool _isTrial;
    private readonly SiteMemory? _siteMemory;
    private Installation? _installation;

    // The installation is not known to be right: its check waits for a link of the mirror port.
    private bool _awaitsLink;
    private bool _hadLink;
    private TestAlert? _test;

    // What is left of the look: the number of its next turn.
    private int _lookTurn = LookTurns;

    /// <summary>Finds the table to start with and takes all memory that the loop will use.</summary>
    /// <param name="settings">What the image decides.</param>
    /// <param name="port">The mirror port.</param>
    /// <param name="storage">The files.</param>
    /// <param name="uplink">The way to the collector.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="light">The light.</param>
    /// <param name="check">Checks signatures.</param>
    /// <exception cref="InvalidOperationException">The built-in table can't be used.</exception>
    public TapProgram(TapSettings settings, IMirrorPort port, IStorage storage, IUplink uplink, IClock clock, ILight light,
        IKeyCheck check)
    {
        _settings = settings;
        _port = port;
        _storage = storage;
        _uplink = uplink;
        _clock = clock;
        Store = new TableStore(storage, check, settings);
        if (Store.Start() != TableProblem.None)
        {
            // Such an image never passed its tests. Nothing can be watched, and nothing told: red says that, after each restart
            // by the watchdog again.
            light.Show(Colour.Red);
            throw new InvalidOperationException("the image's built-in table can't be used");
        }

        _table = Store.Running;
        Light = new StatusLight(light);
        Light.Set(LightCode.Working, true);
        Sender = new SyslogSender(uplink, settings.QueueOctets, settings.Seed);
        Sensor = new TapSensor(_table, this, settings.Seed);
        // Said to the sensor so that no line has a time before there is one.
        Sensor.LoseWallClock();
        Imaging = settings.HasImaging ? new ImagingEyes(Sensor, _table, this) : null;
        _siteMemory = Imaging != null ? new SiteMemory(storage, Imaging) : null;
        _writer = new MessageWriter(Sensor.Origin, this, settings.IsQuiet);
        Clock = new ClockKeeper(clock);
        HealthTeller teller = new HealthTeller(_writer, Light);
        Relief = new RingRelief(port, Sensor);
        Health = new HealthWatch(port, Relief, uplink, Sender, Clock, Store, teller);
        Sight = new MirrorSight(port, Sensor, uplink, teller);
        Losses = new LossWatch(port, Sensor);
        Detectors = new DetectorWatch(Sensor, _writer, Light);
        Batch = new SlotBatch(settings.Slots);
        Boots = new BootCount(storage);
        _heartbeat = new Heartbeat(port, Relief, _writer, Sender, Store, Detectors, Health.Link);
        _desk = new TableDesk(Store, _writer, Light);
    }

    /// <summary>Takes a copy of every message, whatever becomes of it on its way; null on the device.</summary>
    public IAlertSink? Copy;

    /// <summary>Runs for ever.</summary>
    public void Run()
    {
        Start();
        while (true)
        {
            Turn();
        }
    }

    /// <summary>Tests the box, tells what it found, and begins to watch.</summary>
    public void Start()
    {
        _now = _clock.Now();
        _nextTick = _now + Second;
        Sensor.Begin(_now);
        if (Imaging != null)
        {
            Imaging.SkipsPlainDays = _settings.SkipsPlainDays;
            Imaging.Begin(_now);
        }

        if (_siteMemory != null)
        {
            _siteMemory.Start(_now);
        }

        NoteClock(_clock.Offset());
        MakeHostName(_uplink.MacAddress());
        UseHostName();
        bool isCounted = Boots.Start();
        _heartbeat.Boots = Boots.Count;
        Sensor.Origin.UseBoot(Boots.Count);
        _heartbeat.Start(_now);
        Health.Storage.IsBootCountBad = !isCounted;
        Health.Start(_now);
        Sight.Begin(_now);
        UseInterest();
        _lost = Relief.Lost();
        UseSite();
        // On the device it runs since the box was put together; again it keeps its time.
        _port.StartWatchdog(WatchdogMilliseconds);
        _port.FeedWatchdog();
        Light.Tick(_now);
        _writer.SetTime(_now, _offset);
        // Needed once: its words are given back.
        new SelfTest(_writer, Light).Tell(_port, _uplink, Sender, Store, Boots.Count, isCounted, _offset != ClockOffset.Unknown,
            Imaging != null, _now);
        _desk.TellStart();
        if (Store.Slots.InUse != SlotFiles.BuiltIn)
        {
            // Begun in a workshop and not yet passed: it goes on where the box hangs.
            _awaitsLink = !IsInstalled();
            BeginTest();
        }

        Clock.Tend(_now);
        Light.Set(LightCode.Working, false);
        Light.Set(LightCode.NoKeys, Store.IsKeyless);
        int reason = _port.RestartReason();
        if (reason == RestartReason.Watchdog || reason == RestartReason.Panic)
        {
            _desk.Discard(_now);
        }

        // What waits in the inbox is tried over the first frames.
        TendTables(_now, false);
        Sender.Pump(_now);
    }

    /// <summary>One turn of the loop.</summary>
    /// <returns>How many slots were taken.</returns>
    public int Turn()
    {
        SlotBatch batch = Batch;
        batch.Count = 0;
        long now = _port.Read(batch);
        _now = now;
        long offset = _clock.Offset();
        if (offset != _offset)
        {
            NoteClock(offset);
        }

        Relief.Relieve(batch, _table);
        long lost = Relief.Lost();
        if (lost != _lost)
        {
            Sensor.NoteLost((int)(lost - _lost));
            _lost = lost;
        }

        int count = batch.Count;
        if (count != 0)
        {
            Sensor.Process(batch);
            if (Imaging != null)
            {
                Imaging.Process(batch);
            }

            Sight.SeeOwn(batch);
            if (!Sight.IsSettled)
            {
                Sight.See(batch, _table);
            }

            if (Store.Trial != null)
            {
                Store.Trial.See(batch);
            }
        }

        if (now >= _nextTick)
        {
            _port.FeedWatchdog();
            Sensor.Tick(now);
            _nextTick = now + Second;
            if (_lookTurn == LookTurns)
            {
                _lookTurn = 0;
            }
        }
        else
        {
            if (Clock.IsAsking)
            {
                Clock.Tend(now);
            }

            if (_lookTurn != LookTurns)
            {
                LookAround(now);
            }
        }

        Sender.Pump(now);
        Light.Tick(now);
        return count;
    }

    /// <summary>Ends a replay: a new table that waits is decided about, everything open is closed, and all is sent that can be
    /// sent.</summary>
    public void Finish()
    {
        while (_lookTurn != LookTurns)
        {
            LookAround(_now);
        }

        _writer.SetTime(_now, _offset);
        Sight.Look(_now, true);
        TendTables(_now, true);
        Sensor.Finish();
        if (Imaging != null)
        {
            Imaging.Finish();
        }

        Sender.Finish();
    }

    /// <inheritdoc/>
    public void Alert(byte[] line, int length, int severity)
    {
        if (Copy != null)
        {
            Copy.Alert(line, length, severity);
        }

        if (severity <= HighIncident)
        {
            Light.SetUntil(LightCode.Incident, _now + IncidentTime);
        }

        Sender.Alert(line, length, severity);
    }

    // One thing of what is due about once a second.
    private void LookAround(long now)
    {
        int turn = _lookTurn++;
        if (turn == 0)
        {
            // Not in the turn in which the sensor may write a line.
            if (Imaging != null)
            {
                Imaging.Tick(now);
            }

            Clock.Tend(now);
            long offset = _clock.Offset();
            if (offset != _offset)
            {
                NoteClock(offset);
            }

            return;
        }

        _writer.SetTime(now, _offset);
        if (turn <= HealthWatch.Looks)
        {
            Health.Look(turn - 1, now, _offset);
        }
        else if (turn == HealthWatch.Looks + 1)
        {
            Sight.Look(now, false);
        }
        else if (turn == HealthWatch.Looks + 2)
        {
            Losses.Look(now);
        }
        else if (turn == HealthWatch.Looks + 7)
        {
            Detectors.Look(now);
        }
        else if (turn == HealthWatch.Looks + 6)
        {
            TendInstallation(now);
            if (_siteMemory != null)
            {
                _siteMemory.Look(now);
                Health.Storage.IsSiteMemoryBad = _siteMemory.IsBad;
            }
        }
        else if (turn == HealthWatch.Looks + 3)
        {
            _heartbeat.Begin(now, _offset);
        }
        else if (turn == HealthWatch.Looks + 4)
        {
            _heartbeat.TellLosses();
        }
        else if (turn == HealthWatch.Looks + 5)
        {
            _heartbeat.End(now);
        }
        else
        {
            TendTables(now, false);
        }
    }

    // One line a look: what it costs is that of a turn.
    private void TendInstallation(long now)
    {
        bool hasLink = _port.IsLinkUp();
        if (hasLink && !_hadLink)
        {
            // What was seen before the link was lost, or of the port where the cable was, says nothing of what comes now.
            Sight.Begin(now);
            if (_awaitsLink)
            {
                _awaitsLink = false;
                _installation = new Installation(_port, Sensor, Sight, Sender, _writer, now);
            }
        }

        _hadLink = hasLink;
        if (_test != null && _test.IsDue())
        {
            if (_test.Tell(now, _offset))
            {
                Milestone.Reach(_storage, Milestone.Tested, Store.Fingerprint());
                _test = null;
            }
        }
        else if (_installation != null && !_installation.Look(now, _offset != ClockOffset.Unknown))
        {
            if (_installation.IsPassed)
            {
                Milestone.Reach(_storage, Milestone.Installed, SlotRecord.SiteOf(_table));
            }

            // In a workshop there is no mirror yet.
            _awaitsLink = !_installation.HadLink;
            _installation = null;
        }
    }

    private bool IsInstalled()
    {
        return Milestone.IsReached(_storage, Milestone.Installed, SlotRecord.SiteOf(_table));
    }

    private void BeginTest()
    {
        _test = (_table.Flags & TableFlags.TestAlert) != 0 && !Milestone.IsReached(_storage, Milestone.Tested, Store.Fingerprint())
            ? new TestAlert(Sensor, this, Sender, _table, _uplink.MacAddress()) : null;
    }

    private void TendTables(long now, bool isLast)
    {
        bool isFirst = Store.Slots.InUse == SlotFiles.BuiltIn;
        bool isNew = _desk.Tend(now, isLast);
        if (isNew)
        {
            UseTable();
            UseHostName();
            if (isFirst)
            {
                Sight.Begin(now);
            }

            if (!IsInstalled())
            {
                _installation = new Installation(_port, Sensor, Sight, Sender, _writer, now);
            }

            BeginTest();
        }

        bool isTrial = Store.Trial != null;
        if (isNew || isTrial != _isTrial)
        {
            _isTrial = isTrial;
            UseInterest();
        }
    }

    // The mask of the table in use; during a trial that of both.
    private void UseInterest()
    {
        TableTrial? trial = Store.Trial;
        if (trial == null)
        {
            _port.UseInterest(_table.Bytes, _table.InterestAt, _table.InterestRanges, _table.OpeningsAt, _table.Openings);
            return;
        }

        InterestUnion both = trial.Interest!;
        _port.UseInterest(both.Octets, 0, both.Ranges, both.OpeningsAt, both.Openings);
        trial.Interest = null;
        trial.From = _clock.Now();
    }

    private void NoteClock(long offset)
    {
        _offset = offset;
        if (offset == ClockOffset.Unknown)
        {
            Sensor.LoseWallClock();
        }
        else
        {
            Sensor.SetWallClock(offset);
        }

        if (Imaging != null)
        {
            Imaging.SetWallClock(offset == ClockOffset.Unknown ? SyslogLine.NoTime : offset);
        }
    }

    // Another table from the next slot on, without a restart; what is tracked stays.
    private void UseTable()
    {
        SignatureTable table = Store.Running;
        bool isSameHome = table.HasSameHome(_table);
        _table = table;
        Sensor.UseTable(table, isSameHome);
        if (Imaging != null)
        {
            Imaging.UseTable(table);
        }

        if (!isSameHome)
        {
            Sight.Begin(_now);
        }

        UseSite();
    }

    private void UseSite()
    {
        SignatureTable table = _table;
        byte[] bytes = table.Bytes;
        int clock = table.ClockServerAt;
        Clock.UseServer(bytes, clock + 1, clock == 0 ? 0 : bytes[clock]);
        byte[] given = _settings.Collector;
        int collector = table.CollectorAt;
        if (given.Length != 0)
        {
            Sender.UseCollector(given, 0, given.Length, bytes, table.AuthorityAt, table.AuthorityLength);
        }
        else
        {
            Sender.UseCollector(bytes, collector + 1, collector == 0 ? 0 : bytes[collector], bytes, table.AuthorityAt,
                table.AuthorityLength);
        }
    }

    private void MakeHostName(byte[] mac)
    {
        for (int i = 0; i < 6; i++)
        {
            int octet = mac[3 + (i >> 1)];
            int digit = (i & 1) == 0 ? octet >> 4 : octet & 15;
            HostName[4 + i] = (byte)(digit < 10 ? digit + '0' : digit + 'a' - 10);
        }
    }

    private void UseHostName()
    {
        byte[] given = Store.Slots.Memory.BoxName();
        if (given.Length != 0)
        {
            HostName = given;
        }

        Sensor.Origin.UseHost(HostName);
    }
}
