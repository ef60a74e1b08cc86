using System.Collections.Generic;
using System.Linq;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;
using Appliance.Traffic;

namespace Appliance.Firmware.Tests.Fakes;

/// <summary>A mirror port that plays the same frames again and again, without taking memory for it.</summary>
internal sealed class LoopPort : IMirrorPort
{
    private readonly FakeClock _clock;
    private readonly TimedFrame[] _frames;
    private readonly long _period;
    private readonly long[] _counters = new long[PortCounter.Count];
    private long _base;
    private int _next;

    /// <summary>Makes a port.</summary>
    /// <param name="clock">Goes on as the frames do.</param>
    /// <param name="capture">The frames.</param>
    /// <param name="period">Microseconds from a turn's first frame to the next turn's.</param>
    public LoopPort(FakeClock clock, Capture capture, long period)
    {
        _clock = clock;
        _frames = [.. capture.Frames];
        _period = period;
        _base = clock.Micros - _frames[0].Time;
    }

    /// <summary>Turns completed.</summary>
    public int Turns { get; private set; }

    public long Read(SlotBatch batch)
    {
        long until = _clock.Micros + TapProgram.WaitMicroseconds;
        while (batch.Count < batch.Lengths.Length)
        {
            TimedFrame next = _frames[_next];
            long stamp = next.Time + _base;
            if (stamp > until)
            {
                break;
            }

            _clock.Micros = stamp > _clock.Micros ? stamp : _clock.Micros;
            _counters[PortCounter.Received]++;
            _counters[PortCounter.Kept]++;
            batch.Put(next.Bytes, 0, next.Bytes.Length, next.Bytes.Length, false, _clock.Micros);
            if (++_next == _frames.Length)
            {
                _next = 0;
                _base += _period;
                Turns++;
            }
        }

        if (batch.Count == 0)
        {
            _clock.Micros = until;
        }

        return _clock.Micros;
    }

    public void UseInterest(byte[] octets, int at, int ranges)
    {
    }

    public long Counter(int which) => _counters[which];

    public bool IsLinkUp() => true;

    public bool IsReady() => true;

    public void ResetReceiver()
    {
    }

    public void StartWatchdog(int milliseconds)
    {
    }

    public void FeedWatchdog()
    {
    }

    public int RestartReason() => Firmware.RestartReason.PowerOn;

    public long Memory(int which) => -1;
}
