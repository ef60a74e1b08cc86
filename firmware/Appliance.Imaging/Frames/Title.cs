namespace Appliance.Imaging.Frames;

/// <summary>
/// Names that hosts give themselves: at most 16 octets, made safe before they go anywhere. A title may hold what would end a
/// value in an alert (PS3.5, 6.2), and an attacker chooses it.
/// </summary>
public static class Title
{
    /// <summary>Octets of a title as it is kept, zeros behind it.</summary>
    public const int Room = 16;

    /// <summary>
    /// Copies a name without the spaces around it and the zeros behind it, with which some fill it up; what is neither letter,
    /// digit, <c>_</c>, <c>.</c> nor <c>-</c> becomes <c>_</c>.
    /// </summary>
    /// <param name="from">Where it is.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="length">Its octets, at most <see cref="Room"/>.</param>
    /// <param name="to">Takes <see cref="Room"/> octets.</param>
    /// <param name="toAt">Where they begin.</param>
    /// <returns>A hash of the name, never 0; equal names have equal ones.</returns>
    public static int Copy(byte[] from, int at, int length, byte[] to, int toAt)
    {
        int end = at + length;
        while (at < end && from[at] == ' ')
        {
            at++;
        }

        while (end > at && (from[end - 1] == ' ' || from[end - 1] == 0))
        {
            end--;
        }

        int hash = unchecked((int)0x811c9dc5);
        for (int i = 0; i < Room; i++, at++)
        {
            int octet = at < end ? from[at] : 0;
            hash = (hash ^ octet) * 0x01000193;
            bool isSafe = (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9')
                || octet == '_' || octet == '.' || octet == '-';
            to[toAt + i] = (byte)(at >= end || isSafe ? octet : '_');
        }

        hash ^= (int)((uint)hash >> 15);
        return hash == 0 ? 1 : hash;
    }

    /// <summary>Octets of a kept title.</summary>
    /// <param name="octets">Where it is.</param>
    /// <param name="at">Where it begins.</param>
    public static int LengthOf(byte[] octets, int at)
    {
        int length = 0;
        while (length < Room && octets[at + length] != 0)
        {
            length++;
        }

        return length;
    }
}
