namespace Appliance.Imaging.Frames;

/// <summary>
/// Protocol data units of the DICOM upper layer (PS3.8, 9.3), as far as the first octets of a segment show them. Octets count
/// from the PDU's first, 0.
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

    /// <summary>Octets of a PDU's head: its type, a reserved one and the length of what is behind them.</summary>
    public const int HeadLength = 6;

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

    /// <summary>Octets behind the length that each request and accept has, before its first item.</summary>
    private const int FixedLength = 68;

    /// <summary>Source of a rejection, behind its result: 1 is the user of the service, which knows titles (table
    /// 9-21).</summary>
    private const int RejectSource = 8;

    /// <summary>Reason of a rejection, by its source.</summary>
    private const int RejectReason = 9;
    private const int ServiceUser = 1;
    private const int CalledNotRecognized = 7;

    /// <summary>What nmap's scripts write into <see cref="Reserved"/>.</summary>
    public const int NmapReserved = 0x30;

    /// <summary>
    /// Whether a called title is what was wrong: a rejection says so, whether for ever or for now; an abort does not.
    /// </summary>
    /// <param name="bytes">Where it is.</param>
    /// <param name="at">Where a rejection or an abort begins, whole.</param>
    public static bool IsOfTitle(byte[] bytes, int at)
    {
        return bytes[at] == Reject && bytes[at + RejectSource] == ServiceUser && bytes[at + RejectReason] == CalledNotRecognized;
    }

    /// <summary>Whether a segment is the rest of a rejection whose head came before it, and says that a called title was
    /// wrong.</summary>
    /// <param name="bytes">Where it is.</param>
    /// <param name="at">Where its data begin.</param>
    /// <param name="seen">Octets of it that are there.</param>
    /// <param name="length">Octets of data in the segment.</param>
    public static bool IsRestOfTitle(byte[] bytes, int at, int seen, int length)
    {
        return length == ShortLength - HeadLength && seen == length && bytes[at] == 0
            && bytes[at + RejectSource - HeadLength] == ServiceUser && bytes[at + RejectReason - HeadLength] == CalledNotRecognized;
    }

    /// <summary>
    /// Whether a segment is what stands behind the head of a request or of an accept: some programs (fo-dicom before 5, mdcm)
    /// send the head by itself. Version 1, two reserved octets, both titles of text or filled up with zeros, and the reserved
    /// octets behind them, as many as are seen. The called title has two octets of text: at the second's place a P-DATA-TF,
    /// whose head may come by itself, too, has its message control header (PS3.8 E.2), which is no more than 3.
    /// </summary>
    /// <param name="bytes">Where it is.</param>
    /// <param name="at">Where its data begin.</param>
    /// <param name="seen">Octets of it that are there.</param>
    /// <param name="length">Octets of data in the segment.</param>
    public static bool IsBody(byte[] bytes, int at, int seen, int length)
    {
        if (length < FixedLength || seen < Reserved - HeadLength || bytes[at] != 0 || (bytes[at + 1] & 1) == 0 || bytes[at + 2] != 0
            || bytes[at + 3] != 0 || bytes[at + Called - HeadLength] <= ' ' || bytes[at + Called - HeadLength + 1] < ' ')
        {
            return false;
        }

        int end = seen < FixedLength ? seen : FixedLength;
        for (int i = Called - HeadLength; i < end; i++)
        {
            int octet = bytes[at + i];
            bool isFine = i < Reserved - HeadLength ? octet >= ' ' || octet == 0
                : octet == 0 || (i == Reserved - HeadLength && octet == NmapReserved);
            if (!isFine)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What kind of PDU begins a segment.</summary>
    /// <param name="bytes">Where it is.</param>
    /// <param name="at">Where its data begin.</param>
    /// <param name="seen">Octets of it that are there.</param>
    /// <param name="length">Octets of data in the segment.</param>
    /// <returns>A type of this class; 0 for anything else.</returns>
    public static int TypeOf(byte[] bytes, int at, int seen, int length)
    {
        if (seen < HeadLength || bytes[at + 1] != 0 || bytes[at + Length] != 0 || bytes[at + Length + 1] != 0)
        {
            return 0;
        }

        int type = bytes[at];
        if (type == Reject || type == Abort)
        {
            // Of a rejection the head may come by itself; of an abort that says nothing yet.
            bool isWhole = seen == length && (length == ShortLength || (length == HeadLength && type == Reject));
            return isWhole && bytes[at + Length + 2] == 0 && bytes[at + Length + 3] == ShortLength - HeadLength ? type : 0;
        }

        // Servers take titles with octets that the standard forbids: what they hold says nothing of whether it is a request. The
        // length counts what each request has, and both octets before the titles are 0, as the openings ask. A segment holds no
        // more than the PDU does: nothing follows it before it is answered.
        int pdu = (bytes[at + Length + 2] << 8) | bytes[at + Length + 3];
        return (type == Request || type == Accept) && seen > Calling && bytes[at + Version] == 0 && (bytes[at + Version + 1] & 1) != 0
            && bytes[at + Called - 2] == 0 && bytes[at + Called - 1] == 0
            && pdu >= FixedLength && pdu >= length - HeadLength ? type : 0;
    }
}
