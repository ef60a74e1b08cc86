using Appliance.Sensor.Frames;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Incidents;

/// <summary>
/// The sentence of a line: what a person reads, in the words of the analyst whose ten detects the sensor repeats.
/// </summary>
public sealed class Sentences
{
    // Octets of ", 3 more".
    private const int RestLength = 8;

    private readonly IncidentTable _incidents;
    private readonly int[] _cells;
    private readonly Severity _severity;
    private readonly LineBuffer _line;
    private readonly AlertParts _parts;

    private SignatureTable _table;

    /// <summary>Makes the writer of sentences.</summary>
    /// <param name="incidents">The incidents.</param>
    /// <param name="severity">Knows why an incident is as bad as it is.</param>
    /// <param name="line">Where they are written.</param>
    /// <param name="parts">Writes addresses, protocols and flags.</param>
    /// <param name="table">The table that names are read from.</param>
    public Sentences(IncidentTable incidents, Severity severity, LineBuffer line, AlertParts parts, SignatureTable table)
    {
        _incidents = incidents;
        _cells = incidents.Cells;
        _severity = severity;
        _line = line;
        _parts = parts;
        _table = table;
    }

    /// <summary>Takes another table.</summary>
    /// <param name="table">The table.</param>
    public void UseTable(SignatureTable table)
    {
        _table = table;
    }

    /// <summary>Writes an incident's sentence.</summary>
    /// <param name="record">Its record.</param>
    /// <param name="isNamed">The line names one source of many.</param>
    /// <param name="end">Octets of the line behind which words are cut.</param>
    public void Write(int record, bool isNamed, int end)
    {
        int row = record * Column.Count;
        switch (_cells[row + Column.Kind])
        {
            case Kind.Sweep:
            case Kind.Scan:
                WriteSweep(record, row);
                break;
            case Kind.PortScan:
                WritePortScan(record, row);
                break;
            case Kind.DistributedProbe:
                WriteDistributed(record, row, isNamed, end);
                break;
            case Kind.RestrictedService:
                WriteRestricted(record, row);
                break;
            case Kind.SuspectService:
                WriteSuspectService(record, row);
                break;
            case Kind.InverseMap:
                WriteInverse(record, row);
                break;
            case Kind.DarkHost:
                WriteDark(record, row);
                break;
            default:
                WriteBroadcast(record, row);
                break;
        }

        int expected = _cells[row + Column.Expected];
        if (expected >= 0)
        {
            _line.PutWord(AlertWord.ExpectedAs);
            _line.PutText(_table.Bytes, _table.ExpectedNameAt(expected));
            return;
        }

        WriteSeverity(row);
    }

    // The sum that makes the severity, with what was added because of what the targets did. Last, since the parameter severity
    // says what comes of it.
    private void WriteSeverity(int row)
    {
        LineBuffer line = _line;
        if (line.Length > LineBuffer.Limit)
        {
            // It would only be cut again.
            return;
        }

        line.PutWord(AlertWord.SeverityOf, _severity.CriticalityOf(row));
        line.PutOctet('+');
        line.PutNumber(_severity.LethalityOf(row));
        line.PutOctet('-');
        line.PutNumber(_table.Countermeasures);
        int raise = _severity.RaiseOf(row);
        if (raise != 0)
        {
            int kind = _cells[row + Column.Kind];
            line.PutOctet('+');
            line.PutNumber(raise);
            line.PutWord(kind == Kind.RestrictedService || kind == Kind.SuspectService
                ? AlertWord.ForConversation : AlertWord.DidAnswer);
        }
    }

    private void PutColon()
    {
        _line.PutOctet(':');
        _line.PutOctet(' ');
    }

    private void PutPort(int port)
    {
        if (port > 0)
        {
            _line.PutWord(AlertWord.PortWord, port);
        }
    }

    private void PutRelated(int row)
    {
        int related = _cells[row + Column.Related];
        if (related > 0)
        {
            _line.PutWord(AlertWord.SameActor, related);
        }
    }

