using System;
using Appliance.Imaging.Frames;

namespace Appliance.Imaging.Memories;

/// <summary>
/// Who lives in the imaging network and what each serves, asks and speaks, in less than 3 KB. An address has its place in one of
/// two sets of eight, so that a look for it costs the same however many there are; a station that speaks no IP stands there by
/// its card's address. What finds no room is counted.
/// </summary>
public sealed class Inventory
{
    /// <summary>Hosts at most: an imaging VLAN has some dozens; what comes behind is counted.</summary>
    public const int Most = 96;

    /// <summary>Titles at most.</summary>
    public const int MostTitles = 56;

    /// <summary>Titles of one host: who calls by many names is told as a guesser, and must not push out the others'.</summary>
    public const int MostOfHost = 3;

    /// <summary>Column: an IPv4 address; <see cref="NoAddress"/>; 0 for a free row.</summary>
    public const int Address = 0;

    /// <summary>Column: the first four octets of the card's address; 0 where it is not known.</summary>
    public const int CardHigh = 1;

    /// <summary>Column: the last two in the upper half, and in the lower the day on which it was heard last.</summary>
    public const int CardLow = 2;

    /// <summary>Column: what it serves in the upper half, and in the lower what it asks for; a bit a constant of
    /// <see cref="Service"/>.</summary>
    public const int Services = 3;

    /// <summary>Column: bits of this class.</summary>
    public const int Marks = 4;

    /// <summary>Columns.</summary>
    public const int Columns = 5;

    /// <summary>The address of a station that speaks no IP.</summary>
    public const int NoAddress = -1;

    /// <summary>Mark: the first of the weak services, in the order in which a profile names them.</summary>
    public const int FirstWeak = 0;

    /// <summary>How many weak services there are.</summary>
    public const int WeakCount = 8;

    /// <summary>Mark: the first legacy protocol, a constant of <see cref="LegacyProtocol"/> behind it.</summary>
    public const int FirstLegacy = FirstWeak + WeakCount;

    /// <summary>Mark: the first of the bits that stand for who had an association accepted here, by its address's last three
    /// bits: neighbours differ.</summary>
    public const int FirstCaller = FirstLegacy + LegacyProtocol.Count;

    /// <summary>How many of these there are.</summary>
    public const int CallerCount = 8;

    /// <summary>Mark: what comes from elsewhere comes from its card.</summary>
    public const int Router = FirstCaller + CallerCount;

    /// <summary>Mark: it sends bulk data to a server of DICOM: it stores.</summary>
    public const int Stores = Router + 1;

    /// <summary>Mark: today it is known that it is no newcomer.</summary>
    public const int IsKnown = Stores + 1;

    /// <summary>Mark: an association of it was accepted, or it sent a message: more than a forged connection request.</summary>
    public const int Talks = IsKnown + 1;

    /// <summary>Mark: its card is the one that its own ARP named.</summary>
    public const int OwnCard = Talks + 1;

    private const int Ways = 8;
    private const int Sets = Most / Ways;
    private const int TitleRecord = 1 + Title.Room;

    /// <summary>The rows.</summary>
    public readonly int[] Cells = new int[Most * Columns];

    /// <summary>Titles: the number of the row, counted from 1, and the title; 0 for a free one.</summary>
    public readonly byte[] TitleOctets = new byte[MostTitles * TitleRecord];

    /// <summary>Hosts that found no room since it was told last.</summary>
    public int Unlisted;

    /// <summary>Today, counted from when the box began to learn.</summary>
    public int Day;

    /// <summary>Where the row of a host begins.</summary>
    /// <param name="address">An IPv4 address.</param>
    /// <returns>-1 for nowhere.</returns>
    public int Find(int address)
    {
        int hash = HashOf(address);
        int row = FindIn(FirstSet(hash), address);
        return row >= 0 ? row : FindIn(SecondSet(hash), address);
    }

