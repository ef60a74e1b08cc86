using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Road;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor;

/// <summary>
/// The sensor: slots in, alert lines out. No I/O and no clock: time is the stamps of the slots, so that a replay and a box decide alike, and a
/// step of the wall clock moves nothing but the times in the lines.
/// </summary>
public sealed partial class TapSensor
{
    /// <summary>Microseconds between two looks at time-driven work.</summary>
    private const long TickMicroseconds = Limits.TickGap * 10000L;

    /// <summary>Trackers count centiseconds in 32 bits, which begin again after so many microseconds: 497 days.</summary>
    private const long CounterTurn = 0x100000000L * 10000L;

    /// <summary>Told of each match; null on the device.</summary>
    public IMatchSink? Matches;

    /// <summary>Slots taken in.</summary>
    public long Frames;

    /// <summary>Slots of established TCP segments that nothing needed.</summary>
    public long Skipped;

    /// <summary>Signatures satisfied.</summary>
    public long MatchCount;

    /// <summary>Undecodable slots by reason, a constant of <see cref="Undecodable"/>.</summary>
    public readonly int[] UndecodableByReason = new int[Undecodable.Count];

    private readonly Frame _frame = new Frame();
    private readonly KeyedHash _hash;
    private readonly Connections _connections;
    private readonly Hosts _hosts;
    private readonly PendingAttempts _pending;
    private readonly Newcomers _newcomers;
    private readonly Suspicions _suspicions;
    private readonly SharedTargets _shared;
    private readonly Broadcasts _broadcasts;
    private readonly FragmentJoiner _joiner;
    private readonly MirrorHealth _mirror;
    private readonly InverseMaps _inverse;
    private readonly TargetLists _lists;
    private readonly IncidentTable _incidents;
    private readonly AlertWriter _writer;
    private readonly Teller _teller;
    private readonly RunningSweeps _running;
    private readonly Judge _judge;
    private readonly Observer _observer;
    private readonly FrameReader _reader;
    private SignatureTable _table;
    private SignatureMatcher _matcher;
    private PlainMatcher _plain;
    private long _wallClock;
    private int _counterTurns;
    private long _stamp;
    private long _nextTick;

    /// <summary>Makes a sensor; all memory that it will ever use is taken here.</summary>
    /// <param name="table">The signatures and the site profile.</param>
    /// <param name="sink">Where alert lines go.</param>
    /// <param name="seed">Keys the hashes; on the device a random number drawn at start.</param>
    public TapSensor(SignatureTable table, IAlertSink sink, int seed)
    {
        _table = table;
        _matcher = new SignatureMatcher(table);
        _plain = new PlainMatcher(table);
        _hash = new KeyedHash(seed);
        _connections = new Connections(_hash);
        _hosts = new Hosts(_hash);
        _hosts.UseTable(table, false);
        _pending = new PendingAttempts();
        _newcomers = new Newcomers(_hash);
        _suspicions = new Suspicions(_hash);
        _broadcasts = new Broadcasts(_hash);
        _joiner = new FragmentJoiner(_hash);
        _mirror = new MirrorHealth();
        _lists = new TargetLists();
        _incidents = new IncidentTable();
        _writer = new AlertWriter(_incidents, table);
        _teller = new Teller(_incidents, _suspicions, _lists, _writer, sink, table);
        var scratch = new Probe();
        _shared = new SharedTargets(_hash, _incidents, _teller, scratch);
        _teller.Broadcasts = _broadcasts;
        _teller.Shared = _shared;
        _running = new RunningSweeps(_incidents, _teller, _hosts);
        _judge = new Judge(_hash, _connections, _hosts, _pending, _suspicions, _shared, _incidents, _teller, _running, _newcomers, table,
            scratch);
        _inverse = new InverseMaps(_hash, _connections, _suspicions, _mirror, _incidents, _teller, scratch);
        _observer = new Observer(_connections, _suspicions, _mirror, _judge, _inverse, table);
        _reader = new FrameReader(_hash, _connections, _hosts, _judge, _observer, _broadcasts, _joiner, _incidents, _teller, table);
        table.FindLargestHome();
    }

    /// <summary>Sets what must be added to a stamp to get Unix time, in microseconds.</summary>
    /// <param name="offset">The difference.</param>
    public void SetWallClock(long offset)
    {
        if (_wallClock != offset)
        {
            // What waits came under the clock before.
            _judge.Flush();
        }

        _wallClock = offset;
        _judge.SetWallClock(offset + (_counterTurns * CounterTurn));
        _writer.HasClock = true;
    }

    /// <summary>Says that the time of day is not known: lines carry none until it is set.</summary>
    public void LoseWallClock()
    {
        _writer.HasClock = false;
    }

