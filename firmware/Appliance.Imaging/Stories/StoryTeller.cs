using Appliance.Imaging.Frames;
using Appliance.Imaging.Memories;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Signatures;

namespace Appliance.Imaging.Stories;

/// <summary>
/// When a story is told: at once when it begins and when it gets worse, at 2, 4, 8 ... times its counts, at most once in ten
/// seconds, and when it is over.
/// </summary>
public sealed class StoryTeller
{
    private const int Second = 100;
    private const int LeastGap = 10 * Second;

    /// <summary>Guessing that paused for so long is over.</summary>
    private const int GuessGap = 3600 * Second;

    /// <summary>Everything else is told once a day.</summary>
    private const int Day = 24 * GuessGap;

    /// <summary>A newcomer is told at once, and again when it has shown for so long what it serves and asks.</summary>
    private const int NewcomerTime = GuessGap;

    /// <summary>How long a story that is over waits for its closing line at most: a second for each before it.</summary>
    private const int Patience = 60 * Second;

    /// <summary>
    /// Stories of a reason that may begin at once, and how often one more may: who forges addresses makes a line with each, and
    /// a collector is read by people.
    /// </summary>
    private const int Burst = 8;
    private const int NextAfter = 600 * Second;

    private readonly TapSensor _sensor;
    private readonly StoryTable _stories;
    private readonly StoryLine _line;
    private readonly IAlertSink _sink;
    private readonly Figures _figures;
    private readonly byte[] _begun = new byte[Reason.Count];
    private SignatureTable _table;
    private int _nextAt;

    // sysUpTime of the next line.
    private int _now;

    /// <summary>Stories told, of guesses, of callers, of weak services and of newcomers.</summary>
    public readonly int[] Opened = new int[4];

    /// <summary>Makes a teller.</summary>
    /// <param name="sensor">Numbers incidents.</param>
    /// <param name="stories">The stories.</param>
    /// <param name="line">Writes them.</param>
    /// <param name="sink">Where lines go.</param>
    /// <param name="figures">Gets what is not told.</param>
    /// <param name="table">The site.</param>
    public StoryTeller(TapSensor sensor, StoryTable stories, StoryLine line, IAlertSink sink, Figures figures, SignatureTable table)
    {
        _sensor = sensor;
        _stories = stories;
        _line = line;
        _sink = sink;
        _figures = figures;
        _table = table;
    }

    /// <summary>Takes another table.</summary>
    /// <param name="table">The table.</param>
    public void UseTable(SignatureTable table)
    {
        _table = table;
        _line.UseTable(table);
    }

    /// <summary>Whether too many stories of a reason began to tell another, which is counted then: it would push out a record for
    /// nothing.</summary>
    /// <param name="reason">A constant of <see cref="Reason"/>.</param>
    public bool IsFull(int reason)
    {
        bool isFull = _begun[reason] >= Burst;
        _figures.Untold += isFull ? 1 : 0;
        return isFull;
    }

    /// <summary>A record for a story that is not told yet; the one that matters least gives way.</summary>
    /// <param name="reason">A constant of <see cref="Reason"/>.</param>
    /// <param name="bytes">Where the addresses are.</param>
    /// <param name="conversation">A frame of it.</param>
    /// <param name="isAnswer">The frame is the server's.</param>
    /// <returns>Where the record begins.</returns>
    public int Begin(int reason, byte[] bytes, Conversation conversation, bool isAnswer)
    {
        int now = (int)(conversation.Stamp / 10000);
        int row = _stories.Least(now);
        if (_stories.Cells[row + Fact.IsUsed] != 0 && _stories.Cells[row + Fact.Id] != 0)
        {
            _stories.Evictions++;
            Close(row);
        }
        else if (_stories.Cells[row + Fact.IsUsed] != 0 && _stories.IsGoingOn(row, now))
        {
            // It may have become one.
            _figures.Untold++;
        }

        _stories.Open(row, reason, bytes, conversation, isAnswer);
        int[] cells = _stories.Cells;
        int clientAt = isAnswer ? conversation.TargetAt : conversation.SourceAt;
        int serverAt = isAnswer ? conversation.SourceAt : conversation.TargetAt;
        bool isOld = Reason.IsOld(reason);
        cells[row + Fact.Group] = conversation.Version == 6 ? _table.GroupOf6(bytes, isOld ? clientAt : serverAt)
            : _table.GroupOf(cells[row + (isOld ? Fact.Client : Fact.Server)]);
        cells[row + Fact.Expected] = _table.ExpectedOfAttempt(conversation.Version, cells[row + Fact.Client], cells[row + Fact.Server],
            bytes, clientAt, serverAt, reason == Reason.Snmp ? IpProtocol.Udp : IpProtocol.Tcp, cells[row + Fact.Port]);
        return row;
    }

