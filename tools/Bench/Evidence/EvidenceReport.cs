using System.Globalization;
using System.IO;
using Appliance.Sensor.Memories;

namespace Appliance.Bench.Evidence;

/// <summary>The figures of the sequential tests as Markdown, for the pages.</summary>
internal static class EvidenceReport
{
    /// <summary>The shares of a network that answer, as the tables have them.</summary>
    public static readonly double[] Densities = [0.1, 0.3, 0.5, 0.7, 0.9, 0.95];

    private static readonly (string Words, int Interval)[] Rates =
    [
        ("1,000 a second", 0), ("1 a second", Limits.Second), ("1 a minute", Limits.Minute), ("1 an hour", 60 * Limits.Minute),
        ("4 a day", 6 * 60 * Limits.Minute), ("1 a day", Limits.Day), ("1 in three days", 3 * Limits.Day),
    ];

    /// <summary>Writes the tables.</summary>
    /// <param name="actors">Clients and scanners of the model; sweeps are a hundredth of it for each row.</param>
    /// <param name="seed">0 for the page's figures.</param>
    /// <param name="to">Where they go.</param>
    public static void Write(int actors, int seed, TextWriter to)
    {
        to.WriteLine("| clients | first contacts | blamed by outcomes | by number | of an actor and story, either |");
        to.WriteLine("|---|---:|---:|---:|---:|");
        WriteClients("of the stated model", ClientModel.Stated, actors, seed, to);
        WriteClients("busy: four hosts a batch, a batch a day", ClientModel.Busy, actors, seed, to);
        to.WriteLine();
        EvidenceFigures.Scans scanners = EvidenceFigures.OfModelScanners(actors, seed);
        to.WriteLine($"{Number(actors)} scanners of sixty hosts, of which four in five fail: {Number(actors - scanners.Seen)} missed, "
            + $"told after {One(scanners.Mean)} contacts, 99 % after {scanners.Late}.");
        to.WriteLine();
        WriteDensities(actors / 100, seed, to);
        to.WriteLine();
        WriteRates(actors / 100, seed, to);
    }

    private static void WriteClients(string words, ClientModel model, int actors, int seed, TextWriter to)
    {
        EvidenceFigures.Clients clients = EvidenceFigures.OfClients(model, actors, seed);
        to.WriteLine($"| {Number(actors)} {words} | {Number(clients.Contacts)} | {Number(clients.ByOutcome)} | {Number(clients.ByNumber)} | "
            + $"{Share(clients.Blamed, actors)} |");
    }

    private static void WriteDensities(int runs, int seed, TextWriter to)
    {
        to.WriteLine($"Sweeps of sixty hosts, {Number(runs)} a cell: seen of 60 runs (contacts until told; of 99 % of the runs).");
        to.WriteLine();
        to.WriteLine("| answer | at random | in order | at random, 5 % of frames lost | at random, 20 % lost |");
        to.WriteLine("|---:|---:|---:|---:|---:|");
        foreach (double density in Densities)
        {
            to.WriteLine($"| {(int)((density * 100) + 0.5)} % | {Cell(density, 0, false, runs, seed)} | {Cell(density, 0, true, runs, seed)} | "
                + $"{Cell(density, 0.05, false, runs, seed)} | {Cell(density, 0.2, false, runs, seed)} |");
        }
    }

    private static void WriteRates(int runs, int seed, TextWriter to)
    {
        to.WriteLine("Time until a sweep of sixty hosts is told, on the average; in brackets the share that is seen where it is not all.");
        to.WriteLine();
        to.WriteLine("| probes | 10 % answer | 50 % answer | 90 % answer |");
        to.WriteLine("|---|---:|---:|---:|");
        foreach ((string words, int interval) in Rates)
        {
            to.WriteLine($"| {words} | {Time(0.1, interval, runs, seed)} | {Time(0.5, interval, runs, seed)} | {Time(0.9, interval, runs, seed)} |");
        }
    }

    private static string Cell(double density, double lost, bool inOrder, int runs, int seed)
    {
        EvidenceFigures.Scans scans = EvidenceFigures.OfSweeps(new ScanModel(density, 0, lost, inOrder), runs, seed);
        return $"{One(60.0 * scans.Seen / scans.Runs)} ({One(scans.Mean)}; {scans.Late})";
    }

    private static string Time(double density, int interval, int runs, int seed)
    {
        EvidenceFigures.Scans scans = EvidenceFigures.OfSweeps(new ScanModel(density, interval, 0, false), runs, seed);
        string share = scans.Seen == scans.Runs ? "" : $" ({One(100.0 * scans.Seen / scans.Runs)} %)";
        double seconds = (scans.Mean - 1) * interval / Limits.Second;
        return scans.Seen == 0 ? "not seen" : seconds < 60 ? $"{One(interval == 0 ? scans.Mean / 1000 : seconds)} s{share}"
            : seconds < 7_200 ? $"{One(seconds / 60)} min{share}" : seconds < 172_800 ? $"{One(seconds / 3_600)} h{share}"
            : $"{One(seconds / 86_400)} days{share}";
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string One(double value) => value.ToString("0.0#", CultureInfo.InvariantCulture);

    private static string Share(int count, int of) => ((double)count / of).ToString("0.0e-0", CultureInfo.InvariantCulture);
}
