using System.Collections.Generic;

namespace Appliance.Bench.Evidence;

/// <summary>A sweep of sixty hosts of which a share answers; the others are not there, or refuse.</summary>
/// <param name="Living">The share that answers, 0-1.</param>
/// <param name="Interval">Centiseconds from one probe to the next.</param>
/// <param name="Lost">The share of frames that the tap does not get: a probe lost is not seen, an answer lost is a
/// failure.</param>
/// <param name="InOrder">The living ones stand at one end of the walk, as machines in a subnet do; else anywhere.</param>
internal sealed record ScanModel(double Living, int Interval, double Lost, bool InOrder)
{
    /// <summary>Hosts of a sweep.</summary>
    public const int Hosts = 60;

    /// <summary>Lets a scanner walk.</summary>
    /// <param name="witness">Who looks on.</param>
    /// <param name="chance">The scanner's chance.</param>
    public void Walk(Witness witness, Chance chance)
    {
        foreach ((int host, bool answers) in Order(chance))
        {
            if (chance.Next() >= Lost)
            {
                witness.Take(host, !answers || chance.Next() < Lost, host * Interval);
            }
        }
    }

    private List<(int Host, bool Answers)> Order(Chance chance)
    {
        int living = (int)((Hosts * Living) + 0.5);
        int shift = chance.Next(Hosts);
        var answers = new bool[Hosts];
        for (int i = 0; i < living; i++)
        {
            int place = InOrder ? i + shift : chance.Next(Hosts);
            while (answers[place % Hosts])
            {
                place++;
            }

            answers[place % Hosts] = true;
        }

        var order = new List<(int, bool)>(Hosts);
        for (int i = 0; i < Hosts; i++)
        {
            order.Add((i, answers[i]));
        }

        return order;
    }
}
