using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Tables;

/// <summary>
/// Whether the mirror port would take a table's openings (FORMAT.md, section 16): one that is wrong makes it refuse the whole
/// mask, and the box would go on with the mask of the table before.
/// </summary>
public static class OpeningCheck
{
    /// <summary>What is wrong with a table's openings.</summary>
    /// <param name="table">A table whose contents are loaded.</param>
    /// <returns><see cref="TableProblem.None"/> or <see cref="TableProblem.Openings"/>.</returns>
    public static int Of(SignatureTable table)
    {
        if (table.Openings > TableFormat.MostOpenings)
        {
            return TableProblem.Openings;
        }

        byte[] octets = table.Bytes;
        for (int i = 0; i < table.Openings; i++)
        {
            int at = table.OpeningsAt + (i * TableFormat.OpeningRecord);
            int least = BigEndian.Read16(octets, at + TableFormat.OpeningLengths);
            int bits = BigEndian.Read16(octets, at + TableFormat.OpeningWhich);
            int which = bits & ~TableFormat.OpeningSized;

            // Ports and lengths ascend; the first octet is compared, none behind what an opening can be about, and none that the
            // shortest payload lacks; and a length that is looked at is there.
            if (BigEndian.Read16(octets, at) > BigEndian.Read16(octets, at + 2) || least > BigEndian.Read16(octets, at + TableFormat.OpeningLengths + 2) || (which & 1) == 0
                || which >> TableFormat.OpeningReach != 0 || (least < TableFormat.OpeningReach && which >> least != 0)
                || (bits != which && least < TableFormat.OpeningHead))
            {
                return TableProblem.Openings;
            }
        }

        return TableProblem.None;
    }
}
