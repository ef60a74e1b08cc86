using Appliance.Imaging.Frames;
using Appliance.Imaging.Stories;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Signatures;

namespace Appliance.Imaging.Judging;

/// <summary>
/// What a site's profile says: which names may call from which addresses (FORMAT.md, "Callers"), and where the site ends.
/// </summary>
public sealed class Site
{
    /// <summary>Names of DICOM: calling AE titles.</summary>
    public const int Dicom = 0;

    /// <summary>Names of HL7: sending applications, MSH-3.</summary>
    public const int Hl7 = 1;

    /// <summary>Names of weak services that the site accepts, as <see cref="WeakNames"/> has them.</summary>
    private const int Accepted = 2;

    /// <summary>Hosts that may be there: who is not among them is a newcomer.</summary>
    public const int Hosts = 3;

    // As a profile has them, from the first reason of that kind on: of the versions of TLS there is one, and of old systems.
    private static readonly string[] WeakNames =
    {
        "smb1", "tls", "tls", "tls", "rdp", "vnc", "telnet", "snmp", "old", "old", "old", "old",
    };

    // In an entry of a table's directory: how many items a section has, and where they begin.
    private const int EntryItems = 2;
    private const int EntryOffset = 4;

    private readonly int[] _weak = new int[WeakNames.Length];
    private readonly byte[] _scratch;
    private SignatureTable _table;
    private int _names;
    private int _end;

    /// <summary>Takes a table's list.</summary>
    /// <param name="table">The table.</param>
    /// <param name="scratch">Room for a name beside those of the conversation, behind two.</param>
    public Site(SignatureTable table, byte[] scratch)
    {
        _scratch = scratch;
        for (int i = 0; i < _weak.Length; i++)
        {
            byte[] name = LineBuffer.Word(WeakNames[i]);
            _weak[i] = Title.Copy(name, 0, name.Length, scratch, 0);
        }

        _table = table;
        UseTable(table);
    }

    /// <summary>Takes another table's list.</summary>
    /// <param name="table">The table.</param>
    public void UseTable(SignatureTable table)
    {
        _table = table;
        _names = 0;
        _end = table.CallersAt;
        int lists = ListsOf(table);
        byte[] octets = table.Bytes;
        for (int at = table.CallersAt; at + TableFormat.CallerRecord <= table.CallersEnd; at += TableFormat.CallerRecord)
        {
            int text = (octets[at] << 8) | octets[at + 1];
            int list = (octets[at + TableFormat.CallerList] << 8) | octets[at + TableFormat.CallerList + 1];
            int protocol = octets[at + TableFormat.CallerProtocol];
            if (text >= table.Length || octets[text] > TableFormat.MostCaller || text + octets[text] >= table.Length || list >= lists
                || protocol > Hosts)
            {
                // A list with a record that can't be is no list.
                _names = 0;
                _end = table.CallersAt;
                return;
            }

            _names |= 1 << protocol;
            _end = at + TableFormat.CallerRecord;
        }
    }

    private int ListsOf(SignatureTable table)
    {
        return BigEndian.Read16(table.Bytes, EntryOf(table.Bytes, TableFormat.ListSection) + EntryItems);
    }

    // Where the directory says of a section, which each table has, how many items it has and where they begin.
    private int EntryOf(byte[] octets, int section)
    {
        int at = TableFormat.DirectoryAt;
        while (BigEndian.Read16(octets, at) != section)
        {
            at += TableFormat.DirectoryEntry;
        }

        return at;
    }

    /// <summary>Whether the profile says who may call from where: then nothing is learned of it.</summary>
    /// <param name="protocol">A constant of this class.</param>
    public bool Has(int protocol)
    {
        return (_names & (1 << protocol)) != 0;
    }

    /// <summary>Whether the profile accepts a weak service of a host.</summary>
    /// <param name="reason">A constant of <see cref="Reason"/> of that kind.</param>
    /// <param name="bytes">Where the conversation is.</param>
    /// <param name="conversation">A frame of the server.</param>
    public bool Accepts(int reason, byte[] bytes, Conversation conversation)
    {
        return Has(Accepted) && !Lacks(Accepted, _weak[reason - Reason.Smb1], bytes, conversation);
    }

    /// <summary>Whether the profile has a list, and neither name nor address of somebody is in it.</summary>
    /// <param name="protocol">A constant of this class.</param>
    /// <param name="name">The name's hash (<see cref="Title.Copy"/>).</param>
    /// <param name="bytes">Where the conversation is.</param>
    /// <param name="conversation">A frame of who calls.</param>
    public bool Lacks(int protocol, int name, byte[] bytes, Conversation conversation)
    {
        return Lacks(protocol, name, bytes, conversation, conversation.Source, conversation.SourceAt);
    }

    /// <summary>Whether the profile has a list, and whoever is answered is not in it.</summary>
    /// <param name="protocol">A constant of this class.</param>
    /// <param name="name">The name's hash; 0 for any name at that address.</param>
    /// <param name="bytes">Where the conversation is.</param>
    /// <param name="conversation">A frame to who calls.</param>
    public bool LacksTarget(int protocol, int name, byte[] bytes, Conversation conversation)
    {
        return Lacks(protocol, name, bytes, conversation, conversation.Target, conversation.TargetAt);
    }

