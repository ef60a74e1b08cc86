using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;
using Appliance.Sensor.Tracking;

namespace Appliance.Sensor.Incidents;

/// <summary>The sentence of a line: what a person reads, in the words of the analyst whose ten detects the sensor repeats.</summary>
public sealed class Sentences
{
    private readonly IncidentTable _incidents;
    private readonly LineBuffer _line;
    private readonly AlertWriter _writer;
    private readonly byte[] _various = LineBuffer.Word("various");
    private readonly byte[] _tcp = LineBuffer.Word("tcp");
    private readonly byte[] _udp = LineBuffer.Word("udp");
    private readonly byte[] _icmp = LineBuffer.Word("icmp");
    private readonly byte[] _arp = LineBuffer.Word("arp");
    private readonly byte[] _ip = LineBuffer.Word("ip");
    private readonly byte[] _eth = LineBuffer.Word("eth-");
    private readonly byte[] _llc = LineBuffer.Word("llc-");
    private readonly byte[] _broadcastMac = LineBuffer.Word("ff:ff:ff:ff:ff:ff");
    private readonly byte[] _portWord = LineBuffer.Word(" port ");
    private readonly byte[] _sweepOf = LineBuffer.Word(" sweep of ");
    private readonly byte[] _scanOf = LineBuffer.Word("port scan of ");
    private readonly byte[] _by = LineBuffer.Word(" by ");
    private readonly byte[] _hostsIn = LineBuffer.Word(" hosts in ");
    private readonly byte[] _portsIn = LineBuffer.Word(" ports in ");
    private readonly byte[] _seconds = LineBuffer.Word(" s");
    private readonly byte[] _minutes = LineBuffer.Word(" minutes");
    private readonly byte[] _hours = LineBuffer.Word(" hours");
    private readonly byte[] _days = LineBuffer.Word(" days");
    private readonly byte[] _addressOrder = LineBuffer.Word(", in address order");
    private readonly byte[] _linear = LineBuffer.Word(" (a linear sweep by one tool)");
    private readonly byte[] _moreUnseen = LineBuffer.Word(" more not seen");
    private readonly byte[] _impossible = LineBuffer.Word(", impossible flags ");
    private readonly byte[] _fromPort = LineBuffer.Word(", all from source port ");
    private readonly byte[] _comma = LineBuffer.Word(", ");
    private readonly byte[] _openList = LineBuffer.Word(" (");
    private readonly byte[] _didAnswer = LineBuffer.Word(" answered");
    private readonly byte[] _sameActor = LineBuffer.Word(", same actor as incident ");
    private readonly byte[] _sameList = LineBuffer.Word(", same target list as incident ");
    private readonly byte[] _sourcesWord = LineBuffer.Word(" sources");
    private readonly byte[] _probeWord = LineBuffer.Word(" probe ");
    private readonly byte[] _onPorts = LineBuffer.Word(" on ports that it does not serve: ");
    private readonly byte[] _onSuspectPorts = LineBuffer.Word(" on suspect ports, ");
    private readonly byte[] _hopsAlike = LineBuffer.Word("hop counts alike (one place, or spoofed)");
    private readonly byte[] _hopsSpread = LineBuffer.Word("hop counts spread (separate places)");
    private readonly byte[] _joins = LineBuffer.Word(" joins the probe of ");
    private readonly byte[] _tried = LineBuffer.Word(" tried ");
    private readonly byte[] _hostOfGroup = LineBuffer.Word(" host");
    private readonly byte[] _hostsOfGroup = LineBuffer.Word(" hosts");
    private readonly byte[] _noOthers = LineBuffer.Word(" and no others: no scan, somebody chose them");
    private readonly byte[] _andOthers = LineBuffer.Word(" among others");
    private readonly byte[] _conversation = LineBuffer.Word(" (a conversation followed)");
    private readonly byte[] _polls = LineBuffer.Word(" keeps asking ");
    private readonly byte[] _neverSpoke = LineBuffer.Word(" hosts that never spoke: ");
    private readonly byte[] _wereSilent = LineBuffer.Word(" hosts that were silent, ");
    private readonly byte[] _speakNow = LineBuffer.Word(" of them live now: ");
    private readonly byte[] _tries = LineBuffer.Word(" tries");
    private readonly byte[] _inRuns = LineBuffer.Word(" in runs of ");
    private readonly byte[] _apart = LineBuffer.Word(" s apart");
    private readonly byte[] _retryTimer = LineBuffer.Word(": a resolver's retry timer");
    private readonly byte[] _answersFrom = LineBuffer.Word(" answers from ");
    private readonly byte[] _resetsFrom = LineBuffer.Word(" resets from ");
    private readonly byte[] _to = LineBuffer.Word(" to ");
    private readonly byte[] _nothingAsked = LineBuffer.Word(" hosts that asked nothing: inverse mapping, or backscatter of a scan that spoofs them");
    private readonly byte[] _broadcasts = LineBuffer.Word(" broadcasts to ");
    private readonly byte[] _every = LineBuffer.Word(" every ");
    private readonly byte[] _noPeriod = LineBuffer.Word(" at no fixed period any more");
    private readonly byte[] _oldForm = LineBuffer.Word(" in the old BSD form (network address)");
    private readonly byte[] _unexplained = LineBuffer.Word(", nothing explains it");
    private readonly byte[] _expectedAs = LineBuffer.Word(", expected: ");
    private readonly byte[] _oneSidedWords = LineBuffer.Word(
        "the mirror shows one direction only: set the switch to mirror both, received and sent; answers are not judged until then");

