namespace Appliance.Sensor.Signatures;

/// <summary>Checks what a table says to the box that takes it: keys, certificate, boards.</summary>
public sealed partial class SignatureTable
{
    // DER (X.690 8.1.3): a constructed sequence, and lengths of one and of two octets behind the octet that says so.
    private const int DerSequence = 0x30;

    private const int DerLengths = 0x80;

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
        int octets = Bytes[at + 1] - DerLengths;
        int stated = octets == 1 ? Bytes[at + 2] : octets == 2 ? U16(at + 2) : -1;
        bool whole = SectionItems(TableFormat.AuthoritySection) == 1 && AuthorityLength > 4 && Bytes[at] == DerSequence
            && stated == AuthorityLength - 2 - octets;
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
}
