using System.Collections.Generic;
using Appliance.Playback;
using Appliance.Sensor;

namespace Appliance.Firmware.Tests.Fakes;

/// <summary>A mirror port whose frames a test gives, at the times that it gives.</summary>
internal sealed class FakePort(FakeClock clock) : IMirrorPort
{
    private readonly Queue<(long Stamp, byte[] Frame)> _frames = new();
    private readonly FrameIntake _intake = new();

    public long[] Counters { get; } = new long[PortCounter.Count];

    public bool HasLink { get; set; } = true;

    public bool Ready { get; set; } = true;

    public int Reason { get; set; } = Firmware.RestartReason.PowerOn;

    /// <summary>What is known of the native memory, by <see cref="MemoryFigure"/>.</summary>
    public long[] MemoryFigures { get; } = [-1, -1, -1, -1];

    public int Resets { get; private set; }

    public int Fed { get; private set; }

    public int WatchdogTime { get; private set; }

    /// <summary>The octets of the mask in use: a table's, or those of two masks.</summary>
    public byte[]? Interest { get; private set; }

    /// <summary>The mask in use; null while frames are not chosen by one.</summary>
    public InterestMask? Mask { get; private set; }

    /// <summary>Skips what the mask does not ask for, as the hook does.</summary>
    public bool IsChoosy { get; set; }

    /// <summary>Takes frames as the hook does: unwraps, chooses, drops copies and counts. Without it every second frame goes to
    /// another station, so that the port looks like a mirror.</summary>
    public bool IsHook { get; set; }

    /// <summary>Frames not yet read.</summary>
    public int Waiting => _frames.Count;

    public void Add(long stamp, byte[] frame) => _frames.Enqueue((stamp, frame));

    public long Read(SlotBatch batch)
    {
        long until = clock.Micros + TapProgram.WaitMicroseconds;
        while (batch.Count < batch.Lengths.Length && _frames.TryPeek(out (long Stamp, byte[] Frame) next) && next.Stamp <= until)
        {
            _frames.Dequeue();
            if (next.Stamp > clock.Micros)
            {
                clock.Micros = next.Stamp;
            }

            Counters[PortCounter.Received]++;
            if (IsHook)
            {
                Take(next.Frame, batch);
                continue;
            }

            if (IsChoosy && Mask!.Decide(next.Frame, 0, next.Frame.Length, next.Frame.Length) == Playback.Interest.Skip)
            {
                continue;
            }

            Counters[PortCounter.Kept]++;
            byte[] frame = [.. next.Frame];
            frame[5] ^= (byte)((frame[0] & 1) == 0 ? Counters[PortCounter.Received] & 1 : 0);
            batch.Put(frame, 0, frame.Length, frame.Length, false, clock.Micros);
        }

        if (batch.Count == 0)
        {
            clock.Micros = until;
        }

        return clock.Micros;
    }

    public void UseInterest(byte[] octets, int at, int ranges, int openingsAt, int openings)
    {
        Interest = octets;
        Mask = new InterestMask(octets, at, ranges, openingsAt, openings, Mask);
        _intake.UseInterest(octets, at, ranges, openingsAt, openings);
    }

    public long Counter(int which) => Counters[which];

    public bool IsLinkUp() => HasLink;

    public bool IsReady() => Ready;

    public void ResetReceiver() => Resets++;

    public void StartWatchdog(int milliseconds) => WatchdogTime = milliseconds;

    public void FeedWatchdog() => Fed++;

    public int RestartReason() => Reason;

    public long Memory(int which) => MemoryFigures[which];

    private void Take(byte[] frame, SlotBatch batch)
    {
        Playback.Interest interest = _intake.Take(frame, 0, frame.Length, frame.Length, clock.Micros);
        for (int which = PortCounter.Unicast; which < PortCounter.Count; which++)
        {
            Counters[which] = _intake.Counter(which - PortCounter.Unicast);
        }

        if (interest is Playback.Interest.Skip or Playback.Interest.Copy)
        {
            return;
        }

        Counters[PortCounter.Kept]++;
        _intake.Put(batch);
    }
}
