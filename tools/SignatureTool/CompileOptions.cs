using System;
using System.Collections.Generic;
using Appliance.Sensor.Signatures;
using Appliance.SignatureTool.Keys;
using Appliance.SignatureTool.Sites;

namespace Appliance.SignatureTool;

/// <summary>What a table says besides rules and site.</summary>
public sealed record CompileOptions
{
    /// <summary>The sequence number: a device refuses a table whose number is not higher than the newest that it saw of the same
    /// key.</summary>
    public uint Sequence { get; init; }

    /// <summary>When the table is built; null for now.</summary>
    public DateTimeOffset? Built { get; init; }

    /// <summary>
    /// The table stands in a program or image and says no time of its making, so that the same rules and profile are the same
    /// octets; what has a last day is judged by <see cref="Built"/> all the same.
    /// </summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>A device of another site may take the table.</summary>
    public bool Rehome { get; init; }

    /// <summary>That the table matches more than a quarter of the traffic is meant.</summary>
    public bool ForceDryRun { get; init; }

    /// <summary>A device that starts to use the table tells one test incident.</summary>
    public bool TestAlert { get; init; }

    /// <summary>Keys that devices shall trust no longer.</summary>
    public IReadOnlyList<KeyId> Retired { get; init; } = [];

    /// <summary>Keys that devices shall trust from this table on.</summary>
    public IReadOnlyList<PublicKey> Trusted { get; init; } = [];

    /// <summary>The last day on which the table is not old; null for what the profile says, which may be nothing.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>
    /// Rules outside the subset are left out and listed, not errors; modifiers of a content may stand behind it, as in Snort 2
    /// and Suricata.
    /// </summary>
    public bool Lenient { get; init; }

    /// <summary>Which signatures count as suspect besides those that say so themselves.</summary>
    public IReadOnlyList<SuspectChoice> Suspects { get; init; } = [];

    /// <summary>A table without signatures is meant.</summary>
    public bool AllowEmpty { get; init; }

    /// <summary>
    /// How bad it is that no key may sign a table of a profile without a site's name; null when that doesn't matter, because no
    /// device gets the table.
    /// </summary>
    public Severity? Unsignable { get; init; }

    /// <summary>The last day on which a table is not old: as asked for, else as many days after its making as the profile
    /// says.</summary>
    /// <returns>null: it is never old.</returns>
    internal DateOnly? LastDayOf(SiteProfile site, DateTimeOffset built)
    {
        return LastDay ?? (site.FreshDays is { } days ? DateOnly.FromDateTime(built.UtcDateTime).AddDays(days) : null);
    }

    /// <summary>Which boxes a table is for: those of the class of the profile's board, where it names one.</summary>
    internal static int BoardOf(SiteProfile site)
    {
        return site.Board.Length == 0 ? BoardClass.Any : SiteBoard.ClassOf(site.Board);
    }

    /// <summary>Bits of <see cref="TableFlags"/>; <see cref="TableFlags.Signed"/> comes with the signature.</summary>
    internal int Flags => (Rehome ? TableFlags.Rehome : 0) | (ForceDryRun ? TableFlags.ForceDryRun : 0)
        | (TestAlert ? TableFlags.TestAlert : 0);
}
