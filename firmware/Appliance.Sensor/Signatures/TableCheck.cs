using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Signatures;

public sealed partial class SignatureTable
{
    /// <summary>Most signatures that a table can hold: an entry of the index has room for 13 bits.</summary>
    public const int MostSignatures = 4096;

    // DER (X.690 8.1.3): a constructed sequence, and lengths of one and of two octets behind the octet that says so.
    private const int DerSequence = 0x30;
    private const int DerLength1 = 0x81;
    private const int DerLength2 = 0x82;

    // What an octet may be in a text: 1 where RFC 5424 section 6.3.3 would have it escaped, or where it is not printable.
    private static readonly byte[] Unclean =
    {
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    };

    // There only while a table is being loaded.
    private TableDraft? _draft;

    /// <summary>
    /// Takes a table file. Every offset, count and order that later code relies on is checked here, once; a file that was changed
    /// anywhere is refused and never read beyond its end. After a refusal the object must not be used.
    /// </summary>
    /// <param name="file">The file's octets; kept, so they must not change afterwards.</param>
    /// <param name="length">How many of them are the file.</param>
    /// <returns>0 when it is accepted, else a constant of <see cref="TableProblem"/>.</returns>
    public int Load(byte[] file, int length)
    {
        int problem = Open(file, length);
        return problem == TableProblem.None ? LoadContents() : problem;
    }

    /// <summary>Takes what is in a file that <see cref="Open"/> has accepted.</summary>
    /// <returns>0 when it is accepted, else a constant of <see cref="TableProblem"/>.</returns>
    public int LoadContents()
    {
        _draft = new TableDraft(Length);
        int problem = CheckContents();
        _draft = null;
        if (problem != TableProblem.None)
        {
            Forget();
            return problem;
        }

        Index = new SignatureIndex(this);
        FindSegmentInterest();
        return TableProblem.None;
    }

    // In this order, since each may rely on what was checked before it.
    private int CheckContents()
    {
        int problem = CheckDirectory();
        if (problem == TableProblem.None)
        {
            problem = CheckTexts();
        }

        if (problem == TableProblem.None)
        {
            problem = CheckAddresses();
        }

        if (problem == TableProblem.None)
        {
            problem = CheckPorts();
        }

        if (problem == TableProblem.None)
        {
            problem = CheckSite();
        }

        if (problem == TableProblem.None)
        {
            problem = CheckNames();
        }

        if (problem == TableProblem.None)
        {
            problem = CheckRetired();
        }

        if (problem == TableProblem.None)
        {
            problem = CheckAuthority();
        }

        if (problem == TableProblem.None)
        {
            problem = CheckBox();
        }

        if (problem == TableProblem.None)
        {
            problem = CheckPrograms();
        }

        return problem == TableProblem.None ? CheckSignatures() : problem;
    }

    // Offsets of a file that was refused must not be followed.
    private void Forget()
    {
        Flags = 0;
        Count = 0;
        Groups = 0;
        Expected = 0;
        Filters = 0;
        SignaturesAt = 0;
        SiteNameAt = 0;
        CollectorAt = 0;
        ClockServerAt = 0;
        TagAt = 0;
        Enterprise = TableFormat.DocumentationEnterprise;
        AuthorityAt = 0;
        RetiredAt = 0;
        RetiredCount = 0;
        BoxAt = 0;
    }

    private int SectionAt(int section)
    {
        return _draft!.At(section);
    }

    private int SectionLength(int section)
    {
        return _draft!.LengthOf(section);
    }

    private int SectionItems(int section)
    {
        return _draft!.ItemsOf(section);
    }

