using Appliance.Sensor.Frames;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;
using Appliance.Sensor.Signatures;

namespace Appliance.Sensor.Road;

/// <summary>
/// What a frame does to its connection: opens it, which is a try; answers it; ends it; or answers nothing. Tries go to the judge,
/// unsolicited answers to the inverse maps.
/// </summary>
/// <remarks>Works on <see cref="Probe"/>, which either the batch loop or <see cref="FrameReader"/> has filled.</remarks>
public sealed class Observer
{
    /// <summary>The frame that is looked at.</summary>
    public readonly Probe Probe = new Probe();

    /// <summary>Its source is at home.</summary>
    public bool FromHome;

    /// <summary>Its destination is at home.</summary>
    public bool ToHome;

    /// <summary>It was put together from fragments that split its header.</summary>
    public bool IsSplit;

    private readonly Connections _connections;
    private readonly Suspicions _suspicions;
    private readonly MirrorHealth _mirror;
    private readonly Judge _judge;
    private readonly InverseMaps _inverse;
    private SignatureTable _table;

    /// <summary>Ties the trackers together.</summary>
    public Observer(Connections connections, Suspicions suspicions, MirrorHealth mirror, Judge judge, InverseMaps inverse, SignatureTable table)
    {
        _connections = connections;
        _suspicions = suspicions;
        _mirror = mirror;
        _judge = judge;
        _inverse = inverse;
        _table = table;
    }

    /// <summary>Takes another table.</summary>
    /// <param name="table">The table.</param>
    public void UseTable(SignatureTable table)
    {
        _table = table;
    }

    /// <summary>Takes in a TCP segment.</summary>
    /// <param name="entry">Its connection as <see cref="Connections.Find"/> found it, -1 for none.</param>
    public void TakeTcp(int entry)
    {
        Probe probe = Probe;
        int flags = probe.Flags & Tcp.ClassicFlags;
        if ((flags & (Tcp.Syn | Tcp.Rst | Tcp.Ack)) == 0 || (flags & (Tcp.Syn | Tcp.Ack)) == Tcp.Syn
            || ((flags & Tcp.Syn) != 0 && (flags & (Tcp.Fin | Tcp.Rst)) != 0))
        {
            TakeOpening(probe, entry, flags != Tcp.Syn);
        }
        else if ((flags & Tcp.Syn) != 0)
        {
            TakeSynAck(probe, entry);
        }
        else if ((flags & Tcp.Rst) != 0)
        {
            TakeReset(probe, entry);
        }
        else
        {
            TakeSegment(probe, entry, (flags & Tcp.Fin) != 0 ? Connections.Ended : 0);
        }
    }

    /// <summary>
    /// Takes in a datagram, an echo or a who-has: a question when its sender opened the flow, an answer when the other side did.
    /// </summary>
    /// <param name="entry">Its flow as <see cref="Connections.Find"/> found it, -1 for none.</param>
    public void Ask(int entry)
    {
        Probe probe = Probe;
        Connections connections = _connections;
        int now = probe.Now;
        if (entry < 0)
        {
            Try(probe, connections.Add(now, Connections.Opening, 0), false);
            return;
        }

        int age = connections.AgeOf(entry, now);
        int state = connections.States[entry];
        if (!connections.FromOpener)
        {
            if (age < Limits.ConnectTimeout || probe.Protocol != IpProtocol.Udp)
            {
                Answer(entry);
                return;
            }

            // After a long silence whoever speaks first asks.
            connections.Restart(entry, now, Connections.Opening, 0);
        }
        else if (age >= Limits.ConnectTimeout)
        {
            connections.Restart(entry, now, Connections.Opening, 0);
        }
        else if ((state & Connections.Accepted) != 0 || connections.IsFresh(entry, now))
        {
            if ((state & Connections.Accepted) != 0)
            {
                connections.Touch(entry, now, 0);
            }

            return;
        }
        else
        {
            connections.Touch(entry, now, 0);
        }

        Try(probe, entry, false);
    }

