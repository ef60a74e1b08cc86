using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Firmware.Time;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Health;

/// <summary>Whether the time of day is known, and whether it has jumped.</summary>
public sealed class ClockWatch
{
    private const long Second = 1000000;

    /// <summary>An answer on the first attempts, 16 s and 32 s apart, is no trouble.</summary>
    private const long Away = 60 * Second;

    private readonly Condition _away = new Condition();
    private readonly ClockKeeper _clock;
    private readonly HealthTeller _teller;
    private int _stepsTold;
    private bool _isSynchronizedTold;

    /// <summary>Makes a watch.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="teller">Tells what it sees.</param>
    public ClockWatch(ClockKeeper clock, HealthTeller teller)
    {
        _clock = clock;
        _teller = teller;
    }

    /// <summary>Looks once a second.</summary>
    /// <param name="now">Microseconds.</param>
    /// <param name="hasTime">There is a time of day, from a server or kept over a restart.</param>
    public void Look(long now, bool hasTime)
    {
        ClockKeeper clock = _clock;
        if (clock.Steps != _stepsTold)
        {
            _stepsTold = clock.Steps;
            _teller.Begin(MessageWord.Clock, MessageWord.Stepped, SyslogSeverity.Notice);
            _teller.Number(MessageWord.Step, clock.LastStep);
            _teller.End(HealthSentence.Stepped);
        }

        bool isSynchronized = clock.Status == ClockKeeper.Synchronized;
        bool hasChanged = _away.See(!isSynchronized, now, Away, 0);
        if (_away.IsBad && hasChanged)
        {
            _isSynchronizedTold = false;
            _teller.Begin(MessageWord.Clock, hasTime ? MessageWord.Unsynchronized : MessageWord.Unknown, SyslogSeverity.Warning);
            _teller.Number(MessageWord.Problem, clock.Problem);
            _teller.End(clock.Status == ClockKeeper.NoServer ? HealthSentence.NoServer : HealthSentence.NoTime);
        }
        else if (isSynchronized && !_isSynchronizedTold)
        {
            _isSynchronizedTold = true;
            _teller.Begin(MessageWord.Clock, MessageWord.Synchronized, SyslogSeverity.Notice);
            _teller.End(HealthSentence.Synchronized);
        }

        _teller.Show(LightCode.NoTime, !hasTime && _away.IsBad);
    }
}
