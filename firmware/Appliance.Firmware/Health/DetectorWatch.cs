using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Sensor;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Memories;

namespace Appliance.Firmware.Health;

/// <summary>
/// Which detectors' silence means nothing, since when and why: a memory of fixed size forgets what one of them would have needed.
/// Whoever floods the box to hide a scan is told by that.
/// </summary>
/// <remarks>
/// The inverse maps' own rule says when they take no evidence; that is told once it lasts. Of another memory it is the time in
/// which it turns over: an hour, since a scan of a probe an hour is promised to be seen. It is over when an hour pushes out less
/// than half as much. What is lost before the sensor, and a mirror of one direction, have messages of their own, and stand in the
/// heartbeat alone.
/// </remarks>
public sealed class DetectorWatch
{
    private const long Second = 1000000;
    private const long Window = 3600 * Second;
    private const long Day = 86400 * Second;

    /// <summary>One connection that is forgotten young blinds the inverse maps for 75 s, and each further one for as long again.
    /// In ninety days of three hospitals none was; what lasts for less than a minute the heartbeat has.</summary>
    private const long Patience = 60 * Second;

    /// <summary>Pauses of a flood that are shorter are a part of it.</summary>
    private const long Pause = 600 * Second;

    // Bits of what is wrong, in the order of the words: first the inverse maps' three, then the memories that turn over, then the
    // hosts'.
    private const int OfInverse = InverseMaps.Forgotten | InverseMaps.Lost | InverseMaps.NotMirrored;
    private const int Memories = 7;
    private const int FirstMemory = 3;
    private const int OfSlowScans = 7 << FirstMemory;
    private const int OfHosts = 1 << (FirstMemory + Memories);

    /// <summary>From the memories of a detector of its own to its bit.</summary>
    private const int DetectorShift = 4;

    private const int Detectors = 7;
    private const int DarkHost = 1 << (Detectors - 1);
    private const int SlowScan = 2;
    private const int Reasons = Detectors + FirstMemory + Memories + 1;

    private readonly Phrases _words = new Phrases(
        "inverse-map|slow-scan|distributed-probe|broadcast|split-header|forged-arp|dark-host|"
        + "connections|losses|mirror|newcomers|suspicions|contacts|targets|broadcasts|fragments|stations|hosts|"
        + "more happens than a detector can remember|"
        + "the detectors see again|");

    private const int Few = 16;

    private readonly int[] _from = new int[Memories];
    private readonly TapSensor _sensor;
    private readonly MessageWriter _writer;
    private readonly StatusLight _light;

    // What is wrong now, what was told, and what is wrong though it may not have lasted long enough.
    private int _wrong;
    private int _told;
    private long _windowAt;
    private long _wrongAt;
    private long _toldAt;
    private long _saidAt;
    private long _turnedAt;

    /// <summary>Makes a watch.</summary>
    /// <param name="sensor">Its memories.</param>
    /// <param name="writer">Writes messages.</param>
    /// <param name="light">The light.</param>
    public DetectorWatch(TapSensor sensor, MessageWriter writer, StatusLight light)
    {
        _sensor = sensor;
        _writer = writer;
        _light = light;
    }

    /// <summary>Entries that gave way to newer ones, in all memories.</summary>
    public int Evictions()
    {
        int sum = _sensor.Connections.Evictions + _sensor.Incidents.Evictions;
        for (int i = 0; i < Memories; i++)
        {
            sum += EvictionsOf(i);
        }

        return sum;
    }