    private int CheckDirectory()
    {
        int sections = U16(TableFormat.SectionCountAt);
        int end = Length - TableFormat.SignaturePlace;
        int first = TableFormat.DirectoryAt + sections * TableFormat.DirectoryEntry;
        if (first > end)
        {
            return TableProblem.Sections;
        }

        for (int at = TableFormat.DirectoryAt; at < first; at += TableFormat.DirectoryEntry)
        {
            int section = U16(at);
            int offset = U16(at + 4);
            int length = U16(at + 6);
            if (offset < first || offset + length > end)
            {
                return TableProblem.Sections;
            }

            if (section < 1 || section > TableFormat.LastSection)
            {
                continue;
            }

            if (SectionAt(section) != 0)
            {
                return TableProblem.Sections;
            }

            _draft!.Put(section, offset, length, U16(at + 2));
        }

        for (int section = 1; section <= TableFormat.LastNeededSection; section++)
        {
            if (SectionAt(section) == 0)
            {
                return TableProblem.Missing;
            }
        }

        if (_draft!.Overlap())
        {
            return TableProblem.Sections;
        }

        bool fits = SectionLength(TableFormat.SiteSection) == TableFormat.SiteRecord
            && Fits(TableFormat.ListSection, TableFormat.ListRecord) && Fits(TableFormat.Range4Section, TableFormat.Range4Record)
            && Fits(TableFormat.Range6Section, TableFormat.Range6Record)
            && Fits(TableFormat.SignatureSection, TableFormat.SignatureRecord)
            && Fits(TableFormat.GroupSection, TableFormat.GroupRecord)
            && Fits(TableFormat.ExpectedSection, TableFormat.ExpectedRecord)
            && SectionLength(TableFormat.InterestSection)
                == TableFormat.InterestHeader + SectionItems(TableFormat.InterestSection) * TableFormat.PortRecord
            && Fits(TableFormat.RetiredSection, TableFormat.KeyIdLength)
            && Fits(TableFormat.NameSection, TableFormat.NameRecord)
            && Fits(TableFormat.OpeningSection, TableFormat.OpeningRecord)
            && SectionItems(TableFormat.SignatureSection) <= MostSignatures;
        return fits ? TableProblem.None : TableProblem.Sections;
    }

    private bool Fits(int section, int record)
    {
        return SectionLength(section) == SectionItems(section) * record;
    }

    private int CheckTexts()
    {
        byte[] bytes = Bytes;
        int at = SectionAt(TableFormat.TextSection);
        int end = at + SectionLength(TableFormat.TextSection);
        byte[] starts = _draft!.Starts;
        int texts = 0;
        int any = 0;
        byte[] unclean = Unclean;
        while (at < end)
        {
            int next = at + 1 + bytes[at];
            if (next > end)
            {
                return TableProblem.Text;
            }

            starts[at >> 3] |= (byte)(1 << (at & 7));
            for (at++; at < next; at++)
            {
                any |= unclean[bytes[at]];
            }

            texts++;
        }

        return any == 0 && texts == SectionItems(TableFormat.TextSection) ? TableProblem.None : TableProblem.Text;
    }

    // An offset is that of a text of at most so many octets.
    private bool IsText(int offset, int most)
    {
        return _draft!.Begins(TableFormat.TextSection, offset) && Bytes[offset] <= most;
    }

    private bool IsTextOrNone(int offset)
    {
        return offset == 0 || IsText(offset, 255);
    }

    private int CheckAddresses()
    {
        int ranges = SectionItems(TableFormat.Range4Section);
        _low = new int[ranges];
        _high = new int[ranges];

        // Where the ranges that ascend up to this one begin: lists may share ranges, and none is walked for each list.
        var runs = new short[ranges];
        int run = 0;
        int at = SectionAt(TableFormat.Range4Section);
        for (int i = 0; i < ranges; i++, at += TableFormat.Range4Record)
        {
            _low[i] = U32(at) ^ int.MinValue;
            _high[i] = U32(at + 4) ^ int.MinValue;
            if (_low[i] > _high[i])
            {
                return TableProblem.Addresses;
            }

            run = i > 0 && _low[i] > _high[i - 1] ? run : i;
            runs[i] = (short)run;
        }

        int ranges6 = SectionItems(TableFormat.Range6Section);
        _range6At = SectionAt(TableFormat.Range6Section);
        var runs6 = new short[ranges6];
        for (int i = 0; i < ranges6; i++)
        {
            int rangeAt = _range6At + i * TableFormat.Range6Record;
            if (Compare6(Bytes, rangeAt, rangeAt + Frames.Ipv6.AddressLength) > 0)
            {
                return TableProblem.Addresses;
            }

            run = i > 0 && Compare6(Bytes, rangeAt, rangeAt - Frames.Ipv6.AddressLength) > 0 ? run : i;
            runs6[i] = (short)run;
        }

        int lists = SectionItems(TableFormat.ListSection);
        if (lists == 0)
        {
            return TableProblem.Addresses;
        }

        _first = new short[lists];
        _many = new short[lists];
        _first6 = new short[lists];
        _many6 = new short[lists];
        at = SectionAt(TableFormat.ListSection);
        for (int list = 0; list < lists; list++, at += TableFormat.ListRecord)
        {
            int first = U16(at);
            int many = U16(at + 2);
            int first6 = U16(at + 4);
            int many6 = U16(at + 6);
            if (first + many > ranges || first6 + many6 > ranges6 || (many > 0 && runs[first + many - 1] > first)
                || (many6 > 0 && runs6[first6 + many6 - 1] > first6))
            {
                return TableProblem.Addresses;
            }

            if (list == 0 && !HoldsAll(first, many, first6, many6))
            {
                return TableProblem.Addresses;
            }

            _first[list] = (short)first;
            _many[list] = (short)many;
            _first6[list] = (short)first6;
            _many6[list] = (short)many6;
        }

        return TableProblem.None;
    }

