using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Incidents;

/// <summary>The order in which a sweep's targets came, and what it proves of the tool.</summary>
/// <remarks>
/// A tool that makes its targets in a loop counts source ports or IP ids in step: the difference to the target's number stays,
/// but for what its machine sends beside. Numbers that count with the time, or not at all, stay near too where the targets are
/// few and near: only what slips little beside the targets' span is an order.
/// </remarks>
public sealed partial class IncidentTable
{
    // Bits of Column.IdOrders. The ids' order is broken as they were sent, and with their two octets swapped, as old Windows
    // counts.
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
            cells[at + Column.Ascents] += (number - cells[at + Column.TargetLast]) << 16 > 0 ? 1 << 16 : 1;
            int slip = (short)(stride - cells[at + Column.Stride]);
            int slips = cells[at + Column.StrideSlip];
            if (slip < (short)slips)
            {
                cells[at + Column.StrideSlip] = (slips & ~0xffff) | (ushort)slip;
            }
            else if (slip > slips >> 16)
            {
                cells[at + Column.StrideSlip] = (slip << 16) | (ushort)slips;
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
        int swapped = ((identification << 8) | (byte)(identification >> 8)) - number;
        if ((orders & IdsBegun) == 0)
        {
            cells[at + Column.IdStride] = (swapped << 16) | (ushort)plain;
            cells[at + Column.IdOrders] = orders | IdsBegun;
            return;
        }

        int bases = cells[at + Column.IdStride];
        orders = Slip(orders, PlainBroken, PlainSlip, (short)(plain - bases));
        cells[at + Column.IdOrders] = Slip(orders, SwappedBroken, SwappedSlip, (short)(swapped - (bases >> 16)));
    }

    /// <summary>
    /// A new target of whose place in the order nothing is known: one may be so, with two there is no order of IP ids.
    /// </summary>
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
        if (cells[at + Column.Size] < Limits.SuspectTargets || cells[at + Column.Kind] != Kind.Sweep
            || cells[at + Column.Sources] > 1)
        {
            return 0;
        }

        int span = cells[at + Column.TargetSpan];
        int slip = (cells[at + Column.StrideSlip] >> 16) - (short)cells[at + Column.StrideSlip];
        if (cells[at + Column.SourcePort] == -1 && IsOrder(slip, span))
        {
            return 1;
        }

        int orders = cells[at + Column.IdOrders];
        return (orders & IdsBegun) != 0
            && (IsIdOrder(orders, PlainBroken, PlainSlip, span) || IsIdOrder(orders, SwappedBroken, SwappedSlip, span)) ? 2 : 0;
    }

    /// <summary>
    /// How many probes between the first and the last target number the tap did not see; 0 without a stride, or where the numbers
    /// do not show it. Addresses for which the tool's own count did not go on were left out by the tool: nothing of them was
    /// there to be seen.
    /// </summary>
    /// <param name="at">Where the record begins in <see cref="Cells"/>.</param>
    /// <param name="stride">Its <see cref="StrideOf"/>.</param>
    public int UnseenOf(int at, int stride)
    {
        if (stride == 0 || !IsSpanKnown(at) || IsAtLeast(at))
        {
            return 0;
        }

        // Up the network the count then falls behind the target's number, down the network it is ahead.
        int[] cells = Cells;
        bool isUp = cells[at + Column.Ascents] >> 16 >= (ushort)cells[at + Column.Ascents];
        int omitted;
        if (stride == 1)
        {
            int slips = cells[at + Column.StrideSlip];
            omitted = isUp ? -(short)slips : slips >> 16;
        }
        else
        {
            int orders = cells[at + Column.IdOrders];
            int place = IsIdOrder(orders, PlainBroken, PlainSlip, cells[at + Column.TargetSpan]) ? PlainSlip : SwappedSlip;
            omitted = (orders >> (isUp ? place : place + SlipBits)) & SlipMask;
        }

        int unseen = cells[at + Column.TargetSpan] + 1 - cells[at + Column.Size] - omitted;
        return unseen < 0 ? 0 : unseen;
    }

    /// <summary>Whether nearly all targets came in one direction: the order of every simple loop.</summary>
    /// <param name="at">Where the record begins in <see cref="Cells"/>.</param>
    public bool IsPlainOrder(int at)
    {
        int ascents = Cells[at + Column.Ascents] >> 16;
        int descents = (ushort)Cells[at + Column.Ascents];
        int most = ascents > descents ? ascents : descents;
        return most * 5 >= (ascents + descents) * 4;
    }

    private bool IsOrder(int slip, int span)
    {
        return slip <= Limits.StrideDrift && slip * 8 <= span;
    }

    private bool IsIdOrder(int orders, int broken, int place, int span)
    {
        return (orders & broken) == 0 && IsOrder(((orders >> place) & SlipMask) + ((orders >> (place + SlipBits)) & SlipMask),
            span);
    }

    /// <summary>
    /// Whether the span of the target numbers is that of the addresses. Half a /16 or less is spanned in one way only; of a whole
    /// one the shortest walk over all targets may lead across its ends, and the numbers of several are not in one row.
    /// </summary>
    private bool IsSpanKnown(int at)
    {
        int[] cells = Cells;
        int length = cells[at + Column.DestinationLength];
        if (cells[at + Column.Version] == 6)
        {
            return length > 128 - 16;
        }

        int low = (ushort)(cells[at + Column.TargetLow] - ((cells[at + Column.Destination] >> 16) * Probe.NumberShift));
        return length > 16 || (length == 16 && low + cells[at + Column.TargetSpan] <= 0xffff);
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