    /// <summary>Looks once a second.</summary>
    /// <param name="now">Microseconds.</param>
    public void Look(long now)
    {
        TapSensor sensor = _sensor;
        int time = (int)(now / 10000);
        Hosts hosts = sensor.Hosts;
        int wrong = sensor.Inverse.BlindBy(time, sensor.Connections.ForgotYoung)
            | (!hosts.IsExact && hosts.Heard > Limits.LivingBits / 2 ? OfHosts : 0);
        bool isOver = now - _windowAt >= Window;
        for (int i = 0; i < Memories; i++)
        {
            int bit = 1 << (FirstMemory + i);
            int count = EvictionsOf(i);
            int pushed = count - _from[i];
            int entries = EntriesOf(i);
            if (pushed >= entries || ((_wrong & bit) != 0 && (!isOver || pushed >= entries >> 1)))
            {
                wrong |= bit;
            }

            if (isOver)
            {
                _from[i] = count;
            }
        }

        _windowAt = isOver ? now : _windowAt;
        if (((wrong ^ _wrong) & InverseMaps.Forgotten) != 0)
        {
            _turnedAt = now;
        }

        _wrongAt = _wrong == 0 ? now : _wrongAt;
        _wrong = wrong;

        // Of the inverse maps' what was told stays for a while.
        int told = wrong & ~OfInverse;
        told |= now - _turnedAt >= ((wrong & InverseMaps.Forgotten) != 0 ? Patience : Pause) ? wrong & InverseMaps.Forgotten
            : _told & InverseMaps.Forgotten;
        if (told != _told || (told != 0 && now - _saidAt >= Day))
        {
            Tell(now, told, time);
        }
    }

    /// <summary>Adds what is wrong now to a heartbeat; nothing where all detectors see.</summary>
    /// <param name="now">Microseconds.</param>
    public void Put(long now)
    {
        if (_wrong != 0)
        {
            Put(MessageWord.Blind, MessageWord.BlindWhy, _wrong, (int)(now / 10000));
            _writer.Number(MessageWord.BlindSince, (now - _wrongAt) / Second);
        }
    }

    private void Tell(long now, int told, int time)
    {
        if (_told == 0)
        {
            _toldAt = (told & InverseMaps.Forgotten) != 0 ? _turnedAt : now;
        }

        _saidAt = now;
        bool isOver = told == 0;
        MessageWriter writer = _writer;
        writer.BeginHealth(MessageWord.Detector, isOver ? MessageWord.Sees : MessageWord.Blind,
            isOver ? SyslogSeverity.Notice : SyslogSeverity.Warning);
        // An empty log that means nothing misleads.
        writer.Insist();
        Put(MessageWord.Which, MessageWord.Why, isOver ? _told : told, time);
        writer.Number(MessageWord.Since, (now - _toldAt) / Second);
        writer.End(_words, isOver ? Reasons + 1 : Reasons);
        _told = told;
        _light.Set(LightCode.Blind, !isOver);
    }

    private void Put(int which, int why, int wrong, int time)
    {
        int detectors = ((wrong & OfInverse) != 0 ? 1 : 0) | ((wrong & OfSlowScans) != 0 ? SlowScan : 0)
            | (wrong >> DetectorShift & ((1 << Detectors) - 4))
            | ((wrong & InverseMaps.Lost) != 0 && !_sensor.Hosts.CanTellDark(time) ? DarkHost : 0);
        _writer.Words(which, _words, detectors, Detectors);
        _writer.Words(why, _words, wrong << Detectors, Reasons);
    }

    private int EvictionsOf(int memory)
    {
        TapSensor sensor = _sensor;
        switch (memory)
        {
            case 0:
                return sensor.Newcomers.Evictions;
            case 1:
                return sensor.Suspicions.Evictions;
            case 2:
                return sensor.Acquaintances.Evictions;
            case 3:
                return sensor.Shared.Evictions;
            case 4:
                return sensor.Broadcasts.Evictions;
            case 5:
                return sensor.Joiner.Evictions;
            default:
                return sensor.Incidents.Stations.Evictions;
        }
    }

    // So many pushed out are all of a memory. Of suspicions twice that, since those of ARP are over in two minutes and stay
    // longer; three hospitals push out 64 in their busiest hour of ninety days. Of contacts a quarter, since only large rows
    // count. Fragments and stations are few, and a burst of them is no flood.
    private static int EntriesOf(int memory)
    {
        return memory switch
        {
            0 => Limits.Newcomers,
            1 => 2 * Limits.Suspicions,
            2 => Acquaintances.Rows / 4,
            3 => Limits.SharedTargets,
            4 => Limits.BroadcastSenders,
            _ => Few,
        };
    }
}
