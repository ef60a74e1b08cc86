using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Incidents;

/// <summary>
/// How bad an incident is: clamp(criticality + lethality - countermeasures, 1, 5), one more when a suspect port or a swept
/// service answered. Hosts that merely live are what a sweep by ping or ARP asks for, and no service.
/// </summary>
public sealed class Severity
{
    /// <summary>
    /// Severity of a conversation with a trojan, whatever the host and the countermeasures: they talk, so nothing is between
    /// them.
    /// </summary>
    private const int LeastOfConversation = 4;

    /// <summary>One in so many first contacts fails in good faith; the model of the walk over outcomes.</summary>
    private const int FailuresOfClients = 5;

    private readonly IncidentTable _incidents;
    private SignatureTable _table;

    /// <summary>Makes a judge of severity.</summary>
    /// <param name="incidents">The incidents.</param>
    /// <param name="table">Knows lethality, criticality and countermeasures.</param>
    public Severity(IncidentTable incidents, SignatureTable table)
    {
        _incidents = incidents;
        _table = table;
    }

    /// <summary>Takes another table.</summary>
    /// <param name="table">The table.</param>
    public void UseTable(SignatureTable table)
    {
        _table = table;
    }

    /// <summary>The severity of an incident; 1 of one that the site profile explains.</summary>
    /// <param name="row">Where its record begins; so in all these methods.</param>
    /// <returns>1 (info), 2 (low), 3 (medium), 4 (high) or 5 (critical).</returns>
    public int Of(int row)
    {
        if (_incidents.Cells[row + Column.Expected] >= 0)
        {
            return 1;
        }

        int severity = SumOf(row) + RaiseOf(row);
        if (_incidents.Cells[row + Column.Kind] == Kind.SuspectService && severity < LeastOfConversation)
        {
            // No firewall and no patch is between them: they talk.
            severity = LeastOfConversation;
        }

        int most = MostOf(row);
        severity = severity < most ? severity : most;
        return severity < 1 ? 1 : severity > 5 ? 5 : severity;
    }

    private int SumOf(int row)
    {
        return CriticalityOf(row) + LethalityOf(row) - _table.Countermeasures;
    }

    /// <summary>How much its target matters to the site, 1 to 5.</summary>
    /// <param name="row">The record.</param>
    public int CriticalityOf(int row)
    {
        int[] cells = _incidents.Cells;
        int kind = cells[row + Column.Kind];
        int group = cells[row + Column.Group];
        // A sweep is aimed at the network; the others at the hosts that they name.
        bool isOfGroup = group >= 0 && kind != Kind.Sweep && kind != Kind.InverseMap && kind != Kind.Broadcast;
        return isOfGroup ? _table.GroupCriticality(group) : _table.HomeCriticality;
    }

    /// <summary>How much harm it does where it succeeds, 1 to 5.</summary>
    /// <param name="row">The record.</param>
    public int LethalityOf(int row)
    {
        int[] cells = _incidents.Cells;
        int kind = cells[row + Column.Kind];
        int signature = cells[row + Column.Signature];
        int lethality = 0;
        // The lethality of one port's trojan says nothing of a scan of them all.
        if (signature >= 0 && kind <= Kind.RestrictedService && kind != Kind.PortScan)
        {
            lethality = _table.Lethality(signature);
        }

        // One question may be harmless, the same to forty hosts is not: a name that is not suspect takes nothing off a sweep.
        bool isSuspect = cells[row + Column.IsSuspect] != 0 && kind != Kind.PortScan;
        int least = Kind.LethalityOf(kind, isSuspect);
        return lethality != 0 && (lethality > least || isSuspect || kind != Kind.Sweep) ? lethality : least;
    }

    /// <summary>
    /// By how much what its targets did raises it: 1 where they answered, up to a high severity where a trojan is in use, else 0.
    /// </summary>
    /// <param name="row">The record.</param>
    public int RaiseOf(int row)
    {
        int[] cells = _incidents.Cells;
        int kind = cells[row + Column.Kind];
        if (kind == Kind.SuspectService)
        {
            int raise = LeastOfConversation - SumOf(row);
            return raise > 0 ? raise : 0;
        }

        if (kind == Kind.RestrictedService)
        {
            // tcpwrappers accepts and then closes: only a conversation is worse than the attempt.
            return cells[row + Column.Conversed];
        }

        return cells[row + Column.Answered] > 0 && (cells[row + Column.IsSuspect] != 0 || kind == Kind.Sweep)
            && cells[row + Column.Protocol] != Probe.Arp && _incidents.HasPorts(row) ? 1 : 0;
    }

    /// <summary>
    /// A monitor's first day looks like a sweep of which nearly all answer: a scanner is known by what does not.
    /// </summary>
    private int MostOf(int row)
    {
        int[] cells = _incidents.Cells;
        if (cells[row + Column.Form] >= IncidentForm.Outward)
        {
            // A firewall that is closed, or peers that are gone.
            return 2;
        }

        // Who takes over others' addresses announces them, and nobody answers: low, since a scanner may ask in the same form.
        bool announces = cells[row + Column.Port] == Probe.Announcement && cells[row + Column.Protocol] == Probe.Arp;
        if (cells[row + Column.ByNumber] == 0 && !announces)
        {
            return 5;
        }

        int failed = announces ? cells[row + Column.Answered]
            : cells[row + Column.Refused] + cells[row + Column.Silent] + cells[row + Column.Dark];
        return failed == 0 && !announces ? 1 : failed * FailuresOfClients < cells[row + Column.Size] ? 2 : 5;
    }
}