    /// <summary>Where the row of a card begins: a host's or a station's. Of several, whose own ARP named it: hosts beyond a
    /// router speak from the router's.</summary>
    /// <param name="high">The first four octets of its address.</param>
    /// <param name="low">The last two.</param>
    /// <returns>-1 for nowhere.</returns>
    public int FindCard(int high, int low)
    {
        int[] cells = Cells;
        int found = -1;
        for (int row = 0; row < cells.Length; row += Columns)
        {
            if (cells[row + CardHigh] == high && ((cells[row + CardLow] >> 16) & 0xffff) == low && cells[row + Address] != 0
                && (found < 0 || Has(row, OwnCard)))
            {
                found = row;
            }
        }

        return found;
    }

    /// <summary>Makes a row of a host that has none; who only asked gives way, and who was not heard for a month.</summary>
    /// <param name="address">An IPv4 address, or <see cref="NoAddress"/>.</param>
    /// <param name="key">What decides where it stands: the address, or of a station its card's.</param>
    /// <returns>Where it begins; -1 when there is no room.</returns>
    public int Add(int address, int key)
    {
        int hash = HashOf(key);
        int first = LeastIn(FirstSet(hash));
        int second = LeastIn(SecondSet(hash));
        int row = WorthOf(second) < WorthOf(first) ? second : first;
        if (WorthOf(row) > 1)
        {
            Unlisted++;
            return -1;
        }

        int[] cells = Cells;
        if (cells[row + Address] != 0)
        {
            DropTitles(row);
            Array.Clear(cells, row, Columns);
        }

        cells[row + Address] = address;
        cells[row + CardLow] = Day & 0xffff;
        return row;
    }

    /// <summary>Notes that a host was heard today.</summary>
    /// <param name="row">Where its row begins.</param>
    public void Hear(int row)
    {
        Cells[row + CardLow] = (Cells[row + CardLow] & unchecked((int)0xffff0000)) | (Day & 0xffff);
    }

    /// <summary>Days since a host was heard.</summary>
    /// <param name="row">Where its row begins.</param>
    public int SilentDays(int row)
    {
        return (Day - Cells[row + CardLow]) & 0xffff;
    }

    /// <summary>Whether a host has a mark.</summary>
    /// <param name="row">Where its row begins.</param>
    /// <param name="mark">A constant of this class.</param>
    public bool Has(int row, int mark)
    {
        return (Cells[row + Marks] & (1 << mark)) != 0;
    }

    /// <summary>Gives a host a mark.</summary>
    /// <param name="row">Where its row begins; -1 for none.</param>
    /// <param name="mark">A constant of this class.</param>
    public void Mark(int row, int mark)
    {
        if (row >= 0)
        {
            Cells[row + Marks] |= 1 << mark;
        }
    }

    /// <summary>Forgets all: another network.</summary>
    public void Clear()
    {
        Array.Clear(Cells, 0, Cells.Length);
        Array.Clear(TitleOctets, 0, TitleOctets.Length);
        Unlisted = 0;
        Day = 0;
    }

    /// <summary>A new day: what holds for a day only is looked at again.</summary>
    public void BeginDay()
    {
        Unlisted = 0;
        for (int row = 0; row < Cells.Length; row += Columns)
        {
            Cells[row + Marks] &= ~(1 << IsKnown);
        }
    }

    /// <summary>Hosts and stations that have a row.</summary>
    public int Count()
    {
        int count = 0;
        for (int row = 0; row < Cells.Length; row += Columns)
        {
            count += Cells[row + Address] != 0 ? 1 : 0;
        }

        return count;
    }

    /// <summary>Whether anybody speaks an old protocol or serves something weak.</summary>
    public bool HasFindings()
    {
        const int Any = (1 << FirstCaller) - 1;
        int marks = 0;
        for (int row = 0; row < Cells.Length; row += Columns)
        {
            marks |= Cells[row + Marks];
        }

        return (marks & Any) != 0;
    }

