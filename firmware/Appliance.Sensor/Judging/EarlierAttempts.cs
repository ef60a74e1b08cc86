using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>What the same actor attempted before, as far as the last attempts are remembered: read one after the other.</summary>
public sealed class EarlierAttempts
{
    /// <summary>The one that was read last.</summary>
    public readonly Probe Current = new Probe();

    private readonly PendingAttempts _pending;

    /// <summary>Makes a reader.</summary>
    /// <param name="pending">The attempts that wait, and those that did.</param>
    public EarlierAttempts(PendingAttempts pending)
    {
        _pending = pending;
    }

    /// <summary>
    /// Reads, oldest first, the next judged and answered attempt of a probe's actor at the same port (or host).
    /// </summary>
    /// <param name="from">0 at first; the value returned before to go on.</param>
    /// <param name="like">The probe.</param>
    /// <param name="byPort">Attempts at the same port; else at the same host.</param>
    /// <returns>Where to go on, or -1 when there is none left.</returns>
    public int NextGood(int from, Probe like, bool byPort)
    {
        int next = _pending.Next(from, like, byPort, true, like.Now - Limits.ConnectTimeout + 1, Current);
        // Of a suspect port only a conversation is good.
        Current.Outcome = Current.IsSuspect ? Outcome.Open : Outcome.Answered;
        return next;
    }

    /// <summary>
    /// Reads, oldest first, the next judged attempt of a probe's actor at the same port (or host), whatever came of it.
    /// </summary>
    /// <param name="from">0 at first; the value returned before to go on.</param>
    /// <param name="like">The probe, which is the first attempt that waits.</param>
    /// <param name="byPort">Attempts at the same port; else at the same host.</param>
    /// <param name="since">No attempts before, centiseconds.</param>
    /// <returns>Where to go on, or -1 when there is none left.</returns>
    public int NextAttempt(int from, Probe like, bool byPort, int since)
    {
        return _pending.Next(from, like, byPort, false, since, Current);
    }
}
