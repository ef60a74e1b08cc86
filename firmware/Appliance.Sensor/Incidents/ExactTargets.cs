using System;

namespace Appliance.Sensor.Incidents;

/// <summary>
/// The targets of one incident, each by its number: a port scan's ports lie anywhere among 65,536, where the bits of an
/// incident's own set soon fall on one another; or the ports of a scan of many hosts. Exact up to <see cref="Most"/>.
/// </summary>
/// <remarks>
/// One incident at a time has it, the first that needs it, until it is closed, has more, or is silent for ten minutes: scans side
/// by side are rare, and the count of the others is off by some per cent.
/// </remarks>
public sealed class ExactTargets
{
    /// <summary>Targets that are counted exactly: nmap's default is a thousand ports.</summary>
    public const int Most = 1024;

    /// <summary>The number of the incident that has it, negative where it counts a sweep's ports by it; 0 for none.</summary>
    public int Owner;

    // In ascending order: a search by halves takes ten looks, and no place is kept free.
    private readonly ushort[] _numbers = new ushort[Most];
    private int _count;
    private int _last;

    /// <summary>Whether it is free for another incident.</summary>
    /// <param name="now">Centiseconds.</param>
    public bool IsFree(int now)
    {
        return Owner == 0 || now - _last > 10 * Memories.Limits.Minute;
    }

    /// <summary>Gives it to an incident.</summary>
    /// <param name="id">The incident's number, negative for its ports.</param>
    public void Take(int id)
    {
        _count = 0;
        Owner = id;
    }

    /// <summary>An incident is closed.</summary>
    /// <param name="id">Its number, negative for its ports.</param>
    public void Free(int id)
    {
        Owner = Owner == id ? 0 : Owner;
    }

    /// <summary>Adds a target.</summary>
    /// <param name="number">16 bits.</param>
    /// <param name="now">Centiseconds.</param>
    /// <returns>Whether it is new. When there are too many, the incident loses the set.</returns>
    public bool Add(int number, int now)
    {
        _last = now;
        ushort[] numbers = _numbers;
        int from = 0;
        int to = _count;
        while (from < to)
        {
            int middle = (from + to) >> 1;
            if (numbers[middle] < number)
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        if (from < _count && numbers[from] == number)
        {
            return false;
        }

        if (_count == Most)
        {
            Owner = 0;
            return true;
        }

        // The device copies overlapping octets as memmove does (CLR_RT_HeapBlock_Array::Copy).
        Array.Copy(numbers, from, numbers, from + 1, _count - from);
        numbers[from] = (ushort)number;
        _count++;
        return true;
    }
}
