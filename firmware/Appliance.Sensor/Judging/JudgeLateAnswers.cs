using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>An answer that comes after its try was judged: what was counted as silence is corrected.</summary>
public sealed partial class Judge
{
    /// <summary>A try that was judged as unanswered is answered or refused after all.</summary>
    /// <param name="probe">The answer.</param>
    /// <param name="outcome">What it came to: <see cref="Outcome.Answered"/> or <see cref="Outcome.Refused"/>.</param>
    /// <param name="entry">Its connection.</param>
    /// <param name="state">The connection's state before the answer.</param>
    public void AnswerLate(Probe probe, int outcome, int entry, int state)
    {
        bool wasDark = (state & Connections.WasDark) != 0;
        Probe late = _earlier;
        late.Now = probe.Now;
        late.Version = probe.Version;
        late.Protocol = probe.Protocol;
        late.Actor = probe.Target;
        late.Target = probe.Actor;
        late.Port = probe.SourcePort;
        late.Number = NumberOf(probe, probe.Actor, probe.SourceAt);
        probe = late;
        int record = 0;
        int at = _suspicions.Find(SweepKey(probe));
        if (at >= 0)
        {
            Correct(at, probe.Number, outcome, wasDark);
            record = _suspicions.Cells[at + Suspicions.Incident];
        }

        at = _suspicions.Find(PortScanKey(probe));
        if (at >= 0 && (record == 0 || _suspicions.Cells[at + Suspicions.Incident] != record))
        {
            Correct(at, probe.Port, outcome, wasDark);
        }

        // A datagram's answer is a conversation already; on a connection that may still come.
        bool isTcp = probe.Protocol == IpProtocol.Tcp;
        if (_incidents.Opened[Kind.RestrictedService] != 0
            && AnswerRestricted(probe.Version, probe.Actor, probe.Port, probe.Number, outcome == Outcome.Answered && !isTcp ? Outcome.Open : outcome)
            && isTcp && outcome == Outcome.Answered)
        {
            _connections.Mark(entry, Connections.Watched);
        }

        if (probe.Version == 4)
        {
            _newcomers.AnswerLate(probe, outcome == Outcome.Refused);
        }
    }

    private void Correct(int at, int number, int outcome, bool wasDark)
    {
        int[] cells = _suspicions.Cells;
        int record = cells[at + Suspicions.Incident] - 1;
        if (record < 0)
        {
            if (outcome == Outcome.Answered && PlaceOf(at, number) >= 0 && (cells[at + Suspicions.Counts] & 255) > 0)
            {
                // One failure less, one answer more.
                cells[at + Suspicions.Counts] += 255;
            }

            return;
        }

        int[] incidents = _incidents.Cells;
        int row = record * Column.Count;
        int column = row + (wasDark ? Column.Dark : Column.Silent);
        if (incidents[column] == 0)
        {
            // Counted before its incident opened, as its suspicion then knew.
            column = row + (wasDark ? Column.Silent : Column.Dark);
        }

        if (incidents[row + Column.Kind] <= Kind.PortScan && incidents[column] > 0)
        {
            incidents[column]--;
            incidents[row + (outcome == Outcome.Answered ? Column.Answered : Column.Refused)]++;
            incidents[row + Column.MayBeWorse] = 1;
            _teller.Consider(record);
        }
    }
}
