namespace Appliance.Imaging.Frames;

/// <summary>
/// The header of an HL7 v2 message in an MLLP block, also where the block's first octet came before it: who sends it to whom
/// (MSH-3 to MSH-6, chapter 2 of the standard). Nothing behind that is read, and nothing of another segment: later fields and
/// segments may hold a patient's data.
/// </summary>
public sealed class Hl7Header
{
    /// <summary>Octets of a name that are used.</summary>
    public const int MostOctets = 16;

    // MLLP R2: the block's first octet; then "MSH" and the field separator, which nearly all messages have as the standard
    // suggests it: without the first octet only they count.
    private const int StartOfBlock = 0x0b;
    private const int SeparatorAt = 3;
    private const int UsualSeparator = '|';
    private const int FirstField = 3;

    /// <summary>Fields that are read.</summary>
    public const int Fields = 4;

    /// <summary>Where each of the fields 3 to 6 begins.</summary>
    public readonly int[] At = new int[Fields];

    /// <summary>Octets of each, up to its first component's end.</summary>
    public readonly int[] Length = new int[Fields];

    /// <summary>Reads a header.</summary>
    /// <param name="bytes">Where it is.</param>
    /// <param name="at">Where the data of a segment begin.</param>
    /// <param name="seen">Octets of them that are there.</param>
    /// <returns>Whether a message begins there whose sender is within what is seen.</returns>
    public bool Read(byte[] bytes, int at, int seen)
    {
        int end = at + seen;
        bool isHeadless = bytes[at] != StartOfBlock;
        at += isHeadless ? 0 : 1;
        if (end <= at + SeparatorAt + 1 || bytes[at] != 'M' || bytes[at + 1] != 'S' || bytes[at + 2] != 'H'
            || (isHeadless && bytes[at + SeparatorAt] != UsualSeparator))
        {
            return false;
        }

        int separator = bytes[at + SeparatorAt];
        int component = bytes[at + SeparatorAt + 1];
        if (IsOfName(separator))
        {
            return false;
        }

        for (int i = 0; i < Fields; i++)
        {
            Length[i] = 0;
        }

        // Behind the separator stands MSH-2, the other separators: where it holds letters, another segment ran into it, which may
        // be a patient's.
        int field = 2;
        bool isOpen = false;
        int from = at + SeparatorAt + 1;
        for (int i = from; i < end && bytes[i] >= ' '; i++)
        {
            int octet = bytes[i];
            if (octet == separator)
            {
                field++;
                if (field >= FirstField + Fields)
                {
                    return true;
                }

                At[field - FirstField] = i + 1;
                isOpen = true;
            }
            else if (field < FirstField && IsOfName(octet))
            {
                return false;
            }
            else if (octet == component && field >= FirstField)
            {
                isOpen = false;
            }
            else if (isOpen && Length[field - FirstField] < MostOctets)
            {
                Length[field - FirstField]++;
            }
        }

        return field > FirstField;
    }

    private bool IsOfName(int octet)
    {
        return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9');
    }
}
