using Appliance.Sensor.Frames;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Road;

/// <summary>
/// What a frame does to its connection: opens it, which is an attempt; answers it; ends it; or answers nothing. Plain and decoded
/// frames alike come here once their connection is looked up.
/// </summary>
public sealed class Flows
{
    // Limits.AttemptGap to the resolution of a connection's stamp.
    private const int LeastGap = ((Limits.AttemptGap >> Connections.StampShift) + 1) << Connections.StampShift;

    private readonly Connections _connections;
    private readonly MirrorHealth _mirror;
    private readonly Attempts _attempts;
    private readonly InverseMaps _inverse;
    private readonly LateAnswers _late;
    private readonly Conversations _conversations;
    private readonly SiteView _site;

    /// <summary>Makes it of what it works on.</summary>
    public Flows(Connections connections, MirrorHealth mirror, Attempts attempts, InverseMaps inverse, LateAnswers late,
        Conversations conversations, SiteView site)
    {
        _connections = connections;
        _mirror = mirror;
        _attempts = attempts;
        _inverse = inverse;
        _late = late;
        _conversations = conversations;
        _site = site;
    }

    /// <summary>Takes in a TCP segment or a UDP datagram.</summary>
    /// <param name="probe">The frame, its connection looked up.</param>
    public void Take(Probe probe)
    {
        if (probe.Protocol != IpProtocol.Tcp)
        {
            Ask(probe);
            return;
        }

        int flags = probe.Flags & Tcp.ClassicFlags;
        if ((flags & (Tcp.Syn | Tcp.Rst | Tcp.Ack)) == 0 || (flags & (Tcp.Syn | Tcp.Ack)) == Tcp.Syn
            || ((flags & Tcp.Syn) != 0 && (flags & (Tcp.Fin | Tcp.Rst)) != 0))
        {
            Open(probe, flags);
        }
        else if ((flags & Tcp.Syn) != 0)
        {
            TakeSynAck(probe);
        }
        else if ((flags & Tcp.Rst) != 0)
        {
            TakeReset(probe);
        }
        else
        {
            TakeSegment(probe, (flags & Tcp.Fin) != 0 ? Connections.Ended : 0);
        }
    }

    /// <summary>Takes in a decoded segment or datagram.</summary>
    /// <param name="probe">The frame.</param>
    public void TakeDecoded(Probe probe)
    {
        _connections.Seek(probe);
        Take(probe);
    }

    /// <summary>
    /// Takes in a datagram, an echo or a who-has: a question when its sender opened the flow, an answer when the other side did.
    /// </summary>
    /// <param name="probe">The frame, its flow looked up.</param>
    public void Ask(Probe probe)
    {
        Connections connections = _connections;
        int entry = probe.Connection;
        int now = probe.Now;
        if (entry < 0)
        {
            probe.Connection = connections.Add(probe.ConnectionKey, probe.BySmaller, now, Connections.Opening,
                Connections.Datagram);
            _attempts.Take(probe, false);
            return;
        }

        int age = connections.AgeOf(entry, now);
        bool isOver = age >= Limits.ConnectTimeout;
        if (!probe.FromOpener && (!isOver || probe.Protocol != IpProtocol.Udp))
        {
            Answer(probe);
            return;
        }

        if (isOver)
        {
            // After a long silence whoever speaks first asks.
            connections.Restart(entry, probe.BySmaller, now, Connections.Opening, Connections.Datagram);
        }
        else
        {
            bool isAccepted = (connections.States[entry] & Connections.Accepted) != 0;
            if (isAccepted || age >= LeastGap)
            {
                connections.Touch(entry, now, 0);
            }

            if (isAccepted || age < LeastGap)
            {
                return;
            }
        }

        _attempts.Take(probe, false);
    }

    /// <summary>Takes in a decoded question of these.</summary>
    /// <param name="probe">The question.</param>
    public void AskDecoded(Probe probe)
    {
        _connections.Seek(probe);
        Ask(probe);
    }

    /// <summary>Takes in an answer to a datagram, an echo or a who-has.</summary>
    /// <param name="probe">The answer, its flow looked up.</param>
    /// <returns>False when it answers nothing.</returns>
    public bool Answer(Probe probe)
    {
        int entry = probe.Connection;
        if (entry < 0 || probe.FromOpener)
        {
            return false;
        }

        int state = _connections.States[entry];
        Accept(entry, probe.Now, Connections.BothWays);
        if (probe.Signature >= 0)
        {
            _conversations.Answer(probe);
        }

        if ((state & (Connections.Judged | Connections.Accepted)) == Connections.Judged)
        {
            AnswerLate(probe, Outcome.Answered, state);
        }

        return true;
    }

    /// <summary>A flow was answered.</summary>
    /// <param name="entry">The flow.</param>
    /// <param name="now">Centiseconds.</param>
    /// <param name="add">What else is known of it: <see cref="Connections.BothWays"/> of datagrams, 0 of a SYN-ACK.</param>
    public void Accept(int entry, int now, int add)
    {
        if ((_connections.States[entry] & Connections.Noted) == 0)
        {
            _mirror.SeeBothWays();
        }

        _connections.Touch(entry, now, Connections.Accepted | Connections.Noted | add);
    }

