using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Linq;
using Appliance.Playback;
using Appliance.Sensor.Signatures;

namespace Appliance.SignatureTool;

/// <summary>Says in a sentence why the sensor refuses a file, and where in it to look.</summary>
public static class TableDamage
{
    /// <summary>The reason.</summary>
    /// <param name="file">The file's octets.</param>
    /// <param name="problem">What the sensor answered, a constant of <see cref="TableProblem"/>.</param>
    public static string Describe(byte[] file, int problem)
    {
        ArgumentNullException.ThrowIfNull(file);
        return problem switch
        {
            TableProblem.Length => Length(file),
            TableProblem.Magic => $"no signature table: it begins with {Convert.ToHexStringLower(file, 0, 4)}, not with TAPS (54415053)",
            TableProblem.Version => string.Create(CultureInfo.InvariantCulture,
                $"of version {file[TableFormat.VersionAt]}; this sigtab and its sensor know version {TableFormat.Version}"),
            TableProblem.Checksum => string.Create(CultureInfo.InvariantCulture,
                $"damaged: its octets have the checksum {ChecksumOf(file):x8}, octet {TableFormat.ChecksumAt} states "
                    + $"{U32(file, TableFormat.ChecksumAt):x8}"),
            TableProblem.Header => Header(file),
            TableProblem.Sections => $"damaged: the directory at octet {TableFormat.DirectoryAt} has a section twice, outside the file, "
                + $"or of a wrong length",
            TableProblem.Missing => $"damaged: the directory at octet {TableFormat.DirectoryAt} lacks one of the sections 1 to "
                + $"{TableFormat.LastNeededSection}",
            TableProblem.Text => Section(file, TableFormat.TextSection,
                "a text that doesn't fit, or with characters that alerts can't have"),
            TableProblem.Addresses => Section(file, TableFormat.ListSection, "address ranges that are missing or out of order"),
            TableProblem.Ports => Section(file, TableFormat.PortSection, "port ranges that are out of order, or the interest mask's"),
            TableProblem.Signature => Section(file, TableFormat.SignatureSection, "a signature with a value out of bounds"),
            TableProblem.Condition => Section(file, TableFormat.ConditionSection,
                "a condition that is unknown, cut short or out of bounds"),
            TableProblem.Site => Section(file, TableFormat.SiteSection, "a site, group or explanation with a value out of bounds"),
            TableProblem.Retired => Section(file, TableFormat.RetiredSection, "no key, or the key that signed the table itself"),
            TableProblem.Box => Section(file, TableFormat.BoxSection,
                $"a board class that there is not, or more than the {TableFormat.MostTrusted} keys that a box trusts"),
            TableProblem.Authority => Section(file, TableFormat.AuthoritySection, "something other than one whole certificate"),
            TableProblem.Names => Section(file, TableFormat.NameSection, "a tag that is none, or an enterprise number below 1"),
            _ => "damaged: " + TableProblemWord.Of(problem),
        };
    }

    private static string Length(byte[] file)
    {
        if (file.Length < TableFormat.DirectoryAt + TableFormat.SignaturePlace)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"truncated: {file.Length} octets are not even a header and a signature's place");
        }

        uint stated = U32(file, TableFormat.LengthAt);
        return stated == file.Length
            ? string.Create(CultureInfo.InvariantCulture,
                $"damaged: octet {TableFormat.SignatureLengthAt} states another signature place than {TableFormat.SignaturePlace} "
                    + $"octets, or the file is longer than {TableFormat.MostOctets}")
            : stated > file.Length
            ? string.Create(CultureInfo.InvariantCulture, $"truncated: it states {stated} octets and has {file.Length}")
            : string.Create(CultureInfo.InvariantCulture, $"padded: it states {stated} octets and has {file.Length}");
    }

    private static string Header(byte[] file)
    {
        int end = file.Length - TableFormat.SignaturePlace;
        bool signed = (file[TableFormat.FlagsAt] & TableFlags.Signed) != 0;
        return file[TableFormat.FlagsAt] > TableFlags.All ? $"damaged: octet {TableFormat.FlagsAt} has unknown flags"
            : !signed && file.AsSpan(end).ContainsAnyExcept((byte)0)
            ? $"damaged: not signed, but its signature's place (from octet {end}) is not empty"
            : $"damaged: not signed, but octet {TableFormat.KeyIdAt} names a key";
    }

    private static string Section(byte[] file, int section, string what)
    {
        int count = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(TableFormat.SectionCountAt));
        int entry = Enumerable.Range(0, count).Select(i => TableFormat.DirectoryAt + (i * TableFormat.DirectoryEntry))
            .First(at => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at)) == section);
        int at = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(entry + 4));
        int length = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(entry + 6));
        return $"damaged: section {section} (octets {at} to {at + length - 1}) or what points into it has {what}";
    }

    private static uint ChecksumOf(byte[] file)
    {
        return new SignatureTable().ChecksumOf(file, file.Length - TableFormat.SignaturePlace);
    }

    private static uint U32(byte[] file, int at)
    {
        return BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
    }
}
