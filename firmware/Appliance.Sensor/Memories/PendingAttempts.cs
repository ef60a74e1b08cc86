using System;
using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Memories;

/// <summary>
/// The last attempts, in order of time: those whose outcome is not known yet, and before them some that were judged. An attempt
/// is judged <see cref="Limits.AnswerWait"/> after it came, or earlier when newer ones need its place, so a flood shortens the
/// wait and loses nothing. The judged ones that were answered are looked through when a suspicion of their actor begins: they
/// belong to the same walk.
/// </summary>
public sealed class PendingAttempts
{
    /// <summary>Mark of an attempt: the bit that tells version 6 from 4.</summary>
    public const int IsSix = 1 << 10;

    /// <summary>Mark of an attempt: it is suspect.</summary>
    public const int Suspect = 1 << 12;

    /// <summary>Mark of an attempt: it asks for a restricted service.</summary>
    public const int Restricted = 1 << 13;

    /// <summary>
    /// Mark of an attempt that was judged: it was a first contact. The version's lowest bit, which is 0 of 4 and 6.
    /// </summary>
    public const int WasFirst = 1 << VersionShift;

    /// <summary>Mark of an attempt that was judged: it was answered and raised no suspicion.</summary>
    public const int WasGood = 1 << 14;

    /// <summary>How many wait.</summary>
    public int Count;

    /// <summary>How many of them are suspect.</summary>
    public int SuspectsWaiting;

    /// <summary>How many are by IPv6, for whose addresses there is less room.</summary>
    public int SixWaiting;

    /// <summary>Attempts that were judged before their time.</summary>
    public int JudgedEarly;

    /// <summary>Columns of an attempt.</summary>
    public const int Width = 8;

    /// <summary>Bits of a fact that are the signature + 1.</summary>
    public const int SignatureBits = 0x3fff;

    /// <summary>Fact: the TCP header behind it was read.</summary>
    public const int HasHeader = 1 << 14;

    /// <summary>Fact: it has a window of 1,024 and 24 octets, as nmap's have.</summary>
    public const int IsSmall = 1 << 15;

    /// <summary>Of a TCP header's fourth word the length and the window, and what they are of a small one.</summary>
    public const int SmallMask = unchecked((int)0xf000ffff);

    /// <summary>See <see cref="SmallMask"/>.</summary>
    public const int Small = 0x60000400;

    /// <summary>Column: the actor.</summary>
    public const int Actor = 1;

    /// <summary>Column: protocol (bits 0-8), version (9-11), the marks above, TCP flags (16-23), TTL (24-31).</summary>
    public const int Marks = 4;

    /// <summary>Column: connection (bits 0-8), what the time has below a centisecond (9-18), living bit + 1 (19-31).</summary>
    public const int Entry = 6;

    /// <summary>Column: the connection's key.</summary>
    public const int EntryKey = 7;

    /// <summary>Column: IP id, of IPv6 its running number (high 16 bits), signature + 1.</summary>
    public const int Facts = 5;

    /// <summary>Column: the target.</summary>
    public const int Target = 2;

    /// <summary>Column: source port (high 16 bits) and destination port.</summary>
    public const int Ports = 3;

    /// <summary>Mask of the protocol in <see cref="Marks"/>.</summary>
    public const int ProtocolMask = 511;

    /// <summary>Shift of the version in <see cref="Marks"/>.</summary>
    public const int VersionShift = 9;

    /// <summary>Shift of the TCP flags in <see cref="Marks"/>.</summary>
    public const int FlagsShift = 16;

    /// <summary>Shift of the TTL in <see cref="Marks"/>.</summary>
    public const int TtlShift = 24;

    /// <summary>Mask of the connection in <see cref="Entry"/>.</summary>
    public const int EntryMask = 511;

    /// <summary>Shift of what the time has below a centisecond in <see cref="Entry"/>.</summary>
    public const int FineShift = 9;

    /// <summary>Mask of that, after the shift: it is 0-999.</summary>
    public const int FineMask = 1023;

    /// <summary>Shift of the living bit + 1 in <see cref="Entry"/>.</summary>
    public const int LivingShift = 19;

    /// <summary>Mask of that, after the shift.</summary>
    public const int LivingMask = 0x1fff;

    private const int AddressesEach = 2 * Ipv6.AddressLength;

