using System;
using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Signatures;

/// <summary>
/// Which signatures a frame can match at all, so that a frame that no rule names is done after a few array reads. Made from the
/// signatures when a table is loaded; it is not in the file, so the two can't disagree.
/// </summary>
/// <remarks>
/// A signature with few ports at one end (or an EtherType, LLC or SNAP number) is found by that number in a hash; one without is
/// in a list of its protocol. TCP is first asked whether any rule wants the frame's flags.
/// </remarks>
public sealed class SignatureIndex
{
    /// <summary>
    /// Up to this many ports at one end a signature is found by them: beyond, the entries cost more than trying it.
    /// </summary>
    public const int MostKeys = 8;

    /// <summary>Buckets of the hash, a power of two; about one for each port that 200 signatures name.</summary>
    public const int Buckets = 256;

    /// <summary>Kind of a key, above its 16 bits: TCP destination port.</summary>
    public const int TcpDestination = 0 << 16;

    /// <summary>Kind of a key: TCP source port.</summary>
    public const int TcpSource = 1 << 16;

    /// <summary>Kind of a key: UDP destination port.</summary>
    public const int UdpDestination = 2 << 16;

    /// <summary>Kind of a key: UDP source port.</summary>
    public const int UdpSource = 3 << 16;

    /// <summary>Kind of a key: EtherType.</summary>
    public const int EtherType = 4 << 16;

    /// <summary>Kind of a key: DSAP and SSAP.</summary>
    public const int Llc = 5 << 16;

    /// <summary>Kind of a key: SNAP protocol.</summary>
    public const int Snap = 6 << 16;

    /// <summary>Kind of a key: ICMP type, of either IP version.</summary>
    public const int IcmpType = 7 << 16;

    /// <summary>Bit of an entry: the rule's source ports led here, not its destination ports.</summary>
    public const int BySource = 0x2000;

    /// <summary>Bit of an entry: the frame goes from the rule's destination to its source (<c>&lt;&gt;</c>).</summary>
    public const int Backwards = 0x4000;

    /// <summary>Bits of an entry that are the signature.</summary>
    public const int SignatureMask = 0x1fff;

    /// <summary>Bit of <see cref="FlagsWanted"/>: a signature that is found by the destination port.</summary>
    public const int WantedByPort = 1;

    /// <summary>Bit of <see cref="FlagsWanted"/>: a signature of <see cref="TcpAlways"/>.</summary>
    public const int WantedAlways = 2;

    /// <summary>Bit of <see cref="FlagsWanted"/>: a signature that is found by the source port.</summary>
    public const int WantedBySource = 4;

    /// <summary>
    /// Bit of <see cref="FlagsWanted"/>: there are signatures of <see cref="IpAlways"/>, which want every frame.
    /// </summary>
    public const int WantedByIp = 8;

    /// <summary>
    /// Bit of <see cref="FlagsWanted"/>: a SYN with PSH or URG, which opens connections as a plain one does and is looked at as
    /// such too.
    /// </summary>
    public const int WantedAsOpening = 16;

    /// <summary>A bucket: its first entry. One item more than there are buckets.</summary>
    public short[] Starts = new short[Buckets + 1];

    /// <summary>An entry: kind and number.</summary>
    public int[] Keys = new int[0];

    /// <summary>An entry: the signature, with <see cref="BySource"/> and <see cref="Backwards"/>.</summary>
    public short[] Entries = new short[0];

    /// <summary>A TCP flag octet: which kinds of signatures want it.</summary>
    public byte[] FlagsWanted = new byte[256];

    /// <summary>TCP signatures with too many ports for the hash.</summary>
    public short[] TcpAlways = new short[0];

    /// <summary>UDP signatures with too many ports for the hash.</summary>
    public short[] UdpAlways = new short[0];

    /// <summary>ICMP signatures.</summary>
    public short[] IcmpAlways = new short[0];

