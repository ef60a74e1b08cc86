using Appliance.Sensor.Frames;
using Appliance.Sensor.Lines;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Incidents;

/// <summary>
/// What parameters and sentence of an alert line both say: who, whom, by which protocol, with which flags, how long.
/// </summary>
public sealed class AlertParts
{
    /// <summary>A prefix shorter than this covers unrelated networks and says nothing.</summary>
    private const int TellingPrefix = 8;

    /// <summary>The order in which a tool made its targets, and what it left unseen; see <see cref="FindOrder"/>.</summary>
    public int Stride;

    /// <summary>See <see cref="IncidentTable.UnseenOf"/>.</summary>
    public int Unseen;

    private readonly IncidentTable _incidents;
    private readonly LineBuffer _line;
    private readonly byte[] _flagLetters = LineBuffer.Word("SFRPAUEC");
    private readonly byte[] _flagBits = { 2, 1, 4, 8, 16, 32, 64, 128 };

    // Where the parameters src and dst stand in the line: its sentence says them again.
    private int _sourceAt;
    private int _sourceLength;
    private int _destinationAt;
    private int _destinationLength;

    /// <summary>Makes a writer of parts.</summary>
    /// <param name="incidents">The incidents.</param>
    /// <param name="line">Where they are written.</param>
    public AlertParts(IncidentTable incidents, LineBuffer line)
    {
        _incidents = incidents;
        _line = line;
    }

    /// <summary>Finds <see cref="Stride"/> and <see cref="Unseen"/> of an incident, once a line.</summary>
    /// <param name="row">Where its record begins.</param>
    public void FindOrder(int row)
    {
        Stride = _incidents.StrideOf(row);
        Unseen = _incidents.UnseenOf(row, Stride);
    }

    /// <summary>
    /// Writes an incident's source: an address, the prefix that covers, or a word where no prefix says anything.
    /// </summary>
    /// <param name="record">Its record.</param>
    /// <param name="named">The source that the line is about; null for the incident's own.</param>
    public void PutSource(int record, Probe? named)
    {
        _sourceAt = _line.Length;
        if (named == null)
        {
            PutPrefix(record, Column.Source, 0);
        }
        else if (named.Version == 6)
        {
            _line.PutIpv6(named.Addresses, named.SourceAt, 128);
        }
        else
        {
            _line.PutIpv4(named.Actor);
        }

        _sourceLength = _line.Length - _sourceAt;
    }

    /// <summary>Writes an incident's destination likewise.</summary>
    /// <param name="record">Its record.</param>
    public void PutDestination(int record)
    {
        _destinationAt = _line.Length;
        PutPrefix(record, Column.Destination, Ipv6.AddressLength);
        _destinationLength = _line.Length - _destinationAt;
    }

    /// <summary>Writes the line's source again, as its parameter says it.</summary>
    public void RepeatSource()
    {
        _line.PutFrom(_line.Bytes, _sourceAt, _sourceLength);
    }

    /// <summary>Writes the line's destination again.</summary>
    public void RepeatDestination()
    {
        _line.PutFrom(_line.Bytes, _destinationAt, _destinationLength);
    }

    /// <summary>Writes the protocol's word.</summary>
    /// <param name="row">Where the incident's record begins.</param>
    /// <param name="type">The EtherType, or both access points.</param>
    public void PutProtocol(int row, int type)
    {
        LineBuffer line = _line;
        int protocol = _incidents.Cells[row + Column.Protocol];
        int word = protocol == IpProtocol.Tcp ? AlertWord.Tcp
            : protocol == IpProtocol.Udp ? AlertWord.Udp
            : protocol == IpProtocol.Icmp || protocol == IpProtocol.Icmpv6 ? AlertWord.Icmp
            : protocol == IpProtocol.Sctp ? AlertWord.Sctp
            : protocol == Probe.Arp ? _incidents.Cells[row + Column.Version] == 6 ? AlertWord.Neighbours : AlertWord.Arp
            : protocol == -1 ? AlertWord.Eth
            : protocol < 0 ? AlertWord.Llc
            : AlertWord.Ip;
        line.PutWord(word);
        if (protocol < 0)
        {
            line.PutHex(type);
        }
        else if (word == AlertWord.Ip && protocol != 0 && protocol != Probe.AnyIp)
        {
            line.PutOctet('-');
            line.PutNumber(protocol);
        }
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

    /// <summary>
    /// Writes centiseconds as seconds, with a decimal where there is one; below a second with two where there are two.
    /// </summary>
    /// <param name="centiseconds">The time.</param>
    public void PutTenths(int centiseconds)
    {
        LineBuffer line = _line;
        if (centiseconds < Limits.Second && centiseconds % 10 != 0)
        {
            line.PutOctet('0');
            line.PutOctet('.');
            line.PutDigits(centiseconds, 2);
            return;
        }

        int tenths = (centiseconds + 5) / 10;
        int seconds = tenths / 10;
        line.PutNumber(seconds);
        if (tenths != seconds * 10 && seconds < 100)
        {
            line.PutOctet('.');
            line.PutNumber(tenths - (seconds * 10));
        }
    }

    private void PutPrefix(int record, int column, int offset)
    {
        LineBuffer line = _line;
        int[] cells = _incidents.Cells;
        int row = record * Column.Count;
        int version = cells[row + Column.Version];
        int length = cells[row + column + 1];
        int address = cells[row + column];
        int addressAt = (record * 2 * Ipv6.AddressLength) + offset;
        if (version != 4)
        {
            if (column == Column.Source && ((version == 0 && length != 0)
                || (length == 8 * Ipv6.AddressLength && _incidents.Addresses[addressAt] == 0)))
            {
                // Who has no address, or none yet.
                addressAt += version == 0 ? 0 : Ipv6.MacAt;
                line.PutMac(Octets24(addressAt), Octets24(addressAt + 3));
                return;
            }

            if (version == 0 && column == Column.Destination)
            {
                // What has no IP is followed to the broadcast address alone.
                line.PutWord(AlertWord.BroadcastMac);
                return;
            }
        }
        else if (column == Column.Source && length == 32 && Stations.IsStation(address))
        {
            line.PutMac(_incidents.Stations.HighOf(address), address);
            return;
        }

        if (length < TellingPrefix)
        {
            line.PutWord(AlertWord.Various);
            return;
        }

        if (version == 4)
        {
            line.PutIpv4(address & (-1 << (32 - length)));
        }
        else
        {
            line.PutIpv6(_incidents.Addresses, addressAt, length);
        }

        if (length < (version == 4 ? 32 : 8 * Ipv6.AddressLength))
        {
            line.PutOctet('/');
            line.PutNumber(length);
        }
    }

    private int Octets24(int at)
    {
        return BigEndian.Read32(_incidents.Addresses, at) >> 8;
    }
}
