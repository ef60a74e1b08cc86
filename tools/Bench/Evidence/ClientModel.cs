using Appliance.Sensor.Memories;

namespace Appliance.Bench.Evidence;

/// <summary>
/// An actor in good faith at one service, for a story of seven days: new hosts come to it in batches (a program starts, a list is
/// loaded, a ward gets a machine), batches come by chance, and each further host of one with the same chance; one in five fails,
/// each by itself.
/// </summary>
/// <param name="Batch">Hosts of a batch, on the average.</param>
/// <param name="BatchesADay">Batches a day, on the average.</param>
internal sealed record ClientModel(double Batch, double BatchesADay)
{
    /// <summary>Of first contacts in good faith so many fail; the walk's model
    /// (<see cref="Appliance.Sensor.Judging.OutcomeWalk"/>).</summary>
    public const double Fails = 0.2;

    /// <summary>The model under which the stated error holds: three new hosts at a service, one day in two.</summary>
    public static readonly ClientModel Stated = new(3, 0.5);

    /// <summary>What a busy server is like: four new hosts, every day.</summary>
    public static readonly ClientModel Busy = new(4, 1);

    /// <summary>Lets a client live its story.</summary>
    /// <param name="witness">Who looks on.</param>
    /// <param name="chance">The client's chance.</param>
    public void Live(Witness witness, Chance chance)
    {
        int host = 0;
        double day = chance.Exponential(1 / BatchesADay);
        while (day < 7)
        {
            int now = (int)(day * Limits.Day);
            for (int left = chance.Geometric(Batch); left > 0; left--)
            {
                witness.Take(host++, chance.Next() < Fails, now);
                now += Limits.Second;
            }

            day += chance.Exponential(1 / BatchesADay);
        }
    }
}
