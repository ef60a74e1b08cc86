using System;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>
/// An echo request to all hosts at once, by a broadcast or a group's address (RFC 1122 section 3.2.2.6, RFC 4443 section 4.2): a
/// sweep of one frame, of which nobody sees more than who answers.
/// </summary>
public sealed class CallsToAll
{
    private readonly IncidentTable _incidents;
    private readonly OutcomeCounts _counts;
    private readonly SiteView _site;
    private readonly Teller _teller;
    private readonly LoneFrames _frames;

    /// <summary>Makes it of what it works on.</summary>
    public CallsToAll(IncidentTable incidents, OutcomeCounts counts, SiteView site, Teller teller, LoneFrames frames)
    {
        _frames = frames;
        _incidents = incidents;
        _counts = counts;
        _site = site;
        _teller = teller;
    }

    /// <summary>Takes in a question to all.</summary>
    /// <param name="probe">The question.</param>
    public void Ask(Probe probe)
    {
        _teller.Consider(_frames.Take(probe, Kind.Sweep, IncidentForm.ToAll));
    }

    /// <summary>Takes in an answer to nobody's own question.</summary>
    /// <param name="probe">The answer; becomes the question that it answers.</param>
    public void Answer(Probe probe)
    {
        int record = _incidents.Find(Column.Form, IncidentForm.ToAll, probe.Target, probe.Version);
        int[] cells = _incidents.Cells;
        int row = record * Column.Count;
        if (record < 0 || probe.Now - cells[row + Column.Last] > Limits.AnswerWait)
        {
            return;
        }

        probe.Target = probe.Actor;
        probe.DestinationAt = probe.SourceAt;
        probe.Outcome = Outcome.Answered;
        if (cells[row + Column.Size] == 0)
        {
            // Those who answer say better than the address of all whom it reached.
            cells[row + Column.Destination] = probe.Target;
            if (probe.Version == 6)
            {
                Array.Copy(probe.Addresses, probe.SourceAt, _incidents.Addresses,
                    ((record * 2) + 1) * Ipv6.AddressLength, Ipv6.AddressLength);
            }
        }

        probe.Number = _site.NumberOf(probe, probe.Target, probe.DestinationAt);
        _counts.CountNew(record, probe);
        _teller.Consider(record);
    }
}
