using System;

namespace Appliance.Sensor.Memories;

/// <summary>Home hosts on whose unserved suspect ports several actors knock, each with its last probes.</summary>
/// <remarks>
/// A new host takes the place of the one whose probes are of the fewest actors, then the longest silent; one with an incident
/// stays. An attacker who spoofs sources at one host makes that host's incident, which is what is to be seen.
/// </remarks>
public sealed class SharedTargets
{
    /// <summary>Column of a host: its address or address hash.</summary>
    public const int Target = 0;

    /// <summary>Column of a host: 4 or 6; 0 for a free place.</summary>
    public const int Version = 1;

    /// <summary>Column of a host: newest probe, centiseconds.</summary>
    public const int Last = 2;

    /// <summary>Column of a host: the incident's record + 1, 0 for none.</summary>
    public const int Incident = 3;

    /// <summary>Column of a host: its living bit.</summary>
    public const int LivingBit = 4;

    /// <summary>Column of a host: the first of its probes.</summary>
    public const int FirstProbe = 5;

    /// <summary>Column of a probe: its actor.</summary>
    public const int Actor = 0;

    /// <summary>Column of a probe: when it came, centiseconds, never 0, which marks a free place.</summary>
    public const int When = 1;

    /// <summary>Column of a probe: port (high 16 bits), TTL (8-15), TCP flags (0-7).</summary>
    public const int Facts = 2;

    /// <summary>
    /// Column of a probe: signature + 1 (bits 0-13), protocol (14-22), whether it was answered (23), how often it came (24-31).
    /// </summary>
    public const int Marks = 3;

    /// <summary>Column of a probe: what its time has below a centisecond, in units of 10 µs.</summary>
    public const int Fine = 4;

    /// <summary>Columns of a probe.</summary>
    public const int ProbeWidth = 5;

    /// <summary>Columns of a host.</summary>
    public const int Width = FirstProbe + (Limits.SharedProbes * ProbeWidth);

    /// <summary>Mask of signature + 1 in <see cref="Marks"/>.</summary>
    public const int SignatureMask = 0x3fff;

    /// <summary>Mark: it was answered.</summary>
    public const int WasAnswered = 1 << 23;

    /// <summary>Shift of how often it came.</summary>
    public const int TimesShift = 24;

    private const int ProtocolShift = 14;

    /// <summary>Hosts and probes pushed out before their story was over.</summary>
    public int Evictions;

    /// <summary>All hosts, one behind the other.</summary>
    public readonly int[] Cells = new int[Limits.SharedTargets * Width];

    /// <summary>Finds a probe's target.</summary>
    /// <param name="probe">The probe.</param>
    /// <returns>Where the host begins in <see cref="Cells"/>, or -1.</returns>
    public int Find(Probe probe)
    {
        int[] cells = Cells;
        int target = probe.Target;
        for (int at = 0; at < cells.Length; at += Width)
        {
            if (cells[at] == target && cells[at + Version] == probe.Version)
            {
                return at;
            }
        }

        return -1;
    }

    /// <summary>Makes a place for a probe's target.</summary>
    /// <param name="probe">The probe.</param>
    /// <returns>Where the host begins, without probes; -1 when all have incidents.</returns>
    public int Make(Probe probe)
    {
        int[] cells = Cells;
        int at = PlaceForHost(probe.Now);
        if (at >= 0)
        {
            cells[at + Target] = probe.Target;
            cells[at + Version] = probe.Version;
            cells[at + LivingBit] = probe.LivingBit;
        }

        return at;
    }

    /// <summary>The place of a probe by the same actor at the same port, a free one, or the oldest.</summary>
    /// <param name="at">Where the host begins.</param>
    /// <param name="probe">The probe.</param>
    public int PlaceFor(int at, Probe probe)
    {
        int[] cells = Cells;
        int free = -1;
        int oldest = -1;
        for (int place = at + FirstProbe; place < at + Width; place += ProbeWidth)
        {
            if (cells[place + When] == 0)
            {
                free = place;
            }
            else if (IsAgain(place, probe))
            {
                return place;
            }
            else if (oldest < 0 || cells[place + When] - cells[oldest + When] < 0)
            {
                oldest = place;
            }
        }

        return free >= 0 ? free : oldest;
    }

    /// <summary>Whether a place holds a probe by the same actor at the same port.</summary>
    /// <param name="place">The place.</param>
    /// <param name="probe">The probe.</param>
    public bool IsAgain(int place, Probe probe)
    {
        return Cells[place + When] != 0 && Cells[place + Actor] == probe.Actor
            && (int)((uint)Cells[place + Facts] >> 16) == probe.Port;
    }

    /// <summary>Writes a probe into its place.</summary>
    /// <param name="place">The place.</param>
    /// <param name="probe">The probe.</param>
    public void Write(int place, Probe probe)
    {
        int[] cells = Cells;
        cells[place + Actor] = probe.Actor;
        cells[place + When] = probe.Now == 0 ? 1 : probe.Now;
        cells[place + Facts] = (probe.Port << 16) | (probe.Ttl << 8) | probe.Flags;
        cells[place + Marks] = (probe.Signature + 1) | (probe.Protocol << ProtocolShift)
            | (probe.Outcome == Outcome.Answered ? WasAnswered : 0) | (1 << TimesShift);
        cells[place + Fine] = probe.Fine;
    }

