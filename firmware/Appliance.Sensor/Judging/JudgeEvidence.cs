using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>What a suspicion keeps of each try.</summary>
public sealed partial class Judge
{
    /// <summary>Begins a suspicion with a try, and writes the try into it.</summary>
    private int Begin(int key, Probe probe, bool byPort, int keep)
    {
        int at = _suspicions.Add(key, probe.Actor, probe.Now, keep);
        if (at < 0)
        {
            return -1;
        }

        // The answered tries of the same walk belong to it: those before this failure, which begin it, and where the failure waited for
        // another (Newcomers) those since.
        Probe earlier = _earlier;
        int next = _pending.NextGood(0, probe, byPort, earlier);
        bool isFirst = next < 0 || earlier.Now - probe.Now > 0;
        if (!isFirst)
        {
            Complete(earlier);
            Start(at, earlier);
            _suspicions.Cells[at + Suspicions.First] = earlier.Now;
        }
        else
        {
            Start(at, probe);
        }

        bool isWritten = false;
        while (next >= 0)
        {
            if (!isWritten && earlier.Now - probe.Now > 0)
            {
                Write(at, probe, byPort ? probe.Number : probe.Port);
                isWritten = true;
            }

            Complete(earlier);
            Write(at, earlier, byPort ? earlier.Number : earlier.Port);
            next = _pending.NextGood(next, probe, byPort, earlier);
        }

        if (!isWritten)
        {
            Write(at, probe, byPort ? probe.Number : probe.Port);
        }

        return at;
    }

    private void Start(int at, Probe probe)
    {
        int[] cells = _suspicions.Cells;
        cells[at + Suspicions.FirstTarget] = probe.Version == 6 ? _hash.DigestOfSix(probe.Addresses, probe.DestinationAt) : probe.Target;
        cells[at + Suspicions.Cover] = (probe.Version == 6 ? 128 : 32) | (probe.Ttl << 8) | (probe.Ttl << 16);
        cells[at + Suspicions.Facts] = (probe.Signature + 1) | ((probe.Expected + 1) << 16)
            | (probe.Signature >= 0 || probe.IsSuspect ? Suspicions.IsNamed : 0);
        cells[at + Suspicions.FirstPort] = (probe.Identification << 16) | probe.SourcePort;
        cells[at + Suspicions.Flags] = (probe.Fine << 8) | probe.Flags;
    }

