namespace Appliance.Sensor.Signatures;

/// <summary>Why a signature table is refused.</summary>
public static class TableProblem
{
    /// <summary>The table is accepted.</summary>
    public const int None = 0;

    /// <summary>The file ends before its header does, or its length is not the one that it states.</summary>
    public const int Length = 1;

    /// <summary>The file is no signature table.</summary>
    public const int Magic = 2;

    /// <summary>The table is of a version that this sensor can't read.</summary>
    public const int Version = 3;

    /// <summary>The checksum is wrong: the file is damaged.</summary>
    public const int Checksum = 4;

    /// <summary>A section lies outside the file, is there twice, or its length is not that of its items.</summary>
    public const int Sections = 5;

    /// <summary>A needed section is missing.</summary>
    public const int Missing = 6;

    /// <summary>A text lies outside its section, is too long, or has octets that are not allowed in an alert.</summary>
    public const int Text = 7;

    /// <summary>An address list names ranges that are not there, or ranges that overlap or are out of order.</summary>
    public const int Addresses = 8;

    /// <summary>A port list lies outside its section, or has ranges that overlap or are out of order.</summary>
    public const int Ports = 9;

    /// <summary>A signature with a value out of bounds.</summary>
    public const int Signature = 10;

    /// <summary>A condition that is unknown, cut short, or has a value out of bounds.</summary>
    public const int Condition = 11;

    /// <summary>A group, an explanation or the site record with a value out of bounds.</summary>
    public const int Site = 12;

    /// <summary>Flags that are unknown, or what only a signed table has in one that is not.</summary>
    public const int Header = 13;

    /// <summary>The list of retired keys is empty, or the table retires the key that signed it.</summary>
    public const int Retired = 14;

    /// <summary>What should be a certificate is not one whole DER sequence.</summary>
    public const int Authority = 15;

    /// <summary>The site's tag is no text of one to twelve octets, or the enterprise number is none.</summary>
    public const int Names = 16;

    /// <summary>What is said of the box has a value out of bounds: a board class that there is not, or more keys than a box
    /// trusts.</summary>
    public const int Box = 17;

    /// <summary>An opening that the mirror port would not take: its ports or lengths go backwards, or it compares octets that it
    /// can't.</summary>
    public const int Openings = 18;

    /// <summary>How many problems there are, <see cref="None"/> included.</summary>
    public const int Count = 19;
}
