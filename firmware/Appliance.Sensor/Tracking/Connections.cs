namespace Appliance.Sensor.Tracking;

/// <summary>
/// The connections seen: who opened each, and what came of it. A set-associative table of fixed size over a keyed hash of the
/// 5-tuple, one entry for both directions. UDP flows, ICMP echoes and ARP questions are connections too, with ports of their own kind.
/// </summary>
/// <remarks>
/// Under a flood the entry that goes is, in this order: a free one, one that ended, one whose try was judged and came to nothing, the
/// one not touched for the longest. So spoofed SYNs push out each other before they push out connections in use; what they do push out
/// young is noticed (<see cref="ForgotYoung"/>), and then no answer is called unsolicited.
/// </remarks>
public sealed class Connections
{
    /// <summary>State bit: the end with the smaller hash opened it.</summary>
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

    /// <summary>State bit: its try was judged; an answer from now on is a late one.</summary>
    public const int Judged = 64;

    // The stamp in the upper 24 bits counts 64 centiseconds, and so spans 124 days.
    private const int StampShift = 6;
    private const int StateBits = 8;
    private const int StateMask = 255;
    private const int StampMask = 0xffffff;

    /// <summary>Entries pushed out while still in use.</summary>
    public int Evictions;

    /// <summary>The last <see cref="Find"/>: the frame goes from the opener to the target.</summary>
    public bool FromOpener;

    /// <summary>When an entry younger than <see cref="Limits.ConnectTimeout"/> was last pushed out; long ago at start.</summary>
    public int ForgotYoung;

    /// <summary>When an entry younger than <see cref="Limits.UptimeForReset"/> was last pushed out; long ago at start.</summary>
    public int ForgotMiddle;

    private readonly KeyedHash _hash;
    private readonly int[] _keys = new int[Limits.Connections];
    private readonly int[] _states = new int[Limits.Connections];
    private readonly int[] _numbers = new int[Limits.Connections];
    private int _key;
    private bool _bySmaller;

    /// <summary>Makes an empty memory.</summary>
    /// <param name="hash">The sensor's hash.</param>
    public Connections(KeyedHash hash)
    {
        _hash = hash;
        ForgotYoung = -Limits.Day;
        ForgotMiddle = -Limits.Day;
    }

    /// <summary>The key of the connection that was last looked for: what <see cref="Find"/> hashed.</summary>
    public int LastKey()
    {
        return _key;
    }

    /// <summary>Finds a connection by a frame of either direction.</summary>
    /// <param name="protocol">IP protocol number, or 256 for ARP.</param>
    /// <param name="source">The sender.</param>
    /// <param name="sourcePort">Its port.</param>
    /// <param name="destination">The receiver.</param>
    /// <param name="destinationPort">Its port.</param>
    /// <returns>The entry, or -1.</returns>
    public int Find(int protocol, int source, int sourcePort, int destination, int destinationPort)
    {
        int a = _hash.End(source, sourcePort);
        int b = _hash.End(destination, destinationPort);
        int key = _hash.Finish(a + b + protocol);
        _key = key;
        bool bySmaller = a < b;
        _bySmaller = bySmaller;
        int[] keys = _keys;
        int i = (key & ((Limits.Connections / Limits.ConnectionWays) - 1)) * Limits.ConnectionWays;
        if (keys[i] != key && keys[++i] != key && keys[++i] != key && keys[++i] != key)
        {
            return -1;
        }

        FromOpener = bySmaller == ((_states[i] & OpenedBySmaller) != 0);
        return i;
    }

