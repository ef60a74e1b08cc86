using Appliance.Sensor.Signatures;
using Appliance.Sensor.Tracking;

namespace Appliance.Sensor.Incidents;

/// <summary>
/// Writes the RFC 5424 line of an incident: header, the structured data of design and README, and a sentence for a person. At most 480
/// octets whatever the values: what does not fit is left out from the end, the sentence's words first, then parameters.
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

    /// <summary>
    /// The private enterprise number of the structured data. 32473 is the number for documentation (RFC 5612): whoever ships a box
    /// replaces it by their own.
    /// </summary>
    public const string EnterpriseNumber = "32473";

    /// <summary>Octets that the meta element takes at most, for which room is kept.</summary>
    private const int MetaLength = 54;

    /// <summary>Octets that the number of the incident folded into takes at most, for which room is kept.</summary>
    private const int IntoLength = 18;

    /// <summary>Hop counts that differ by no more come from one place; a route that flaps changes them by one.</summary>
    private const int AlikeHops = 1;

    /// <summary>A prefix shorter than this covers unrelated networks and says nothing.</summary>
    private const int TellingPrefix = 8;

    // Words that always stand together are one: each costs 3,000 instructions, however long it is.
    private const string Element = " [incident@" + EnterpriseNumber + " id=\"";
    private const string BeforeState = "\" state=\"";
    private const string BehindState = "\" severity=\"";

    private readonly IncidentTable _incidents;
    private readonly LineBuffer _line = new LineBuffer();
    private readonly Sentences _sentences;
    private readonly byte[][] _kinds =
    {
        LineBuffer.Word("sweep" + Element), LineBuffer.Word("port-scan" + Element), LineBuffer.Word("distributed-probe" + Element),
        LineBuffer.Word("restricted-service" + Element), LineBuffer.Word("inverse-map" + Element), LineBuffer.Word("dark-host" + Element),
        LineBuffer.Word("broadcast" + Element),
    };

    private readonly byte[][] _states =
    {
        LineBuffer.Word(BeforeState + "open" + BehindState), LineBuffer.Word(BeforeState + "update" + BehindState),
        LineBuffer.Word(BeforeState + "folded" + BehindState), LineBuffer.Word(BeforeState + "closed" + BehindState),
    };

    private readonly byte[] _flagLetters = LineBuffer.Word("SFRPAUEC");
    private readonly byte[] _flagBits = { 2, 1, 4, 8, 16, 32, 64, 128 };
    // Facility 10 (security) and syslog's severity, which counts the other way round; the version behind it is 1.
    private readonly byte[][] _priorities =
    {
        LineBuffer.Word("<87>1 "), LineBuffer.Word("<86>1 "), LineBuffer.Word("<85>1 "), LineBuffer.Word("<84>1 "),
        LineBuffer.Word("<83>1 "), LineBuffer.Word("<82>1 "),
    };

    private readonly byte[] _app = LineBuffer.Word(" tap - ");
    private readonly byte[] _sid = LineBuffer.Word("\" sid=\"");
    private readonly byte[] _proto = LineBuffer.Word("\" proto=\"");
    private readonly byte[] _src = LineBuffer.Word("\" src=\"");
    private readonly byte[] _srcs = LineBuffer.Word("\" srcs=\"");
    private readonly byte[] _dst = LineBuffer.Word("\" dst=\"");
    private readonly byte[] _dsts = LineBuffer.Word("\" dsts=\"");
    private readonly byte[] _dport = LineBuffer.Word("\" dport=\"");
    private readonly byte[] _frames = LineBuffer.Word("\" frames=\"");
    // Optional parameters: each word closes the value before it.
    private readonly byte[] _name = LineBuffer.Word("\" name=\"");
    private readonly byte[] _dur = LineBuffer.Word("\" dur=\"");
    private readonly byte[] _ttl = LineBuffer.Word("\" ttl=\"");
    private readonly byte[] _flags = LineBuffer.Word("\" flags=\"");
    private readonly byte[] _sport = LineBuffer.Word("\" sport=\"");
    private readonly byte[] _stride = LineBuffer.Word("\" stride=\"");
    private readonly byte[] _unseen = LineBuffer.Word("\" unseen=\"");
    private readonly byte[] _answered = LineBuffer.Word("\" answered=\"");
    private readonly byte[] _refused = LineBuffer.Word("\" refused=\"");
    private readonly byte[] _silent = LineBuffer.Word("\" silent=\"");
    private readonly byte[] _dark = LineBuffer.Word("\" dark=\"");
    private readonly byte[] _related = LineBuffer.Word("\" related=\"");
    private readonly byte[] _list = LineBuffer.Word("\" list=\"");
    private readonly byte[] _period = LineBuffer.Word("\" period=\"");
    private readonly byte[] _group = LineBuffer.Word("\" group=\"");
    private readonly byte[] _expected = LineBuffer.Word("\" expected=\"");
    private readonly byte[] _lost = LineBuffer.Word("\" lost=\"");
    private readonly byte[] _dports = LineBuffer.Word("\" dports=\"");
    private readonly byte[] _into = LineBuffer.Word("\" into=\"");
    private readonly byte[] _portOrder = LineBuffer.Word("sport");
    private readonly byte[] _idOrder = LineBuffer.Word("ipid");
    private readonly byte[] _unsynchronized = LineBuffer.Word("[timeQuality tzKnown=\"0\" isSynced=\"0\"]");
    private readonly byte[] _endOfElement = LineBuffer.Word("\"]");
    private readonly byte[] _meta = LineBuffer.Word("[meta sequenceId=\"");
    private readonly byte[] _upTime = LineBuffer.Word("\" sysUpTime=\"");
    private readonly byte[] _health = LineBuffer.Word("health [health@" + EnterpriseNumber + " part=\"mirror\" state=\"");
    private readonly byte[] _oneSided = LineBuffer.Word("one-sided");
    private readonly byte[] _bothSides = LineBuffer.Word("both-directions");
    private byte[] _host = LineBuffer.Word("tap-000000");
    private SignatureTable _table;
    private Probe? _named;
    private int _sequence;
    private int _room;
    private bool _isFull;

    // Whose parameters src and dst stand in the line, and where: its sentence says them again.
    private int _record = -1;
    private int _sourceAt;
    private int _sourceEnd;
    private int _destinationAt;
    private int _destinationEnd;

    /// <summary>The line last written.</summary>
    public readonly byte[] Buffer;

    /// <summary>The wall clock is known; without it a line has no time and says so.</summary>
    public bool HasClock = true;

    /// <summary>Makes a writer.</summary>
    /// <param name="incidents">The incidents.</param>
    /// <param name="table">The table that names are read from.</param>
    public AlertWriter(IncidentTable incidents, SignatureTable table)
    {
        _incidents = incidents;
        _table = table;
        _sentences = new Sentences(incidents, _line, this);
        _sentences.UseTable(table);
        Buffer = _line.Bytes;
    }

    /// <summary>Takes another table.</summary>
    /// <param name="table">The table.</param>
    public void UseTable(SignatureTable table)
    {
        _table = table;
        _sentences.UseTable(table);
    }

    /// <summary>Sets HOSTNAME.</summary>
    /// <param name="name">ASCII, at most 24 octets.</param>
    public void UseHostName(byte[] name)
    {
        _host = name;
    }

    /// <summary>The next line's src is this probe's, since its source is what the line is about.</summary>
    /// <param name="probe">The probe, or null for the incident's own.</param>
    public void NameSource(Probe? probe)
    {
        _named = probe;
    }

    /// <summary>The next message's sequenceId (RFC 5424 section 7.3.1), which counts all messages of the box.</summary>
    public int NextSequence()
    {
        _sequence = _sequence == int.MaxValue ? 1 : _sequence + 1;
        return _sequence;
    }

    /// <summary>Writes the line of an incident into <see cref="Buffer"/>.</summary>
    /// <param name="record">Its record.</param>
    /// <param name="state">A constant of this class.</param>
    /// <param name="severity">1-5.</param>
    /// <param name="into">The incident that it is folded into, -1 for none.</param>
    /// <param name="lost">The sensor's count of lost frames.</param>
    /// <param name="now">Centiseconds since the tap started: sysUpTime.</param>
    /// <returns>Octets of the line.</returns>
    public int WriteIncident(int record, int state, int severity, int into, int lost, int now)
    {
        LineBuffer line = _line;
        int[] cells = _incidents.Cells;
        int row = record * Column.Count;
        int kind = cells[row + Column.Kind];
        bool isNamed = _named != null;
        PutHeader(severity, isNamed ? _named!.Wall : _incidents.Wall[record]);
        line.Put(_kinds[kind]);
        line.PutNumber(cells[row + Column.Id]);
        line.Put(_states[state]);
        line.PutNumber(severity);
        line.Put(_sid);
        int signature = cells[row + Column.Signature];
        line.PutNumber(signature < 0 ? 0 : _table.Sid(signature));
        line.Put(_proto);
        PutProtocol(cells[row + Column.Protocol], cells[row + Column.Port]);
        line.Put(_src);
        _sourceAt = line.Length;
        WriteSource(record);
        _sourceEnd = line.Length;
        line.Put(_srcs);
        line.PutNumber(cells[row + Column.Sources]);
        line.Put(_dst);
        _destinationAt = line.Length;
        PutPrefix(record, Column.Destination, 16);
        _destinationEnd = line.Length;
        _record = record;
        line.Put(_dsts);
        line.PutNumber(HostsOf(row));
        line.Put(_dport);
        line.PutNumber(cells[row + Column.Version] == 0 ? 0 : cells[row + Column.Port]);
        line.Put(_frames);
        line.PutNumber(cells[row + Column.Frames]);
        _room = LineBuffer.Limit - 1 - MetaLength - (HasClock ? 0 : _unsynchronized.Length) - (into > 0 ? IntoLength : 0);
        _isFull = false;
        PutFacts(record, signature, into, lost);
        line.Put(_endOfElement);
        PutMeta(now);
        int words = line.Length;
        line.PutOctet(' ');
        _sentences.Write(record, isNamed);
        _record = -1;
        line.CutWords(words);
        return line.Length;
    }

    /// <summary>Whether an incident's frames have ports: an echo's identifier is none.</summary>
    /// <param name="row">Where the record begins.</param>
    public bool HasPorts(int row)
    {
        int protocol = _incidents.Cells[row + Column.Protocol];
        return protocol != Frames.IpProtocol.Icmp && protocol != Frames.IpProtocol.Icmpv6;
    }

    /// <summary>Writes the health line about the mirror into <see cref="Buffer"/>.</summary>
    /// <param name="isOneSided">One direction only; otherwise both again.</param>
    /// <param name="wall">Microseconds since 1970.</param>
    /// <param name="now">Centiseconds.</param>
    /// <returns>Octets of the line.</returns>
    public int WriteMirror(bool isOneSided, long wall, int now)
    {
        LineBuffer line = _line;
        PutHeader(isOneSided ? 3 : 2, wall);
        line.Put(_health);
        line.Put(isOneSided ? _oneSided : _bothSides);
        line.Put(_endOfElement);
        PutMeta(now);
        int words = line.Length;
        line.PutOctet(' ');
        _sentences.WriteMirror(isOneSided);
        line.CutWords(words);
        return line.Length;
    }

    /// <summary>Distinct destinations of an incident, as its kind counts them.</summary>
    /// <param name="row">Where its record begins.</param>
    public int HostsOf(int row)
    {
        int[] cells = _incidents.Cells;
        int kind = cells[row + Column.Kind];
        return kind == Kind.PortScan || kind == Kind.DistributedProbe || kind == Kind.Broadcast
            ? cells[row + Column.Destinations] : cells[row + Column.Size];
    }

    /// <summary>Whether hop counts of an incident's sources are alike.</summary>
    /// <param name="row">Where its record begins.</param>
    public bool AreHopsAlike(int row)
    {
        return _incidents.Cells[row + Column.HopsHigh] - _incidents.Cells[row + Column.HopsLow] <= AlikeHops;
    }

    /// <summary>Writes an incident's source: an address, the prefix that covers, or a word that no prefix does.</summary>
    /// <param name="record">Its record; the sentence of a line says again what the parameter src says.</param>
    public void PutSource(int record)
    {
        if (record == _record)
        {
            _line.PutFrom(_line.Bytes, _sourceAt, _sourceEnd - _sourceAt);
        }
        else
        {
            WriteSource(record);
        }
    }

    /// <summary>Writes an incident's destination likewise.</summary>
    /// <param name="record">Its record.</param>
    public void PutDestination(int record)
    {
        if (record == _record)
        {
            _line.PutFrom(_line.Bytes, _destinationAt, _destinationEnd - _destinationAt);
        }
        else
        {
            PutPrefix(record, Column.Destination, 16);
        }
    }

    /// <summary>Writes the protocol's word.</summary>
    /// <param name="protocol">IP protocol number, <see cref="Probe.Arp"/>, 0 for many, -1 for none.</param>
    /// <param name="type">The EtherType or LLC type where there is no IP.</param>
    public void PutProtocol(int protocol, int type)
    {
        _sentences.PutProtocol(protocol, type);
    }

    /// <summary>Writes TCP flags as letters, or 0 for none.</summary>
    /// <param name="flags">Eight flags.</param>
    public void PutFlags(int flags)
    {
        if (flags == 0)
        {
            _line.PutOctet('0');
        }

        for (int i = 0; i < 8; i++)
        {
            if ((flags & _flagBits[i]) != 0)
            {
                _line.PutOctet(_flagLetters[i]);
            }
        }
    }

    /// <summary>Writes centiseconds as seconds, with a decimal where there is one; below a second with two where there are two.</summary>
    /// <param name="centiseconds">The time.</param>
    public void PutTenths(int centiseconds)
    {
        if (centiseconds < Limits.Second && centiseconds % 10 != 0)
        {
            _line.PutOctet('0');
            _line.PutOctet('.');
            _line.PutDigits(centiseconds, 2);
            return;
        }

        int tenths = (centiseconds + 5) / 10;
        int seconds = tenths / 10;
        _line.PutNumber(seconds);
        if (tenths != seconds * 10 && seconds < 100)
        {
            _line.PutOctet('.');
            _line.PutNumber(tenths - (seconds * 10));
        }
    }

    private void PutFacts(int record, int signature, int into, int lost)
    {
        LineBuffer line = _line;
        int[] cells = _incidents.Cells;
        int row = record * Column.Count;
        int kind = cells[row + Column.Kind];
        if (signature >= 0)
        {
            int at = Begin(_name);
            line.PutFrom(_table.Bytes, _table.NameAt(signature), _table.NameLength(signature));
            End(at);
        }

        int mark = Begin(_dur);
        line.PutNumber((cells[row + Column.Last] - cells[row + Column.First]) / Limits.Second);
        End(mark);
        if (cells[row + Column.TtlLow] != 0)
        {
            mark = Begin(_ttl);
            line.PutNumber(cells[row + Column.TtlLow]);
            if (cells[row + Column.TtlHigh] != cells[row + Column.TtlLow])
            {
                line.PutOctet('-');
                line.PutNumber(cells[row + Column.TtlHigh]);
            }

            End(mark);
        }

        if (cells[row + Column.Protocol] == Frames.IpProtocol.Tcp && cells[row + Column.Flags] >= 0)
        {
            mark = Begin(_flags);
            PutFlags(cells[row + Column.Flags]);
            End(mark);
        }

        if (HasPorts(row))
        {
            Fact(_sport, cells[row + Column.SourcePort]);
        }

        int stride = _incidents.StrideOf(row);
        if (stride != 0)
        {
            mark = Begin(_stride);
            line.Put(stride == 1 ? _portOrder : _idOrder);
            End(mark);
            Fact(_unseen, _incidents.UnseenOf(row));
        }

        Fact(_answered, cells[row + Column.Answered]);
        Fact(_refused, cells[row + Column.Refused]);
        Fact(_silent, cells[row + Column.Silent]);
        Fact(_dark, cells[row + Column.Dark]);
        Fact(_related, cells[row + Column.Related]);
        Fact(_list, kind == Kind.Sweep ? cells[row + Column.List] : 0);
        if (cells[row + Column.Period] > 0)
        {
            mark = Begin(_period);
            PutTenths(cells[row + Column.Period]);
            End(mark);
        }

        int group = cells[row + Column.Group];
        if (group >= 0)
        {
            mark = Begin(_group);
            line.PutFrom(_table.Bytes, _table.GroupNameAt(group), _table.GroupNameLength(group));
            End(mark);
        }

        int expected = cells[row + Column.Expected];
        if (expected >= 0)
        {
            mark = Begin(_expected);
            line.PutFrom(_table.Bytes, _table.ExpectedNameAt(expected), _table.ExpectedNameLength(expected));
            End(mark);
        }

        Fact(_lost, lost - cells[row + Column.LostBefore]);
        if (kind != Kind.InverseMap && cells[row + Column.Ports] > 0)
        {
            mark = Begin(_dports);
            for (int i = 0; i < cells[row + Column.Ports]; i++)
            {
                if (i > 0)
                {
                    line.PutOctet(',');
                }

                line.PutNumber(_incidents.Ports[(record * Limits.ListedPorts) + i]);
            }

            End(mark);
        }

        if (into > 0)
        {
            // Room was kept for it: without it nobody finds the story that goes on.
            line.Put(_into);
            line.PutNumber(into);
        }
    }

    /// <summary>Begins a parameter; <see cref="End"/> takes it back where it does not fit.</summary>
    private int Begin(byte[] name)
    {
        int mark = _line.Length;
        _line.Put(name);
        return mark;
    }

    private void End(int mark)
    {
        // The quotation mark that closes it needs room too.
        if (_isFull || _line.Length >= _room)
        {
            _line.Length = mark;
            _isFull = true;
        }
    }

    private void Fact(byte[] name, int value)
    {
        if (value > 0)
        {
            int mark = Begin(name);
            _line.PutNumber(value);
            End(mark);
        }
    }

    private void PutHeader(int severity, long wall)
    {
        LineBuffer line = _line;
        line.Length = 0;
        line.Put(_priorities[severity]);
        if (HasClock)
        {
            long milliseconds = wall / 1000;
            long seconds = milliseconds / 1000;
            int days = (int)(seconds / 86400);
            line.PutTime(days, (int)(seconds - (days * 86400L)), (int)(milliseconds - (seconds * 1000)));
        }
        else
        {
            line.PutOctet('-');
        }

        line.PutOctet(' ');
        line.Put(_host);
        line.Put(_app);
    }

    private void PutMeta(int now)
    {
        if (!HasClock)
        {
            _line.Put(_unsynchronized);
        }

        _line.Put(_meta);
        _line.PutNumber(NextSequence());
        _line.Put(_upTime);
        _line.PutNumber(now & 0x7fffffff);
        _line.Put(_endOfElement);
    }

    private void WriteSource(int record)
    {
        if (_named == null)
        {
            PutPrefix(record, Column.Source, 0);
        }
        else if (_named.Version == 6)
        {
            _line.PutIpv6(_named.Addresses, _named.SourceAt, 128);
        }
        else
        {
            _line.PutIpv4(_named.Actor);
        }
    }

    private void PutPrefix(int record, int column, int offset)
    {
        LineBuffer line = _line;
        int[] cells = _incidents.Cells;
        int row = record * Column.Count;
        int version = cells[row + Column.Version];
        int length = cells[row + column + 1];
        if (version == 0)
        {
            _sentences.PutMac(record, column == Column.Source);
        }
        else if (length < TellingPrefix)
        {
            _sentences.PutVarious();
        }
        else if (version == 4)
        {
            line.PutIpv4(length == 32 ? cells[row + column] : cells[row + column] & (-1 << (32 - length)));
            if (length < 32)
            {
                line.PutOctet('/');
                line.PutNumber(length);
            }
        }
        else
        {
            line.PutIpv6(_incidents.Addresses, (record * 32) + offset, length);
            if (length < 128)
            {
                line.PutOctet('/');
                line.PutNumber(length);
            }
        }
    }
}
