namespace Appliance.Sensor.Tracking;

/// <summary>
/// The last tries that were answered and raised no suspicion. An ordinary client's tries all end here and cost a few writes; when a try
/// of the same actor fails and a suspicion begins, the answered ones before it are counted in after all.
/// </summary>
public sealed class AnsweredTries
{
    /// <summary>A sweep through a server room finds at most some dozen open ports in the seconds before its first failure.</summary>
    private const int Places = 24;
    private const int Width = 6;

    private readonly int[] _cells = new int[Places * Width];
    private int _next;

    /// <summary>Remembers a try.</summary>
    /// <param name="probe">The try.</param>
    public void Add(Probe probe)
    {
        int[] cells = _cells;
        int at = _next;
        cells[at] = probe.Actor;
        cells[at + 1] = probe.Target;
        cells[at + 2] = (probe.Port << 9) | probe.Protocol;
        cells[at + 3] = probe.SourcePort;
        cells[at + 4] = probe.Now;
        cells[at + 5] = probe.Number;
        at += Width;
        _next = at == Places * Width ? 0 : at;
    }

    /// <summary>Takes out, oldest first, the next try of a probe's actor at its port (or host), and puts it in the probe's place.</summary>
    /// <param name="from">0 at first; the value returned before to go on.</param>
    /// <param name="probe">The probe; its target, port, source port and time are replaced.</param>
    /// <param name="now">Centiseconds; tries older than <see cref="Limits.ConnectTimeout"/> do not count.</param>
    /// <param name="byPort">Tries at the same port; else at the same host.</param>
    /// <returns>Where to go on, or -1 when there is none left.</returns>
    public int Next(int from, Probe probe, int now, bool byPort)
    {
        int[] cells = _cells;
        int actor = probe.Actor;
        int port = (probe.Port << 9) | probe.Protocol;
        for (int i = from; i < Places; i++)
        {
            int at = _next + (i * Width);
            at = at >= Places * Width ? at - (Places * Width) : at;
            if (cells[at] == actor && (byPort ? cells[at + 2] == port : cells[at + 1] == probe.Target)
                && (cells[at + 2] & 511) == probe.Protocol && now - cells[at + 4] < Limits.ConnectTimeout)
            {
                probe.Target = cells[at + 1];
                probe.Port = (cells[at + 2] >> 9) & 0xffff;
                probe.SourcePort = cells[at + 3];
                probe.Now = cells[at + 4];
                probe.Number = cells[at + 5];
                probe.Outcome = Outcome.Answered;
                return i + 1;
            }
        }

        return -1;
    }
}
