using System;
using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Signatures;

/// <summary>
/// A loaded signature table, site profile included. <see cref="Load(byte[], int)"/> checks every offset and count once, so that
/// nothing has to be checked when frames are matched. What matching reads often is held as numbers in a few arrays; the rest is
/// read from the file.
/// </summary>
public sealed partial class SignatureTable
{
    /// <summary>The table file's octets; names are read from here.</summary>
    public byte[] Bytes = new byte[0];

    /// <summary>How many octets of <see cref="Bytes"/> are the file.</summary>
    public int Length;

    /// <summary>Signatures.</summary>
    public int Count;

    /// <summary>Offset of the first signature record.</summary>
    public int SignaturesAt;

    /// <summary>IPv4 addresses of the home network, at most <see cref="int.MaxValue"/>.</summary>
    public int HomeSize;

    /// <summary>Criticality, 1 to 5, of a home address that is in no group.</summary>
    public int HomeCriticality;

    /// <summary>What the site's countermeasures take off a severity, 0 to 5.</summary>
    public int Countermeasures;

    /// <summary>Groups of hosts; number 0 is the most critical.</summary>
    public int Groups;

    /// <summary>Benign explanations.</summary>
    public int Expected;

    /// <summary>The sequence number: of two valid tables the higher one is newer. Unsigned, 32 bits.</summary>
    public uint Sequence;

    /// <summary>When the table was built, in seconds since 1970-01-01 UTC.</summary>
    public long BuildTime;

    /// <summary>The last day on which the table is not old, in days since 1970-01-01 UTC; 0: it never is.</summary>
    public int LastDay => U16(TableFormat.LastDayAt);

    /// <summary>Bits of <see cref="TableFlags"/>.</summary>
    public int Flags;

    /// <summary>
    /// Offset of the signing key's id, <see cref="TableFormat.KeyIdLength"/> octets; 0 when the table is not signed.
    /// </summary>
    public int KeyIdAt => IsSigned() ? TableFormat.KeyIdAt : 0;

    /// <summary>
    /// Offset of the signature, <see cref="TableFormat.SignaturePlace"/> octets, which is over all octets before it; 0 when there
    /// is none. Whether it is right is not checked here.
    /// </summary>
    public int SignatureAt => IsSigned() ? Length - TableFormat.SignaturePlace : 0;

    /// <summary>
    /// Offset of the text with the site's name, 0 when there is none; so the next two. A text is an octet of length and ASCII.
    /// </summary>
    public int SiteNameAt;

    /// <summary>Offset of the text with the collector's address, e.g. <c>udp://192.0.2.10:514</c>.</summary>
    public int CollectorAt;

    /// <summary>Offset of the text with the SNTP server.</summary>
    public int ClockServerAt;

    /// <summary>Offset of the text with the site's tag, by which alerts name the site; 0 when there is none.</summary>
    public int TagAt;

    /// <summary>The private enterprise number of the alerts' structured data.</summary>
    public int Enterprise = TableFormat.DocumentationEnterprise;

    /// <summary>Offset of the collector's certificate authority, an X.509 certificate as DER; 0 when there is none.</summary>
    public int AuthorityAt;

    /// <summary>Octets of the certificate.</summary>
    public int AuthorityLength;

    /// <summary>
    /// Offset of the ids of the keys that this table retires, <see cref="TableFormat.KeyIdLength"/> octets each; 0 when there are
    /// none.
    /// </summary>
    public int RetiredAt;

    /// <summary>How many keys this table retires.</summary>
    public int RetiredCount;

    /// <summary>Offset of what is said of the box; 0 when nothing is.</summary>
    public int BoxAt;

    /// <summary>Which boards the table was compiled for: a constant of <see cref="BoardClass"/>.</summary>
    public int Board => BoxAt == 0 ? BoardClass.Any : Bytes[BoxAt];

    /// <summary>How many keys this table brings.</summary>
    public int TrustedCount => BoxAt == 0 ? 0 : Bytes[BoxAt + 1];

    /// <summary>Offset of the keys that the box shall trust from this table on, <see cref="TableFormat.KeyPoint"/> octets
    /// each.</summary>
    public int TrustedAt => BoxAt + TableFormat.BoxHeader;

    /// <summary>Offset of the interest mask's 256 bits, flag octet 0 in the highest bit of the first octet.</summary>
    public int InterestAt;

    /// <summary>
    /// Port ranges of the interest mask, which stand at <see cref="InterestAt"/> + <see cref="TableFormat.InterestHeader"/>.
    /// </summary>
    public int InterestRanges;

    /// <summary>One in how many skipped frames is kept as a sign of life; 0 for none.</summary>
    public int InterestRate;

