namespace Appliance.Firmware.Tables;

/// <summary>What the box decided about a table.</summary>
public static class TableVerdict
{
    /// <summary>It is in use.</summary>
    public const int Accepted = 0;

    /// <summary>It is in use already, octet by octet: nothing to do.</summary>
    public const int Same = 1;

    /// <summary>It is no table, or a damaged one; <see cref="Sensor.Signatures.TableProblem"/> says in what.</summary>
    public const int Damaged = 2;

    /// <summary>It has more octets than the box has room for.</summary>
    public const int TooLarge = 3;

    /// <summary>It is not signed.</summary>
    public const int NotSigned = 4;

    /// <summary>It is signed with a key that the image does not know.</summary>
    public const int UnknownKey = 5;

    /// <summary>It is signed with a key that a table retired.</summary>
    public const int RetiredKey = 6;

    /// <summary>Its signature is wrong.</summary>
    public const int BadSignature = 7;

    /// <summary>It is for another site.</summary>
    public const int OtherSite = 8;

    /// <summary>Its sequence number is lower than one that its key had before.</summary>
    public const int Older = 9;

    /// <summary>Its sequence number is that of the table before, and its octets are not.</summary>
    public const int SameSequence = 10;

    /// <summary>Its signatures match more than a quarter of the newest frames.</summary>
    public const int MatchesTooMuch = 11;

    /// <summary>The storage did not take it, or did not give it back as it was written.</summary>
    public const int StorageFailed = 12;

    /// <summary>How many verdicts there are.</summary>
    public const int Count = 13;
}
