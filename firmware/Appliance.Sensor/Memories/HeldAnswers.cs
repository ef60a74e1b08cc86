using System;
using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Memories;

/// <summary>
/// Answers that wait for their question: a mirror port hands over both directions up to some milliseconds out of order, and a
/// refusal that came before its SYN is no answer to nothing.
/// </summary>
/// <remarks>The oldest gives way to a fifth: its judgement only comes earlier, so a flood hides nothing.</remarks>
public sealed class HeldAnswers
{
    /// <summary>How many wait at most.</summary>
    public const int Most = 4;

    // Columns of an answer.
    private const int When = 0;
    private const int Actor = 1;
    private const int Target = 2;
    private const int Ports = 3;
    private const int Marks = 4;
    private const int Fine = 5;
    private const int WallLow = 6;
    private const int WallHigh = 7;
    private const int Width = 8;

    // Marks beside flags (bits 0-7), TTL (8-15) and version (24-31).
    private const int HasNumberZero = 1 << 16;
    private const int GoesOn = 1 << 17;

    private const int AddressesEach = 2 * Ipv6.AddressLength;

    private readonly int[] _cells = new int[Most * Width];
    private readonly byte[] _addresses = new byte[Most * AddressesEach];

    /// <summary>How many wait.</summary>
    public int Count;

    /// <summary>Whether a copy of an answer waits: some mirrors show each frame twice.</summary>
    /// <param name="probe">The answer.</param>
    public bool Holds(Probe probe)
    {
        int[] cells = _cells;
        for (int at = 0; at < Count * Width; at += Width)
        {
            if (cells[at + Actor] == probe.Actor && cells[at + Target] == probe.Target
                && cells[at + Ports] == probe.Ports() && (byte)cells[at + Marks] == probe.Flags
                && probe.Now - cells[at + When] <= 1)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds an answer; there must be room.</summary>
    /// <param name="probe">The answer; its wall clock is known.</param>
    public void Add(Probe probe)
    {
        int[] cells = _cells;
        int at = Count * Width;
        cells[at + When] = probe.Now;
        cells[at + Actor] = probe.Actor;
        cells[at + Target] = probe.Target;
        cells[at + Ports] = probe.Ports();
        cells[at + Marks] = (probe.Version << 24) | (probe.Sequence == 0 ? HasNumberZero : 0) | (probe.Ttl << 8) | probe.Flags;
        cells[at + Fine] = probe.Fine;
        cells[at + WallLow] = (int)probe.Wall;
        cells[at + WallHigh] = (int)(probe.Wall >> 32);
        if (probe.Version == 6)
        {
            probe.CopyAddresses(_addresses, Count * AddressesEach);
        }

        Count++;
    }

    /// <summary>Drops the oldest answer; there must be one.</summary>
    public void DropOldest()
    {
        Count--;
        Array.Copy(_cells, Width, _cells, 0, Count * Width);
        Array.Copy(_addresses, AddressesEach, _addresses, 0, Count * AddressesEach);
    }

    /// <summary>Marks a SYN-ACK whose flow goes on.</summary>
    /// <param name="probe">A segment of the same flow and direction.</param>
    /// <returns>True when one waits that was not marked before.</returns>
    public bool GoOn(Probe probe)
    {
        int[] cells = _cells;
        for (int at = 0; at < Count * Width; at += Width)
        {
            if (cells[at + Actor] == probe.Actor && cells[at + Target] == probe.Target
                && cells[at + Ports] == probe.Ports() && (cells[at + Marks] & (GoesOn | Tcp.Rst)) == 0)
            {
                cells[at + Marks] |= GoesOn;
                return true;
            }
        }

        return false;
    }

    /// <summary>When the oldest answer came, centiseconds; there must be one.</summary>
    public int Oldest()
    {
        return _cells[When];
    }

    /// <summary>Whether a flow goes on.</summary>
    /// <param name="place">Its answer's place, from 0, the oldest first.</param>
    public bool DoesGoOn(int place)
    {
        return (_cells[(place * Width) + Marks] & GoesOn) != 0;
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="place">Its place.</param>
    /// <param name="probe">Takes it in; its sequence number is 0, or 1 for any other.</param>
    public void Read(int place, Probe probe)
    {
        int[] cells = _cells;
        int at = place * Width;
        int marks = cells[at + Marks];
        probe.ReadEnds(cells[at + When], cells[at + Actor], cells[at + Target], cells[at + Ports]);
        probe.Version = marks >> 24;
        probe.Protocol = IpProtocol.Tcp;
        probe.Signature = -1;
        probe.Expected = -1;
        probe.IsSuspect = false;
        probe.Outcome = Outcome.Silent;
        probe.LivingBit = 0;
        probe.Ttl = (byte)(marks >> 8);
        probe.Flags = (byte)marks;
        probe.Sequence = (marks & HasNumberZero) != 0 ? 0 : 1;
        probe.Fine = cells[at + Fine];
        probe.Wall = ((long)cells[at + WallHigh] << 32) | (uint)cells[at + WallLow];
        probe.UseAddresses(_addresses, place * AddressesEach);
    }
}
