namespace Appliance.Sensor.Memories;

/// <summary>
/// The connections seen: who opened each, and what came of it. A set-associative table of fixed size over a keyed hash of the
/// 5-tuple, one entry for both directions. UDP flows, ICMP echoes and ARP questions are connections too, with ports of their own
/// kind.
/// </summary>
/// <remarks>
/// Under a flood the entry that goes is, in this order: a free one, one that ended, one whose attempt was judged and came to
/// nothing, the one not touched for the longest. So spoofed SYNs push out each other before they push out connections in use;
/// what they do push out young is noticed (<see cref="ForgotYoung"/>), and then no answer is called unsolicited.
/// </remarks>
public sealed class Connections
{
    /// <summary>State bit: the end with the smaller address opened it.</summary>
    public const int OpenedBySmaller = 1;

    /// <summary>State bit: its opening was seen; without it the tap came in the middle.</summary>
    public const int Opening = 2;

    /// <summary>State bit: its target accepted (SYN-ACK, a datagram or a reply came back).</summary>
    public const int Accepted = 4;

    /// <summary>State bit: its target refused (RST, ICMP unreachable).</summary>
    public const int WasRefused = 8;

    /// <summary>State bit: data went both ways.</summary>
    public const int BothWays = 16;

    /// <summary>State bit: it ended.</summary>
    public const int Ended = 32;

    /// <summary>State bit: its attempt was judged; an answer from now on is a late one.</summary>
    public const int Judged = 64;

    /// <summary>
    /// State bits that together say: its attempt was judged before anybody spoke, and a conversation on it is to be told. A
    /// connection that was accepted is refused no more, so that bit is free for it.
    /// </summary>
    public const int Watched = Judged | Accepted | WasRefused;

    /// <summary>
    /// State bit of a judged attempt that nobody accepted: it was counted as one at a dark host. Nobody speaks on it, so the bit
    /// is free.
    /// </summary>
    public const int WasDark = BothWays;

    /// <summary>What a datagram's flow, an echo's or a who-has' has in place of the opener's sequence number.</summary>
    public const int Datagram = 0x0d61;

    /// <summary>Mask of a key's set.</summary>
    public const int SetMask = (Limits.Connections / Limits.ConnectionWays) - 1;

    /// <summary>State bit: both directions were seen, or it was noted that one is missing.</summary>
    public const int Noted = 128;

    /// <summary>A product's upper bits are its best mixed ones.</summary>
    public const int SetShift = 22;

    /// <summary>Centiseconds to the stamp's unit.</summary>
    public const int StampShift = 6;

    /// <summary>Shift of the stamp in a state. In the 24 bits above it counts 64 centiseconds, and so spans 124 days.</summary>
    public const int StateBits = 8;

    /// <summary>Mask of the state bits.</summary>
    public const int StateMask = 255;

    /// <summary>Mask of the stamp, after the shift.</summary>
    public const int StampMask = 0xffffff;

    /// <summary>Entries pushed out while still in use.</summary>
    public int Evictions;

    /// <summary>When an entry younger than <see cref="Limits.ConnectTimeout"/> was last pushed out; long ago at start.</summary>
    public int ForgotYoung;

    /// <summary>When an entry younger than <see cref="Limits.UptimeForReset"/> was last pushed out; long ago at start.</summary>
    public int ForgotMiddle;

    /// <summary>Keys, 0 for a free entry. The batch loop reads these three arrays itself.</summary>
    public readonly int[] Keys = new int[Limits.Connections];

    /// <summary>Stamps (upper 24 bits, in units of 64 cs) and state bits.</summary>
    public readonly int[] States = new int[Limits.Connections];

    /// <summary>
    /// Low 16 bits of the initial sequence numbers: the opener's in the high half, the target's in the low one.
    /// </summary>
    public readonly int[] Numbers = new int[Limits.Connections];

    /// <summary>The sensor's hash; the batch loop makes keys of it itself.</summary>
    public readonly KeyedHash Hash;

    /// <summary>Makes an empty memory.</summary>
    /// <param name="hash">The sensor's hash.</param>
    public Connections(KeyedHash hash)
    {
        Hash = hash;
        ForgotYoung = -Limits.Day;
        ForgotMiddle = -Limits.Day;
    }

    /// <summary>Looks up the connection that a probe belongs to, and writes into the probe what it finds.</summary>
    /// <param name="probe">Its ends and protocol are known; takes key, entry and direction.</param>
    public void Seek(Probe probe)
    {
        // The device addresses the first four locals for less than the others.
        int key;
        int entry;
        int[] keys = Keys;
        int source = probe.Actor;
        int target = probe.Target;
        int sourcePort = probe.SourcePort;
        int port = probe.Port;
        KeyedHash hash = Hash;
        int first = hash.First;
        int second = hash.Second;

        // A product is the same for both directions, and no sum or difference of addresses makes two pairs alike (only addresses
        // that differ in their highest bits alone may meet, with equal ports). Folded before the last multiplication, neighbours
        // do not crowd into a few sets. 0 marks a free entry.
        key = ((source + (sourcePort * second) + first) * (target + (port * second) + first)) + probe.Protocol;
        key = (key ^ (key >> 15)) * hash.Third;
        key = key == 0 ? 1 : key;
        entry = ((key >> SetShift) & SetMask) * Limits.ConnectionWays;
        if (keys[entry] != key && keys[++entry] != key && keys[++entry] != key && keys[++entry] != key)
        {
            entry = -1;
        }

        probe.ConnectionKey = key;
        probe.Connection = entry;
        bool bySmaller = source == target ? sourcePort < port : source < target;
        probe.BySmaller = bySmaller;
        probe.FromOpener = entry >= 0 && bySmaller == ((States[entry] & OpenedBySmaller) != 0);
    }

