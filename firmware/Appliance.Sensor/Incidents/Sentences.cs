using Appliance.Sensor.Frames;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Incidents;

/// <summary>The sentence of a line: what a person reads, in the words of the analyst whose ten detects the sensor repeats.</summary>
public sealed class Sentences
{
    private readonly IncidentTable _incidents;
    private readonly LineBuffer _line;
    private readonly AlertWriter _writer;

    private SignatureTable? _table;

    /// <summary>Makes the writer of sentences.</summary>
    /// <param name="incidents">The incidents.</param>
    /// <param name="line">Where they are written.</param>
    /// <param name="writer">Writes addresses and flags.</param>
    public Sentences(IncidentTable incidents, LineBuffer line, AlertWriter writer)
    {
        _incidents = incidents;
        _line = line;
        _writer = writer;
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
    public void Write(int record, bool isNamed)
    {
        int row = record * Column.Count;
        switch (_incidents.Cells[row + Column.Kind])
        {
            case Kind.Sweep:
                WriteSweep(record, row);
                break;
            case Kind.PortScan:
                WritePortScan(record, row);
                break;
            case Kind.DistributedProbe:
                WriteDistributed(record, row, isNamed);
                break;
            case Kind.RestrictedService:
                WriteRestricted(record, row);
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

        int expected = _incidents.Cells[row + Column.Expected];
        if (expected >= 0)
        {
            _line.PutWord(AlertWord.ExpectedAs);
            _line.PutFrom(_table!.Bytes, _table.ExpectedNameAt(expected), _table.ExpectedNameLength(expected));
        }
    }

    /// <summary>Writes the sentence about the mirror.</summary>
    /// <param name="isOneSided">One direction only; otherwise both again.</param>
    public void WriteMirror(bool isOneSided)
    {
        _line.PutWord(isOneSided ? AlertWord.OneSidedWords : AlertWord.BothSidesWords);
    }

    /// <summary>Writes the word for a prefix that says nothing.</summary>
    public void PutVarious()
    {
        _line.PutWord(AlertWord.Various);
    }

    /// <summary>Writes the MAC address of a sender without IP, or the broadcast address.</summary>
    /// <param name="record">The incident's record.</param>
    /// <param name="isSource">The source; else the destination, which is the broadcast address.</param>
    public void PutMac(int record, bool isSource)
    {
        if (!isSource)
        {
            _line.PutWord(AlertWord.BroadcastMac);
            return;
        }

        int at = record * 2 * Ipv6.AddressLength;
        for (int i = 0; i < 6; i++)
        {
            int octet = _incidents.Addresses[at + i];
            if (i > 0)
            {
                _line.PutOctet(':');
            }

            if (octet < 16)
            {
                _line.PutOctet('0');
            }

            _line.PutHex(octet);
        }
    }

    /// <summary>Writes the protocol's word.</summary>
    /// <param name="protocol">IP protocol number, <see cref="Probe.Arp"/>, 0 for many, -1 for an EtherType, -2 for LLC.</param>
    /// <param name="type">The EtherType, or both access points.</param>
    public void PutProtocol(int protocol, int type)
    {
        LineBuffer line = _line;
        if (protocol == IpProtocol.Tcp)
        {
            line.PutWord(AlertWord.Tcp);
        }
        else if (protocol == IpProtocol.Udp)
        {
            line.PutWord(AlertWord.Udp);
        }
        else if (protocol == IpProtocol.Icmp || protocol == IpProtocol.Icmpv6)
        {
            line.PutWord(AlertWord.Icmp);
        }
        else if (protocol == Probe.Arp)
        {
            line.PutWord(AlertWord.Arp);
        }
        else if (protocol < 0)
        {
            line.PutWord(protocol == -1 ? AlertWord.Eth : AlertWord.Llc);
            line.PutHex(type);
        }
        else
        {
            line.PutWord(AlertWord.Ip);
            if (protocol != 0)
            {
                line.PutOctet('-');
                line.PutNumber(protocol);
            }
        }
    }

    private void PutWhat(int row)
    {
        int signature = _incidents.Cells[row + Column.Signature];
        if (signature >= 0)
        {
            _line.PutFrom(_table!.Bytes, _table.NameAt(signature), _table.NameLength(signature));
            return;
        }

        PutProtocol(_incidents.Cells[row + Column.Protocol], 0);
        if (_incidents.Cells[row + Column.Port] > 0)
        {
            _line.PutWord(AlertWord.PortWord);
            _line.PutNumber(_incidents.Cells[row + Column.Port]);
        }
    }

    /// <summary>How long it took: in the unit that people would say; `dur` has the seconds.</summary>
    private void PutDuration(int row)
    {
        int time = _incidents.Cells[row + Column.Last] - _incidents.Cells[row + Column.First];
        if (time < 10 * Limits.Second)
        {
            int fine = _incidents.Cells[row + Column.Fine];
            time = ((time * 1000) + (fine & 0xffff) - (fine >> 16) + 500) / 1000;
            _line.PutNumber(time / Limits.Second);
            _line.PutOctet('.');
            _line.PutDigits(time % Limits.Second, 2);
        }
        else if (time >= 2 * Limits.Day)
        {
            _line.PutNumber(time / Limits.Day);
            _line.PutWord(AlertWord.Days);
            return;
        }
        else if (time >= 120 * Limits.Minute)
        {
            _line.PutNumber(time / (60 * Limits.Minute));
            _line.PutWord(AlertWord.Hours);
            return;
        }
        else if (time >= 2 * Limits.Minute)
        {
            _line.PutNumber(time / Limits.Minute);
            _line.PutWord(AlertWord.Minutes);
            return;
        }
        else
        {
            _line.PutNumber(time / Limits.Second);
        }

        _line.PutWord(AlertWord.Seconds);
    }

    private void PutCommon(int row)
    {
        int[] cells = _incidents.Cells;
        int flags = cells[row + Column.Flags];
        if (cells[row + Column.Protocol] == IpProtocol.Tcp && flags >= 0 && (flags & (Tcp.Syn | Tcp.Fin | Tcp.Rst)) != Tcp.Syn)
        {
            _line.PutWord(AlertWord.Impossible);
            _writer.PutFlags(flags);
        }

        if (cells[row + Column.SourcePort] > 0 && cells[row + Column.Frames] > 1 && _writer.HasPorts(row))
        {
            _line.PutWord(AlertWord.FromPort);
            _line.PutNumber(cells[row + Column.SourcePort]);
        }

        if (cells[row + Column.Answered] > 0)
        {
            _line.PutWord(AlertWord.Comma);
            _line.PutNumber(cells[row + Column.Answered]);
            _line.PutWord(AlertWord.DidAnswer);
        }

        if (cells[row + Column.Related] > 0)
        {
            _line.PutWord(AlertWord.SameActor);
            _line.PutNumber(cells[row + Column.Related]);
        }
    }

    private void PutSize(int row)
    {
        _line.PutNumber(_incidents.Cells[row + Column.Size]);
        if (_incidents.IsAtLeast(row))
        {
            // One octet: a port scan's count stands nowhere else, and must not be cut.
            _line.PutOctet('+');
        }
    }

    private void WriteSweep(int record, int row)
    {
        PutWhat(row);
        _line.PutWord(AlertWord.SweepOf);
        _writer.PutDestination(record);
        _line.PutWord(AlertWord.By);
        _writer.PutSource(record);
        _line.PutOctet(':');
        _line.PutOctet(' ');
        PutSize(row);
        _line.PutWord(AlertWord.HostsIn);
        PutDuration(row);
        if (_incidents.StrideOf(row) != 0)
        {
            _line.PutWord(AlertWord.AddressOrder);
            int unseen = _incidents.UnseenOf(row);
            if (unseen > 0)
            {
                _line.PutWord(AlertWord.Comma);
                _line.PutNumber(unseen);
                _line.PutWord(AlertWord.MoreUnseen);
            }

            _line.PutWord(AlertWord.Linear);
        }

        PutCommon(row);
        if (_incidents.Cells[row + Column.List] > 0)
        {
            _line.PutWord(AlertWord.SameList);
            _line.PutNumber(_incidents.Cells[row + Column.List]);
        }
    }

    private void WritePortScan(int record, int row)
    {
        _line.PutWord(AlertWord.ScanOf);
        _writer.PutDestination(record);
        _line.PutWord(AlertWord.By);
        _writer.PutSource(record);
        _line.PutOctet(':');
        _line.PutOctet(' ');
        PutSize(row);
        _line.PutWord(AlertWord.PortsIn);
        PutDuration(row);
        PutCommon(row);
    }

    private void WriteDistributed(int record, int row, bool isNamed)
    {
        int[] cells = _incidents.Cells;
        if (isNamed)
        {
            _writer.PutSource(record);
            _line.PutWord(AlertWord.Joins);
            _writer.PutDestination(record);
            _line.PutOctet(':');
            _line.PutOctet(' ');
        }

        int sources = cells[row + Column.Sources];
        PutSize(row);
        _line.PutWord(AlertWord.SourcesWord);
        if (!isNamed && sources <= IncidentTable.NamedSources && cells[row + Column.Version] == 4)
        {
            PutSources(record, sources);
        }

        _line.PutWord(AlertWord.ProbeWord);
        _writer.PutDestination(record);
        if (cells[row + Column.Answered] > 0)
        {
            // Before all else: what answers on a trojan's port may be the trojan.
            _line.PutWord(AlertWord.OnSuspectPorts);
            _line.PutNumber(cells[row + Column.Answered]);
            _line.PutWord(AlertWord.DidAnswer);
            _line.PutOctet(':');
            _line.PutOctet(' ');
        }
        else
        {
            _line.PutWord(AlertWord.OnPorts);
        }

        _line.PutWord(_writer.AreHopsAlike(row) ? AlertWord.HopsAlike : AlertWord.HopsSpread);
    }

    private void PutSources(int record, int count)
    {
        byte[] addresses = _incidents.Addresses;
        int at = record * 2 * Ipv6.AddressLength;
        for (int i = 0; i < count; i++, at += 4)
        {
            _line.PutWord(i == 0 ? AlertWord.OpenList : AlertWord.Comma);
            _line.PutIpv4((addresses[at] << 24) | (addresses[at + 1] << 16) | (addresses[at + 2] << 8) | addresses[at + 3]);
        }

        _line.PutOctet(')');
    }

    private void WriteRestricted(int record, int row)
    {
        int[] cells = _incidents.Cells;
        PutWhat(row);
        _line.PutOctet(':');
        _line.PutOctet(' ');
        _writer.PutSource(record);
        _line.PutWord(AlertWord.Tried);
        _line.PutNumber(cells[row + Column.Size]);
        int group = cells[row + Column.Group];
        if (group >= 0)
        {
            _line.PutOctet(' ');
            _line.PutFrom(_table!.Bytes, _table.GroupNameAt(group), _table.GroupNameLength(group));
        }

        _line.PutWord(cells[row + Column.Size] == 1 ? AlertWord.HostOfGroup : AlertWord.HostsOfGroup);
        if (cells[row + Column.Conversed] != 0)
        {
            // First of all: nothing of the parameters says it.
            _line.PutWord(AlertWord.Conversation);
        }

        _line.PutWord(cells[row + Column.TriedOthers] == 0 ? AlertWord.NoOthers : AlertWord.AndOthers);

        if (cells[row + Column.Related] > 0)
        {
            _line.PutWord(AlertWord.SameActor);
            _line.PutNumber(cells[row + Column.Related]);
        }
    }

    private void WriteInverse(int record, int row)
    {
        int[] cells = _incidents.Cells;
        _line.PutNumber(cells[row + Column.Frames]);
        int flags = cells[row + Column.Flags];
        _line.PutWord(flags >= 0 && (flags & Tcp.Rst) != 0 ? AlertWord.ResetsFrom : AlertWord.AnswersFrom);
        _writer.PutSource(record);
        if (cells[row + Column.SourcePort] > 0)
        {
            _line.PutWord(AlertWord.PortWord);
            _line.PutNumber(cells[row + Column.SourcePort]);
        }

        _line.PutWord(AlertWord.To);
        PutSize(row);
        _line.PutWord(AlertWord.NothingAsked);
        if (cells[row + Column.Related] > 0)
        {
            _line.PutWord(AlertWord.SameActor);
            _line.PutNumber(cells[row + Column.Related]);
        }
    }

    private void WriteDark(int record, int row)
    {
        int[] cells = _incidents.Cells;
        _writer.PutSource(record);
        _line.PutWord(AlertWord.Polls);
        _line.PutNumber(cells[row + Column.Size]);
        int living = cells[row + Column.Size] - cells[row + Column.Dark];
        if (living > 0)
        {
            _line.PutWord(AlertWord.WereSilent);
            _line.PutNumber(living);
            _line.PutWord(AlertWord.SpeakNow);
        }
        else
        {
            _line.PutWord(AlertWord.NeverSpoke);
        }

        _line.PutNumber(cells[row + Column.Frames]);
        _line.PutOctet(' ');
        PutProtocol(cells[row + Column.Protocol], 0);
        if (cells[row + Column.Port] > 0)
        {
            _line.PutWord(AlertWord.PortWord);
            _line.PutNumber(cells[row + Column.Port]);
        }

        _line.PutWord(AlertWord.Tries);
        if (cells[row + Column.Period] > 0 && cells[row + Column.Run] > 1)
        {
            _line.PutWord(AlertWord.InRuns);
            _line.PutNumber(cells[row + Column.Run]);
            _line.PutWord(AlertWord.Comma);
            _writer.PutTenths(cells[row + Column.Period]);
            _line.PutWord(AlertWord.Apart);
            if (cells[row + Column.Protocol] == IpProtocol.Udp)
            {
                _line.PutWord(AlertWord.RetryTimer);
            }
        }
    }

    private void WriteBroadcast(int record, int row)
    {
        int[] cells = _incidents.Cells;
        _writer.PutSource(record);
        _line.PutWord(AlertWord.Broadcasts);
        _writer.PutDestination(record);
        _line.PutOctet(' ');
        PutProtocol(cells[row + Column.Protocol], cells[row + Column.Port]);
        if (cells[row + Column.Version] != 0 && cells[row + Column.Port] > 0)
        {
            _line.PutWord(AlertWord.PortWord);
            _line.PutNumber(cells[row + Column.Port]);
        }

        if (cells[row + Column.Period] > 0)
        {
            _line.PutWord(AlertWord.Every);
            _writer.PutTenths(cells[row + Column.Period]);
            _line.PutWord(AlertWord.Seconds);
        }
        else
        {
            _line.PutWord(AlertWord.NoPeriod);
        }

        if (cells[row + Column.Form] == Broadcasts.NetworkAddress)
        {
            _line.PutWord(AlertWord.OldForm);
        }

        if (cells[row + Column.Expected] < 0)
        {
            _line.PutWord(AlertWord.Unexplained);
        }
    }
}
