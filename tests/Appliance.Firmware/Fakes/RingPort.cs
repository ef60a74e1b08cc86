using System;
using Appliance.Playback;
using Appliance.Sensor;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Tests.Fakes;

/// <summary>A mirror port with a ring of its own that frames come into at a rate, while the loop takes its time over
/// each.</summary>
internal sealed class RingPort(FakeClock clock, int ring, Func<long, byte[]> frameOf, double framesPerSecond, long from, long to,
    double microsecondsASlot)
    : IMirrorPort
{
    private readonly long[] _counters = new long[PortCounter.Count];
    private long _arrived;
    private long _first;
    private long _waiting;
    private double _busy;

    public long[] Counters => _counters;

    public long Read(SlotBatch batch)
    {
        clock.Micros += (long)_busy;
        _busy -= (long)_busy;
        Arrive();
        if (_waiting == 0)
        {
            clock.Micros += 10_000;
            Arrive();
        }

        while (_waiting > 0 && batch.Count < batch.Lengths.Length)
        {
            byte[] frame = frameOf(_first);
            long stamp = Math.Min(clock.Micros, from + (long)(_first * 1e6 / framesPerSecond));
            batch.Put(frame, 0, frame.Length, frame.Length, false, Math.Max(stamp,
                batch.Count > 0 ? batch.Stamps[batch.Count - 1] : 0));
            _first++;
            _waiting--;
        }

        _busy += batch.Count * microsecondsASlot;
        return batch.Count == batch.Lengths.Length ? batch.Stamps[batch.Count - 1] : clock.Micros;
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

    // What has come since; the newest of what finds the ring full is lost.
    private void Arrive()
    {
        long until = Math.Min(clock.Micros, to);
        long all = until <= from ? 0 : (long)((until - from) * framesPerSecond / 1e6);
        long come = all - _arrived;
        _arrived = all;
        long kept = Math.Min(come, ring - _waiting);
        if (_waiting == 0 && kept > 0)
        {
            _first = all - come;
        }

        _waiting += kept;
        _counters[PortCounter.Received] += come;
        _counters[PortCounter.Kept] += come;
        _counters[PortCounter.Lost] += come - kept;
    }
}
