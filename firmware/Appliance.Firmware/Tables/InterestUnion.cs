using System;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware.Tables;

/// <summary>
/// The interest masks of two tables as one, for the time of a trial: what only the new table asks for would otherwise never come,
/// and what the table in use asks for must go on coming.
/// </summary>
public sealed class InterestUnion
{
    /// <summary>Openings that the mirror port takes: most of two tables are the same.</summary>
    public const int MostOpenings = 40;

    /// <summary>The mask, as in a table (FORMAT.md, "Interest mask"), and behind it the openings.</summary>
    public readonly byte[] Octets;

    /// <summary>Port ranges in it.</summary>
    public readonly int Ranges;

    /// <summary>Where the openings begin.</summary>
    public readonly int OpeningsAt;

    /// <summary>How many openings.</summary>
    public readonly int Openings;

    /// <summary>Joins two masks.</summary>
    /// <param name="first">A loaded table.</param>
    /// <param name="second">Another one.</param>
    public InterestUnion(SignatureTable first, SignatureTable second)
    {
        // The openings of the table in use have room; of the other's those that it has too take none. What finds no room is
        // asked for by its ports: too many frames come then, and none is missed.
        var isNew = new bool[second.Openings];
        int openings = first.Openings;
        int asRanges = 0;
        for (int i = 0; i < isNew.Length; i++)
        {
            isNew[i] = !Has(first, second, second.OpeningsAt + (i * TableFormat.OpeningRecord));
            asRanges += isNew[i] && openings == MostOpenings ? 1 : 0;
            openings += isNew[i] && openings < MostOpenings ? 1 : 0;
        }

        Ranges = first.InterestRanges + second.InterestRanges + asRanges;
        Openings = openings;
        OpeningsAt = TableFormat.InterestHeader + (Ranges * TableFormat.PortRecord);
        Octets = new byte[OpeningsAt + (openings * TableFormat.OpeningRecord)];
        for (int i = 0; i < TableFormat.InterestRate; i++)
        {
            Octets[i] = (byte)(first.Bytes[first.InterestAt + i] | second.Bytes[second.InterestAt + i]);
        }

        // The table in use says how many signs of life there are, as before and after.
        Octets[TableFormat.InterestRate] = (byte)(first.InterestRate >> 8);
        Octets[TableFormat.InterestRate + 1] = (byte)first.InterestRate;
        int firstLength = first.InterestRanges * TableFormat.PortRecord;
        int secondLength = second.InterestRanges * TableFormat.PortRecord;
        int at = TableFormat.InterestHeader;
        Array.Copy(first.Bytes, first.InterestAt + TableFormat.InterestHeader, Octets, at, firstLength);
        at += firstLength;
        Array.Copy(second.Bytes, second.InterestAt + TableFormat.InterestHeader, Octets, at, secondLength);
        at += secondLength;
        Array.Copy(first.Bytes, first.OpeningsAt, Octets, OpeningsAt, first.Openings * TableFormat.OpeningRecord);
        int openingAt = OpeningsAt + (first.Openings * TableFormat.OpeningRecord);
        for (int i = 0; i < isNew.Length; i++)
        {
            int from = second.OpeningsAt + (i * TableFormat.OpeningRecord);
            if (isNew[i] && openingAt < Octets.Length)
            {
                Array.Copy(second.Bytes, from, Octets, openingAt, TableFormat.OpeningRecord);
                openingAt += TableFormat.OpeningRecord;
            }
            else if (isNew[i])
            {
                Array.Copy(second.Bytes, from + TableFormat.OpeningPorts, Octets, at, TableFormat.PortRecord);
                at += TableFormat.PortRecord;
            }
        }
    }

    // Whether a table has an opening of another one.
    private static bool Has(SignatureTable table, SignatureTable other, int at)
    {
        for (int i = 0; i < table.Openings; i++)
        {
            int own = table.OpeningsAt + (i * TableFormat.OpeningRecord);
            int octet = 0;
            while (octet < TableFormat.OpeningRecord && table.Bytes[own + octet] == other.Bytes[at + octet])
            {
                octet++;
            }

            if (octet == TableFormat.OpeningRecord)
            {
                return true;
            }
        }

        return false;
    }
}
