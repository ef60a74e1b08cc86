using Appliance.Sensor.Tracking;

namespace Appliance.Sensor.Incidents;

/// <summary>The order in which a sweep's targets came, and what it proves of the tool.</summary>
/// <remarks>
/// A tool that makes its targets in a loop counts source ports or IP ids in step: the difference to the target's number stays, but for what
/// its machine sends beside. Numbers that count with the time, or not at all, stay near too where the targets are few and near: only what
/// slips little beside the targets' span is an order.
/// </remarks>
public sealed partial class IncidentTable
{
    // Bits of Column.IdOrders. The ids' order is broken as they were sent, and with their two octets swapped, as old Windows counts.
    private const int PlainBroken = 1;
    private const int SwappedBroken = 2;
    private const int IdsBroken = PlainBroken | SwappedBroken;

    // There was an id; and of one target there was none.
    private const int IdsBegun = 4;
    private const int IdMissing = 8;

    // Where four bits each hold how far an order slipped down, and behind them how far up.
    private const int PlainSlip = 8;
    private const int SwappedSlip = 16;
    private const int SlipBits = 4;
    private const int SlipMask = 15;

    /// <summary>Follows the order of new targets: strides of source port and IP id, and whether they plainly ascend.</summary>
    /// <param name="record">The record.</param>
    /// <param name="number">The target's number.</param>
    /// <param name="sourcePort">The probe's source port.</param>
    /// <param name="identification">The probe's IP id, -1 when it is not known.</param>
    public void FollowOrder(int record, int number, int sourcePort, int identification)
    {
        int[] cells = Cells;
        int at = record * Column.Count;
        int stride = sourcePort - number;
        if (cells[at + Column.Size] == 1)
        {
            cells[at + Column.Stride] = stride;
        }
        else
        {
            cells[at + Column.Ascents] += number > cells[at + Column.TargetLast] ? 1 << 16 : 1;
            int slip = (stride - cells[at + Column.Stride]) << 16 >> 16;
            int slips = cells[at + Column.StrideSlip];
            if (slip < slips << 16 >> 16)
            {
                cells[at + Column.StrideSlip] = (slips & ~0xffff) | (slip & 0xffff);
            }
            else if (slip > slips >> 16)
            {
                cells[at + Column.StrideSlip] = (slip << 16) | (slips & 0xffff);
            }
        }

        cells[at + Column.TargetLast] = number;
        int orders = cells[at + Column.IdOrders];
        if ((orders & IdsBroken) == IdsBroken)
        {
            return;
        }

        if (identification < 0)
        {
            MissOrder(record);
            return;
        }

        int plain = identification - number;
        int swapped = ((identification << 8) | ((identification >> 8) & 255)) - number;
        if ((orders & IdsBegun) == 0)
        {
            cells[at + Column.IdStride] = (swapped << 16) | (plain & 0xffff);
            cells[at + Column.IdOrders] = orders | IdsBegun;
            return;
        }

        int bases = cells[at + Column.IdStride];
        orders = Slip(orders, PlainBroken, PlainSlip, (plain - bases) << 16 >> 16);
        cells[at + Column.IdOrders] = Slip(orders, SwappedBroken, SwappedSlip, (swapped - (bases >> 16)) << 16 >> 16);
    }

    /// <summary>A new target of whose place in the order nothing is known: one may be so, with two there is no order of IP ids.</summary>
    /// <param name="record">The record.</param>
    public void MissOrder(int record)
    {
        int at = (record * Column.Count) + Column.IdOrders;
        int orders = Cells[at];
        Cells[at] = (orders & IdMissing) != 0 ? orders | IdsBroken : orders | IdMissing;
    }

    /// <summary>Targets of another walk came between: no order holds from now on.</summary>
    /// <param name="record">The record.</param>
    public void BreakOrder(int record)
    {
        int at = record * Column.Count;
        Cells[at + Column.StrideSlip] = (short.MaxValue << 16) | 0x8000;
        Cells[at + Column.IdOrders] |= IdsBroken;
    }

    /// <summary>The order in which a tool made its targets.</summary>
    /// <param name="at">Where the record begins in <see cref="Cells"/>.</param>
    /// <returns>1 the source port, 2 the IP id counts with the target; 0 neither does.</returns>
    public int StrideOf(int at)
    {
        int[] cells = Cells;
        // Ports and ids count with each source by itself: what many sources sent has no order.
        if (cells[at + Column.Size] < Limits.SuspectTargets || cells[at + Column.Kind] != Kind.Sweep || cells[at + Column.Sources] > 1)
        {
            return 0;
        }

        int span = cells[at + Column.TargetHigh] - cells[at + Column.TargetLow];
        int slip = (cells[at + Column.StrideSlip] >> 16) - (cells[at + Column.StrideSlip] << 16 >> 16);
        if (cells[at + Column.SourcePort] == -1 && IsOrder(slip, span))
        {
            return 1;
        }

        int orders = cells[at + Column.IdOrders];
        return (orders & IdsBegun) != 0
            && (((orders & PlainBroken) == 0 && IsOrder(SlipOf(orders, PlainSlip), span))
                || ((orders & SwappedBroken) == 0 && IsOrder(SlipOf(orders, SwappedSlip), span)))
            ? 2
            : 0;
    }

    /// <summary>How many probes between the first and the last target number the tap did not see; 0 without a stride.</summary>
    /// <param name="at">Where the record begins in <see cref="Cells"/>.</param>
    public int UnseenOf(int at)
    {
        int[] cells = Cells;
        return StrideOf(at) == 0 ? 0 : cells[at + Column.TargetHigh] - cells[at + Column.TargetLow] + 1 - cells[at + Column.Size];
    }

    /// <summary>Whether nearly all targets came in one direction: the order of every simple loop.</summary>
    /// <param name="at">Where the record begins in <see cref="Cells"/>.</param>
    public bool IsPlainOrder(int at)
    {
        int ascents = Cells[at + Column.Ascents] >> 16;
        int descents = Cells[at + Column.Ascents] & 0xffff;
        int most = ascents > descents ? ascents : descents;
        return most * 5 >= (ascents + descents) * 4;
    }

    private bool IsOrder(int slip, int span)
    {
        return slip <= Limits.StrideDrift && slip * 8 <= span;
    }

    private int SlipOf(int orders, int place)
    {
        return ((orders >> place) & SlipMask) + ((orders >> (place + SlipBits)) & SlipMask);
    }

    // What becomes of the orders when a difference is so far from the first.
    private int Slip(int orders, int broken, int place, int slip)
    {
        place = slip < 0 ? place : place + SlipBits;
        slip = slip < 0 ? -slip : slip;
        if (slip > Limits.StrideDrift)
        {
            return orders | broken;
        }

        return slip > ((orders >> place) & SlipMask) ? (orders & ~(SlipMask << place)) | (slip << place) : orders;
    }
}
