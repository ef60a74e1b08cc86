using System;
using System.Collections.Generic;
using System.Linq;

namespace Appliance.Bench.Evidence;

/// <summary>What the sequential tests do to a number of simulated actors.</summary>
internal static class EvidenceFigures
{
    /// <summary>Clients, and how many of them were blamed.</summary>
    /// <param name="Actors">Clients.</param>
    /// <param name="Contacts">First contacts of all.</param>
    /// <param name="ByOutcome">Blamed by the outcomes.</param>
    /// <param name="ByNumber">Blamed by the number.</param>
    /// <param name="Blamed">Blamed by either.</param>
    public sealed record Clients(int Actors, long Contacts, int ByOutcome, int ByNumber, int Blamed);

    /// <summary>Scans, and how many of them were seen.</summary>
    /// <param name="Runs">Scans.</param>
    /// <param name="Seen">Told before they ended.</param>
    /// <param name="Mean">First contacts until then, on the average.</param>
    /// <param name="Late">First contacts until then in all but one of a hundred.</param>
    public sealed record Scans(int Runs, int Seen, double Mean, int Late);

    /// <summary>Simulates clients of <see cref="ClientModel"/>.</summary>
    /// <param name="model">What they are like.</param>
    /// <param name="actors">How many.</param>
    /// <param name="seed">Other seeds, other actors.</param>
    public static Clients OfClients(ClientModel model, int actors, int seed = 0)
    {
        var witness = new Witness();
        long contacts = 0;
        int byOutcome = 0;
        int byNumber = 0;
        int blamed = 0;
        for (int actor = 1; actor <= actors; actor++)
        {
            witness.Begin(KeyOf(actor));
            model.Live(witness, new Chance(actor, seed));
            contacts += witness.Contacts;
            byOutcome += witness.ByOutcome != 0 ? 1 : 0;
            byNumber += witness.ByNumber != 0 ? 1 : 0;
            blamed += witness.Told != 0 ? 1 : 0;
        }

        return new Clients(actors, contacts, byOutcome, byNumber, blamed);
    }

    /// <summary>Simulates scanners of the walk's own model: four in five of sixty contacts fail, each by itself.</summary>
    /// <param name="actors">How many.</param>
    /// <param name="seed">Other seeds, other actors.</param>
    public static Scans OfModelScanners(int actors, int seed = 0) => Of(actors, seed, (witness, chance) =>
    {
        for (int host = 0; host < ScanModel.Hosts; host++)
        {
            witness.Take(host, chance.Next() < 0.8, host);
        }
    });

    /// <summary>Simulates sweeps.</summary>
    /// <param name="model">What they are like.</param>
    /// <param name="runs">How many.</param>
    /// <param name="seed">Other seeds, other sweeps.</param>
    public static Scans OfSweeps(ScanModel model, int runs, int seed = 0) => Of(runs, seed, model.Walk);

    private static Scans Of(int runs, int seed, Action<Witness, Chance> act)
    {
        var witness = new Witness();
        var told = new List<int>(runs);
        for (int run = 1; run <= runs; run++)
        {
            witness.Begin(KeyOf(run));
            act(witness, new Chance(run + 0x40000000L, seed));
            if (witness.Told != 0)
            {
                told.Add(witness.Told);
            }
        }

        told.Sort();
        return told.Count == 0 ? new Scans(runs, 0, 0, 0) : new Scans(runs, told.Count, told.Average(), told[(int)(told.Count * 0.99)]);
    }

    /// <summary>A key as the sensor's hash would give: well mixed, not 0.</summary>
    private static int KeyOf(int actor) => ((actor * 0x2c1b3c6d) ^ (actor >> 7)) | 1;
}
