using System;
using Appliance.Imaging.Frames;

namespace Appliance.Imaging.Stories;

/// <summary>What is being told of the imaging network, or may have to be: a record a reason, a client and a server.</summary>
public sealed class StoryTable
{
    /// <summary>Records. Whoever guesses needs one a server, and a wrong setting one a modality.</summary>
    public const int Most = 24;

    /// <summary>Rejections that paused for so long, centiseconds, are over: an hour, as of guessing.</summary>
    public const int Pause = 3600 * 100;

    /// <summary>
    /// Called titles by which a new one is known. A guesser tries each once; a modality repeats the few that it was set to.
    /// </summary>
    public const int TitlesKept = 8;

    /// <summary>A title that a server did not recognize.</summary>
    public const int NotRecognized = 0;

    /// <summary>One that was rejected for another reason, or aborted, as an archive that is overloaded does.</summary>
    public const int Refused = 1;

    // A title's hash is kept with what came of it in place of its last bit.
    private const int KindMask = 1;

    // Records that those which are told leave to those which may become one.
    private const int Untold = Most / 2;

    /// <summary>Octets of a record in <see cref="Octets"/>: both addresses and both titles.</summary>
    public const int RecordOctets = 2 * AddressRoom + 2 * Title.Room;

    /// <summary>Octets of an address.</summary>
    public const int AddressRoom = 16;

    /// <summary>Where a record's called title begins; the calling one stands behind it.</summary>
    public const int CalledAt = 2 * AddressRoom;

    /// <summary>Where a record's calling title begins.</summary>
    public const int CallingAt = CalledAt + Title.Room;

    // What rejections that go on have among those that give way.
    private const int GoesOn = 3;

    /// <summary>Records, <see cref="Fact.Count"/> columns each.</summary>
    public readonly int[] Cells = new int[Most * Fact.Count];

    /// <summary>The newest frame's stamp, microseconds.</summary>
    public readonly long[] Stamps = new long[Most];

    /// <summary>Addresses and titles, made safe.</summary>
    public readonly byte[] Octets = new byte[Most * RecordOctets];

    /// <summary>Stories told that gave way to newer ones.</summary>
    public int Evictions;

