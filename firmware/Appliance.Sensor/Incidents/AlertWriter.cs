using Appliance.Sensor.Frames;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Incidents;

/// <summary>
/// Writes the line of an incident: its parameters in the order of the sensor's README, and a sentence for a person. The first
/// eleven stand always; of the others who answered and who was asked keep their place when room is short, and the name of the
/// signature gives way to them.
/// </summary>
public sealed class AlertWriter
{
    /// <summary>First line of an incident.</summary>
    public const int StateOpen = 0;

    /// <summary>It grew.</summary>
    public const int StateUpdate = 1;

    /// <summary>Another incident tells of it from now on.</summary>
    public const int StateFolded = 2;

    /// <summary>Its final counts.</summary>
    public const int StateClosed = 3;

    /// <summary>Octets of the parameter site without the tag.</summary>
    private const int SiteLength = 8;

    /// <summary>Octets that the number of the incident folded into takes at most, for which room is kept.</summary>
    private const int IntoLength = 18;

    /// <summary>
    /// Targets that are named before anything else of the optional parameters: whoever is called at night has to know where to
    /// go.
    /// </summary>
    private const int LeastNames = 4;

    /// <summary>
    /// Octets that further names leave to what follows: duration, TTL, flags and counts of an ordinary incident.
    /// </summary>
    private const int RestLength = 96;

    private readonly IncidentTable _incidents;
    private readonly int[] _cells;
    private readonly LineOrigin _origin;
    private readonly LineBuffer _text;
    private readonly AlertParts _parts;
    private readonly Sentences _sentences;
    private SignatureTable _table;

    /// <summary>The line under construction, for whoever else tells of incidents: only one is written at a time.</summary>
    public readonly SyslogLine Line;

    /// <summary>The line last written.</summary>
    public readonly byte[] Buffer;

    /// <summary>The wall clock is known; without it a line has no time and says so.</summary>
    public bool HasClock = true;

    /// <summary>Makes a writer.</summary>
    /// <param name="incidents">The incidents.</param>
    /// <param name="severity">Knows why an incident is as bad as it is.</param>
    /// <param name="table">The table that names are read from.</param>
    /// <param name="origin">Who speaks.</param>
    public AlertWriter(IncidentTable incidents, Severity severity, SignatureTable table, LineOrigin origin)
    {
        _incidents = incidents;
        _cells = incidents.Cells;
        _table = table;
        _origin = origin;
        Line = new SyslogLine(origin, new Words(AlertWord.Texts));
        _text = Line.Text;
        _parts = new AlertParts(incidents, _text);
        _sentences = new Sentences(incidents, severity, _text, _parts, table);
        Buffer = _text.Bytes;
    }

    /// <summary>Takes another table.</summary>
    /// <param name="table">The table.</param>
    public void UseTable(SignatureTable table)
    {
        _table = table;
        _sentences.UseTable(table);
        _origin.UseEnterprise(table.Enterprise);
    }

    // Tools that a line can name, in the order of their words.
    private const int Tools = 4;

    // Octets of the parameter with the longest of their names.
    private const int LongestTool = 16;

    // Octets of "port scan of 192.168.100.100: 65535 ports in".
    private const int PortsSentence = 45;

    // Octets of "tcp sweep of 192.168.100.128/25 by 192.168.100.100: 65535 hosts, 65535 ports in".
    private const int ScanSentence = 79;

