using Appliance.Sensor.Incidents;
using Appliance.Sensor.Judging;
using Appliance.Sensor.Memories;

namespace Appliance.Sensor.Road;

/// <summary>What time brings: attempts ripen, probes settle, stories end.</summary>
public sealed class Clockwork
{
    /// <summary>Microseconds between two looks at time-driven work.</summary>
    private const long TickMicroseconds = Limits.TickGap * 10000L;

    /// <summary>Trackers count centiseconds in 32 bits, which begin again after so many microseconds: 497 days.</summary>
    private const long CounterTurn = 0x100000000L * 10000L;

    /// <summary>The newest time that is known, microseconds since the tap started.</summary>
    public long Stamp;

    /// <summary>When time-driven work is looked at next.</summary>
    public long NextTick;

    private readonly SiteView _site;
    private readonly Judge _judge;
    private readonly InverseMaps _inverse;
    private readonly DistributedProbes _distributed;
    private readonly DecodedFrames _decoded;
    private readonly MirrorHealth _mirror;
    private readonly Teller _teller;
    private int _counterTurns;

    /// <summary>Makes it of what it works on.</summary>
    public Clockwork(SiteView site, Judge judge, InverseMaps inverse, DistributedProbes distributed, DecodedFrames decoded,
        MirrorHealth mirror, Teller teller)
    {
        _site = site;
        _judge = judge;
        _inverse = inverse;
        _distributed = distributed;
        _decoded = decoded;
        _mirror = mirror;
        _teller = teller;
    }

    /// <summary>Sets what must be added to a stamp to get Unix time, in microseconds.</summary>
    /// <param name="offset">The difference.</param>
    public void SetWallClock(long offset)
    {
        if (_site.ClockOffset != offset)
        {
            // What waits came under the clock before.
            _judge.Flush();
        }

        _site.SetWallClock(offset, _counterTurns * CounterTurn);
    }

    /// <summary>Lets time pass without frames.</summary>
    /// <param name="stamp">Microseconds; never goes back.</param>
    public void Tick(long stamp)
    {
        Stamp = stamp;
        NextTick = stamp + TickMicroseconds;
        int now = (int)(stamp / 10000);
        int turns = (int)(((stamp / 10000) + 0x80000000L) >> 32);
        if (turns != _counterTurns)
        {
            // What waits counted before the turn.
            _judge.Flush();
            _counterTurns = turns;
            _site.SetWallClock(_site.ClockOffset, turns * CounterTurn);
        }

        _inverse.Settle(now, false);
        _decoded.GiveUpFragments(stamp, false);
        _judge.Ripen(now);
        _distributed.Settle(now, false);
        _teller.Tick(now);
        _site.Hosts.Age(now);
        _mirror.Judge(now, false);
    }

    /// <summary>Ends a replay: what waits is judged, what is open is closed.</summary>
    public void Finish()
    {
        int now = (int)(Stamp / 10000);
        _mirror.Judge(now, true);
        _inverse.Settle(now, true);
        _decoded.GiveUpFragments(Stamp, true);
        _judge.Flush();
        _distributed.Settle(now, true);
        _teller.CloseAll();
    }
}
