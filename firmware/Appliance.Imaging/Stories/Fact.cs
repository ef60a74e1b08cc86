namespace Appliance.Imaging.Stories;

/// <summary>The columns of a story's record in <see cref="StoryTable.Cells"/>.</summary>
public static class Fact
{
    /// <summary>A record that is in use: 1.</summary>
    public const int IsUsed = 0;

    /// <summary>The incident's number, 0 before its first line.</summary>
    public const int Id = 1;

    /// <summary>A constant of <see cref="Stories.Reason"/>.</summary>
    public const int Reason = 2;

    /// <summary>Who asks: an IPv4 address or a fold.</summary>
    public const int Client = 3;

    /// <summary>Whom.</summary>
    public const int Server = 4;

    /// <summary>At which port.</summary>
    public const int Port = 5;

    /// <summary>4 or 6.</summary>
    public const int Version = 6;

    /// <summary>Associations asked for, or messages.</summary>
    public const int Frames = 7;

    /// <summary>How many of them were rejected or aborted.</summary>
    public const int Rejected = 8;

    /// <summary>How many were accepted.</summary>
    public const int Accepted = 9;

    /// <summary>Distinct called titles that this server did not recognize.</summary>
    public const int Titles = 10;

    /// <summary>The newest of all that it rejected, <see cref="StoryTable.TitlesKept"/> hashes.</summary>
    public const int FirstTitle = 11;

    /// <summary>First frame, centiseconds.</summary>
    public const int First = 19;

    /// <summary>Newest frame, centiseconds.</summary>
    public const int Last = 20;

    /// <summary>Lowest TTL.</summary>
    public const int TtlLow = 21;

    /// <summary>Highest TTL.</summary>
    public const int TtlHigh = 22;

    /// <summary>nmap's scripts gave themselves away: 1.</summary>
    public const int IsNmap = 23;

    /// <summary>Sources, where more than one are told in this story.</summary>
    public const int Sources = 24;

    /// <summary>Where the name called from before; 0 when that is not known.</summary>
    public const int Before = 25;

    /// <summary>Frames in the last line.</summary>
    public const int ToldFrames = 26;

    /// <summary>When the last line was written, centiseconds.</summary>
    public const int ToldAt = 27;

    /// <summary>Severity in the last line.</summary>
    public const int ToldSeverity = 28;

    /// <summary>The site's explanation, -1 for none.</summary>
    public const int Expected = 29;

    /// <summary>The group of the server, or of the old system; -1 for none.</summary>
    public const int Group = 30;

    /// <summary>Of a weak service: whoever uses it is not at home, or it is not: 1.</summary>
    public const int IsOutside = 31;

    /// <summary>Most distinct titles of the source that were not recognized, at this server and others.</summary>
    public const int AllTitles = 32;

    /// <summary>Distinct called titles that this server rejected for another reason.</summary>
    public const int Others = 33;

    /// <summary>Columns of a record.</summary>
    public const int Count = 34;
}