    /// <summary>Takes in an answer to a datagram, an echo or a who-has.</summary>
    /// <param name="entry">The flow.</param>
    public void Answer(int entry)
    {
        int state = _connections.States[entry];
        if ((state & Connections.Noted) == 0)
        {
            _mirror.SeeBothWays();
        }

        _connections.Touch(entry, Probe.Now, Connections.Accepted | Connections.BothWays | Connections.Noted);
        if ((state & (Connections.Judged | Connections.Accepted)) == Connections.Judged)
        {
            _judge.AnswerLate(Probe, Outcome.Answered, entry, state);
        }
    }

    private void TakeOpening(Probe probe, int entry, bool isOdd)
    {
        Connections connections = _connections;
        int now = probe.Now;
        int at = probe.TransportAt + Tcp.Sequence + 2;
        int sequence = (probe.Bytes[at] << 8) | probe.Bytes[at + 1];
        if (entry < 0)
        {
            entry = connections.Add(now, Connections.Opening, sequence);
        }
        else if (connections.FromOpener && connections.Repeats(entry, sequence) && connections.AgeOf(entry, now) < Limits.ConnectTimeout)
        {
            connections.Touch(entry, now, 0);
            return;
        }
        else
        {
            connections.Restart(entry, now, Connections.Opening, sequence);
        }

        // URG or PSH beside a lone SYN is odd (an OS fingerprint), not impossible.
        int flags = probe.Flags & Tcp.ClassicFlags;
        Try(probe, entry, IsSplit || (isOdd && (flags & (Tcp.Syn | Tcp.Fin | Tcp.Rst)) != Tcp.Syn));
    }

    private void TakeSynAck(Probe probe, int entry)
    {
        Connections connections = _connections;
        int now = probe.Now;
        if (entry >= 0 && !connections.FromOpener)
        {
            int state = connections.States[entry];
            int at = probe.TransportAt + Tcp.Sequence + 2;
            connections.Accept(entry, (probe.Bytes[at] << 8) | probe.Bytes[at + 1]);
            connections.Touch(entry, now, Connections.Accepted | Connections.Noted);
            if ((state & Connections.Noted) == 0)
            {
                _mirror.SeeBothWays();
            }

            if ((state & (Connections.Judged | Connections.Accepted)) == Connections.Judged)
            {
                connections.States[entry] &= ~Connections.WasDark;
                _judge.AnswerLate(probe, Outcome.Answered, entry, state);
            }

            return;
        }

        _mirror.MissQuestion(FromHome || probe.Version == 6 ? probe.Actor : probe.Actor & ~255);
        if (ToHome)
        {
            ReadHeader(probe);
            _inverse.Note(probe);
        }
    }

    private void TakeReset(Probe probe, int entry)
    {
        if (entry < 0)
        {
            if (ToHome)
            {
                ReadHeader(probe);
                _inverse.Note(probe);
            }

            return;
        }

        int state = _connections.States[entry];
        bool isRefusal = !_connections.FromOpener && (state & Connections.Accepted) == 0;
        if (isRefusal && (state & (Connections.Judged | Connections.WasRefused)) == Connections.Judged)
        {
            _judge.AnswerLate(probe, Outcome.Refused, entry, state);
        }

        TakeSegment(probe, entry, isRefusal ? Connections.Ended | Connections.WasRefused : Connections.Ended);
    }

