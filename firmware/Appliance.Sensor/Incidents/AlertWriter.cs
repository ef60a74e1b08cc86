using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

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

    /// <summary>Octets of timeQuality, which only a line without a time has.</summary>
    private const int TimeQualityLength = 38;

    /// <summary>Octets that the number of the incident folded into takes at most, for which room is kept.</summary>
    private const int IntoLength = 18;

    /// <summary>Hop counts that differ by no more come from one place; a route that flaps changes them by one.</summary>
    private const int AlikeHops = 1;

    /// <summary>A prefix shorter than this covers unrelated networks and says nothing.</summary>
    private const int TellingPrefix = 8;

    private readonly IncidentTable _incidents;
    private readonly LineBuffer _line = new LineBuffer(new Words(AlertWord.Texts));
    private readonly Sentences _sentences;
    private readonly byte[] _flagLetters = LineBuffer.Word("SFRPAUEC");
    private readonly byte[] _flagBits = { 2, 1, 4, 8, 16, 32, 64, 128 };
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
        line.PutWord(AlertWord.FirstKind + kind);
        line.PutNumber(cells[row + Column.Id]);
        line.PutWord(AlertWord.FirstState + state);
        line.PutNumber(severity);
        line.PutWord(AlertWord.Sid);
        int signature = cells[row + Column.Signature];
        line.PutNumber(signature < 0 ? 0 : _table.Sid(signature));
        line.PutWord(AlertWord.Proto);
        PutProtocol(cells[row + Column.Protocol], cells[row + Column.Port]);
        line.PutWord(AlertWord.Src);
        _sourceAt = line.Length;
        WriteSource(record);
        _sourceEnd = line.Length;
        line.PutWord(AlertWord.Srcs);
        line.PutNumber(cells[row + Column.Sources]);
        line.PutWord(AlertWord.Dst);
        _destinationAt = line.Length;
        PutPrefix(record, Column.Destination, 16);
        _destinationEnd = line.Length;
        _record = record;
        line.PutWord(AlertWord.Dsts);
        line.PutNumber(HostsOf(row));
        line.PutWord(AlertWord.Dport);
        line.PutNumber(cells[row + Column.Version] == 0 ? 0 : cells[row + Column.Port]);
        line.PutWord(AlertWord.Frames);
        line.PutNumber(cells[row + Column.Frames]);
        _room = LineBuffer.Limit - 1 - MetaLength - (HasClock ? 0 : TimeQualityLength) - (into > 0 ? IntoLength : 0);
        _isFull = false;
        PutFacts(record, signature, into, lost);
        line.PutWord(AlertWord.EndOfElement);
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
        line.PutWord(AlertWord.Health);
        line.PutWord(isOneSided ? AlertWord.OneSided : AlertWord.BothSides);
        line.PutWord(AlertWord.EndOfElement);
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
            int at = Begin(AlertWord.Name);
            line.PutFrom(_table.Bytes, _table.NameAt(signature), _table.NameLength(signature));
            End(at);
        }

        int mark = Begin(AlertWord.Dur);
        line.PutNumber((cells[row + Column.Last] - cells[row + Column.First]) / Limits.Second);
        End(mark);
        if (cells[row + Column.TtlLow] != 0)
        {
            mark = Begin(AlertWord.Ttl);
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
            mark = Begin(AlertWord.Flags);
            PutFlags(cells[row + Column.Flags]);
            End(mark);
        }

        if (HasPorts(row))
        {
            Fact(AlertWord.Sport, cells[row + Column.SourcePort]);
        }

        int stride = _incidents.StrideOf(row);
        if (stride != 0)
        {
            mark = Begin(AlertWord.Stride);
            line.PutWord(stride == 1 ? AlertWord.PortOrder : AlertWord.IdOrder);
            End(mark);
            Fact(AlertWord.Unseen, _incidents.UnseenOf(row));
        }

        Fact(AlertWord.Answered, cells[row + Column.Answered]);
        Fact(AlertWord.Refused, cells[row + Column.Refused]);
        Fact(AlertWord.Silent, cells[row + Column.Silent]);
        Fact(AlertWord.Dark, cells[row + Column.Dark]);
        Fact(AlertWord.Related, cells[row + Column.Related]);
        Fact(AlertWord.List, kind == Kind.Sweep ? cells[row + Column.List] : 0);
        if (cells[row + Column.Period] > 0)
        {
            mark = Begin(AlertWord.Period);
            PutTenths(cells[row + Column.Period]);
            End(mark);
        }

        int group = cells[row + Column.Group];
        if (group >= 0)
        {
            mark = Begin(AlertWord.Group);
            line.PutFrom(_table.Bytes, _table.GroupNameAt(group), _table.GroupNameLength(group));
            End(mark);
        }

        int expected = cells[row + Column.Expected];
        if (expected >= 0)
        {
            mark = Begin(AlertWord.Expected);
            line.PutFrom(_table.Bytes, _table.ExpectedNameAt(expected), _table.ExpectedNameLength(expected));
            End(mark);
        }

        Fact(AlertWord.Lost, lost - cells[row + Column.LostBefore]);
        if (kind != Kind.InverseMap && cells[row + Column.Ports] > 0)
        {
            mark = Begin(AlertWord.Dports);
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
            line.PutWord(AlertWord.Into);
            line.PutNumber(into);
        }
    }

    /// <summary>Begins a parameter; <see cref="End"/> takes it back where it does not fit.</summary>
    private int Begin(int name)
    {
        int mark = _line.Length;
        _line.PutWord(name);
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

    private void Fact(int name, int value)
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
        line.PutWord(AlertWord.FirstPriority + severity);
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
        line.PutWord(AlertWord.App);
    }

    private void PutMeta(int now)
    {
        if (!HasClock)
        {
            _line.PutWord(AlertWord.Unsynchronized);
        }

        _line.PutWord(AlertWord.Meta);
        _line.PutNumber(NextSequence());
        _line.PutWord(AlertWord.UpTime);
        _line.PutNumber(now & 0x7fffffff);
        _line.PutWord(AlertWord.EndOfElement);
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