    /// <summary>Finds a story.</summary>
    /// <param name="reason">A constant of <see cref="Reason"/>; the first three and none at all are of one kind: they may become
    /// each other.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="server">Whom.</param>
    /// <returns>Where its record begins in <see cref="Cells"/>; -1 for nowhere.</returns>
    public int Find(int reason, int client, int server)
    {
        int[] cells = Cells;
        for (int row = 0; row < cells.Length; row += Fact.Count)
        {
            if (cells[row + Fact.IsUsed] != 0 && cells[row + Fact.Client] == client && cells[row + Fact.Server] == server
                && (cells[row + Fact.Reason] == reason || (cells[row + Fact.Reason] <= Reason.Tool && reason <= Reason.Tool)))
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>The newest story that is told for a reason.</summary>
    /// <param name="reason">A constant of <see cref="Reason"/>.</param>
    /// <returns>Where its record begins; -1 when there is none.</returns>
    public int Newest(int reason)
    {
        int[] cells = Cells;
        int newest = -1;
        for (int row = 0; row < cells.Length; row += Fact.Count)
        {
            if (cells[row + Fact.IsUsed] != 0 && cells[row + Fact.Id] != 0 && cells[row + Fact.Reason] == reason
                && (newest < 0 || cells[row + Fact.Id] > cells[newest + Fact.Id]))
            {
                newest = row;
            }
        }

        return newest;
    }

    /// <summary>
    /// The record to give away: a free one; else of those that say nothing more, of rejections that are over, of what is told
    /// while that has more than its half, the one silent for longest; else of rejections that go on, the one with the fewest
    /// titles, and of these the newest: who comes in turns with more others than there is room for pushes out one of them, and
    /// not each before its second title.
    /// </summary>
    /// <param name="now">Centiseconds.</param>
    /// <returns>Where it begins.</returns>
    public int Least(int now)
    {
        int[] cells = Cells;
        int untold = 0;
        for (int row = 0; row < cells.Length; row += Fact.Count)
        {
            if (cells[row + Fact.IsUsed] == 0)
            {
                return row;
            }

            untold += cells[row + Fact.Id] == 0 ? 1 : 0;
        }

        int least = 0;
        int leastRank = RankOf(0, now, untold);
        for (int row = Fact.Count; row < cells.Length; row += Fact.Count)
        {
            int rank = RankOf(row, now, untold);
            if (rank != leastRank ? rank < leastRank : GoesBefore(row, least, rank == GoesOn))
            {
                least = row;
                leastRank = rank;
            }
        }

        return least;
    }

    /// <summary>Whether a record that is not told is of rejections that go on.</summary>
    /// <param name="row">Where it begins.</param>
    /// <param name="now">Centiseconds.</param>
    public bool IsGoingOn(int row, int now)
    {
        return Cells[row + Fact.Id] == 0 && now - Cells[row + Fact.Last] <= Pause;
    }

    // The lower gives way first.
    private int RankOf(int row, int now, int untold)
    {
        int reason = Cells[row + Fact.Reason];
        if (Cells[row + Fact.Id] == 0)
        {
            return IsGoingOn(row, now) ? GoesOn : 1;
        }

        return Reason.IsWeak(reason) || reason == Reason.NewHost ? 0 : reason != Reason.Guess && untold < Untold ? 2 : GoesOn + 1;
    }

    private bool GoesBefore(int row, int least, bool areGoingOn)
    {
        int[] cells = Cells;
        int silence = cells[least + Fact.Last] - cells[row + Fact.Last];
        int titles = TriedOf(least) - TriedOf(row);
        return !areGoingOn ? silence > 0 : titles != 0 ? titles > 0 : silence < 0;
    }

    /// <summary>Fills a record with what a segment says.</summary>
    /// <param name="row">Where it begins.</param>
    /// <param name="reason">A constant of <see cref="Reason"/>.</param>
    /// <param name="bytes">Where the addresses are.</param>
    /// <param name="client">Whose data they are, or who is answered.</param>
    /// <param name="isAnswer">The data are the server's.</param>
    public void Open(int row, int reason, byte[] bytes, Conversation client, bool isAnswer)
    {
        int[] cells = Cells;
        Array.Clear(cells, row, Fact.Count);
        int octets = OctetsOf(row);
        Array.Clear(Octets, octets, RecordOctets);
        cells[row + Fact.IsUsed] = 1;
        cells[row + Fact.Reason] = reason;
        cells[row + Fact.Version] = client.Version;
        cells[row + Fact.Client] = isAnswer ? client.Target : client.Source;
        cells[row + Fact.Server] = isAnswer ? client.Source : client.Target;
        cells[row + Fact.Port] = isAnswer ? client.SourcePort : client.TargetPort;
        cells[row + Fact.Sources] = 1;
        cells[row + Fact.First] = (int)(client.Stamp / 10000);
        cells[row + Fact.Last] = cells[row + Fact.First];
        Stamps[row / Fact.Count] = client.Stamp;
        int length = client.Version == 4 ? 4 : AddressRoom;
        Array.Copy(bytes, isAnswer ? client.TargetAt : client.SourceAt, Octets, octets, length);
        Array.Copy(bytes, isAnswer ? client.SourceAt : client.TargetAt, Octets, octets + AddressRoom, length);
    }

    /// <summary>A frame belongs to a story.</summary>
    /// <param name="row">Where its record begins.</param>
    /// <param name="conversation">The frame.</param>
    /// <param name="isAnswer">It is the server's, whose TTL says nothing of who asks.</param>
    public void Touch(int row, Conversation conversation, bool isAnswer)
    {
        int[] cells = Cells;
        cells[row + Fact.Last] = (int)(conversation.Stamp / 10000);
        Stamps[row / Fact.Count] = conversation.Stamp;
        if (isAnswer)
        {
            return;
        }

        int ttl = conversation.TimeToLive;
        cells[row + Fact.TtlLow] = cells[row + Fact.TtlLow] == 0 || ttl < cells[row + Fact.TtlLow] ? ttl : cells[row + Fact.TtlLow];
        cells[row + Fact.TtlHigh] = ttl > cells[row + Fact.TtlHigh] ? ttl : cells[row + Fact.TtlHigh];
    }

    /// <summary>Counts a rejected title.</summary>
    /// <param name="row">The story's record.</param>
    /// <param name="title">Its hash.</param>
    /// <param name="kind">What came of it: a constant of this class. Of two for one title the lower counts.</param>
    public void CountTitle(int row, int title, int kind)
    {
        int[] cells = Cells;
        int key = title & ~KindMask;
        key = key == 0 ? KindMask + 1 : key;
        int at = PlaceOf(row, key, Refused);
        if (at < 0)
        {
            cells[row + Fact.FirstTitle + (TriedOf(row) & (TitlesKept - 1))] = key | kind;
            cells[row + (kind == Refused ? Fact.Others : Fact.Titles)]++;
        }
        else if (kind < (cells[at] & KindMask))
        {
            cells[row + Fact.Others]--;
            cells[row + Fact.Titles]++;
            cells[at] = key | kind;
        }
    }

    /// <summary>Distinct titles that a server rejected, for whatever reason.</summary>
    /// <param name="row">The record of a source and the server.</param>
    public int TriedOf(int row)
    {
        return Cells[row + Fact.Titles] + Cells[row + Fact.Others];
    }

    /// <summary>Distinct titles of a source that were not recognized, at all servers of which there are records.</summary>
    /// <param name="row">A record of the source.</param>
    public int TitlesOf(int row)
    {
        int[] cells = Cells;
        int titles = cells[row + Fact.Titles];
        for (int other = 0; other < cells.Length; other += Fact.Count)
        {
            for (int i = 0; i < TitlesKept && other != row && IsSameSource(row, other); i++)
            {
                int title = cells[other + Fact.FirstTitle + i];
                bool isCounted = title == 0 || (title & KindMask) != NotRecognized || PlaceOf(row, title, NotRecognized) >= 0
                    || IsBefore(row, other, title);
                titles += isCounted ? 0 : 1;
            }
        }

        return titles;
    }

    private bool IsBefore(int row, int end, int title)
    {
        for (int other = 0; other < end; other += Fact.Count)
        {
            if (other != row && IsSameSource(row, other) && PlaceOf(other, title, NotRecognized) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    // Whether both records are of one source and of titles that were rejected.
    private bool IsSameSource(int row, int other)
    {
        int[] cells = Cells;
        return cells[other + Fact.IsUsed] != 0 && cells[other + Fact.Reason] <= Reason.Tool
            && cells[other + Fact.Client] == cells[row + Fact.Client] && cells[other + Fact.Version] == cells[row + Fact.Version];
    }

    // Where a record has a title, of a kind up to one; -1 for nowhere.
    private int PlaceOf(int row, int key, int mostKind)
    {
        int first = row + Fact.FirstTitle;
        for (int i = 0; i < TitlesKept; i++)
        {
            if ((Cells[first + i] & ~KindMask) == key && (Cells[first + i] & KindMask) <= mostKind)
            {
                return first + i;
            }
        }

        return -1;
    }

    /// <summary>Where a record's octets begin in <see cref="Octets"/>.</summary>
    /// <param name="row">Where it begins in <see cref="Cells"/>.</param>
    public int OctetsOf(int row)
    {
        return row / Fact.Count * RecordOctets;
    }
}
