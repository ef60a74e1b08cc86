namespace Appliance.Sensor.Incidents;

/// <summary>
/// What is special about a sweep or port scan, in <see cref="Column.Form"/>; 0 for nothing. The numbers below are a broadcast's
/// (<see cref="Memories.Broadcasts"/>).
/// </summary>
public static class IncidentForm
{
    /// <summary>One question to all hosts at once.</summary>
    public const int ToAll = 4;

    /// <summary>It takes in whoever finds no room for an incident of his own.</summary>
    public const int Crowd = 5;

    /// <summary>Fragments that overlap a TCP header.</summary>
    public const int Overlap = 6;

    /// <summary>Attempts of inside hosts outwards that nobody answers; of those that are refused the next number, the
    /// last.</summary>
    public const int Outward = 8;
}
