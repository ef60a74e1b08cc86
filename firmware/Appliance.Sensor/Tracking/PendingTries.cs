using System;
using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Tracking;

/// <summary>
/// Tries whose outcome is not known yet: a queue in order of time. A try is judged <see cref="Limits.AnswerWait"/> after it came, or earlier
/// when newer ones need its place, so a flood shortens the wait and loses nothing.
/// </summary>
public sealed class PendingTries
{
    /// <summary>How many wait.</summary>
    public int Count;

    /// <summary>Tries that were judged before their time.</summary>
    public int JudgedEarly;

    private const int Width = 11;
    private const int Places = Limits.PendingTries;
    private const int AddressesEach = 2 * Ipv6.AddressLength;

    private readonly int[] _cells = new int[Limits.PendingTries * Width];
    private readonly long[] _wall = new long[Limits.PendingTries];
    private readonly byte[] _addresses = new byte[Limits.PendingTries * AddressesEach];
    private int _first;

    /// <summary>Whether the next <see cref="Add"/> needs a place to be made first.</summary>
    public bool IsFull()
    {
        return Count == Places;
    }

    /// <summary>Puts a try at the end of the queue, which must not be full.</summary>
    /// <param name="probe">The try.</param>
    public void Add(Probe probe)
    {
        int place = _first + Count;
        if (place >= Places)
        {
            place -= Places;
        }

        Count++;
        int[] cells = _cells;
        int at = place * Width;
        cells[at] = probe.Now;
        cells[at + 1] = probe.Actor;
        cells[at + 2] = probe.Target;
        cells[at + 3] = (probe.SourcePort << 16) | probe.Port;
        cells[at + 4] = probe.Protocol | (probe.Version << 9) | (probe.IsSuspect ? 1 << 12 : 0) | (probe.IsRestricted ? 1 << 13 : 0);
        cells[at + 5] = (probe.Identification << 16) | (probe.Ttl << 8) | probe.Flags;
        cells[at + 6] = ((probe.Signature + 1) << 8) | (probe.Expected + 1);
        cells[at + 7] = probe.Number;
        cells[at + 8] = ((probe.LivingBit + 1) << 10) | probe.Fine;
        cells[at + 9] = probe.Connection;
        cells[at + 10] = probe.ConnectionKey;
        _wall[place] = probe.Wall;
        if (probe.Version == 6)
        {
            Array.Copy(probe.Addresses, probe.SourceAt, _addresses, place * AddressesEach, Ipv6.AddressLength);
            Array.Copy(probe.Addresses, probe.DestinationAt, _addresses, (place * AddressesEach) + Ipv6.AddressLength, Ipv6.AddressLength);
        }
    }

    /// <summary>Whether the first try's time has come.</summary>
    /// <param name="now">Centiseconds.</param>
    public bool IsRipe(int now)
    {
        return Count > 0 && now - _cells[_first * Width] >= Limits.AnswerWait;
    }

    /// <summary>Takes the first try out of the queue, which must not be empty.</summary>
    /// <param name="probe">Takes it in.</param>
    public void Take(Probe probe)
    {
        int[] cells = _cells;
        int place = _first;
        int at = place * Width;
        int meta = cells[at + 4];
        int ip = cells[at + 5];
        int marks = cells[at + 6];
        probe.Now = cells[at];
        probe.Actor = cells[at + 1];
        probe.Target = cells[at + 2];
        probe.SourcePort = (cells[at + 3] >> 16) & 0xffff;
        probe.Port = cells[at + 3] & 0xffff;
        probe.Protocol = meta & 511;
        probe.Version = (meta >> 9) & 7;
        probe.IsSuspect = (meta & (1 << 12)) != 0;
        probe.IsRestricted = (meta & (1 << 13)) != 0;
        probe.Identification = (ip >> 16) & 0xffff;
        probe.Ttl = (ip >> 8) & 255;
        probe.Flags = ip & 255;
        probe.Signature = ((marks >> 8) & 0xffff) - 1;
        probe.Expected = (marks & 255) - 1;
        probe.Number = cells[at + 7];
        probe.LivingBit = (cells[at + 8] >> 10) - 1;
        probe.Fine = cells[at + 8] & 1023;
        probe.Connection = cells[at + 9];
        probe.ConnectionKey = cells[at + 10];
        probe.Wall = _wall[place];
        probe.Addresses = _addresses;
        probe.SourceAt = place * AddressesEach;
        probe.DestinationAt = (place * AddressesEach) + Ipv6.AddressLength;
        _first = place + 1 == Places ? 0 : place + 1;
        Count--;
    }
}
