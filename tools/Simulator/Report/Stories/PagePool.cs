using System.Collections.Generic;

namespace Appliance.Simulator.Report.Stories;

/// <summary>
/// Lends pages of numbers to the starts of boxes: in a gigabyte of lines there are some 60,000 of them, and a flood of forged
/// numbers must not take all memory.
/// </summary>
internal sealed class PagePool
{
    /// <summary>Pages lent at one time: the lines of some five gigabytes, in 70 MB. Beyond them the page that was lent first
    /// begins anew.</summary>
    private const int MostLent = 200_000;

    private readonly Queue<SequencePage> _lent = new();

    /// <summary>Lends a page.</summary>
    /// <param name="owner">To whom.</param>
    /// <param name="number">Which of its pages.</param>
    public SequencePage Lend(SequenceWatch owner, long number)
    {
        SequencePage page;
        if (_lent.Count < MostLent)
        {
            page = new SequencePage();
        }
        else
        {
            page = _lent.Dequeue();
            page.Owner!.Forget(page.Number);
        }

        page.Begin(owner, number);
        _lent.Enqueue(page);
        return page;
    }
}
