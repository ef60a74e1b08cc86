using System;
using System.Collections.Generic;
using Appliance.Playback;
using Appliance.Sensor;

namespace Appliance.Bench.Traffic;

/// <summary>
/// The ring of the mirror port's hook as the loop sees it: frames come at their own times, what the interest mask skips takes no
/// slot, and what finds the ring full is lost.
/// </summary>
/// <param name="frames">Microseconds and octets, in order of time, without end.</param>
/// <param name="ring">Slots of the board.</param>
internal sealed class MirrorRing(IEnumerable<(long Time, byte[] Frame)> frames, int ring = MirrorRing.Slots)
{
    /// <summary>Slots of a board without external memory.</summary>
    public const int Slots = 304;

    private readonly IEnumerator<(long Time, byte[] Frame)> _frames = frames.GetEnumerator();
    private readonly Queue<(long Time, byte[] Frame, bool IsSignOfLife)> _slots = new();
    private bool _hasBegun;

    /// <summary>What the table wants.</summary>
    public InterestMask? Mask { get; set; }

    /// <summary>Frames that the wire carried.</summary>
    public long Received { get; private set; }

    /// <summary>Frames that took a slot.</summary>
    public long Kept { get; private set; }

    /// <summary>Frames that found no slot.</summary>
    public long Lost { get; private set; }

    /// <summary>Most slots that were taken at once.</summary>
    public int MostTaken { get; private set; }

    /// <summary>Octets that the wire carried, with what each frame has before and behind it there.</summary>
    public long WireOctets { get; private set; }

    /// <summary>Gives the loop what has come.</summary>
    /// <param name="batch">Takes it in.</param>
    /// <param name="now">Microseconds.</param>
    /// <param name="wait">How long the loop waits at most for the first.</param>
    /// <returns>Until when it waited.</returns>
    public long Read(SlotBatch batch, long now, long wait)
    {
        long until = now + wait;
        Take(now);
        while (_slots.Count == 0 && _frames.Current.Time <= until)
        {
            now = _frames.Current.Time;
            Take(now);
        }

        now = _slots.Count == 0 ? until : now;
        while (batch.Count < batch.Stamps.Length && _slots.TryDequeue(out (long Time, byte[] Frame, bool IsSignOfLife) slot))
        {
            batch.Put(slot.Frame, 0, slot.Frame.Length, slot.Frame.Length, slot.IsSignOfLife, slot.Time);
        }

        batch.Waiting = 1 + (_slots.Count * 256 / ring);
        return now;
    }

    // What comes until a time.
    private void Take(long now)
    {
        // Preamble, frame check sequence and the gap between two frames.
        const int Around = 24;
        if (!_hasBegun)
        {
            _hasBegun = true;
            _frames.MoveNext();
        }

        while (_frames.Current.Time <= now)
        {
            (long time, byte[] frame) = _frames.Current;
            Received++;
            WireOctets += frame.Length + Around;
            Interest interest = Mask?.Decide(frame, 0, frame.Length, frame.Length) ?? Interest.Keep;
            if (interest != Interest.Skip)
            {
                if (_slots.Count == ring)
                {
                    Lost++;
                }
                else
                {
                    Kept++;
                    _slots.Enqueue((time, frame, interest == Interest.SignOfLife));
                    MostTaken = Math.Max(MostTaken, _slots.Count);
                }
            }

            _frames.MoveNext();
        }
    }
}
