using Appliance.Imaging.Frames;
using Appliance.Imaging.Memories;
using Appliance.Imaging.Stories;
using Appliance.Sensor;
using Appliance.Sensor.Frames;

namespace Appliance.Imaging.Judging;

/// <summary>
/// Counts who lives in the imaging network, by connection requests and their answers, datagrams, ARP and the frames of old
/// protocols. The same of one host is looked at once an hour.
/// </summary>
public sealed class Census
{
    /// <summary>What was looked at within the hour, a hash each; a place is a hash's lowest bits.</summary>
    public const int SeenPlaces = 256;

    // Tags through which a type is looked for, as the hook does.
    private const int MostTags = 2;

    private const int AdvantageNetPort = 1600;
    private const int SnmpPort = 161;

    // Octets of data without which a sign of life is none of bulk data.
    private const int BulkFrame = 1000;

    /// <summary>See <see cref="SeenPlaces"/>.</summary>
    public readonly int[] Seen = new int[SeenPlaces];

    private readonly Service _services = new Service();
    private readonly Community _community = new Community();
    private readonly Conversation _host = new Conversation();
    private readonly Inventory _inventory;
    private readonly Arrivals _arrivals;
    private readonly Weaknesses _weaknesses;
    private readonly Site _site;
    private readonly Crossings _crossings = new Crossings();
    private int _routerHigh;
    private int _routerLow;

    /// <summary>Makes a census.</summary>
    /// <param name="inventory">Gets who lives there.</param>
    /// <param name="arrivals">Is told who was heard.</param>
    /// <param name="weaknesses">Is told of weak services that datagrams and connection requests show.</param>
    /// <param name="site">Says who is at home.</param>
    public Census(Inventory inventory, Arrivals arrivals, Weaknesses weaknesses, Site site)
    {
        _inventory = inventory;
        _arrivals = arrivals;
        _weaknesses = weaknesses;
        _site = site;
    }

    /// <summary>An hour is over: everything is looked at again.</summary>
    public void Forget()
    {
        System.Array.Clear(Seen, 0, Seen.Length);
    }

    /// <summary>
    /// Whether a datagram of a plain frame, sent from SNMP's port, is an answer to a community that agents come with: whatever
    /// else the agent said within the hour must not hide it.
    /// </summary>
    /// <param name="batch">The slots.</param>
    /// <param name="slot">Its number.</param>
    /// <param name="ip">The word with which its IP header begins.</param>
    public bool IsDefaultAnswered(SlotBatch batch, int slot, int ip)
    {
        int start = slot * SlotBatch.SlotLength;
        int data = start + ((ip - (slot << SlotBatch.WordShift)) << 2) - SlotBatch.WordPadding + Ipv4.HeaderLength + Udp.HeaderLength;
        int end = start + ((batch.Lengths[slot] >> SlotBatch.CapturedShift) & SlotBatch.CapturedMask);
        return _community.IsDefaultAnswered(batch.Bytes, data, end);
    }

    /// <summary>Takes a connection request, an answer to one, or a datagram, of a plain frame.</summary>
    /// <param name="batch">The slots.</param>
    /// <param name="slot">Its number.</param>
    /// <param name="ip">The word with which its IP header begins.</param>
    /// <param name="isDatagram">It is UDP.</param>
    public void Take(SlotBatch batch, int slot, int ip, bool isDatagram)
    {
        int[] words = batch.Words;
        int source = words[ip + 3];
        int first = slot << SlotBatch.WordShift;
        int cardHigh = words[first + 2];
        int cardLow = (words[first + 3] >> 16) & 0xffff;
        bool isHome = _site.IsHome(source);
        if (!isDatagram)
        {
            NoteCrossing(words, ip, first, isHome);
        }

        if (!isHome)
        {
            return;
        }

        int row = Hear(source, cardHigh, cardLow, false);
        int start = slot * SlotBatch.SlotLength;
        int at = start + ((ip - first) << 2) - SlotBatch.WordPadding;
        int end = start + ((batch.Lengths[slot] >> SlotBatch.CapturedShift) & SlotBatch.CapturedMask);
        int ports = words[ip + 5];
        int sourcePort = (ports >> 16) & 0xffff;
        int targetPort = ports & 0xffff;
        _host.TakeHost(source, at + Ipv4.Source, words[ip + 4], at + Ipv4.Destination, (words[ip + 2] >> 24) & 0xff, batch.Stamps[slot]);
        _arrivals.See(row, batch.Bytes, _host);
        if (isDatagram)
        {
            TakeDatagram(row, batch.Bytes, at + Ipv4.HeaderLength + Udp.HeaderLength, end, sourcePort, targetPort);
        }
        else if (((words[ip + 8] >> 16) & Tcp.Ack) != 0)
        {
            Note(row, 1 << (16 + _services.Of(sourcePort)));
        }
        else
        {
            TakeRequest(row, batch.Bytes, at, end, targetPort);
        }
    }

