using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Health;

/// <summary>
/// What can be wrong with a mirror, and what was told of it: each fault has a light at once, and a message with patience, daily
/// as long as it lasts and once when it is over.
/// </summary>
public sealed class MirrorFaults
{
    /// <summary>Broadcasts, multicasts and frames to one host only: an ordinary port.</summary>
    public const int NoMirror = 0;

    /// <summary>Most frames are of an encapsulation that can't be read.</summary>
    public const int Unreadable = 1;

    /// <summary>No frame is of the site's home network.</summary>
    public const int Foreign = 2;

    /// <summary>Most frames come more than once.</summary>
    public const int Doubled = 3;

    /// <summary>Some conversations show one side only: a member of a link aggregation, or a direction of a port, is not
    /// mirrored.</summary>
    public const int Partial = 4;

    /// <summary>What the box's own uplink sends comes by the mirror port: the uplink is where it promises not to
    /// transmit.</summary>
    public const int OwnUplink = 5;

    /// <summary>No conversation shows both sides: the switch mirrors one direction only.</summary>
    public const int OneSided = 6;

    private const int Count = 7;

    private const long Second = 1000000;
    private const long Day = 86400 * Second;

    /// <summary>A fault that ended and comes again is told when it lasted so many seconds.</summary>
    private const int FirstPatience = 360;

    /// <summary>And each time it does, the next has to last so many times longer: one that comes and goes all day is told four
    /// times.</summary>
    private const int PatienceGrowth = 10;

    /// <summary>Tells what a message on a fault has besides.</summary>
    public readonly HealthTeller Teller;

    // A fault: a bit whether it was told and is not over, when it was told last, since when it is there, and how many seconds the
    // next has to last.
    private int _told;
    private readonly long[] _toldAt = new long[Count];
    private readonly long[] _since = new long[Count];
    private readonly int[] _patience = new int[Count];

    /// <summary>Makes them; none is there.</summary>
    /// <param name="teller">Has messages and light.</param>
    public MirrorFaults(HealthTeller teller)
    {
        Teller = teller;
    }

    /// <summary>Whether it was told and is not over.</summary>
    /// <param name="fault">A constant of this class.</param>
    public bool IsTold(int fault)
    {
        return (_told >> fault & 1) != 0;
    }

    /// <summary>A fault is there.</summary>
    /// <param name="fault">A constant of this class.</param>
    /// <param name="now">Microseconds.</param>
    /// <returns>True when that is to be told now: by <see cref="Begin"/>, what else is known of it by <see cref="Teller"/>, and
    /// <see cref="End"/>.</returns>
    public bool IsDue(int fault, long now)
    {
        Teller.Show(LightOf(fault), true);
        if (IsTold(fault))
        {
            return now - _toldAt[fault] >= Day;
        }

        if (_since[fault] == 0)
        {
            _since[fault] = now;
        }

        if (now - _toldAt[fault] >= Day)
        {
            _patience[fault] = 0;
        }

        return now - _since[fault] >= _patience[fault] * Second;
    }

    /// <summary>Begins the message on a fault that is due.</summary>
    /// <param name="fault">A constant of this class.</param>
    /// <param name="now">Microseconds.</param>
    public void Begin(int fault, long now)
    {
        if (!IsTold(fault))
        {
            _patience[fault] = _patience[fault] == 0 ? FirstPatience : _patience[fault] * PatienceGrowth;
        }

        _told |= 1 << fault;
        _toldAt[fault] = now;
        BeginState(fault, MessageWord.NoMirror + fault, SyslogSeverity.Warning);
    }

    /// <summary>Ends that message, and sends it.</summary>
    /// <param name="fault">A constant of this class.</param>
    public void End(int fault)
    {
        Teller.End(HealthSentence.Mirror + fault);
    }

    /// <summary>A fault is not there. The light does not wait for the patience of messages: whoever mends the mirror stands
    /// before it.</summary>
    /// <param name="fault">A constant of this class.</param>
    public void Over(int fault)
    {
        Teller.Show(LightOf(fault), false);
        _since[fault] = 0;
        if (IsTold(fault))
        {
            _told &= ~(1 << fault);
            BeginState(fault, MessageWord.Mirrored + fault, SyslogSeverity.Notice);
            Teller.End(HealthSentence.MirrorOver + fault);
        }
    }

    private void BeginState(int fault, int state, int severity)
    {
        Teller.Begin(MessageWord.Mirror, state, severity);
        if (fault == OneSided)
        {
            // While answers are not judged the alerts of a replay say too little by themselves.
            Teller.Writer.Insist();
        }
    }

    private static int LightOf(int fault)
    {
        switch (fault)
        {
            case NoMirror:
                return LightCode.OrdinaryPort;
            case Unreadable:
                return LightCode.Unreadable;
            case Foreign:
                return LightCode.Foreign;
            case Doubled:
                return LightCode.Doubled;
            case Partial:
                return LightCode.Partial;
            case OwnUplink:
                return LightCode.OwnUplink;
            default:
                return LightCode.OneSided;
        }
    }
}
