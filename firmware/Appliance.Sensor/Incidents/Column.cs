using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Incidents;

/// <summary>The columns of an incident's record in <see cref="IncidentTable.Cells"/>.</summary>
public static class Column
{
    /// <summary>Its number, from 1; 0 marks a free record.</summary>
    public const int Id = 0;

    /// <summary>A constant of <see cref="Kind"/>.</summary>
    public const int Kind = 1;

    /// <summary>The kind in its last line, -1 before the first.</summary>
    public const int ToldKind = 2;

    /// <summary>Severity in its last line, 1-5.</summary>
    public const int ToldSeverity = 3;

    /// <summary>Frames in its last line.</summary>
    public const int ToldFrames = 4;

    /// <summary>Its size (hosts, ports or sources, as its kind counts) in its last line.</summary>
    public const int ToldSize = 5;

    /// <summary>When its last line was written, centiseconds.</summary>
    public const int ToldAt = 6;

    /// <summary>Something is to be told when the time comes: 0 or 1.</summary>
    public const int IsDue = 7;

    /// <summary>The signature that names it, -1 for none.</summary>
    public const int Signature = 8;

    /// <summary>IP protocol number, 256 for ARP, 0 for many, -1 for none.</summary>
    public const int Protocol = 9;

    /// <summary>4, 6, or 0 for a frame without addresses.</summary>
    public const int Version = 10;

    /// <summary>The actor: address, address hash, or for an inverse map the network.</summary>
    public const int Actor = 11;

    /// <summary>Source address: IPv4 bits.</summary>
    public const int Source = 12;

    /// <summary>Bits of the source prefix; 32 or 128 for an address.</summary>
    public const int SourceLength = 13;

    /// <summary>Distinct sources.</summary>
    public const int Sources = 14;

    /// <summary>Destination address: IPv4 bits.</summary>
    public const int Destination = 15;

    /// <summary>Bits of the destination prefix.</summary>
    public const int DestinationLength = 16;

    /// <summary>Distinct destinations.</summary>
    public const int Destinations = 17;

    /// <summary>Destination port; 0 for many or none.</summary>
    public const int Port = 18;

    /// <summary>Attempts, or datagrams where nothing is attempted.</summary>
    public const int Frames = 19;

    /// <summary>First frame, centiseconds.</summary>
    public const int First = 20;

    /// <summary>Newest frame, centiseconds.</summary>
    public const int Last = 21;

    /// <summary>Lowest TTL; 0 before the first.</summary>
    public const int TtlLow = 22;

    /// <summary>Highest TTL.</summary>
    public const int TtlHigh = 23;

    /// <summary>Fewest hops that a sender's usual initial TTL (64, 128, 255) implies.</summary>
    public const int HopsLow = 24;

    /// <summary>Most hops.</summary>
    public const int HopsHigh = 25;

    /// <summary>TCP flags; -1 when they differ, 0 when there are none.</summary>
    public const int Flags = 26;

    /// <summary>Source port; -1 when it differs, 0 when there is none.</summary>
    public const int SourcePort = 27;

    /// <summary>Source port less target number, of the first target.</summary>
    public const int Stride = 28;

    /// <summary>How far the difference slipped down and up: low and high 16 bits.</summary>
    public const int StrideSlip = 29;

    /// <summary>IP id less target number of the first target, low 16 bits; of the byte-swapped id, high 16 bits.</summary>
    public const int IdStride = 30;

    /// <summary>Which IP id orders still hold, and how far each slipped: bits of <see cref="IncidentTable"/>.</summary>
    public const int IdOrders = 31;

    /// <summary>
    /// Lowest target number: the lower end of the shortest walk over all of them, as numbers count on from 65,535 to 0.
    /// </summary>
    public const int TargetLow = 32;

    /// <summary>How many numbers the highest target lies beyond the lowest, 0-65,535.</summary>
    public const int TargetSpan = 33;

    /// <summary>The newest target number.</summary>
    public const int TargetLast = 34;

