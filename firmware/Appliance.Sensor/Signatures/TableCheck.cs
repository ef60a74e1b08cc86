using System;

namespace Appliance.Sensor.Signatures;

public sealed partial class SignatureTable
{
    /// <summary>Most signatures that a table can hold: an entry of the index has room for 13 bits.</summary>
    public const int MostSignatures = 4096;

    // DER (X.690 8.1.3): a constructed sequence, and lengths of one and of two octets behind the octet that says so.
    private const int DerSequence = 0x30;
    private const int DerLength1 = 0x81;
    private const int DerLength2 = 0x82;

    // FNV-1a's prime and offset (draft-eastlake-fnv), over words of four octets: a step is one to one, so a change of one octet never hides.
    private const int ChecksumFactor = 0x01000193;
    private const uint ChecksumStart = 0x811c9dc5;

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

    // Offset, length and items of each section, while a table is being loaded.
    private int[] _sections = new int[0];

    // Where in their section port lists begin, while a table is being loaded.
    private byte[] _portStarts = new byte[0];

    /// <summary>
    /// Takes a table file. Every offset, count and order that later code relies on is checked here, once; a file that was changed
    /// anywhere is refused and never read beyond its end. After a refusal the object must not be used.
    /// </summary>
    /// <param name="file">The file's octets; kept, so they must not change afterwards.</param>
    /// <param name="length">How many of them are the file.</param>
    /// <returns>0 when it is accepted, else a constant of <see cref="TableProblem"/>.</returns>
    public int Load(byte[] file, int length)
    {
        return Load(file, length, false);
    }

    /// <summary>As <see cref="Load(byte[], int)"/>; the checksum, a sixth of the cost, may be left out.</summary>
    /// <param name="file">The file's octets; kept, so they must not change afterwards.</param>
    /// <param name="length">How many of them are the file.</param>
    /// <param name="proved">The caller has just checked the signature over the same octets, which the checksum adds nothing to.</param>
    /// <returns>0 when it is accepted, else a constant of <see cref="TableProblem"/>.</returns>
    public int Load(byte[] file, int length, bool proved)
    {
        Count = 0;
        Groups = 0;
        Expected = 0;
        Filters = 0;
        Bytes = file;
        Length = length;
        _sections = new int[(TableFormat.LastSection + 1) * 3];
        int problem = CheckHeader(proved);
        if (problem == TableProblem.None)
        {
            problem = CheckDirectory();
        }

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
            problem = CheckRetired();
        }

        if (problem == TableProblem.None)
        {
            problem = CheckAuthority();
        }

        if (problem == TableProblem.None)
        {
            problem = CheckSignatures();
        }

        _sections = new int[0];
        _portStarts = new byte[0];
        if (problem != TableProblem.None)
        {
            Count = 0;
            Groups = 0;
            Expected = 0;
            return problem;
        }