    /// <summary>A flow was refused by a message that quotes its question.</summary>
    /// <param name="probe">The refusal, as if the one who was asked had sent it, its flow looked up.</param>
    public void Refuse(Probe probe)
    {
        int entry = probe.Connection;
        if (entry < 0 || probe.FromOpener || (_connections.States[entry] & Connections.Accepted) != 0)
        {
            return;
        }

        int state = _connections.States[entry];
        _connections.Touch(entry, probe.Now, Connections.WasRefused);
        if ((state & (Connections.Judged | Connections.WasRefused)) == Connections.Judged)
        {
            AnswerLate(probe, Outcome.Refused, state);
        }
    }

    private void Open(Probe probe, int flags)
    {
        Connections connections = _connections;
        int entry = probe.Connection;
        int now = probe.Now;
        int sequence = probe.Sequence;
        if (entry < 0)
        {
            probe.Connection = connections.Add(probe.ConnectionKey, probe.BySmaller, now, Connections.Opening, sequence);
        }
        else if (probe.FromOpener && connections.Repeats(entry, sequence) && connections.AgeOf(entry,
            now) < Limits.ConnectTimeout)
        {
            connections.Touch(entry, now, 0);
            return;
        }
        else
        {
            connections.Restart(entry, probe.BySmaller, now, Connections.Opening, sequence);
        }

        // URG or PSH beside a lone SYN is odd (an OS fingerprint), not impossible.
        _attempts.Take(probe, flags != Tcp.Syn && (flags & (Tcp.Syn | Tcp.Fin | Tcp.Rst)) != Tcp.Syn);
    }

    private void TakeSynAck(Probe probe)
    {
        Connections connections = _connections;
        int entry = probe.Connection;
        if (entry < 0 || probe.FromOpener)
        {
            _mirror.MissQuestion(probe.FromHome || probe.Version == 6 ? probe.Actor : probe.Actor & ~255);
            HoldUnasked(probe);
            return;
        }

        int state = connections.States[entry];
        connections.Accept(entry, probe.Sequence);
        Accept(entry, probe.Now, 0);
        if ((state & (Connections.Judged | Connections.Accepted)) == Connections.Judged)
        {
            connections.States[entry] &= ~Connections.WasDark;
            AnswerLate(probe, Outcome.Answered, state);
        }
    }

    private void TakeReset(Probe probe)
    {
        int entry = probe.Connection;
        if (entry < 0)
        {
            HoldUnasked(probe);
            _attempts.TakeStray(probe, Tcp.Ack);
            return;
        }

        int state = _connections.States[entry];
        if (!probe.FromOpener && (state & (Connections.Opening | Connections.Accepted | Connections.Noted)) == 0)
        {
            _attempts.TakeStray(probe, (state & Connections.Ended) != 0 ? Tcp.Fin | Tcp.Ack : Tcp.Ack);
        }

        bool isRefusal = !probe.FromOpener && (state & Connections.Accepted) == 0;
        if (isRefusal && (state & (Connections.Judged | Connections.WasRefused)) == Connections.Judged)
        {
            AnswerLate(probe, Outcome.Refused, state);
        }

        TakeSegment(probe, isRefusal ? Connections.Ended | Connections.WasRefused : Connections.Ended);
    }

    private void TakeSegment(Probe probe, int add)
    {
        Connections connections = _connections;
        int entry = probe.Connection;
        if (entry < 0)
        {
            if (_inverse.Continues(probe))
            {
                _mirror.SeeOneWay();
            }

            // Already under way when the tap came: remembered so that its end is no riddle.
            connections.Add(probe.ConnectionKey, probe.BySmaller, probe.Now, add, 0);
            return;
        }

        int state = connections.States[entry];
        add |= NoteSides(state, probe.FromOpener);
        if ((state & (Connections.Opening | Connections.Accepted)) == (Connections.Opening | Connections.Accepted)
            && (probe.Flags & Tcp.Ack) != 0
            && connections.ShowsDataBothWays(entry, probe.Sequence, probe.Acknowledgment, probe.FromOpener))
        {
            add |= Connections.BothWays;
            if ((state & (Connections.Watched | Connections.BothWays)) == Connections.Watched)
            {
                _conversations.Take(probe);
            }
        }

        connections.Touch(entry, probe.Now, add);
    }

    /// <summary>
    /// Notes once a flow whether both its directions reach the tap: a segment of the other side shows it; an opener that
    /// acknowledges an answer which nobody saw shows the contrary.
    /// </summary>
    /// <returns>The state bit to add.</returns>
    private int NoteSides(int state, bool fromOpener)
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

    private void AnswerLate(Probe probe, int outcome, int state)
    {
        int number = _site.NumberOf(probe, probe.Actor, probe.SourceAt);
        if (_late.Take(probe, number, outcome, (state & Connections.WasDark) != 0))
        {
            _connections.Mark(probe.Connection, Connections.Watched);
        }
    }

    private void HoldUnasked(Probe probe)
    {
        if (probe.ToHome)
        {
            _inverse.Note(probe);
        }
    }
}