    /// <summary>Targets that came in ascending (high 16 bits) and descending (low 16 bits) order.</summary>
    public const int Ascents = 35;

    /// <summary>
    /// Living targets that said nothing. The first of four columns in the order of <see cref="Memories.Outcome"/>; see
    /// <see cref="IncidentTable.OutcomeAt"/>.
    /// </summary>
    public const int Silent = 36;

    /// <summary>Targets that never spoke at all.</summary>
    public const int Dark = 37;

    /// <summary>Targets that refused.</summary>
    public const int Refused = 38;

    /// <summary>Targets that answered.</summary>
    public const int Answered = 39;

    /// <summary>An incident of the same actor, 0 for none.</summary>
    public const int Related = 40;

    /// <summary>An incident that walked the same list, 0 for none.</summary>
    public const int List = 41;

    /// <summary>Period or retry gap, centiseconds, 0 for none.</summary>
    public const int Period = 42;

    /// <summary>Attempts that came at <see cref="Period"/> in one run (a resolver's retries), 0 for none.</summary>
    public const int Run = 43;

    /// <summary>The group of its target, -1 for none.</summary>
    public const int Group = 44;

    /// <summary>The benign explanation, -1 for none.</summary>
    public const int Expected = 45;

    /// <summary>The sensor's count of lost frames when it opened.</summary>
    public const int LostBefore = 46;

    /// <summary>How many ports are listed.</summary>
    public const int Ports = 47;

    /// <summary>Where its suspicion, shared target or broadcast stands, so that closing frees it; -1 for nowhere.</summary>
    public const int Owner = 48;

    /// <summary>An actor counts as suspect here: signature, impossible flags or a split header.</summary>
    public const int IsSuspect = 49;

    /// <summary>A broadcast's form, a constant of <see cref="Memories.Broadcasts"/>, else of <see
    /// cref="IncidentForm"/>.</summary>
    public const int Form = 50;

    /// <summary>
    /// Distinct targets, ports or sources, as the kind counts: what <see cref="IncidentTable.AddNew"/> tells apart.
    /// </summary>
    public const int Size = 51;

    /// <summary>Targets whose order is remembered, at most <see cref="Memories.Limits.ListedTargets"/>.</summary>
    public const int Listed = 52;

    /// <summary>
    /// What the first and the newest frame's times have below a centisecond, in units of 10 µs: high and low 16 bits.
    /// </summary>
    public const int Fine = 53;

    /// <summary>Bits set in the incident's set of targets.</summary>
    public const int Bits = 54;

    /// <summary>The part of <see cref="Size"/> below one, in units of 1/1024.</summary>
    public const int SizeFraction = 55;

    /// <summary>Something changed that severity depends on: 0 or 1.</summary>
    public const int MayBeWorse = 56;

    /// <summary>
    /// Attempts in the run that goes on, while dark hosts are polled; the longest such run is <see cref="Run"/>.
    /// </summary>
    public const int RunNow = 57;

    /// <summary>Of a restricted service: a conversation followed, 0 or 1.</summary>
    public const int Conversed = 58;

    /// <summary>Of a restricted service: its actor attempted other hosts too, 0 or 1.</summary>
    public const int AttemptedOthers = 59;

    /// <summary>The number of its first contacts made it an incident, not their outcomes: 0 or 1.</summary>
    public const int ByNumber = 60;

    /// <summary>A scan of several hosts and ports that no walk over either began: 0 or 1.</summary>
    public const int IsWide = 61;

    /// <summary>The tool that gave itself away, a constant of <c>Judging.ToolMarks</c>; 0 for none.</summary>
    public const int Tool = 62;

    /// <summary>Of a sweep over several ports: how many, those that found no room in the list among them.</summary>
    public const int DistinctPorts = 63;

    /// <summary>Targets in <see cref="Size"/> whose numbers nobody remembered.</summary>
    public const int Unnumbered = 64;

    /// <summary>How many columns there are.</summary>
    public const int Count = 65;
}