    /// <summary>Tells a story that begins, grew or got worse, if it is time.</summary>
    /// <param name="row">Its record.</param>
    /// <param name="reason">Why: a constant of <see cref="Reason"/>, which may be another one than before.</param>
    /// <returns>False for a story that finds no room: its record is given back.</returns>
    public bool Tell(int row, int reason)
    {
        int[] cells = _stories.Cells;
        int now = cells[row + Fact.Last];
        _now = now;
        bool isOther = cells[row + Fact.Reason] != reason;
        cells[row + Fact.Reason] = reason;
        int severity = _line.SeverityOf(row);
        if (cells[row + Fact.Id] == 0)
        {
            if (!MayBegin(reason, now))
            {
                return Join(row, reason);
            }

            cells[row + Fact.Id] = _sensor.NextIncident();
            Opened[reason == Reason.Guess ? 0 : reason < Reason.Smb1 ? 1 : Reason.IsWeak(reason) ? 2 : 3]++;
            Write(row, StoryLine.StateOpen, severity);
            return true;
        }

        // A wrong setting is said once, and not how often it goes on being wrong.
        bool hasGrown = reason != Reason.WrongTitle && cells[row + Fact.Frames] >= 2 * cells[row + Fact.ToldFrames]
            && now - cells[row + Fact.ToldAt] >= LeastGap;
        if (isOther || severity > cells[row + Fact.ToldSeverity] || hasGrown)
        {
            Opened[0] += isOther && reason == Reason.Guess ? 1 : 0;
            Write(row, StoryLine.StateUpdate, severity);
        }

        return true;
    }

    /// <summary>Ends the stories that are over, one a turn: the ring fills while its line is written.</summary>
    /// <param name="now">Centiseconds.</param>
    public void Tick(int now)
    {
        _now = now;
        int[] cells = _stories.Cells;
        for (int row = 0; row < cells.Length; row += Fact.Count)
        {
            int reason = cells[row + Fact.Reason];
            int over = reason == Reason.Guess ? now - cells[row + Fact.Last] - GuessGap
                : now - cells[row + (reason <= Reason.WrongTitle ? Fact.Last : Fact.First)]
                    - (reason == Reason.NewHost ? NewcomerTime : Day);
            if (cells[row + Fact.IsUsed] != 0 && over > 0)
            {
                Close(row);
                // Where time has leapt, all are closed at once, before anybody goes on with them.
                if (over < Patience)
                {
                    break;
                }
            }
        }

        if (now - _nextAt >= NextAfter)
        {
            _nextAt = now;
            for (int reason = 0; reason < Reason.Count; reason++)
            {
                _begun[reason] -= (byte)(_begun[reason] > 0 ? 1 : 0);
            }
        }
    }

    /// <summary>Ends all stories.</summary>
    public void Finish()
    {
        while (true)
        {
            int oldest = -1;
            int[] cells = _stories.Cells;
            for (int row = 0; row < cells.Length; row += Fact.Count)
            {
                if (cells[row + Fact.IsUsed] != 0 && (oldest < 0 || cells[row + Fact.Id] < cells[oldest + Fact.Id]))
                {
                    oldest = row;
                }
            }

            if (oldest < 0)
            {
                return;
            }

            Close(oldest);
        }
    }

    /// <summary>Tells the day's figures.</summary>
    /// <param name="stamp">Microseconds.</param>
    /// <param name="inventory">Who lives there.</param>
    /// <param name="learning">Days until newcomers are told; 0 when they are.</param>
    /// <param name="accepted">Weak services that the profile accepts: a bit a mark of the inventory.</param>
    public void TellFigures(long stamp, Inventory inventory, int learning, int accepted)
    {
        int length = _line.WriteFigures(_figures, stamp, inventory, learning, accepted);
        _figures.Clear();
        _sink.Alert(_line.Buffer, length, SyslogSeverity.Informational);
    }

    /// <summary>Tells a host of the inventory.</summary>
    /// <param name="line">Writes it.</param>
    /// <param name="row">Its row.</param>
    /// <param name="stamp">Microseconds.</param>
    public void TellHost(SiteLine line, int row, long stamp)
    {
        _sink.Alert(_line.Buffer, line.Write(row, stamp), SyslogSeverity.Informational);
    }

    private bool MayBegin(int reason, int now)
    {
        if (_begun[reason] >= Burst)
        {
            return false;
        }

        _begun[reason]++;
        return true;
    }

    // Too many begin: the newest of the same reason tells of this one too. Not so of a weak service, which is the server's.
    private bool Join(int row, int reason)
    {
        int[] cells = _stories.Cells;
        int into = Reason.IsWeak(reason) ? -1 : _stories.Newest(reason);
        cells[row + Fact.IsUsed] = 0;
        if (into < 0)
        {
            _figures.Untold++;
            return false;
        }

        cells[into + Fact.Sources] += cells[into + Fact.Client] == cells[row + Fact.Client] ? 0 : 1;
        cells[into + Fact.Frames] += cells[row + Fact.Frames];
        cells[into + Fact.Rejected] += cells[row + Fact.Rejected];
        cells[into + Fact.Last] = cells[row + Fact.Last];
        _stories.Stamps[into / Fact.Count] = _stories.Stamps[row / Fact.Count];
        return Tell(into, reason);
    }

    private void Close(int row)
    {
        int[] cells = _stories.Cells;
        if (cells[row + Fact.Id] != 0)
        {
            Write(row, StoryLine.StateClosed, _line.SeverityOf(row));
        }

        cells[row + Fact.IsUsed] = 0;
    }

    private void Write(int row, int state, int severity)
    {
        int[] cells = _stories.Cells;
        cells[row + Fact.ToldFrames] = cells[row + Fact.Frames];
        cells[row + Fact.ToldAt] = _now;
        cells[row + Fact.ToldSeverity] = severity;
        _sink.Alert(_line.Buffer, _line.Write(row, state, severity, _now), SyslogSeverity.OfIncident(severity));
    }
}
