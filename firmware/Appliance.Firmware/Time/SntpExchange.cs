namespace Appliance.Firmware.Time;

/// <summary>
/// The 48 octets of an SNTP exchange (RFC 4330, RFC 5905): the request, and what an answer must satisfy before anything is
/// believed of it.
/// </summary>
public sealed class SntpExchange
{
    /// <summary>Octets of a request, and of an answer at least.</summary>
    public const int Length = 48;

    /// <summary>The answer is right.</summary>
    public const int Accepted = 0;

    /// <summary>It is shorter than 48 octets.</summary>
    public const int TooShort = 1;

    /// <summary>It is no answer of a server: its mode is not 4, or its version another than asked.</summary>
    public const int NotAnAnswer = 2;

    /// <summary>The server says that its own clock is not set (leap indicator 3, or stratum above 15).</summary>
    public const int ServerUnset = 3;

    /// <summary>The server asks to be left alone (stratum 0, RFC 4330 section 8).</summary>
    public const int KissOfDeath = 4;

    /// <summary>It does not repeat what the request said: it answers another one, or is made up.</summary>
    public const int NotOurs = 5;

    /// <summary>Its times can't be: none, before 1970, going back, or on their way for too long.</summary>
    public const int Impossible = 6;

    /// <summary>Seconds from 1900 to 1970.</summary>
    private const long Unix = 2208988800;

    /// <summary>An answer that took longer, in microseconds, tells the time too vaguely.</summary>
    private const long LongestTrip = 2000000;

    private const int Stratum = 1;
    private const int Originate = 24;
    private const int Receive = 32;
    private const int Transmit = 40;

    /// <summary>The request.</summary>
    public readonly byte[] Request = new byte[Length];

    /// <summary>Takes the answer.</summary>
    public readonly byte[] Answer = new byte[128];

    /// <summary>What the last accepted answer says: microseconds to add to the clock's stamps for those since 1970.</summary>
    public long Offset;

    /// <summary>When the request left, in microseconds of the clock.</summary>
    public long AskedAt;

    /// <summary>Makes a request. Its transmit time is a random number, which a server repeats and nobody else knows.</summary>
    /// <param name="high">32 random bits.</param>
    /// <param name="low">32 random bits.</param>
    public void Prepare(int high, int low)
    {
        // Leap indicator 0, version 4, mode 3: a client.
        Request[0] = 0x23;
        for (int i = 0; i < 4; i++)
        {
            Request[Transmit + i] = (byte)(high >> (24 - (i << 3)));
            Request[Transmit + 4 + i] = (byte)(low >> (24 - (i << 3)));
        }
    }

    /// <summary>Checks the answer and works out <see cref="Offset"/>.</summary>
    /// <param name="length">Octets of <see cref="Answer"/>.</param>
    /// <param name="answeredAt">When it came, microseconds of the clock.</param>
    /// <returns>A constant of this class.</returns>
    public int Judge(int length, long answeredAt)
    {
        byte[] answer = Answer;
        if (length < Length)
        {
            return TooShort;
        }

        if ((answer[0] & 7) != 4 || ((answer[0] >> 3) & 7) != 4)
        {
            return NotAnAnswer;
        }

        for (int i = 0; i < 8; i++)
        {
            if (answer[Originate + i] != Request[Transmit + i])
            {
                return NotOurs;
            }
        }

        if (answer[Stratum] == 0)
        {
            return KissOfDeath;
        }

        if (answer[0] >> 6 == 3 || answer[Stratum] > 15)
        {
            return ServerUnset;
        }

        long received = TimeAt(Receive);
        long sent = TimeAt(Transmit);
        long trip = answeredAt - AskedAt - (sent - received);
        if (IsZero(Transmit) || IsZero(Receive) || received < 0 || sent < received || trip < 0 || trip > LongestTrip)
        {
            return Impossible;
        }

        // RFC 5905 section 8: the mean of the two differences.
        Offset = (received - AskedAt + (sent - answeredAt)) / 2;
        return Accepted;
    }

    // Microseconds since 1970 of an NTP timestamp; seconds whose highest bit is not set are those after 2036 (RFC 4330 section
    // 3).
    private long TimeAt(int at)
    {
        byte[] answer = Answer;
        long seconds = ((long)answer[at] << 24) | ((long)answer[at + 1] << 16) | ((long)answer[at + 2] << 8) | answer[at + 3];
        long fraction = ((long)answer[at + 4] << 24) | ((long)answer[at + 5] << 16) | ((long)answer[at + 6] << 8) | answer[at + 7];
        seconds -= Unix;
        if (answer[at] < 128)
        {
            seconds += 0x100000000;
        }

        // To the nearest microsecond.
        return (seconds * 1000000) + (((fraction * 1000000) + 0x80000000) >> 32);
    }

    private bool IsZero(int at)
    {
        for (int i = at; i < at + 8; i++)
        {
            if (Answer[i] != 0)
            {
                return false;
            }
        }

        return true;
    }
}
