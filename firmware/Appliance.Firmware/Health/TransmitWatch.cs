using Appliance.Firmware.Light;
using Appliance.Firmware.Messages;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Health;

/// <summary>Whether the mirror port has ever transmitted: it must not, and each frame that it did is told.</summary>
public sealed class TransmitWatch
{
    private readonly IMirrorPort _port;
    private readonly HealthTeller _teller;
    private long _told;

    /// <summary>Makes a watch.</summary>
    /// <param name="port">Its counters.</param>
    /// <param name="teller">Tells what it sees.</param>
    public TransmitWatch(IMirrorPort port, HealthTeller teller)
    {
        _port = port;
        _teller = teller;
    }

    /// <summary>Looks once a second.</summary>
    public void Look()
    {
        long transmitted = _port.Counter(PortCounter.Transmitted);
        if (transmitted > _told)
        {
            _told = transmitted;
            _teller.Begin(MessageWord.Transmitter, MessageWord.Sent, SyslogSeverity.Error);
            _teller.Number(MessageWord.Transmitted, transmitted);
            _teller.End(HealthSentence.Sent);
            _teller.Show(LightCode.Transmitted, true);
        }
    }
}
