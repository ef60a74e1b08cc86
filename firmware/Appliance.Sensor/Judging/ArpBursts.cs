using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// The ARP questions that go with a sweep: a scanner asks for its targets before it probes those that live, and a router asks for
/// whom it shall forward to. Both are one story with the sweep, which so learns of the hosts that are not there.
/// </summary>
public sealed class ArpBursts
{
    // A router asks within seconds of the frame that it holds, nmap probes a group of hosts right after it looked for them.
    private const int Together = Limits.Minute;

    // A /24, host by host; of larger networks the sweep is told without those that are not there.
    private const int MostHosts = 256;

    /// <summary>The incidents.</summary>
    public readonly IncidentTable Incidents;

    /// <summary>Who tells them.</summary>
    public readonly Teller Teller;

    private readonly Suspicions _suspicions;
    private readonly SiteView _site;

    /// <summary>Makes it of what it works on.</summary>
    public ArpBursts(Suspicions suspicions, IncidentTable incidents, SiteView site, Teller teller)
    {
        _suspicions = suspicions;
        Incidents = incidents;
        _site = site;
        Teller = teller;
    }

    /// <summary>Folds a burst of ARP questions and the sweep that goes with it into one, whichever came first.</summary>
    /// <param name="record">A sweep that was just told.</param>
    /// <param name="probe">Its newest attempt.</param>
    public void Fold(int record, Probe probe)
    {
        int[] cells = Incidents.Cells;
        int row = record * Column.Count;
        bool isArp = cells[row + Column.Protocol] == Probe.Arp;
        for (int other = 0; other < Limits.Incidents; other++)
        {
            int at = other * Column.Count;
            int sweep = isArp ? at : row;
            int actor = cells[sweep + Column.Actor];
            bool isCause = cells[at + Column.Actor] == cells[row + Column.Actor]
                || (_site.LivingBitOf(actor) < 0 && !Stations.IsStation(actor));
            if (isCause && cells[at + Column.Id] != 0 && cells[at + Column.Kind] == Kind.Sweep
                && cells[at + Column.Version] == cells[row + Column.Version]
                // Questions that nobody expects are not hidden in a sweep that somebody does.
                && (cells[sweep + Column.Expected] < 0 || cells[at + row - sweep + Column.Expected] >= 0)
                && (cells[at + Column.Protocol] == Probe.Arp) != isArp && cells[at + Column.Form] == cells[row + Column.Form]
                && probe.Now - cells[at + Column.Last] < Together)
            {
                Move(isArp ? record : other, isArp ? other : record, probe);
                return;
            }
        }
    }

    /// <summary>Adds an ARP question to the sweep that it goes with.</summary>
    /// <param name="at">Where the suspicion of its sender begins.</param>
    /// <param name="record">The sweep's record.</param>
    /// <param name="probe">The question.</param>
    public void Join(int at, int record, Probe probe)
    {
        int row = record * Column.Count;
        if (probe.Now - Incidents.Cells[row + Column.Last] >= Together)
        {
            // The sweep is over, and so is what its ARP questions said of their sender.
            _suspicions.Remove(at);
        }
        else if (probe.Outcome == Outcome.Dark && Add(row, record, probe.Number))
        {
            Incidents.CoverDestination(record, probe);
            Teller.Consider(record);
        }
    }

    private void Move(int arp, int record, Probe probe)
    {
        int[] cells = Incidents.Cells;
        int from = arp * Column.Count;
        int row = record * Column.Count;
        int span = cells[from + Column.TargetSpan];
        for (int i = 0; i <= span && span < MostHosts && probe.Version == 4; i++)
        {
            int number = (ushort)(cells[from + Column.TargetLow] + i);
            int address = probe.AddressOf(number, cells[from + Column.Destination]);
            int bit = _site.LivingBitOf(address);
            if (bit >= 0 && !_site.Lives(bit) && Incidents.Holds(arp, number) && Add(row, record, number))
            {
                Incidents.CoverIpv4(row, address);
            }
        }

        int[] suspicions = _suspicions.Cells;
        for (int at = 0; at < suspicions.Length; at += Suspicions.Width)
        {
            if (suspicions[at + Suspicions.Incident] == arp + 1)
            {
                suspicions[at + Suspicions.Incident] = record + 1;
                suspicions[at + Suspicions.Facts] &= ~Suspicions.IsOwner;
            }
        }

        Teller.Fold(arp, record);
        Teller.Consider(record);
    }

    // A host that is not there: no probe ever reached it.
    private bool Add(int row, int record, int number)
    {
        int[] cells = Incidents.Cells;
        cells[row + Column.Frames]++;
        if (Incidents.AddNew(record, number) == 0)
        {
            cells[row + Column.Frames]--;
            return false;
        }

        Incidents.MissOrder(record);
        cells[row + (_site.CanTellDark(cells[row + Column.Last]) ? Column.Dark : Column.Silent)]++;
        return true;
    }
}
