using Appliance.Sensor.Frames;

namespace Appliance.Sensor.Signatures;

public sealed partial class SignatureTable
{
    /// <summary>Most signatures that a table can hold: an entry of the index has room for 13 bits.</summary>
    public const int MostSignatures = 4096;

    // Octets of each item, by the section's number; 0 where its items differ in length, or it is a record of its own.
    private static readonly byte[] ItemLengths =
    {
        0, 0, 0, TableFormat.ListRecord, TableFormat.Range4Record, TableFormat.Range6Record, 0, TableFormat.SignatureRecord, 0,
        TableFormat.GroupRecord, TableFormat.ExpectedRecord, 0, TableFormat.KeyIdLength, 0, TableFormat.NameRecord, 0,
        TableFormat.OpeningRecord,
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
        int section;
        int at = TableFormat.DirectoryAt;
        int first = at + (U16(TableFormat.SectionCountAt) * TableFormat.DirectoryEntry);
        int end = Length - TableFormat.SignaturePlace;
        if (first > end)
        {
            return TableProblem.Sections;
        }

        for (; at < first; at += TableFormat.DirectoryEntry)
        {
            section = U16(at);
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

        for (section = 1; section <= TableFormat.LastNeededSection; section++)
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

        // An octet that tells how long a section's items are is a rule of the format; a section without one judges itself.
        byte[] itemLengths = ItemLengths;
        for (section = 1; section < itemLengths.Length; section++)
        {
            int each = itemLengths[section];
            if (each != 0 && SectionLength(section) != SectionItems(section) * each)
            {
                return TableProblem.Sections;
            }
        }

        return SectionLength(TableFormat.SiteSection) == TableFormat.SiteRecord
            && SectionLength(TableFormat.InterestSection)
                == TableFormat.InterestHeader + SectionItems(TableFormat.InterestSection) * TableFormat.PortRecord
            && SectionItems(TableFormat.SignatureSection) <= MostSignatures ? TableProblem.None : TableProblem.Sections;
    }
}
