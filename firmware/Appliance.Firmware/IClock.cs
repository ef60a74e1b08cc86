namespace Appliance.Firmware;

/// <summary>
/// The clock: one that never goes back, that of the slots' stamps, and what has to be added to it for the time of day. The
/// exchange with a time server goes on by itself; no call waits for it.
/// </summary>
public interface IClock
{
    /// <summary>Microseconds since the box started; never goes back.</summary>
    long Now();

    /// <summary>Microseconds to add to <see cref="Now"/> for those since 1970-01-01 UTC; <see cref="ClockOffset.Unknown"/> when
    /// the time of day is not known.
    /// A clock that ran on through a restart knows it from the start.</summary>
    long Offset();

    /// <summary>Sets the time of day.</summary>
    /// <param name="offset">As <see cref="Offset"/> gives it from then on.</param>
    void SetOffset(long offset);

    /// <summary>Sends a request to a time server's port 123; an answer to an earlier one is forgotten.</summary>
    /// <param name="server">A name or a literal address, ASCII.</param>
    /// <param name="request">The datagram.</param>
    /// <returns>False when it can't be sent.</returns>
    bool Ask(byte[] server, byte[] request);

    /// <summary>Gives the answer when it has come.</summary>
    /// <param name="answer">Takes its octets.</param>
    /// <returns>How many; 0 when there is none yet.</returns>
    int Answer(byte[] answer);

    /// <summary>When the last request left, by <see cref="Now"/>: a name may have been looked up before.</summary>
    long AskedAt();

    /// <summary>When the answer came, by <see cref="Now"/>.</summary>
    long AnsweredAt();

    /// <summary>32 bits that nobody outside can foretell.</summary>
    int Random();
}