    /// <summary>All attempts, one behind the other; an attempt's first column is when it came, in centiseconds.</summary>
    public readonly int[] Cells = new int[Limits.RememberedAttempts * Width];

    /// <summary>The place of the first attempt that waits.</summary>
    public int First;

    // IPv6 attempts have their addresses here, in order; an attempt knows its running number in place of an IP id.
    private readonly byte[] _addresses = new byte[Limits.PendingSixAttempts * AddressesEach];
    /// <summary>The connections of the attempts.</summary>
    public readonly Connections Connections;
    private int _sixCount;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="connections">The connections that attempts opened.</param>
    public PendingAttempts(Connections connections)
    {
        Connections = connections;
    }

    /// <summary>Puts an attempt at the end of the queue, which must not be full.</summary>
    /// <param name="probe">The attempt.</param>
    public void Add(Probe probe)
    {
        bool isSix = probe.Version == 6;
        int marks = probe.Protocol | (probe.Version << VersionShift) | (probe.IsSuspect ? Suspect : 0)
            | (probe.IsRestricted ? Restricted : 0) | (probe.Flags << FlagsShift) | (probe.Ttl << TtlShift);
        AddPlain(probe.Now, probe.Actor, probe.Target, (probe.SourcePort << 16) | probe.Port, marks,
            ((isSix ? _sixCount : probe.Identification) << 16) | (probe.Signature + 1)
                | (probe.SizeAndWindow == 0 ? 0 : (probe.SizeAndWindow & SmallMask) == Small ? HasHeader | IsSmall : HasHeader),
            ((probe.LivingBit + 1) << LivingShift) | (probe.Fine << FineShift) | probe.Connection, probe.ConnectionKey);
        if (probe.IsSuspect)
        {
            SuspectsWaiting++;
        }

        if (isSix)
        {
            probe.CopyAddresses(_addresses, (_sixCount & (Limits.PendingSixAttempts - 1)) * AddressesEach);
            _sixCount++;
            SixWaiting++;
        }
    }

    /// <summary>Puts an IPv4 attempt that nobody suspects at the end of the queue, which must not be full.</summary>
    /// <param name="now">Centiseconds.</param>
    /// <param name="actor">Its actor.</param>
    /// <param name="target">Its target.</param>
    /// <param name="ports">Source port (high 16 bits) and destination port.</param>
    /// <param name="marks">Column <see cref="Marks"/>.</param>
    /// <param name="facts">Column <see cref="Facts"/>.</param>
    /// <param name="entry">Column <see cref="Entry"/>.</param>
    /// <param name="key">The connection's key.</param>
    public void AddPlain(int now, int actor, int target, int ports, int marks, int facts, int entry, int key)
    {
        int[] cells = Cells;
        int at = ((First + Count) & (Limits.RememberedAttempts - 1)) * Width;
        Count++;
        cells[at] = now;
        cells[at + Actor] = actor;
        cells[at + Target] = target;
        cells[at + Ports] = ports;
        cells[at + Marks] = marks;
        cells[at + Facts] = facts;
        cells[at + Entry] = entry;
        cells[at + EntryKey] = key;
    }

    /// <summary>The ARP questions of an actor that wait are another's.</summary>
    /// <param name="name">As whom it gave itself out: the lower half of an address.</param>
    /// <param name="to">Who it is.</param>
    public void Rename(int name, int to)
    {
        int[] cells = Cells;
        int at;
        for (int i = 0; i < Count; i++)
        {
            at = ((First + i) & (Limits.RememberedAttempts - 1)) * Width;
            if ((ushort)cells[at + Actor] == name && (cells[at + Marks] & (ProtocolMask | IsSix)) == Probe.Arp)
            {
                cells[at + Actor] = to;
            }
        }
    }

    /// <summary>Adds state bits to the first attempt's connection, if that is still there.</summary>
    /// <param name="state">
    /// <see cref="Memories.Connections.Watched"/> of one that was accepted, for a conversation after the judgement, or
    /// <see cref="Memories.Connections.WasDark"/>.
    /// </param>
    public void MarkFirst(int state)
    {
        int at = First * Width;
        int entry = Cells[at + Entry] & EntryMask;
        if (Connections.Keys[entry] == Cells[at + EntryKey])
        {
            Connections.States[entry] |= state;
        }
    }

