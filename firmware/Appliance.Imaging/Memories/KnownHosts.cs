using System;

namespace Appliance.Imaging.Memories;

/// <summary>
/// Which home addresses spoke before, kept over restarts: the octets are what a file holds. Exact, in fixed memory; a flood of
/// forged addresses pushes out those that were heard on one day only, and none that was heard on two.
/// </summary>
public sealed class KnownHosts
{
    /// <summary>Addresses at most: a /22 that is full.</summary>
    public const int Most = 1024;

    /// <summary>It was heard before.</summary>
    public const int Known = 0;

    /// <summary>It is new, and known from now on.</summary>
    public const int New = 1;

    /// <summary>It is new, and there is no room to remember it: it must not be told, or it would be again and again.</summary>
    public const int NoRoom = 2;

    /// <summary>Octets of an entry: an address, and the day on which it was heard last.</summary>
    public const int Record = 6;

    // The day's highest bit: it was heard on more than one.
    private const int Lasting = 0x8000;
    private const int DayMask = 0x7fff;
    private const int Gone = 60;
    private const int Ways = 8;
    private const int Sets = Most / Ways;

    /// <summary>The entries; zeros for a free one.</summary>
    public readonly byte[] Octets = new byte[Most * Record];

    /// <summary>Sum of what each entry and its place come to: it follows each change, so that a file of them need not be summed
    /// up while frames come, and a torn one does not have it.</summary>
    public int Sum;

    /// <summary>Hears an address.</summary>
    /// <param name="address">IPv4.</param>
    /// <param name="day">Today, counted from when the box began to learn.</param>
    /// <returns>A constant of this class.</returns>
    public int Hear(int address, int day)
    {
        byte[] octets = Octets;
        int set = SetOf(address);
        int worst = -1;
        int worth = int.MaxValue;
        for (int at = set; at < set + Ways * Record; at += Record)
        {
            int there = (octets[at] << 24) | (octets[at + 1] << 16) | (octets[at + 2] << 8) | octets[at + 3];
            int heard = (octets[at + 4] << 8) | octets[at + 5];
            if (there == address)
            {
                if ((heard & DayMask) != (day & DayMask))
                {
                    Put(at, address, (day & DayMask) | Lasting);
                }

                return Known;
            }

            int age = (day - heard) & DayMask;
            int value = there == 0 ? -1 : (heard & Lasting) == 0 ? DayMask - age : age > Gone ? 2 * DayMask - age : int.MaxValue;
            if (value < worth)
            {
                worth = value;
                worst = at;
            }
        }

        if (worst < 0)
        {
            return NoRoom;
        }

        Put(worst, address, day & DayMask);
        return New;
    }

    /// <summary>Whether an address was heard before.</summary>
    /// <param name="address">IPv4.</param>
    public bool Has(int address)
    {
        int set = SetOf(address);
        for (int at = set; at < set + Ways * Record; at += Record)
        {
            if (((Octets[at] << 24) | (Octets[at + 1] << 16) | (Octets[at + 2] << 8) | Octets[at + 3]) == address)
            {
                return true;
            }
        }

        return false;
    }

    // Neighbours stand in neighbouring sets: a network that is full fills each alike.
    private int SetOf(int address)
    {
        return ((address ^ (address >> 10)) & (Sets - 1)) * Ways * Record;
    }

    /// <summary>Takes what stands in <see cref="Octets"/>, if it has a sum.</summary>
    /// <param name="sum">What <see cref="Sum"/> was when they were written.</param>
    /// <returns>Whether it has.</returns>
    public bool Load(int sum)
    {
        Sum = 0;
        for (int at = 0; at < Octets.Length; at += Record)
        {
            Sum += PartOf(at);
        }

        return Sum == sum;
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(Octets, 0, Octets.Length);
        Sum = 0;
    }

    // What an entry adds to the sum: nothing when it is free.
    private int PartOf(int at)
    {
        int address = (Octets[at] << 24) | (Octets[at + 1] << 16) | (Octets[at + 2] << 8) | Octets[at + 3];
        int day = (Octets[at + 4] << 8) | Octets[at + 5];
        int part = ((address * 0x01000193) ^ (day * 0x5bd1e995)) * (2 * at + 1);
        return part ^ ((part >> 15) & 0x1ffff);
    }

    private void Put(int at, int address, int day)
    {
        Sum -= PartOf(at);
        Octets[at] = (byte)(address >> 24);
        Octets[at + 1] = (byte)(address >> 16);
        Octets[at + 2] = (byte)(address >> 8);
        Octets[at + 3] = (byte)address;
        Octets[at + 4] = (byte)(day >> 8);
        Octets[at + 5] = (byte)day;
        Sum += PartOf(at);
    }
}
