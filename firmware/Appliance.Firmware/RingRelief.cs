using System;
using Appliance.Sensor;
using Appliance.Sensor.Frames;
using Appliance.Sensor.Signatures;

namespace Appliance.Firmware;

/// <summary>
/// What is left out while the ring fills, before it drops whatever comes next: frames of the kind of which too many come. Who
/// forges senders has an attempt of each weighed, at up to a hundred times what an ordinary frame costs, and the frames of all
/// others would be lost.
/// </summary>
/// <remarks>
/// A burst is no flood: whoever is at home or came lately has the whole ring, and waits only where it stays full. Strangers wait
/// as soon as it fills, but for some, so that a scan can be seen that begins meanwhile. Connections that stand,
/// answers and ends are never left out. A replay has no ring, and nothing is left out of it.
/// </remarks>
public sealed class RingRelief
{
    /// <summary>256ths of the ring: a quarter. At 1,300 kept frames a second it takes 58 ms to fill of a ring of 304 slots, which
    /// is longer than it takes to write a line.</summary>
    private const int Filling = 64;

    /// <summary>From which on nobody new is let through but by turns.</summary>
    private const int Full = 96;

    /// <summary>Half of it, from which on the turns are fewer.</summary>
    private const int Overfull = 128;

    /// <summary>Five eighths: what is left of a ring of 304 slots takes 87 ms to fill, and a batch of eight scans 44.</summary>
    private const int Brim = 160;

    /// <summary>Microseconds that a ring is full after a burst: a sweep of 254 hosts at once is judged by then.</summary>
    private const long Patience = 250000;

    /// <summary>New senders of a batch that are let through while the ring is not yet filling: at 19 ms for the dearest, 0.3 s
    /// of the 0.8 that a ring of 1,024 slots holds.</summary>
    private const int AtOnce = 16;

    /// <summary>New ones at home when it is full, of whom each takes up to 13 ms (an ARP request in another's name).</summary>
    private const int AtOnceWhenFull = 2;

    /// <summary>Slots of a 256th of the ring, where a batch has more than that many: 4 of 1,024.</summary>
    private const int SlotsShift = 2;

    // One in so many and one is let through while the ring fills, and when it is fuller. Powers of two, less one.
    private const int Some = 15;
    private const int Few = 63;

    /// <summary>Senders that are remembered; a power of two.</summary>
    private const int Senders = 16;

    // Kinds of frames; the next number of the first three are those from home. Odd are strangers'.
    private const int None = 0;
    private const int Syn = 1;
    private const int Datagram = 3;
    private const int Decoded = 5;
    private const int Arp = 8;
    private const int Neighbour = 10;
    private const int Six = 11;

    /// <summary>Bits in which a kind is counted, up to one in eight of 64 and one more.</summary>
    private const int CountBits = 5;

    private const int TypeMask = 0xffff;

    /// <summary>Beyond a slot's words: the flags of TCP right behind IPv6's header, from its beginning.</summary>
    private const int FlagsOverSix = Ipv6.HeaderLength + Tcp.Flags;

    /// <summary>Frames that were left out since the start.</summary>
    public long LeftOut;

    private readonly IMirrorPort _port;
    private readonly TapSensor _sensor;
    private readonly int[] _lately = new int[Senders];
    private int _turn;
    private int _expected;

    // 0 while it is not full.
    private long _fullAt;

    /// <summary>Makes a relief.</summary>
    /// <param name="port">Its counters.</param>
    /// <param name="sensor">Whom it relieves.</param>
    public RingRelief(IMirrorPort port, TapSensor sensor)
    {
        _port = port;
        _sensor = sensor;
    }

    /// <summary>Kept frames that nobody looked at since the start: those that found the ring full, and those that were left out.
    /// </summary>
    public long Lost()
    {
        return _port.Counter(PortCounter.Lost) + LeftOut;
    }

    /// <summary>Takes out of a batch for what there is no time.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="table">Who is at home.</param>
    public void Relieve(SlotBatch batch, SignatureTable table)
    {
        int slot;
        int count = batch.Count;
        int waiting = batch.Waiting;
        int left = waiting << SlotsShift;
        bool wasDear = count + left > _expected;
        _expected = left + count + (count >> 1);
        if (waiting < Filling)
        {
            _fullAt = 0;
            if (count <= AtOnce || waiting == 0 || !wasDear)
            {
                return;
            }
        }
        else if (_fullAt == 0 && waiting >= Full)
        {
            _fullAt = batch.Stamps[0];
        }

        int floods = FloodsOf(batch, table);
        if (floods == 0)
        {
            return;
        }

        bool isStanding = waiting >= (count > AtOnce ? Overfull : Brim)
            || (waiting >= Full && batch.Stamps[0] - _fullAt >= Patience);
        int few = waiting < Overfull ? Some : Few;
        int strangers = waiting >= Full ? 0 : waiting >= Filling ? 1 : AtOnce;
        int others = waiting >= Full ? AtOnceWhenFull : AtOnce;
        byte[] kinds = batch.Kinds;
        int turn = _turn;
        int kept = 0;
        for (slot = 0; slot < count; slot++)
        {
            int kind = kinds[slot];
            if (((floods >> kind) & 1) != 0)
            {
                int sender = 0;
                int place = 0;
                int room = 0;
                if (!isStanding)
                {
                    sender = SenderOf(batch, slot, kind);
                    place = kind == Arp ? 0 : _sensor.Suspicions.SlotOf(sender) & (Senders - 1);
                    room = _lately[place] == sender ? 1 : (kind & 1) != 0 ? strangers-- : others--;
                }

                if (room <= 0)
                {
                    turn++;
                    if ((turn & few) != 0)
                    {
                        continue;
                    }
                }

                _lately[place] = sender;
            }

            if (kept != slot)
            {
                Move(batch, slot, kept);
            }

            kept++;
        }

        _turn = turn;
        if (kept != count)
        {
            // The next batch is looked at in any case.
            _expected = 0;
        }

        // As good as lost, and each might have begun a suspicion: the watch over the detectors tells of these.
        batch.Count = kept;
        LeftOut += count - kept;
        _sensor.Suspicions.Evictions += count - kept;
    }

