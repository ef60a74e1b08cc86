using System;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware;

/// <summary>
/// What is left out while the ring fills, before it drops whatever comes next: SYNs from outside. Who forges senders has an
/// attempt of each weighed, at up to a hundred times what an ordinary frame costs, and the frames of all others would be lost.
/// </summary>
/// <remarks>
/// Some are let through, so that a scan can be seen that begins meanwhile, and who is suspected goes on for longer. A replay has
/// no ring, and nothing is left out of it.
/// </remarks>
public sealed class RingRelief
{
    /// <summary>256ths of the ring: a quarter. At 1,300 kept frames a second it takes 58 ms to fill of a ring of 304 slots, which
    /// is longer than it takes to write a line.</summary>
    private const int Filling = 64;

    /// <summary>From which on those who are suspected have to wait, too.</summary>
    private const int Full = 96;

    /// <summary>Half of it.</summary>
    private const int Overfull = 128;

    /// <summary>Strangers of a batch that are let through while the ring is not yet filling: at 19 ms for the dearest, 0.3 s of
    /// the 0.8 that a ring of 1,024 slots holds.</summary>
    private const int AtOnce = 16;

    // One in so many and one is let through while the ring fills, and when it is nearly full. Powers of two, less one.
    private const int Some = 15;
    private const int Few = 63;

    /// <summary>SYNs that were left out since the start.</summary>
    public int LeftOut;

    private readonly TapSensor _sensor;
    private int _turn;

    /// <summary>Makes a relief.</summary>
    /// <param name="sensor">Whom it relieves.</param>
    public RingRelief(TapSensor sensor)
    {
        _sensor = sensor;
    }

    /// <summary>Takes out of a batch for what there is no time.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="table">Who is at home.</param>
    public void Relieve(SlotBatch batch, SignatureTable table)
    {
        int slot;
        int kept = 0;
        int count = batch.Count;
        if (batch.Waiting == 0 || (batch.Waiting < Filling && count <= AtOnce))
        {
            return;
        }

        int openings = 0;
        for (slot = 0; slot < count; slot++)
        {
            openings += IsFromOutside(batch, slot, table) ? 1 : 0;
        }

        if (openings <= count >> 2)
        {
            // It is something else that fills the ring.
            return;
        }

        int strangers = 0;
        for (slot = 0; slot < count; slot++)
        {
            if (IsFromOutside(batch, slot, table))
            {
                bool isSuspected = IsSuspected(batch, slot);
                strangers += isSuspected ? 0 : 1;
                if (IsLeftOut(batch.Waiting, isSuspected, strangers))
                {
                    continue;
                }
            }

            if (kept != slot)
            {
                Move(batch, slot, kept);
            }

            kept++;
        }

        int more = count - kept;
        if (more == 0)
        {
            return;
        }

        batch.Count = kept;
        LeftOut += more;
        // As good as lost: that stands in the lines of what is open, and the detectors are blind for it.
        _sensor.NoteLost(more);
        _sensor.Suspicions.Evictions += more;
    }

    private bool IsLeftOut(int waiting, bool isSuspected, int strangers)
    {
        if (waiting < Filling ? isSuspected || strangers <= AtOnce : isSuspected && waiting < Full)
        {
            return false;
        }

        _turn++;
        return (_turn & (waiting < Overfull ? Some : Few)) != 0;
    }

    // Whether a slot holds the SYN of somebody outside.
    private bool IsFromOutside(SlotBatch batch, int slot, SignatureTable table)
    {
        if ((batch.Lengths[slot] & SlotBatch.ShapeMask) != SlotBatch.ShapeTcp)
        {
            return false;
        }

        int[] words = batch.Words;
        int ip = IpOf(batch, slot);
        return ((words[ip + 8] >> 16) & Tcp.Opening) == Tcp.Syn && table.HomeIndex(words[ip + 3]) < 0;
    }

    private bool IsSuspected(SlotBatch batch, int slot)
    {
        Suspicions suspicions = _sensor.Suspicions;
        return suspicions.OfActors[suspicions.SlotOf(batch.Words[IpOf(batch, slot) + 3])] != 0;
    }

    private int IpOf(SlotBatch batch, int slot)
    {
        return (slot << SlotBatch.WordShift)
            + ((batch.Lengths[slot] & SlotBatch.Tagged) == 0 ? SlotBatch.IpWord : SlotBatch.IpWord + 1);
    }

    private void Move(SlotBatch batch, int from, int to)
    {
        Array.Copy(batch.Bytes, from * SlotBatch.SlotLength, batch.Bytes, to * SlotBatch.SlotLength, SlotBatch.SlotLength);
        Array.Copy(batch.Words, from << SlotBatch.WordShift, batch.Words, to << SlotBatch.WordShift, SlotBatch.SlotWords);
        batch.Lengths[to] = batch.Lengths[from];
        batch.Stamps[to] = batch.Stamps[from];
    }
}