    /// <summary>Sets HOSTNAME of the lines.</summary>
    /// <param name="name">ASCII, at most 24 octets.</param>
    public void SetHostName(byte[] name)
    {
        _writer.UseHostName(name);
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
        _inverse.LostAt = (int)(_stamp / 10000);
    }

    /// <summary>Uses another table from the next slot on; what is tracked stays.</summary>
    /// <param name="table">A loaded table.</param>
    /// <param name="sameHome">Its home ranges are those of the table before.</param>
    public void UseTable(SignatureTable table, bool sameHome)
    {
        _judge.UseTable(table);
        _shared.UseTable(_table, table);
        _hosts.UseTable(table, sameHome);
        _teller.UseTable(table);
        _observer.UseTable(table);
        _reader.UseTable(table);
        table.FindLargestHome();
        _matcher = new SignatureMatcher(table);
        _plain = new PlainMatcher(table);
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
        _stamp = stamp;
        _nextTick = stamp + TickMicroseconds;
        int now = (int)(stamp / 10000);
        int turns = (int)(((stamp / 10000) + 0x80000000L) >> 32);
        if (turns != _counterTurns)
        {
            // What waits counted before the turn.
            _judge.Flush();
            _counterTurns = turns;
            _judge.SetWallClock(_wallClock + (turns * CounterTurn));
        }

        _inverse.Settle(now, false);
        GiveUpFragments(now, false);
        _judge.Ripen(now);
        _shared.Settle(now, false);
        _teller.Tick(now);
        _hosts.Age(now);
        if (_mirror.Judge(now, false))
        {
            _teller.TellMirror(_mirror.IsOneSided, stamp + _wallClock);
        }
    }

    /// <summary>Ends a replay: what waits is judged, what is open is closed.</summary>
    public void Finish()
    {
        int now = (int)(_stamp / 10000);
        if (_mirror.Judge(now, true))
        {
            _teller.TellMirror(_mirror.IsOneSided, _stamp + _wallClock);
        }

        _inverse.Settle(now, true);
        GiveUpFragments(now, true);
        _judge.Flush();
        _shared.Settle(now, true);
        _teller.CloseAll();
    }

    /// <summary>First fragments of split TCP headers whose partners did not come are tries all the same.</summary>
    private void GiveUpFragments(int now, bool isEnd)
    {
        while (_joiner.TakeLate(now, isEnd))
        {
            Frame frame = _frame;
            frame.Decode(_joiner.Bytes, _joiner.At, _joiner.Length, _joiner.Length);
            if (frame.Problem == 0)
            {
                _observer.IsSplit = true;
                _reader.Take(frame, _stamp, _stamp + _wallClock, -1);
                _observer.IsSplit = false;
            }
        }
    }

    /// <summary>Incidents opened of a kind.</summary>
    /// <param name="kind">A constant of <see cref="Kind"/>.</param>
    public int IncidentsOf(int kind)
    {
        return _incidents.Opened[kind];
    }

    /// <summary>Decodes a frame and takes it in.</summary>
    private void Take(SlotBatch batch, int slot)
    {
        Frame frame = _frame;
        long stamp = batch.Stamps[slot];
        int length = batch.Lengths[slot];
        _stamp = stamp;
        frame.Decode(batch.Bytes, slot * SlotBatch.SlotLength, (length >> SlotBatch.CapturedShift) & SlotBatch.CapturedMask,
            length & SlotBatch.WireLengthMask);
        _observer.IsSplit = false;
        if (frame.IsFragment)
        {
            _reader.JoinFragments(frame, (int)(stamp / 10000));
        }

        if (frame.Problem != 0)
        {
            UndecodableByReason[frame.Problem]++;
            if (frame.IpVersion != 0)
            {
                // Rules about IP match it all the same; there is nothing in it to conclude anything from.
                Match(frame, slot, stamp);
            }

            return;
        }

        int signature = Match(frame, slot, stamp);
        _reader.Take(frame, stamp, stamp + _wallClock, signature);
    }

    /// <summary>Matches a frame against the table.</summary>
    /// <returns>Of the signatures that it satisfies the one that says most, -1 for none: a restricted service, then what is suspect, then
    /// the most lethal.</returns>
    private int Match(Frame frame, int slot, long stamp)
    {
        SignatureMatcher matcher = _matcher;
        // Rates count in seconds of the wall clock, as Snort's do.
        int count = matcher.Match(frame, stamp + _wallClock);
        if (count == 0)
        {
            return -1;
        }

        MatchCount += count;
        int best = -1;
        int bestWorth = -1;
        for (int i = 0; i < count; i++)
        {
            int signature = matcher.Matches[i];
            if (Matches != null)
            {
                Matches.Match(slot, signature);
            }

            int worth = _plain.WorthOf(signature);
            if (worth > bestWorth)
            {
                best = signature;
                bestWorth = worth;
            }
        }

        return best;
    }
}