    /// <summary>Callers of a host's DICOM service that are told apart: three and more are an archive's.</summary>
    /// <param name="row">Where its row begins.</param>
    public int CallersOf(int row)
    {
        int count = 0;
        for (int i = 0; i < CallerCount; i++)
        {
            count += (Cells[row + Marks] >> (FirstCaller + i)) & 1;
        }

        return count;
    }

    /// <summary>Notes by which title a host calls or is called.</summary>
    /// <param name="row">Where its row begins; -1 for none.</param>
    /// <param name="names">Where the title is, made safe.</param>
    /// <param name="at">Where it begins.</param>
    public void AddTitle(int row, byte[] names, int at)
    {
        if (row < 0 || names[at] == 0)
        {
            return;
        }

        byte[] octets = TitleOctets;
        int owner = row / Columns + 1;
        int free = -1;
        int many = 0;
        for (int i = 0; i < octets.Length; i += TitleRecord)
        {
            if (octets[i] == owner)
            {
                if (IsSame(octets, i + 1, names, at))
                {
                    return;
                }

                many++;
            }

            free = free < 0 && octets[i] == 0 ? i : free;
        }

        if (free >= 0 && many < MostOfHost)
        {
            octets[free] = (byte)owner;
            Array.Copy(names, at, octets, free + 1, Title.Room);
        }
    }

    /// <summary>A title of a host.</summary>
    /// <param name="row">Where its row begins.</param>
    /// <param name="number">Which, from 0.</param>
    /// <returns>Where it begins in <see cref="TitleOctets"/>; -1 when it has no more.</returns>
    public int TitleOf(int row, int number)
    {
        int owner = row / Columns + 1;
        for (int i = 0; i < TitleOctets.Length; i += TitleRecord)
        {
            if (TitleOctets[i] == owner && number-- == 0)
            {
                return i + 1;
            }
        }

        return -1;
    }

    private bool IsSame(byte[] octets, int at, byte[] names, int from)
    {
        for (int i = 0; i < Title.Room; i++)
        {
            if (octets[at + i] != names[from + i])
            {
                return false;
            }
        }

        return true;
    }

    private void DropTitles(int row)
    {
        int owner = row / Columns + 1;
        for (int i = 0; i < TitleOctets.Length; i += TitleRecord)
        {
            if (TitleOctets[i] == owner)
            {
                Array.Clear(TitleOctets, i, TitleRecord);
            }
        }
    }

    // 0 free, 1 it only asked, which whoever forges addresses does too, or it is gone, 2 it is worth its row.
    private int WorthOf(int row)
    {
        const int Gone = 30;
        const int Lasting = ~((1 << IsKnown) | (1 << OwnCard));
        return Cells[row + Address] == 0 ? 0
            : ((Cells[row + Services] >> 16) == 0 && (Cells[row + Marks] & Lasting) == 0) || SilentDays(row) > Gone ? 1 : 2;
    }

    private int LeastIn(int set)
    {
        int least = set;
        for (int row = set; row < set + Ways * Columns; row += Columns)
        {
            if (WorthOf(row) < WorthOf(least))
            {
                least = row;
            }
        }

        return least;
    }

    private int FindIn(int set, int address)
    {
        int[] cells = Cells;
        for (int row = set; row < set + Ways * Columns; row += Columns)
        {
            if (cells[row] == address)
            {
                return row;
            }
        }

        return -1;
    }

    private int HashOf(int key)
    {
        int hash = key * unchecked((int)0x9e3779b1);
        return hash ^ ((hash >> 15) & 0x1ffff);
    }

    private int FirstSet(int hash)
    {
        return (hash & 0xffff) % Sets * Ways * Columns;
    }

    private int SecondSet(int hash)
    {
        return ((hash >> 16) & 0xffff) % Sets * Ways * Columns;
    }
}
