using Appliance.Sensor.Frames;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Incidents;

/// <summary>What follows from a record's columns.</summary>
public sealed partial class IncidentTable
{
    /// <summary>Hop counts that differ by no more come from one place; a route that flaps changes them by one.</summary>
    private const int AlikeHops = 1;

    /// <summary>Whether an incident's frames have ports: an echo's identifier is none.</summary>
    /// <param name="row">Where the record begins.</param>
    public bool HasPorts(int row)
    {
        int protocol = Cells[row + Column.Protocol];
        return protocol != IpProtocol.Icmp && protocol != IpProtocol.Icmpv6;
    }

    /// <summary>The port that an incident's line names, 0 where its protocol has none.</summary>
    /// <param name="row">Where the record begins.</param>
    public int PortOf(int row)
    {
        int[] cells = Cells;
        return cells[row + Column.Version] == 0 || cells[row + Column.Protocol] == Probe.Arp ? 0 : cells[row + Column.Port];
    }

    /// <summary>Whether an incident is of one host and many ports, so that what answered is a port.</summary>
    /// <param name="row">Where the record begins.</param>
    public bool IsOfPorts(int row)
    {
        int kind = Cells[row + Column.Kind];
        return kind == Kind.PortScan || kind == Kind.DistributedProbe;
    }

    /// <summary>Whether a record is open and of an actor.</summary>
    /// <param name="row">Where the record begins.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="version">4 or 6.</param>
    public bool IsOf(int row, int actor, int version)
    {
        return Cells[row + Column.Id] != 0 && Cells[row + Column.Actor] == actor && Cells[row + Column.Version] == version;
    }

    /// <summary>The cell that counts the targets of an outcome.</summary>
    /// <param name="row">Where the record begins.</param>
    /// <param name="outcome">A constant of <see cref="Outcome"/>; what is better than an answer counts as one.</param>
    public int OutcomeAt(int row, int outcome)
    {
        return row + Column.Silent + (outcome > Outcome.Answered ? Outcome.Answered : outcome);
    }

    /// <summary>Distinct destinations of an incident, as its kind counts them.</summary>
    /// <param name="row">Where the record begins.</param>
    public int HostsOf(int row)
    {
        return IsOfPorts(row) || Cells[row + Column.Kind] == Kind.Broadcast
            ? Cells[row + Column.Destinations] : Cells[row + Column.Size];
    }

    /// <summary>Whether hop counts of an incident's sources are alike.</summary>
    /// <param name="row">Where the record begins.</param>
    public bool AreHopsAlike(int row)
    {
        return Cells[row + Column.HopsHigh] - Cells[row + Column.HopsLow] <= AlikeHops;
    }
}