    private int PlaceOf(int at, int number)
    {
        int[] cells = _suspicions.Cells;
        int count = cells[at + Suspicions.Targets];
        count = count > Suspicions.ListedTargets ? Suspicions.ListedTargets : count;
        int first = at + Suspicions.Target;
        for (int i = 0; i < count; i++)
        {
            if (((cells[first + i] >> 16) & 0xffff) == number)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Writes a try into a suspicion.</summary>
    private void Write(int at, Probe probe, int number)
    {
        int[] cells = _suspicions.Cells;
        int facts = cells[at + Suspicions.Facts];
        int cover = cells[at + Suspicions.Cover];
        if (probe.Now - cells[at + Suspicions.Last] > 0)
        {
            cells[at + Suspicions.Last] = probe.Now;
        }

        cells[at + Suspicions.Tries]++;
        if ((facts & 0xffff) != probe.Signature + 1)
        {
            facts |= Suspicions.NameDiffers;
            if ((facts & 0xffff) == 0)
            {
                facts |= probe.Signature + 1;
            }
        }

        if (probe.Expected < 0)
        {
            facts &= ~0xff0000;
        }

        facts |= probe.Flags != (cells[at + Suspicions.Flags] & 255) ? Suspicions.FlagsDiffer : 0;
        bool samePort = probe.SourcePort == (cells[at + Suspicions.FirstPort] & 0xffff);
        facts |= samePort ? 0 : Suspicions.PortDiffers;
        if (probe.Ttl < ((cover >> 8) & 255))
        {
            cover = (cover & ~0xff00) | (probe.Ttl << 8);
        }
        else if (probe.Ttl > ((cover >> 16) & 255))
        {
            cover = (cover & ~0xff0000) | (probe.Ttl << 16);
        }

        int place = PlaceOf(at, number);
        if (place >= 0)
        {
            int each = cells[at + Suspicions.TriesEach];
            if (((each >> (place << 2)) & 15) != 15)
            {
                cells[at + Suspicions.TriesEach] = each + (1 << (place << 2));
            }
        }
        else
        {
            int count = cells[at + Suspicions.Targets];
            bool isNew = true;
            if (count < Suspicions.ListedTargets)
            {
                place = count;
                cells[at + Suspicions.TriesEach] |= 1 << (place << 2);
                facts |= count == 1 && samePort ? Suspicions.HoldsIds : 0;
                bool holdsIds = (facts & Suspicions.HoldsIds) != 0;
                cells[at + Suspicions.Target + place] = (number << 16) | (holdsIds ? probe.Identification : probe.SourcePort);
            }
            else
            {
                int bit = 1 << (number & 31);
                isNew = (cells[at + Suspicions.Beyond] & bit) == 0;
                cells[at + Suspicions.Beyond] |= bit;
                if (!isNew && probe.Outcome == Outcome.Dark)
                {
                    place = ListDark(at, number, (facts & Suspicions.HoldsIds) != 0 ? probe.Identification : probe.SourcePort);
                }
            }

            if (isNew)
            {
                cells[at + Suspicions.Targets] = count + 1;
                Count(at, probe);
                cover = probe.Version == 6
                    ? (cover & ~0xff) | _hash.SharedSix(cells[at + Suspicions.FirstTarget], probe.Addresses, probe.DestinationAt, cover & 255)
                    : (cover & ~0xff) | _incidents.SharedLength(cells[at + Suspicions.FirstTarget], probe.Target, cover & 255);
            }
        }

        if (place >= 0 && place < Suspicions.ListedTargets && probe.Outcome == Outcome.Dark)
        {
            cover |= 1 << (24 + place);
        }

        cells[at + Suspicions.Cover] = cover;
        cells[at + Suspicions.Facts] = facts;
    }

    /// <summary>
    /// Lists a dark target that came again in place of one that is not dark: who polls a network of living hosts would otherwise never be seen
    /// to poll the dead ones among them. The first target stays, since its source port and IP id stand apart.
    /// </summary>
    /// <returns>Its place, -1 when all that are listed are dark.</returns>
    private int ListDark(int at, int number, int order)
    {
        int[] cells = _suspicions.Cells;
        int dark = (cells[at + Suspicions.Cover] >> 24) & 255;
        for (int place = 1; place < Suspicions.ListedTargets; place++)
        {
            if (((dark >> place) & 1) == 0)
            {
                int cell = at + Suspicions.Target + place;
                cells[at + Suspicions.Beyond] |= 1 << ((cells[cell] >> 16) & 31);
                cells[cell] = (number << 16) | order;
                cells[at + Suspicions.TriesEach] = (cells[at + Suspicions.TriesEach] & ~(15 << (place << 2))) | (1 << (place << 2));
                return place;
            }
        }

        return -1;
    }

    private void Count(int at, Probe probe)
    {
        int[] cells = _suspicions.Cells;
        int counts = cells[at + Suspicions.Counts];
        int outcome = probe.Outcome;
        int add = outcome == Outcome.Answered || outcome == Outcome.Open ? 1 << 8 : 1;
        if (probe.IsSuspect && outcome != Outcome.Open)
        {
            add |= 1 << 16;
        }

        if (outcome == Outcome.Refused)
        {
            add |= 1 << 24;
        }

        if (cells[at + Suspicions.Targets] < 100)
        {
            cells[at + Suspicions.Counts] = counts + add;
        }
    }
}
