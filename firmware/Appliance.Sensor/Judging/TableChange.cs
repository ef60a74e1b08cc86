using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Judging;

/// <summary>
/// What becomes of the trackers when another table comes: what waits is judged by the old one, signatures keep their sid.
/// </summary>
public sealed class TableChange
{
    private readonly Judge _judge;
    private readonly RunningSweeps _running;
    private readonly Suspicions _suspicions;
    private readonly SharedTargets _shared;
    private readonly SiteView _site;

    /// <summary>Makes it of what it works on.</summary>
    public TableChange(Judge judge, RunningSweeps running, Suspicions suspicions, SharedTargets shared, SiteView site)
    {
        _judge = judge;
        _running = running;
        _suspicions = suspicions;
        _shared = shared;
        _site = site;
    }

    /// <summary>Takes another table.</summary>
    /// <param name="table">The table.</param>
    public void Use(SignatureTable table)
    {
        _judge.Flush();
        _running.Forget();
        SignatureTable before = _site.Table;
        int[] cells = _suspicions.Cells;
        for (int at = 0; at < cells.Length; at += Suspicions.Width)
        {
            int signature = (ushort)cells[at + Suspicions.Facts] - 1;
            if (signature >= 0)
            {
                // The new profile's explanations have other numbers: none is kept.
                cells[at + Suspicions.Facts] = (cells[at + Suspicions.Facts] & ~0xffffff) | (table.SameSignature(before,
                    signature) + 1);
            }
        }

        cells = _shared.Cells;
        for (int at = 0; at < cells.Length; at += SharedTargets.Width)
        {
            for (int place = at + SharedTargets.FirstProbe; place < at + SharedTargets.Width; place += SharedTargets.ProbeWidth)
            {
                int marks = cells[place + SharedTargets.Marks];
                int signature = (marks & SharedTargets.SignatureMask) - 1;
                if (signature >= 0)
                {
                    cells[place + SharedTargets.Marks] =
                        (marks & ~SharedTargets.SignatureMask) | (table.SameSignature(before, signature) + 1);
                }
            }
        }

        _site.Table = table;
    }
}