    /// <summary>Reads a probe.</summary>
    /// <param name="at">Where the host begins.</param>
    /// <param name="place">The probe's place.</param>
    /// <param name="probe">Takes it in, but for the wall clock and IPv6 addresses.</param>
    public void Read(int at, int place, Probe probe)
    {
        int[] cells = Cells;
        int facts = cells[place + Facts];
        int marks = cells[place + Marks];
        probe.Now = cells[place + When];
        probe.Fine = cells[place + Fine];
        probe.Version = cells[at + Version];
        probe.Actor = cells[place + Actor];
        probe.Target = cells[at + Target];
        probe.Number = probe.NumberOf(probe.Target);
        probe.Protocol = (marks >> ProtocolShift) & 511;
        probe.SourcePort = 0;
        probe.Port = (int)((uint)facts >> 16);
        probe.Ttl = (byte)(facts >> 8);
        probe.Flags = (byte)facts;
        probe.Identification = 0;
        probe.Signature = (marks & SignatureMask) - 1;
        probe.IsSuspect = true;
        probe.IsRestricted = false;
        probe.Expected = -1;
        probe.LivingBit = cells[at + LivingBit];
        probe.Outcome = (marks & WasAnswered) != 0 ? Outcome.Answered : Outcome.Silent;
    }

    /// <summary>How often a probe came, 255 at most.</summary>
    /// <param name="place">Its place.</param>
    public int TimesOf(int place)
    {
        return (byte)(Cells[place + Marks] >> TimesShift);
    }

    /// <summary>Forgets a host's probes.</summary>
    /// <param name="at">Where the host begins.</param>
    public void ForgetProbes(int at)
    {
        Array.Clear(Cells, at + FirstProbe, Limits.SharedProbes * ProbeWidth);
    }

    /// <summary>Forgets a probe.</summary>
    /// <param name="place">Its place.</param>
    public void ForgetProbe(int place)
    {
        Array.Clear(Cells, place, ProbeWidth);
    }

    /// <summary>Forgets the probes of an actor.</summary>
    /// <param name="actor">The actor.</param>
    public void Forget(int actor)
    {
        int[] cells = Cells;
        for (int at = 0; at < cells.Length; at += Width)
        {
            for (int place = at + FirstProbe; place < at + Width; place += ProbeWidth)
            {
                if (cells[place + Actor] == actor)
                {
                    ForgetProbe(place);
                }
            }
        }
    }

    /// <summary>Frees the host of a closed incident.</summary>
    /// <param name="record">The incident's record.</param>
    public void Release(int record)
    {
        int[] cells = Cells;
        for (int at = 0; at < cells.Length; at += Width)
        {
            if (cells[at + Incident] == record + 1)
            {
                Array.Clear(cells, at, Width);
            }
        }
    }

    /// <summary>How many actors a host's probes have that came at a time or before.</summary>
    /// <param name="at">Where the host begins.</param>
    /// <param name="until">Centiseconds.</param>
    public int ActorsOf(int at, int until)
    {
        int[] cells = Cells;
        int count = 0;
        for (int place = at + FirstProbe; place < at + Width; place += ProbeWidth)
        {
            bool isNew = cells[place + When] != 0 && until - cells[place + When] >= 0;
            for (int other = at + FirstProbe; isNew && other < place; other += ProbeWidth)
            {
                isNew = cells[other + When] == 0 || cells[other + Actor] != cells[place + Actor]
                    || until - cells[other + When] < 0;
            }

            count += isNew ? 1 : 0;
        }

        return count;
    }

    /// <summary>The oldest probe of a host that came at a time or before.</summary>
    /// <param name="at">Where the host begins.</param>
    /// <param name="until">Centiseconds.</param>
    /// <returns>Its place, or -1.</returns>
    public int OldestOf(int at, int until)
    {
        int[] cells = Cells;
        int oldest = -1;
        for (int place = at + FirstProbe; place < at + Width; place += ProbeWidth)
        {
            if (cells[place + When] != 0 && until - cells[place + When] >= 0
                && (oldest < 0 || cells[place + When] - cells[oldest + When] < 0))
            {
                oldest = place;
            }
        }

        return oldest;
    }

    /// <summary>Forgets a host's probes whose story is over.</summary>
    /// <param name="at">Where the host begins.</param>
    /// <param name="now">Centiseconds.</param>
    public void ForgetOld(int at, int now)
    {
        int[] cells = Cells;
        for (int place = at + FirstProbe; place < at + Width; place += ProbeWidth)
        {
            if (cells[place + When] != 0 && now - cells[place + When] > Limits.StoryGap
                && now - cells[at + Last] > Limits.StoryGap)
            {
                ForgetProbe(place);
            }
        }
    }

    private int PlaceForHost(int now)
    {
        int[] cells = Cells;
        int at;
        int victim = -1;
        int weakest = int.MaxValue;
        int oldest = -1;
        for (at = 0; at < cells.Length; at += Width)
        {
            if (cells[at + Version] == 0)
            {
                return at;
            }

            if (cells[at + Incident] != 0)
            {
                continue;
            }

            int age = now - cells[at + Last];
            int actors = age > Limits.StoryGap ? 0 : ActorsOf(at, now + 1);
            if (actors < weakest || (actors == weakest && age > oldest))
            {
                victim = at;
                weakest = actors;
                oldest = age;
            }
        }

        Evictions += weakest > 0 ? 1 : 0;
        if (victim >= 0)
        {
            Array.Clear(cells, victim, Width);
        }

        return victim;
    }
}