    /// <summary>Writes the line of an incident into <see cref="Buffer"/>.</summary>
    /// <param name="record">Its record.</param>
    /// <param name="state">A constant of this class.</param>
    /// <param name="severity">1-5.</param>
    /// <param name="into">The incident that it is folded into, -1 for none.</param>
    /// <param name="lost">The sensor's count of lost frames.</param>
    /// <param name="now">Centiseconds since the tap started: sysUpTime.</param>
    /// <param name="named">The source that the line is about, of a distributed probe that it joins; null for the incident's
    /// own.</param>
    /// <returns>Octets of the line.</returns>
    public int WriteIncident(int record, int state, int severity, int into, int lost, int now, Probe? named)
    {
        SyslogLine line = Line;
        LineBuffer text = _text;
        int[] cells = _cells;
        int row = record * Column.Count;
        long time = named != null ? named.Wall : _incidents.Wall[record];
        line.Begin(SyslogSeverity.OfIncident(severity), HasClock ? time : SyslogLine.NoTime);
        text.PutWord(AlertWord.FirstKind + _incidents.KindOf(row));
        line.PutEnterprise();
        text.PutWord(AlertWord.Id, cells[row + Column.Id]);
        text.PutWord(AlertWord.FirstState + state, severity);
        text.PutWord(AlertWord.Sid);
        int signature = cells[row + Column.Signature];
        text.PutNumber(signature < 0 ? 0 : _table.Sid(signature), AlertWord.Proto);
        _parts.PutProtocol(row, cells[row + Column.Port]);
        text.PutWord(AlertWord.Src);
        _parts.PutSource(record, named);
        text.PutWord(AlertWord.Srcs, cells[row + Column.Sources]);
        text.PutWord(AlertWord.Dst);
        _parts.PutDestination(record);
        text.PutWord(AlertWord.Dsts, _incidents.HostsOf(row));
        text.PutWord(AlertWord.Dport, _incidents.PortOf(row));
        text.PutWord(AlertWord.Frames, cells[row + Column.Frames]);

        // Room is kept for what stands last and must not be left out: where it happened, and which story goes on.
        int tag = _table.TagAt;
        int kept = (tag == 0 ? 0 : SiteLength + _table.Bytes[tag]) + (into > 0 ? IntoLength : 0);
        int ofTool = cells[row + Column.Tool] != 0 ? LongestTool : 0;
        // How many ports a scan had stands in its sentence alone.
        int ofSentence = cells[row + Column.Kind] == Kind.PortScan ? PortsSentence
            : _incidents.CountsPorts(row) ? ScanSentence : 0;
        line.Reserve(kept + ofTool + ofSentence);
        PutNames(record, row, signature);
        PutManner(row);
        PutOutcomes(row);
        PutTies(row, lost);
        PutPorts(record, row);
        line.Reserve(-ofTool);
        PutTool(row);
        line.Reserve(-kept - ofSentence);
        if (tag != 0)
        {
            text.PutWord(AlertWord.Site);
            text.PutText(_table.Bytes, tag + 1);
        }

        if (into > 0)
        {
            text.PutWord(AlertWord.Into, into);
        }

        text.PutOctet('"');
        line.PutMeta(now);
        _sentences.Write(record, named != null, line.SentenceEnd());
        return line.End();
    }

    // What it is called, who answered, who was asked.
    private void PutNames(int record, int row, int signature)
    {
        LineBuffer text = _text;
        int mark = text.Length;
        if (signature >= 0)
        {
            text.PutWord(AlertWord.Name);
            text.PutText(_table.Bytes, _table.NameAt(signature));
        }

        if (PutTargets(record, row))
        {
            if (signature >= 0)
            {
                Line.Fits(mark);
            }
        }
        else if (signature >= 0)
        {
            // The catalogue has the name, by sid; nobody else has the targets.
            text.Length = mark;
            PutTargets(record, row);
        }
    }

    // False when there was no room for the first few.
    private bool PutTargets(int record, int row)
    {
        int[] cells = _cells;
        int kind = cells[row + Column.Kind];
        int answered = cells[row + Column.Answered];
        bool isEnough = answered == 0 || PutList(AlertWord.AnsweredBy, record, _incidents.Answerers, answered);

        // Of few hosts that somebody chose, or asks in vain, each matters; those that all answered stand there already.
        int size = cells[row + Column.Size];
        return kind == Kind.RestrictedService || kind == Kind.DarkHost
            ? (size <= 1 || answered >= size || PutList(AlertWord.Hosts, record, _incidents.Asked, size)) && isEnough : isEnough;
    }

    private bool PutList(int word, int record, NamedTargets names, int total)
    {
        int count = names.CountOf(record);
        if (count == 0 || total == 0)
        {
            return true;
        }

        LineBuffer text = _text;
        int written = 0;
        int row = record * Column.Count;
        bool isPort = _incidents.IsOfPorts(row);
        bool isSix = !isPort && _cells[row + Column.Version] == 6;
        int mark = text.Length;
        text.PutWord(word);
        while (written < count)
        {
            int before = text.Length;
            if (written > 0)
            {
                text.PutOctet(',');
            }

            if (isSix)
            {
                text.PutIpv6(names.Octets, names.At(record, written), 8 * Ipv6.AddressLength);
            }
            else if (isPort)
            {
                text.PutNumber(names.NumberAt(record, written));
            }
            else
            {
                text.PutIpv4(names.NumberAt(record, written));
            }

            if (Line.RoomLeft() < (written + 1 < total ? 1 : 0) + (written < LeastNames ? 0 : RestLength))
            {
                text.Length = before;
                break;
            }

            written++;
        }

        if (written == 0)
        {
            text.Length = mark;
            return false;
        }

        if (written < total)
        {
            text.PutOctet('+');
        }

        return written >= LeastNames || written == count;
    }