    /// <summary>IP signatures.</summary>
    public short[] IpAlways = new short[0];

    /// <summary>Some TCP signature is found by the source port.</summary>
    public bool HasTcpSource;

    /// <summary>Some UDP signature is found by the source port.</summary>
    public bool HasUdpSource;

    // There only while the index is made.
    private IndexDraft? _draft;

    /// <summary>Makes an index without signatures.</summary>
    public SignatureIndex()
    {
        // The arrays without items stand: nothing is found.
    }

    /// <summary>Makes the index of a table that was checked.</summary>
    /// <param name="table">The table.</param>
    public SignatureIndex(SignatureTable table)
    {
        // One walk over the signatures notes what leads to them in their order; then the entries are dealt into their buckets.
        _draft = new IndexDraft(table.Count);
        int[] always = new int[RuleProtocol.Ethernet + 1];
        Walk(table, always);
        int ip = always[RuleProtocol.Ip];
        for (int flags = 0; flags < 256; flags++)
        {
            bool isOpening = (flags & Tcp.Opening) == Tcp.Syn && (flags & (Tcp.Psh | Tcp.Urg)) != 0;
            FlagsWanted[flags] |= (byte)((ip > 0 ? WantedByIp : 0) | (isOpening ? WantedAsOpening : 0));
        }

        Deal();
        TcpAlways = AlwaysOf(RuleProtocol.Tcp, always);
        UdpAlways = AlwaysOf(RuleProtocol.Udp, always);
        IcmpAlways = AlwaysOf(RuleProtocol.Icmp, always);
        IpAlways = AlwaysOf(RuleProtocol.Ip, always);
        _draft = null;
    }

    /// <summary>
    /// Flags that want more than this in <see cref="FlagsWanted"/> are asked for by a signature that no destination port leads
    /// to.
    /// </summary>
    public int MostWanted()
    {
        return IpAlways.Length > 0 ? -1 : HasTcpSource ? 0 : WantedByPort;
    }

    /// <summary>Whether there is a signature about datagrams that no destination port leads to.</summary>
    public bool WantsDatagrams()
    {
        return IpAlways.Length > 0 || UdpAlways.Length > 0 || HasUdpSource;
    }

    /// <summary>The bucket of a key.</summary>
    /// <param name="key">Kind and number.</param>
    public int BucketOf(int key)
    {
        // Kinds lie 64 buckets apart, and ports that differ by a multiple of 256 fall into different ones.
        return (key + (key >> 10)) & (Buckets - 1);
    }

    /// <summary>Some signature is found by a key.</summary>
    /// <param name="key">Kind and number.</param>
    public bool HasKey(int key)
    {
        int bucket = BucketOf(key);
        for (int entry = Starts[bucket]; entry < Starts[bucket + 1]; entry++)
        {
            if (Keys[entry] == key)
            {
                return true;
            }
        }

        return false;
    }

    private void Deal()
    {
        int[] keys = _draft!.Keys;
        short[] entries = _draft.Entries;
        int count = _draft.Count;
        // Counted behind its place, a bucket's number becomes its start; dealt into, it becomes the next one's.
        short[] starts = Starts;
        for (int i = 0; i < count; i++)
        {
            int key = keys[i];
            starts[((key + (key >> 10)) & (Buckets - 1)) + 1]++;
        }

        int start = 0;
        for (int b = 0; b <= Buckets; b++)
        {
            start += starts[b];
            starts[b] = (short)start;
        }

        Keys = new int[count];
        Entries = new short[count];
        int[] dealtKeys = Keys;
        short[] dealt = Entries;
        for (int i = 0; i < count; i++)
        {
            int key = keys[i];
            int bucket = (key + (key >> 10)) & (Buckets - 1);
            int at = starts[bucket];
            starts[bucket] = (short)(at + 1);
            dealtKeys[at] = key;
            dealt[at] = entries[i];
        }

        Array.Copy(starts, 0, starts, 1, Buckets);
        starts[0] = 0;
    }

