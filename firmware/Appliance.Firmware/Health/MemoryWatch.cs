using Appliance.Firmware.Messages;
using Appliance.Sensor.Lines;

namespace Appliance.Firmware.Health;

/// <summary>Whether there is native memory to send from. The managed heap, from which a new table's trial lives, is another; a
/// table that does not fit there is refused.</summary>
public sealed class MemoryWatch
{
    /// <summary>Octets of native memory, from which lwIP lives: what a TCP connection may have on its way (5.8 KB) and a frame; a
    /// board without external memory has some 13.7 KB to spare at the least.</summary>
    private const long LittleMemory = 8192;

    /// <summary>Octets of its largest block: a received frame and what lwIP sends take up to 1.6 KB in one piece, two or three
    /// at once. Much memory in small pieces would fail them, and the sum would not show it.</summary>
    private const long LittleBlock = 4096;

    /// <summary>Memory that comes and goes within a minute, in microseconds, is one trouble.</summary>
    private const long WellTime = 60000000;

    private readonly Condition _low = new Condition();
    private readonly IMirrorPort _port;
    private readonly HealthTeller _teller;

    /// <summary>Makes a watch.</summary>
    /// <param name="port">Knows the memory.</param>
    /// <param name="teller">Tells what it sees.</param>
    public MemoryWatch(IMirrorPort port, HealthTeller teller)
    {
        _port = port;
        _teller = teller;
    }

    /// <summary>Looks once a second.</summary>
    /// <param name="now">Microseconds.</param>
    public void Look(long now)
    {
        long free = _port.Memory(MemoryFigure.Free);
        long block = _port.Memory(MemoryFigure.Block);
        if (_low.See(free >= 0 && (free < LittleMemory || block < LittleBlock), now, 0, WellTime))
        {
            bool isLow = _low.IsBad;
            _teller.Begin(MessageWord.Memory, isLow ? MessageWord.Low : MessageWord.Well,
                isLow ? SyslogSeverity.Warning : SyslogSeverity.Notice);
            _teller.Number(MessageWord.Octets, free);
            _teller.Number(MessageWord.MemoryBlock, block);
            _teller.End(isLow ? HealthSentence.Low : HealthSentence.MemoryWell);
        }
    }
}
