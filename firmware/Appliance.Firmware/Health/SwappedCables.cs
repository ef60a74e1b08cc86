using Appliance.Firmware.Messages;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Health;

/// <summary>
/// Whether the box's two cables are swapped: a port of a mirror's destination has a link and gives nobody an address, and an
/// ordinary port shows no conversation. It has no light of its own, since both have theirs; the message arrives when the cables
/// are put right.
/// </summary>
public sealed class SwappedCables
{
    /// <summary>Microseconds that an uplink may be without an address: DHCP takes less.</summary>
    private const long Absence = 300000000;

    private readonly IUplink _uplink;
    private readonly MirrorFaults _faults;

    // The last time that the uplink had an address, or nothing was known of it.
    private long _uplinkAt;
    private bool _isSwapped;

    /// <summary>Makes one.</summary>
    /// <param name="uplink">Has link and address.</param>
    /// <param name="faults">Knows <see cref="MirrorFaults.NoMirror"/>.</param>
    public SwappedCables(IUplink uplink, MirrorFaults faults)
    {
        _uplink = uplink;
        _faults = faults;
    }

    /// <summary>Begins anew.</summary>
    /// <param name="now">Microseconds.</param>
    public void Begin(long now)
    {
        _uplinkAt = now;
    }

    /// <summary>Judges once a second.</summary>
    /// <param name="now">Microseconds.</param>
    public void Look(long now)
    {
        // The uplink is asked only when it matters, since on the device each look at it takes memory; one without a link is in no
        // port at all.
        bool isOrdinary = _faults.IsTold(MirrorFaults.NoMirror);
        if (!isOrdinary || _uplink.IsLinkUp() || !_uplink.HasCarrier())
        {
            _uplinkAt = now;
        }

        bool isSwapped = isOrdinary && now - _uplinkAt >= Absence;
        if (isSwapped != _isSwapped)
        {
            _isSwapped = isSwapped;
            _faults.Teller.Begin(MessageWord.Mirror, isSwapped ? MessageWord.Swapped : MessageWord.NotSwapped,
                isSwapped ? SyslogSeverity.Warning : SyslogSeverity.Notice);
            _faults.Teller.End(isSwapped ? HealthSentence.Swapped : HealthSentence.NotSwapped);
        }
    }
}
