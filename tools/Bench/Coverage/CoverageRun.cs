using System;
using System.Globalization;
using System.Text;
using Appliance.Bench.Frames;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;

namespace Appliance.Bench.Coverage;

/// <summary>
/// One scan of sixty targets before a sensor of its own, among twenty other hosts and those targets that live, each of which asks
/// the name server once a day. The tap has been up for half an hour.
/// </summary>
internal sealed class CoverageRun : IAlertSink
{
    private const long Second = 1_000_000;
    private const long Day = 86_400 * Second;
    private const int Others = 20;

    /// <summary>No silence is longer without a tick than this; within it the ticks come ever further apart.</summary>
    private const long LongestStep = 6 * 3_600 * Second;

    private readonly SlotBatch _batch = new(1);
    private readonly TapSensor _sensor;
    private readonly Technique _technique;
    private readonly Scan _scan;
    private readonly Random _random;
    private readonly double _lost;
    private readonly string _actor;
    private long _stamp;
    private long _nextDay;
    private bool _isSeen;

    private CoverageRun(byte[] table, Technique technique, Scene scene, int seed)
    {
        _technique = technique;
        _random = new Random(seed);
        _scan = new Scan(technique, scene.Density, scene.IsInOrder, _random);
        _lost = scene.Lost / 100.0;
        _actor = string.Create(CultureInfo.InvariantCulture,
            $" src=\"{_scan.Actor >> 24}.{(_scan.Actor >> 16) & 255}.{(_scan.Actor >> 8) & 255}.{_scan.Actor & 255}\"");
        var signatures = new SignatureTable();
        int problem = signatures.Load(table, table.Length);
        if (problem != 0)
        {
            throw new InvalidOperationException($"the sensor refuses the bench's table: problem {problem}");
        }

        _sensor = new TapSensor(signatures, this, seed);
        _sensor.SetWallClock(1_700_000_000 * Second);
    }

    /// <summary>Runs one.</summary>
    /// <param name="table">A table file.</param>
    /// <param name="technique">How it probes.</param>
    /// <param name="scene">What it meets.</param>
    /// <param name="seed">Rolls everything.</param>
    /// <returns>Whether an incident of the right kind names the actor.</returns>
    public static bool IsSeen(byte[] table, Technique technique, Scene scene, int seed)
    {
        var run = new CoverageRun(table, technique, scene, seed);
        run.Live();
        run.PassUntil(1_800 * Second);
        for (int i = 0; i < Scan.Targets; i++)
        {
            run.PassUntil((1_800 * Second) + (i * scene.Gap));
            run.Probe(i);
        }

        // What the last target did is known a few seconds later.
        run.PassUntil(run._stamp + (60 * Second));
        run._sensor.Finish();
        return run._isSeen;
    }

    /// <inheritdoc/>
    public void Alert(byte[] line, int length, int severity)
    {
        string text = Encoding.ASCII.GetString(line, 0, length);
        foreach (string kind in _technique.Kinds)
        {
            // Neighbours are told by their IPv6 address.
            _isSeen |= text.Contains($" {kind} [", StringComparison.Ordinal)
                && (text.Contains(_actor, StringComparison.Ordinal) || text.Contains(" src=\"fd00::", StringComparison.Ordinal));
        }
    }

    private void Probe(int number)
    {
        byte[] probe = _technique.Ask(_scan, number);
        Put(probe);
        if (_scan.Answers(number))
        {
            foreach (byte[] answer in _technique.Answer(_scan, number, probe))
            {
                _stamp += 150;
                Put(answer);
            }
        }
    }

    private void Live()
    {
        _nextDay += Day;
        for (uint i = 0; i < Others; i++)
        {
            Speak(SensorRig.Home + 20 + i);
        }

        for (int i = 0; i < Scan.Targets; i++)
        {
            if (_scan.Answers(i))
            {
                Speak(_scan.Host(i));
            }
        }
    }

    private void Speak(uint host)
    {
        int port = _scan.SourcePort();
        Put(FrameBuilder.Udp(host, port, SensorRig.Dns, 53, 40));
        Put(FrameBuilder.Udp(SensorRig.Dns, 53, host, port, 120));
        _stamp += Second;
    }

    private void PassUntil(long stamp)
    {
        for (long step = Second; _stamp < stamp; step = Math.Min(2 * step, LongestStep))
        {
            _stamp = Math.Min(_stamp + step, stamp);
            _sensor.Tick(_stamp);
            if (_stamp >= _nextDay)
            {
                Live();
            }
        }
    }

    private void Put(byte[] frame)
    {
        if (_random.NextDouble() < _lost)
        {
            _sensor.NoteLost(1);
            return;
        }

        _batch.Put(frame, 0, frame.Length, frame.Length, false, _stamp);
        _sensor.Process(_batch);
        _batch.Count = 0;
    }
}