    /// <summary>Takes a sign of life: who sends bulk data to a server of DICOM stores images there.</summary>
    /// <param name="batch">The slots.</param>
    /// <param name="slot">Its number.</param>
    public void TakeLife(SlotBatch batch, int slot)
    {
        int length = batch.Lengths[slot];
        if ((length & SlotBatch.ShapeMask) != SlotBatch.ShapeSegment)
        {
            return;
        }

        int[] words = batch.Words;
        int ip = (slot << SlotBatch.WordShift) + ((length & SlotBatch.Tagged) == 0 ? SlotBatch.IpWord : SlotBatch.IpWord + 1);
        if ((words[ip] & 0xffff) > BulkFrame && _services.Of(words[ip + 5] & 0xffff) == Service.Dicom)
        {
            _inventory.Mark(_inventory.Find(words[ip + 3]), Inventory.Stores);
        }
    }

    /// <summary>Takes a frame that is no plain one: ARP, a broadcast, an old protocol.</summary>
    /// <param name="batch">The slots.</param>
    /// <param name="slot">Its number.</param>
    public void TakeOther(SlotBatch batch, int slot)
    {
        byte[] bytes = batch.Bytes;
        int start = slot * SlotBatch.SlotLength;
        int end = start + ((batch.Lengths[slot] >> SlotBatch.CapturedShift) & SlotBatch.CapturedMask);
        int at = start + Ethernet.Type;
        int type = 0;
        for (int tags = 0; at + 2 <= end; at += Ethernet.TagLength, tags++)
        {
            type = (bytes[at] << 8) | bytes[at + 1];
            if ((type != Ethernet.TypeVlan && type != Ethernet.TypeServiceVlan && type != Ethernet.TypeOldQinQ) || tags == MostTags)
            {
                break;
            }
        }

        at += 2;
        int first = slot << SlotBatch.WordShift;
        int cardHigh = batch.Words[first + 2];
        int cardLow = (batch.Words[first + 3] >> 16) & 0xffff;
        if (type == Ethernet.TypeArp)
        {
            TakeArp(batch, slot, at, end);
        }
        else if (type == Ethernet.TypeIpv4)
        {
            TakeIpv4(batch, slot, at, end, cardHigh, cardLow);
        }
        else if (type == Ethernet.TypeIpv6)
        {
            TakeIpv6(batch, slot, at, end);
        }
        else
        {
            int protocol = type < Ethernet.LeastType ? LegacyProtocol.OfLlc(bytes, at, end) : LegacyProtocol.OfType(type);
            if (protocol != LegacyProtocol.None && IsNew(cardHigh ^ (cardLow << 8) ^ (protocol << 28) ^ protocol))
            {
                MarkStation(cardHigh, cardLow, Inventory.FirstLegacy + protocol);
            }
        }
    }

    /// <summary>Notes an association that was accepted.</summary>
    /// <param name="client">Who called.</param>
    /// <param name="server">Whom.</param>
    /// <param name="names">Both titles, the called one first.</param>
    public void NoteAssociation(int client, int server, byte[] names)
    {
        int row = _inventory.Find(server);
        if (row >= 0)
        {
            Note(row, 1 << (16 + Service.Dicom));
            _inventory.Mark(row, Inventory.FirstCaller + (client & (Inventory.CallerCount - 1)));
            _inventory.AddTitle(row, names, 0);
        }

        row = _inventory.Find(client);
        if (row >= 0)
        {
            Note(row, 1 << Service.Dicom);
            _inventory.Mark(row, Inventory.Talks);
            _inventory.AddTitle(row, names, Title.Room);
        }
    }

