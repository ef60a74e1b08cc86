using System;
using System.Collections.Generic;
using System.Linq;
using Appliance.Imaging;
using Appliance.Playback;
using Appliance.Playback.Alerts;
using Appliance.Playback.Captures;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Sites;

namespace Appliance.SignatureTool.DryRun;

/// <summary>
/// The sensor over captures with one table, and behind it the imaging eyes where a board for which the table is has them.
/// </summary>
internal sealed class SensorRun : IAlertSink
{
    // Keys the sensor's hashes: the same captures give the same incidents.
    private const int Seed = 20000407;
    private const long TickTime = 1_000_000;
    private const int BatchSlots = 64;

    private readonly TapSensor _sensor;
    private readonly ImagingEyes? _eyes;
    private readonly FrameIntake _intake = new();
    private readonly SlotBatch _batch = new(BatchSlots);
    private readonly Timeline _timeline = new();
    private readonly Dictionary<long, Incident> _incidents = [];
    private long _nextTick;

    /// <summary>Makes a run.</summary>
    /// <param name="table">The table in use.</param>
    public SensorRun(SignatureTable table)
    {
        Home = new HomeWatch(() => table);
        _sensor = new TapSensor(table, this, Seed);
        if (SiteBoard.HasImaging(table.Board))
        {
            _eyes = new ImagingEyes(_sensor, table, this) { SkipsPlainDays = true };
        }

        _intake.UseInterest(table);
    }

    /// <summary>Whether any frame was of the table's home network.</summary>
    public HomeWatch Home { get; }

    /// <summary>Frames of the captures.</summary>
    public long Frames { get; private set; }

    /// <summary>Frames that the interest mask let through.</summary>
    public long Kept { get; private set; }

    /// <summary>Matches of signatures.</summary>
    public long Matches => _sensor.MatchCount;

    /// <summary>The incidents as they were told last, without those that went into others.</summary>
    public IReadOnlyList<Incident> Incidents => [.. _incidents.Values.Where(i => !i.IsFolded)];

    /// <summary>The next frame is another file's first.</summary>
    public void BeginFile() => _timeline.BeginFile();

    /// <summary>Takes the frame that a reader stands at.</summary>
    public void Take(CaptureReader reader)
    {
        MoveClock(reader.Time);
        Frames++;
        Playback.Interest interest = _intake.Take(reader.Buffer, reader.At, reader.Captured, reader.WireLength, _timeline.Stamp);
        Home.See(_intake.Frame);
        if (interest is Playback.Interest.Skip or Playback.Interest.Copy)
        {
            return;
        }

        Kept++;
        if (_batch.Count == BatchSlots)
        {
            HandOver();
        }

        _intake.Put(_batch);
    }

    /// <summary>Closes what is open.</summary>
    public void Finish()
    {
        HandOver();
        _sensor.Finish();
        _eyes?.Finish();
    }

    /// <inheritdoc/>
    public void Alert(byte[] line, int length, int severity)
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
            _eyes?.SetWallClock(_timeline.WallClock);
        }

        if (_timeline.Stamp >= _nextTick)
        {
            HandOver();
            _sensor.Tick(_timeline.Stamp);
            _eyes?.Tick(_timeline.Stamp);
            _nextTick = _timeline.Stamp + TickTime;
        }
    }

    private void HandOver()
    {
        if (_batch.Count > 0)
        {
            _sensor.Process(_batch);
            _eyes?.Process(_batch);
            _batch.Count = 0;
        }
    }
}