    // How it was done: times, TTL, flags, ports, order.
    private void PutManner(int row)
    {
        SyslogLine line = Line;
        LineBuffer text = _text;
        int[] cells = _cells;
        int mark = text.Length;
        int seconds = (cells[row + Column.Last] - cells[row + Column.First]) / Limits.Second;
        text.PutWord(AlertWord.Dur, seconds);
        if (line.Fits(mark))
        {
            line.MarkLeast(mark);
        }

        if (cells[row + Column.TtlLow] != 0)
        {
            mark = text.Length;
            text.PutWord(AlertWord.Ttl, cells[row + Column.TtlLow]);
            if (cells[row + Column.TtlHigh] != cells[row + Column.TtlLow])
            {
                text.PutOctet('-');
                text.PutNumber(cells[row + Column.TtlHigh]);
            }

            line.Fits(mark);
        }

        int flags = cells[row + Column.Flags];
        if (flags >= 0 && cells[row + Column.Protocol] == IpProtocol.Tcp)
        {
            mark = text.Length;
            text.PutWord(AlertWord.Flags);
            _parts.PutFlags(flags);
            if (line.Fits(mark) && flags == Tcp.Syn && seconds != 0)
            {
                // That it took no second says less than that it was an ordinary SYN, and that less than how long it took.
                line.MarkLeast(mark);
            }
        }

        if (_incidents.HasPorts(row))
        {
            PutFact(AlertWord.Sport, cells[row + Column.SourcePort]);
        }

        _parts.FindOrder(row);
        if (_parts.Stride != 0)
        {
            mark = text.Length;
            text.PutWord(AlertWord.Stride);
            text.PutWord(_parts.Stride == 1 ? AlertWord.PortOrder : AlertWord.IdOrder);
            line.Fits(mark);
            PutFact(AlertWord.Unseen, _parts.Unseen);
        }
    }

    // What came of it.
    private void PutOutcomes(int row)
    {
        int[] cells = _cells;
        PutFact(AlertWord.Answered, cells[row + Column.Answered]);
        PutFact(AlertWord.Refused, cells[row + Column.Refused]);
        PutFact(AlertWord.Silent, cells[row + Column.Silent]);
        PutFact(AlertWord.Dark, cells[row + Column.Dark]);
    }

    // What it belongs to: other incidents, a rhythm, a group, an explanation, what was lost meanwhile.
    private void PutTies(int row, int lost)
    {
        LineBuffer text = _text;
        int[] cells = _cells;
        PutFact(AlertWord.Related, cells[row + Column.Related]);
        PutFact(AlertWord.List, cells[row + Column.Kind] == Kind.Sweep ? cells[row + Column.List] : 0);
        if (cells[row + Column.Period] > 0)
        {
            int mark = text.Length;
            text.PutWord(AlertWord.Period);
            _parts.PutTenths(cells[row + Column.Period]);
            Line.Fits(mark);
        }

        int group = cells[row + Column.Group];
        if (group >= 0)
        {
            PutText(AlertWord.Group, _table.GroupNameAt(group));
        }

        int expected = cells[row + Column.Expected];
        if (expected >= 0)
        {
            PutText(AlertWord.Expected, _table.ExpectedNameAt(expected));
        }

        PutFact(AlertWord.Lost, lost - cells[row + Column.LostBefore]);
    }

    // The ports of an incident of many: those that answered first, then the lowest.
    private void PutTool(int row)
    {
        int tool = _cells[row + Column.Tool];
        if (tool > 0 && tool <= Tools && Line.RoomLeft() >= LongestTool)
        {
            _text.PutWord(AlertWord.Tool);
            _text.PutWord(AlertWord.FirstTool + tool - 1);
        }
    }

    private void PutPorts(int record, int row)
    {
        int[] cells = _cells;
        int listed = cells[row + Column.Ports];
        if (cells[row + Column.Kind] == Kind.InverseMap || listed == 0)
        {
            return;
        }

        LineBuffer text = _text;
        int i;
        int written = 0;
        NamedTargets answerers = _incidents.Answerers;
        int open = _incidents.IsOfPorts(row) ? answerers.CountOf(record) : 0;
        int mark = text.Length;
        text.PutWord(AlertWord.Dports);
        for (i = 0; i < open + listed && written < Limits.ListedPorts; i++)
        {
            int port = i < open ? answerers.NumberAt(record, i) : _incidents.Ports[(record * Limits.ListedPorts) + i - open];
            if (i >= open && open != 0 && answerers.Holds(record, port))
            {
                continue;
            }

            int before = text.Length;
            if (written > 0)
            {
                text.PutOctet(',');
            }

            text.PutNumber(port);
            if (Line.RoomLeft() < 0)
            {
                text.Length = written > 0 ? before : mark;
                return;
            }

            written++;
        }
    }

    // A text of the table, whose length stands in the octet before it.
    private void PutText(int name, int at)
    {
        int mark = _text.Length;
        _text.PutWord(name);
        _text.PutText(_table.Bytes, at);
        Line.Fits(mark);
    }

    private void PutFact(int name, int value)
    {
        if (value > 0)
        {
            int mark = _text.Length;
            _text.PutWord(name, value);
            Line.Fits(mark);
        }
    }
}
