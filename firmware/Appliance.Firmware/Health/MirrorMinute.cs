using Appliance.Firmware.Messages;

namespace Appliance.Firmware.Health;

/// <summary>Of what a minute's frames most are: sealed in an encapsulation that can't be read, or copies of each other.</summary>
public sealed class MirrorMinute
{
    private const long Minute = 60000000;

    /// <summary>Fewer frames than these say nothing of a share.</summary>
    private const int FewFrames = 10;

    /// <summary>Copies are looked for among kept frames only, which are few.</summary>
    private const int FewKept = 20;

    /// <summary>From one copy among so many frames on the mirror is doubled: of a half that is mirrored twice it is one in
    /// three.</summary>
    private const int CopyShare = 4;

    private const int NoName = -1;

    private readonly IMirrorPort _port;
    private readonly MirrorFaults _faults;

    // When it began, and the counters' values then.
    private long _begunAt;
    private long _unicast;
    private long _unreadable;
    private long _kept;
    private long _copies;

    /// <summary>Makes one.</summary>
    /// <param name="port">Its counters.</param>
    /// <param name="faults">Has <see cref="MirrorFaults.Unreadable"/> and <see cref="MirrorFaults.Doubled"/>.</param>
    public MirrorMinute(IMirrorPort port, MirrorFaults faults)
    {
        _port = port;
        _faults = faults;
    }

    /// <summary>Begins a minute.</summary>
    /// <param name="now">Microseconds.</param>
    public void Begin(long now)
    {
        _begunAt = now;
        _unicast = _port.Counter(PortCounter.Unicast);
        _unreadable = _port.Counter(PortCounter.Unreadable);
        _kept = _port.Counter(PortCounter.Kept);
        _copies = _port.Counter(PortCounter.Copies);
    }

    /// <summary>Looks once a second, and judges a minute that is over.</summary>
    /// <param name="now">Microseconds.</param>
    /// <param name="isEnd">A replay ends: the minute so far must do.</param>
    public void Look(long now, bool isEnd)
    {
        if (now - _begunAt >= Minute || isEnd)
        {
            JudgeReadable(now);
            JudgeCopies(now);
            Begin(now);
        }
    }

    private void JudgeReadable(long now)
    {
        long unicast = _port.Counter(PortCounter.Unicast) - _unicast;
        long unreadable = _port.Counter(PortCounter.Unreadable) - _unreadable;
        if (unicast < FewFrames)
        {
            return;
        }

        if (unreadable + unreadable <= unicast)
        {
            _faults.Over(MirrorFaults.Unreadable);
        }
        else if (_faults.IsDue(MirrorFaults.Unreadable, now))
        {
            _faults.Begin(MirrorFaults.Unreadable, now);
            PutType((int)_port.Counter(PortCounter.UnreadableType));
            _faults.Teller.Number(MessageWord.Share, unreadable * 100 / unicast);
            _faults.End(MirrorFaults.Unreadable);
        }
    }

    private void JudgeCopies(long now)
    {
        long copies = _port.Counter(PortCounter.Copies) - _copies;
        long all = _port.Counter(PortCounter.Kept) - _kept + copies;
        if (all < FewKept)
        {
            return;
        }

        if (copies * CopyShare < all)
        {
            _faults.Over(MirrorFaults.Doubled);
        }
        else if (_faults.IsDue(MirrorFaults.Doubled, now))
        {
            _faults.Begin(MirrorFaults.Doubled, now);
            _faults.Teller.Number(MessageWord.Share, copies * 100 / all);
            _faults.End(MirrorFaults.Doubled);
        }
    }

    private void PutType(int type)
    {
        int name = type switch
        {
            0x88e5 => HealthSentence.MacSec,
            0x8903 => HealthSentence.FabricPath,
            0x001b => HealthSentence.Dsa,
            0x88e7 => HealthSentence.Pbb,
            0x22f3 => HealthSentence.Trill,
            0x8847 or 0x8848 => HealthSentence.Mpls,
            0x88be or 0x22eb => HealthSentence.Erspan,
            _ => NoName,
        };
        if (name == NoName)
        {
            _faults.Teller.Writer.EtherType(MessageWord.Type, type);
        }
        else
        {
            _faults.Teller.Word(MessageWord.Type, name);
        }
    }
}
