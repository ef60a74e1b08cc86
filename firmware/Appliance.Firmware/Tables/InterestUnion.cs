using System;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Tables;

/// <summary>
/// The interest masks of two tables as one, for the time of a trial: what only the new table asks for would otherwise never
/// come, and
/// what the table in use asks for must go on coming.
/// </summary>
public sealed class InterestUnion
{
    /// <summary>The mask, as in a table (FORMAT.md, "Interest mask").</summary>
    public readonly byte[] Octets;

    /// <summary>Port ranges in it.</summary>
    public readonly int Ranges;

    /// <summary>Joins two masks.</summary>
    /// <param name="first">A loaded table.</param>
    /// <param name="second">Another one.</param>
    public InterestUnion(SignatureTable first, SignatureTable second)
    {
        Ranges = first.InterestRanges + second.InterestRanges;
        Octets = new byte[TableFormat.InterestHeader + (Ranges * TableFormat.PortRecord)];
        for (int i = 0; i < TableFormat.InterestRate; i++)
        {
            Octets[i] = (byte)(first.Bytes[first.InterestAt + i] | second.Bytes[second.InterestAt + i]);
        }

        // The table in use says how many signs of life there are, as before and after.
        Octets[TableFormat.InterestRate] = (byte)(first.InterestRate >> 8);
        Octets[TableFormat.InterestRate + 1] = (byte)first.InterestRate;
        int firstLength = first.InterestRanges * TableFormat.PortRecord;
        Array.Copy(first.Bytes, first.InterestAt + TableFormat.InterestHeader, Octets, TableFormat.InterestHeader, firstLength);
        Array.Copy(second.Bytes, second.InterestAt + TableFormat.InterestHeader, Octets, TableFormat.InterestHeader + firstLength,
            second.InterestRanges * TableFormat.PortRecord);
    }
}
