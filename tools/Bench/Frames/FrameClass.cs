namespace Appliance.Bench.Frames;

/// <summary>A kind of frame whose cost is measured.</summary>
/// <param name="name">What the frame is.</param>
/// <param name="limit">Host instructions that it may cost; 0: no limit is set.</param>
internal abstract class FrameClass(string name, int limit)
{
    /// <summary>What the frame is.</summary>
    public string Name { get; } = name;

    /// <summary>Host instructions of the interpreter that it may cost; 0: no limit is set.</summary>
    public int Limit { get; } = limit;

    /// <summary>Brings everything to where the measured frames find it.</summary>
    public abstract void Prepare();

    /// <summary>Lets the sensor take the frames; what counts is between <c>Meter.Resume</c> and <c>Meter.Pause</c>.</summary>
    /// <returns>Over how many frames the cost is spread.</returns>
    public abstract int Run();
}