    private void PutWhat(int row)
    {
        LineBuffer line = _line;
        int signature = _cells[row + Column.Signature];
        if (signature >= 0)
        {
            line.PutText(_table.Bytes, _table.NameAt(signature));
            return;
        }

        _parts.PutProtocol(row, 0);
        PutPort(_incidents.PortOf(row));
    }

    /// <summary>How long it took: in the unit that people would say; `dur` has the seconds.</summary>
    private void PutDuration(int row)
    {
        LineBuffer line = _line;
        int time = _cells[row + Column.Last] - _cells[row + Column.First];
        if (time < 10 * Limits.Second)
        {
            int fine = _cells[row + Column.Fine];
            time = ((time * 1000) + (ushort)fine - (fine >> 16) + 500) / 1000;
            line.PutNumber(time / Limits.Second);
            line.PutOctet('.');
            line.PutDigits(time % Limits.Second, 2);
            line.PutWord(AlertWord.Seconds);
            return;
        }

        int unit = Limits.Second;
        int word = AlertWord.Seconds;
        if (time >= 2 * Limits.Day)
        {
            unit = Limits.Day;
            word = AlertWord.Days;
        }
        else if (time >= 120 * Limits.Minute)
        {
            unit = 60 * Limits.Minute;
            word = AlertWord.Hours;
        }
        else if (time >= 2 * Limits.Minute)
        {
            unit = Limits.Minute;
            word = AlertWord.Minutes;
        }

        line.PutNumber(time / unit, word);
    }

    private void PutCommon(int row)
    {
        LineBuffer line = _line;
        int[] cells = _cells;
        int form = cells[row + Column.Form];
        if (form >= IncidentForm.Outward)
        {
            line.PutWord(AlertWord.Outwards);
        }

        int flags = cells[row + Column.Flags];
        if (cells[row + Column.Protocol] == IpProtocol.Tcp && flags >= 0 && (flags & (Tcp.Syn | Tcp.Fin | Tcp.Rst)) != Tcp.Syn)
        {
            line.PutWord((flags & ~Tcp.Fin) == Tcp.Ack ? AlertWord.OfNone : AlertWord.Impossible);
            _parts.PutFlags(flags);
        }

        if (cells[row + Column.SourcePort] > 0 && cells[row + Column.Frames] > 1 && _incidents.HasPorts(row))
        {
            line.PutWord(AlertWord.FromPort, cells[row + Column.SourcePort]);
        }

        PutAnswered(row);
        PutRelated(row);
    }

    private void PutAnswered(int row)
    {
        int answered = _cells[row + Column.Answered];
        if (answered > 0)
        {
            _line.PutWord(AlertWord.Comma, answered);
            _line.PutWord(AlertWord.DidAnswer);
        }
    }

    private void PutSize(int row)
    {
        PutCount(_cells[row + Column.Size], _incidents.IsAtLeast(row));
    }

    private void PutCount(int count, bool isAtLeast)
    {
        _line.PutNumber(count);
        if (isAtLeast)
        {
            // One octet: a port scan's count stands nowhere else, and must not be cut.
            _line.PutOctet('+');
        }
    }

    private void WriteSweep(int record, int row)
    {
        LineBuffer line = _line;
        PutWhat(row);
        line.PutWord(AlertWord.SweepOf);
        _parts.RepeatDestination();
        line.PutWord(AlertWord.By);
        _parts.RepeatSource();
        PutColon();
        if (_cells[row + Column.Size] == 0)
        {
            line.PutWord(AlertWord.AllAtOnce);
        }
        else
        {
            PutSize(row);
            if (_incidents.CountsPorts(row))
            {
                // The parameter dports has the first of them.
                line.PutWord(AlertWord.HostsAnd);
                PutCount(_cells[row + Column.DistinctPorts], _incidents.HasMorePorts(row));
                line.PutWord(AlertWord.PortsIn);
            }
            else
            {
                line.PutWord(AlertWord.HostsIn);
            }

            PutDuration(row);
        }

        if (_parts.Stride != 0)
        {
            line.PutWord(AlertWord.InOrder);
            if (_parts.Unseen > 0)
            {
                line.PutWord(AlertWord.Comma, _parts.Unseen);
                line.PutWord(AlertWord.More);
                line.PutWord(AlertWord.NotSeen);
            }
        }

        PutCommon(row);
        if (_cells[row + Column.List] > 0)
        {
            line.PutWord(AlertWord.SameList, _cells[row + Column.List]);
        }
    }