    // List 0 stands for any address, and is not even looked at by the matcher.
    private bool HoldsAll(int first, int many, int first6, int many6)
    {
        if (many != 1 || many6 != 1 || _low[first] != int.MinValue || _high[first] != int.MaxValue)
        {
            return false;
        }

        int at = _range6At + first6 * TableFormat.Range6Record;
        for (int i = 0; i < Frames.Ipv6.AddressLength; i++)
        {
            if (Bytes[at + i] != 0 || Bytes[at + Frames.Ipv6.AddressLength + i] != 255)
            {
                return false;
            }
        }

        return true;
    }

    private int CheckPorts()
    {
        int at = SectionAt(TableFormat.PortSection);
        int end = at + SectionLength(TableFormat.PortSection);
        int lists = 0;
        byte[] starts = _draft!.Starts;
        while (at < end)
        {
            starts[at >> 3] |= (byte)(1 << (at & 7));
            int next = at + 1 + Bytes[at] * TableFormat.PortRecord;
            if (next > end || !Ascend(at + 1, next))
            {
                return TableProblem.Ports;
            }

            at = next;
            lists++;
        }

        if (lists != SectionItems(TableFormat.PortSection))
        {
            return TableProblem.Ports;
        }

        InterestAt = SectionAt(TableFormat.InterestSection);
        InterestRanges = SectionItems(TableFormat.InterestSection);
        InterestRate = U16(InterestAt + TableFormat.InterestRate);
        int rangesAt = InterestAt + TableFormat.InterestHeader;
        OpeningsAt = SectionAt(TableFormat.OpeningSection);
        Openings = SectionItems(TableFormat.OpeningSection);
        return Ascend(rangesAt, rangesAt + InterestRanges * TableFormat.PortRecord) ? TableProblem.None : TableProblem.Ports;
    }

    private bool Ascend(int at, int end)
    {
        int previous = -1;
        for (; at < end; at += TableFormat.PortRecord)
        {
            int low = U16(at);
            int high = U16(at + 2);
            if (low <= previous || high < low)
            {
                return false;
            }

            previous = high;
        }

        return true;
    }

    private bool IsPortList(int offset)
    {
        return offset == 0 || _draft!.Begins(TableFormat.PortSection, offset);
    }

    private bool IsList(int list)
    {
        return list < _first.Length;
    }

    private int CheckSite()
    {
        byte[] bytes = Bytes;
        int site = SectionAt(TableFormat.SiteSection);
        _home = U16(site + TableFormat.SiteHome);
        HomeCriticality = bytes[site + TableFormat.SiteCriticality];
        Countermeasures = bytes[site + TableFormat.SiteCountermeasures];
        SiteNameAt = U16(site + TableFormat.SiteName);
        CollectorAt = U16(site + TableFormat.SiteCollector);
        ClockServerAt = U16(site + TableFormat.SiteClock);
        if (!IsList(_home) || HomeCriticality < 1 || HomeCriticality > 5 || Countermeasures > 5
            || !IsTextOrNone(SiteNameAt) || !IsTextOrNone(CollectorAt) || !IsTextOrNone(ClockServerAt))
        {
            return TableProblem.Site;
        }

        CountHome();
        Groups = SectionItems(TableFormat.GroupSection);
        _groupsAt = SectionAt(TableFormat.GroupSection);
        if (Groups > 255)
        {
            return TableProblem.Site;
        }

        for (int g = 0; g < Groups; g++)
        {
            int at = _groupsAt + g * TableFormat.GroupRecord;
            if (!IsText(U16(at), TableFormat.MostName) || !IsList(U16(at + 2)) || bytes[at + 4] < 1 || bytes[at + 4] > 5
                || bytes[at + 5] != 0
                || (g > 0 && bytes[at + 4] > bytes[at + 4 - TableFormat.GroupRecord]))
            {
                return TableProblem.Site;
            }
        }

        Expected = SectionItems(TableFormat.ExpectedSection);
        _expectedAt = SectionAt(TableFormat.ExpectedSection);
        for (int e = 0; e < Expected; e++)
        {
            int at = _expectedAt + e * TableFormat.ExpectedRecord;
            int protocol = U16(at + 8);
            if (!IsText(U16(at), TableFormat.MostExpectedName) || !IsList(U16(at + 2)) || !IsList(U16(at + 4))
                || !IsPortList(U16(at + 6))
                || (protocol > 255 && protocol != TableFormat.AnyProtocol && !IsService(protocol, U16(at + 6))))
            {
                return TableProblem.Site;
            }
        }

        CallersAt = SectionAt(TableFormat.CallerSection);
        CallersEnd = CallersAt + SectionLength(TableFormat.CallerSection);
        return TableProblem.None;
    }

