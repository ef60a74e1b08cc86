namespace Appliance.Firmware.Tables;

/// <summary>
/// What is told of a verdict. It is rare: held as octets, like the words of other messages, these texts would take 1.4 KB of the
/// heap, which a board without PSRAM needs for the new table.
/// </summary>
public static class VerdictWords
{
    /// <summary>The reason that stands in the message.</summary>
    /// <param name="verdict">A constant of <see cref="TableVerdict"/>, but for <see cref="TableVerdict.OnTrial"/>.</param>
    public static string ReasonOf(int verdict)
    {
        return verdict switch
        {
            TableVerdict.Accepted => "new",
            TableVerdict.Same => "in-use-already",
            TableVerdict.Damaged => "damaged",
            TableVerdict.TooLarge => "too-large",
            TableVerdict.NotSigned => "not-signed",
            TableVerdict.UnknownKey => "unknown-key",
            TableVerdict.RetiredKey => "retired-key",
            TableVerdict.BadSignature => "bad-signature",
            TableVerdict.OtherSite => "other-site",
            TableVerdict.Older => "older-sequence",
            TableVerdict.SameSequence => "same-sequence",
            TableVerdict.MatchesTooMuch => "matches-too-much",
            TableVerdict.StorageFailed => "storage-failed",
            TableVerdict.NoSignatures => "no-signatures",
            TableVerdict.SequenceTooHigh => "sequence-too-high",
            TableVerdict.UsedBefore => "used-before",
            TableVerdict.NoKeys => "no-keys",
            TableVerdict.OtherBoard => "other-board",
            TableVerdict.NoKeyPlace => "no-key-place",
            _ => "failed",
        };
    }

    /// <summary>The sentence for a person. What is not taken leaves the table before in use.</summary>
    /// <param name="verdict">A constant of <see cref="TableVerdict"/>, but for <see cref="TableVerdict.OnTrial"/>.</param>
    public static string SentenceOf(int verdict)
    {
        return verdict switch
        {
            TableVerdict.Accepted => "the new table is in use",
            TableVerdict.Same => "the table is in use already",
            TableVerdict.Damaged => "not taken: it is damaged, or no table at all",
            TableVerdict.TooLarge => "not taken: the box has no room for it",
            TableVerdict.NotSigned => "not taken: it is not signed",
            TableVerdict.UnknownKey => "not taken: this box does not know its key",
            TableVerdict.RetiredKey => "not taken: its key was retired",
            TableVerdict.BadSignature => "not taken: its signature is wrong; it was changed",
            TableVerdict.OtherSite => "not taken: it is for another site, and not made for moving",
            TableVerdict.Older => "not taken: it is older than one that this box has had",
            TableVerdict.SameSequence => "not taken: another table had its number; give it a higher one",
            TableVerdict.MatchesTooMuch => "not taken: it matches more than a quarter of the newest frames",
            TableVerdict.StorageFailed => "not taken: the storage failed; it is tried again later",
            TableVerdict.NoSignatures => "not taken: it has no signatures",
            TableVerdict.SequenceTooHigh => "not taken: its number is too far above the last",
            TableVerdict.UsedBefore => "not taken: another key's table followed it",
            TableVerdict.NoKeys => "not taken: this box has no keys yet; provision it",
            TableVerdict.OtherBoard => "not taken: it was compiled for another class of boards",
            TableVerdict.NoKeyPlace => "not taken: it brings a key that was retired, or for which this box has no place",
            _ => "not taken: the box failed to deal with it; flash it once more",
        };
    }
}