    private void WritePortScan(int record, int row)
    {
        LineBuffer line = _line;
        // How many ports stands nowhere else, so it comes before what the parameters say too.
        if (_cells[row + Column.Form] == IncidentForm.Overlap)
        {
            line.PutWord(AlertWord.Overlapping);
            _parts.RepeatDestination();
        }
        else
        {
            line.PutWord(AlertWord.ScanOf);
            _parts.RepeatDestination();
            PutColon();
            PutSize(row);
            line.PutWord(AlertWord.PortsIn);
            PutDuration(row);
        }

        line.PutOctet(',');
        line.PutWord(AlertWord.By);
        _parts.RepeatSource();
        PutCommon(row);
    }

    // Sources that a line names stand nowhere else; so do the hop counts, and they come first, as room may end among the sources.
    private void WriteDistributed(int record, int row, bool isNamed, int end)
    {
        LineBuffer line = _line;
        int[] cells = _cells;
        if (isNamed)
        {
            _parts.RepeatSource();
            line.PutWord(AlertWord.Joins);
        }

        int sources = cells[row + Column.Sources];
        bool isListed = !isNamed && sources <= IncidentTable.NamedSources && cells[row + Column.Version] == 4;
        bool isAlike = _incidents.AreHopsAlike(row);
        int hops = isAlike ? AlertWord.HopsAlike : AlertWord.HopsSpread;
        PutSize(row);
        line.PutWord(AlertWord.SourcesWord);
        if (isListed)
        {
            line.PutWord(AlertWord.Comma);
            line.PutWord(hops);
            line.PutOctet(',');
        }

        line.PutWord(AlertWord.ProbeWord);
        line.PutWord(cells[row + Column.Answered] > 0 ? AlertWord.SuspectPorts : AlertWord.UnservedPorts);
        _parts.RepeatDestination();
        // Before all else: what answers on a trojan's port may be the trojan.
        PutAnswered(row);
        if (isListed)
        {
            PutSources(record, sources, end);
            return;
        }

        line.PutWord(AlertWord.Comma);
        line.PutWord(hops);
        line.PutWord(isAlike ? AlertWord.OnePlace : AlertWord.ManyPlaces);
    }

    private void PutSources(int record, int count, int end)
    {
        LineBuffer line = _line;
        byte[] addresses = _incidents.Addresses;
        int at = record * 2 * Ipv6.AddressLength;
        for (int i = 0; i < count; i++, at += 4)
        {
            int before = line.Length;
            line.PutOctet(i == 0 ? ':' : ',');
            line.PutOctet(' ');
            line.PutIpv4(BigEndian.Read32(addresses, at));
            if (i > 0 && line.Length > end - (i < count - 1 ? RestLength : 0))
            {
                // Who reads the names should know that there are more.
                line.Length = before;
                line.PutWord(AlertWord.Comma, count - i);
                line.PutWord(AlertWord.More);
                return;
            }
        }
    }

    private void WriteRestricted(int record, int row)
    {
        LineBuffer line = _line;
        int[] cells = _cells;
        if (cells[row + Column.Signature] < 0)
        {
            // Else its name is a parameter, and the targets need the room.
            PutWhat(row);
            PutColon();
        }

        _parts.RepeatSource();
        line.PutWord(AlertWord.Attempted, cells[row + Column.Size]);
        int group = cells[row + Column.Group];
        if (group >= 0)
        {
            line.PutOctet(' ');
            line.PutText(_table.Bytes, _table.GroupNameAt(group));
        }

        line.PutWord(cells[row + Column.Size] == 1 ? AlertWord.HostOfGroup : AlertWord.HostsOfGroup);
        if (cells[row + Column.Conversed] != 0)
        {
            // First of all: nothing of the parameters says it.
            line.PutWord(AlertWord.Conversation);
        }

        line.PutWord(cells[row + Column.AttemptedOthers] == 0 ? AlertWord.NoOthers : AlertWord.AndOthers);

        PutRelated(row);
    }

