namespace Appliance.Simulator.Faults;

/// <summary>A fault that the command line names; it remembers whether it ever came to pass.</summary>
/// <param name="text">The option and its value, as they were given.</param>
/// <param name="when">When it holds.</param>
internal sealed class NamedFault(string text, Moment when)
{
    /// <summary>The option and its value, as they were given.</summary>
    public string Text => text;

    /// <summary>When it begins, in microseconds since the first frame.</summary>
    public long From => when.From;

    /// <summary>Something has failed by it.</summary>
    public bool HasStruck { get; private set; }

    /// <summary>Whether it holds; asked only where it then makes something fail.</summary>
    /// <param name="stamp">Microseconds since the first frame.</param>
    public bool Strikes(long stamp)
    {
        bool holds = when.Holds(stamp);
        HasStruck |= holds;
        return holds;
    }
}
