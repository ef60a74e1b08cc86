using Appliance.Sensor;

namespace Appliance.Firmware;

/// <summary>The port that watches, and what else only native code can tell: the watchdog, why the box started, how much memory
/// is left.</summary>
public interface IMirrorPort
{
    /// <summary>Fills a batch with the slots that have come, the oldest first. Returns at once when there are some; waits at most
    /// <see cref="TapProgram.WaitMicroseconds"/> for the first.</summary>
    /// <param name="batch">Empty; takes as many slots as it has room for.</param>
    /// <returns>How far time has come, in microseconds of <see cref="IClock.Now"/>: no slot with an earlier stamp will
    /// follow.</returns>
    long Read(SlotBatch batch);

    /// <summary>Copies from now on the frames that an interest mask asks for.</summary>
    /// <param name="octets">Where the mask is, as in a table (FORMAT.md, "Interest mask").</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="ranges">Port ranges in it.</param>
    /// <param name="openingsAt">Where its openings are (FORMAT.md, "Openings").</param>
    /// <param name="openings">How many.</param>
    void UseInterest(byte[] octets, int at, int ranges, int openingsAt, int openings);

    /// <summary>A counter since the start of the box.</summary>
    /// <param name="which">A constant of <see cref="PortCounter"/>.</param>
    long Counter(int which);

    /// <summary>The mirror port has a link.</summary>
    bool IsLinkUp();

    /// <summary>The native hook answers and owns the MAC.</summary>
    bool IsReady();

    /// <summary>Stops and starts the receiver of the MAC; slots in the ring stay.</summary>
    void ResetReceiver();

    /// <summary>Restarts the box unless <see cref="FeedWatchdog"/> is called as often.</summary>
    /// <param name="milliseconds">The longest pause.</param>
    void StartWatchdog(int milliseconds);

    /// <summary>Says that the loop lives.</summary>
    void FeedWatchdog();

    /// <summary>Why the box started: a constant of <see cref="RestartReason"/>.</summary>
    int RestartReason();

    /// <summary>What is known of the native memory.</summary>
    /// <param name="which">A constant of <see cref="MemoryFigure"/>.</param>
    /// <returns>Octets; -1 where there is no such memory, or nobody knows.</returns>
    long Memory(int which);
}
