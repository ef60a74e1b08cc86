namespace Appliance.Sensor.Incidents;

/// <summary>What an incident is. The word of each is the MSGID of its lines.</summary>
public static class Kind
{
    /// <summary>One actor, one port (or ARP, or ICMP echo), many hosts.</summary>
    public const int Sweep = 0;

    /// <summary>One actor, one host, many ports.</summary>
    public const int PortScan = 1;

    /// <summary>Many actors, one host, ports that it does not serve.</summary>
    public const int DistributedProbe = 2;

    /// <summary>A service of a group that nobody from there should ask for.</summary>
    public const int RestrictedService = 3;

    /// <summary>Answers to nothing, to many hosts.</summary>
    public const int InverseMap = 4;

    /// <summary>One actor that keeps asking hosts which do not exist.</summary>
    public const int DarkHost = 5;

    /// <summary>An unexplained broadcast at a fixed period.</summary>
    public const int Broadcast = 6;

    /// <summary>A port that nobody serves in good faith is in use: somebody talks with it.</summary>
    public const int SuspectService = 7;

    /// <summary>
    /// One actor, many hosts, many ports. Kept as a sweep that lists ports; see <see cref="IncidentTable.KindOf"/>.
    /// </summary>
    public const int Scan = 8;

    /// <summary>How many kinds there are.</summary>
    public const int Count = 9;

    /// <summary>Lethality of each kind whose signature gives none, by the analyst's words in the ten detects.</summary>
    private static readonly byte[] Lethalities = { 3, 3, 2, 2, 3, 2, 3, 4, 3 };

    /// <summary>Lethality of a kind when no signature says better, 1-5.</summary>
    /// <param name="kind">A constant of this class.</param>
    /// <param name="suspect">Its probes are suspect: a trojan that is searched for is not yet there, a service may be.</param>
    public static int LethalityOf(int kind, bool suspect)
    {
        return suspect && kind != SuspectService ? 2 : Lethalities[kind];
    }
}