    private void TakeSegment(Probe probe, int entry, int add)
    {
        Connections connections = _connections;
        if (entry < 0)
        {
            if (_inverse.Continues(probe))
            {
                _mirror.SeeOneWay();
            }

            // Already under way when the tap came: remembered so that its end is no riddle.
            connections.Add(probe.Now, add, 0);
            return;
        }

        add |= NoteSides(connections.States[entry], connections.FromOpener);
        if ((connections.States[entry] & (Connections.Opening | Connections.Accepted)) == (Connections.Opening | Connections.Accepted)
            && (probe.Flags & Tcp.Ack) != 0)
        {
            byte[] bytes = probe.Bytes;
            int at = probe.TransportAt + Tcp.Sequence + 2;
            int sequence = (bytes[at] << 8) | bytes[at + 1];
            int acknowledgment = (bytes[at + 4] << 8) | bytes[at + 5];
            if (connections.ShowsDataBothWays(entry, sequence, acknowledgment, connections.FromOpener))
            {
                add |= Connections.BothWays;
                if ((connections.States[entry] & (Connections.Watched | Connections.BothWays)) == Connections.Watched)
                {
                    Converse(probe, connections.FromOpener);
                }
            }
        }

        connections.Touch(entry, probe.Now, add);
    }

    private void Converse(Probe probe, bool fromOpener)
    {
        if (fromOpener)
        {
            _judge.Converse(probe.Version, probe.Actor, probe.Port, _judge.NumberOf(probe, probe.Target, probe.DestinationAt));
        }
        else
        {
            _judge.Converse(probe.Version, probe.Target, probe.SourcePort, _judge.NumberOf(probe, probe.Actor, probe.SourceAt));
        }
    }

    /// <summary>
    /// Notes once a flow whether both its directions reach the tap: a segment of the other side shows it; an opener that acknowledges
    /// an answer which nobody saw shows the contrary.
    /// </summary>
    /// <param name="state">The flow's state.</param>
    /// <param name="fromOpener">The segment is of the side that opened it, or was seen first.</param>
    /// <returns>The state bit to add.</returns>
    public int NoteSides(int state, bool fromOpener)
    {
        if ((state & Connections.Noted) != 0)
        {
            return 0;
        }

        if (!fromOpener)
        {
            _mirror.SeeBothWays();
            return Connections.Noted;
        }

        if ((state & (Connections.Opening | Connections.Accepted)) == Connections.Opening)
        {
            _mirror.SeeOneWay();
            return Connections.Noted;
        }

        // Under way when the tap came: the other side may still speak.
        return 0;
    }

    /// <summary>Takes in a try; the judge decides what it is evidence of.</summary>
    /// <param name="probe">The try; its living bit is known.</param>
    /// <param name="entry">Its connection, just made or made anew.</param>
    /// <param name="isSuspect">Nobody does this in good faith, whatever the signatures say.</param>
    public void Try(Probe probe, int entry, bool isSuspect)
    {
        // An outside host that is tried from outside is no concern of this VLAN's; a local machine that sweeps others is.
        if (!ToHome && !(FromHome && probe.Protocol == IpProtocol.Tcp))
        {
            return;
        }

        int signature = probe.Signature;
        probe.IsSuspect = isSuspect;
        probe.IsRestricted = false;
        if (signature >= 0)
        {
            int traits = _table.Traits(signature);
            probe.IsSuspect = isSuspect || (traits & Traits.Suspect) != 0;
            probe.IsRestricted = (traits & Traits.RestrictedService) != 0;
        }

        ReadHeader(probe);
        probe.Connection = entry;
        probe.ConnectionKey = _connections.Key;
        if (_suspicions.OfActors[_suspicions.SlotOf(probe.Actor)] == 0 || !_judge.JoinAtOnce(probe))
        {
            _judge.Await(probe);
        }
    }

    /// <summary>Reads what only evidence needs of an IPv4 header; of IPv6 it is there already.</summary>
    private void ReadHeader(Probe probe)
    {
        int at = probe.IpAt;
        if (at != 0)
        {
            byte[] bytes = probe.Bytes;
            probe.Ttl = bytes[at + Ipv4.TimeToLive];
            probe.Identification = (bytes[at + Ipv4.Identification] << 8) | bytes[at + Ipv4.Identification + 1];
        }
    }
}
