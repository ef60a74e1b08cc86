namespace Appliance.Firmware.Tables;

/// <summary>What the box decided about a table.</summary>
public static class TableVerdict
{
    /// <summary>Nothing speaks against it; it is to be tried over the next frames.</summary>
    public const int OnTrial = -1;

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

    /// <summary>It is signed with a key that the box does not know.</summary>
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

    /// <summary>It has no signatures: the box would be blind.</summary>
    public const int NoSignatures = 13;

    /// <summary>Its sequence number is so far above the one before that its key would soon have none left.</summary>
    public const int SequenceTooHigh = 14;

    /// <summary>It was in use, and another key's table took its place.</summary>
    public const int UsedBefore = 15;

    /// <summary>The box could not deal with it, for a reason that nobody foresaw.</summary>
    public const int Failed = 16;

    /// <summary>The box has no keys yet, and was offered none.</summary>
    public const int NoKeys = 17;

    /// <summary>It was compiled for another class of boards.</summary>
    public const int OtherBoard = 18;

    /// <summary>It brings a key that the box has no place for, or that was retired.</summary>
    public const int NoKeyPlace = 19;

    /// <summary>How many verdicts there are.</summary>
    public const int Count = 20;
}
