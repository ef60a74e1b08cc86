namespace Appliance.Playback.Alerts;

/// <summary>Why a line tells nothing of a box.</summary>
public enum Unread
{
    /// <summary>It was read.</summary>
    None,

    /// <summary>There is nothing in it.</summary>
    Empty,

    /// <summary>It is of another program: no box wrote it.</summary>
    Foreign,

    /// <summary>A box wrote it, and the collector kept the words without the structured data.</summary>
    WithoutData,

    /// <summary>A box wrote it, and it ends in the middle.</summary>
    Cut,
}