    /// <summary>Makes an entry for the connection that <see cref="Find"/> just missed, opened by the frame's sender.</summary>
    /// <param name="now">Centiseconds.</param>
    /// <param name="state">State bits other than <see cref="OpenedBySmaller"/>.</param>
    /// <param name="sequence">The sender's sequence number; its low 16 bits are kept.</param>
    /// <returns>The entry.</returns>
    public int Add(int now, int state, int sequence)
    {
        int key = _key;
        int[] keys = _keys;
        int[] states = _states;
        int first = (key & ((Limits.Connections / Limits.ConnectionWays) - 1)) * Limits.ConnectionWays;
        int stamp = (now >> StampShift) & StampMask;
        int victim = first;
        int worst = -1;
        for (int i = first; i < first + Limits.ConnectionWays; i++)
        {
            if (keys[i] == 0)
            {
                victim = i;
                worst = -1;
                break;
            }

            int old = states[i];
            int age = (stamp - ((old >> StateBits) & StampMask)) & StampMask;
            if ((old & Ended) != 0)
            {
                age += 2 << 24;
            }
            else if ((old & (Judged | Accepted)) == Judged || (old & Opening) == 0)
            {
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
        _numbers[victim] = sequence << 16;
        states[victim] = (stamp << StateBits) | state | (_bySmaller ? OpenedBySmaller : 0);
        FromOpener = true;
        return victim;
    }

    /// <summary>Begins a found connection anew: the same ends, another attempt by the frame's sender.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="now">Centiseconds.</param>
    /// <param name="state">State bits other than <see cref="OpenedBySmaller"/>.</param>
    /// <param name="sequence">The sender's sequence number.</param>
    public void Restart(int entry, int now, int state, int sequence)
    {
        _numbers[entry] = sequence << 16;
        _states[entry] = (((now >> StampShift) & StampMask) << StateBits) | state | (_bySmaller ? OpenedBySmaller : 0);
        FromOpener = true;
    }

    /// <summary>The state bits of an entry.</summary>
    /// <param name="entry">The entry.</param>
    public int State(int entry)
    {
        return _states[entry] & StateMask;
    }

    /// <summary>Whether an entry is still the connection that it was.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="key">Its key then.</param>
    public bool Holds(int entry, int key)
    {
        return _keys[entry] == key;
    }

    /// <summary>Adds state bits and marks the entry as touched.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="now">Centiseconds.</param>
    /// <param name="state">Bits to add.</param>
    public void Touch(int entry, int now, int state)
    {
        int[] states = _states;
        states[entry] = (((now >> StampShift) & StampMask) << StateBits) | ((states[entry] | state) & StateMask);
    }

    /// <summary>Adds state bits without touching, as judging does.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="state">Bits to add.</param>
    public void Mark(int entry, int state)
    {
        _states[entry] |= state;
    }

    /// <summary>Whether the entry was touched less than <see cref="Limits.TryGap"/> ago, to the stamp's resolution.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="now">Centiseconds.</param>
    public bool IsFresh(int entry, int now)
    {
        return (((now >> StampShift) - (_states[entry] >> StateBits)) & StampMask) < (Limits.TryGap >> StampShift) + 1;
    }

    /// <summary>Centiseconds since the entry was touched, to the stamp's resolution.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="now">Centiseconds.</param>
    public int AgeOf(int entry, int now)
    {
        return (((now >> StampShift) - (_states[entry] >> StateBits)) & StampMask) << StampShift;
    }

    /// <summary>Whether this SYN repeats the one that opened the connection.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="sequence">The SYN's sequence number.</param>
    public bool Repeats(int entry, int sequence)
    {
        return ((_numbers[entry] >> 16) & 0xffff) == (sequence & 0xffff);
    }

    /// <summary>Keeps the target's initial sequence number.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="sequence">The SYN-ACK's sequence number; its low 16 bits are kept.</param>
    public void Accept(int entry, int sequence)
    {
        int[] numbers = _numbers;
        numbers[entry] = (numbers[entry] & ~0xffff) | (sequence & 0xffff);
    }

    /// <summary>
    /// Whether the numbers of a segment show that both sides have sent data. The bytes themselves are not copied to the tap, but every
    /// FIN and RST carries how far each side came (RFC 9293 section 3.4): wrong once in 65,536 times, when exactly that much was sent.
    /// </summary>
    /// <param name="entry">The entry.</param>
    /// <param name="sequence">The segment's sequence number.</param>
    /// <param name="acknowledgment">Its acknowledgment number.</param>
    /// <param name="fromOpener">The opener sent it.</param>
    public bool ShowsDataBothWays(int entry, int sequence, int acknowledgment, bool fromOpener)
    {
        int numbers = _numbers[entry];
        int opener = (fromOpener ? sequence : acknowledgment) - (numbers >> 16);
        int target = (fromOpener ? acknowledgment : sequence) - numbers;
        // One is the SYN itself; a FIN of the other side that is acknowledged makes it two.
        return (opener & 0xffff) > 2 && (target & 0xffff) > 2;
    }

    /// <summary>What a connection's opening came to.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>A constant of <see cref="Outcome"/>; <see cref="Outcome.Silent"/> where nothing came back.</returns>
    public int OutcomeOf(int entry)
    {
        int state = _states[entry];
        if ((state & BothWays) != 0)
        {
            return Outcome.Open;
        }

        if ((state & Accepted) != 0)
        {
            return Outcome.Answered;
        }

        return (state & WasRefused) != 0 ? Outcome.Refused : Outcome.Silent;
    }
}
