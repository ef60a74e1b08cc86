using Appliance.Sensor.Frames;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Road;

/// <summary>
/// The way of a plain frame that the batch loop could not finish with a touch: its probe is read from the slot's words.
/// </summary>
public sealed class PlainFrames
{
    private readonly SiteView _site;
    private readonly Matching _matching;
    private readonly Connections _connections;
    private readonly byte[] _ofActors;
    private readonly int _multiplier;
    private readonly RunningSweeps _running;
    private readonly Judge _judge;
    private readonly DecodedFrames _decoded;
    private readonly Probe _probe;

    /// <summary>Makes it of what it works on.</summary>
    public PlainFrames(SiteView site, Matching matching, Connections connections, Suspicions suspicions, RunningSweeps running,
        Judge judge,
        DecodedFrames decoded)
    {
        _site = site;
        _matching = matching;
        _connections = connections;
        _ofActors = suspicions.OfActors;
        _multiplier = connections.Hash.First;
        _running = running;
        _judge = judge;
        _decoded = decoded;
        _probe = decoded.Probe;
    }

    /// <summary>
    /// Takes in a plain frame, whose sender was heard already. For the SYN of a connection that is not known it mostly does what
    /// <see cref="Flows"/> and <see cref="Attempts"/> would do with its probe, without one, which would cost a half more than all
    /// the rest: of an actor of no suspicion and nobody's signature it waits for its outcome; like the one before it in a sweep
    /// that runs it is one more target. Any other frame goes their way.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="word">The first word of its IP header.</param>
    /// <param name="flags">Its TCP flags, 0 for a datagram.</param>
    /// <param name="named">The first entry of its port in the signatures' index, -1 for none.</param>
    /// <param name="key">Its connection's key.</param>
    /// <param name="entry">Its connection, -1 for none.</param>
    /// <param name="fromHome">Its sender is at home.</param>
    public void Take(SlotBatch batch, int word, int flags, int named, int key, int entry, bool fromHome)
    {
        // The device addresses the first four locals for less than the others.
        int[] words = batch.Words;
        int ports = words[word + 5];
        int target = words[word + 4];
        int bit = _site.LivingBitOf(target);
        int source = words[word + 3];
        int signature = named < 0 ? PlainMatcher.None : _matching.OfPlain(named, flags, fromHome, bit >= 0);
        if (signature == PlainMatcher.NeedsDecoding)
        {
            _decoded.Take(batch, word >> SlotBatch.WordShift);
            return;
        }

        int slot = ((source * _multiplier) >> Suspicions.SlotShift) & Suspicions.SlotMask;
        int lane = -1;
        bool needsProbe = entry >= 0 || (flags & Tcp.ClassicFlags) != Tcp.Syn;
        if (!needsProbe && _ofActors[slot] != 0)
        {
            if (fromHome || bit >= 0)
            {
                lane = _running.LaneOf(slot, source, target, (words[word + 2] & ~0xffffff) | (flags << 16) | (ushort)ports,
                    signature);
            }

            needsProbe = lane < 0;
        }

        if (needsProbe || (lane < 0 && signature >= 0))
        {
            TakeProbe(batch, word, signature, bit, key, entry, fromHome);
            return;
        }

        long stamp = batch.Stamps[word >> SlotBatch.WordShift];
        int now = (int)(stamp / 10000);
        int fine = ((int)stamp - (now * 10000)) / 10;
        entry = _connections.Add(key, source == target ? (int)((uint)ports >> 16) < (ushort)ports : source < target, now,
            Connections.Opening, words[word + 6]);
        if (lane >= 0)
        {
            _running.JoinLane(lane, target, ports, (int)((uint)words[word + 1] >> 16), bit, now, fine, entry);
        }
        else if (fromHome || bit >= 0)
        {
            PendingAttempts pending = _matching.Pending;
            if (pending.Count >= Limits.PendingAttempts)
            {
                _judge.MakeRoom();
            }

            pending.AddPlain(now, source, target, ports,
                IpProtocol.Tcp | (4 << PendingAttempts.VersionShift) | (words[word + 8] & (255 << PendingAttempts.FlagsShift))
                    | (words[word + 2] & (255 << PendingAttempts.TtlShift)),
                (words[word + 1] & ~0xffff) | ((words[word + 8] & PendingAttempts.SmallMask) == PendingAttempts.Small
                    ? PendingAttempts.HasHeader | PendingAttempts.IsSmall : PendingAttempts.HasHeader),
                ((bit + 1) << PendingAttempts.LivingShift) | (fine << PendingAttempts.FineShift) | entry, key);
        }
    }

    private void TakeProbe(SlotBatch batch, int word, int signature, int bit, int key, int entry, bool fromHome)
    {
        Probe probe = _probe;
        int[] words = batch.Words;
        int source = words[word + 3];
        int target = words[word + 4];
        int ports = words[word + 5];
        int life = words[word + 2];
        int sourcePort = (int)((uint)ports >> 16);
        int port = (ushort)ports;
        probe.Version = 4;
        probe.IsSplit = false;
        _decoded.Identities.SetTime(batch.Stamps[word >> SlotBatch.WordShift], probe);
        probe.Actor = source;
        probe.Target = target;
        probe.FromHome = fromHome;
        probe.ToHome = bit >= 0;
        probe.LivingBit = bit;
        probe.Signature = signature;
        probe.SourcePort = sourcePort;
        probe.Port = port;
        probe.Ttl = (int)((uint)life >> 24);
        probe.Identification = (int)((uint)words[word + 1] >> 16);
        probe.ConnectionKey = key;
        probe.Connection = entry;
        bool bySmaller = source == target ? sourcePort < port : source < target;
        probe.BySmaller = bySmaller;
        probe.FromOpener = entry >= 0 && bySmaller == ((_connections.States[entry] & Connections.OpenedBySmaller) != 0);
        int protocol = (byte)(life >> 16);
        probe.Protocol = protocol;
        probe.Flags = 0;
        probe.SizeAndWindow = 0;
        if (protocol == IpProtocol.Tcp)
        {
            probe.Flags = (byte)(words[word + 8] >> 16);
            probe.SizeAndWindow = words[word + 8];
            probe.Sequence = words[word + 6];
            probe.Acknowledgment = words[word + 7];
        }

        _decoded.Flows.Take(probe);
    }
}
