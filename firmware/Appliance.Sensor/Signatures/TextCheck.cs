namespace Appliance.Sensor.Signatures;

/// <summary>Checks texts and lists of ports: where each begins, and what may stand in it.</summary>
public sealed partial class SignatureTable
{
    // What an octet may be in a text: 1 where RFC 5424 section 6.3.3 would have it escaped, or where it is not printable.
    private static readonly byte[] Unclean =
    {
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    };

    private int CheckTexts()
    {
        byte[] bytes = Bytes;
        int at = SectionAt(TableFormat.TextSection);
        int end = at + SectionLength(TableFormat.TextSection);
        byte[] starts = _draft!.Starts;
        int texts = 0;
        int any = 0;
        byte[] unclean = Unclean;
        while (at < end)
        {
            int next = at + 1 + bytes[at];
            if (next > end)
            {
                return TableProblem.Text;
            }

            starts[at >> 3] |= (byte)(1 << (at & 7));
            for (at++; at < next; at++)
            {
                any |= unclean[bytes[at]];
            }

            texts++;
        }

        return any == 0 && texts == SectionItems(TableFormat.TextSection) ? TableProblem.None : TableProblem.Text;
    }

    // An offset is that of a text of at most so many octets.
    private bool IsText(int offset, int most)
    {
        return _draft!.Begins(TableFormat.TextSection, offset) && Bytes[offset] <= most;
    }

    private bool IsTextOrNone(int offset)
    {
        return offset == 0 || IsText(offset, 255);
    }

    private int CheckPorts()
    {
        int at = SectionAt(TableFormat.PortSection);
        int end = at + SectionLength(TableFormat.PortSection);
        int lists = 0;
        byte[] starts = _draft!.Starts;
        while (at < end)
        {
            starts[at >> 3] |= (byte)(1 << (at & 7));
            int next = at + 1 + Bytes[at] * TableFormat.PortRecord;
            if (next > end || !Ascend(at + 1, next))
            {
                return TableProblem.Ports;
            }

            at = next;
            lists++;
        }

        if (lists != SectionItems(TableFormat.PortSection))
        {
            return TableProblem.Ports;
        }

        InterestAt = SectionAt(TableFormat.InterestSection);
        InterestRanges = SectionItems(TableFormat.InterestSection);
        InterestRate = U16(InterestAt + TableFormat.InterestRate);
        int rangesAt = InterestAt + TableFormat.InterestHeader;
        OpeningsAt = SectionAt(TableFormat.OpeningSection);
        Openings = SectionItems(TableFormat.OpeningSection);
        return Ascend(rangesAt, rangesAt + InterestRanges * TableFormat.PortRecord) ? TableProblem.None : TableProblem.Ports;
    }

    private bool Ascend(int at, int end)
    {
        int previous = -1;
        for (; at < end; at += TableFormat.PortRecord)
        {
            int low = U16(at);
            int high = U16(at + 2);
            if (low <= previous || high < low)
            {
                return false;
            }

            previous = high;
        }

        return true;
    }

    private bool IsPortList(int offset)
    {
        return offset == 0 || _draft!.Begins(TableFormat.PortSection, offset);
    }
}