    /// <summary>Makes an entry for a connection that is not there yet, opened by the frame's sender.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="bySmaller">The sender is the end with the smaller address.</param>
    /// <param name="now">Centiseconds.</param>
    /// <param name="state">State bits other than <see cref="OpenedBySmaller"/>.</param>
    /// <param name="sequence">The sender's sequence number; its low 16 bits are kept.</param>
    /// <returns>The entry.</returns>
    public int Add(int key, bool bySmaller, int now, int state, int sequence)
    {
        int i = ((key >> SetShift) & SetMask) * Limits.ConnectionWays;
        int victim = i;
        int worst = -1;
        int old;
        int end = i + Limits.ConnectionWays;
        int[] keys = Keys;
        int[] states = States;
        int stamp = now >> StampShift;
        for (; i < end; i++)
        {
            if (keys[i] == 0)
            {
                victim = i;
                worst = -1;
                break;
            }

            old = states[i];
            int age = (stamp - (old >> StateBits)) & StampMask;
            old &= Ended | Judged | Accepted | Opening;
            if ((old & Ended) != 0 && (old & (Judged | Opening)) != Opening)
            {
                age += 2 << 24;
            }
            else if (old == (Judged | Opening) || (old & Opening) == 0 || ((old & Accepted) != 0 && Numbers[i] == Datagram << 16))
            {
                // Also a datagram's flow, answered, it is over in most cases, and a resolver has several a second.
                age += 1 << 24;
            }

            if (age > worst)
            {
                worst = age;
                victim = i;
            }
        }

        if (worst >= 0 && worst < 1 << 24)
        {
            Evictions++;
            if (worst < Limits.ConnectTimeout >> StampShift)
            {
                ForgotYoung = now;
            }

            if (worst < Limits.UptimeForReset >> StampShift)
            {
                ForgotMiddle = now;
            }
        }

        keys[victim] = key;
        Numbers[victim] = sequence << 16;
        states[victim] = (stamp << StateBits) | state | (bySmaller ? OpenedBySmaller : 0);
        return victim;
    }

    /// <summary>Begins a found connection anew: the same ends, another attempt by the frame's sender.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="bySmaller">The sender is the end with the smaller address.</param>
    /// <param name="now">Centiseconds.</param>
    /// <param name="state">State bits other than <see cref="OpenedBySmaller"/>.</param>
    /// <param name="sequence">The sender's sequence number.</param>
    public void Restart(int entry, bool bySmaller, int now, int state, int sequence)
    {
        Numbers[entry] = sequence << 16;
        States[entry] = ((now >> StampShift) << StateBits) | state | (bySmaller ? OpenedBySmaller : 0);
    }

    /// <summary>Adds state bits and marks the entry as touched.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="now">Centiseconds.</param>
    /// <param name="state">Bits to add.</param>
    public void Touch(int entry, int now, int state)
    {
        int[] states = States;
        states[entry] = ((now >> StampShift) << StateBits) | ((states[entry] | state) & StateMask);
    }

    /// <summary>Adds state bits without touching, as judging does.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="state">Bits to add.</param>
    public void Mark(int entry, int state)
    {
        States[entry] |= state;
    }

    /// <summary>Centiseconds since the entry was touched, to the stamp's resolution.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="now">Centiseconds.</param>
    public int AgeOf(int entry, int now)
    {
        return (((now >> StampShift) - (States[entry] >> StateBits)) & StampMask) << StampShift;
    }

    /// <summary>Whether this SYN repeats the one that opened the connection.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="sequence">The SYN's sequence number.</param>
    public bool Repeats(int entry, int sequence)
    {
        return (int)((uint)Numbers[entry] >> 16) == (ushort)sequence;
    }

    /// <summary>Keeps the target's initial sequence number.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="sequence">The SYN-ACK's sequence number; its low 16 bits are kept.</param>
    public void Accept(int entry, int sequence)
    {
        int[] numbers = Numbers;
        numbers[entry] = (numbers[entry] & ~0xffff) | (ushort)sequence;
    }

    /// <summary>
    /// Whether the numbers of a segment show that both sides have sent data. The bytes themselves are not copied to the tap, but
    /// every FIN and RST carries how far each side came (RFC 9293 section 3.4): wrong once in 65,536 times, when exactly that
    /// much was sent.
    /// </summary>
    /// <param name="entry">The entry.</param>
    /// <param name="sequence">The segment's sequence number.</param>
    /// <param name="acknowledgment">Its acknowledgment number.</param>
    /// <param name="fromOpener">The opener sent it.</param>
    public bool ShowsDataBothWays(int entry, int sequence, int acknowledgment, bool fromOpener)
    {
        int numbers = Numbers[entry];
        int opener = (fromOpener ? sequence : acknowledgment) - (numbers >> 16);
        int target = (fromOpener ? acknowledgment : sequence) - numbers;
        // One is the SYN itself; a FIN of the other side that is acknowledged makes it two.
        return (ushort)opener > 2 && (ushort)target > 2;
    }
}
