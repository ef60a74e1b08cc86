namespace Appliance.Playback.Alerts;

/// <summary>The header of an RFC 5424 message, taken apart.</summary>
/// <param name="Priority">PRI: facility times eight plus syslog severity.</param>
/// <param name="Time">TIMESTAMP; <c>-</c> where the sender had no clock.</param>
/// <param name="HostName">HOSTNAME.</param>
/// <param name="Program">APP-NAME.</param>
/// <param name="Process">PROCID: the boot count, or <c>-</c>.</param>
/// <param name="Kind">MSGID.</param>
/// <param name="Sequence">sequenceId of the element <c>meta</c>; 0 when it is not there.</param>
public sealed record AlertHeader(
    int Priority, string Time, string HostName, string Program, string Process, string Kind, long Sequence)
{
    /// <summary>The sender had no clock (timeQuality), whatever time a relay has written.</summary>
    public bool IsUndated { get; init; }
}
