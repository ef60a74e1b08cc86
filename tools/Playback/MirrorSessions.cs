namespace Appliance.Playback;

/// <summary>
/// The sequence numbers of mirrors that number their frames (ERSPAN of types II and III): a number that is left out is a frame
/// that was lost before the box. The same as the hook's core/MirrorSessions.h, which says why the numbers are as they are.
/// </summary>
internal sealed class MirrorSessions
{
    private const uint Sessions = 4;
    private const uint LargestGap = 65536;

    private readonly Session[] _sessions = new Session[Sessions];

    /// <summary>Takes a frame's number.</summary>
    /// <param name="key">The session: its number and the lower half of its source.</param>
    /// <param name="sequence">The number.</param>
    /// <param name="gap">Numbers that were left out before it.</param>
    /// <returns>Whether the frame is one of those that had been counted as left out, and came late.</returns>
    public bool See(uint key, uint sequence, out uint gap)
    {
        ref Session session = ref _sessions[(key ^ (key >> 16)) % Sessions];
        gap = 0;
        uint ahead = unchecked(sequence - session.Next);
        if (!session.IsUsed || session.Key != key)
        {
            session = new Session { Key = key, Next = unchecked(sequence + 1), IsUsed = true };
            return false;
        }

        if (ahead < LargestGap)
        {
            gap = ahead;
            session.Missing += ahead;
            session.Next = unchecked(sequence + 1);
            return false;
        }

        if (unchecked(0 - ahead) < LargestGap)
        {
            bool isLate = session.Missing > 0;
            session.Missing -= isLate ? 1u : 0;
            return isLate;
        }

        session.Next = unchecked(sequence + 1);
        return false;
    }

    private struct Session
    {
        public uint Key;
        public uint Next;
        public uint Missing;
        public bool IsUsed;
    }
}