    /// <summary>Offset of the openings, <see cref="TableFormat.OpeningRecord"/> octets each; 0 when there are none.</summary>
    public int OpeningsAt;

    /// <summary>How many openings there are.</summary>
    public int Openings;

    /// <summary>Offset of the callers, <see cref="TableFormat.CallerRecord"/> octets each.</summary>
    public int CallersAt;

    /// <summary>Offset behind the last caller; <see cref="CallersAt"/> when there is none.</summary>
    public int CallersEnd;

    /// <summary>How many signatures have a detection_filter.</summary>
    public int Filters;

    /// <summary>Which signatures a frame can match at all.</summary>
    public SignatureIndex Index = new SignatureIndex();

    // What is kept of a list, in this order behind its first IPv4 range.
    private const int Many = 1;
    private const int First6 = 2;
    private const int Many6 = 3;
    private const int Numbers = 4;

    // IPv4 ranges, with the highest bit turned over so that signed comparison puts them in order.
    private int[] _low = new int[0];
    private int[] _high = new int[0];

    // Four numbers a list: its first IPv4 range and how many there are, and the same of IPv6, whose ranges stand in Bytes from
    // _range6At.
    private short[] _lists = new short[0];
    private int _range6At;
    private int _home;
    private int[] _homeBase = new int[0];

    // The first octets of an IPv6 network of 64 bits that is wholly at home.
    private bool _hasNetwork;
    private long _network;
    private int _groupsAt;
    private int _expectedAt;

    /// <summary>The rule's sid.</summary>
    /// <param name="s">The signature's index; so in all these methods.</param>
    public int Sid(int s)
    {
        return U32(SignaturesAt + s * TableFormat.SignatureRecord);
    }

    /// <summary>The rule's gid.</summary>
    /// <param name="s">The signature.</param>
    public int Gid(int s)
    {
        return U16(SignaturesAt + s * TableFormat.SignatureRecord + TableFormat.SignatureGid);
    }

    /// <summary>The rule's priority, 1 to 5; 0 when it gives none.</summary>
    /// <param name="s">The signature.</param>
    public int Lethality(int s)
    {
        return Bytes[SignaturesAt + s * TableFormat.SignatureRecord + TableFormat.SignatureLethality];
    }

    /// <summary>Bits of <see cref="Signatures.Traits"/>.</summary>
    /// <param name="s">The signature.</param>
    public int Traits(int s)
    {
        return Bytes[SignaturesAt + s * TableFormat.SignatureRecord + TableFormat.SignatureTraits];
    }

    /// <summary>The group that the rule's destination names; -1 for none.</summary>
    /// <param name="s">The signature.</param>
    public int Group(int s)
    {
        int group = Bytes[SignaturesAt + s * TableFormat.SignatureRecord + TableFormat.SignatureGroup];
        return group == 255 ? -1 : group;
    }

    /// <summary>Offset of the name in <see cref="Bytes"/>.</summary>
    /// <param name="s">The signature.</param>
    public int NameAt(int s)
    {
        return U16(SignaturesAt + s * TableFormat.SignatureRecord + TableFormat.SignatureName) + 1;
    }

    /// <summary>The running number of an address over the home ranges in ascending order; -1 when it is not at home.</summary>
    /// <param name="ipv4">The address in host order.</param>
    public int HomeIndex(int ipv4)
    {
        int index = ipv4 - LargestHome;
        if ((uint)index < (uint)LargestHomeSize)
        {
            return index + LargestHomeBase;
        }

        if (HomeRanges == 1 && LargestHomeSize != 0)
        {
            return -1;
        }

        int address = ipv4 ^ int.MinValue;
        int first = FirstOf(_home);
        int range = Find(first, first + ManyOf(_home), address);
        if (range < 0)
        {
            return -1;
        }

        // Homes larger than an int counts share the last number.
        index = _homeBase[range - first] + (address - _low[range]);
        return index < 0 ? int.MaxValue : index;
    }

    /// <summary>An IPv6 address belongs to the home network.</summary>
    /// <param name="bytes">Where the address stands.</param>
    /// <param name="at">Offset of its 16 octets.</param>
    public bool IsHome6(byte[] bytes, int at)
    {
        // A VLAN is a network of 64 bits, of which a look at half of the address tells.
        return (_hasNetwork && BitConverter.ToInt64(bytes, at) == _network) || Holds6(_home, bytes, at);
    }

    /// <summary>The most critical group that contains an address; -1 for none.</summary>
    /// <param name="ipv4">The address in host order.</param>
    public int GroupOf(int ipv4)
    {
        int groups = Groups;
        for (int g = 0; g < groups; g++)
        {
            if (Holds(GroupList(g), ipv4))
            {
                return g;
            }
        }

        return -1;
    }