    private void WriteSuspectService(int record, int row)
    {
        LineBuffer line = _line;
        PutWhat(row);
        PutColon();
        _parts.RepeatSource();
        line.PutWord(AlertWord.TalksWith);
        _parts.RepeatDestination();
        line.PutWord(AlertWord.Comma);
        PutSize(row);
        line.PutWord(AlertWord.NobodyServes);
        PutRelated(row);
    }

    private void WriteInverse(int record, int row)
    {
        LineBuffer line = _line;
        int[] cells = _cells;
        line.PutNumber(cells[row + Column.Frames]);
        int flags = cells[row + Column.Flags];
        line.PutWord(flags >= 0 && (flags & Tcp.Rst) != 0 ? AlertWord.ResetsFrom : AlertWord.AnswersFrom);
        _parts.RepeatSource();
        PutPort(cells[row + Column.SourcePort]);

        line.PutWord(AlertWord.To);
        PutSize(row);
        line.PutWord(AlertWord.NothingAsked);
        PutRelated(row);
    }

    private void WriteDark(int record, int row)
    {
        LineBuffer line = _line;
        int[] cells = _cells;
        _parts.RepeatSource();
        line.PutWord(AlertWord.Polls, cells[row + Column.Size]);
        int living = cells[row + Column.Size] - cells[row + Column.Dark];
        if (cells[row + Column.Silent] == cells[row + Column.Size])
        {
            // Nobody else was heard.
            line.PutWord(AlertWord.NeverAnswered);
        }
        else if (living > 0)
        {
            line.PutWord(AlertWord.WereSilent, living);
            line.PutWord(AlertWord.SpeakNow);
        }
        else
        {
            line.PutWord(AlertWord.NeverSpoke);
        }

        if (cells[row + Column.Period] > 0 && cells[row + Column.Run] > 1)
        {
            line.PutWord(AlertWord.InRuns, cells[row + Column.Run]);
            line.PutWord(AlertWord.Comma);
            _parts.PutTenths(cells[row + Column.Period]);
            line.PutWord(AlertWord.Apart);
            if (cells[row + Column.Protocol] == IpProtocol.Udp)
            {
                line.PutWord(AlertWord.RetryTimer);
            }

            return;
        }

        PutColon();
        line.PutNumber(cells[row + Column.Frames]);
        line.PutOctet(' ');
        _parts.PutProtocol(row, 0);
        PutPort(cells[row + Column.Port]);

        line.PutWord(AlertWord.Attempts);
    }

    private void WriteBroadcast(int record, int row)
    {
        LineBuffer line = _line;
        int[] cells = _cells;
        _parts.RepeatSource();
        line.PutWord(AlertWord.Broadcasts);
        _parts.RepeatDestination();
        line.PutOctet(' ');
        _parts.PutProtocol(row, cells[row + Column.Port]);
        if (cells[row + Column.Version] != 0)
        {
            PutPort(cells[row + Column.Port]);
        }

        if (cells[row + Column.Period] > 0)
        {
            line.PutWord(AlertWord.Every);
            _parts.PutTenths(cells[row + Column.Period]);
            line.PutWord(AlertWord.Seconds);
        }
        else if (cells[row + Column.Sources] == 1)
        {
            // Several may keep one each.
            line.PutWord(AlertWord.NoPeriod);
        }

        if (cells[row + Column.Form] == Broadcasts.NetworkAddress)
        {
            line.PutWord(AlertWord.OldForm);
        }

        if (cells[row + Column.Expected] < 0)
        {
            line.PutWord(AlertWord.Unexplained);
        }
    }
}