    private short[] AlwaysOf(int protocol, int[] always)
    {
        var list = new short[always[protocol]];
        short[] all = _draft!.Always;
        byte[] protocols = _draft.AlwaysOf;
        int at = 0;
        for (int i = 0; at < list.Length; i++)
        {
            if (protocols[i] == protocol)
            {
                list[at] = all[i];
                at++;
            }
        }

        return list;
    }

    // How many signatures have to be tried always is counted by protocol.
    private void Walk(SignatureTable table, int[] always)
    {
        byte[] bytes = table.Bytes;
        int count = table.Count;
        int at = table.SignaturesAt;
        for (int s = 0; s < count; s++, at += TableFormat.SignatureRecord)
        {
            int protocol = bytes[at + TableFormat.SignatureProtocol];
            int conditions = BigEndian.Read16(bytes, at + TableFormat.SignatureConditions);
            if (protocol == RuleProtocol.Tcp || protocol == RuleProtocol.Udp)
            {
                if (!AddPorts(bytes, at, conditions, s, protocol == RuleProtocol.Tcp))
                {
                    AddAlways(always, protocol, s);
                }
            }
            else if (protocol == RuleProtocol.Ethernet)
            {
                AddEthernet(bytes, conditions, s);
            }
            else
            {
                // A rule for both directions is tried always, which tries both.
                bool isOneWay = (bytes[at + TableFormat.SignatureTraits] & Traits.BothWays) == 0;
                int type = protocol == RuleProtocol.Icmp && isOneWay ? OneIcmpType(bytes, conditions) : -1;
                if (type >= 0)
                {
                    AddKey(IcmpType | type, s);
                }
                else
                {
                    AddAlways(always, protocol, s);
                }
            }
        }
    }

    // Whether the signature is found by its ports.
    private bool AddPorts(byte[] bytes, int at, int conditions, int s, bool tcp)
    {
        int sourceAt = BigEndian.Read16(bytes, at + TableFormat.SignatureSourcePorts);
        int destinationAt = BigEndian.Read16(bytes, at + TableFormat.SignatureDestinationPorts);
        int traits = bytes[at + TableFormat.SignatureTraits];
        bool bothWays = (traits & Traits.BothWays) != 0;

        // Two ports could lead to a rule for both directions, which then would count a frame twice.
        bool once = bothWays && (traits & Traits.AsksRate) != 0;
        int bySource = once ? 65536 : CountPorts(bytes, sourceAt);
        int byDestination = once ? 65536 : CountPorts(bytes, destinationAt);
        int destinationKind = tcp ? TcpDestination : UdpDestination;
        int sourceKind = tcp ? TcpSource : UdpSource;
        bool keyed = true;
        if (byDestination <= MostKeys)
        {
            AddKeys(bytes, destinationAt, destinationKind, s);
            if (bothWays)
            {
                AddKeys(bytes, destinationAt, sourceKind, s | Backwards);
            }
        }
        else if (bySource <= MostKeys)
        {
            AddKeys(bytes, sourceAt, sourceKind, s | BySource);
            if (bothWays)
            {
                AddKeys(bytes, sourceAt, destinationKind, s | BySource | Backwards);
            }
        }
        else
        {
            keyed = false;
        }

        if (keyed && (bothWays || byDestination > MostKeys))
        {
            HasTcpSource |= tcp;
            HasUdpSource |= !tcp;
        }

        if (tcp)
        {
            // Both kinds are wanted when a rule for both directions is found by one port list at either end.
            int wanted = !keyed ? WantedAlways : bothWays ? WantedByPort | WantedBySource
                : byDestination <= MostKeys ? WantedByPort : WantedBySource;
            AddFlags(bytes, conditions, wanted);
        }

        return keyed;
    }

