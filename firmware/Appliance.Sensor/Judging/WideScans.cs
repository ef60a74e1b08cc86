using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// Scans that neither walk over the hosts of one port nor over the ports of one host: along a diagonal, or in blocks smaller than
/// either test needs. All first contacts of an actor are weighed together; where they are no client's, and lie at several hosts
/// and ports, they are one scan.
/// </summary>
public sealed class WideScans
{
    // Of fewer hosts or ports the walk over these is told by its own.
    private const int LeastHosts = 4;
    private const int LeastPorts = 4;

    private readonly Suspicions _suspicions;
    private readonly IncidentTable _incidents;
    private readonly FirstContacts _contacts;
    private readonly OutcomeCounts _counts;
    private readonly Teller _teller;

    /// <summary>Makes it of what it works on.</summary>
    public WideScans(Suspicions suspicions, IncidentTable incidents, FirstContacts contacts, OutcomeCounts counts, Teller teller)
    {
        _suspicions = suspicions;
        _incidents = incidents;
        _contacts = contacts;
        _counts = counts;
        _teller = teller;
    }

    /// <summary>Adds an attempt to the wide scan that its actor has open.</summary>
    /// <param name="probe">The attempt.</param>
    /// <returns>False when there is none.</returns>
    public bool Join(Probe probe)
    {
        int[] cells = _incidents.Cells;
        int record = _incidents.Find(Column.IsWide, 1, probe.Actor, probe.Version);
        int row = record * Column.Count;
        if (record < 0 || probe.LivingBit < 0 || probe.Now - cells[row + Column.Last] > Limits.StoryGap)
        {
            return false;
        }

        _incidents.Absorb(record, probe);
        cells[row + Column.Signature] = -1;
        _incidents.ListPort(record, probe.Port);
        if (_counts.CountNew(record, probe) == 0 && probe.Outcome >= Outcome.Answered && probe.Outcome != Outcome.Unknown)
        {
            _counts.AnswerElsewhere(record, probe);
        }

        _teller.Consider(record);
        return true;
    }

    /// <summary>Makes an incident of what its actor did in all, if that is enough.</summary>
    /// <param name="probe">The newest attempt, which failed; it is written into its suspicions.</param>
    /// <returns>Whether it was enough.</returns>
    public bool Conclude(Probe probe)
    {
        if (probe.Version != 4 || probe.LivingBit < 0 || !_contacts.IsScanner(probe.Actor))
        {
            return false;
        }

        int[] cells = _suspicions.Cells;
        int hosts = 0;
        int ports = 0;
        for (int at = 0; at < cells.Length; at += Suspicions.Width)
        {
            if (IsOf(at, probe))
            {
                int isHost = (cells[at + Suspicions.Facts] & Suspicions.IsOfHost) != 0 ? 1 : 0;
                hosts += isHost;
                ports += 1 - isHost;
            }
        }

        if (hosts < LeastHosts || ports < LeastPorts)
        {
            return false;
        }

        Open(probe);
        return true;
    }

    private bool IsOf(int at, Probe probe)
    {
        int[] cells = _suspicions.Cells;
        return cells[at + Suspicions.Attempts] != 0 && cells[at + Suspicions.Actor] == probe.Actor
            && cells[at + Suspicions.Incident] == 0
            && probe.Now - cells[at + Suspicions.Last] <= Limits.StoryGap;
    }

    // A sweep of the same actor that still goes on: the discovery before the ports.
    private int Running(Probe probe)
    {
        int[] incidents = _incidents.Cells;
        for (int record = 0; record < Limits.Incidents; record++)
        {
            int row = record * Column.Count;
            if (incidents[row + Column.Kind] == Kind.Sweep && _incidents.IsOf(row, probe.Actor, probe.Version)
                && incidents[row + Column.Protocol] == probe.Protocol
                && incidents[row + Column.Port] != 0 && incidents[row + Column.ByNumber] == 0
                && probe.Now - incidents[row + Column.Last] < Limits.Minute)
            {
                return record;
            }
        }

        return -1;
    }

    private void Open(Probe probe)
    {
        int[] cells = _suspicions.Cells;
        int[] incidents = _incidents.Cells;
        int record = Running(probe);
        if (record < 0)
        {
            record = _teller.Open(Kind.Sweep, probe);
        }
        else
        {
            _incidents.ListPort(record, incidents[(record * Column.Count) + Column.Port]);
            _incidents.Advance(record, probe);
        }

        int row = record * Column.Count;
        incidents[row + Column.IsWide] = 1;
        incidents[row + Column.Port] = 0;
        incidents[row + Column.Signature] = -1;
        incidents[row + Column.SourcePort] = -1;
        incidents[row + Column.Destinations] = 1;
        for (int at = 0; at < cells.Length; at += Suspicions.Width)
        {
            if (!IsOf(at, probe))
            {
                continue;
            }

            cells[at + Suspicions.Incident] = record + 1;
            if ((cells[at + Suspicions.Facts] & Suspicions.IsOfHost) == 0)
            {
                // A port's suspicion is told by its hosts'.
                continue;
            }

            _incidents.AbsorbTtls(row, cells[at + Suspicions.Cover]);
            incidents[row + Column.Frames] += cells[at + Suspicions.Attempts];
            if (cells[at + Suspicions.First] - incidents[row + Column.First] < 0)
            {
                incidents[row + Column.First] = cells[at + Suspicions.First];
            }

            for (int i = 0; i < _suspicions.Notes.ListedOf(at); i++)
            {
                _incidents.ListPort(record, (int)((uint)cells[at + Suspicions.Target + i] >> 16));
            }

            int target = cells[at + Suspicions.FirstTarget];
            if (_incidents.AddNew(record, probe.NumberOf(target)) > 0)
            {
                _incidents.CoverIpv4(row, target);
                int counts = cells[at + Suspicions.Counts];
                int outcome = (int)((uint)counts >> 24) != 0 ? Column.Refused : Column.Silent;
                if ((byte)(counts >> 8) != 0)
                {
                    // Named and marked, so that it is no second one when it answers again.
                    outcome = Column.Answered;
                    cells[at + Suspicions.Facts] |= Suspicions.HasAnswered;
                    _incidents.Answerers.NameNumber(record, target);
                }

                incidents[row + outcome]++;
            }
        }

        incidents[row + Column.MayBeWorse] = 1;
        _incidents.BreakOrder(record);
        _teller.Relate(record);
        _teller.Consider(record);
    }
}