    /// <summary>The most critical group that contains an IPv6 address; -1 for none.</summary>
    /// <param name="bytes">Where the address stands.</param>
    /// <param name="at">Offset of its 16 octets.</param>
    public int GroupOf6(byte[] bytes, int at)
    {
        int groups = Groups;
        for (int g = 0; g < groups; g++)
        {
            if (Holds6(GroupList(g), bytes, at))
            {
                return g;
            }
        }

        return -1;
    }

    /// <summary>Offset of a group's name in <see cref="Bytes"/>.</summary>
    /// <param name="g">The group's number.</param>
    public int GroupNameAt(int g)
    {
        return U16(_groupsAt + g * TableFormat.GroupRecord) + 1;
    }

    /// <summary>A group's criticality, 1 to 5.</summary>
    /// <param name="g">The group's number.</param>
    public int GroupCriticality(int g)
    {
        return Bytes[_groupsAt + g * TableFormat.GroupRecord + 4];
    }

    /// <summary>The site profile's benign explanation of a frame; -1 when it has none.</summary>
    /// <param name="f">A decoded frame.</param>
    public int ExpectedOf(Frame f)
    {
        // A frame without ports is one of port 0, for which no explanation with ports is meant.
        return f.IpVersion == 0 ? -1
            : ExpectedOfAttempt(f.IpVersion, f.Source, f.Destination, f.Bytes, f.SourceAt, f.DestinationAt, f.Protocol,
            f.HasPorts ? f.DestinationPort : 0);
    }

    /// <summary>Offset of an explanation's name in <see cref="Bytes"/>.</summary>
    /// <param name="e">The explanation's index.</param>
    public int ExpectedNameAt(int e)
    {
        return U16(_expectedAt + e * TableFormat.ExpectedRecord) + 1;
    }

    /// <summary>An address list contains an IPv4 address.</summary>
    /// <param name="list">The list's number.</param>
    /// <param name="ipv4">The address in host order.</param>
    public bool Holds(int list, int ipv4)
    {
        short[] lists = _lists;
        list *= Numbers;
        int first = lists[list];
        return Find(first, first + lists[list + Many], ipv4 ^ int.MinValue) >= 0;
    }

    /// <summary>An address list contains an IPv6 address.</summary>
    /// <param name="list">The list's number.</param>
    /// <param name="bytes">Where the address stands.</param>
    /// <param name="at">Offset of its 16 octets.</param>
    public bool Holds6(int list, byte[] bytes, int at)
    {
        list *= Numbers;
        int rangeAt = _range6At + _lists[list + First6] * TableFormat.Range6Record;
        for (int left = _lists[list + Many6]; left > 0; left--, rangeAt += TableFormat.Range6Record)
        {
            if (Compare6(bytes, at, rangeAt) < 0)
            {
                // The ranges ascend: what lies before this one lies in none of the next.
                return false;
            }

            if (Compare6(bytes, at, rangeAt + Ipv6.AddressLength) <= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A port list contains a port.</summary>
    /// <param name="at">The list's offset; 0 stands for every port.</param>
    /// <param name="port">The port.</param>
    public bool HoldsPort(int at, int port)
    {
        byte[] bytes = Bytes;
        if (at == 0)
        {
            return true;
        }

        int end = at + 1 + bytes[at] * TableFormat.PortRecord;
        for (int range = at + 1; range < end; range += TableFormat.PortRecord)
        {
            if (port <= ((bytes[range + 2] << 8) | bytes[range + 3]))
            {
                return port >= ((bytes[range] << 8) | bytes[range + 1]);
            }
        }

        return false;
    }

    private bool IsSigned()
    {
        return (Flags & TableFlags.Signed) != 0;
    }

    private int GroupList(int g)
    {
        return U16(_groupsAt + g * TableFormat.GroupRecord + 2);
    }

    private int FirstOf(int list)
    {
        return _lists[list * Numbers];
    }

    private int ManyOf(int list)
    {
        return _lists[(list * Numbers) + Many];
    }

    // Binary search among ranges from..to - 1; the range's number, -1 when none contains the address.
    private int Find(int from, int to, int address)
    {
        int[] high = _high;
        while (from < to)
        {
            int middle = (from + to) >> 1;
            if (address > high[middle])
            {
                from = middle + 1;
            }
            else if (address < _low[middle])
            {
                to = middle;
            }
            else
            {
                return middle;
            }
        }

        return -1;
    }

    private int Compare6(byte[] bytes, int at, int rangeAt)
    {
        byte[] table = Bytes;
        int end = at + Ipv6.AddressLength;
        while (at < end && bytes[at] == table[rangeAt])
        {
            at++;
            rangeAt++;
        }

        return at == end ? 0 : bytes[at] - table[rangeAt];
    }
}
