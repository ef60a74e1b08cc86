namespace Appliance.Imaging.Frames;

/// <summary>
/// Protocol data units of the DICOM upper layer (PS3.8, 9.3), as far as the first octets of a segment show them. Octets count from
/// the PDU's first, 0.
/// </summary>
public static class DicomPdu
{
    /// <summary>Type of an A-ASSOCIATE-RQ.</summary>
    public const int Request = 1;

    /// <summary>Type of an A-ASSOCIATE-AC.</summary>
    public const int Accept = 2;

    /// <summary>Type of an A-ASSOCIATE-RJ.</summary>
    public const int Reject = 3;

    /// <summary>Type of an A-ABORT.</summary>
    public const int Abort = 7;

    /// <summary>Length behind this field, 4 octets.</summary>
    public const int Length = 2;

    /// <summary>Protocol version of a request or an accept: bit 0 is version 1.</summary>
    public const int Version = 6;

    /// <summary>Called AE title, of a request or an accept.</summary>
    public const int Called = 10;

    /// <summary>Calling AE title.</summary>
    public const int Calling = 26;

    /// <summary>The first octet behind the titles, reserved and 0; nmap's scripts write the figure 0 as text.</summary>
    public const int Reserved = 42;

    /// <summary>Octets of a title; what it lacks is spaces (PS3.5, 6.2).</summary>
    public const int TitleLength = 16;

    /// <summary>Octets of a rejection and of an abort.</summary>
    public const int ShortLength = 10;

    /// <summary>What nmap's scripts write into <see cref="Reserved"/>.</summary>
    public const int NmapReserved = 0x30;

    /// <summary>What kind of PDU begins a segment.</summary>
    /// <param name="bytes">Where it is.</param>
    /// <param name="at">Where its data begin.</param>
    /// <param name="seen">Octets of it that are there.</param>
    /// <param name="length">Octets of data in the segment.</param>
    /// <returns>A type of this class; 0 for anything else.</returns>
    public static int TypeOf(byte[] bytes, int at, int seen, int length)
    {
        if (seen < ShortLength || bytes[at + 1] != 0 || bytes[at + Length] != 0 || bytes[at + Length + 1] != 0)
        {
            return 0;
        }

        int type = bytes[at];
        if (type == Reject || type == Abort)
        {
            return length == ShortLength && bytes[at + Length + 2] == 0 && bytes[at + Length + 3] == ShortLength - Version ? type : 0;
        }

        // An octet of a title is a character of the default repertoire: what else begins like a request is none.
        if ((type != Request && type != Accept) || seen <= Calling || bytes[at + Version] != 0 || (bytes[at + Version + 1] & 1) == 0)
        {
            return 0;
        }

        int end = seen < Reserved ? seen : Reserved;
        for (int i = Called; i < end; i++)
        {
            if (bytes[at + i] < 0x20 || bytes[at + i] > 0x7e)
            {
                return 0;
            }
        }

        return type;
    }
}