        Index = new SignatureIndex(this);
        FindSegmentInterest();
        return TableProblem.None;
    }

    /// <summary>The checksum that a file should state: FNV-1a over its words of four octets, without the checksum and the signature place.</summary>
    /// <param name="file">The file.</param>
    /// <param name="end">Where the signature place begins.</param>
    public uint ChecksumOf(byte[] file, int end)
    {
        int sum = unchecked((int)ChecksumStart);
        for (int i = 0; i < TableFormat.ChecksumAt; i += 4)
        {
            sum = (sum ^ BitConverter.ToInt32(file, i)) * ChecksumFactor;
        }

        // A table has thousands of octets, and the interpreter pays for each turn of a loop: eight words a turn.
        int at = TableFormat.ChecksumAt + 4;
        for (; at + 32 <= end; at += 32)
        {
            sum = (sum ^ BitConverter.ToInt32(file, at)) * ChecksumFactor;
            sum = (sum ^ BitConverter.ToInt32(file, at + 4)) * ChecksumFactor;
            sum = (sum ^ BitConverter.ToInt32(file, at + 8)) * ChecksumFactor;
            sum = (sum ^ BitConverter.ToInt32(file, at + 12)) * ChecksumFactor;
            sum = (sum ^ BitConverter.ToInt32(file, at + 16)) * ChecksumFactor;
            sum = (sum ^ BitConverter.ToInt32(file, at + 20)) * ChecksumFactor;
            sum = (sum ^ BitConverter.ToInt32(file, at + 24)) * ChecksumFactor;
            sum = (sum ^ BitConverter.ToInt32(file, at + 28)) * ChecksumFactor;
        }

        for (; at < end; at++)
        {
            sum = (sum ^ file[at]) * ChecksumFactor;
        }

        return (uint)sum;
    }

    private int U16(int at)
    {
        return (Bytes[at] << 8) | Bytes[at + 1];
    }

    private int U32(int at)
    {
        return (Bytes[at] << 24) | (Bytes[at + 1] << 16) | (Bytes[at + 2] << 8) | Bytes[at + 3];
    }

    private int SectionAt(int section)
    {
        return _sections[section * 3];
    }

    private int SectionLength(int section)
    {
        return _sections[section * 3 + 1];
    }

    private int SectionItems(int section)
    {
        return _sections[section * 3 + 2];
    }

    private int CheckHeader(bool proved)
    {
        if (Length < TableFormat.DirectoryAt || Length > Bytes.Length || Length > TableFormat.MostOctets)
        {
            return TableProblem.Length;
        }

        if (U32(0) != TableFormat.Magic)
        {
            return TableProblem.Magic;
        }

        if (Bytes[TableFormat.VersionAt] != TableFormat.Version)
        {
            return TableProblem.Version;
        }

        int end = Length - TableFormat.SignaturePlace;
        if (U32(TableFormat.LengthAt) != Length || U16(TableFormat.SignatureLengthAt) != TableFormat.SignaturePlace
            || end < TableFormat.DirectoryAt)
        {
            return TableProblem.Length;
        }

        if (!proved && (uint)U32(TableFormat.ChecksumAt) != ChecksumOf(Bytes, end))
        {
            return TableProblem.Checksum;
        }

        Flags = Bytes[TableFormat.FlagsAt];
        bool signed = (Flags & TableFlags.Signed) != 0;
        if (Flags > TableFlags.All || U16(TableFormat.SignatureLengthAt + 2) != 0
            || (!signed && (!IsZero(TableFormat.KeyIdAt, TableFormat.KeyIdLength) || !IsZero(end, TableFormat.SignaturePlace))))
        {
            return TableProblem.Header;
        }

        KeyIdAt = signed ? TableFormat.KeyIdAt : 0;
        SignatureAt = signed ? end : 0;

        Sequence = (uint)U32(TableFormat.SequenceAt);
        BuildTime = ((long)U32(TableFormat.BuildTimeAt) << 32) | (uint)U32(TableFormat.BuildTimeAt + 4);
        return TableProblem.None;
    }

    private bool IsZero(int at, int length)
    {
        int any = 0;
        for (int i = at; i < at + length; i++)
        {
            any |= Bytes[i];
        }

        return any == 0;
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

            _sections[section * 3] = offset;
            _sections[section * 3 + 1] = length;
            _sections[section * 3 + 2] = U16(at + 2);
        }

        for (int section = 1; section <= TableFormat.LastNeededSection; section++)
        {
            if (SectionAt(section) == 0)
            {
                return TableProblem.Missing;
            }
        }

        bool fits = SectionLength(TableFormat.SiteSection) == TableFormat.SiteRecord
            && Fits(TableFormat.ListSection, TableFormat.ListRecord) && Fits(TableFormat.Range4Section, TableFormat.Range4Record)
            && Fits(TableFormat.Range6Section, TableFormat.Range6Record)
            && Fits(TableFormat.SignatureSection, TableFormat.SignatureRecord)
            && Fits(TableFormat.GroupSection, TableFormat.GroupRecord) && Fits(TableFormat.ExpectedSection, TableFormat.ExpectedRecord)
            && SectionLength(TableFormat.InterestSection)
                == TableFormat.InterestHeader + SectionItems(TableFormat.InterestSection) * TableFormat.PortRecord
            && Fits(TableFormat.RetiredSection, TableFormat.KeyIdLength)
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
        int at = SectionAt(TableFormat.TextSection);
        int end = at + SectionLength(TableFormat.TextSection);
        return offset >= at && offset < end && Bytes[offset] <= most && offset + 1 + Bytes[offset] <= end;
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
        int at = SectionAt(TableFormat.Range4Section);
        for (int i = 0; i < ranges; i++, at += TableFormat.Range4Record)
        {
            _low[i] = U32(at) ^ int.MinValue;
            _high[i] = U32(at + 4) ^ int.MinValue;
            if (_low[i] > _high[i])
            {
                return TableProblem.Addresses;
            }
        }

        int ranges6 = SectionItems(TableFormat.Range6Section);
        _range6At = SectionAt(TableFormat.Range6Section);
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
            if (first + many > ranges || first6 + many6 > ranges6)
            {
                return TableProblem.Addresses;
            }

            for (int i = first + 1; i < first + many; i++)
            {
                if (_low[i] <= _high[i - 1])
                {
                    return TableProblem.Addresses;
                }
            }

            for (int i = first6; i < first6 + many6; i++)
            {
                int rangeAt = _range6At + i * TableFormat.Range6Record;
                if (Compare6(Bytes, rangeAt, rangeAt + 16) > 0 || (i > first6 && Compare6(Bytes, rangeAt, rangeAt - 16) <= 0))
                {
                    return TableProblem.Addresses;
                }
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
        int first = at;
        int end = at + SectionLength(TableFormat.PortSection);
        int lists = 0;
        _portStarts = new byte[end - first];
        while (at < end)
        {
            _portStarts[at - first] = 1;
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
        int at = offset - _sections[TableFormat.PortSection * 3];
        return offset == 0 || (at >= 0 && at < _portStarts.Length && _portStarts[at] != 0);
    }

    private bool IsList(int list)
    {
        return list < _first.Length;
    }

    private int CheckSite()
    {
        int site = SectionAt(TableFormat.SiteSection);
        _home = U16(site + TableFormat.SiteHome);
        HomeCriticality = Bytes[site + TableFormat.SiteCriticality];
        Countermeasures = Bytes[site + TableFormat.SiteCountermeasures];
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
            if (!IsText(U16(at), TableFormat.MostName) || !IsList(U16(at + 2)) || Bytes[at + 4] < 1 || Bytes[at + 4] > 5
                || (g > 0 && Bytes[at + 4] > Bytes[at + 4 - TableFormat.GroupRecord]))
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
            if (!IsText(U16(at), TableFormat.MostExpectedName) || !IsList(U16(at + 2)) || !IsList(U16(at + 4)) || !IsPortList(U16(at + 6))
                || (protocol > 255 && protocol != TableFormat.AnyProtocol))
            {
                return TableProblem.Site;
            }
        }

        return TableProblem.None;
    }

    // A table can't take the ground away from under its own feet: the key that signed it stays.
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

    private int CheckSignatures()
    {
        byte[] bytes = Bytes;
        Count = SectionItems(TableFormat.SignatureSection);
        SignaturesAt = SectionAt(TableFormat.SignatureSection);
        int count = Count;
        int lists = _first.Length;
        int groups = Groups;
        int textsAt = SectionAt(TableFormat.TextSection);
        int textsEnd = textsAt + SectionLength(TableFormat.TextSection);
        int keys = 0;

        // Neighbours are mostly of one kind: what was right a moment ago is not looked at again.
        int knownConditions = -1;
        int knownKind = -1;
        int knownRate = 0;
        int knownPorts = 0;
        int at = SignaturesAt;
        for (int s = 0; s < count; s++, at += TableFormat.SignatureRecord)
        {
            int protocol = bytes[at + TableFormat.SignatureProtocol];
            int traits = bytes[at + TableFormat.SignatureTraits];
            int group = bytes[at + TableFormat.SignatureGroup];
            int source = (bytes[at + TableFormat.SignatureSource] << 8) | bytes[at + TableFormat.SignatureSource + 1];
            int destination = (bytes[at + TableFormat.SignatureDestination] << 8) | bytes[at + TableFormat.SignatureDestination + 1];
            int sourcePorts = (bytes[at + TableFormat.SignatureSourcePorts] << 8) | bytes[at + TableFormat.SignatureSourcePorts + 1];
            int destinationPorts = (bytes[at + TableFormat.SignatureDestinationPorts] << 8)
                | bytes[at + TableFormat.SignatureDestinationPorts + 1];
            int name = (bytes[at + TableFormat.SignatureName] << 8) | bytes[at + TableFormat.SignatureName + 1];
            int sid = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
            if (sid <= 0 || (bytes[at + TableFormat.SignatureGid] | bytes[at + TableFormat.SignatureGid + 1]) == 0
                || protocol < RuleProtocol.Tcp || protocol > RuleProtocol.Ethernet || traits > Signatures.Traits.All
                || bytes[at + TableFormat.SignatureLethality] > 5 || (group != 255 && group >= groups)
                || source >= lists || destination >= lists
                || name < textsAt || name >= textsEnd || bytes[name] > TableFormat.MostName || name + 1 + bytes[name] > textsEnd)
            {
                return TableProblem.Signature;
            }

            if ((sourcePorts != 0 && sourcePorts != knownPorts && !IsPortList(sourcePorts))
                || (destinationPorts != 0 && destinationPorts != knownPorts && !IsPortList(destinationPorts)))
            {
                return TableProblem.Signature;
            }

            knownPorts = destinationPorts;
            int conditions = (bytes[at + TableFormat.SignatureConditions] << 8) | bytes[at + TableFormat.SignatureConditions + 1];
            int kind = (protocol == RuleProtocol.Ethernet ? 1 : 0) | (traits & Signatures.Traits.AsksFlags);
            if (conditions == knownConditions && kind == knownKind)
            {
                Filters += knownRate;
            }
            else
            {
                int filters = Filters;
                if (!CheckConditions(conditions, protocol, (traits & Signatures.Traits.AsksFlags) != 0))
                {
                    return TableProblem.Condition;
                }

                knownConditions = conditions;
                knownKind = kind;
                knownRate = Filters - filters;
            }

            if ((knownRate > 0) != ((traits & Signatures.Traits.AsksRate) != 0))
            {
                return TableProblem.Condition;
            }

            keys += (traits & Signatures.Traits.BothWays) != 0 ? 2 * SignatureIndex.MostKeys : SignatureIndex.MostKeys;
        }

        // The index counts its entries in 15 bits.
        return keys > short.MaxValue ? TableProblem.Signature : TableProblem.None;
    }

    private bool CheckConditions(int at, int protocol, bool asksFlags)
    {
        int first = SectionAt(TableFormat.ConditionSection);
        int end = first + SectionLength(TableFormat.ConditionSection);
        if (at < first || at >= end || (Bytes[at] == Condition.Flags) != asksFlags
            || (Bytes[at] >= Condition.EtherType && Bytes[at] <= Condition.Snap) != (protocol == RuleProtocol.Ethernet))
        {
            return false;
        }

        int begin = at;
        while (at < end)
        {
            int condition = Bytes[at];
            int length = ConditionLength(at, end);
            if (length == 0 || at + length > end)
            {
                return false;
            }

            if (condition == Condition.End)
            {
                return true;
            }

            if ((condition == Condition.Flags || (condition >= Condition.EtherType && condition <= Condition.Snap)) && at != begin)
            {
                return false;
            }

            if (condition == Condition.Filter)
            {
                Filters++;
                if (Bytes[at + 1] > 1 || U32(at + 2) <= 0 || U32(at + 6) <= 0 || at + length >= end
                    || Bytes[at + length] != Condition.End)
                {
                    return false;
                }
            }

            at += length;
        }

        return false;
    }

    // Octets of the condition, 0 when it is not one.
    private int ConditionLength(int at, int end)
    {
        int condition = Bytes[at];
        if ((condition & Condition.Range) != 0)
        {
            return (condition & 15) > Condition.LastRange || (condition & 16) != 0 ? 0 : (condition & Condition.Wide) != 0 ? 9 : 5;
        }

        switch (condition)
        {
            case Condition.End:
                return 1;
            case Condition.Flags:
                return at + 4 <= end && Bytes[at + 1] <= Condition.None ? 4 : 0;
            case Condition.IpProto:
                return at + 3 <= end && Bytes[at + 1] <= Condition.Less ? 3 : 0;
            case Condition.FragmentBits:
                return at + 3 <= end && Bytes[at + 1] <= Condition.None ? 3 : 0;
            case Condition.Content:
                return at + Condition.ContentHead <= end && Bytes[at + 6] > 0 ? Condition.ContentHead + Bytes[at + 6] : 0;
            case Condition.Filter:
                return at + 10 <= end ? 10 : 0;
            case Condition.EtherType:
            case Condition.Llc:
                return 3;
            case Condition.Snap:
                return 6;
            default:
                return 0;
        }
    }
}