    private bool Lacks(int protocol, int name, byte[] bytes, Conversation conversation, int address, int addressAt)
    {
        SignatureTable table = _table;
        byte[] octets = table.Bytes;
        for (int at = table.CallersAt; at < _end; at += TableFormat.CallerRecord)
        {
            if (octets[at + TableFormat.CallerProtocol] != protocol)
            {
                continue;
            }

            int text = (octets[at] << 8) | octets[at + 1];
            int list = (octets[at + TableFormat.CallerList] << 8) | octets[at + TableFormat.CallerList + 1];
            bool isThere = conversation.Version == 6 ? table.Holds6(list, bytes, addressAt) : table.Holds(list, address);
            if (isThere && (name == 0 || Title.Copy(octets, text + 1, octets[text], _scratch, 2 * Title.Room) == name))
            {
                return false;
            }
        }

        return Has(protocol);
    }

    /// <summary>Whether the profile has a list of hosts, and an address is not in it.</summary>
    /// <param name="address">IPv4.</param>
    public bool LacksHost(int address)
    {
        byte[] octets = _table.Bytes;
        for (int at = _table.CallersAt; at < _end; at += TableFormat.CallerRecord)
        {
            if (octets[at + TableFormat.CallerProtocol] == Hosts
                && _table.Holds((octets[at + TableFormat.CallerList] << 8) | octets[at + TableFormat.CallerList + 1], address))
            {
                return false;
            }
        }

        return Has(Hosts);
    }

    /// <summary>Whether an IPv4 address is at home.</summary>
    /// <param name="address">IPv4.</param>
    public bool IsHome(int address)
    {
        return _table.HomeIndex(address) >= 0;
    }

    /// <summary>
    /// A number for the home networks of IPv4, of each range its first and its last address: what was learned of one site is
    /// nothing for another.
    /// </summary>
    public int HomeMark()
    {
        byte[] octets = _table.Bytes;
        int site = BigEndian.Read16(octets, EntryOf(octets, TableFormat.SiteSection) + EntryOffset);
        int list = BigEndian.Read16(octets, EntryOf(octets, TableFormat.ListSection) + EntryOffset)
            + BigEndian.Read16(octets, site + TableFormat.SiteHome) * TableFormat.ListRecord;
        int at = BigEndian.Read16(octets, EntryOf(octets, TableFormat.Range4Section) + EntryOffset)
            + BigEndian.Read16(octets, list) * TableFormat.Range4Record;
        int end = at + BigEndian.Read16(octets, list + 2) * TableFormat.Range4Record;
        int mark = unchecked((int)0x811c9dc5);
        for (; at < end; at++)
        {
            mark = (mark ^ octets[at]) * 0x01000193;
        }

        return mark;
    }

    /// <summary>Which weak services the profile accepts of some servers, so that they are not told of them: a bit a mark of the
    /// inventory.</summary>
    public int AcceptedMarks()
    {
        byte[] octets = _table.Bytes;
        int marks = 0;
        for (int at = _table.CallersAt; at < _end; at += TableFormat.CallerRecord)
        {
            if (octets[at + TableFormat.CallerProtocol] != Accepted)
            {
                continue;
            }

            int text = BigEndian.Read16(octets, at);
            int name = Title.Copy(octets, text + 1, octets[text], _scratch, 2 * Title.Room);
            for (int i = 0; i < _weak.Length; i++)
            {
                marks |= _weak[i] == name ? 1 << Reason.WeakMarkOf(Reason.Smb1 + i) : 0;
            }
        }

        return marks;
    }

    /// <summary>Whether who sends is at home.</summary>
    /// <param name="bytes">Where the addresses are.</param>
    /// <param name="conversation">The conversation.</param>
    public bool IsFromHome(byte[] bytes, Conversation conversation)
    {
        return conversation.Version == 6 ? _table.IsHome6(bytes, conversation.SourceAt) : _table.HomeIndex(conversation.Source) >= 0;
    }

    /// <summary>Whether an end of a conversation is at home: what strangers say to each other is not the site's.</summary>
    /// <param name="bytes">Where the addresses are.</param>
    /// <param name="conversation">The conversation.</param>
    public bool IsTouched(byte[] bytes, Conversation conversation)
    {
        return IsFromHome(bytes, conversation) || IsCrossed(bytes, conversation);
    }

    /// <summary>
    /// Whether one end of a conversation is at home and the other is not: what crosses in the clear can be read by whoever
    /// carries it.
    /// </summary>
    /// <param name="bytes">Where the addresses are.</param>
    /// <param name="conversation">The conversation.</param>
    public bool IsCrossed(byte[] bytes, Conversation conversation)
    {
        return conversation.Version == 6
            ? _table.IsHome6(bytes, conversation.SourceAt) != _table.IsHome6(bytes, conversation.TargetAt)
            : _table.HomeIndex(conversation.Source) < 0 != _table.HomeIndex(conversation.Target) < 0;
    }
}
