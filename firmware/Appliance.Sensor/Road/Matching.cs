using Appliance.Sensor.Frames;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Road;

/// <summary>Which signature says most of a frame: a restricted service, then what is suspect, then the most lethal.</summary>
public sealed class Matching
{
    /// <summary>Told of each match; null on the device.</summary>
    public IMatchSink? Sink;

    /// <summary>Signatures satisfied.</summary>
    public long Count;

    /// <summary>
    /// While a suspect attempt waits here, the data on its connection tell a service from a probe that was merely answered.
    /// </summary>
    public readonly PendingAttempts Pending;

    private readonly SiteView _site;
    private SignatureMatcher _matcher;
    private PlainMatcher _plain;

    /// <summary>Makes it of what it works on.</summary>
    public Matching(SiteView site, PendingAttempts pending)
    {
        _site = site;
        Pending = pending;
        _matcher = new SignatureMatcher(site.Table);
        _plain = new PlainMatcher(site.Table);
    }

    /// <summary>Takes another table.</summary>
    /// <param name="table">The table.</param>
    public void UseTable(SignatureTable table)
    {
        _matcher = new SignatureMatcher(table);
        _plain = new PlainMatcher(table);
    }

    /// <summary>Whether anybody needs a data segment of an established connection that is no sign of life.</summary>
    /// <param name="sourcePort">Source port.</param>
    /// <param name="port">Destination port.</param>
    public bool WantsSegment(int sourcePort, int port)
    {
        SignatureTable table = _site.Table;
        return Pending.SuspectsWaiting > 0 || (table.WantsSegments && table.WantsSegmentOf(sourcePort, port));
    }

    /// <summary>Matches a plain frame by its port's entries in the index.</summary>
    /// <param name="entry">The first entry of the port's bucket that has its key.</param>
    /// <param name="flags">TCP flags; 0 for UDP.</param>
    /// <param name="fromHome">The source is at home.</param>
    /// <param name="toHome">The destination is at home.</param>
    /// <returns>The signature, <see cref="PlainMatcher.None"/> or <see cref="PlainMatcher.NeedsDecoding"/>.</returns>
    public int OfPlain(int entry, int flags, bool fromHome, bool toHome)
    {
        if (Sink != null)
        {
            // Whoever wants to know of each match is a tool with time to match in full.
            return PlainMatcher.NeedsDecoding;
        }

        int signature = _plain.Match(entry, flags, fromHome, toHome);
        if (signature >= 0)
        {
            Count += _plain.Count;
        }

        return signature;
    }

    /// <summary>Matches a decoded frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="slot">Its slot, for the sink.</param>
    /// <param name="stamp">Microseconds since the tap started.</param>
    /// <returns>The signature, -1 for none.</returns>
    public int OfDecoded(Frame frame, int slot, long stamp)
    {
        SignatureMatcher matcher = _matcher;
        // Rates count in seconds of the wall clock, as Snort's do.
        int count = matcher.Match(frame, stamp + _site.ClockOffset);
        if (count == 0)
        {
            return -1;
        }

        Count += count;
        if (Sink != null)
        {
            for (int i = 0; i < count; i++)
            {
                Sink.Match(slot, matcher.Matches[i]);
            }
        }

        return MostOf(count);
    }

    /// <summary>Whether a signature may look at a segment or datagram that was not decoded.</summary>
    /// <param name="protocol">TCP or UDP.</param>
    /// <param name="flags">Its TCP flags.</param>
    /// <param name="port">Its destination port.</param>
    public bool NeedsDecoding(int protocol, int flags, int port)
    {
        SignatureIndex index = _site.Table.Index;
        if (protocol == IpProtocol.Udp)
        {
            return index.WantsDatagrams() || index.HasKey(SignatureIndex.UdpDestination | port);
        }

        int wanted = index.FlagsWanted[flags];
        return wanted > index.MostWanted() || (wanted != 0 && index.HasKey(SignatureIndex.TcpDestination | port));
    }

    /// <summary>
    /// What a SYN would match without its PSH and URG: stacks open the connection all the same, so these flags hide nothing. It
    /// counts as no match, since the rule asks for other flags.
    /// </summary>
    /// <param name="frame">A decoded frame that matches nothing.</param>
    /// <param name="stamp">Microseconds since the tap started.</param>
    /// <returns>The signature, -1 for none.</returns>
    public int OfOpening(Frame frame, long stamp)
    {
        int flags = frame.TcpFlags;
        if ((flags & Tcp.Opening) != Tcp.Syn || (flags & (Tcp.Psh | Tcp.Urg)) == 0)
        {
            return -1;
        }

        frame.TcpFlags = flags & ~(Tcp.Psh | Tcp.Urg);
        int signature = MostOf(_matcher.Match(frame, stamp + _site.ClockOffset));
        frame.TcpFlags = flags;
        return signature;
    }

    private int MostOf(int count)
    {
        int best = -1;
        int bestWorth = -1;
        for (int i = 0; i < count; i++)
        {
            int signature = _matcher.Matches[i];
            int worth = _plain.WorthOf(signature);
            if (worth > bestWorth)
            {
                best = signature;
                bestWorth = worth;
            }
        }

        return best;
    }
}