    /// <summary>Drops the first attempt, which must be there; it stays remembered until its place is needed.</summary>
    /// <param name="isGood">It was answered and raised no suspicion.</param>
    public void Drop(bool isGood)
    {
        int marks = Cells[(First * Width) + Marks];
        if ((marks & Suspect) != 0)
        {
            SuspectsWaiting--;
        }

        Pass(marks, isGood);
    }

    /// <summary>Drops the first attempt, which nobody suspects.</summary>
    /// <param name="marks">Its marks.</param>
    /// <param name="isGood">It was answered.</param>
    public void Pass(int marks, bool isGood)
    {
        int first = First;
        if ((marks & IsSix) != 0)
        {
            SixWaiting--;
        }

        if (isGood)
        {
            Cells[(first * Width) + Marks] = marks | WasGood;
        }

        First = (first + 1) & (Limits.RememberedAttempts - 1);
        Count--;
    }

    /// <summary>Reads the first attempt.</summary>
    /// <param name="probe">Takes it in, but for outcome and what the site profile says.</param>
    public void Read(Probe probe)
    {
        Fill(First * Width, probe);
    }

    /// <summary>Copies the first attempt's IPv6 addresses.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="at">Offset of the source's; the target's are behind.</param>
    public void CopyAddresses(byte[] to, int at)
    {
        int six = (int)((uint)Cells[(First * Width) + Facts] >> 16) & (Limits.PendingSixAttempts - 1);
        Array.Copy(_addresses, six * AddressesEach, to, at, AddressesEach);
    }

    /// <summary>Reads, oldest first, the next judged attempt of a probe's actor at the same port (or host).</summary>
    /// <param name="from">0 at first; the value returned before to go on.</param>
    /// <param name="like">The probe.</param>
    /// <param name="byPort">Attempts at the same port; else at the same host.</param>
    /// <param name="isGood">Only those that were answered; else any, whatever came of it, and the first one that waits.</param>
    /// <param name="since">No attempts before, centiseconds.</param>
    /// <param name="into">Takes the attempt in.</param>
    /// <returns>Where to go on, or -1 when there is none left.</returns>
    public int Next(int from, Probe like, bool byPort, bool isGood, int since, Probe into)
    {
        int[] cells = Cells;
        int at;
        int actor = like.Actor;
        int end = Limits.RememberedAttempts - Count + (isGood ? 0 : 1);
        int first = First + Count;
        for (; from < end; from++)
        {
            at = ((first + from) & (Limits.RememberedAttempts - 1)) * Width;
            if (cells[at + Actor] != actor)
            {
                continue;
            }

            if ((!isGood || (cells[at + Marks] & WasGood) != 0)
                && (cells[at + Marks] & ProtocolMask) == like.Protocol && cells[at] - since >= 0
                && (byPort ? (ushort)cells[at + Ports] == like.Port : cells[at + Target] == like.Target)
                && (like.Version != 6 || (ushort)(_sixCount - (cells[at + Facts] >> 16)) <= Limits.PendingSixAttempts))
            {
                Fill(at, into);
                return from + 1;
            }
        }

        return -1;
    }

    private void Fill(int at, Probe probe)
    {
        int[] cells = Cells;
        int marks = cells[at + Marks];
        probe.ReadEnds(cells[at], cells[at + Actor], cells[at + Target], cells[at + Ports]);
        probe.ReadMarks(marks);
        probe.Contacts = (marks & WasFirst) != 0 ? 1 : 0;
        probe.IsExcused = false;
        probe.Identification = (int)((uint)cells[at + Facts] >> 16);
        probe.Signature = (cells[at + Facts] & SignatureBits) - 1;
        int entry = cells[at + Entry] & EntryMask;
        probe.SizeAndWindow = (cells[at + Facts] & HasHeader) == 0 || Connections.Keys[entry] != cells[at + EntryKey] ? 0
            : (cells[at + Facts] & IsSmall) != 0 ? Small : 1;
        probe.Sequence = (int)((uint)Connections.Numbers[entry] >> 16);
        probe.Fine = (cells[at + Entry] >> FineShift) & FineMask;
        probe.LivingBit = ((cells[at + Entry] >> LivingShift) & LivingMask) - 1;
        if (probe.Version == 6)
        {
            probe.UseAddresses(_addresses, (probe.Identification & (Limits.PendingSixAttempts - 1)) * AddressesEach);
            probe.Identification = 0;
        }
    }
}
