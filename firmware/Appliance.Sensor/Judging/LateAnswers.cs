using Appliance.Sensor.Frames;
using Appliance.Sensor.Incidents;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Judging;

/// <summary>An answer that comes after its attempt was judged: what is taken back of what was counted as silence.</summary>
public sealed class LateAnswers
{
    private readonly Suspicions _suspicions;
    private readonly Newcomers _newcomers;
    private readonly OutcomeCounts _counts;
    private readonly RestrictedServices _restricted;
    private readonly SuspectServices _suspect;
    private readonly WalkThreshold _threshold;
    private readonly Teller _teller;
    private readonly Probe _attempt;

    /// <summary>Makes it of what it works on.</summary>
    public LateAnswers(Suspicions suspicions, Newcomers newcomers, OutcomeCounts counts, RestrictedServices restricted,
        SuspectServices suspect, WalkThreshold threshold, Teller teller)
    {
        _attempt = suspect.Judged;
        _suspicions = suspicions;
        _newcomers = newcomers;
        _counts = counts;
        _restricted = restricted;
        _suspect = suspect;
        _threshold = threshold;
        _teller = teller;
    }

    /// <summary>An attempt that was judged as unanswered is answered or refused after all.</summary>
    /// <param name="answer">The answer; its source's number is known.</param>
    /// <param name="number">The number of the host that answers.</param>
    /// <param name="outcome">What it came to: <see cref="Outcome.Answered"/> or <see cref="Outcome.Refused"/>.</param>
    /// <param name="wasDark">The attempt was counted as one at a dark host.</param>
    /// <returns>Whether a conversation on the connection that now stands is to be told.</returns>
    public bool Take(Probe answer, int number, int outcome, bool wasDark)
    {
        Probe attempt = _attempt;
        attempt.TakeEnds(answer, true);
        attempt.Number = number;
        int record = 0;
        int at = _suspicions.Find(_suspicions.Keys.OfSweep(attempt));
        bool isSuspect = outcome == Outcome.Answered && _suspect.AnswerLate(attempt, answer, at);
        if (at >= 0)
        {
            Correct(at, attempt, number, outcome, wasDark);
            record = _suspicions.Cells[at + Suspicions.Incident];
        }

        at = _suspicions.Find(_suspicions.Keys.OfPortScan(attempt));
        if (at >= 0 && (record == 0 || _suspicions.Cells[at + Suspicions.Incident] != record))
        {
            Correct(at, attempt, attempt.Port, outcome, wasDark);
        }
        else if (at < 0 && record == 0)
        {
            int wide = _counts.TakeBackWide(attempt, wasDark, outcome);
            if (wide >= 0)
            {
                _teller.Consider(wide);
            }
        }

        // A datagram's answer is a conversation already; on a connection that may still come.
        bool isTcp = attempt.Protocol == IpProtocol.Tcp;
        bool isOfService = _restricted.AnswerLate(attempt, outcome == Outcome.Answered && !isTcp ? Outcome.Open : outcome);
        _newcomers.AnswerLate(attempt, outcome == Outcome.Refused);
        return isSuspect || (isOfService && isTcp && outcome == Outcome.Answered);
    }

    private void Correct(int at, Probe attempt, int number, int outcome, bool wasDark)
    {
        int[] cells = _suspicions.Cells;
        int record = cells[at + Suspicions.Incident] - 1;
        if (record >= 0)
        {
            if (_counts.TakeBack(record, attempt, wasDark, outcome))
            {
                _teller.Consider(record);
            }
        }
        else if (outcome == Outcome.Answered && (byte)cells[at + Suspicions.Counts] > 0)
        {
            int place = _suspicions.Notes.PlaceOf(at, number);
            if (place >= 0)
            {
                // One failure less, one answer more.
                cells[at + Suspicions.Counts] += 255;
                cells[at + Suspicions.Answered] |= 1 << place;
                _threshold.TakeBack(at);
            }
        }
    }
}