    private readonly byte[] _bothSidesWords = LineBuffer.Word("the mirror shows both directions again");
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
            _line.Put(_expectedAs);
            _line.PutFrom(_table!.Bytes, _table.ExpectedNameAt(expected), _table.ExpectedNameLength(expected));
        }
    }

    /// <summary>Writes the sentence about the mirror.</summary>
    /// <param name="isOneSided">One direction only; otherwise both again.</param>
    public void WriteMirror(bool isOneSided)
    {
        _line.Put(isOneSided ? _oneSidedWords : _bothSidesWords);
    }

    /// <summary>Writes the word for a prefix that says nothing.</summary>
    public void PutVarious()
    {
        _line.Put(_various);
    }

    /// <summary>Writes the MAC address of a sender without IP, or the broadcast address.</summary>
    /// <param name="record">The incident's record.</param>
    /// <param name="isSource">The source; else the destination, which is the broadcast address.</param>
    public void PutMac(int record, bool isSource)
    {
        if (!isSource)
        {
            _line.Put(_broadcastMac);
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
            line.Put(_tcp);
        }
        else if (protocol == IpProtocol.Udp)
        {
            line.Put(_udp);
        }
        else if (protocol == IpProtocol.Icmp || protocol == IpProtocol.Icmpv6)
        {
            line.Put(_icmp);
        }
        else if (protocol == Probe.Arp)
        {
            line.Put(_arp);
        }
        else if (protocol < 0)
        {
            line.Put(protocol == -1 ? _eth : _llc);
            line.PutHex(type);
        }
        else
        {
            line.Put(_ip);
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
            _line.Put(_portWord);
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
            _line.Put(_days);
            return;
        }
        else if (time >= 120 * Limits.Minute)
        {
            _line.PutNumber(time / (60 * Limits.Minute));
            _line.Put(_hours);
            return;
        }
        else if (time >= 2 * Limits.Minute)
        {
            _line.PutNumber(time / Limits.Minute);
            _line.Put(_minutes);
            return;
        }
        else
        {
            _line.PutNumber(time / Limits.Second);
        }

        _line.Put(_seconds);
    }

    private void PutCommon(int row)
    {
        int[] cells = _incidents.Cells;
        int flags = cells[row + Column.Flags];
        if (cells[row + Column.Protocol] == IpProtocol.Tcp && flags >= 0 && (flags & (Tcp.Syn | Tcp.Fin | Tcp.Rst)) != Tcp.Syn)
        {
            _line.Put(_impossible);
            _writer.PutFlags(flags);
        }

        if (cells[row + Column.SourcePort] > 0 && cells[row + Column.Frames] > 1 && _writer.HasPorts(row))
        {
            _line.Put(_fromPort);
            _line.PutNumber(cells[row + Column.SourcePort]);
        }

        if (cells[row + Column.Answered] > 0)
        {
            _line.Put(_comma);
            _line.PutNumber(cells[row + Column.Answered]);
            _line.Put(_didAnswer);
        }

        if (cells[row + Column.Related] > 0)
        {
            _line.Put(_sameActor);
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
        _line.Put(_sweepOf);
        _writer.PutDestination(record);
        _line.Put(_by);
        _writer.PutSource(record);
        _line.PutOctet(':');
        _line.PutOctet(' ');
        PutSize(row);
        _line.Put(_hostsIn);
        PutDuration(row);
        if (_incidents.StrideOf(row) != 0)
        {
            _line.Put(_addressOrder);
            int unseen = _incidents.UnseenOf(row);
            if (unseen > 0)
            {
                _line.Put(_comma);
                _line.PutNumber(unseen);
                _line.Put(_moreUnseen);
            }

            _line.Put(_linear);
        }

        PutCommon(row);
        if (_incidents.Cells[row + Column.List] > 0)
        {
            _line.Put(_sameList);
            _line.PutNumber(_incidents.Cells[row + Column.List]);
        }
    }

    private void WritePortScan(int record, int row)
    {
        _line.Put(_scanOf);
        _writer.PutDestination(record);
        _line.Put(_by);
        _writer.PutSource(record);
        _line.PutOctet(':');
        _line.PutOctet(' ');
        PutSize(row);
        _line.Put(_portsIn);
        PutDuration(row);
        PutCommon(row);
    }

    private void WriteDistributed(int record, int row, bool isNamed)
    {
        int[] cells = _incidents.Cells;
        if (isNamed)
        {
            _writer.PutSource(record);
            _line.Put(_joins);
            _writer.PutDestination(record);
            _line.PutOctet(':');
            _line.PutOctet(' ');
        }

        int sources = cells[row + Column.Sources];
        PutSize(row);
        _line.Put(_sourcesWord);
        if (!isNamed && sources <= IncidentTable.NamedSources && cells[row + Column.Version] == 4)
        {
            PutSources(record, sources);
        }

        _line.Put(_probeWord);
        _writer.PutDestination(record);
        if (cells[row + Column.Answered] > 0)
        {
            // Before all else: what answers on a trojan's port may be the trojan.
            _line.Put(_onSuspectPorts);
            _line.PutNumber(cells[row + Column.Answered]);
            _line.Put(_didAnswer);
            _line.PutOctet(':');
            _line.PutOctet(' ');
        }
        else
        {
            _line.Put(_onPorts);
        }

        _line.Put(_writer.AreHopsAlike(row) ? _hopsAlike : _hopsSpread);
    }

    private void PutSources(int record, int count)
    {
        byte[] addresses = _incidents.Addresses;
        int at = record * 2 * Ipv6.AddressLength;
        for (int i = 0; i < count; i++, at += 4)
        {
            _line.Put(i == 0 ? _openList : _comma);
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
        _line.Put(_tried);
        _line.PutNumber(cells[row + Column.Size]);
        int group = cells[row + Column.Group];
        if (group >= 0)
        {
            _line.PutOctet(' ');
            _line.PutFrom(_table!.Bytes, _table.GroupNameAt(group), _table.GroupNameLength(group));
        }

        _line.Put(cells[row + Column.Size] == 1 ? _hostOfGroup : _hostsOfGroup);
        if (cells[row + Column.Run] != 0)
        {
            // First of all: nothing of the parameters says it.
            _line.Put(_conversation);
        }

        _line.Put(cells[row + Column.Form] == 0 ? _noOthers : _andOthers);

        if (cells[row + Column.Related] > 0)
        {
            _line.Put(_sameActor);
            _line.PutNumber(cells[row + Column.Related]);
        }
    }

    private void WriteInverse(int record, int row)
    {
        int[] cells = _incidents.Cells;
        _line.PutNumber(cells[row + Column.Frames]);
        int flags = cells[row + Column.Flags];
        _line.Put(flags >= 0 && (flags & Tcp.Rst) != 0 ? _resetsFrom : _answersFrom);
        _writer.PutSource(record);
        if (cells[row + Column.SourcePort] > 0)
        {
            _line.Put(_portWord);
            _line.PutNumber(cells[row + Column.SourcePort]);
        }

        _line.Put(_to);
        PutSize(row);
        _line.Put(_nothingAsked);
        if (cells[row + Column.Related] > 0)
        {
            _line.Put(_sameActor);
            _line.PutNumber(cells[row + Column.Related]);
        }
    }

    private void WriteDark(int record, int row)
    {
        int[] cells = _incidents.Cells;
        _writer.PutSource(record);
        _line.Put(_polls);
        _line.PutNumber(cells[row + Column.Size]);
        int living = cells[row + Column.Size] - cells[row + Column.Dark];
        if (living > 0)
        {
            _line.Put(_wereSilent);
            _line.PutNumber(living);
            _line.Put(_speakNow);
        }
        else
        {
            _line.Put(_neverSpoke);
        }

        _line.PutNumber(cells[row + Column.Frames]);
        _line.PutOctet(' ');
        PutProtocol(cells[row + Column.Protocol], 0);
        if (cells[row + Column.Port] > 0)
        {
            _line.Put(_portWord);
            _line.PutNumber(cells[row + Column.Port]);
        }

        _line.Put(_tries);
        if (cells[row + Column.Period] > 0 && cells[row + Column.Run] > 1)
        {
            _line.Put(_inRuns);
            _line.PutNumber(cells[row + Column.Run]);
            _line.Put(_comma);
            _writer.PutTenths(cells[row + Column.Period]);
            _line.Put(_apart);
            if (cells[row + Column.Protocol] == IpProtocol.Udp)
            {
                _line.Put(_retryTimer);
            }
        }
    }

    private void WriteBroadcast(int record, int row)
    {
        int[] cells = _incidents.Cells;
        _writer.PutSource(record);
        _line.Put(_broadcasts);
        _writer.PutDestination(record);
        _line.PutOctet(' ');
        PutProtocol(cells[row + Column.Protocol], cells[row + Column.Port]);
        if (cells[row + Column.Version] != 0 && cells[row + Column.Port] > 0)
        {
            _line.Put(_portWord);
            _line.PutNumber(cells[row + Column.Port]);
        }

        if (cells[row + Column.Period] > 0)
        {
            _line.Put(_every);
            _writer.PutTenths(cells[row + Column.Period]);
            _line.Put(_seconds);
        }
        else
        {
            _line.Put(_noPeriod);
        }

        if (cells[row + Column.Form] == Broadcasts.NetworkAddress)
        {
            _line.Put(_oldForm);
        }

        if (cells[row + Column.Expected] < 0)
        {
            _line.Put(_unexplained);
        }
    }
}