    // The one type that an ICMP signature asks for, when its first condition says so; -1 otherwise.
    private int OneIcmpType(byte[] bytes, int at)
    {
        if (bytes[at] != (Condition.Range | Condition.IcmpType))
        {
            return -1;
        }

        int low = BigEndian.Read16(bytes, at + 1);
        return low == BigEndian.Read16(bytes, at + 3) ? low : -1;
    }

    private void AddAlways(int[] always, int protocol, int s)
    {
        IndexDraft draft = _draft!;
        draft.Always[draft.AlwaysCount] = (short)s;
        draft.AlwaysOf[draft.AlwaysCount] = (byte)protocol;
        draft.AlwaysCount++;
        always[protocol]++;
    }

    private int CountPorts(byte[] bytes, int at)
    {
        if (at == 0)
        {
            return 65536;
        }

        int ports = 0;
        int end = at + 1 + bytes[at] * TableFormat.PortRecord;
        for (int range = at + 1; range < end; range += TableFormat.PortRecord)
        {
            ports += BigEndian.Read16(bytes, range + 2) - BigEndian.Read16(bytes, range) + 1;
        }

        return ports;
    }

    private void AddKeys(byte[] bytes, int at, int kind, int entry)
    {
        int end = at + 1 + bytes[at] * TableFormat.PortRecord;
        for (int range = at + 1; range < end; range += TableFormat.PortRecord)
        {
            int last = BigEndian.Read16(bytes, range + 2);
            for (int port = BigEndian.Read16(bytes, range); port <= last; port++)
            {
                AddKey(kind | port, entry);
            }
        }
    }

    private void AddKey(int key, int entry)
    {
        IndexDraft draft = _draft!;
        int at = draft.Count;
        if (at == draft.Keys.Length)
        {
            draft.Grow();
        }

        draft.Keys[at] = key;
        draft.Entries[at] = (short)entry;
        draft.Count = at + 1;
    }

    private void AddEthernet(byte[] bytes, int at, int s)
    {
        int condition = bytes[at];
        int key = condition == Condition.EtherType ? EtherType | BigEndian.Read16(bytes, at + 1)
            : condition == Condition.Llc ? Llc | BigEndian.Read16(bytes, at + 1)
            : Snap | BigEndian.Read16(bytes, at + 4);
        AddKey(key, s);
    }

    private void AddFlags(byte[] bytes, int at, int bits)
    {
        bool asks = bytes[at] == Condition.Flags;
        int mode = asks ? bytes[at + 1] : Condition.None;
        int test = asks ? bytes[at + 2] : 0;
        int kept = asks ? 255 - bytes[at + 3] : 255;

        // Nearly all rules ask for the same flags: 256 tests each would be most of what loading a table costs.
        int question = (mode << 24) | (test << 16) | (kept << 8) | bits;
        if (question == _draft!.LastFlags)
        {
            return;
        }

        _draft.LastFlags = question;
        byte[] wanted = FlagsWanted;
        for (int flags = 0; flags < 256; flags++)
        {
            // Wants, inline: a call each would cost a table of 200 signatures a quarter of its loading.
            int left = flags & kept;
            if (mode == Condition.Exactly ? left == test
                : mode == Condition.All ? (left & test) == test
                : mode == Condition.Any ? (left & test) != 0
                : (left & test) == 0)
            {
                wanted[flags] = (byte)(wanted[flags] | bits);
            }
        }
    }

    /// <summary>A set of flags satisfies a test of flags (Snort 3's <c>flags</c>).</summary>
    /// <param name="mode">A mode of <see cref="Condition"/>.</param>
    /// <param name="test">The flags that the rule names.</param>
    /// <param name="flags">The frame's, without those that the rule leaves out.</param>
    public bool Wants(int mode, int test, int flags)
    {
        return mode == Condition.Exactly ? flags == test
            : mode == Condition.All ? (flags & test) == test
            : mode == Condition.Any ? (flags & test) != 0
            : (flags & test) == 0;
    }
}