    /// <summary>Notes a message of HL7.</summary>
    /// <param name="sender">Who sent it.</param>
    /// <param name="receiver">To whom.</param>
    public void NoteMessage(int sender, int receiver)
    {
        int row = _inventory.Find(sender);
        if (row >= 0)
        {
            Note(row, 1 << Service.Hl7);
            _inventory.Mark(row, Inventory.Talks);
        }

        row = _inventory.Find(receiver);
        if (row >= 0)
        {
            Note(row, 1 << (16 + Service.Hl7));
        }
    }

    // A host opens many connections: by the first nothing may be known, and what is known may have found no room to be told.
    private void TakeRequest(int row, byte[] bytes, int ip, int end, int targetPort)
    {
        Note(row, 1 << _services.Of(targetPort));
        _weaknesses.Tell(OldSystem.Of(bytes, ip, end), bytes, _host);
    }

    private void TakeDatagram(int row, byte[] bytes, int data, int end, int sourcePort, int targetPort)
    {
        int served = _services.Of(sourcePort);
        int asked = _services.Of(targetPort);
        if (served != Service.Other)
        {
            Note(row, 1 << (16 + served));
        }
        else if (asked != Service.Other)
        {
            Note(row, 1 << asked);
        }

        if (LegacyProtocol.IsAdvantageNet(bytes, data, end))
        {
            _inventory.Mark(row, Inventory.FirstLegacy + LegacyProtocol.AdvantageNet);
        }
        else if (sourcePort == SnmpPort && _community.IsDefaultAnswered(bytes, data, end))
        {
            _host.SourcePort = SnmpPort;
            _host.TargetPort = targetPort;
            _weaknesses.Tell(Reason.Snmp, bytes, _host);
        }
    }

    // The sender's own words on who has which address and card.
    private void TakeArp(SlotBatch batch, int slot, int at, int end)
    {
        byte[] bytes = batch.Bytes;
        if (at + Arp.MessageLength > end)
        {
            return;
        }

        int sender = BigEndian.Read32(bytes, at + Arp.SenderAddress);
        int cardHigh = BigEndian.Read32(bytes, at + Arp.SenderHardware);
        int cardLow = BigEndian.Read16(bytes, at + Arp.SenderHardware + 4);
        if (sender == 0 || !IsNew((sender * 0x01000193) ^ cardHigh ^ cardLow) || !_site.IsHome(sender))
        {
            return;
        }

        int row = Hear(sender, cardHigh, cardLow, true);
        _host.TakeHost(sender, at + Arp.SenderAddress, sender, at + Arp.SenderAddress, 0, batch.Stamps[slot]);
        _arrivals.See(row, bytes, _host);
    }

    // Of IPv6 the census knows no hosts, but an agent's answer is as weak there.
    private void TakeIpv6(SlotBatch batch, int slot, int at, int end)
    {
        byte[] bytes = batch.Bytes;
        int udp = at + Ipv6.HeaderLength;
        if (udp + Udp.HeaderLength <= end && bytes[at + Ipv6.NextHeader] == IpProtocol.Udp && BigEndian.Read16(bytes, udp) == SnmpPort
            && _community.IsDefaultAnswered(bytes, udp + Udp.HeaderLength, end))
        {
            _host.TakeDatagram6(bytes, at, batch.Stamps[slot]);
            _weaknesses.Tell(Reason.Snmp, bytes, _host);
        }
    }

