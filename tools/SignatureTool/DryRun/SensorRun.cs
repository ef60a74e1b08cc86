using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Firmware.Tables;
using Appliance.Playback;
using Appliance.Playback.Alerts;
using Appliance.Playback.Captures;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool.DryRun;

/// <summary>
/// The sensor over captures with one table, and beside it the trial that a device makes of another one: how many of the newest slots
/// would it match?
/// </summary>
internal sealed class SensorRun : IAlertSink
{
    // Keys the sensor's hashes: the same captures give the same incidents.
    private const int Seed = 20000407;
    private const long TickTime = 1_000_000;

    private readonly TapSensor _sensor;
    private readonly InterestMask _mask;
    private readonly SlotBatch _ring = new(TableTrial.Slots);
    private readonly Timeline _timeline = new();
    private readonly TableTrial? _trial;
    private readonly Queue<bool> _newest = [];
    private int _newestMatched;
    private readonly Dictionary<long, Incident> _incidents = [];
    private long _nextTick;

    /// <summary>Makes a run.</summary>
    /// <param name="table">The table in use.</param>
    /// <param name="tried">The table on trial; null for none.</param>
    public SensorRun(SignatureTable table, SignatureTable? tried)
    {
        _sensor = new TapSensor(table, this, Seed);
        _mask = new InterestMask(table);
        _trial = tried is null ? null : new TableTrial(tried, table);
    }

    /// <summary>Frames of the captures.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames that the interest mask let through.</summary>
    public long Kept { get; private set; }

    /// <summary>Matches of signatures.</summary>
    public long Matches => _sensor.MatchCount;

    /// <summary>Of the trials, the one that matched the largest share: slots matched, and slots.</summary>
    public (int Matched, int Of) Worst { get; private set; }

    /// <summary>Trials at which a device would refuse the table, and all trials.</summary>
    public (int Refused, int All) Trials { get; private set; }

    /// <summary>The incidents as they were told last, without those that went into others.</summary>
    public IReadOnlyList<Incident> Incidents => [.. _incidents.Values.Where(i => !i.IsFolded)];

    /// <summary>Replays a capture to its end.</summary>
    /// <exception cref="CaptureException">It is damaged.</exception>
    public void Read(CaptureReader reader)
    {
        _timeline.BeginFile();
        while (reader.Read())
        {
            MoveClock(reader.Time);
            Frames++;
            Playback.Interest interest = _mask.Decide(reader.Buffer, reader.At, reader.Captured, reader.WireLength);
            if (interest == Playback.Interest.Skip)
            {
                continue;
            }

            Kept++;
            if (_ring.Count == TableTrial.Slots)
            {
                HandOver();
            }

            _ring.Put(reader.Buffer, reader.At, reader.Captured, reader.WireLength, interest == Playback.Interest.SignOfLife, _timeline.Stamp);
        }

        HandOver();
    }

    /// <summary>Closes what is open.</summary>
    public void Finish()
    {
        _sensor.Finish();
    }

    /// <inheritdoc/>
    public void Alert(byte[] line, int length)
    {
        if (AlertLine.TryParse(line.AsSpan(0, length), out AlertLine? alert, out _) && alert.IsIncident)
        {
            Incident.Follow(_incidents, alert, out _);
        }
    }

    private void MoveClock(long time)
    {
        if (!_timeline.Follow(time))
        {
            HandOver();
            _timeline.Turn(time);
            _sensor.SetWallClock(_timeline.WallClock);
        }

        if (_timeline.Stamp >= _nextTick)
        {
            HandOver();
            _sensor.Tick(_timeline.Stamp);
            _nextTick = _timeline.Stamp + TickTime;
        }
    }

    private void HandOver()
    {
        if (_ring.Count == 0)
        {
            return;
        }

        _sensor.Process(_ring);
        if (_trial is not null)
        {
            Try(_trial);
        }

        _ring.Count = 0;
    }

    // A trial may begin at any frame: after each batch the newest slots are looked at as one.
    private void Try(TableTrial trial)
    {
        for (int slot = 0; slot < _ring.Count; slot++)
        {
            bool matched = trial.IsNews(_ring, slot);
            _newest.Enqueue(matched);
            _newestMatched += matched ? 1 : 0;
            if (_newest.Count > TableTrial.Slots)
            {
                _newestMatched -= _newest.Dequeue() ? 1 : 0;
            }
        }

        if (_newest.Count < TableTrial.Enough)
        {
            return;
        }

        bool refused = _newestMatched * TableStore.MatchShare > _newest.Count;
        Trials = (Trials.Refused + (refused ? 1 : 0), Trials.All + 1);
        if (Worst.Of == 0 || (long)_newestMatched * Worst.Of > (long)Worst.Matched * _newest.Count)
        {
            Worst = (_newestMatched, _newest.Count);
        }
    }
}