    // Somebody who serves serves a port.
    private bool IsService(int protocol, int ports)
    {
        return (protocol == (TableFormat.Serves | IpProtocol.Tcp) || protocol == (TableFormat.Serves | IpProtocol.Udp))
            && ports != 0;
    }

    // A table can't take the ground away from under its own feet: the key that signed it stays.
    // By which names alerts are known elsewhere; without the section there is no tag, and the number is the one for
    // documentation.
    private int CheckNames()
    {
        int names = SectionAt(TableFormat.NameSection);
        if (names == 0)
        {
            return TableProblem.None;
        }

        TagAt = U16(names);
        Enterprise = U32(names + TableFormat.NameEnterprise);
        return SectionItems(TableFormat.NameSection) == 1
            && (TagAt == 0 || (IsText(TagAt, TableFormat.MostTag) && Bytes[TagAt] != 0))
            && Enterprise > 0 ? TableProblem.None : TableProblem.Names;
    }

    private int CheckRetired()
    {
        RetiredAt = SectionAt(TableFormat.RetiredSection);
        RetiredCount = SectionItems(TableFormat.RetiredSection);
        if (RetiredAt != 0 && RetiredCount == 0)
        {
            return TableProblem.Retired;
        }

        for (int k = 0; k < RetiredCount && KeyIdAt != 0; k++)
        {
            int at = RetiredAt + k * TableFormat.KeyIdLength;
            if (U32(at) == U32(KeyIdAt) && U32(at + 4) == U32(KeyIdAt + 4))
            {
                return TableProblem.Retired;
            }
        }

        return TableProblem.None;
    }

    // What is in the certificate, TLS judges; here only that it is one whole sequence.
    private int CheckAuthority()
    {
        AuthorityAt = SectionAt(TableFormat.AuthoritySection);
        AuthorityLength = SectionLength(TableFormat.AuthoritySection);
        if (AuthorityAt == 0)
        {
            return TableProblem.None;
        }

        int at = AuthorityAt;
        bool whole = SectionItems(TableFormat.AuthoritySection) == 1 && AuthorityLength > 4 && Bytes[at] == DerSequence
            && ((Bytes[at + 1] == DerLength1 && Bytes[at + 2] == AuthorityLength - 3)
                || (Bytes[at + 1] == DerLength2 && U16(at + 2) == AuthorityLength - 4));
        return whole ? TableProblem.None : TableProblem.Authority;
    }

    // Which boards the table is for, and the keys that it brings them; whose they are only a hash tells.
    private int CheckBox()
    {
        BoxAt = SectionAt(TableFormat.BoxSection);
        if (BoxAt == 0)
        {
            return TableProblem.None;
        }

        int length = SectionLength(TableFormat.BoxSection);
        bool isWell = SectionItems(TableFormat.BoxSection) == 1 && length >= TableFormat.BoxHeader && Board <= BoardClass.Large
            && TrustedCount <= TableFormat.MostTrusted && length == TableFormat.BoxHeader + TrustedCount * TableFormat.KeyPoint
            && Board + TrustedCount > 0;
        return isWell ? TableProblem.None : TableProblem.Box;
    }

    private void CountHome()
    {
        int first = _first[_home];
        int many = _many[_home];
        _homeBase = new int[many];
        long size = 0;
        for (int i = 0; i < many; i++)
        {
            _homeBase[i] = (int)(size > int.MaxValue ? int.MaxValue : size);
            size += (long)_high[first + i] - _low[first + i] + 1;
        }

        HomeSize = (int)(size > int.MaxValue ? int.MaxValue : size);
    }
}
