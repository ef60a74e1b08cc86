using System;

namespace Appliance.Simulator.Report.Stories;

/// <summary>A row of numbers of a start of a box: which were heard, and what stood in their lines.</summary>
internal sealed class SequencePage
{
    /// <summary>Numbers of a page.</summary>
    public const int Size = 64;

    private readonly int[] _hashes = new int[Size];

    /// <summary>Whose it is.</summary>
    public SequenceWatch? Owner { get; private set; }

    /// <summary>Which of its owner's pages it is.</summary>
    public long Number { get; private set; }

    /// <summary>The oldest time of its lines; none of them has one while it is above <see cref="Newest"/>.</summary>
    public long Oldest { get; private set; }

    /// <summary>The newest time of its lines.</summary>
    public long Newest { get; private set; }

    /// <summary>Begins anew.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="number">Which of its pages.</param>
    public void Begin(SequenceWatch owner, long number)
    {
        Owner = owner;
        Number = number;
        Oldest = long.MaxValue;
        Newest = long.MinValue;
        Array.Clear(_hashes);
    }

    /// <summary>What stood in the line of a number; 0 where it was not heard.</summary>
    public int this[long number]
    {
        get => _hashes[number % Size];
        set => _hashes[number % Size] = value;
    }

    /// <summary>Notes when a line was sent.</summary>
    public void Note(long time)
    {
        Oldest = Math.Min(Oldest, time);
        Newest = Math.Max(Newest, time);
    }
}