    // A bit for each kind of which there are too many: more than one in eight.
    private int FloodsOf(SlotBatch batch, SignatureTable table)
    {
        byte[] kinds = batch.Kinds;
        int[] words = batch.Words;
        int count = batch.Count;
        int many = count >> 3;
        long numbers = 0;
        int floods = 0;
        for (int slot = 0; slot < count; slot++)
        {
            int kind = None;
            int lengths = batch.Lengths[slot];
            int shape = lengths & SlotBatch.ShapeMask;
            if (shape == SlotBatch.ShapeTcp)
            {
                int ip = (slot << SlotBatch.WordShift) + SlotBatch.IpWord + ((lengths & SlotBatch.Tagged) == 0 ? 0 : 1);
                if (((words[ip + 8] >> 16) & Tcp.Opening) == Tcp.Syn)
                {
                    kind = table.HomeIndex(words[ip + 3]) < 0 ? Syn : Syn + 1;
                }
            }
            else if (shape != SlotBatch.ShapeSegment)
            {
                kind = KindOf(batch, slot, table);
            }

            kinds[slot] = (byte)kind;
            if (kind != None)
            {
                int shift = kind * CountBits;
                if (((int)(numbers >> shift) & ((1 << CountBits) - 1)) == many)
                {
                    floods |= 1 << kind;
                }
                else
                {
                    numbers += 1L << shift;
                }
            }
        }

        return floods;
    }

    // Of all that is no TCP of a plain shape.
    private int KindOf(SlotBatch batch, int slot, SignatureTable table)
    {
        int[] words = batch.Words;
        int ip = IpOf(batch, slot);
        int kind = Datagram;
        if ((batch.Lengths[slot] & SlotBatch.ShapeMask) == SlotBatch.ShapeOther)
        {
            int type = words[ip - 1] & TypeMask;
            if (type == Ethernet.TypeArp)
            {
                return Arp;
            }

            if (type == Ethernet.TypeIpv6)
            {
                return KindOverSix(batch, slot, ip);
            }

            kind = Decoded;
        }

        return table.HomeIndex(words[ip + 3]) < 0 ? kind : kind + 1;
    }

    private int KindOverSix(SlotBatch batch, int slot, int ip)
    {
        int next = (batch.Words[ip + 1] >> 8) & 255;
        int flags = (slot << SlotBatch.BytesShift) + ((ip & (SlotBatch.SlotWords - 1)) << 2) - SlotBatch.WordPadding + FlagsOverSix;
        if (next == IpProtocol.Tcp && (batch.Bytes[flags] & Tcp.Opening) != Tcp.Syn)
        {
            return None;
        }

        return next == IpProtocol.Icmpv6 ? Neighbour : Six;
    }

    private int SenderOf(SlotBatch batch, int slot, int kind)
    {
        int[] words = batch.Words;
        int ip = IpOf(batch, slot);
        if (kind < Arp)
        {
            return words[ip + 3];
        }

        // Of ARP the address lies across two words, with the end of the card's before it.
        return kind == Arp ? words[ip + 3] ^ words[ip + 4] : words[ip + 2] ^ words[ip + 3] ^ words[ip + 4] ^ words[ip + 5];
    }

    // The mark for one tag stands at plain shapes only.
    private int IpOf(SlotBatch batch, int slot)
    {
        int ip = (slot << SlotBatch.WordShift) + SlotBatch.IpWord;
        int lengths = batch.Lengths[slot];
        bool isTagged = (lengths & SlotBatch.ShapeMask) == SlotBatch.ShapeOther
            ? (batch.Words[ip - 1] & TypeMask) == Ethernet.TypeVlan
            : (lengths & SlotBatch.Tagged) != 0;
        return isTagged ? ip + 1 : ip;
    }

    private void Move(SlotBatch batch, int from, int to)
    {
        Array.Copy(batch.Bytes, from << SlotBatch.BytesShift, batch.Bytes, to << SlotBatch.BytesShift, SlotBatch.SlotLength);
        Array.Copy(batch.Words, from << SlotBatch.WordShift, batch.Words, to << SlotBatch.WordShift, SlotBatch.SlotWords);
        batch.Lengths[to] = batch.Lengths[from];
        batch.Stamps[to] = batch.Stamps[from];
    }
}
