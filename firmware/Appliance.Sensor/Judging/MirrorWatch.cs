using Appliance.Sensor.Incidents;

namespace Appliance.Sensor.Judging;

/// <summary>When it is told what the mirror port shows.</summary>
public sealed class MirrorWatch
{
    private readonly MirrorHealth _health;
    private readonly SiteView _site;
    private readonly Teller _teller;

    /// <summary>Makes it of what it works on.</summary>
    public MirrorWatch(MirrorHealth health, SiteView site, Teller teller)
    {
        _health = health;
        _site = site;
        _teller = teller;
    }

    /// <summary>Tells a verdict that differs from the one before.</summary>
    /// <param name="stamp">Microseconds since the tap started.</param>
    /// <param name="isEnd">The replay ends, so that what was seen must do.</param>
    public void Look(long stamp, bool isEnd)
    {
        if (_health.Judge((int)(stamp / 10000), isEnd))
        {
            _teller.TellMirror(_health.IsOneSided, stamp + _site.ClockOffset);
        }
    }
}