    // A datagram to all or to many, what is neither TCP nor UDP, and what has two tags or options.
    private void TakeIpv4(SlotBatch batch, int slot, int at, int end, int cardHigh, int cardLow)
    {
        byte[] bytes = batch.Bytes;
        int header = at < end ? (bytes[at] & 15) << 2 : 0;
        int transport = at + header;
        if (header < Ipv4.HeaderLength || transport + Udp.HeaderLength > end
            || ((bytes[at + Ipv4.FlagsAndFragment] & 0x1f) | bytes[at + Ipv4.FlagsAndFragment + 1]) != 0)
        {
            return;
        }

        int source = BigEndian.Read32(bytes, at + Ipv4.Source);
        int protocol = bytes[at + Ipv4.Protocol];
        int ports = protocol == IpProtocol.Udp ? BigEndian.Read32(bytes, transport) : 0;
        int flags = 0;
        if (protocol == IpProtocol.Tcp)
        {
            flags = transport + Tcp.HeaderLength <= end ? bytes[transport + Tcp.Flags] : 0;
            if ((flags & Tcp.Syn) == 0)
            {
                return;
            }

            ports = BigEndian.Read32(bytes, transport) & ((flags & Tcp.Ack) == 0 ? 0xffff : unchecked((int)0xffff0000));
        }

        int targetPort = ports & 0xffff;

        // Of AdvantageNet's discovery the source port counts up: it would be looked at each time.
        ports = targetPort == AdvantageNetPort ? targetPort : ports;
        if (!IsNew((source * 0x01000193) ^ ports ^ cardLow) || !_site.IsHome(source))
        {
            return;
        }

        int row = Hear(source, cardHigh, cardLow, false);
        _host.TakeHost(source, at + Ipv4.Source, BigEndian.Read32(bytes, at + Ipv4.Destination), at + Ipv4.Destination,
            bytes[at + Ipv4.TimeToLive], batch.Stamps[slot]);
        _arrivals.See(row, bytes, _host);
        if (protocol == IpProtocol.Udp)
        {
            TakeDatagram(row, bytes, transport + Udp.HeaderLength, end, (ports >> 16) & 0xffff, targetPort);
        }
        else if ((flags & Tcp.Ack) != 0)
        {
            Note(row, 1 << (16 + _services.Of((ports >> 16) & 0xffff)));
        }
        else if (protocol == IpProtocol.Tcp && header == Ipv4.HeaderLength)
        {
            TakeRequest(row, bytes, at, end, targetPort);
        }
    }

    // The row of a home address that was heard, and the card that it spoke from: a host beyond a router speaks from the router's.
    private int Hear(int address, int cardHigh, int cardLow, bool isArp)
    {
        int row = _inventory.Find(address);
        row = row < 0 ? _inventory.Add(address, address) : row;
        if (row < 0)
        {
            return row;
        }

        int[] cells = _inventory.Cells;
        _inventory.Hear(row);
        if (isArp)
        {
            _inventory.Mark(row, Inventory.OwnCard);
        }

        if (isArp || (cells[row + Inventory.CardHigh] == 0 && (cardHigh != _routerHigh || cardLow != _routerLow)))
        {
            cells[row + Inventory.CardHigh] = cardHigh;
            cells[row + Inventory.CardLow] = (cells[row + Inventory.CardLow] & 0xffff) | (cardLow << 16);
        }

        return row;
    }

    // A gateway is the card through which answers come back: what an outsider asks of a home host comes from it and is answered
    // to it, or the other way round. Senders that somebody forges are answered to the true gateway.
    private void NoteCrossing(int[] words, int ip, int first, bool isFromHome)
    {
        int source = words[ip + 3];
        int target = words[ip + 4];
        if (_site.IsHome(target) == isFromHome)
        {
            return;
        }

        int high = isFromHome ? (words[first] << 16) | ((words[first + 1] >> 16) & 0xffff) : words[first + 2];
        int low = (isFromHome ? words[first + 1] : words[first + 3] >> 16) & 0xffff;
        int card = (high * 0x01000193) ^ low;
        int ports = words[ip + 5];
        int sourcePort = (ports >> 16) & 0xffff;
        int targetPort = ports & 0xffff;
        if (((words[ip + 8] >> 16) & Tcp.Ack) == 0)
        {
            _crossings.Ask(Requests.FlowOf(source, sourcePort, target, targetPort), card);
        }
        else if (_crossings.Answer(Requests.FlowOf(target, targetPort, source, sourcePort), card, isFromHome ? source : target))
        {
            _routerHigh = high;
            _routerLow = low;
            _inventory.Mark(_inventory.FindCard(high, low), Inventory.Router);
        }
    }

    private void MarkStation(int cardHigh, int cardLow, int mark)
    {
        int row = _inventory.FindCard(cardHigh, cardLow);
        if (row < 0)
        {
            row = _inventory.Add(Inventory.NoAddress, cardHigh ^ cardLow);
            if (row >= 0)
            {
                _inventory.Cells[row + Inventory.CardHigh] = cardHigh;
                _inventory.Cells[row + Inventory.CardLow] |= cardLow << 16;
            }
        }

        if (row >= 0)
        {
            _inventory.Hear(row);
            _inventory.Mark(row, mark);
        }
    }

    private void Note(int row, int bits)
    {
        if (row >= 0)
        {
            _inventory.Cells[row + Inventory.Services] |= bits;
        }
    }

    private bool IsNew(int key)
    {
        int place = (key ^ (key >> 13)) & (SeenPlaces - 1);
        bool isNew = Seen[place] != key;
        Seen[place] = key;
        return isNew;
    }
}
